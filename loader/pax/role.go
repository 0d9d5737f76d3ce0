package pax

import (
	"regexp"
	"strings"

	"entente/graph"
)

// A role is a wording that tells as what those who are named with it took part.
type role struct {
	predicate graph.Predicate
	// heading, at the start of a piece, tells it of what follows.
	heading *regexp.Regexp
	// office, within a person's office, tells it of the person.
	office *regexp.Regexp
	// alone says that a heading holds for its own piece alone.
	alone bool
}

// roles are all wordings, and nothing else names a role: whoever just stands in ThrdPart is a third party.
var roles = []role{
	{
		predicate: graph.Mediated,
		heading:   regexp.MustCompile(`^(?i)(?:mediated by|(?:through|with|under|by) the mediation of|mediators?\s*:|(?:the )?mediators?$|mediat(?:ing|ion) mission, led by)\s*:?\s*`),
		office:    regexp.MustCompile(`(?i)\bmediators?\b|\bmediat(?:ing|ion) (?:mission|team)\b|^for the (?:[\w-]+ ){0,3}mediation(?: from [\w ]+)?$`),
	},
	{
		predicate: "guaranteed",
		heading:   regexp.MustCompile(`^(?i)(?:guaranteed by|(?:as )?guarantors?\s*:|(?:the )?guarantors?(?: countries)?$)\s*:?\s*`),
		office:    regexp.MustCompile(`(?i)\bguarantors?\b`),
	},
	{
		predicate: "witnessed",
		heading: regexp.MustCompile(`^(?i)(?:(?:the |this )?(?:agreement )?(?:is |was )?wit?ness(?:ed|es)? by|(?:(?:signed|signature) (?:as|by) )?(?:as |the )?(?:following )?witness(?:es|ed)?\s*:|` +
			`witness(?:es|ed)?$|signed (?:by )?the guarantors as witness(?:es)? and depositar(?:ies|y)\s*:)\s*:?\s*`),
		office: regexp.MustCompile(`(?i)\bwitness(?:es)?\b`),
	},
	{
		predicate: "convened",
		heading:   regexp.MustCompile(`^(?i)under the auspices of\s*:?\s*`),
	},
	{
		predicate: "hosted",
		heading:   regexp.MustCompile(`^(?i)(?:hosted by|host\s*:)\s*:?\s*`),
	},
	{
		predicate: "facilitated",
		heading:   regexp.MustCompile(`^(?i)(?:facilitated by|(?:through|with|under) the facilitation of|facilitators?\s*:|(?:the )?facilitators?$)\s*:?\s*`),
		office:    regexp.MustCompile(`(?i)\bfacilitators?\b`),
	},
	{
		predicate: "observed",
		heading:   regexp.MustCompile(`^(?i)(?:observed by|(?:as )?observers?(?: present| for [^:]{1,80})?\s*:|observers?$)\s*:?\s*`),
		office: regexp.MustCompile(`(?i)^(?:(?:as|the|an) )*observers?\b|` +
			// Not "Chief Military Observer", which is a rank.
			`^(?:(?:military|armed) forces|national police|process|external|international) observers?$`),
	},
	{
		predicate: "copied", alone: true,
		heading: regexp.MustCompile(`^(?i)(?:copied to|copy to|cc\s*:)\s*:?\s*`),
	},
	{
		predicate: "addressed", alone: true,
		heading: regexp.MustCompile(`^(?:(?i:addressed to)|To|TO)\b\s*:?\s*`),
	},
	{
		predicate: graph.ThirdParty,
		heading:   regexp.MustCompile(`^(?i)(?:(?:signed )?in (?:the )?presence of|(?:also )?present\s*:|(?:permanent |international )?(?:accompanying (?:persons|partners|parties)|accompaniers|companions)$|in attendance\s*:|(?:also )?attended by)\s*:?\s*`),
	},
	{
		predicate: "participated",
		heading:   regexp.MustCompile(`^(?i)(?:(?:list of )?participants\s*:|participating\s*:)\s*`),
	},
	{
		predicate: graph.Signed,
		heading:   regexp.MustCompile(`^(?i)\(?(?:signed by|signed\s*:|(?:list of )?signatories\s*:|parties\s*:|the parties\s*:)\s*:?\s*`),
	},
}

// headingRole is the role that a piece begins with, and the rest of it.
func headingRole(text string) (r *role, rest string) {
	text = strings.TrimPrefix(text, "and ")
	for i := range roles {
		if m := roles[i].heading.FindStringIndex(text); m != nil {
			return &roles[i], text[m[1]:]
		}
	}
	return nil, text
}

// officeRoles are the roles that an office tells: two of a "witness and facilitator".
func officeRoles(office string) []graph.Predicate {
	var list []graph.Predicate
	for i := range roles {
		if roles[i].office != nil && roles[i].office.MatchString(office) {
			list = append(list, roles[i].predicate)
		}
	}
	return list
}

// officeRole is the first of them; empty if there is none.
func officeRole(office string) graph.Predicate {
	for _, role := range officeRoles(office) {
		return role
	}
	return ""
}

package ucdp

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/graph"
)

// longestQuote is the most bytes of a cell that a claim rests on.
const longestQuote = 300

// otherNames are what the texts call governments whose name is long.
var otherNames = map[string][]string{
	"United States of America": {"USA", "US", "United States"},
	"United Kingdom":           {"UK"},
	"Russia (Soviet Union)":    {"Russia", "Russian Federation", "USSR"},
	"Serbia (Yugoslavia)":      {"Yugoslavia", "Serbia"},
	"Ivory Coast":              {"Cote dIvoire", "Côte d'Ivoire"},
}

// called lists the names by which the texts call an actor.
func (s *signatory) called() []string {
	name := strings.TrimPrefix(s.name, government)
	return append(append([]string{name}, otherNames[name]...), organizations[s.id]...)
}

// words are the words of a cell that name an actor: the cell itself, if it is short, or the one of its sentences. They are empty if
// none does.
func (a *agreement) words(column string, s *signatory) string {
	cell := a.text(column)
	names := s.called()
	if len(cell) <= longestQuote && namesAny(cell, names) {
		return cell
	}
	for _, sentence := range sentences(cell) {
		if len(sentence) <= longestQuote && namesAny(sentence, names) {
			return sentence
		}
	}
	return ""
}

// sentences takes a text apart at its full stops and the ends of its lines.
func sentences(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		for {
			i := strings.Index(line, ". ")
			if i < 0 {
				break
			}
			list, line = append(list, strings.TrimSpace(line[:i+1])), line[i+2:]
		}
		list = append(list, strings.TrimSpace(line))
	}
	return list
}

// namesAny reports whether one of the names stands in a text as words of its own.
func namesAny(text string, names []string) bool {
	for _, name := range names {
		for from := 0; ; {
			i := strings.Index(text[from:], name)
			if i < 0 || name == "" {
				break
			}
			start, end := from+i, from+i+len(name)
			before, _ := utf8.DecodeLastRuneInString(text[:start])
			after, _ := utf8.DecodeRuneInString(text[end:])
			if !inWord(before) && !inWord(after) {
				return true
			}
			from = end
		}
	}
	return false
}

// inWord reports whether a name goes on with a rune: "Guinea" is not named by "Guinea-Bissau".
func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' }

// A wording is a way in which the texts state a role; %s stands for the names of an actor.
type wording struct {
	role graph.Predicate
	form string
}

// before may stand between the beginning of a sentence and the name of its subject, aside between that and the verb.
const (
	before = `^(?:(?:Though|Although) not (?:a signatory|signatories), )?(?:The )?(?:Government of )?(?:%s)`
	aside  = `(?:, (?:al)?though not a signatory,)?(?: also)? `
	by     = ` by (?:the )?(?:%s)(?:[.,;)]|$)`
)

var wordings = []wording{
	{graph.Mediated, before + aside + `mediated\b`},
	{graph.Mediated, before + aside + `(?:was|acted as) (?:the |a )?mediator\b`},
	{graph.Mediated, `\bmediated` + by},
	{graph.Mediated, before + aside + `(?:[\w,]+ ){0,9}served as (?:the |a )?mediators?\b`},
	{"facilitated", before + aside + `facilitated\b`},
	{"facilitated", before + aside + `(?:was|acted as) (?:the |a )?(?:neutral )?facilitator\b`},
	{"facilitated", `\bfacilitated` + by},
	{"hosted", before + aside + `hosted\b`},
	{"hosted", `\bhosted` + by},
	{"witnessed", before + aside + `witnessed\b`},
	{"witnessed", `\bwitnessed` + by},
	{"witnessed", `^(?:The [Aa]greement was w|W)itness(?:ed by)?:? (?:.*(?:,|\bof|\band|\bby) )?(?:the )?(?:%s)(?:[.,;) ]|$)`},
	{"observed", before + aside + `observed\b`},
	{"guaranteed", before + aside + `(?:guaranteed|was (?:the |a )?guarantor)\b`},
	{"convened", `\bunder the auspices of (?:the )?(?:%s)(?:[.,;)]|$)`},
}

// outlook is how the texts speak of what was still to come: "the talks were to continue under the auspices of IGAD".
var outlook = regexp.MustCompile(`\b(?:was|were|is|are) to\b|\b(?:will|would|should)\b`)

// roles claims the roles that the texts on third parties state of an actor that is no side. The texts speak of the talks as often as of what
// came of them, which the claim says.
func (a *agreement) roles(s *signatory) {
	if s.side || kindOf(s.id, s.name) == graph.ArmedGroup {
		return
	}
	stated := s.wordings()
	for _, column := range []string{"pa_3rd", "c_3rd"} {
		for _, sentence := range sentences(a.text(column)) {
			if len(sentence) > longestQuote || outlook.MatchString(sentence) {
				continue
			}
			for i, form := range stated {
				if form.MatchString(sentence) {
					a.relation(a.place(column), wordings[i].role, actorID(s.id), a.entity(), graph.Date{},
						"paid "+a.id+", actor_id "+s.id+", column "+column, sentence,
						"the text on the third parties of the agreement says it of the agreement or of the talks that led to it")
				}
			}
		}
	}
}

// wordings are the forms of all wordings with the names of an actor.
func (s *signatory) wordings() []*regexp.Regexp {
	var names []string
	for _, name := range s.called() {
		names = append(names, regexp.QuoteMeta(name))
	}
	forms := make([]*regexp.Regexp, len(wordings))
	for i, w := range wordings {
		forms[i] = regexp.MustCompile(strings.ReplaceAll(w.form, "%s", strings.Join(names, "|")))
	}
	return forms
}

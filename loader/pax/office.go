package pax

import (
	"regexp"
	"strings"
)

// offices are the words of which one makes a text an office.
var offices = wordSet(`president vice-president vice-chairman presidents minister ministers premier chancellor secretary secretary-general undersecretary under-secretary chairman
	chairwoman chairperson chair co-chair co-chairman co-chairperson co-chairs chariman ambassador representative plenipotentiary envoy head commander commander-in-chief chief
	director director-general member deputy governor mayor adviser advisor counsellor councillor coordinator co-ordinator spokesperson spokesman leader delegate
	negotiator facilitator mediator observer witness guarantor commissioner consul senator speaker king emir prince attorney consultant officer sub-prefect prefect
	general-secretary presidente ministro ministra canciller consejero consejera asesor asesora jefe comandante comisionado miembro delegado delegada embajador
	ministry mfa vocero veedor representante coordinador gobernador alcalde secrétaire secrétaires envoyé ambassadeur commissaire gouverneur président présidente conseiller coordonnateur porte-parole président ministre représentant chef directeur membre`)

// bindingOffices are those whose holder acts for the state that the office is of.
var bindingOffices = wordSet(`president vice-president minister premier chancellor secretary chairman chair chairperson ambassador representative plenipotentiary envoy head
	commander chief deputy speaker king emir ministry mfa`)

// officeWords are the other words that such an office may be made of. Any word that is not among them leaves the state open: a "Chairman of
// the Communist Party of Nepal" does not act for Nepal.
var officeWords = wordSet(`of the and for & foreign affairs defence defense interior internal external justice finance state prime vice first second third acting
	plenipotentiary special personal permanent staff army armed forces supreme soviet council federation parliament assembly security cabinet
	office presidential cooperation co-operation relations high leadership government ministry delegation charge minister-in-charge in planning
	ministers general international trade peace regional development national`)

// anotherNation are the words with which "national" is of the state.
var anotherNation = wordSet("defence defense assembly security planning development")

// An officeRun is how far words go that are an office of a state.
type officeRun struct {
	state *country
	words int // how many of them
}

// runOf reads words from the first on as an office, as far as they are one of a state: "President of the Russian Federation", "Russian Ministry of
// Foreign Affairs". The state ends it, unless it comes first. No state, or a doubt, is none.
func runOf(words []string) (run officeRun, ok bool) {
	binding := false
	for i := 0; i < len(words); {
		if c, n := stateAt(words[i:]); c != nil && fits(words[:i]) && binding {
			return officeRun{c, i + n}, !isPart(c, words[:i])
		}
		if c, n := adjectiveAt(words[i:]); c != nil && (i == 0 || binding && fits(words[:i])) {
			run, ok := adjectiveRun(c, n, words[i:])
			return officeRun{c, i + run.words}, ok || i > 0 && run.words > n
		}
		w := bare(words[i])
		if !offices[w] && !officeWords[w] || w == "national" && (i+1 == len(words) || !anotherNation[bare(words[i+1])]) {
			return officeRun{}, false
		}
		binding = binding || bindingOffices[w]
		i++
	}
	return officeRun{}, false
}

// isPart reports whether the words before a state make it a part of it: the Federation of Bosnia and Herzegovina.
func isPart(c *country, words []string) bool { return c.iso3 == "BIH" && hasAny(words, "federation") }

// fits reports whether a state may follow the words as theirs: after "of", or after a comma.
func fits(words []string) bool {
	n := len(words)
	if n > 0 && bare(words[n-1]) == "the" {
		n--
	}
	if n == 0 {
		return false
	}
	last := words[n-1]
	return bare(last) == "of" || strings.HasSuffix(last, ",") && !hasAny(words, "ambassador", "representative", "envoy") ||
		hasAny(words, "defence", "affairs") && !hasAny(words[n-1:], "for", "to", "in", "and")
}

func hasAny(words []string, any ...string) bool {
	for _, w := range words {
		for _, a := range any {
			if bare(w) == a {
				return true
			}
		}
	}
	return false
}

// adjectiveRun goes on after "Russian" as far as the words are an office, which ends before the first other word.
func adjectiveRun(c *country, n int, words []string) (officeRun, bool) {
	binding := false
	i := n
	for ; i < len(words); i++ {
		w := bare(words[i])
		if !offices[w] && !officeWords[w] || w == "national" {
			break
		}
		binding = binding || bindingOffices[w]
		if strings.HasSuffix(words[i], ",") || strings.HasSuffix(words[i], ":") {
			i++
			break
		}
	}
	return officeRun{c, i}, binding
}

// longestState is the most words that the name of a state has, with "Republic of the" before it.
const longestState = 10

// stateAt is the state that words begin with, and how many of them name it.
func stateAt(words []string) (*country, int) {
	for n := min(len(words), longestState); n > 0; n-- {
		if !endsState(words[n-1]) {
			continue
		}
		if c := stateOf(strings.Join(words[:n], " ")); c != nil {
			return c, n
		}
	}
	return nil, 0
}

func adjectiveAt(words []string) (*country, int) {
	for n := min(len(words), 2); n > 0; n-- {
		if c := stateAdjectives()[plain(strings.Join(words[:n], " "))]; c != nil {
			return c, n
		}
	}
	return nil, 0
}

// remark is what a cell adds to an office: "(witness)".
var remark = regexp.MustCompile(`\s*\([^()]*\)$`)

// ofGovernment is an office, whatever it is, held for a government.
var ofGovernment = regexp.MustCompile(`(?i)\b(?:of|for) the ((?:royal )?government of .+)$`)

// representing says for whom somebody else stands in.
var representing = regexp.MustCompile(`(?i)\brepresenting (.+)$`)

// officeOf is the state whose office a text is as a whole; nil if it is none, or in doubt. An office "to" somewhere is that of whom it is from.
func officeOf(text string) *country {
	text = remark.ReplaceAllString(text, "")
	if c := wholeOffice(text); c != nil {
		return c
	}
	if m := ofGovernment.FindStringSubmatch(text); m != nil {
		if c := stateOf(m[1]); c != nil {
			return c
		}
	}
	if m := representing.FindStringSubmatch(text); m != nil {
		if c := stateOf(m[1]); c != nil {
			return c
		}
		return wholeOffice(m[1])
	}
	for part := range strings.SplitSeq(text, ",") {
		if c := wholeOffice(part); c != nil {
			return c
		}
		if c := stateOf(part); c != nil && strings.Contains(strings.ToLower(part), "government") {
			return c
		}
		if c := stateOf(part); c != nil && hasAny(strings.Fields(text), "president", "minister", "premier") {
			return c
		}
		if c := stateOf(part); c != nil && formal.MatchString(part) && !hasAny(strings.Fields(text), "ambassador", "representative", "envoy", "mission", "delegate", "coordinator", "country", "regional") {
			return c
		}
	}
	return nil
}

// formal is how a state is called as a power; by its short name a land is meant as well.
var formal = regexp.MustCompile(`(?i)\b(?:republic|kingdom|federation|confederation|states of america)\b`)

// worldBodies are words of offices that are of no state, whatever the heading says.
var worldBodies = wordSet("un u.n united unhcr unprofor osce csce icrc au oau eu ecowas igad european african league oic commonwealth secretary-general")

func wholeOffice(text string) *country {
	words := strings.Fields(text)
	if len(words) > 0 && bare(words[0]) == "the" {
		words = words[1:]
	}
	run, ok := runOf(words)
	if !ok || run.words < len(words) && bare(words[run.words]) != "to" {
		return nil
	}
	return run.state
}

// isOffice reports whether a text tells an office, of whomever.
func isOffice(text string) bool {
	words := strings.Fields(text)
	if len(words) > 30 {
		return false
	}
	for _, w := range words {
		if offices[bare(w)] {
			return true
		}
	}
	return false
}

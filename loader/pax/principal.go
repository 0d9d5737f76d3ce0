package pax

import (
	"regexp"
	"strings"
	"sync"

	"entente/loader/format"
)

// stateNames are the names of states in lower case, and adjectives those that stand before a noun.
var stateNames = sync.OnceValue(func() map[string]*country {
	names := make(map[string]*country)
	for i := range states {
		names[strings.ToLower(states[i].name)] = &states[i]
		for form := range strings.SplitSeq(states[i].forms, "|") {
			names[plain(form)] = &states[i]
		}
	}
	delete(names, "")
	return names
})

var stateAdjectives = sync.OnceValue(func() map[string]*country {
	names := make(map[string]*country)
	for i := range states {
		for form := range strings.SplitSeq(states[i].adjectives, "|") {
			names[plain(form)] = &states[i]
		}
	}
	delete(names, "")
	return names
})

// lastWords are those that names of states end with, and what stands behind their adjectives.
var lastWords = sync.OnceValue(func() map[string]bool {
	words := wordSet("government govt govt. republic side delegation party")
	for name := range stateNames() {
		words[name[strings.LastIndexByte(name, ' ')+1:]] = true
	}
	return words
})

// endsState reports whether the name of a state may end with a word. Most words do not, which saves trying each with those before it.
func endsState(w string) bool { return strings.HasSuffix(w, ")") || lastWords()[plain(w)] }

var apostrophes = strings.NewReplacer("’", "'", "´", "'", "`", "'")

// plain is a text as names are compared: in lower case, with straight apostrophes and without "the" before it.
func plain(s string) string {
	s = strings.ToLower(apostrophes.Replace(format.Line(s)))
	return strings.TrimPrefix(strings.Trim(s, " ,.:"), "the ")
}

// countryWord reports whether a word in lower case is by itself the name of a state or its adjective.
func countryWord(w string) bool { return stateNames()[w] != nil || stateAdjectives()[w] != nil }

var (
	governmentOf = regexp.MustCompile(`^(?:(?:royal|national|federal|transitional|interim|central) )*(?:government|govt\.?|gov't|gobierno|gouvernement) (?:of|de|du) (?:the |la )?`)
	republicOf   = regexp.MustCompile(`^(?:(?:people's |democratic |islamic |arab |federal |socialist |plurinational )*republic of|kingdom of|state of|sultanate of|union of|république (?:du|de)) (?:the |la )?`)
	abbreviation = regexp.MustCompile(`\s*\([A-Z]{2,8}\)$`)
	delegation   = regexp.MustCompile(`^(?:delegation of (.+)|(.+?)(?:'s)? (?:government )?delegation)$`)
	adjectived   = regexp.MustCompile(`^(?:royal )?(.+?) (?:government|govt\.?|republic|side|delegation|party)$`)
)

// stateOf is the state that a text names and nothing beside it: "the Government of the Republic of India", "Georgian side"; nil if it
// does not. A name within a name is none: neither "Army" nor "Communist Party of Nepal" nor "Republic of Srpska" names a state.
func stateOf(text string) *country {
	if strings.HasSuffix(text, ")") {
		text = abbreviation.ReplaceAllString(text, "")
	}
	text = plain(text)
	if c := stateNames()[text]; c != nil {
		return c
	}
	if !strings.Contains(text, " ") {
		return nil
	}
	text = governmentOf.ReplaceAllString(text, "")
	if c := stateNames()[text]; c != nil {
		return c
	}
	if c := stateNames()[republicOf.ReplaceAllString(text, "")]; c != nil {
		return c
	}
	if m := adjectived.FindStringSubmatch(text); m != nil {
		if c := stateAdjectives()[m[1]]; c != nil {
			return c
		}
		if c := stateNames()[m[1]]; c != nil {
			return c
		}
	}
	if m := delegation.FindStringSubmatch(text); m != nil {
		return stateOf(m[1] + m[2])
	}
	return nil
}

// bareGovernment is a government without the name of its state.
var bareGovernment = regexp.MustCompile(`^(?:(?:national|central|federal) )?(?:government|govt\.?)(?: delegation)?$|^delegation of the (?:national )?government$|^gobierno nacional$`)

// listOf is a list of states behind a word for what they have in common.
var listOf = regexp.MustCompile(`^(?i:the )?((?i:governments|presidents|foreign ministers|ministers of foreign affairs|representatives|prime ministers|heads of state)) of (.+)$`)

// statesOf are the states that a text lists and nothing beside them, with the word for their offices if there is one: "Foreign
// ministers of the Republic of Armenia and the Republic of Azerbaijan".
func statesOf(text string) (list []*country, office string) {
	if named, as, found := strings.Cut(text, " as "); found {
		if list, office = statesOf(named); office == "" {
			office = "as " + as
		}
		return list, office
	}
	if m := listOf.FindStringSubmatch(text); m != nil {
		text = m[2]
		if !strings.EqualFold(m[1], "governments") {
			office = m[1]
		}
	}
	if c := stateOf(text); c != nil {
		return []*country{c}, office
	}
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimPrefix(strings.TrimSpace(part), "and ")
		if c := stateOf(part); c != nil {
			list = append(list, c)
			continue
		}
		one, other, found := cutAnd(part)
		if !found {
			return nil, ""
		}
		list = append(list, one, other)
	}
	return list, office
}

// cutAnd takes two states apart that "and" joins. The name of a state may have the word itself.
func cutAnd(text string) (one, other *country, found bool) {
	for i := 0; ; {
		n := strings.Index(text[i:], " and ")
		if n < 0 {
			return nil, nil, false
		}
		i += n
		one, other = stateOf(text[:i]), stateOf(text[i+len(" and "):])
		if one != nil && other != nil {
			return one, other, true
		}
		i += len(" and ")
	}
}

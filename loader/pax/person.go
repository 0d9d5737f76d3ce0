package pax

import (
	"regexp"
	"slices"
	"strings"
)

var (
	trailing  = regexp.MustCompile(`^(.+?)\s*[\[(](.+)[\])]$`)
	nameFirst = regexp.MustCompile(`^\(([^()]+)\)\s*(.+)$`)
	dash      = regexp.MustCompile(`\s+[-–—]+\s*|[–—]\s+`)
	onBehalf  = regexp.MustCompile(`^(.+?),? (?i:(?:signed )?(?:for and )?on behalf of|signed for) (?:the )?(.+)$`)
	ofState   = regexp.MustCompile(`^(.+?),? (?:from|for|of) (?:the )?(.+)$`)
	namedOf   = regexp.MustCompile(`^((?i:president|prime minister|king|foreign minister|chancellor|emir)) (.+?) of (.+)$`)
	titleOnly = regexp.MustCompile(`^(?i)(?:h\.e\.|his excellency|her excellency|hon\.)? ?(?:prime minister|president|commander|commandant|comandante|foreign minister|minister|ambassador|vice president|premier|secretary|sultan|king|governor|mayor|speaker)\s+(.+)$`)
)

// personsIn are the persons of a piece that has them with their offices; none if it is anything else or in doubt.
func personsIn(text string) []signatory {
	if m := trailing.FindStringSubmatch(text); m != nil {
		if name, _, ok := isName(m[1]); ok && isOffice(m[2]) && balanced(m[2]) {
			return []signatory{{person: name, office: m[2], state: officeOf(m[2]), named: m[1]}}
		}
		if name, _, ok := isName(m[1]); ok && stateOf(m[2]) != nil {
			return []signatory{{person: name, state: stateOf(m[2]), named: text}}
		}
	}
	if m := nameFirst.FindStringSubmatch(text); m != nil {
		if name, _, ok := isName(m[1]); ok && isOffice(m[2]) {
			return []signatory{{person: name, office: m[2], state: officeOf(m[2]), named: m[1]}}
		}
	}
	if m := onBehalf.FindStringSubmatch(text); m != nil {
		if name, _, ok := isName(m[1]); ok {
			s := signatory{person: name, named: m[1], state: stateOf(m[2])}
			if s.state == nil {
				s.office = "for " + m[2]
			}
			return []signatory{s}
		}
	}
	if m := ofState.FindStringSubmatch(text); m != nil {
		if name, _, ok := isName(m[1]); ok && stateOf(m[2]) != nil {
			return []signatory{{person: name, state: stateOf(m[2]), named: text}}
		}
	}
	if name, c := dashed(text); c != nil {
		return []signatory{{person: name, state: c, named: text}}
	}
	if list := namedOfList(text); len(list) > 0 {
		return list
	}
	if list := commaPersons(dash.ReplaceAllString(text, ", ")); len(list) > 0 {
		return list
	}
	if list := prefixed(text); len(list) > 0 {
		return list
	}
	return suffixed(text)
}

// balanced reports whether no parenthesis closes in a text that has not opened in it.
func balanced(text string) bool {
	depth := 0
	for _, r := range text {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		}
		if depth < 0 {
			return false
		}
	}
	return true
}

// dashed reads "José Luis Paine - Republic of Chile", and with a comma only if no place can be meant, as by "Addis Ababa, Ethiopia".
func dashed(text string) (name string, c *country) {
	parts := dash.Split(text, -1)
	comma := len(parts) == 1
	if comma {
		parts = strings.Split(text, ",")
	}
	if len(parts) != 2 {
		return "", nil
	}
	name, certain, ok := isName(parts[0])
	c = stateOf(parts[1])
	if !ok || c == nil || comma && !certain && plain(parts[1]) == plain(c.name) {
		return "", nil
	}
	return name, c
}

// namedOfList reads "President Boris Yeltsin of the Russian Federation", also several of them joined by "and".
func namedOfList(text string) []signatory {
	var list []signatory
	for part := range strings.SplitSeq(text, " and ") {
		m := namedOf.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			return nil
		}
		name, _, ok := isName(m[2])
		c := stateOf(m[3])
		if !ok || c == nil {
			return nil
		}
		list = append(list, signatory{person: name, office: m[1], state: c, named: part})
	}
	return list
}

// commaPersons reads "S. Sargsyan, Minister of Defence of Armenia" and several such, and "Foreign Secretary of India, Mr. K. Raghunath". Names and
// offices must take turns: one name for each office, which may have commas itself.
func commaPersons(text string) []signatory {
	parts := strings.Split(text, ",")
	if first := parts[0]; !slices.ContainsFunc(strings.Fields(first), func(w string) bool { return !honorifics[bare(w)] }) {
		text, parts = strings.TrimSpace(text[min(len(first)+1, len(text)):]), parts[1:] // "His Excellency, ..."
	}
	if len(parts) < 2 {
		return nil
	}
	last := strings.TrimSpace(parts[len(parts)-1])
	office := strings.TrimSuffix(strings.TrimSpace(strings.TrimSuffix(text, parts[len(parts)-1])), ",")
	if name, _, ok := isName(last); ok && isOffice(office) {
		if _, _, first := isName(firstPart(office)); !first {
			return []signatory{{person: name, office: office, state: officeOf(office), named: last}}
		}
	}
	var list []signatory
	parts = turns(parts)
	for i, part := range parts {
		name, ok := titled(part, i == 0)
		// Within the office of somebody, a name is one if that is certain, or if an office follows.
		ok = ok && (i == 0 || certainName(part) || i+1 < len(parts) && isOffice(parts[i+1]))
		switch {
		case ok && (i == 0 || list[len(list)-1].office != ""):
			list = append(list, signatory{person: name, named: part})
		case i == 0 || ok || isTitled(part) || nameLength(part) > 0:
			return nil
		case list[len(list)-1].office == "":
			list[len(list)-1].office = part
		default:
			list[len(list)-1].office += ", " + part
		}
	}
	for i := range list {
		office := list[i].office
		if !isOffice(office) && !isBody(office) {
			return nil
		}
		list[i].state = officeOf(office)
	}
	return list
}

// turns are the parts between commas, and those between an "and" and a name: "..., Minister of X and A. B, Minister of Y".
func turns(parts []string) []string {
	var list []string
	for _, part := range parts {
		part = strings.TrimPrefix(strings.TrimSpace(part), "and ")
		if nameSuffix.MatchString(part) && len(list) > 0 {
			list[len(list)-1] += ", " + part
			continue
		}
		if n := strings.LastIndex(part, " and "); n > 0 {
			if certainName(part[n+len(" and "):]) {
				list = append(list, part[:n], part[n+len(" and "):])
				continue
			}
		}
		list = append(list, part)
	}
	return list
}

// isTitled reports whether a text is a title with a surname, "Foreign Minister Prlic", which is another person.
func isTitled(text string) bool {
	m := titleOnly.FindStringSubmatch(text)
	return m != nil && !strings.Contains(m[1], " ") && isNameWord(m[1]) && !honorifics[bare(m[1])]
}

// titled is a name, which at the beginning of a piece may have an office before it: "Prime Minister Pashinyan, ...".
func titled(part string, first bool) (name string, ok bool) {
	if name, _, ok := isName(part); ok {
		return name, true
	}
	m := titleOnly.FindStringSubmatch(part)
	if m == nil || !first {
		return "", false
	}
	if name, _, ok := isName(m[1]); ok {
		return name, true
	}
	if !strings.Contains(m[1], " ") && isNameWord(m[1]) {
		return m[1], true
	}
	return "", false
}

// prefixed reads "The President of Azerbaijan Ilham Aliyev", and "Ambassador Heidi Tagliavini".
func prefixed(text string) []signatory {
	words := strings.Fields(text)
	skip := 0
	if len(words) > 0 && bare(words[0]) == "the" {
		skip = 1
	}
	if run, ok := runOf(words[skip:]); ok {
		named := strings.Join(words[skip+run.words:], " ")
		if name, _, ok := isName(named); ok {
			return []signatory{{person: name, office: strings.TrimRight(strings.Join(words[skip:skip+run.words], " "), ",: "), state: run.state, named: named}}
		}
	}
	if m := titleOnly.FindStringSubmatch(text); m != nil {
		if name, _, ok := isName(m[1]); ok {
			return []signatory{{person: name, office: strings.TrimSpace(strings.TrimSuffix(text, m[1])), named: text}}
		}
	}
	return nil
}

// suffixed reads "Marco Rubio Secretary of State".
func suffixed(text string) []signatory {
	n := nameLength(text)
	if n == 0 {
		return nil
	}
	words := strings.Fields(text)
	named, office := strings.Join(words[:n], " "), strings.Join(words[n:], " ")
	name, _, _ := isName(named)
	return []signatory{{person: name, office: office, state: officeOf(office), named: named}}
}

// leads begin an office before the word that makes it one.
var leads = wordSet("executive prime vice deputy first acting foreign special interim")

// nameLength is how many words at the beginning of a text are a name that an office follows; 0 if none are.
func nameLength(text string) int {
	words := strings.Fields(text)
	for n := 2; n < len(words) && !strings.HasSuffix(words[n-1], ","); n++ {
		if !offices[bare(words[n])] && !leads[bare(words[n])] {
			continue
		}
		if _, _, ok := isName(strings.Join(words[:n], " ")); ok && isOffice(strings.Join(words[n:], " ")) {
			return n
		}
		return 0
	}
	return 0
}

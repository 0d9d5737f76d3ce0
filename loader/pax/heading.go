package pax

import (
	"regexp"
	"strings"
)

// sidePrefix begins what is said of a side.
var sidePrefix = regexp.MustCompile(`^(?i:(?:signed )?(?:for and on behalf of|on behalf of|for|from the|por|pour))\s+(?i:the |el |la |le )?(.+)$`)

// represented reads "Russian Federation, represented by V. Mikhailov and N. Volsky".
var represented = regexp.MustCompile(`^(?:(?i:for|on behalf of|and) )?(?i:the )?([^.:]+?),? (?i:(?:and )?(?:signed for by|signed by|represented by)):? (.+)$`)

func (r *cellReader) represented(p piece) bool {
	m := represented.FindStringSubmatch(p.text)
	if m == nil || len(m[1]) > longestSide || hasWord(m[1]+" "+m[2], finite) {
		return false
	}
	var persons []signatory
	for _, name := range namesIn(m[2]) {
		persons = append(persons, signatory{person: name, named: name})
	}
	if len(persons) == 0 && !strings.Contains(m[2], " & ") {
		persons = personsIn(m[2])
	}
	if len(persons) == 0 {
		return false
	}
	r.flush()
	before := r.side
	r.side = r.sideOf(m[1], p)
	for _, s := range persons {
		r.add(s, p)
	}
	r.side = before
	return true
}

// byState begins a side only where nothing but a state follows: "By the Kingdom of Norway".
var byState = regexp.MustCompile(`^(?i:by)\s+(?i:the )?([^:]+)$`)

// sideHeading reads "For the Republic of Armenia:", alone or with a name behind it.
func (r *cellReader) sideHeading(p piece) bool {
	m := sidePrefix.FindStringSubmatch(p.text)
	if m == nil {
		if m = byState.FindStringSubmatch(p.text); m == nil || stateOf(m[1]) == nil {
			return false
		}
	}
	if r.name != nil && r.side.none() && !strings.Contains(m[1], ":") {
		r.complete(p, p.text)
		return true
	}
	if r.isLastsSide(p) {
		return true
	}
	r.endParagraph()
	named, rest, _ := strings.Cut(m[1], ":")
	if !strings.Contains(m[1], ":") {
		named, rest = r.cutSide(m[1])
	}
	if len(named) > longestSide {
		r.leave(p, isOther)
		return true
	}
	r.otherPeople(r.sideOf(named, p))
	if r.side.text != "" {
		r.side.text = strings.TrimSpace(p.text[:strings.Index(p.text, named)+len(named)])
	}
	if rest = strings.Trim(rest, ": "); rest != "" {
		p.text = rest
		if !r.colon(p) {
			r.item(p)
		}
	}
	return true
}

// isLastsSide adds the side to whom the lines before are of, a name and an office: "For the Front" as the last. It reports whether there is one without.
func (r *cellReader) isLastsSide(p piece) bool {
	if len(r.list) <= r.first || !r.paired || p.blank || p.inline || !r.side.none() || strings.Contains(p.text, ":") {
		return false
	}
	if n := len(p.after); n > 1 || n == 1 && stateOf(p.after[0].text) == nil {
		return false // it is the heading of those below
	}
	last := &r.list[len(r.list)-1]
	if last.person == "" || last.state != nil || last.side != "" {
		return false
	}
	last.end, last.side = p.end, p.text
	if m := sidePrefix.FindStringSubmatch(p.text); m != nil {
		if s := r.sideOf(m[1], p); s.state != nil {
			last.state, last.ownSide, last.side = s.state, s.own, ""
		}
	}
	return true
}

// longestSide is how long the name of a side may be.
const longestSide = 120

// sideName ends with the word itself: "Abkhazian Side A. Jergenia".
var sideName = regexp.MustCompile(`^(.+? (?i:side)) (.+)$`)

// cutSide finds where the name of a side ends that no colon ends: at a comma, or where the name of a state does.
func (r *cellReader) cutSide(text string) (named, rest string) {
	if r.sideOf(text, piece{}).state != nil {
		return text, ""
	}
	if named, rest, found := strings.Cut(text, ", "); found {
		if _, _, ok := isName(firstPart(rest)); ok || nameLength(rest) > 0 || len(commaPersons(rest)) > 0 {
			return named, rest
		}
	}
	if m := sideName.FindStringSubmatch(text); m != nil {
		if _, _, ok := isName(m[2]); ok {
			return m[1], m[2]
		}
	}
	words := strings.Fields(text)
	for n := len(words) - 1; n > max(0, len(words)-1-mostWords); n-- {
		name := strings.Join(words[n:], " ")
		if _, _, ok := isName(name); ok && r.sideOf(strings.Join(words[:n], " "), piece{}).state != nil {
			return strings.Join(words[:n], " "), name
		}
	}
	return text, ""
}

func firstPart(s string) string {
	first, _, _ := strings.Cut(s, ",")
	return first
}

// sideWords may stand before the name of a side whose colon makes it a heading.
var sideWords = regexp.MustCompile(`^(?i:from|by) (?i:the )?`)

// sideOf is whom a heading names.
func (r *cellReader) sideOf(named string, p piece) side {
	named = sideWords.ReplaceAllString(strings.Trim(named, " :,-"), "")
	if inner, ok := strings.CutPrefix(named, "["); ok {
		named = strings.TrimSuffix(inner, "]")
	}
	s := side{state: stateOf(named), span: span{p.start, p.end}}
	if s.state == nil && r.only != nil && bareGovernment.MatchString(plain(named)) {
		s.state, s.own = r.only, true
	}
	if s.state == nil && !formWords[plain(named)] {
		s.text = named
	}
	return s
}

// formWords stand before a colon on forms, and name no side.
var formWords = wordSet("name names signed signature title title/position position witness date")

// colon reads "Minister of Defence of Azerbaijan: S. Abiyev" and "Delegation of the Government:".
func (r *cellReader) colon(p piece) bool {
	left, right, found := strings.Cut(p.text, ":")
	if !found {
		return false
	}
	left, right = strings.TrimSpace(left), strings.TrimSpace(right)
	names := namesIn(right)
	switch {
	case right == "" && len(left) <= longestSide && (stateOf(left) != nil || officeOf(left) == nil):
		r.endParagraph()
		r.otherPeople(r.sideOf(left, p))
	case len(names) > 0 && isOffice(left):
		r.flush()
		for _, name := range names {
			r.add(signatory{person: name, office: left, state: officeOf(left), named: right}, p)
		}
	case len(names) > 0 && len(left) <= longestSide:
		r.flush()
		before := r.side
		r.side = r.sideOf(left, p)
		for _, name := range names {
			r.add(signatory{person: name, named: right}, p)
		}
		r.side = before
	default:
		return false
	}
	return true
}

// otherPeople begins another side, whose heading may tell a role: "Guarantor countries:". Unless it is a state, it is of other people than the heading before that
// told a role, if that had any.
func (r *cellReader) otherPeople(s side) {
	read := r.count() > r.roleFrom
	r.setSide(s)
	switch role := officeRole(s.text); {
	case role != "":
		r.role, r.roleSpan, r.roleFrom = role, s.span, r.count()
	case s.state == nil && read:
		r.role, r.roleSpan = "", span{}
	}
}

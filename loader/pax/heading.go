package pax

import (
	"regexp"
	"strings"
)

// sidePrefix begins what is said of a side.
var sidePrefix = regexp.MustCompile(`^(?i:(?:signed )?(?:for and on behalf of|on behalf of|for|por|pour))\s+(?i:the |el |la |le )?(.+)$`)

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

// longestSide is how long the name of a side may be.
const longestSide = 120

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

package pax

import (
	"regexp"
	"strings"
)

// enclosed is a piece in parentheses as a whole.
var enclosed = regexp.MustCompile(`^[({](.+)[)}]$`)

// item reads a piece that is no heading: a person, a state, or half of either.
func (r *cellReader) item(p piece) {
	if r.isLastsOffice(p) {
		return
	}
	if persons := personsIn(p.text); len(persons) > 0 {
		r.flush()
		for _, s := range persons {
			r.add(s, p)
		}
		return
	}
	if list, office := statesOf(p.text); len(list) > 0 {
		r.states(list, office, p)
		return
	}
	if name, certain, ok := isName(p.text); ok {
		r.nameLine(name, certain, p)
		return
	}
	if names := namesIn(p.text); len(names) > 0 && !r.side.none() {
		r.flush()
		for _, name := range names {
			r.add(signatory{person: name, named: name}, p)
		}
		return
	}
	if isOffice(p.text) {
		if r.name != nil {
			r.complete(p, p.text)
			return
		}
		r.flush()
		r.office = &p
		return
	}
	if r.name != nil && r.name.first && isBody(p.text) && len(p.text) <= longestSide && !certainName(dash.Split(p.text, 2)[0]) {
		r.complete(p, p.text)
		return
	}
	r.flush()
	if p.gap || isBody(p.text) && !strings.Contains(plain(p.text), "delegation") {
		r.setSide(side{}) // it may be the heading of others
	}
	if p.gap && p.numbered && r.count() > r.roleFrom && len(strings.Fields(p.text)) <= longestGroup {
		r.role, r.roleSpan = "", span{} // "2. Langtang South LGA" begins anew
	}
	if !r.governments(p) {
		r.leave(p, isOther)
	}
}

// headsOf are people: "IGAD Heads of State and Government".
var headsOf = regexp.MustCompile(`(?i)\bheads? of states? and (?:of )?governments?`)

// longestGroup is how many words a heading without a colon has at most.
const longestGroup = 5

// governments takes in the governments of a list that has others, too: "Government of the Republic of Sudan, Sudan People's Liberation
// Movement", and states if there are several and one is the first. The others are left.
func (r *cellReader) governments(p piece) bool {
	var list []signatory
	government := false
	parts := conjunction.Split(headsOf.ReplaceAllString(p.text, ""), -1)
	for _, part := range parts {
		if s := r.sideOf(part, p); s.state != nil {
			list = append(list, signatory{state: s.state, ownSide: s.own, named: part})
			government = government || s.own || strings.Contains(plain(part), "gov")
		}
	}
	if !government && (len(list) < 2 || stateOf(parts[0]) == nil) {
		return false
	}
	for _, s := range list {
		r.add(s, p)
	}
	return true
}

// states takes in states that are named alone. One with a name in the next line is a heading for it.
func (r *cellReader) states(list []*country, office string, p piece) {
	if r.office != nil && !p.blank && !p.inline && wholeOffice(r.office.text) == nil {
		r.flush()
		r.leave(p, isOffices)
		return
	}
	r.flush()
	if len(list) == 1 && r.isLastsState(list[0], p) {
		return
	}
	if len(list) == 1 && office == "" {
		r.state = &stateLine{p, list[0]}
		return
	}
	for _, c := range list {
		r.add(signatory{state: c, office: office, named: p.text}, p)
	}
}

// dangling is the end of a line that goes on in the next: "Third Deputy Prime Minister and".
var dangling = regexp.MustCompile(`(?i)(?:\b(?:and|of|the|for)|&)$`)

// isLastsOffice adds a line to the office that goes on in it. It reports whether there is one.
func (r *cellReader) isLastsOffice(p piece) bool {
	if len(r.list) <= r.first || p.blank || p.inline {
		return false
	}
	last := &r.list[len(r.list)-1]
	if last.person == "" || !dangling.MatchString(last.office) {
		return false
	}
	last.end = p.end
	last.office += " " + p.text
	if last.side == "" {
		last.state = officeOf(last.office)
	}
	return true
}

// isLastsState adds a state to the person whom the two lines before are of, a name and an office: "Phillip Lustenberger", "Special Envoy", "Swiss
// Confederation". It reports whether there is one without a state.
func (r *cellReader) isLastsState(c *country, p piece) bool {
	if len(r.list) <= r.first || p.blank || p.inline {
		return false
	}
	last := &r.list[len(r.list)-1]
	if r.paired && last.ownSide && last.state == c {
		last.end = p.end // "For the Government", "Republic of South Sudan"
		return true
	}
	if !r.paired || last.person == "" || last.office == "" || last.state != nil || officeRole(last.office) != "" || hasWord(last.office, worldBodies) {
		return false
	}
	last.state, last.end = c, p.end
	last.office += ", " + p.text
	return true
}

// nameLine takes in a name that stands alone, with what stands alone in the line before if it belongs to it.
func (r *cellReader) nameLine(name string, certain bool, p piece) {
	if o := r.office; o != nil {
		r.office = nil
		whole := *o
		whole.end = p.end
		r.add(signatory{person: name, office: o.text, state: officeOf(o.text), named: p.text}, whole)
		return
	}
	if s := r.state; s != nil && !p.inline {
		r.state = nil
		r.side = side{state: s.state, span: span{s.piece.start, s.piece.end}, line: true}
	}
	r.flush()
	r.name = &nameLine{piece: p, name: name, certain: certain || r.names || r.role.Info() != nil && r.role.Info().ThirdParty(), first: p.gap || p.start == 0 || r.paired}
}

package trace

import (
	"cmp"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// seat finds the ties to a unit of a number.
func (g *graphView) seat(number ledger.EntityNo) {
	from := len(g.seated)
	if g.single(number) {
		g.seated = g.appendTiesTo(g.seated, number)
	} else {
		for _, m := range g.unit(number).Meetings {
			g.seated = g.appendTiesTo(g.seated, m)
		}
	}
	ties := g.seated[from:]
	for i := 1; i < len(ties); i++ {
		if compareSeats(&ties[i-1], &ties[i]) > 0 { // most are in order as they come
			slices.SortFunc(ties, func(a, b Tie) int { return compareSeats(&a, &b) })
			return
		}
	}
}

// compareSeats orders ties as a session has them.
func compareSeats(a, b *Tie) int {
	switch third := a.strength() > 0; {
	case third == (b.strength() > 0):
		return compareTies(a, b)
	case third:
		return -1
	}
	return 1
}

// at lists the ties to the meetings of a unit, sorted.
func (g *graphView) at(u *Unit) []Tie {
	ties := g.tiesTo(u.Meetings)
	sortTies(ties)
	return ties
}

// tiesTo lists the ties to some meetings, which are allowed.
func (g *graphView) tiesTo(meetings []ledger.EntityNo) (ties []Tie) {
	for _, meeting := range meetings {
		ties = g.appendTiesTo(ties, meeting)
	}
	return ties
}

// appendTiesTo appends the ties to a meeting that is allowed, in the order of those who have them, third parties first.
func (g *graphView) appendTiesTo(ties []Tie, meeting ledger.EntityNo) []Tie {
	for _, m := range g.Members(meeting) {
		g.near = g.Stubs(g.near[:0], m, g.firstRole, g.lastRole, topology.In)
		slices.SortFunc(g.near, bySeat) // which takes less time than to sort ties
		ties = slices.Grow(ties, len(g.near))
		for _, x := range g.near {
			actor := x.Other()
			if g.MayCountElsewhere(actor) { // as all do that are merged
				actor = g.Group(actor)
			}
			ties = g.appendTies(ties, x, actor, meeting)
		}
	}
	return ties
}

// bySeat orders the claims around a meeting so that ties made of them are in the order of a session where none counts for another.
func bySeat(a, b topology.Stub) int {
	third := strengths[a.Predicate()] > 0
	switch {
	case third != (strengths[b.Predicate()] > 0):
		if third {
			return -1
		}
		return 1
	case a.Other() != b.Other():
		return cmp.Compare(a.Other(), b.Other())
	case a.Predicate() != b.Predicate():
		return cmp.Compare(a.Predicate(), b.Predicate())
	}
	return cmp.Compare(a.Claim(), b.Claim())
}

// strengths are those of the roles of third parties, by code; 0 is none.
var strengths = strengthsOfRoles()

func strengthsOfRoles() (strengths [256]uint8) {
	for _, info := range graph.Predicates() {
		strengths[info.Code] = uint8(info.Strength)
	}
	return strengths
}

// strength is that of a third party's role; a party's is 0.
func (t *Tie) strength() int { return int(strengths[t.Role]) }

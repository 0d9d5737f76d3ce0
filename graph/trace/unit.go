package trace

import (
	"cmp"
	"iter"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A Unit is what counts as one meeting: a summit and the texts adopted there, or a meeting by itself.
type Unit struct {
	// Meetings are in ledger order; the first one's number is the unit's.
	Meetings []ledger.EntityNo
	Date     graph.Date // the one-of set of their dates
}

func byNumber(a, b *Unit) int { return cmp.Compare(a.Meetings[0], b.Meetings[0]) }

// unit is the unit of a meeting, one and the same for all that are in it.
func (g *graphView) unit(meeting ledger.EntityNo) *Unit {
	if u, ok := g.units[meeting]; ok {
		return u
	}
	u := g.newUnit(meeting)
	if g.units == nil {
		g.units = make(map[ledger.EntityNo]*Unit)
	}
	for _, m := range u.Meetings {
		g.units[m] = u
	}
	return u
}

func (g *graphView) newUnit(meeting ledger.EntityNo) *Unit {
	if g.single(meeting) {
		return new(loneUnit).set(meeting, g.Date(meeting))
	}
	u := &Unit{Meetings: []ledger.EntityNo{meeting}}
	var dates []graph.Date
	for i := 0; i < len(u.Meetings); i++ {
		m := u.Meetings[i]
		dates = append(dates, g.Date(m))
		for _, other := range g.joined(m) {
			if !slices.Contains(u.Meetings, other) {
				u.Meetings = append(u.Meetings, other)
			}
		}
	}
	slices.Sort(u.Meetings)
	u.Date = graph.OneOf(dates...)
	return u
}

// joined yields the claims by which a meeting is one with others, and which: a text with where it was adopted, or the other way round.
func (g *graphView) joined(meeting ledger.EntityNo) iter.Seq2[ledger.ClaimNo, ledger.EntityNo] {
	return func(yield func(ledger.ClaimNo, ledger.EntityNo) bool) {
		for _, member := range g.Members(meeting) {
			for _, direction := range []topology.Direction{topology.Out, topology.In} {
				for x := range g.Edges(member, adoptedAt, direction) {
					other := g.Group(x.Other)
					if other != meeting && g.Accepted(x.Claim) && g.IsMeeting(other) && !yield(x.Claim, other) {
						return
					}
				}
			}
		}
	}
}

// JoinedBy lists the claims by which each of some meetings is one with others, which of these are one with further ones, and so on: all by which their
// units hold together. They ascend; there is none where every meeting is a unit by itself.
func JoinedBy(s *topology.Snapshot, meetings ...ledger.EntityNo) []ledger.ClaimNo {
	g := newView(s, Filter{})
	defer g.close()
	return inOrder(g.joints(g.allOne(meetings)))
}

// joints are the claims by which each of some meetings is one with others; one that joins two of them is there twice.
func (g *graphView) joints(meetings []ledger.EntityNo) (claims []ledger.ClaimNo) {
	for _, m := range meetings {
		if g.single(m) {
			continue
		}
		for claim := range g.joined(m) {
			claims = append(claims, claim)
		}
	}
	return claims
}

// DatedBy lists the claims that the dates of some meetings' units are made of, those of every meeting of each. They ascend; there is none where no meeting
// has a date.
func DatedBy(s *topology.Snapshot, meetings ...ledger.EntityNo) []ledger.ClaimNo {
	g := newView(s, Filter{})
	defer g.close()
	var claims []ledger.ClaimNo
	for _, m := range g.allOne(meetings) {
		claims = append(claims, g.DatedBy(m)...)
	}
	return inOrder(claims)
}

// allOne lists the meetings of the units that some are in, each once, ascending.
func (g *graphView) allOne(meetings []ledger.EntityNo) []ledger.EntityNo {
	all := make([]ledger.EntityNo, 0, len(meetings))
	for _, m := range meetings {
		if g.single(m) {
			all = append(all, m)
		} else {
			all = append(all, g.unit(m).Meetings...)
		}
	}
	return inOrder(all)
}

// A loneUnit is one of a single meeting, as nearly all are, which lies with it.
type loneUnit struct {
	Unit
	meetings [1]ledger.EntityNo
}

// set makes it that of a meeting with a date.
func (u *loneUnit) set(meeting ledger.EntityNo, date graph.Date) *Unit {
	u.meetings[0] = meeting
	u.Unit = Unit{u.meetings[:], date}
	return &u.Unit
}

// single reports whether the meeting is a unit by itself that is known by one id, as nearly all are. Of some that are it is false.
func (g *graphView) single(meeting ledger.EntityNo) bool { return !g.MayCountElsewhere(meeting) }

// dateOf is the date of a meeting's unit.
func (g *graphView) dateOf(meeting ledger.EntityNo) graph.Date {
	if g.single(meeting) {
		return g.Date(meeting)
	}
	return g.unit(meeting).Date
}

// allowed reports whether the entity is a meeting that may have a part in the answer.
func (g *graphView) allowed(meeting ledger.EntityNo) bool {
	if g.single(meeting) && g.Kind(meeting) == graph.Agreement {
		return !slices.Contains(g.filter.Exclude, meeting)
	}
	allowed, known := g.inside[meeting]
	if !known {
		allowed = g.IsMeeting(meeting) && !slices.ContainsFunc(g.unit(meeting).Meetings, func(m ledger.EntityNo) bool {
			return slices.Contains(g.filter.Exclude, m)
		})
		if g.inside == nil {
			g.inside = make(map[ledger.EntityNo]bool)
		}
		g.inside[meeting] = allowed
	}
	return allowed
}

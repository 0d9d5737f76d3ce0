package trace

import (
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

var (
	belongsTo = graph.BelongsTo.Info().Code
	partOf    = graph.PartOf.Info().Code
	concerns  = graph.Concerns.Info().Code
)

// BelongsBy lists the claims by which some meetings are of a scope's process and about its conflict, or others are that are one with them: to which
// process each belongs, what that is a part of, and so on, and what the meeting or one of these processes concerns. They ascend; there is none for a
// scope without process and conflict.
func BelongsBy(s *topology.Snapshot, sc *Scope, meetings ...ledger.EntityNo) []ledger.ClaimNo {
	if sc.Process == ledger.NoEntity && sc.Conflict == ledger.NoEntity {
		return nil
	}
	g := newView(s, Filter{})
	defer g.close()
	var claims []ledger.ClaimNo
	for _, m := range g.allOne(meetings) {
		if sc.Process != ledger.NoEntity {
			claims = append(claims, passages(m, g.Group(sc.Process), g.belonging(m, ledger.NoEntity))...)
		}
		if sc.Conflict != ledger.NoEntity {
			claims = append(claims, passages(m, g.Group(sc.Conflict), g.belonging(m, g.Group(sc.Conflict)))...)
		}
	}
	return inOrder(claims)
}

// BetweenBy lists the claims by which those between whom a scope's meetings are were parties to some of them, or to others that are one with these, as a
// filter has it: each that makes one of them a party and, of a part that another had, those by which it counts for that one. They ascend; there is none for
// a scope that is not between anybody.
func BetweenBy(s *topology.Snapshot, sc *Scope, f Filter, meetings ...ledger.EntityNo) []ledger.ClaimNo {
	if len(sc.Between) == 0 {
		return nil
	}
	g := newView(s, f)
	defer g.close()
	var claims []ledger.ClaimNo
	ties := g.tiesTo(g.allOne(meetings))
	for i := range ties {
		t := &ties[i]
		if t.strength() > 0 || !slices.Contains(sc.Between, t.For) {
			continue
		}
		claims = append(claims, t.Claim)
		if f.RollUp {
			claims = append(claims, g.rolledUpBy(t)...)
		}
	}
	return inOrder(claims)
}

// belonging leads from a meeting to the processes that it belongs to and on to those that they are parts of, and from all of them to a conflict, if one is
// given, that they concern.
func (g *graphView) belonging(meeting, conflict ledger.EntityNo) func(ledger.EntityNo, func(ledger.ClaimNo, ledger.EntityNo)) {
	return func(e ledger.EntityNo, add func(ledger.ClaimNo, ledger.EntityNo)) {
		switch {
		case e == meeting:
			g.claimed(e, belongsTo, add)
		case g.Kind(e) == graph.Process:
			g.claimed(e, partOf, add)
		default:
			return
		}
		if conflict != ledger.NoEntity {
			g.claimed(e, concerns, func(claim ledger.ClaimNo, other ledger.EntityNo) {
				if other == conflict {
					add(claim, other)
				}
			})
		}
	}
}

// claimed passes on those to whom an entity has a relation, as is claimed as a fact.
func (g *graphView) claimed(e ledger.EntityNo, relation uint8, add func(ledger.ClaimNo, ledger.EntityNo)) {
	for _, m := range g.Members(e) {
		for x := range g.Edges(m, relation, topology.Out) {
			if g.Accepted(x.Claim) {
				add(x.Claim, g.Group(x.Other))
			}
		}
	}
}

package trace

import (
	"iter"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// RolledUpBy lists for each of some ties the claims by which it counts for whom it does: whom the actor, or the one on whose behalf it acted, led,
// represented or was a part of at the time, or who contributed to it if it is a force, and so on up to [Tie.For]. It is nil for a tie that counts
// for the very one on whose behalf its claim says it was, or for its actor if the claim does not say; and for every tie of a question that does not
// roll up, where each is for its actor, on whose behalf ever it was. The claims ascend.
func RolledUpBy(s *topology.Snapshot, ties []Tie, rollUp bool) [][]ledger.ClaimNo {
	by := make([][]ledger.ClaimNo, len(ties))
	if !rollUp {
		return by
	}
	g := newView(s, Filter{RollUp: true})
	defer g.close()
	for i := range ties {
		by[i] = g.rolledUpBy(&ties[i])
	}
	return by
}

// A Behalf is one on whose behalf the actor of a tie acted, as its claim says, and by whom the tie counts for [Tie.For].
type Behalf struct {
	Principal ledger.EntityNo // [ledger.NoEntity] if the claim names nobody: then it counts by the actor
	// RolledUpBy are the claims by which it counts by this one, as [RolledUpBy] has them of all; ascending.
	RolledUpBy []ledger.ClaimNo
}

// Behalves yields each tie with each of those on whose behalf it was. Whom a claim names as well, but who does not come to [Tie.For], is none
// of them. Of a question that does not roll up, where each tie is for its actor whomever its claim names, all are told, and without claims.
func Behalves(s *topology.Snapshot, ties []Tie, rollUp bool) iter.Seq2[*Tie, Behalf] {
	return func(yield func(*Tie, Behalf) bool) {
		g := newView(s, Filter{RollUp: rollUp})
		defer g.close()
		for i := range ties {
			for _, b := range g.behalves(&ties[i]) {
				if !yield(&ties[i], b) {
					return
				}
			}
		}
	}
}

func (g *graphView) behalves(t *Tie) (all []Behalf) {
	principals := g.principals(t.Claim)
	if len(principals) == 0 {
		return []Behalf{{ledger.NoEntity, g.rolledUpBy(t)}}
	}
	when := g.whenOf(t)
	for _, p := range principals {
		switch {
		case !g.filter.RollUp:
			all = append(all, Behalf{Principal: p})
		case slices.Contains(g.top(p, when), t.For):
			all = append(all, Behalf{p, inOrder(g.ways(p, t.For, when))})
		}
	}
	return all
}

// RolledUp lets ties that are told as they were recorded count for those at the top: each becomes one tie for each of them.
func RolledUp(s *topology.Snapshot, ties []Tie) []Tie {
	g := newView(s, Filter{RollUp: true})
	defer g.close()
	rolled := make([]Tie, 0, len(ties))
	for _, t := range ties {
		for _, t.For = range g.heads(t.Claim, true, t.Actor, g.whenOf(&t)) {
			rolled = append(rolled, t)
		}
	}
	return rolled
}

// CountsFor lists those for whom the ties that an actor has itself count, ascending; none if it has no ties that count.
func CountsFor(s *topology.Snapshot, f Filter, actor ledger.EntityNo) []ledger.EntityNo {
	g := newView(s, f)
	defer g.close()
	return g.countsForWhom(actor)
}

func (g *graphView) countsForWhom(actor ledger.EntityNo) (heads []ledger.EntityNo) {
	for _, t := range g.tiesOf(actor) {
		heads = append(heads, t.For)
	}
	return inOrder(heads)
}

// whenOf is when a part was had: on the claim's own date, or else on that of the meeting.
func (g *graphView) whenOf(t *Tie) graph.Date {
	if t.When.IsZero() {
		return g.dateOf(t.Meeting)
	}
	return t.When
}

// rolledUpBy lists the claims by which a tie that is rolled up counts for another than its own claim names.
func (g *graphView) rolledUpBy(t *Tie) []ledger.ClaimNo {
	if t.For == t.Actor && !g.Delegated(t.Claim) {
		return nil
	}
	from := g.feet(t.Claim, t.Actor)
	if slices.Contains(from, t.For) {
		return nil
	}
	return g.allWays(from, t.For, g.whenOf(t))
}

// feet are those from whom on a claim counts upwards: on whose behalf it says its subject acted, or else the subject.
func (g *graphView) feet(claim ledger.ClaimNo, subject ledger.EntityNo) []ledger.EntityNo {
	if feet := g.principals(claim); len(feet) > 0 {
		return feet
	}
	return []ledger.EntityNo{subject}
}

// allWays are the claims on all ways by which some stand for another at a time; ascending.
func (g *graphView) allWays(from []ledger.EntityNo, to ledger.EntityNo, when graph.Date) (claims []ledger.ClaimNo) {
	for _, e := range from {
		claims = append(claims, g.ways(e, to, when)...)
	}
	return inOrder(claims)
}

// ways are the claims on all ways by which one stands for another at a time; none if the two are the same.
func (g *graphView) ways(from, to ledger.EntityNo, when graph.Date) []ledger.ClaimNo {
	return passages(from, to, func(e ledger.EntityNo, add func(ledger.ClaimNo, ledger.EntityNo)) {
		if !g.speaksForItself(e) {
			g.ascend(e, when, add)
		}
	})
}

package store

import (
	"cmp"
	"context"
	"slices"

	"entente/graph"
	"entente/graph/topology"
	"entente/graph/trace"
)

// Chains answers who brought two together, as of the view's day.
func (v *View) Chains(ctx context.Context, q trace.ChainQuestion) (*trace.ChainAnswer, error) {
	q.AsOf = v.asOf
	q.Affiliations = v.affiliations(&q.Filter)
	return trace.Chains(ctx, v.snap, q)
}

// A TracedPart is a part in an answer of tracing.
type TracedPart struct {
	Participation
	// RolledUpBy are the claims by which it counts for whom it does, as [trace.Behalf] has them; each once, ascending.
	RolledUpBy []ClaimNo
}

// Parts makes participations of the ties of a question, which rolls up or does not: one for each actor, meeting, role and principal by whom they count,
// with all claims that say so, the strongest role first. The claims are those of the ties alone.
func (v *View) Parts(ties []trace.Tie, rollUp bool) []TracedPart {
	g := gathering{v: v}
	var rolledUpBy [][]ClaimNo
	for t, behalf := range trace.Behalves(v.snap, ties, rollUp) {
		at := g.place(partKey{t.Role, t.Actor, t.Meeting, behalf.Principal})
		p := &g.parts[at]
		g.add(p, t.Claim)
		p.When = graph.OneOf(p.When, t.When)
		if at == len(rolledUpBy) {
			rolledUpBy = append(rolledUpBy, nil)
		}
		rolledUpBy[at] = append(rolledUpBy[at], behalf.RolledUpBy...)
	}
	parts := make([]TracedPart, len(g.parts))
	for i, p := range g.all() { // all of them have claims, and none is out of a window
		p.denied = v.denied(p.key())
		slices.Sort(rolledUpBy[i])
		parts[i] = TracedPart{p, slices.Compact(rolledUpBy[i])}
	}
	slices.SortFunc(parts, func(a, b TracedPart) int {
		return cmp.Or(cmp.Compare(b.strength(), a.strength()), cmp.Compare(a.Claims[0], b.Claims[0]), cmp.Compare(a.OnBehalfOf, b.OnBehalfOf))
	})
	return parts
}

// denied reports whether somebody denies a part.
func (v *View) denied(key partKey) bool {
	for _, m := range v.snap.Members(key.meeting) {
		for x := range v.snap.Edges(m, key.role, topology.In) {
			if v.snap.Source(x.Claim).Stance == graph.Denied.Code() && v.snap.Group(x.Other) == key.actor &&
				slices.Contains(v.principals(x.Claim), key.principal) {
				return true
			}
		}
	}
	return false
}

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

// Parts makes participations of ties: one for each actor, meeting, role and principal, with all claims that say so, the strongest
// role first. The claims are those of the ties alone.
func (v *View) Parts(ctx context.Context, ties []trace.Tie) ([]Participation, error) {
	byKey := make(map[partKey]*part)
	var order []*part
	rolled := trace.RolledUpBy(v.snap, ties)
	for i, t := range ties {
		for _, principal := range v.principals(t.Claim) {
			key := partKey{t.Role, t.Actor, t.Meeting, principal}
			p := byKey[key]
			if p == nil {
				p = &part{key: key, denied: v.denied(key)}
				byKey[key] = p
				order = append(order, p)
			}
			p.claims, p.rolled = append(p.claims, t.Claim), append(p.rolled, rolled[i]...)
			if !t.When.IsZero() {
				p.owns = append(p.owns, t.When)
			}
		}
	}
	for _, p := range order {
		slices.Sort(p.claims)
		p.claims = slices.Compact(p.claims)
		slices.Sort(p.rolled)
		p.rolled = slices.Compact(p.rolled)
		if p.when = graph.OneOf(p.owns...); p.when.IsZero() {
			p.when = v.snap.Date(p.key.meeting)
		}
	}
	slices.SortFunc(order, func(a, b *part) int {
		strength := func(p *part) int { return graph.PredicateOf(p.key.role).Strength }
		return cmp.Or(cmp.Compare(strength(b), strength(a)), cmp.Compare(a.claims[0], b.claims[0]), cmp.Compare(a.key.principal, b.key.principal))
	})
	return v.describe(ctx, order)
}

// principals are those on whose behalf a claim says that its subject acted, NoEntity if it says of nobody.
func (v *View) principals(c ClaimNo) []Entity {
	named := v.snap.Principals(c)
	if len(named) == 0 {
		return []Entity{NoEntity}
	}
	for i, e := range named {
		named[i] = v.snap.Group(e)
	}
	slices.Sort(named)
	return slices.Compact(named)
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

package trace

import (
	"context"
	"slices"

	"entente/graph/ledger"
	"entente/graph/topology"
)

// RankingClaims lists the claims by which third parties had parts in the meetings of a ranking where all of the actors did: those that a
// rank rests on, or with two actors a pair. They ascend. The error is the context's.
func RankingClaims(ctx context.Context, s *topology.Snapshot, q RankingQuestion, actors ...ledger.EntityNo) ([]ledger.ClaimNo, error) {
	g := newView(s, q.Filter)
	units, err := g.unitsOf(ctx, &q, actors)
	if err != nil {
		return nil, err
	}
	var claims []ledger.ClaimNo
	for _, u := range units {
		claims = append(claims, g.claimsOf(u, q.MinimumRole.Info().Strength, actors)...)
	}
	slices.Sort(claims)
	return slices.Compact(claims), ctx.Err()
}

// unitsOf are units of the scope, among them all in which the actors had ties.
func (g *graphView) unitsOf(ctx context.Context, q *RankingQuestion, actors []ledger.EntityNo) ([]*Unit, error) {
	if q.narrow() {
		return g.unitsIn(ctx, &q.Scope)
	}
	least := slices.MinFunc(actors, func(a, b ledger.EntityNo) int { return g.Degree(a) - g.Degree(b) })
	seen := make(map[*Unit]bool)
	var units []*Unit
	for i, t := range g.countingFor(least) {
		if i%everyMeeting == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if u := g.unit(t.Meeting); !seen[u] && g.happened(u.Date) && q.Window.Has(u.Date) {
			seen[u] = true
			units = append(units, u)
		}
	}
	return units, nil
}

// claimsOf are the claims of the actors' ties as third parties in a unit; none unless all of them have some.
func (g *graphView) claimsOf(u *Unit, strength int, actors []ledger.EntityNo) (claims []ledger.ClaimNo) {
	there := make(map[ledger.EntityNo]bool)
	for _, t := range g.at(u) {
		if s := t.strength(); s > 0 && s >= strength && slices.Contains(actors, t.For) {
			there[t.For] = true
			claims = append(claims, t.Claim)
		}
	}
	if len(there) < len(actors) {
		return nil
	}
	return claims
}

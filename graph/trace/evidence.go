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
	ties, err := RankingTies(ctx, s, q, actors...)
	claims := make([]ledger.ClaimNo, len(ties))
	for i := range ties {
		claims[i] = ties[i].Claim
	}
	return inOrder(claims), err
}

// RankingTies lists the ties that those claims make for the actors.
func RankingTies(ctx context.Context, s *topology.Snapshot, q RankingQuestion, actors ...ledger.EntityNo) ([]Tie, error) {
	g := newView(s, q.Filter)
	defer g.close()
	sessions, err := g.sessionsOf(ctx, &q, actors)
	if err != nil {
		return nil, err
	}
	var ties []Tie
	for i := range sessions {
		ties = append(ties, sessions[i].tiesOf(q.MinimumRole.Info().Strength, actors)...)
	}
	return ties, ctx.Err()
}

// sessionsOf are units of the scope, among them all in which the actors had ties.
func (g *graphView) sessionsOf(ctx context.Context, q *RankingQuestion, actors []ledger.EntityNo) ([]session, error) {
	if q.narrow() {
		return g.sessionsIn(unlimited(ctx), &q.Scope)
	}
	least := slices.MinFunc(actors, func(a, b ledger.EntityNo) int { return g.Degree(a) - g.Degree(b) })
	seen := make(map[*Unit]bool)
	var sessions []session
	for i, t := range g.countingFor(least) {
		if i%everyMeeting == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if u := g.unit(t.Meeting); !seen[u] && g.happened(u.Date) && q.Window.Has(u.Date) {
			seen[u] = true
			sessions = append(sessions, session{u, g.tiesAt(u)})
		}
	}
	return sessions, nil
}

// tiesOf are the actors' ties as third parties in a session; none unless all of them have some.
func (s *session) tiesOf(strength int, actors []ledger.EntityNo) (ties []Tie) {
	there := make(map[ledger.EntityNo]bool)
	for _, t := range s.ties {
		if role := t.strength(); role > 0 && role >= strength && slices.Contains(actors, t.For) {
			there[t.For] = true
			ties = append(ties, t)
		}
	}
	if len(there) < len(actors) {
		return nil
	}
	return ties
}

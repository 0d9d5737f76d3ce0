package trace

import (
	"context"
	"slices"

	"entente/graph/ledger"
	"entente/graph/topology"
)

// RankingTies lists for each of some ranks, given by its actor, or of a pair by both, what it rests on: the ties of third parties that count for
// the actors in those meetings of the ranking where all of them had one. Ranks of one scope are found in one go. The error is the context's.
func RankingTies(ctx context.Context, s *topology.Snapshot, q RankingQuestion, ranks [][]ledger.EntityNo) ([][]Tie, error) {
	g := newView(s, q.Filter)
	defer g.close()
	ties := make([][]Tie, len(ranks))
	var sessions []session
	for i, actors := range ranks {
		if i == 0 || !q.narrow() {
			var err error
			if sessions, err = g.sessionsOf(ctx, &q, actors); err != nil {
				return nil, err
			}
		}
		for j := range sessions {
			ties[i] = append(ties[i], sessions[j].tiesOf(q.MinimumRole.Info().Strength, actors)...)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return ties, nil
}

// ClaimsOf lists the claims that make ties, each once, ascending.
func ClaimsOf(ties []Tie) []ledger.ClaimNo {
	claims := make([]ledger.ClaimNo, len(ties))
	for i := range ties {
		claims[i] = ties[i].Claim
	}
	return inOrder(claims)
}

// MeetingsOf lists the meetings of ties, each once, ascending.
func MeetingsOf(ties []Tie) []ledger.EntityNo {
	meetings := make([]ledger.EntityNo, len(ties))
	for i := range ties {
		meetings[i] = ties[i].Meeting
	}
	return inOrder(meetings)
}

// sessionsOf are units of the scope, among them all in which the actors had ties. Of a narrow scope they are the same for all actors.
func (g *graphView) sessionsOf(ctx context.Context, q *RankingQuestion, actors []ledger.EntityNo) ([]session, error) {
	if q.narrow() {
		return g.sessionsIn(unlimited(ctx), &q.Scope)
	}
	least := slices.MinFunc(actors, func(a, b ledger.EntityNo) int { return g.Degree(a) - g.Degree(b) })
	seen := make(map[*Unit]bool)
	var sessions []session
	for i, t := range g.countingFor(least) {
		if i%stride == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if u := g.unit(t.Meeting); !seen[u] && g.isThen(u.Date, q.Window) {
			seen[u] = true
			sessions = append(sessions, session{u, g.tiesTo(u.Meetings)})
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

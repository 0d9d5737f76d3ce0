package bench

import (
	"context"
	"math/rand/v2"
	"slices"

	"entente/graph"
	"entente/graph/store"
)

// newest is how many agreements are asked for.
const newest = 50

// mediatedQuestion asks for the newest agreements that an actor mediated in a stretch of days.
func mediatedQuestion() question {
	return question{
		name: "Q2", asks: "what an actor mediated in twenty years, newest 50",
		draw: func(g *plain, r *rand.Rand, _ int) (draw, bool) {
			if len(g.mediated.to) == 0 {
				return draw{}, false
			}
			// By agreement, so that who mediates much is asked about often.
			deal := store.Entity(g.mediated.to[r.IntN(len(g.mediated.to))])
			mediators := g.mediators.of(deal)
			day := g.day[deal]
			return draw{a: store.Entity(mediators[r.IntN(len(mediators))]), from: day - graph.Day(r.IntN(7300)), to: day + graph.Day(r.IntN(7300))}, true
		},
		limit: func(w *walker, d *draw, out answer) answer {
			deals := w.mediated.of(d.a)
			first, _ := slices.BinarySearchFunc(deals, d.to, func(m uint32, to graph.Day) int { return int(to) - int(w.day[m]) })
			for _, m := range deals[first:] {
				if w.day[m] < d.from || len(out) == newest {
					break
				}
				out = append(out, uint64(m))
			}
			return out
		},
		engine: func(_ context.Context, v *store.View, d *draw, out answer) (answer, error) {
			filter := store.ParticipationFilter{
				Actor: &d.a, Roles: []graph.Predicate{graph.Mediated}, Window: store.Window{From: d.from.Date(), To: d.to.Date()},
			}
			list, err := v.Participations(filter, store.Page{First: newest})
			for i := range list.Items {
				out = append(out, uint64(list.Items[i].Meeting))
			}
			return out, err
		},
		document: "mediated.graphql",
		variables: func(v *store.View, d *draw) map[string]any {
			return map[string]any{"id": v.ID(d.a), "window": map[string]string{"from": d.from.Date().String(), "to": d.to.Date().String()}}
		},
		read: func(r *reader, out answer) answer {
			var data struct{ Entity struct{ Mediated parts } }
			r.into(&data)
			for i := range data.Entity.Mediated.Edges {
				out = append(out, uint64(r.entity(data.Entity.Mediated.Edges[i].Node.Meeting.ID)))
			}
			return out
		},
	}
}

package bench

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// betweenQuestion asks for the agreements that two actors signed, in the order of time, and who mediated each.
func betweenQuestion() question {
	return question{
		name: "Q3", asks: "the agreements between two actors in the order of time, with their mediators", unordered: true,
		draw: func(g *plain, r *rand.Rand, _ int) (draw, bool) {
			for range 100 {
				deal, ok := g.agreement(r)
				if signers := g.signers.of(deal); ok && len(signers) > 1 && signers[0] != signers[1] {
					return draw{a: store.Entity(signers[0]), b: store.Entity(signers[1])}, true
				}
			}
			return draw{}, false
		},
		limit: func(w *walker, d *draw, out answer) answer { return w.between(d.a, d.b, out) },
		engine: func(ctx context.Context, v *store.View, d *draw, out answer) (answer, error) {
			scope := trace.Everything()
			scope.Between = []store.Entity{d.a, d.b}
			a, err := trace.History(ctx, v.Snapshot(), trace.HistoryQuestion{
				Scope: scope, MinimumRole: graph.Mediated, Filter: trace.Filter{RollUp: true}, Budget: 1 << 22,
			})
			if err != nil {
				return nil, err
			}
			for i := range a.Meetings {
				m := &a.Meetings[i]
				out = append(out, pair(uint32(i), uint32(m.Unit.Meetings[0])))
				for _, t := range m.ThirdParties {
					out = append(out, pair(mediates+uint32(i), uint32(t.For)))
				}
			}
			return out, nil
		},
		document: "between.graphql",
		variables: func(v *store.View, d *draw) map[string]any {
			return map[string]any{"between": []graph.ID{v.ID(d.a), v.ID(d.b)}}
		},
		read: func(r *reader, out answer) answer {
			var data struct {
				Agreements struct {
					Edges []struct {
						Node struct {
							ID        string
							Mediators parts
						}
					}
				}
			}
			r.into(&data)
			for i := range data.Agreements.Edges {
				n := &data.Agreements.Edges[i].Node
				out = append(out, pair(uint32(i), r.entity(n.ID)))
				out = n.Mediators.actors(r, mediates+uint32(i), out)
			}
			return out
		},
	}
}

// mediates is added to the place of an agreement in the answer to tell a mediator of it from the agreement.
const mediates = 1 << 31

// between finds what two actors signed by walking what both signed side by side.
func (w *walker) between(a, b store.Entity, out answer) answer {
	w.found = w.found[:0]
	x, y := w.signed.of(a), w.signed.of(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	for _, m := range x {
		at, ok := slices.BinarySearch(y, m)
		if y = y[at:]; ok {
			w.found = append(w.found, m)
		}
	}
	slices.SortFunc(w.found, func(m, n uint32) int { return cmp.Or(cmp.Compare(w.day[m], w.day[n]), cmp.Compare(m, n)) })
	for i, m := range w.found {
		out = append(out, pair(uint32(i), m))
		for _, t := range w.mediators.of(store.Entity(m)) {
			out = append(out, pair(mediates+uint32(i), t))
		}
	}
	return out
}

package bench

import (
	"context"
	"math/rand/v2"
	"slices"

	"entente/graph/store"
	"entente/graph/trace"
)

// lineageQuestion asks what an agreement rests on and what rests on it, and who mediated each.
func lineageQuestion() question {
	return question{
		name: "Q6", asks: "the lineage of an agreement both ways, with mediators", unordered: true,
		draw: func(g *plain, r *rand.Rand, _ int) (draw, bool) {
			e, ok := g.agreement(r)
			return draw{a: e}, ok
		},
		limit: func(w *walker, d *draw, out answer) answer {
			out = w.descent(&w.restsOn, d.a, -1, out)
			return w.descent(&w.restOf, d.a, 1, out)
		},
		engine: func(ctx context.Context, v *store.View, d *draw, out answer) (answer, error) {
			a, err := v.Lineage(ctx, trace.LineageQuestion{Agreement: d.a, Direction: trace.BothWays, MaxDepth: mostSteps, Budget: budget})
			if err != nil {
				return nil, err
			}
			for i := range a.Steps {
				s := &a.Steps[i]
				out = append(out, pair(uint32(s.Depth), uint32(s.Agreement)))
				for _, m := range a.Mediators(i) {
					out = append(out, pair(mediates|uint32(s.Agreement), uint32(m.Actor)))
				}
			}
			return out, nil
		},
		document: "lineage.graphql",
		variables: func(v *store.View, d *draw) map[string]any {
			return map[string]any{"agreement": v.ID(d.a)}
		},
		read: func(r *reader, out answer) answer {
			type named struct{ ID string }
			var data struct {
				Lineage struct {
					Steps []struct {
						Agreement named
						Depth     int32
						Mediators []struct{ Actor named }
					}
				}
			}
			r.into(&data)
			for _, s := range data.Lineage.Steps {
				agreement := r.entity(s.Agreement.ID)
				out = append(out, pair(uint32(s.Depth), agreement))
				for _, m := range s.Mediators {
					out = append(out, pair(mediates|agreement, r.entity(m.Actor.ID)))
				}
			}
			return out
		},
	}
}

// mostSteps is how far a lineage is followed, farther than any here reaches.
const mostSteps = 50

// descent tells the agreements that links lead to, each once, as many steps away as it is at least, with those who mediated them.
func (w *walker) descent(links *adjacency, from store.Entity, step int32, out answer) answer {
	w.found = append(w.found[:0], uint32(from))
	begun := 0
	for depth := step; begun < len(w.found) && depth != mostSteps*step+step; depth += step {
		layer := w.found[begun:]
		begun = len(w.found)
		for _, m := range layer {
			for _, to := range links.of(store.Entity(m)) {
				if slices.Contains(w.found, to) { // lineages are short
					continue
				}
				w.found = append(w.found, to)
				out = append(out, pair(uint32(depth), to))
				for _, a := range w.mediators.of(store.Entity(to)) {
					out = append(out, pair(mediates|to, a))
				}
			}
		}
	}
	return out
}

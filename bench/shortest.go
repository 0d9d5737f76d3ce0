package bench

import (
	"context"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// budget is as many links as any question here needs.
const budget = 1 << 40

// shortestQuestion asks for the first of the shortest chains of agreements between two actors, whatever their dates.
func shortestQuestion() question {
	q := chainQuestion(trace.AnyOrder)
	q.name, q.asks, q.document = "Q4", "the shortest chain of agreements between two actors", "shortest.graphql"
	q.limit = func(w *walker, d *draw, out answer) answer { return w.chain(d.a, d.b, out) }
	q.engine = func(ctx context.Context, v *store.View, d *draw, out answer) (answer, error) {
		a, err := v.Chains(ctx, asked(d, trace.AnyOrder, 1))
		if err != nil {
			return nil, err
		}
		for i := range a.Chains {
			for j := range a.Chains[i].Hops {
				h := &a.Chains[i].Hops[j]
				out = append(out, pair(uint32(h.Meeting()), uint32(h.To)))
			}
		}
		return out, nil
	}
	q.read = func(r *reader, out answer) answer {
		type named struct{ ID string }
		var data struct {
			MediationChains struct {
				Chains []struct {
					Hops []struct{ Meeting, To named }
				}
			}
		}
		r.into(&data)
		for _, c := range data.MediationChains.Chains {
			for _, h := range c.Hops {
				out = append(out, pair(r.entity(h.Meeting.ID), r.entity(h.To.ID)))
			}
		}
		return out
	}
	return q
}

// countQuestion asks how many shortest chains there are.
func countQuestion() question {
	q := chainQuestion(trace.AnyOrder)
	q.name, q.asks, q.document = "Q4N", "the number of shortest chains", "count.graphql"
	q.limit = func(w *walker, d *draw, out answer) answer {
		hops, total := w.count(d.a, d.b)
		return append(out, uint64(hops), total)
	}
	return q
}

// orderedQuestion asks the same of chains whose dates never run back.
func orderedQuestion() question {
	q := chainQuestion(trace.NonDecreasing)
	q.name, q.asks, q.document = "Q5", "the same, dates never running back", "ordered.graphql"
	q.limit = func(w *walker, d *draw, out answer) answer {
		hops, total := w.countInTime(d.a, d.b)
		return append(out, uint64(hops), total)
	}
	return q
}

// chainQuestion asks for the hops and the number of chains.
func chainQuestion(order trace.TimeOrder) question {
	return question{
		draw: apart,
		engine: func(ctx context.Context, v *store.View, d *draw, out answer) (answer, error) {
			a, err := v.Chains(ctx, asked(d, order, 0))
			if err != nil {
				return nil, err
			}
			return append(out, uint64(a.Hops), a.Total.Uint64()), nil
		},
		variables: func(v *store.View, d *draw) map[string]any {
			return map[string]any{"from": v.ID(d.a), "to": v.ID(d.b)}
		},
		read: func(r *reader, out answer) answer {
			var data struct {
				MediationChains struct {
					Hops  uint64
					Total uint64 `json:",string"`
				}
			}
			r.into(&data)
			return append(out, data.MediationChains.Hops, data.MediationChains.Total)
		},
	}
}

// asked is the question for chains of any shared agreement, with roll-up, as somebody who says no more would ask it.
func asked(d *draw, order trace.TimeOrder, first int) trace.ChainQuestion {
	return trace.ChainQuestion{
		From: d.a, To: d.b, Order: order, Objective: trace.FewestHops, AnyMeeting: true, MinimumRole: graph.Mediated,
		Filter: trace.Filter{RollUp: true}, First: first, Budget: budget,
	}
}

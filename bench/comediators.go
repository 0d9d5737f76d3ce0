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

const (
	mostPairs   = 20 // that are asked for
	mostWindows = 12 // of this many-sided question a few draws say as much as many
)

// coMediatorsQuestion asks which two mediated the same agreements most often: first in all time, then in stretches of it.
func coMediatorsQuestion() question {
	return question{
		name: "Q9", asks: "the top 20 pairs of co-mediators, of all time or of a stretch of it",
		draw: func(g *plain, r *rand.Rand, n int) (draw, bool) {
			if n == 0 {
				return draw{from: graph.DayOf(1900, 1, 1), to: graph.DayOf(2099, 12, 31)}, len(g.mediated.to) > 0
			}
			from := graph.DayOf(1945+r.IntN(60), 1, 1)
			return draw{from: from, to: from + graph.Day(3650+r.IntN(10000))}, n < mostWindows && len(g.mediated.to) > 0
		},
		limit: func(w *walker, d *draw, out answer) answer { return w.pairs(d.from, d.to, out) },
		engine: func(ctx context.Context, v *store.View, d *draw, out answer) (answer, error) {
			scope := trace.Everything()
			scope.Window = trace.Window{From: d.from.Date(), To: d.to.Date()}
			pairs, err := v.CoMediators(ctx, trace.RankingQuestion{
				Scope: scope, MinimumRole: graph.Mediated, Filter: trace.Filter{RollUp: true}, First: mostPairs,
			})
			for _, p := range pairs {
				out = append(out, pair(uint32(p.A), uint32(p.B)), uint64(p.Meetings))
			}
			return out, err
		},
		document: "comediators.graphql",
		variables: func(_ *store.View, d *draw) map[string]any {
			return map[string]any{"window": map[string]string{"from": d.from.Date().String(), "to": d.to.Date().String()}}
		},
		read: func(r *reader, out answer) answer {
			var data struct {
				CoMediators []struct {
					A, B     struct{ ID string }
					Meetings uint64
				}
			}
			r.into(&data)
			for _, p := range data.CoMediators {
				out = append(out, pair(r.entity(p.A.ID), r.entity(p.B.ID)), p.Meetings)
			}
			return out
		},
	}
}

// A counted pair of mediators.
type counted struct {
	a, b uint32 // by their places among mediators
	n    uint32
}

// pairs counts the pairs of mediators of the agreements in a stretch of days, in a table of everybody against everybody.
func (w *walker) pairs(from, to graph.Day, out answer) answer {
	n := len(w.mediator)
	if w.table == nil {
		w.table = make([]uint32, n*n)
	}
	clear(w.table)
	for _, m := range w.brought {
		if w.day[m] < from || w.day[m] > to {
			continue
		}
		mediators := w.coMediators.of(store.Entity(m))
		for i, a := range mediators {
			for _, b := range mediators[i+1:] {
				w.table[int(a)*n+int(b)]++
			}
		}
	}
	top := make([]counted, 0, mostPairs+1)
	better := func(x, y counted) int {
		return cmp.Or(cmp.Compare(y.n, x.n), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	}
	for at, count := range w.table {
		if count == 0 {
			continue
		}
		c := counted{uint32(at / n), uint32(at % n), count}
		if len(top) == mostPairs && better(c, top[mostPairs-1]) > 0 {
			continue
		}
		i, _ := slices.BinarySearchFunc(top, c, better)
		top = slices.Insert(top, i, c)
		top = top[:min(len(top), mostPairs)]
	}
	for _, c := range top {
		out = append(out, pair(w.mediator[c.a], w.mediator[c.b]), uint64(c.n))
	}
	return out
}

// placeMediators numbers the mediators in the order of entities, and lists those of each agreement that has several by these numbers.
func (g *plain) placeMediators(mediated []arc) {
	place := make(map[uint32]uint32)
	for _, x := range distinct(mediated) {
		if _, known := place[x.from]; !known {
			place[x.from] = uint32(len(g.mediator))
			g.mediator = append(g.mediator, x.from)
		}
	}
	var arcs []arc
	for _, x := range distinct(reversed(mediated)) {
		arcs = append(arcs, arc{x.from, place[x.to]})
	}
	g.coMediators = newAdjacency(g.entities, arcs)
	for e := range store.Entity(g.entities) {
		if len(g.coMediators.of(e)) > 1 {
			g.brought = append(g.brought, uint32(e))
		}
	}
}

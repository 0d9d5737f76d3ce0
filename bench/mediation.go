package bench

import (
	"context"
	"math"
	"math/rand/v2"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// mediationQuestion asks for chains as somebody does who says no more: of mediation, dates never running back.
func mediationQuestion() question {
	q := chainQuestion(trace.NonDecreasing)
	q.name, q.asks, q.document = "Q4M", "the number of shortest chains of mediation, dates never running back", "mediation.graphql"
	q.draw = broughtTogether
	q.limit = func(w *walker, d *draw, out answer) answer {
		hops, total := w.countMediated(d.a, d.b)
		return append(out, uint64(hops), total)
	}
	q.engine = func(ctx context.Context, v *store.View, d *draw, out answer) (answer, error) {
		ask := asked(d, trace.NonDecreasing, 0)
		ask.AnyMeeting = false
		a, err := v.Chains(ctx, ask)
		if err != nil {
			return nil, err
		}
		return append(out, uint64(a.Hops), a.Total.Uint64()), nil
	}
	return q
}

// mostMediations is how many hops of mediation two actors of a pair are apart, at most.
const mostMediations = 3

// broughtTogether draws two actors that so many hops of mediation lead to one another, 1 to 3 in turn; false if there are none to be found.
func broughtTogether(g *plain, r *rand.Rand, n int) (draw, bool) {
	for range 20 {
		deal, ok := g.agreement(r)
		if !ok {
			return draw{}, false
		}
		signers := g.signers.of(deal)
		from := store.Entity(signers[r.IntN(len(signers))])
		if ring := g.mediatedRing(from, 1+n%mostMediations); len(ring) > 0 {
			return draw{a: from, b: store.Entity(ring[r.IntN(len(ring))])}, true
		}
	}
	return draw{}, false
}

// mediatedRing lists the actors that so many hops of mediation lead to from one, and no fewer, dates never running back.
func (g *plain) mediatedRing(from store.Entity, hops int) (ring []uint32) {
	type coming struct {
		actor uint32
		day   graph.Day
	}
	since := make([]graph.Day, g.entities)
	for i := range since {
		since[i] = never
	}
	since[from] = math.MinInt32
	layer := []coming{{uint32(from), math.MinInt32}}
	for range hops {
		var next []coming
		ring = nil
		for _, x := range layer {
			for _, e := range g.entrances.of(store.Entity(x.actor)) {
				day := g.day[e/2]
				if day < x.day {
					continue
				}
				for _, y := range g.broughtBy(e) {
					if since[y] == never {
						ring = append(ring, y)
					}
					if day < since[y] {
						since[y] = day
						next = append(next, coming{y, day})
					}
				}
			}
		}
		layer = next
	}
	return ring
}

// broughtBy are those to whom a hop of mediation leads by an entrance: everybody there for a mediator, and the mediators for anybody else.
func (g *plain) broughtBy(entrance uint32) []uint32 {
	deal := store.Entity(entrance / 2)
	if entrance%2 == 1 {
		return g.links.of(deal)
	}
	return g.brokers.of(deal)
}

// countMediated is [walker.countInTime] for chains of mediation, whose doors are entrances.
func (w *walker) countMediated(a, b store.Entity) (hops int, total uint64) {
	near, far := &w.mediations[0], &w.mediations[1]
	near.begin(w.plain, a, false)
	far.begin(w.plain, b, true)
	for len(near.touched) > 0 && len(far.touched) > 0 {
		t, other := near, far
		if fartherFirst(near, far, w.toEnter(near), w.toEnter(far)) {
			t, other = far, near
		}
		layer := w.enter(t)
		for _, e := range layer {
			mediator := e | 1
			total += t.ways[e] * other.ways[mediator]
			if e == mediator {
				total += t.ways[e] * other.ways[e-1]
			}
		}
		if total > 0 {
			return int(near.layer+far.layer) - 1, total
		}
		for _, e := range layer {
			w.arrive(t, e, w.broughtBy(e))
		}
	}
	return 0, 0
}

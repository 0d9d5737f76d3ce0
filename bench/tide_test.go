package bench

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/store"
)

// A deal is an agreement of a small graph: actor i has a part in it if there[i], and mediated it if mediates[i], too.
type deal struct {
	day             graph.Day
	there, mediates []bool
}

// TestChainsInTime counts chains from both ends, and by taking hop after hop from one.
func TestChainsInTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const actors = 6
		coin := rapid.Bool()
		deals := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) deal {
			d := deal{graph.Day(rapid.IntRange(0, 3).Draw(t, "day")), make([]bool, actors), make([]bool, actors)}
			for _, x := range rapid.SliceOfNDistinct(rapid.IntRange(0, actors-1), 1, 3, rapid.ID).Draw(t, "there") {
				d.there[x], d.mediates[x] = true, coin.Draw(t, "mediates")
			}
			return d
		}), 1, 10).Draw(t, "deals")
		w := newWalker(plainOf(actors, deals))
		for range 3 { // a walker forgets what it walked before
			from := rapid.IntRange(0, actors-1).Draw(t, "from")
			to := (from + rapid.IntRange(1, actors-1).Draw(t, "apart")) % actors
			wantHops, want := countPlainly(deals, from, to, false)
			if hops, total := w.countInTime(store.Entity(from), store.Entity(to)); hops != wantHops || total != want {
				t.Errorf("countInTime(%d, %d) = %d hops, %d chains, want %d and %d", from, to, hops, total, wantHops, want)
			}
			wantHops, want = countPlainly(deals, from, to, true)
			if hops, total := w.countMediated(store.Entity(from), store.Entity(to)); hops != wantHops || total != want {
				t.Errorf("countMediated(%d, %d) = %d hops, %d chains, want %d and %d", from, to, hops, total, wantHops, want)
			}
		}
	})
}

// plainOf has what these counts go by.
func plainOf(actors int, deals []deal) *plain {
	g := &plain{entities: actors + len(deals), day: make([]graph.Day, actors+len(deals))}
	var ties, brokers []arc
	for i, d := range deals {
		no := uint32(actors + i)
		g.day[no] = d.day
		for x := range d.there {
			if d.there[x] {
				ties = append(ties, arc{uint32(x), no})
			}
			if d.mediates[x] {
				brokers = append(brokers, arc{no, uint32(x)})
			}
		}
	}
	g.links = newAdjacency(g.entities, append(reversed(ties), ties...))
	slices.SortStableFunc(ties, func(a, b arc) int { return cmp.Compare(g.day[a.to], g.day[b.to]) })
	g.byDay = newAdjacency(g.entities, ties)
	g.placeEntrances(ties, brokers)
	return g
}

// countPlainly goes from everybody reached, on each day reached, to everybody a hop leads to.
func countPlainly(deals []deal, from, to int, mediated bool) (hops int, total uint64) {
	type place struct {
		actor int
		day   graph.Day
	}
	ways := map[place]uint64{{from, -1}: 1}
	for hops = 1; len(ways) > 0 && hops < len(deals[0].there); hops++ {
		next := map[place]uint64{}
		for at, n := range ways {
			for _, d := range deals {
				if !d.there[at.actor] || d.day < at.day {
					continue
				}
				for x := range d.there {
					if x != at.actor && d.there[x] && (!mediated || d.mediates[x] || d.mediates[at.actor]) {
						next[place{x, d.day}] += n
					}
				}
			}
		}
		for at, n := range next {
			if at.actor == to {
				total += n
			}
		}
		if total > 0 {
			return hops, total
		}
		ways = next
	}
	return 0, 0
}

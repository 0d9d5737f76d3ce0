package bench

import (
	"cmp"
	"math"
	"slices"

	"entente/graph"
	"entente/graph/store"
)

// A tide is a search for the shortest chains whose dates never run back. Since every agreement here has one day, it is a matter of
// entering each agreement once, after as few hops as can be.
type tide struct {
	hops    []int8   // of each agreement, after how many hops it is entered; 0 if it was not
	ways    []uint64 // of each agreement entered, by how many chains
	since   []graph.Day
	arrived [][]arrival // of each actor, in this layer

	entered, touched, met []uint32 // what has to be forgotten
}

// An arrival is an actor's coming by an agreement of a day, by so many chains.
type arrival struct {
	day  graph.Day
	ways uint64
}

const never = graph.Day(math.MaxInt32)

func (t *tide) begin(nodes int) {
	if t.hops == nil {
		t.hops, t.ways, t.since, t.arrived = make([]int8, nodes), make([]uint64, nodes), make([]graph.Day, nodes), make([][]arrival, nodes)
		for i := range t.since {
			t.since[i] = never
		}
	}
	for _, m := range t.entered {
		t.hops[m], t.ways[m] = 0, 0
	}
	for _, a := range t.met {
		t.since[a] = never
	}
	t.entered, t.met = t.entered[:0], t.met[:0]
}

// countInTime is the number of shortest chains whose dates never run back, and of their hops, 0 if there is none.
func (w *walker) countInTime(a, b store.Entity) (hops int, total uint64) {
	t := &w.tide
	t.begin(w.entities)
	t.touched = append(t.touched[:0], uint32(a))
	t.arrived[a] = append(t.arrived[a][:0], arrival{math.MinInt32, 1})
	for hops := int8(1); len(t.touched) > 0; hops++ {
		layer := w.enter(hops)
		for _, m := range layer {
			for _, x := range w.links.of(store.Entity(m)) {
				if x == uint32(b) {
					total += t.ways[m]
				}
			}
		}
		if total > 0 {
			w.forget()
			return int(hops), total
		}
		w.arrive(layer)
	}
	return 0, 0
}

// enter goes from all actors who arrived to agreements not entered in fewer hops.
func (w *walker) enter(hops int8) []uint32 {
	t := &w.tide
	first := len(t.entered)
	for _, x := range t.touched {
		arrived := t.arrived[x]
		slices.SortFunc(arrived, func(a, b arrival) int { return cmp.Compare(a.day, b.day) })
		deals := w.byDay.of(store.Entity(x))
		at, _ := slices.BinarySearchFunc(deals, arrived[0].day, func(m uint32, day graph.Day) int { return cmp.Compare(w.day[m], day) })
		ways := uint64(0)
		for _, m := range deals[at:] {
			if w.day[m] >= t.since[x] {
				break // these were entered before
			}
			for len(arrived) > 0 && arrived[0].day <= w.day[m] {
				ways, arrived = ways+arrived[0].ways, arrived[1:]
			}
			if t.hops[m] == 0 {
				t.hops[m] = hops
				t.entered = append(t.entered, m)
			}
			if t.hops[m] == hops {
				t.ways[m] += ways
			}
		}
		t.met = append(t.met, x)
		t.since[x] = min(t.since[x], t.arrived[x][0].day)
	}
	w.forget()
	return t.entered[first:]
}

// arrive takes everybody in a layer of agreements there, unless he has been as early before.
func (w *walker) arrive(layer []uint32) {
	t := &w.tide
	for _, m := range layer {
		for _, x := range w.links.of(store.Entity(m)) {
			if w.day[m] >= t.since[x] {
				continue
			}
			if len(t.arrived[x]) == 0 {
				t.touched = append(t.touched, x)
			}
			t.arrived[x] = append(t.arrived[x], arrival{w.day[m], t.ways[m]})
		}
	}
}

// forget drops the arrivals of the layer.
func (w *walker) forget() {
	t := &w.tide
	for _, x := range t.touched {
		t.arrived[x] = t.arrived[x][:0]
	}
	t.touched = t.touched[:0]
}

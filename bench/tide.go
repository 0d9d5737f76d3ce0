package bench

import (
	"cmp"
	"math"
	"slices"

	"entente/graph"
	"entente/graph/store"
)

// A tide is one end's half of a search for the shortest chains whose dates never run back: from the beginning on, or from the end with days
// turned round. Since every agreement here has one day, it is a matter of entering each agreement once, after as few hops as can be. Agreements are
// entered by doors: an agreement is its only door, or has one for its mediators and one for all others.
type tide struct {
	doors   *adjacency // of an actor, by day
	shift   uint8      // by so many bits the number of a door is longer than that of its agreement
	back    bool       // from the end
	hops    []int8     // of each door, after how many hops it is entered; 0 if it was not
	ways    []uint64   // of each door entered, by how many chains
	since   []graph.Day
	arrived [][]arrival // of each actor, since the layer before
	layer   int8

	entered, touched, met []uint32 // what has to be forgotten
}

// An arrival is an actor's coming by an agreement of a day, by so many chains.
type arrival struct {
	day  graph.Day
	ways uint64
}

const never = graph.Day(math.MaxInt32)

func (t *tide) begin(g *plain, end store.Entity, back bool) {
	if t.hops == nil {
		doors := g.entities << t.shift
		t.hops, t.ways, t.since, t.arrived = make([]int8, doors), make([]uint64, doors), make([]graph.Day, g.entities), make([][]arrival, g.entities)
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
	for _, x := range t.touched {
		t.arrived[x] = t.arrived[x][:0]
	}
	t.entered, t.met, t.layer, t.back = t.entered[:0], t.met[:0], 0, back
	t.touched = append(t.touched[:0], uint32(end))
	t.arrived[end] = append(t.arrived[end][:0], arrival{math.MinInt32, 1})
}

// agreement is the one that a door belongs to. The mask, which changes nothing, spares the processor a look whether the shift is too long.
func (t *tide) agreement(door uint32) uint32 { return door >> (t.shift & 31) }

// dayOf is the day of a door as a side counts them.
func (w *walker) dayOf(t *tide, door uint32) graph.Day {
	day := w.day[t.agreement(door)]
	if t.back {
		return -day
	}
	return day
}

// toEnter is how many links lead on from those who arrived.
func (w *walker) toEnter(t *tide) int {
	links := 0
	for _, x := range t.touched {
		links += len(t.doors.of(store.Entity(x)))
	}
	return links
}

// fartherFirst reports whether the far end goes on first: where fewer links lead on or, of as many, where fewer layers were entered. Else one
// end, come to the other by that one's only neighbour, would go on past it before the other has entered anything to be met in.
func fartherFirst(near, far *tide, nearLinks, farLinks int) bool {
	return farLinks < nearLinks || farLinks == nearLinks && far.layer < near.layer
}

// countInTime is the number of shortest chains whose dates never run back, and of their hops, 0 if there is none. It goes on from whichever end has
// less to do until an agreement is entered from both.
func (w *walker) countInTime(a, b store.Entity) (hops int, total uint64) {
	near, far := &w.tides[0], &w.tides[1]
	near.begin(w.plain, a, false)
	far.begin(w.plain, b, true)
	for len(near.touched) > 0 && len(far.touched) > 0 {
		t, other := near, far
		if fartherFirst(near, far, w.toEnter(near), w.toEnter(far)) {
			t, other = far, near
		}
		layer := w.enter(t)
		for _, m := range layer {
			if other.hops[m] > 0 {
				total += t.ways[m] * other.ways[m]
			}
		}
		if total > 0 {
			return int(near.layer+far.layer) - 1, total
		}
		for _, m := range layer {
			w.arrive(t, m, w.links.of(store.Entity(m)))
		}
	}
	return 0, 0
}

// enter goes from all actors who arrived to doors not entered in fewer hops.
func (w *walker) enter(t *tide) []uint32 {
	t.layer++
	first := len(t.entered)
	for _, x := range t.touched {
		w.enterFrom(t, x)
		t.met = append(t.met, x)
		t.since[x] = min(t.since[x], t.arrived[x][0].day)
		t.arrived[x] = t.arrived[x][:0]
	}
	t.touched = t.touched[:0]
	return t.entered[first:]
}

// enterFrom goes from an actor to doors from its first arrival on, until those that it went to before.
func (w *walker) enterFrom(t *tide, x uint32) {
	arrived := t.arrived[x]
	slices.SortFunc(arrived, func(a, b arrival) int { return cmp.Compare(a.day, b.day) })
	doors := t.doors.of(store.Entity(x))
	at, step := 0, 1
	if t.back {
		after, _ := slices.BinarySearchFunc(doors, -int64(arrived[0].day), func(door uint32, day int64) int { return cmp.Compare(int64(w.day[t.agreement(door)]), day+1) })
		at, step = after-1, -1
	} else {
		at, _ = slices.BinarySearchFunc(doors, arrived[0].day, func(door uint32, day graph.Day) int { return cmp.Compare(w.day[t.agreement(door)], day) })
	}
	ways := uint64(0)
	for ; at >= 0 && at < len(doors); at += step {
		door := doors[at]
		day := w.dayOf(t, door)
		if day >= t.since[x] {
			return // these were entered before
		}
		for len(arrived) > 0 && arrived[0].day <= day {
			ways, arrived = ways+arrived[0].ways, arrived[1:]
		}
		if t.hops[door] == 0 {
			t.hops[door] = t.layer
			t.entered = append(t.entered, door)
		}
		if t.hops[door] == t.layer {
			t.ways[door] += ways
		}
	}
}

// arrive takes those to whom a door leads there, unless they have been as early before.
func (w *walker) arrive(t *tide, door uint32, there []uint32) {
	day := w.dayOf(t, door)
	for _, x := range there {
		if day >= t.since[x] {
			continue
		}
		if len(t.arrived[x]) == 0 {
			t.touched = append(t.touched, x)
		}
		t.arrived[x] = append(t.arrived[x], arrival{day, t.ways[door]})
	}
}

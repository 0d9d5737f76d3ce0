package bench

import "entente/graph/store"

// A side is one end's half of a search for shortest ways from both ends, over actors and agreements alike.
type side struct {
	level   []int8   // of each node, 0 where it was not reached, the end's being 1
	ways    []uint64 // of each node reached, the shortest ways to it
	layers  [][]uint32
	reached []uint32
}

// begin forgets the search before.
func (s *side) begin(nodes int, end store.Entity) {
	if s.level == nil {
		s.level, s.ways = make([]int8, nodes), make([]uint64, nodes)
	}
	for _, n := range s.reached {
		s.level[n], s.ways[n] = 0, 0
	}
	s.reached = append(s.reached[:0], uint32(end))
	s.level[end], s.ways[end] = 1, 1
	s.layers = append(s.layers[:0], s.reached)
}

func (s *side) last() []uint32 { return s.layers[len(s.layers)-1] }

// work is how many links lead on from a side's last layer.
func (w *walker) work(s *side) int {
	links := 0
	for _, n := range s.last() {
		links += len(w.links.of(store.Entity(n)))
	}
	return links
}

// grow adds a layer to a side, and reports whether it touches the other.
func (w *walker) grow(s, other *side) (met bool) {
	level := int8(len(s.layers) + 1)
	first := len(s.reached)
	for _, n := range s.last() {
		for _, to := range w.links.of(store.Entity(n)) {
			switch s.level[to] {
			case 0:
				s.level[to], s.ways[to] = level, s.ways[n]
				s.reached = append(s.reached, to)
				met = met || other.level[to] > 0
			case level:
				s.ways[to] += s.ways[n]
			}
		}
	}
	s.layers = append(s.layers, s.reached[first:])
	return met
}

// meet searches from both ends, always where there is less to do, until the sides meet. It tells which side grew last; false if they
// never meet.
func (w *walker) meet(a, b store.Entity) (grew int, met bool) {
	w.sides[0].begin(w.entities, a)
	w.sides[1].begin(w.entities, b)
	for !met {
		work := [2]int{w.work(&w.sides[0]), w.work(&w.sides[1])}
		if work[0] == 0 || work[1] == 0 {
			return 0, false
		}
		if grew = 0; work[1] < work[0] {
			grew = 1
		}
		met = w.grow(&w.sides[grew], &w.sides[1-grew])
	}
	return grew, true
}

// hops is how many there are on a shortest chain when the sides have met: two links each.
func (w *walker) hops() int { return (len(w.sides[0].layers) + len(w.sides[1].layers) - 2) / 2 }

// count is the number of shortest chains and of their hops, 0 if there is none.
func (w *walker) count(a, b store.Entity) (hops int, total uint64) {
	grew, met := w.meet(a, b)
	if !met {
		return 0, 0
	}
	s, other := &w.sides[grew], &w.sides[1-grew]
	for _, n := range s.last() {
		total += s.ways[n] * other.ways[n]
	}
	return w.hops(), total
}

// chain is the first of the shortest chains by the numbers of agreements and actors, as pairs of both; nothing if there is none.
func (w *walker) chain(a, b store.Entity, out answer) answer {
	if _, met := w.meet(a, b); !met {
		return out
	}
	near, far := &w.sides[0], &w.sides[1]
	w.prune(near, far)
	at, meeting := uint32(a), uint32(0)
	for level := 2; at != uint32(b); level++ {
		for _, to := range w.links.of(store.Entity(at)) {
			onNear := level <= len(near.layers) && int(near.level[to]) == level && near.ways[to] > 0
			onFar := level > len(near.layers) && int(far.level[to]) == len(near.layers)+len(far.layers)-level
			if onNear || onFar {
				at = to
				break
			}
		}
		if level%2 == 0 {
			meeting = at
		} else {
			out = append(out, pair(meeting, at))
		}
	}
	return out
}

// prune sets the ways of those of a side's nodes to 0 that are on no shortest chain.
func (w *walker) prune(s, other *side) {
	for _, n := range s.last() {
		if other.level[n] == 0 {
			s.ways[n] = 0
		}
	}
	for i := len(s.layers) - 2; i >= 0; i-- {
		for _, n := range s.layers[i] {
			leads := false
			for _, to := range w.links.of(store.Entity(n)) {
				leads = leads || int(s.level[to]) == i+2 && s.ways[to] > 0
			}
			if !leads {
				s.ways[n] = 0
			}
		}
	}
}

package trace

import "math/bits"

// A flood is a search from one end of chains whose meetings may come in any order, by layers of actors and meetings in turn. Two of
// them meet somewhere between the ends, having seen far less than one alone would.
type flood struct {
	marks  [2][]mark8  // of actors, of meetings
	ways   [2][]uint64 // of those that are marked, how many shortest ways there are to them
	layers [][]node    // the end, its meetings, those who were there, and so on; all that are marked are in one
	looked []int       // of each layer, how many links led on from it
	size   int         // of layers in use
	on     [][]node    // of each layer, what lies on shortest chains, as far as that has been found out
	many   bool        // there are more ways to a node than could be counted
}

// A mark8 tells of a node in which layer it is, by the remainder of three: who is linked to one in a layer is in the one before or in the next.
// It is 0 where the side has not come.
type mark8 uint8

// onChain marks what lies on a shortest chain, too.
const onChain mark8 = 1 << 7

func markOf(layer int) mark8 { return mark8(layer%3 + 1) }

func (f *flood) begin(end node) {
	for layer, nodes := range f.layers {
		marks := f.marks[layer%2]
		for _, n := range nodes {
			marks[n] = 0
		}
	}
	f.layers, f.looked = emptied(f.layers, 1), f.looked[:0]
	f.size, f.many = 1, false
	f.reach(0, end)
	f.layers[0] = append(f.layers[0], end)
	f.marks[0][end], f.ways[0][end] = markOf(0), 1
}

// reach makes room for a node of a layer.
func (f *flood) reach(layer int, n node) {
	f.marks[layer%2] = reaching(f.marks[layer%2], n)
	f.ways[layer%2] = reaching(f.ways[layer%2], n)
}

// of is the mark of a node of the same kind as those in a layer.
func (f *flood) of(layer int, n node) mark8 {
	if marks := f.marks[layer%2]; int(n) < len(marks) {
		return marks[n]
	}
	return 0
}

func (f *flood) last() []node { return f.layers[f.size-1] }

// linked are the nodes linked to one in a layer of that number.
func (s *search) linked(layer int, n node) []link {
	if layer%2 == 0 {
		return s.meetings(n)
	}
	return s.actors(n)
}

// perMeeting is about how many actors a meeting has.
const perMeeting = 4

// toDo guesses how many links lead on from nodes in a layer, without making lists of them.
func (s *search) toDo(layer int, nodes []node) int {
	if layer%2 == 1 {
		return perMeeting * len(nodes)
	}
	return s.workOf(nodes)
}

// grow adds a layer to a side, and reports whether the other side has seen any of it.
func (s *search) grow(f, other *flood) (met bool, err error) {
	if len(f.layers) == f.size {
		f.layers = append(f.layers, nil)
	}
	looked := 0
	for _, n := range f.last() {
		links := s.linked(f.size-1, n)
		if err := s.look(len(links)); err != nil {
			return false, err
		}
		looked += len(links)
		met = f.spread(links, f.ways[(f.size-1)%2][n], other) || met
	}
	f.looked = append(f.looked, looked)
	f.size++
	return met, nil
}

// spread takes as many ways on by links to the next layer.
func (f *flood) spread(links []link, ways uint64, other *flood) (met bool) {
	layer := f.size
	mark, marks, next := markOf(layer), f.marks[layer%2], f.layers[layer]
	for _, l := range links {
		to := l.to()
		if int(to) >= len(marks) {
			f.reach(layer, to)
			marks = f.marks[layer%2]
		}
		switch marks[to] {
		case 0:
			marks[to], f.ways[layer%2][to] = mark, ways
			next = append(next, to)
			met = met || other.of(layer, to) != 0
		case mark:
			sum, over := bits.Add64(f.ways[layer%2][to], ways, 0)
			f.ways[layer%2][to], f.many = sum, f.many || over > 0
		}
	}
	f.layers[layer] = next
	return met
}

// meet floods from both ends, always where there is less to do, until the sides meet. It is false if they never do.
func (s *search) meet() (met bool, err error) {
	a, b := &s.sides[0], &s.sides[1]
	a.begin(s.from)
	b.begin(s.to)
	for !met {
		if len(a.last()) == 0 || len(b.last()) == 0 {
			return false, nil
		}
		if s.toDo(a.size-1, a.last()) <= s.toDo(b.size-1, b.last()) {
			met, err = s.grow(a, b)
		} else {
			met, err = s.grow(b, a)
		}
		if err != nil {
			return false, err
		}
	}
	s.met, s.hops = true, (a.size+b.size-2)/2
	return true, nil
}

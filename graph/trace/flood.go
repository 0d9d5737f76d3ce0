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
	s.begin()
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
	s.hops = (a.size + b.size - 2) / 2
	return true, nil
}

// metAt calls yield with the nodes at which the sides met.
func (s *search) metAt(yield func(n node)) {
	a, b := &s.sides[0], &s.sides[1]
	if len(b.last()) < len(a.last()) {
		a, b = b, a
	}
	for _, n := range a.last() {
		if b.of(b.size-1, n) == markOf(b.size-1) {
			yield(n)
		}
	}
}

// metWays is the number of shortest chains; false if it is too large to be counted so.
func (s *search) metWays() (total uint64, few bool) {
	a, b := &s.sides[0], &s.sides[1]
	few = !a.many && !b.many
	s.metAt(func(n node) {
		over, ways := bits.Mul64(a.ways[(a.size-1)%2][n], b.ways[(b.size-1)%2][n])
		sum, more := bits.Add64(total, ways, 0)
		total, few = sum, few && over == 0 && more == 0
	})
	return total, few
}

// trace marks what lies on shortest chains, for those who list them, as backward does.
func (s *search) trace() error {
	a, b := &s.sides[0], &s.sides[1]
	s.layers, s.byHop = emptied(s.layers, s.hops+1), emptied(s.byHop, s.hops+1)
	s.open = s.open[:0]
	s.metAt(func(n node) {
		s.open = append(s.open, n)
		s.put(a.size-1, n)
	})
	if err := s.traceSide(a, s.open, func(layer int) int { return layer }); err != nil {
		return err
	}
	return s.traceSide(b, s.open, func(layer int) int { return 2*s.hops - layer })
}

// traceSide marks what lies on shortest chains between a side's end and where the sides met. Place is how many links lie between the
// beginning of a chain and a layer.
func (s *search) traceSide(f *flood, met []node, place func(layer int) int) error {
	for _, n := range met {
		f.marks[(f.size-1)%2][n] |= onChain
	}
	on := met
	for layer := f.size - 2; layer >= 0; layer-- {
		find := s.onByLayer
		if s.toDo(layer+1, on) < f.looked[layer] {
			find = s.onByNext
		}
		var err error
		if on, err = find(f, layer, on); err != nil {
			return err
		}
		for _, n := range on {
			s.put(place(layer), n)
		}
	}
	return nil
}

// onByLayer marks the nodes in a layer from which a link leads to one that is on a shortest chain in the next, by looking at all in the layer.
func (s *search) onByLayer(f *flood, layer int, _ []node) (on []node, err error) {
	next := markOf(layer+1) | onChain
	for _, n := range f.layers[layer] {
		links := s.linked(layer, n)
		if err := s.look(len(links)); err != nil {
			return nil, err
		}
		for _, l := range links {
			if f.of(layer+1, l.to()) == next {
				f.marks[layer%2][n] |= onChain
				on = append(on, n)
				break
			}
		}
	}
	return on, nil
}

// onByNext is onByLayer by looking at all that are on shortest chains in the next layer, of which there may be fewer.
func (s *search) onByNext(f *flood, layer int, next []node) (on []node, err error) {
	here := markOf(layer)
	for _, n := range next {
		links := s.linked(layer+1, n)
		if err := s.look(len(links)); err != nil {
			return nil, err
		}
		for _, l := range links {
			if f.of(layer, l.to()) == here {
				f.marks[layer%2][l.to()] |= onChain
				on = append(on, l.to())
			}
		}
	}
	return on, nil
}

// put notes that a node lies on shortest chains, so many links from their beginning.
func (s *search) put(links int, n node) {
	hops := (links + 1) / 2
	if links%2 == 0 {
		no := s.add(n, label{hops: hops, free: dawn})
		s.all[no].until = dusk
		s.layers[hops] = append(s.layers[hops], no)
		return
	}
	s.doors.at(n, door{}).opened |= 1 << (hops % 64)
	s.byHop[hops] = append(s.byHop[hops], n)
}

package trace

import "math/bits"

// A flood is a search from one end of chains whose meetings may come in any order, by layers of actors and meetings in turn. Two of
// them meet somewhere between the ends, having seen far less than one alone would.
type flood struct {
	seen   [2][]seen // of actors, of meetings
	layers [][]node  // the end, its meetings, those who were there, and so on
	size   int       // of layers in use
	many   bool      // there are more ways to a node than could be counted
}

// A seen node is in a layer, from 1 on, and is come to by so many shortest ways; 0 is not seen.
type seen struct {
	layer int
	ways  uint64
	on    bool // it lies on a shortest chain
}

func (f *flood) begin(end node) {
	f.seen[0], f.seen[1] = f.seen[0][:0], f.seen[1][:0]
	f.layers = emptied(f.layers, 1)
	f.size, f.many = 1, false
	f.layers[0] = append(f.layers[0], end)
	*at(&f.seen[0], end, seen{}) = seen{layer: 1, ways: 1}
}

// of is what a side has seen of a node in the layer of a number, from 0 on, or of the same kind as those.
func (f *flood) of(layer int, n node) *seen { return at(&f.seen[layer%2], n, seen{}) }

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

// toDo guesses how many links lead on from a side's last layer, without making lists of them.
func (s *search) toDo(f *flood) int {
	if f.size%2 == 0 {
		return perMeeting * len(f.last())
	}
	links := 0
	for _, x := range f.last() {
		links += s.work(x)
	}
	return links
}

// grow adds a layer to a side, and reports whether the other side has seen any of it.
func (s *search) grow(f, other *flood) (met bool, err error) {
	if len(f.layers) == f.size {
		f.layers = append(f.layers, nil)
	}
	layer := f.size
	next := f.layers[layer][:0]
	for _, n := range f.last() {
		links := s.linked(layer-1, n)
		if err := s.look(len(links)); err != nil {
			return false, err
		}
		ways := f.of(layer-1, n).ways
		for _, l := range links {
			to := f.of(layer, l.to())
			switch to.layer {
			case 0:
				to.layer, to.ways = layer+1, ways
				next = append(next, l.to())
				met = met || other.of(layer, l.to()).layer > 0
			case layer + 1:
				sum, over := bits.Add64(to.ways, ways, 0)
				to.ways, f.many = sum, f.many || over > 0
			}
		}
	}
	f.layers[layer] = next
	f.size++
	return met, nil
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
		if s.toDo(a) <= s.toDo(b) {
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

// metWays is the number of shortest chains; false if it is too large to be counted so.
func (s *search) metWays() (total uint64, few bool) {
	a, b := &s.sides[0], &s.sides[1]
	few = !a.many && !b.many
	for _, n := range a.last() {
		over, ways := bits.Mul64(a.of(a.size-1, n).ways, b.of(b.size-1, n).ways)
		sum, more := bits.Add64(total, ways, 0)
		total, few = sum, few && over == 0 && more == 0
	}
	return total, few
}

// trace marks what lies on shortest chains, for those who list them, as backward does.
func (s *search) trace() error {
	a, b := &s.sides[0], &s.sides[1]
	s.layers, s.byHop = emptied(s.layers, s.hops+1), emptied(s.byHop, s.hops+1)
	for _, n := range a.last() {
		if there := b.of(b.size-1, n); there.layer == b.size {
			a.of(a.size-1, n).on, there.on = true, true
			s.put(a.size-1, n)
		}
	}
	if err := s.traceSide(a, func(layer int) int { return layer }); err != nil {
		return err
	}
	return s.traceSide(b, func(layer int) int { return 2*s.hops - layer })
}

// traceSide marks what lies on shortest chains between a side's end and where the sides met. Place is how many links lie between the
// beginning of a chain and a layer.
func (s *search) traceSide(f *flood, place func(layer int) int) error {
	for layer := f.size - 2; layer >= 0; layer-- {
		for _, n := range f.layers[layer] {
			links := s.linked(layer, n)
			if err := s.look(len(links)); err != nil {
				return err
			}
			for _, l := range links {
				if next := f.of(layer+1, l.to()); next.on && next.layer == layer+2 {
					f.of(layer, n).on = true
					s.put(place(layer), n)
					break
				}
			}
		}
	}
	return nil
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
	at(&s.doors, n, door{}).opened |= 1 << (hops % 64)
	s.byHop[hops] = append(s.byHop[hops], n)
}

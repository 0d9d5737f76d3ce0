package trace

import (
	"cmp"
	"math/bits"
	"slices"
)

// A waysTo is by how many chains one is free from an instant on.
type waysTo struct {
	free instant
	ways uint64
}

// ways counts the best chains if every link is one of a third party, hop by hop, over what backward found to lie on them. It is false if they
// are too many for the number; then [counter.count] counts them.
//
// Chains that come to an actor after the same number of hops are told apart by when it is free, so they are counted together
// for each meeting that they go on by. That no actor comes twice needs no check: it could have gone on from the first time.
func (s *search) ways() (total uint64, few bool, err error) {
	here, there := &s.counts[0], &s.counts[1]
	*here = emptied(*here, 1)
	(*here)[0] = append((*here)[0], waysTo{dawn, 1})
	for hops := 1; hops <= s.hops; hops++ {
		for i, no := range s.layers[hops] {
			s.all[no].slot = uint32(i)
		}
		*there = emptied(*there, len(s.layers[hops]))
		for _, m := range s.byHop[hops] {
			if few, err = s.waysBy(m, hops, *here, *there); !few || err != nil {
				return 0, false, err
			}
		}
		for i := range *there {
			if few = accumulate(&(*there)[i]); !few {
				return 0, false, nil
			}
		}
		here, there = there, here
	}
	end := (*here)[0]
	if len(end) == 0 {
		return 0, true, nil
	}
	return end[len(end)-1].ways, true, nil
}

// waysBy takes all chains to those at a meeting on by it.
func (s *search) waysBy(m node, hops int, here, there [][]waysTo) (few bool, err error) {
	actors := s.actors(m)
	if err := s.look(2 * len(actors)); err != nil {
		return false, err
	}
	s.coming = s.coming[:0]
	for _, x := range actors {
		if l := s.labelled(x.to(), hops-1); l != nil && l.until != shut && !s.comeBy(m, here[l.slot]) {
			return false, nil
		}
	}
	for _, y := range actors {
		l := s.labelled(y.to(), hops)
		if l == nil || l.until == shut {
			continue
		}
		for _, c := range s.coming {
			if s.in(hops, c.at, c.free, l.until) {
				there[l.slot] = append(there[l.slot], waysTo{c.free, c.ways})
			}
		}
	}
	return true, nil
}

// A coming is by how many chains one comes to a meeting at an instant, to be free from another on.
type coming struct {
	at, free instant
	ways     uint64
}

// comeBy adds those who come to a meeting from an actor to [searchDesk.coming].
func (s *search) comeBy(m node, counts []waysTo) (few bool) {
	if day, exact := s.exact(m); exact || s.order == AnyOrder {
		at := s.instantOf(day)
		if s.order == AnyOrder {
			at = dawn
		}
		// From whenever on one is free, one comes on that day or not at all.
		n, _ := slices.BinarySearchFunc(counts, at, func(t waysTo, at instant) int {
			if s.after(t.free) <= at {
				return -1
			}
			return 1
		})
		return n == 0 || s.come(coming{at, at, counts[n-1].ways})
	}
	date := s.when(m)
	before := uint64(0)
	for _, t := range counts {
		if at, free, ok := s.enter(date, t.free); ok && !s.come(coming{at, free, t.ways - before}) {
			return false
		}
		before = t.ways
	}
	return true
}

// come adds to those who come alike.
func (s *search) come(c coming) (few bool) {
	for i := range s.coming {
		if d := &s.coming[i]; d.at == c.at && d.free == c.free {
			sum, over := bits.Add64(d.ways, c.ways, 0)
			d.ways = sum
			return over == 0
		}
	}
	s.coming = append(s.coming, c)
	return true
}

// accumulate sorts counts and makes each the number of chains by which one is free from its instant on or from an earlier one.
func accumulate(list *[]waysTo) (few bool) {
	counts := *list
	slices.SortFunc(counts, func(a, b waysTo) int { return cmp.Compare(a.free, b.free) })
	kept := counts[:0]
	sum, over := uint64(0), uint64(0)
	for _, t := range counts {
		if sum, over = bits.Add64(sum, t.ways, 0); over > 0 {
			return false
		}
		if n := len(kept); n > 0 && kept[n-1].free == t.free {
			kept[n-1].ways = sum
			continue
		}
		kept = append(kept, waysTo{t.free, sum})
	}
	*list = kept
	return true
}

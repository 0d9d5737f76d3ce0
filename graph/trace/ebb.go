package trace

// An ebb is a search backwards from the end, before anything is known of the beginning: until when one must be free at an actor, or
// after a meeting, to come to the end with so many hops at the most.
type ebb struct {
	labels                   // their free is that until
	crossed  notes[crossing] // of each meeting
	frontier []node
	raised   []node
}

// A crossing is until when one must be free after a meeting to come to the end, and since how many hops from the end.
type crossing struct {
	until instant
	hops  int
}

var notCrossed = crossing{until: shut}

func (b *ebb) begin(end node) {
	b.labels.begin()
	b.crossed.begin()
	b.add(end, label{hops: 0, free: dusk})
	b.frontier = append(b.frontier[:0], end)
}

// passes reports whether one who is free after a meeting from an instant on may come to the end.
func (b *ebb) passes(m node, free instant) bool {
	c := b.crossed.of(m)
	return c != nil && free <= c.until
}

// leaves reports whether one who is free at an actor from an instant on may come to the end with so many hops.
func (b *ebb) leaves(x node, hops int, free instant) bool {
	l := b.upTo(x, hops)
	return l != nil && free <= l.free
}

// retreat makes the frontier that of one hop more, and reports whether it touches what is reached from the beginning.
func (s *search) retreat(hops int) (met bool, err error) {
	b := &s.ebb
	b.raised = b.raised[:0]
	for _, y := range b.frontier {
		until := b.reached(y).free
		for _, links := range s.toCross(y) {
			if err := s.look(len(links)); err != nil {
				return false, err
			}
			for _, l := range links {
				if c := b.crossed.at(l.to(), notCrossed); until > c.until {
					c.until = until
					if c.hops != hops {
						c.hops = hops
						b.raised = append(b.raised, l.to())
					}
				}
			}
		}
	}
	b.frontier = b.frontier[:0]
	for _, m := range b.raised {
		from, ok := s.latestNode(m, b.crossed.of(m).until, hops == 1)
		if !ok {
			continue
		}
		actors := s.actors(m)
		if err := s.look(len(actors)); err != nil {
			return false, err
		}
		for _, l := range actors {
			if b.raise(l.to(), hops, from) {
				b.frontier = append(b.frontier, l.to())
			}
			near := s.reached(l.to())
			met = met || near != nil && near.free <= from
		}
	}
	return met, nil
}

// raise takes in until when one must be free at an actor. It is true if the actor had no label of so many hops, and none as late.
func (b *ebb) raise(x node, hops int, until instant) bool {
	if l := b.reached(x); l != nil {
		if l.free >= until {
			return false
		}
		if l.hops == hops {
			l.free = until
			return false
		}
	}
	b.add(x, label{hops: hops, free: until})
	return true
}

// converge is forward from both ends, always where there is less to do, until the sides touch: then the number of hops is known, and the
// rest of the way is searched forwards among what leads to the end. It is for questions in which every link is one of a third party and the
// fewest hops are best.
func (s *search) converge() (found bool, err error) {
	s.begin()
	s.add(s.from, label{hops: 0, free: dawn})
	s.frontier = append(s.frontier, s.from)
	s.ebb.begin(s.to)
	s.hops, s.arrival = 0, dusk+1
	near, far := 0, 0
	for met := false; !met; {
		if len(s.frontier) == 0 || len(s.ebb.frontier) == 0 || s.maxHops > 0 && near+far == s.maxHops {
			return false, nil
		}
		if s.workOf(s.frontier) <= s.workOf(s.ebb.frontier) {
			near++
			if err := s.advance(near); err != nil {
				return false, err
			}
			met = s.hops > 0 || s.touches(far)
		} else {
			far++
			if met, err = s.retreat(far); err != nil {
				return false, err
			}
		}
	}
	s.hops = near + far
	s.ebbing = true
	for ; far > 0; far-- {
		s.recede(far)
		near++
		if err := s.advance(near); err != nil {
			return false, err
		}
	}
	return true, nil
}

// workOf is about how many links lead on from actors.
func (s *search) workOf(actors []node) int {
	links := 0
	for _, x := range actors {
		links += s.work(x)
	}
	return links
}

// touches reports whether anybody in the frontier may come to the end with so many hops.
func (s *search) touches(hops int) bool {
	for _, x := range s.frontier {
		if s.ebb.leaves(x, hops, s.reached(x).free) {
			return true
		}
	}
	return false
}

// recede drops from the frontier who does not come to the end with so many hops.
func (s *search) recede(hops int) {
	kept := s.frontier[:0]
	for _, x := range s.frontier {
		if s.ebb.leaves(x, hops, s.reached(x).free) {
			kept = append(kept, x)
		}
	}
	s.frontier = kept
}

package trace

// An ebb is a search backwards from the end, before anything is known of the beginning: until when one must be free at an actor, or
// before a meeting, to come to the end with so many hops at the most.
type ebb struct {
	labels                   // their free is that until
	crossed  notes[crossing] // of each meeting
	frontier []node
	raised   []node // the meetings by which one comes to the end with so many hops, but not with fewer, or not as late
	again    []node // the meetings that serve for one hop more, through a third party
}

// A crossing is until when one must be free before a meeting to come to the end by it, shut if one cannot: one who is no third party
// there, and one who is. It was last raised so many hops from the end.
type crossing struct {
	party, third instant
	hops         int
}

var notCrossed = crossing{party: shut, third: shut}

func (b *ebb) begin(end node, by instant) {
	b.labels.begin()
	b.crossed.begin()
	b.add(end, label{hops: 0, free: by})
	b.frontier, b.raised, b.again = append(b.frontier[:0], end), b.raised[:0], b.again[:0]
}

// passes reports whether one who comes to a meeting, free since an instant, may come to the end by it.
func (b *ebb) passes(m node, third bool, since instant) bool {
	c := b.crossed.of(m)
	if c == nil {
		return false
	}
	if third {
		return since <= c.third
	}
	return since <= c.party
}

// leaves reports whether one who is free at an actor from an instant on may come to the end with so many hops.
func (b *ebb) leaves(x node, hops int, free instant) bool {
	l := b.upTo(x, hops)
	return l != nil && free <= l.free
}

// retreat goes back by one link, which is of that number from the end: from actors to meetings, or from there to actors.
func (s *search) retreat(links int) error {
	if links%2 == 1 {
		return s.crossBack((links + 1) / 2)
	}
	return s.leaveBack(links / 2)
}

// crossBack finds the meetings by which one comes to the actors of the frontier, so many hops from the end.
func (s *search) crossBack(hops int) error {
	b := &s.ebb
	for _, m := range b.again {
		c := b.crossed.of(m)
		b.raiseTo(m, c, crossing{c.third, c.third, hops})
	}
	b.again = b.again[:0]
	for _, y := range b.frontier {
		until := b.reached(y).free
		for _, links := range s.toCross(y) {
			if err := s.look(len(links)); err != nil {
				return err
			}
			for _, l := range links {
				s.crossTo(l, until, hops)
			}
		}
	}
	b.frontier = b.frontier[:0]
	return nil
}

// crossTo takes in that by a meeting one comes to an actor that must be free by an instant.
func (s *search) crossTo(l link, until instant, hops int) {
	b := &s.ebb
	c, third := b.crossed.at(l.to(), notCrossed), s.third(l)
	if until <= c.third && (!third || until <= c.party) {
		return // nor can one be free later before the meeting than after it
	}
	since, ok := s.latestNode(l.to(), until, hops == 1)
	if !ok {
		return
	}
	to := crossing{c.party, max(c.third, since), hops}
	if third {
		to.party = max(c.party, since)
	}
	b.raiseTo(l.to(), c, to)
}

// raiseTo makes a crossing what it is so many hops from the end.
func (b *ebb) raiseTo(m node, c *crossing, to crossing) {
	if c.party == to.party && c.third == to.third {
		return
	}
	if c.hops != to.hops {
		b.raised = append(b.raised, m)
	}
	*c = to
}

// leaveBack makes the frontier those who come to the end by the meetings raised, with so many hops.
func (s *search) leaveBack(hops int) error {
	b := &s.ebb
	for _, m := range b.raised {
		links := s.actors(m)
		if err := s.look(len(links)); err != nil {
			return err
		}
		c, thirds := *b.crossed.of(m), false
		for _, l := range links {
			until := c.party
			if s.third(l) {
				until, thirds = c.third, true
			}
			if until > shut && b.raise(l.to(), hops, until) {
				b.frontier = append(b.frontier, l.to())
			}
		}
		if thirds && c.third > c.party {
			b.again = append(b.again, m)
		}
	}
	b.raised = b.raised[:0]
	return nil
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

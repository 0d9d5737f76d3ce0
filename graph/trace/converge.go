package trace

import "slices"

// fewest finds how few hops chains have, and when the first of those arrive. It is false if there is none.
func (s *search) fewest() (found bool, err error) { return s.converge(dusk) }

// earliest finds when chains arrive first, and how few hops those have. It is false if there is none. Whatever arrives earlier than the chains of
// fewest hops has more, so that few rounds lead to the earliest; the last one finds none.
func (s *search) earliest() (found bool, err error) {
	best := dusk
	for by := dusk; ; by = best - 1 {
		earlier, err := s.converge(by)
		if err != nil {
			return false, err
		}
		if !earlier {
			break
		}
		found, best = true, s.arrival
	}
	if !found {
		return false, nil
	}
	return s.converge(best)
}

// converge finds how few hops the chains have that arrive by an instant, and when the first of those do. It is false if there is none.
//
// It goes from both ends, by one link at a time and always where there is less to do, until the sides touch: then the number of hops is
// known, and the rest of the way is searched forwards among what leads to the end.
func (s *search) converge(by instant) (found bool, err error) {
	s.begin()
	s.by, s.arrival, s.hops, s.ebbing = by, never, 0, false
	s.add(s.from, label{hops: 0, free: dawn})
	s.frontier = append(s.frontier, s.from)
	s.ebb.begin(s.to, by)
	near, far := 0, 0 // links from either end
	for touching := false; !touching; touching = near%2 == far%2 && s.touching(far/2) {
		if s.over() || s.maxHops > 0 && near+far == 2*s.maxHops {
			return false, nil
		}
		if s.toAdvance() <= s.toRetreat() {
			near++
			err = s.advance(near)
		} else {
			far++
			err = s.retreat(far)
		}
		if err != nil {
			return false, err
		}
	}
	s.hops = (near + far) / 2
	s.recede(far / 2)
	for near < 2*s.hops {
		near++
		if err := s.advance(near); err != nil {
			return false, err
		}
	}
	return true, nil
}

// over reports whether one of the sides has come to all that it can come to.
func (s *search) over() bool {
	b := &s.ebb
	return len(s.frontier)+len(s.entries) == 0 || len(b.frontier)+len(b.raised)+len(b.again) == 0
}

// toAdvance is about how many links lead on.
func (s *search) toAdvance() int { return s.workOf(s.frontier) + perMeeting*len(s.entries) }

// toRetreat is about how many links lead back.
func (s *search) toRetreat() int {
	b := &s.ebb
	return s.workOf(b.frontier) + perMeeting*(len(b.raised)+len(b.again))
}

// workOf is about how many links lead on from actors.
func (s *search) workOf(actors []node) int {
	links := 0
	for _, x := range actors {
		links += s.work(x)
	}
	return links
}

// touching reports whether somebody who goes on from the frontier, or from a meeting, may come to the end: from an actor with so
// many hops.
func (s *search) touching(hops int) bool {
	return s.arrival <= s.by ||
		slices.ContainsFunc(s.frontier, func(x node) bool { return s.ebb.leaves(x, hops, s.reached(x).free) }) ||
		slices.ContainsFunc(s.entries, func(e entry) bool { return s.ebb.passes(e.meeting, e.third, e.since) })
}

// recede drops what does not come to the end, from an actor with so many hops, and has nothing else looked at from now on.
func (s *search) recede(hops int) {
	s.ebbing = true
	s.frontier = slices.DeleteFunc(s.frontier, func(x node) bool { return !s.ebb.leaves(x, hops, s.reached(x).free) })
	s.entries = slices.DeleteFunc(s.entries, func(e entry) bool { return !s.ebb.passes(e.meeting, e.third, e.since) })
}

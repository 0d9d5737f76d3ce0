package trace

// An actor that is come to with more hops, but earlier, was free from later on before: to meetings of one day from then on it has gone then. So it
// goes to those in between, and to whatever has less of a date. From the end it is the same the other way round.

// toEnter are the meetings to which an actor that is reached goes on, among a few others, in two lists.
func (s *search) toEnter(x node) [2][]link {
	l := s.reached(x)
	last := s.by
	if l.before > 0 {
		last = min(last, s.after(s.all[l.before-1].free)-1)
	}
	return s.meetingsBetween(x, s.after(l.free), last)
}

// toCross are the meetings from which one comes to an actor that leads to the end, among a few others, in two lists.
func (s *search) toCross(y node) [2][]link {
	l := s.ebb.reached(y)
	first := dawn
	if l.before > 0 {
		first = s.ebb.all[l.before-1].free + 1
	}
	return s.meetingsBetween(y, first, l.free)
}

// meetingsBetween are the meetings of an actor among which are all but those of one day that is before the first instant or after the last.
func (s *search) meetingsBetween(x node, first, last instant) (links [2][]link) {
	if s.order == AnyOrder {
		links[0] = s.meetings(x)
		return links
	}
	if s.mirrored {
		first, last = -last, -first
	}
	links[0], links[1] = s.between(x, dayOf(first), dayOf(last))
	return links
}

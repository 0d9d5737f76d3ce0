package trace

// A search looks for the best chains between two actors: from both ends for how good they are, then backwards from the end for what lies
// on them, so that nothing else is counted or listed.
//
// It rests on this: of two ways to an actor, the one that is neither longer nor later can be continued wherever the
// other can. So an actor is worth visiting again only if that is earlier than by all ways of fewer hops, and the best
// chains visit none twice, nor a meeting but for two hops in a row.
type search struct {
	network
	clock
	*searchDesk
	from, to node
	maxHops  int // 0: no limit
	least    int // the strength from which on a third party leads on; 0 if everyone does
	// everyone says that every link is one of a third party. Then whoever is at a meeting can go on from it, and no meeting serves twice.
	everyone bool
	// ebbing says that the end is known to be reached with so many hops, and that only what leads there in time is looked at.
	ebbing bool

	// met says that the chains are those where two floods met.
	met bool

	budget *work // in links

	by      instant // when the end has to be reached at the latest
	hops    int     // of the best chains
	arrival instant // of the best chains
	// again has for each number of hops the meetings that may serve for one hop more, through a third party, and until when one must
	// be free after them.
	again []map[node]instant
	// onward has what was found to lead on.
	onward map[stage][]link
}

// An entry is a meeting that is entered by one who is free since an instant, and is a third party there or is not.
type entry struct {
	meeting         node
	since, at, free instant
	third           bool
}

// An entrance is when one was free first after a meeting that was entered: one who is no third party there, and one who is. It was entered
// first with the hop of a number.
type entrance struct {
	party, third instant
	hops         int
}

// never is when one is free who does not come.
const never = dusk + 1

// third reports whether a link is one of a third party that leads on.
func (s *search) third(l link) bool { return l.strength() >= s.least }

// look spends what it takes to look at a node with so many links.
func (s *search) look(links int) error { return s.budget.spend(links + 1) }

// advance goes on by one link, which is of that number from the beginning: from actors to meetings, or from there to actors.
func (s *search) advance(links int) error {
	if links%2 == 1 {
		return s.enterAll()
	}
	return s.leaveAll(links / 2)
}

// enterAll adds the meetings that the actors of the frontier can go to, after those that serve again.
func (s *search) enterAll() error {
	for _, x := range s.frontier {
		since := s.reached(x).free
		for _, links := range s.toEnter(x) {
			if err := s.look(len(links)); err != nil {
				return err
			}
			for _, l := range links {
				third := s.third(l)
				if s.ebbing && !s.ebb.passes(l.to(), third, since) {
					continue
				}
				if at, free, ok := s.enterNode(l.to(), since); ok && at <= s.by {
					s.entries = append(s.entries, entry{l.to(), since, at, free, third})
				}
			}
		}
	}
	s.frontier = s.frontier[:0]
	return nil
}

// leaveAll makes the frontier those to whom the hop of a number leads. The meetings that are left are those that serve for one hop more.
func (s *search) leaveAll(hops int) error {
	again := 0
	for i := range s.entries {
		e := s.entries[i]
		reachable, err := s.leave(e, hops)
		if err != nil {
			return err
		}
		if e.third = true; reachable && (!s.ebbing || s.ebb.passes(e.meeting, true, e.since)) {
			s.entries[again] = e
			again++
		}
	}
	s.entries = s.entries[:again]
	return nil
}

// leave goes from a meeting to those who are there, with the hop of that number. It is true if third parties there can go on to
// others to whom this hop does not lead.
func (s *search) leave(e entry, hops int) (again bool, err error) {
	was := s.entered.at(e.meeting, entrance{never, never, hops})
	if was.third <= e.free || !e.third && was.party <= e.free {
		return false, nil
	}
	if e.third {
		was.third = e.free
	} else {
		was.party = e.free
	}
	links := s.actors(e.meeting)
	if err := s.look(len(links)); err != nil {
		return false, err
	}
	for _, l := range links {
		third := s.third(l)
		if !e.third && !third {
			continue
		}
		again = again || third && !e.third
		if l.to() == s.to {
			s.arrival = min(s.arrival, e.at)
		} else if (!s.ebbing || s.ebb.leaves(l.to(), s.hops-hops, e.free)) && s.improve(l.to(), hops, e.free) {
			s.frontier = append(s.frontier, l.to())
		}
	}
	return again, nil
}

// enterNode is [clock.enter] for a meeting.
func (s *search) enterNode(m node, from instant) (at, free instant, ok bool) {
	if s.order == AnyOrder {
		return from, from, true
	}
	if day, exact := s.exact(m); exact {
		at := s.instantOf(day)
		return at, at, s.after(from) <= at
	}
	return s.enter(s.when(m), from)
}

// latestNode is [clock.latest] for a meeting.
func (s *search) latestNode(m node, until instant, last bool) (from instant, ok bool) {
	if s.order == AnyOrder {
		return until, true
	}
	if day, exact := s.exact(m); exact {
		at := s.instantOf(day)
		return s.before(at), at <= until
	}
	return s.latest(s.when(m), until, last)
}

// improve takes in a way to an actor. It is true if the actor was not reached by as many hops before, and never as early.
func (s *search) improve(x node, hops int, free instant) bool {
	if l := s.reached(x); l != nil {
		if l.free <= free {
			return false
		}
		if l.hops == hops {
			l.free = free
			return false
		}
	}
	s.add(x, label{hops: hops, free: free})
	return true
}

// in reports whether one who comes to a meeting, as the hop of that number, keeps a limit.
func (s *search) in(hops int, at, free, until instant) bool {
	if hops == s.hops {
		return at <= until
	}
	return free <= until
}

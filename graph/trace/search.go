package trace

import (
	"context"
	"errors"
)

// errBudget means that a search did all the work it was allowed to.
var errBudget = errors.New("trace: the work budget is used up")

// A search looks for the best chains between two actors: forwards for how good they are, then backwards from the end for what lies on
// them, so that nothing else is counted or listed.
//
// It rests on this: of two ways to an actor, the one that is neither longer nor later can be continued wherever the
// other can. So an actor is worth visiting again only if that is earlier than by all ways of fewer hops, and the best
// chains visit none twice, nor a meeting but for two hops in a row.
type search struct {
	network
	clock
	*searchDesk
	from, to node
	maxHops  int  // 0: no limit
	early    bool // to arrive early counts more than to take few hops
	least    int  // the strength from which on a third party leads on; 0 if everyone does
	// everyone says that every link is one of a third party. Then whoever is at a meeting can go on from it, and no meeting serves twice.
	everyone bool
	// ebbing says that the end is known to be reached with so many hops, and that only what leads there in time is looked at.
	ebbing bool

	// met says that the chains are those where two floods met.
	met bool

	ctx    context.Context
	budget int // of links that may still be looked at

	hops    int     // of the best chains
	arrival instant // of the best chains
	// again has for each number of hops the meetings that may serve for one hop more, through a third party, and until when one must
	// be free after them.
	again []map[node]instant
	// onward has what was found to lead on.
	onward map[stage][]link
}

// An entry is a meeting that is entered, by one who is a third party there or by one who is not.
type entry struct {
	meeting  node
	at, free instant
	third    bool
}

// An entrance is when one was free first after a meeting that was entered: one who is no third party there, and one who is.
type entrance struct{ party, third instant }

var notEntered = entrance{dusk + 1, dusk + 1}

// third reports whether a link is one of a third party that leads on.
func (s *search) third(l link) bool { return l.strength() >= s.least }

// look spends work. It is an error if there is none left, or nobody wants the answer any more.
func (s *search) look(links int) error {
	before := s.budget
	if s.budget -= links + 1; s.budget < 0 {
		return errBudget
	}
	if before>>12 != s.budget>>12 {
		return s.ctx.Err()
	}
	return nil
}

// forward finds how many hops the best chains have and when they arrive. It is false if there is no chain.
func (s *search) forward() (found bool, err error) {
	s.begin()
	s.add(s.from, label{hops: 0, free: dawn})
	s.hops, s.arrival = 0, dusk+1
	s.frontier = append(s.frontier, s.from)
	for hops := 0; len(s.frontier)+len(s.entries) > 0; hops++ {
		if s.maxHops > 0 && hops == s.maxHops || s.hops > 0 && !s.early {
			break
		}
		if err := s.advance(hops + 1); err != nil {
			return false, err
		}
	}
	return s.hops > 0, nil
}

// advance makes the frontier that of one hop more.
func (s *search) advance(hops int) error {
	if err := s.enterAll(); err != nil {
		return err
	}
	s.frontier = s.frontier[:0]
	again := 0 // entries whose third parties go on to the others there
	for i := range s.entries {
		e := s.entries[i]
		reachable, err := s.enterOne(e, hops)
		if err != nil {
			return err
		}
		if reachable {
			e.third = true
			s.entries[again] = e
			again++
		}
	}
	s.entries = s.entries[:again]
	return nil
}

// enterOne goes from a meeting to those who are there, with the hop of that number. It is true if third parties there can go on to
// others to whom this hop does not lead.
func (s *search) enterOne(e entry, hops int) (again bool, err error) {
	was := s.entered.at(e.meeting, notEntered)
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
		if !e.third && !s.third(l) {
			continue
		}
		again = again || s.third(l) && !e.third
		if l.to() == s.to {
			s.arrive(hops, e.at)
		} else if (!s.ebbing || s.ebb.leaves(l.to(), s.hops-hops, e.free)) && s.improve(l.to(), hops, e.free) {
			s.frontier = append(s.frontier, l.to())
		}
	}
	return again, nil
}

// enterAll adds the meetings that the actors of the frontier can go to, after those that serve again.
func (s *search) enterAll() error {
	for _, x := range s.frontier {
		free := s.reached(x).free
		if s.early && free >= s.arrival {
			continue // too late to arrive any earlier
		}
		for _, links := range s.toEnter(x) {
			if err := s.look(len(links)); err != nil {
				return err
			}
			for _, l := range links {
				if at, after, ok := s.enterNode(l.to(), free); ok && (!s.ebbing || s.ebb.passes(l.to(), after)) {
					s.entries = append(s.entries, entry{l.to(), at, after, s.third(l)})
				}
			}
		}
	}
	return nil
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

// arrive takes in that the end is reached.
func (s *search) arrive(hops int, at instant) {
	if s.hops == 0 || s.early && at < s.arrival {
		s.hops, s.arrival = hops, at
	}
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

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
	from, to node
	maxHops  int  // 0: no limit
	early    bool // to arrive early counts more than to take few hops

	ctx    context.Context
	budget int // of links that may still be looked at

	hops    int     // of the best chains
	arrival instant // of the best chains
	reached map[node][]label
	// limits has for each number of hops the actors on the best chains, and until when one must be free at them; again the meetings
	// that may serve for one hop more, through a third party, and until when one must be free after them.
	limits, again []map[node]instant
}

// A label says that an actor is reached with so many hops, and from when on it is free then.
type label struct {
	hops int
	free instant
}

// An entry is a meeting that is entered, by one who is a third party there or by one who is not.
type entry struct {
	meeting  node
	at, free instant
	third    bool
}

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
	s.reached = map[node][]label{s.from: {{0, dawn}}}
	s.hops, s.arrival = 0, dusk+1
	entered := make(map[node][2]instant) // when one who is no third party, and one who is, was free first after a meeting
	frontier := []node{s.from}
	var again []entry // meetings whose third parties go on to the others there
	for hops := 0; len(frontier)+len(again) > 0; hops++ {
		if s.maxHops > 0 && hops == s.maxHops || s.hops > 0 && !s.early {
			break
		}
		entries, err := s.entries(frontier, again)
		if err != nil {
			return false, err
		}
		frontier, again = frontier[:0], nil
		for _, e := range entries {
			was, met := entered[e.meeting]
			if !met {
				was = [2]instant{dusk + 1, dusk + 1}
			}
			if was[1] <= e.free || !e.third && was[0] <= e.free {
				continue
			}
			links := s.actors(e.meeting)
			if err := s.look(len(links)); err != nil {
				return false, err
			}
			byThird := false
			for _, l := range links {
				byThird = byThird || l.third
				if !e.third && !l.third {
					continue
				}
				if l.to == s.to {
					s.arrive(hops+1, e.at)
				} else if s.improve(l.to, label{hops + 1, e.free}) {
					frontier = append(frontier, l.to)
				}
			}
			if e.third {
				was[1] = e.free
			} else if was[0] = e.free; byThird {
				again = append(again, entry{e.meeting, e.at, e.free, true})
			}
			entered[e.meeting] = was
		}
	}
	return s.hops > 0, nil
}

// entries are the meetings that actors of a frontier can go to, after those that serve again.
func (s *search) entries(frontier []node, again []entry) ([]entry, error) {
	entries := again
	for _, x := range frontier {
		labels := s.reached[x]
		free := labels[len(labels)-1].free
		if s.early && free >= s.arrival {
			continue // too late to arrive any earlier
		}
		links := s.meetings(x)
		if err := s.look(len(links)); err != nil {
			return nil, err
		}
		for _, l := range links {
			if at, after, ok := s.enter(s.when(l.to), free); ok {
				entries = append(entries, entry{l.to, at, after, l.third})
			}
		}
	}
	return entries, nil
}

// arrive takes in that the end is reached.
func (s *search) arrive(hops int, at instant) {
	if s.hops == 0 || s.early && at < s.arrival {
		s.hops, s.arrival = hops, at
	}
}

// improve takes in a way to an actor. It is true if the actor was not reached by as many hops before, and never as early.
func (s *search) improve(x node, l label) bool {
	labels := s.reached[x]
	if n := len(labels); n > 0 {
		if labels[n-1].free <= l.free {
			return false
		}
		if labels[n-1].hops == l.hops {
			labels[n-1].free = l.free
			return false
		}
	}
	s.reached[x] = append(labels, l)
	return true
}

// backward finds what lies on the best chains.
func (s *search) backward() error {
	s.limits = make([]map[node]instant, s.hops+1)
	s.again = make([]map[node]instant, s.hops+1)
	until := dusk
	if s.early {
		until = s.arrival
	}
	s.limits[s.hops] = map[node]instant{s.to: until}
	for hops := s.hops - 1; hops >= 0; hops-- {
		doors, err := s.doors(hops + 1)
		if err != nil {
			return err
		}
		s.limits[hops] = make(map[node]instant)
		for m, d := range doors {
			if err := s.open(hops, m, d, hops+1 == s.hops); err != nil {
				return err
			}
		}
		// A third party that came by a meeting can go on by it to others who were there.
		for m, until := range s.again[hops+1] {
			if err := s.open(hops, m, door{until, until}, hops+2 == s.hops); err != nil {
				return err
			}
		}
		s.again[hops] = make(map[node]instant, len(doors))
		for m, d := range doors {
			s.again[hops][m] = max(d.any, d.third)
		}
	}
	return nil
}

// A door is until when one must be free after a meeting to go on from it: whoever enters, or third parties alone. After the last
// meeting it is until when one must have come to it.
type door struct{ any, third instant }

const shut = dawn - 1

// doors are the meetings by which one comes to the actors that lie on the best chains after so many hops.
func (s *search) doors(hops int) (map[node]door, error) {
	doors := make(map[node]door)
	for y, until := range s.limits[hops] {
		links := s.meetings(y)
		if err := s.look(len(links)); err != nil {
			return nil, err
		}
		for _, l := range links {
			d, ok := doors[l.to]
			if !ok {
				d = door{shut, shut}
			}
			if d.third = max(d.third, until); l.third {
				d.any = max(d.any, until)
			}
			doors[l.to] = d
		}
	}
	return doors, nil
}

// open takes in who, reached by so many hops, can go through a door.
func (s *search) open(hops int, m node, d door, last bool) error {
	links := s.actors(m)
	if err := s.look(len(links)); err != nil {
		return err
	}
	date := s.when(m)
	for _, l := range links {
		until := d.any
		if l.third {
			until = max(d.any, d.third)
		}
		free, first := s.labelled(l.to, hops)
		if until == shut || !first {
			continue
		}
		from, ok := s.latest(date, until, last)
		if was, met := s.limits[hops][l.to]; ok && free <= from && (!met || was < from) {
			s.limits[hops][l.to] = from
		}
	}
	return nil
}

// labelled is from when on an actor is free that is reached by so many hops, if that is earlier than by fewer.
func (s *search) labelled(x node, hops int) (free instant, ok bool) {
	for _, l := range s.reached[x] {
		if l.hops == hops {
			return l.free, true
		}
	}
	return 0, false
}

// in reports whether one who comes to a meeting, as the hop of that number, keeps a limit.
func (s *search) in(hops int, at, free, until instant) bool {
	if hops == s.hops {
		return at <= until
	}
	return free <= until
}

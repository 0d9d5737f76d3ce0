package trace

import (
	"cmp"
	"iter"
	"math/big"
	"slices"
)

// A state is an actor on a best chain: after how many hops, by which meeting it was come to, and from when on it is free.
type state struct {
	hops      int
	actor, by node
	free      instant
}

// none is the meeting by which the first actor of a chain is come to.
const none = ^node(0)

// A move is a hop that leads on, on a best chain.
type move struct {
	meeting node
	at      instant
	next    state
}

// onwards yields the hops that lead on from a state, in the order in which chains are listed: by when one is at the meeting, then by
// meeting and actor. It ends with an error.
func (s *search) onwards(from state) iter.Seq2[move, error] {
	if s.met {
		return s.straitMoves(from)
	}
	return func(yield func(move, error) bool) {
		moves, err := s.moves(from)
		for _, m := range moves {
			if !yield(m, nil) {
				return
			}
		}
		if err != nil {
			yield(move{}, err)
		}
	}
}

// moves lists the hops that lead on from a state, in order.
func (s *search) moves(from state) (moves []move, err error) {
	links, err := s.leading(from.actor, from.hops+1)
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		if moves, err = s.movesBy(moves, from, l); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(moves, func(a, b move) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(s.meetingEntity(a.meeting), s.meetingEntity(b.meeting)),
			cmp.Compare(s.actorEntity(a.next.actor), s.actorEntity(b.next.actor)))
	})
	return moves, nil
}

// A stage is an actor who is to make the hop of a number.
type stage struct {
	actor node
	hops  int
}

// leading are an actor's links to the meetings by which the hop of a number may lead on. They are found once for all states of the actor, of
// which there may be as many as it has meetings.
func (s *search) leading(x node, hops int) ([]link, error) {
	if links, known := s.onward[stage{x, hops}]; known {
		return links, nil
	}
	find := s.leadingByLinks
	if s.everyone && len(s.byHop[hops]) < s.work(x) {
		find = s.leadingByDoors
	}
	links, err := find(x, hops)
	if err != nil {
		return nil, err
	}
	if s.onward == nil {
		s.onward = make(map[stage][]link)
	}
	s.onward[stage{x, hops}] = links
	return links, nil
}

// leadingByLinks looks at all meetings of the actor.
func (s *search) leadingByLinks(x node, hops int) (leading []link, err error) {
	links := s.meetings(x)
	if err := s.look(len(links)); err != nil {
		return nil, err
	}
	for _, l := range links {
		if d := s.doors.of(l.to()); d != nil && (d.leads(hops) || !s.everyone && d.leads(hops+1)) {
			leading = append(leading, l)
		}
	}
	return leading, nil
}

// leadingByDoors looks at all meetings by which the hop may be made. It is for those with more meetings than that.
func (s *search) leadingByDoors(x node, hops int) (leading []link, err error) {
	for _, m := range s.byHop[hops] {
		actors := s.actors(m)
		if err := s.look(len(actors)); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(actors, func(l link) bool { return l.to() == x }) {
			leading = append(leading, linkTo(m, 0))
		}
	}
	return leading, nil
}

// movesBy appends the hops that lead on by a meeting.
func (s *search) movesBy(moves []move, from state, by link) ([]move, error) {
	at, free, ok := s.enterNode(by.to(), from.free)
	stays := by.to() == from.by
	if stays {
		// The meeting serves twice, through its third party: two hops, and one step in time.
		at, free, ok = s.at(s.when(by.to()), from.free), from.free, s.third(by)
	}
	if !ok {
		return moves, nil
	}
	actors := s.actors(by.to())
	if err := s.look(len(actors)); err != nil {
		return nil, err
	}
	hops := from.hops + 1
	for _, y := range actors {
		if y.to() == from.actor || !s.third(by) && !s.third(y) {
			continue
		}
		l := s.labelled(y.to(), hops)
		leads := l != nil && s.in(hops, at, free, l.until)
		if !leads && !s.everyone && s.third(y) && !stays && hops < s.hops {
			var until instant
			until, leads = s.again[hops][by.to()]
			leads = leads && s.in(hops+1, at, free, until)
		}
		if leads {
			next := state{hops, y.to(), by.to(), free}
			if s.everyone {
				next.by = none // it makes no difference
			}
			moves = append(moves, move{by.to(), at, next})
		}
	}
	return moves, nil
}

// A counter counts chains from states to the end, and lists them.
type counter struct {
	*search
	counts map[state]*big.Int
}

var one = big.NewInt(1)

// count is the number of best chains that go on from a state.
func (c *counter) count(from state) (*big.Int, error) {
	if from.hops == c.hops {
		return one, nil
	}
	if n, ok := c.counts[from]; ok {
		return n, nil
	}
	total := new(big.Int)
	for m, err := range c.onwards(from) {
		if err != nil {
			return nil, err
		}
		n, err := c.count(m.next)
		if err != nil {
			return nil, err
		}
		total.Add(total, n)
	}
	c.counts[from] = total
	return total, nil
}

// list calls yield with chains from a state on, after those to be skipped, until it is false. A chain is good until the next one.
func (c *counter) list(from state, chain []move, skip *big.Int, yield func([]move) bool) (more bool, err error) {
	if from.hops == c.hops {
		return yield(chain), nil
	}
	for m, err := range c.onwards(from) {
		if err != nil {
			return false, err
		}
		if skip.Sign() > 0 {
			n, err := c.count(m.next)
			if err != nil {
				return false, err
			}
			if skip.Cmp(n) >= 0 {
				skip.Sub(skip, n)
				continue
			}
		}
		more, err := c.list(m.next, append(chain, m), skip, yield)
		if err != nil || !more {
			return false, err
		}
	}
	return true, nil
}

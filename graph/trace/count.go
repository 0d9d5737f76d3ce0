package trace

import (
	"cmp"
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

// moves lists the hops that lead on from a state, in the order in which chains are listed: by when one is at the meeting, then by
// meeting and actor.
func (s *search) moves(from state) ([]move, error) {
	var moves []move
	links := s.meetings(from.actor)
	if err := s.look(len(links)); err != nil {
		return nil, err
	}
	links = slices.Clone(links)
	for _, l := range links {
		date := s.when(l.to)
		at, free, ok := s.enter(date, from.free)
		stays := l.to == from.by
		if stays {
			// The meeting serves twice, through its third party: two hops, and one step in time.
			at, free, ok = s.at(date, from.free), from.free, l.third
		}
		if !ok {
			continue
		}
		actors := s.actors(l.to)
		if err := s.look(len(actors)); err != nil {
			return nil, err
		}
		for _, y := range actors {
			if y.to == from.actor || !l.third && !y.third {
				continue
			}
			hops := from.hops + 1
			until, leads := s.limits[hops][y.to]
			leads = leads && s.in(hops, at, free, until)
			if !leads && y.third && !stays && hops < s.hops {
				until, leads = s.again[hops][l.to]
				leads = leads && s.in(hops+1, at, free, until)
			}
			if leads {
				moves = append(moves, move{l.to, at, state{hops, y.to, l.to, free}})
			}
		}
	}
	slices.SortFunc(moves, func(a, b move) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.meeting, b.meeting), cmp.Compare(a.next.actor, b.next.actor))
	})
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
	moves, err := c.moves(from)
	if err != nil {
		return nil, err
	}
	total := new(big.Int)
	for _, m := range moves {
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
	moves, err := c.moves(from)
	if err != nil {
		return false, err
	}
	for _, m := range moves {
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

package trace

import (
	"cmp"
	"errors"
	"math/big"
	"slices"
)

// An Objective says which chains are the best.
type Objective string

// The objectives.
const (
	FewestHops      Objective = "FEWEST_HOPS"
	EarliestArrival Objective = "EARLIEST_ARRIVAL" // then fewest hops
	LatestDeparture Objective = "LATEST_DEPARTURE" // then fewest hops
)

// A question is what is asked of a network.
type question struct {
	from, to  node // two actors
	order     TimeOrder
	certain   bool
	objective Objective
	window    Window
	maxHops   int // 0: no limit
	skip      *big.Int
	first     int
	least     int  // how strong a third party has to be, 1 at least, unless everyone
	everyone  bool // every link is one of a third party
}

// An answer has the best chains of a network: how many there are, and the first of them after those skipped.
type answer struct {
	hops    int      // 0: there is no chain, or the budget did not suffice to find one
	total   *big.Int // nil: the budget did not suffice to count them
	chains  [][]step
	partial bool
}

// A step is one hop of a chain: by which meeting, to whom.
type step struct{ meeting, to node }

// solve answers a question with so much work. The error is the context's.
func solve(w *work, n network, d *searchDesk, q question) (*answer, error) {
	s := &search{
		network: n, searchDesk: d, everyone: q.everyone, from: q.from, to: q.to, maxHops: q.maxHops, budget: w,
		clock: clock{order: q.order, certain: q.certain, window: q.window},
	}
	if !s.everyone {
		s.least = max(q.least, 1)
	}
	// To leave late is to arrive early in a world where time and chains run the other way.
	if s.mirrored = q.objective == LatestDeparture; s.mirrored {
		s.from, s.to = q.to, q.from
	}
	a := &answer{}
	var err error
	a.partial, err = ranOut(s.answer(a, q))
	return a, err
}

// answer fills in what there is. What it has found before it runs out of budget stays.
func (s *search) answer(a *answer, q question) error {
	if s.everyone && s.order == AnyOrder {
		return s.answerFromBoth(a, q)
	}
	listing := s.budget.part(8) // is kept, so that where there are too many chains to count them some can be shown all the same
	find := s.fewest
	if q.objective != FewestHops && s.order != AnyOrder {
		find = s.earliest // without an order in time, no chain is earlier than another
	}
	found, err := find()
	if err != nil || !found {
		return err
	}
	if err := s.backward(); err != nil {
		return err
	}
	a.hops = s.hops
	c := &counter{search: s, counts: make(map[state]*big.Int)}
	total, counting := s.total(c)
	if counting != nil && !errors.Is(counting, errBudget) {
		return counting
	}
	a.total = total
	s.budget.giveBack(listing)
	return cmp.Or(counting, s.listed(a, q, c))
}

// answerFromBoth is answer for chains in no order of which everybody at a meeting can be the next.
func (s *search) answerFromBoth(a *answer, q question) error {
	found, err := s.meet()
	if err != nil || !found || s.maxHops > 0 && s.hops > s.maxHops {
		return err
	}
	a.hops = s.hops
	c := &counter{search: s, counts: make(map[state]*big.Int)}
	s.meetAt()
	total, few := s.metWays()
	if few && q.first == 0 {
		a.total = new(big.Int).SetUint64(total)
		return nil
	}
	if err := s.trace(); err != nil {
		return err
	}
	if few {
		a.total = new(big.Int).SetUint64(total)
	} else if a.total, err = c.count(s.start()); err != nil {
		return err
	}
	return s.listed(a, q, c)
}

// start is the state in which every chain begins.
func (s *search) start() state { return state{actor: s.from, by: none, free: dawn} }

// total is the number of best chains.
func (s *search) total(c *counter) (*big.Int, error) {
	if s.everyone {
		total, few, err := s.ways()
		if err != nil {
			return nil, err
		}
		if few {
			return new(big.Int).SetUint64(total), nil
		}
	}
	return c.count(s.start())
}

// listed adds the chains that are asked for to an answer.
func (s *search) listed(a *answer, q question, c *counter) error {
	if q.first == 0 || a.total == nil && q.skip.Sign() > 0 {
		return nil
	}
	_, err := c.list(s.start(), nil, new(big.Int).Set(q.skip), func(moves []move) bool {
		a.chains = append(a.chains, s.steps(moves))
		return len(a.chains) < q.first
	})
	return err
}

// steps are the hops of a chain in the order in which time runs.
func (s *search) steps(moves []move) []step {
	steps := make([]step, len(moves))
	for i, m := range moves {
		steps[i] = step{m.meeting, m.next.actor}
	}
	if !s.mirrored {
		return steps
	}
	slices.Reverse(steps)
	for i := range steps {
		steps[i].to = s.from
		if i+1 < len(steps) {
			steps[i].to = steps[i+1].to
		}
	}
	return steps
}

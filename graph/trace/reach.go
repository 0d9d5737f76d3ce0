package trace

import "context"

// reach counts the actors to which there is a chain from an actor.
func reach(ctx context.Context, n network, d *searchDesk, c clock, from node, budget int) (int, error) {
	s := &search{network: n, searchDesk: d, clock: c, from: from, to: none, ctx: ctx, budget: budget}
	if _, err := s.forward(); err != nil {
		return 0, err
	}
	reached := 0
	for _, last := range s.newest {
		if last > 0 {
			reached++
		}
	}
	return reached - 1, nil
}

package trace

import "context"

// reach counts the actors to which there is a chain from an actor.
func reach(ctx context.Context, n network, c clock, from node, budget int) (int, error) {
	s := &search{network: n, clock: c, from: from, to: none, ctx: ctx, budget: budget}
	if _, err := s.forward(); err != nil {
		return 0, err
	}
	return len(s.reached) - 1, nil
}

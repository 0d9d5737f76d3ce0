package trace

import (
	"context"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// Reach counts the actors of each actor's chains, of any shared meeting, without a limit to hops.
func Reach(ctx context.Context, s *topology.Snapshot, order TimeOrder, actors []ledger.EntityNo) (pairs int, err error) {
	n := newNet(newView(s, Filter{}), graph.Mediated, true, Window{})
	for _, a := range actors {
		count, err := reach(ctx, n, clock{order: order}, node(a), 1<<40)
		if err != nil {
			return 0, err
		}
		pairs += count
	}
	return pairs, nil
}

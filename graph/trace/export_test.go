package trace

import (
	"context"
	"reflect"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// Reach counts the actors of each actor's chains, of any shared meeting, without a limit to hops.
func Reach(ctx context.Context, s *topology.Snapshot, order TimeOrder, actors []ledger.EntityNo) (pairs int, err error) {
	n := newNet(newView(s, Filter{}), Window{})
	defer n.close()
	for _, a := range actors {
		count, err := reach(ctx, n, new(searchDesk), clock{order: order}, n.actor(a), 1<<40)
		if err != nil {
			return 0, err
		}
		pairs += count
	}
	return pairs, nil
}

// reach counts the actors to which there is a chain from an actor.
func reach(ctx context.Context, n network, d *searchDesk, c clock, from node, budget int) (int, error) {
	s := &search{network: n, searchDesk: d, clock: c, from: from, to: none, budget: &work{ctx, budget}, by: dusk}
	s.begin()
	s.add(from, label{free: dawn})
	s.frontier = append(s.frontier, from)
	for links := 1; len(s.frontier)+len(s.entries) > 0; links++ {
		if err := s.advance(links); err != nil {
			return 0, err
		}
	}
	reached := 0
	for _, last := range s.newest {
		if last > 0 {
			reached++
		}
	}
	return reached - 1, nil
}

// A World is a network that is written down, in which every chain can be enumerated.
type World struct{ w *world }

// NewWorld is one without any ties.
func NewWorld() *World {
	return &World{&world{map[node][]link{}, map[node][]link{}, map[node]graph.Date{}}}
}

// Tie ties an actor to a meeting, once.
func (w *World) Tie(actor, meeting ledger.EntityNo, third bool) {
	w.w.tie(node(actor), node(meeting), third)
}

// Date dates a meeting.
func (w *World) Date(meeting ledger.EntityNo, date graph.Date) { w.w.dates[node(meeting)] = date }

// Best enumerates the best chains, each as its meetings and actors in turn, sorted.
func (w *World) Best(q ChainQuestion) (chains [][]ledger.EntityNo) {
	asked := question{from: node(q.From), to: node(q.To), order: q.Order, certain: q.Certain, window: q.Window, maxHops: q.MaxHops}
	for _, chain := range best(w.w.within(q.Window).chainsOf(asked), q.Objective) {
		var flat []ledger.EntityNo
		for _, s := range chain {
			flat = append(flat, ledger.EntityNo(s.meeting), ledger.EntityNo(s.to))
		}
		chains = append(chains, flat)
	}
	return chains
}

// Kept are those of some meetings that are kept as ones to which an actor may have been a party: by its own claims, and by a look at each.
func Kept(s *topology.Snapshot, f Filter, actor ledger.EntityNo, meetings []ledger.EntityNo) (named, receiving []ledger.EntityNo) {
	g := newView(s, f)
	defer g.close()
	g.maybe = slices.Clone(meetings)
	g.keepNamed(actor)
	named = g.maybe
	g.maybe = slices.Clone(meetings)
	g.keepReceiving(actor)
	receiving, g.maybe = g.maybe, nil
	return named, receiving
}

// SortHigh sorts numbers by their high halves.
func SortHigh(numbers []uint64) []uint64 {
	sorted, _ := sortHigh(numbers, make([]uint64, len(numbers)))
	return sorted
}

// Same reports whether affiliations are the same, but for the snapshots that they are of.
func (a *Affiliations) Same(b *Affiliations) bool {
	x, y := *a, *b
	x.snapshot, y.snapshot = nil, nil
	return reflect.DeepEqual(x, y)
}

package trace

import (
	"context"
	"slices"
	"sort"

	"entente/graph"
	"entente/graph/ledger"
)

// thirds is [graphView.thirds] for all meetings in a window. Third parties come first among those at a unit, and which units have several
// of them is known.
func (n affiliated) thirds(ctx context.Context, q thirdsQuestion, yield func(meeting ledger.EntityNo, thirds []ledger.EntityNo)) error {
	var thirds []ledger.EntityNo
	units := 0
	for unit := range n.unitsWith(q.least, q.Window) {
		if units++; units%stride == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		thirds = thirds[:0]
		for _, l := range n.actors(unit) {
			if l.strength() < max(1, q.strength) {
				break
			}
			thirds = append(thirds, n.actorNos[l.to()])
		}
		if len(thirds) >= q.least {
			slices.Sort(thirds)
			yield(n.unitNos[unit], thirds)
		}
	}
	return ctx.Err()
}

// unitsWith yields the units in a window among which are all that have as many third parties.
func (a *Affiliations) unitsWith(thirds int, w Window) func(yield func(node) bool) {
	from, to := node(0), a.exactly
	if !w.isZero() {
		from, to = a.unitsFrom(w.first(), w.last())
	}
	return func(yield func(node) bool) {
		in := func(unit node) bool {
			return from <= unit && unit < to || unit >= a.exactly && w.Has(a.when(unit))
		}
		if thirds > 1 {
			first, _ := slices.BinarySearch(a.mediated, from)
			for _, unit := range a.mediated[first:] {
				if in(unit) && !yield(unit) {
					return
				}
			}
			return
		}
		for unit := from; unit < node(len(a.unitNos)); unit++ {
			if in(unit) && !yield(unit) {
				return
			}
		}
	}
}

// unitsFrom is the stretch of the units with an exact day that were from one day to another, the last of it not among them.
func (a *Affiliations) unitsFrom(first, last graph.Day) (from, to node) {
	days := a.days[:a.exactly]
	begin, _ := slices.BinarySearch(days, first)
	length := sort.Search(len(days)-begin, func(i int) bool { return days[begin+i] > last })
	return node(begin), node(begin + length)
}

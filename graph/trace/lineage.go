package trace

import (
	"cmp"
	"context"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A LineageDirection says which way a lineage is followed.
type LineageDirection string

// The directions.
const (
	Ancestors   LineageDirection = "ANCESTORS"   // what the agreement rests on
	Descendants LineageDirection = "DESCENDANTS" // what rests on it
	BothWays    LineageDirection = "BOTH"
)

// A LineageQuestion asks what an agreement rests on, and what rests on it.
type LineageQuestion struct {
	Agreement ledger.EntityNo // the one that stands for its group
	Direction LineageDirection
	MaxDepth  int        // how many steps away
	AsOf      graph.Date // unless it is absent, what came later is left out: claims by their own date, agreements by theirs
	Budget    int        // how many claims are looked at, at most; an eighth of it is kept for those of mediators
}

// A Lineage is the answer.
type Lineage struct {
	// Steps are the agreements, each once, from the farthest ancestors to the farthest descendants; those as far away in ledger order.
	Steps []LineageStep
	// Dangling are the claims by which the agreement, or one of its ancestors, refers to something in words alone, in ledger order. It
	// is empty where ancestors were not asked for.
	Dangling []ledger.ClaimNo
	// Partial says that there is more: farther away than was asked for, or the budget was used up. Then steps may lack mediators, too.
	Partial bool
}

// A LineageStep is one agreement of a lineage.
type LineageStep struct {
	Agreement ledger.EntityNo
	// Depth is how many steps away the agreement is at least, negative for an ancestor. One that is as near in both directions
	// counts as an ancestor.
	Depth int
	// Via are all the claims that lead to it, from the agreement asked about and from others of the lineage, and Parents the
	// agreements from which they do; both in ledger order.
	Via     []ledger.ClaimNo
	Parents []ledger.EntityNo
	// Mediators are the ties of those who mediated it, each for its actor alone, by date and then claim; [RolledUp] lets them count for others.
	Mediators []Tie
}

// LineageOf answers a question. The error is the context's.
func LineageOf(ctx context.Context, s *topology.Snapshot, q LineageQuestion) (*Lineage, error) {
	w := newLineageWalk(ctx, s, q)
	defer w.close()
	mediation := w.budget.part(8)
	short, err := ranOut(w.walk())
	if err != nil {
		return nil, err
	}
	w.budget.giveBack(mediation)
	steps := w.tell()
	untold, err := ranOut(w.mediators(steps))
	if err != nil {
		return nil, err
	}
	return &Lineage{Steps: steps, Dangling: inOrder(w.dangling), Partial: w.partial || short || untold}, nil
}

// walk follows the lineage in the directions asked for.
func (w *lineageWalk) walk() error {
	if w.Direction != Descendants {
		if err := w.follow(&w.up); err != nil {
			return err
		}
	}
	if w.Direction == Ancestors {
		return nil
	}
	return w.follow(&w.down)
}

// join is what was reached in both directions, each agreement once, in the order of the answer.
func (w *lineageWalk) join() []reached {
	descendants := w.down.reached[:0]
	for _, r := range w.down.reached {
		if at := w.up.find(r.agreement); at >= 0 {
			w.meet(&w.up.reached[at], r)
		} else {
			descendants = append(descendants, r)
		}
	}
	for _, r := range slices.Backward(w.up.reached) {
		w.all = append(w.all, r)
	}
	w.all = append(w.all, descendants...)
	slices.SortFunc(w.all, func(a, b reached) int {
		if a.depth != b.depth {
			return cmp.Compare(a.depth, b.depth)
		}
		return cmp.Compare(a.agreement, b.agreement)
	})
	return w.all
}

// meet makes an ancestor and the descendant that it is, too, one.
func (w *lineageWalk) meet(ancestor *reached, descendant reached) {
	if descendant.depth < -ancestor.depth {
		ancestor.depth = descendant.depth
	}
	for at := descendant.last; at >= 0; {
		before := w.leads[at].before
		w.lead(ancestor, at)
		at = before
	}
}

// tell makes the answer's steps of what was reached, but for their mediators. What they list lies end to end.
func (w *lineageWalk) tell() []LineageStep {
	all := w.join()
	if len(all) == 0 {
		return nil
	}
	steps := make([]LineageStep, len(all))
	via, parents := make([]ledger.ClaimNo, len(w.leads)), make([]ledger.EntityNo, len(w.leads))
	to := 0
	for i := range all {
		from := to
		for at := all[i].last; at >= 0; at = w.leads[at].before {
			via[to], parents[to] = w.leads[at].claim, w.leads[at].from
			to++
		}
		s := &steps[i]
		s.Agreement, s.Depth = all[i].agreement, int(all[i].depth)
		s.Via, s.Parents = via[from:to:to], parents[from:to:to]
		if to-from > 1 {
			s.Via, s.Parents = inOrder(s.Via), inOrder(s.Parents)
		}
	}
	return steps
}

// inOrder sorts numbers and drops repetitions.
func inOrder[T cmp.Ordered](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

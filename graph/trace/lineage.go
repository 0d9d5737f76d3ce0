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
	Budget    int        // how many claims are looked at, at most
}

// A Lineage is the answer.
type Lineage struct {
	// Steps are the agreements, each once, from the farthest ancestors to the farthest descendants; those as far away in ledger order.
	Steps []LineageStep
	// Dangling are the claims by which the agreement, or one of its ancestors, refers to something in words alone, in ledger order. It
	// is empty where ancestors were not asked for.
	Dangling []ledger.ClaimNo
	// Partial says that there is more: farther away than was asked for, or the budget was used up.
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
	w := &lineageWalk{Snapshot: s, LineageQuestion: q, ctx: ctx}
	up, down := descent{direction: topology.Out}, descent{direction: topology.In}
	if q.Direction != Descendants {
		if err := w.follow(&up); err != nil {
			return nil, err
		}
	}
	if q.Direction != Ancestors {
		if err := w.follow(&down); err != nil {
			return nil, err
		}
	}
	steps := joined(up.steps, down.steps)
	w.tell(steps)
	slices.SortStableFunc(steps, func(a, b LineageStep) int { return cmp.Compare(a.Depth, b.Depth) })
	return &Lineage{Steps: steps, Dangling: inOrder(w.dangling), Partial: w.partial}, nil
}

// joined are the steps of both directions, each agreement once, in ledger order.
func joined(up, down []LineageStep) []LineageStep {
	steps := append(up, down...)
	slices.SortStableFunc(steps, func(a, b LineageStep) int { return cmp.Compare(a.Agreement, b.Agreement) })
	kept := steps[:0]
	for _, step := range steps {
		if n := len(kept); n > 0 && kept[n-1].Agreement == step.Agreement {
			if last := &kept[n-1]; step.Depth < -last.Depth { // the last is the ancestor
				last.Depth = step.Depth
			}
			continue
		}
		kept = append(kept, step)
	}
	return kept
}

// tell says of steps, which are in ledger order, what led there and who mediated.
func (w *lineageWalk) tell(steps []LineageStep) {
	slices.SortFunc(w.leads, func(a, b lead) int { return cmp.Or(cmp.Compare(a.to, b.to), cmp.Compare(a.claim, b.claim)) })
	via, parents := make([]ledger.ClaimNo, len(w.leads)), make([]ledger.EntityNo, len(w.leads))
	for i, l := range w.leads {
		via[i], parents[i] = l.claim, l.from
	}
	from := 0
	for i := range steps {
		step := &steps[i]
		to := from
		for to < len(w.leads) && w.leads[to].to == step.Agreement {
			to++
		}
		step.Via, step.Parents = via[from:to:to], inOrder(parents[from:to:to])
		step.Mediators = w.mediators(step.Agreement)
		from = to
	}
}

// inOrder sorts numbers and drops repetitions.
func inOrder[T cmp.Ordered](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

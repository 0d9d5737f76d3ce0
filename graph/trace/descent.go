package trace

import (
	"context"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// The predicates by which one agreement rests on another lie side by side in the vocabulary.
var (
	firstLink = graph.Predicate("follows").Info().Code
	lastLink  = graph.ReferencesTo.Info().Code
	mediated  = graph.Mediated.Info().Code
)

// A lineageWalk follows lineages from one agreement.
type lineageWalk struct {
	*topology.Snapshot
	LineageQuestion
	ctx      context.Context
	looked   int
	leads    []lead
	dangling []ledger.ClaimNo
	partial  bool
}

// A lead is a claim that leads from one agreement to another.
type lead struct {
	to, from ledger.EntityNo
	claim    ledger.ClaimNo
}

// A descent is what is reached from an agreement in one direction: Out leads to what it rests on, In to what rests on it.
type descent struct {
	direction topology.Direction
	steps     []LineageStep            // nearest first, without what is told of them
	reached   map[ledger.EntityNo]bool // the agreements in steps, once they are many
}

// follow finds all that is reached, nearest first, so that each agreement is found by the shortest way. What is found last is looked at,
// too, for claims among the agreements that are there.
func (w *lineageWalk) follow(d *descent) error {
	if err := w.expand(d, w.Agreement, 1); err != nil {
		return err
	}
	for i := 0; i < len(d.steps) && w.looked <= w.Budget; i++ {
		depth := max(d.steps[i].Depth, -d.steps[i].Depth)
		if err := w.expand(d, d.steps[i].Agreement, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// expand takes in what the claims of one agreement lead to, which is so far away.
func (w *lineageWalk) expand(d *descent, from ledger.EntityNo, depth int) error {
	for _, m := range w.Members(from) {
		for x := range w.Between(m, firstLink, lastLink, d.direction) {
			if w.looked++; w.looked > w.Budget {
				w.partial = true
				return nil
			}
			if w.looked%1024 == 0 && w.ctx.Err() != nil {
				return w.ctx.Err()
			}
			switch {
			case !factual(w.Source(x.Claim).Stance) || !w.by(x.When):
			case x.Other == ledger.NoEntity:
				w.dangling = append(w.dangling, x.Claim)
			default:
				w.follows(d, from, x, depth)
			}
		}
	}
	return nil
}

// follows takes in where a claim leads. A circle does not lead back to the agreement asked about, and two that were merged not to each
// other.
func (w *lineageWalk) follows(d *descent, from ledger.EntityNo, x topology.Edge, depth int) {
	to := w.Group(x.Other)
	if to == w.Agreement || to == from {
		return
	}
	if !d.has(to) {
		if !w.AsOf.IsZero() && !w.by(w.Date(to)) {
			return
		}
		if depth > w.MaxDepth {
			w.partial = true
			return
		}
		if d.direction == topology.Out {
			depth = -depth
		}
		d.add(LineageStep{Agreement: to, Depth: depth})
	}
	w.leads = append(w.leads, lead{to, from, x.Claim})
}

// by reports whether something may have been there by the day asked about.
func (w *lineageWalk) by(date graph.Date) bool {
	return w.AsOf.IsZero() || date.IsZero() || date.Earliest() <= w.AsOf.Latest()
}

// mediators are the ties of those who mediated an agreement.
func (w *lineageWalk) mediators(agreement ledger.EntityNo) (ties []Tie) {
	for _, m := range w.Members(agreement) {
		for x := range w.Edges(m, mediated, topology.In) {
			if factual(w.Source(x.Claim).Stance) && w.by(x.When) {
				actor := w.Group(x.Other)
				ties = append(ties, Tie{Claim: x.Claim, Role: mediated, Actor: actor, Meeting: agreement, For: actor, When: x.When})
			}
		}
	}
	return ties
}

// few is how many steps are sooner searched one by one than by a map.
const few = 16

// has reports whether an agreement has been reached.
func (d *descent) has(agreement ledger.EntityNo) bool {
	if d.reached != nil {
		return d.reached[agreement]
	}
	return slices.ContainsFunc(d.steps, func(s LineageStep) bool { return s.Agreement == agreement })
}

// add adds a step.
func (d *descent) add(step LineageStep) {
	d.steps = append(d.steps, step)
	switch n := len(d.steps); {
	case n == few:
		d.reached = make(map[ledger.EntityNo]bool, 4*few)
		for i := range d.steps {
			d.reached[d.steps[i].Agreement] = true
		}
	case n > few:
		d.reached[step.Agreement] = true
	}
}

package trace

import (
	"context"
	"sync"

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

// A lineageWalk follows lineages from one agreement. The memory that it works with is handed on to later ones.
type lineageWalk struct {
	*topology.Snapshot
	LineageQuestion
	budget   work
	up, down descent
	leads    []lead
	dangling []ledger.ClaimNo
	partial  bool

	all  []reached       // in the order of the answer
	near []topology.Stub // the claims around an agreement, used again for each; at last those of mediators, step by step
	ends []int           // where the mediators of each step end
}

// A lead is a claim that leads to an agreement from another one, and the lead to it that was found before, -1 if there is none.
type lead struct {
	from   ledger.EntityNo
	claim  ledger.ClaimNo
	before int32
}

// A descent is what is reached from an agreement in one direction: Out leads to what it rests on, In to what rests on it.
type descent struct {
	direction topology.Direction
	reached   []reached                 // nearest first
	at        map[ledger.EntityNo]int32 // the place in reached, once they are many
}

// A reached agreement is one of a lineage, with the lead to it that was found last.
type reached struct {
	agreement ledger.EntityNo
	depth     int32
	last      int32
}

var lineageWalks = sync.Pool{New: func() any { return new(lineageWalk) }}

func newLineageWalk(ctx context.Context, s *topology.Snapshot, q LineageQuestion) *lineageWalk {
	w := lineageWalks.Get().(*lineageWalk)
	w.Snapshot, w.LineageQuestion, w.budget = s, q, work{ctx, q.Budget}
	w.up.direction, w.down.direction = topology.Out, topology.In
	return w
}

// close gives the memory back.
func (w *lineageWalk) close() {
	*w = lineageWalk{
		up: descent{reached: w.up.reached[:0]}, down: descent{reached: w.down.reached[:0]},
		leads: w.leads[:0], all: w.all[:0], near: w.near, ends: w.ends[:0],
	}
	lineageWalks.Put(w)
}

// follow finds all that is reached, nearest first, so that each agreement is found by the shortest way. What is found last is looked at,
// too, for claims among the agreements that are there.
func (w *lineageWalk) follow(d *descent) error {
	if err := w.expand(d, w.Agreement, 1); err != nil {
		return err
	}
	for i := 0; i < len(d.reached); i++ {
		depth := max(d.reached[i].depth, -d.reached[i].depth)
		if err := w.expand(d, d.reached[i].agreement, int(depth)+1); err != nil {
			return err
		}
	}
	return nil
}

// expand takes in what the claims of one agreement lead to, which is so far away.
func (w *lineageWalk) expand(d *descent, from ledger.EntityNo, depth int) error {
	for _, m := range w.Members(from) {
		w.near = w.Stubs(w.near[:0], m, firstLink, lastLink, d.direction)
		for _, x := range w.near {
			if err := w.budget.spend(1); err != nil {
				return err
			}
			switch {
			case !w.counts(x):
			case x.Other() == ledger.NoEntity:
				w.dangling = append(w.dangling, x.Claim())
			default:
				w.follows(d, from, x, depth)
			}
		}
	}
	return nil
}

// counts reports whether a claim is meant as a fact, and may have been one by the day asked about.
func (w *lineageWalk) counts(x topology.Stub) bool {
	return x.Accepted() && (w.AsOf.IsZero() || w.by(w.When(x)))
}

// follows takes in where a claim leads. A circle does not lead back to the agreement asked about, and two that were merged not to each
// other.
func (w *lineageWalk) follows(d *descent, from ledger.EntityNo, x topology.Stub, depth int) {
	to := w.Group(x.Other())
	if to == w.Agreement || to == from {
		return
	}
	at := d.find(to)
	if at < 0 {
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
		at = d.add(to, depth)
	}
	w.leads = append(w.leads, lead{from: from, claim: x.Claim()})
	w.lead(&d.reached[at], int32(len(w.leads)-1))
}

// lead adds a lead to those of an agreement.
func (w *lineageWalk) lead(r *reached, at int32) {
	w.leads[at].before, r.last = r.last, at
}

// by reports whether something may have been there by the day asked about.
func (w *lineageWalk) by(date graph.Date) bool {
	return w.AsOf.IsZero() || date.IsZero() || date.Earliest() <= w.AsOf.Latest()
}

// mediators tells of each step the ties of those who mediated it, as far as the work suffices. They lie end to end.
func (w *lineageWalk) mediators(steps []LineageStep) (err error) {
	w.near = w.near[:0]
	for i := range steps {
		from := len(w.near)
		for _, m := range w.Members(steps[i].Agreement) {
			w.near = w.Stubs(w.near, m, mediated, mediated, topology.In)
		}
		if err = w.budget.spend(1 + len(w.near) - from); err != nil {
			w.near = w.near[:from]
			break
		}
		kept := w.near[:from]
		for _, x := range w.near[from:] {
			if w.counts(x) {
				kept = append(kept, x)
			}
		}
		w.near = kept
		w.ends = append(w.ends, len(kept))
	}
	ties := make([]Tie, len(w.near))
	from := 0
	for i, to := range w.ends {
		for j, x := range w.near[from:to] {
			actor, t := w.Group(x.Other()), &ties[from+j]
			t.Claim, t.Role, t.Actor, t.Meeting, t.For = x.Claim(), mediated, actor, steps[i].Agreement, actor
			if x.Dated() { // most are not, and a date is most of a tie
				t.When = w.When(x)
			}
		}
		if from < to {
			steps[i].Mediators = ties[from:to:to]
		}
		from = to
	}
	return err
}

// fewReached is how many agreements are sooner searched one by one than by a map.
const fewReached = 64

// find is the place of an agreement among those reached, -1 if it is not there.
func (d *descent) find(agreement ledger.EntityNo) int {
	if d.at != nil {
		if at, ok := d.at[agreement]; ok {
			return int(at)
		}
		return -1
	}
	for i := range d.reached {
		if d.reached[i].agreement == agreement {
			return i
		}
	}
	return -1
}

// add adds an agreement and gives its place.
func (d *descent) add(agreement ledger.EntityNo, depth int) int {
	at := len(d.reached)
	d.reached = append(d.reached, reached{agreement, int32(depth), -1})
	switch {
	case at == fewReached:
		d.at = make(map[ledger.EntityNo]int32, 4*fewReached)
		for i := range d.reached {
			d.at[d.reached[i].agreement] = int32(i)
		}
	case at > fewReached:
		d.at[agreement] = int32(at)
	}
	return at
}

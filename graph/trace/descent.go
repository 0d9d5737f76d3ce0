package trace

import (
	"context"
	"slices"
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
	budget    work
	up, down  descent
	leads     []furtherLead
	mediators []Mediator
	dangling  []ledger.ClaimNo
	partial   bool
	dated     bool // the question is as of a day

	near []topology.Stub // the claims around an agreement, used again for each
}

// A further lead is one to an agreement that has another one already, with the place of the further one that was found before it, -1 for the first.
type furtherLead struct {
	lead
	before int32
}

// A descent is what is reached from an agreement in one direction: Out leads to what it rests on, In to what rests on it.
type descent struct {
	direction topology.Direction
	reached   []reached                 // nearest first
	marks     uint64                    // a bit for the last six bits of each number in reached: of most others it is not set
	at        map[ledger.EntityNo]int32 // the place in reached, once they are many
}

// A reached agreement is one of a lineage.
type reached struct {
	agreement ledger.EntityNo
	depth     int32
	lead      lead  // that was found first; to most there is no other
	last      int32 // the place of the further one that was found last, -1 if there is none
	mediators stretch
}

var lineageWalks = sync.Pool{New: func() any { return new(lineageWalk) }}

func newLineageWalk(ctx context.Context, s *topology.Snapshot, q LineageQuestion) *lineageWalk {
	w := lineageWalks.Get().(*lineageWalk)
	w.Snapshot, w.LineageQuestion, w.budget = s, q, work{ctx, q.Budget}
	w.dated = !q.AsOf.IsZero()
	w.up.direction, w.down.direction = topology.Out, topology.In
	return w
}

// close gives the memory back.
func (w *lineageWalk) close() {
	*w = lineageWalk{
		up: descent{reached: w.up.reached[:0]}, down: descent{reached: w.down.reached[:0]},
		leads: w.leads[:0], mediators: w.mediators[:0], near: w.near[:0],
	}
	lineageWalks.Put(w)
}

// follow finds all that is reached, nearest first, so that each agreement is found by the shortest way. What is found last is looked at,
// too, for its mediators and for claims among the agreements that are there.
func (w *lineageWalk) follow(d *descent) error {
	for _, m := range w.Members(w.Agreement) {
		if err := w.links(d, w.Agreement, m, 1); err != nil {
			return err
		}
	}
	for i := 0; i < len(d.reached); i++ {
		if err := w.expand(d, i); err != nil {
			return err
		}
	}
	return nil
}

// expand takes in who mediated an agreement that was reached, and what its claims lead to.
func (w *lineageWalk) expand(d *descent, i int) error {
	agreement, depth := d.reached[i].agreement, d.reached[i].depth
	members := w.Members(agreement)
	from := len(w.mediators)
	for _, m := range members {
		if err := w.mediatorsOf(m); err != nil {
			return err
		}
	}
	if len(members) > 1 {
		slices.SortFunc(w.mediators[from:], func(a, b Mediator) int { return a.claim.Compare(b.claim) })
	}
	r := &d.reached[i]
	r.mediators.from, r.mediators.to = int32(from), int32(len(w.mediators))
	for _, m := range members {
		if err := w.links(d, agreement, m, max(depth, -depth)+1); err != nil {
			return err
		}
	}
	return nil
}

// mediatorsOf takes in who mediated what a claim names so.
func (w *lineageWalk) mediatorsOf(member ledger.EntityNo) error {
	w.near = w.Stubs(w.near[:0], member, mediated, mediated, topology.In)
	if err := w.budget.spend(len(w.near)); err != nil {
		return err
	}
	for _, x := range w.near {
		if w.counts(x) {
			w.mediators = append(w.mediators, Mediator{w.Group(x.Other()), x})
		}
	}
	return nil
}

// links takes in what the claims of an agreement, under one of its names, lead to, which is so far away, as far as the work suffices.
func (w *lineageWalk) links(d *descent, from, member ledger.EntityNo, depth int32) error {
	w.near = w.Stubs(w.near[:0], member, firstLink, lastLink, d.direction)
	suffices := min(len(w.near), max(w.budget.left, 0))
	err := w.budget.spend(len(w.near))
	for _, x := range w.near[:suffices] {
		if !w.counts(x) {
			continue
		}
		if x.Other() == ledger.NoEntity {
			w.dangling = append(w.dangling, x.Claim())
			continue
		}
		to := w.Group(x.Other())
		// A circle does not lead back to the agreement asked about, and two that were merged not to each other.
		if to == w.Agreement || to == from {
			continue
		}
		if at := d.find(to); at >= 0 {
			w.also(&d.reached[at], lead{x.Claim(), from})
			continue
		}
		if w.dated && !w.by(w.Date(to)) {
			continue
		}
		if int(depth) > w.MaxDepth {
			w.partial = true
			continue
		}
		r := d.add(to) // and written where it lies, as steps are
		r.depth, r.lead.claim, r.lead.parent = depth, x.Claim(), from
		if d.direction == topology.Out {
			r.depth = -depth
		}
	}
	return err
}

// also adds a lead to an agreement that was reached before.
func (w *lineageWalk) also(r *reached, by lead) {
	w.leads = append(w.leads, furtherLead{by, r.last})
	r.last = int32(len(w.leads) - 1)
}

// counts reports whether a claim is meant as a fact, and may have been one by the day asked about. It is short enough to be compiled into its
// callers.
func (w *lineageWalk) counts(x topology.Stub) bool {
	return x.Accepted() && (!w.dated || w.held(x))
}

func (w *lineageWalk) held(x topology.Stub) bool { return w.by(w.When(x)) }

// by reports whether something may have been there by the day asked about.
func (w *lineageWalk) by(date graph.Date) bool {
	return date.IsZero() || date.Earliest() <= w.AsOf.Latest()
}

// fewReached is how many agreements are sooner searched one by one than by a map.
const fewReached = 64

// find is the place of an agreement among those reached, -1 if it is not there.
func (d *descent) find(agreement ledger.EntityNo) int {
	if d.marks>>(agreement%64)&1 == 0 {
		return -1
	}
	return d.search(agreement)
}

// search is find of an agreement that may be there.
func (d *descent) search(agreement ledger.EntityNo) int {
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

// add adds an agreement, of which the rest is to be written.
func (d *descent) add(agreement ledger.EntityNo) *reached {
	at := len(d.reached)
	d.reached = append(d.reached, reached{})
	r := &d.reached[at]
	r.agreement, r.last = agreement, -1
	d.marks |= 1 << (agreement % 64)
	if at >= fewReached {
		d.enter(at)
	}
	return r
}

// enter enters the one at a place into the map, which all before it come into first if it is not there yet.
func (d *descent) enter(at int) {
	from := at
	if d.at == nil {
		d.at, from = make(map[ledger.EntityNo]int32, 4*fewReached), 0
	}
	for i := from; i <= at; i++ {
		d.at[d.reached[i].agreement] = int32(i)
	}
}

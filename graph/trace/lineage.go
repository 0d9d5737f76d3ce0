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
	Budget    int        // how many claims are looked at, at most, those of mediators among them
}

// A Lineage is the answer. What belongs to a step lies end to end with what belongs to the others, and is asked for by the step's place.
type Lineage struct {
	// Steps are the agreements, each once, from the farthest ancestors to the farthest descendants; those as far away in ledger order.
	Steps []LineageStep
	// Dangling are the claims by which the agreement, or one of its ancestors, refers to something in words alone, in ledger order. It
	// is empty where ancestors were not asked for.
	Dangling []ledger.ClaimNo
	// Partial says that there is more: farther away than was asked for, or the budget was used up. Then steps may lack mediators, too.
	Partial bool

	snapshot  *topology.Snapshot
	leads     []lead
	mediators []Mediator
}

// A LineageStep is one agreement of a lineage. By its place [Lineage.Via], [Lineage.Parents], [Lineage.Mediators] and [Lineage.Ties]
// tell more of it.
type LineageStep struct {
	Agreement ledger.EntityNo
	// Depth is how many steps away the agreement is at least, negative for an ancestor. One that is as near in both directions
	// counts as an ancestor.
	Depth int32

	leads, mediators stretch
}

// A lead is a claim that leads to an agreement of a lineage from another one: the agreement asked about, or one of the lineage, too.
type lead struct {
	claim  ledger.ClaimNo
	parent ledger.EntityNo
}

// A Mediator is somebody who mediated an agreement of a lineage, by one claim.
type Mediator struct {
	Actor ledger.EntityNo // as the claim names it, its group
	claim topology.Stub
}

// Claim is the claim that says so.
func (m *Mediator) Claim() ledger.ClaimNo { return m.claim.Claim() }

// A stretch is where what belongs to a step lies.
type stretch struct{ from, to int32 }

// leadsTo are all the leads to a step, in ledger order of their claims.
func (l *Lineage) leadsTo(step int) []lead {
	at := l.Steps[step].leads
	return l.leads[at.from:at.to]
}

// Via are all the claims that lead to a step, in ledger order.
func (l *Lineage) Via(step int) []ledger.ClaimNo {
	leads := l.leadsTo(step)
	via := make([]ledger.ClaimNo, len(leads))
	for i := range leads {
		via[i] = leads[i].claim
	}
	return via
}

// Parents are the agreements from which these claims lead there, each once, in ledger order.
func (l *Lineage) Parents(step int) []ledger.EntityNo {
	leads := l.leadsTo(step)
	parents := make([]ledger.EntityNo, len(leads))
	for i := range leads {
		parents[i] = leads[i].parent
	}
	return inOrder(parents)
}

// Mediators are those who mediated a step, by date and then claim. The caller must not change them.
func (l *Lineage) Mediators(step int) []Mediator {
	at := l.Steps[step].mediators
	return l.mediators[at.from:at.to:at.to]
}

// Ties are the ties of those who mediated a step, in the same order and each for its actor alone; [RolledUp] lets them count for others.
func (l *Lineage) Ties(step int) []Tie {
	mediators := l.Mediators(step)
	ties := make([]Tie, len(mediators))
	for i := range mediators {
		m := &mediators[i]
		ties[i] = Tie{
			Claim: m.Claim(), Role: mediated, Actor: m.Actor, Meeting: l.Steps[step].Agreement, For: m.Actor, When: l.snapshot.When(m.claim),
		}
	}
	return ties
}

// LineageOf answers a question. The error is the context's.
func LineageOf(ctx context.Context, s *topology.Snapshot, q LineageQuestion) (*Lineage, error) {
	w := newLineageWalk(ctx, s, q)
	defer w.close()
	short, err := ranOut(w.walk())
	if err != nil {
		return nil, err
	}
	l := w.tell()
	l.Partial = w.partial || short
	return l, nil
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

// tell makes the answer of what was reached.
func (w *lineageWalk) tell() *Lineage {
	w.join()
	l := &Lineage{snapshot: w.Snapshot, mediators: slices.Clone(w.mediators)}
	if len(w.dangling) > 0 {
		l.Dangling = inOrder(w.dangling)
	}
	up, down := w.up.reached, w.down.reached
	if len(up)+len(down) == 0 {
		return l
	}
	l.Steps, l.leads = make([]LineageStep, len(up)+len(down)), make([]lead, 0, len(up)+len(down)+len(w.leads))
	for i := range up {
		w.step(l, &l.Steps[len(up)-1-i], &up[i])
	}
	for i := range down {
		w.step(l, &l.Steps[len(up)+i], &down[i])
	}
	for i := 1; i < len(l.Steps); i++ { // most are in order
		if !l.Steps[i-1].before(&l.Steps[i]) {
			slices.SortFunc(l.Steps, compareSteps)
			break
		}
	}
	return l
}

// step tells of one agreement, where its step lies: a step that was made elsewhere would have to be waited for before it can be copied.
func (w *lineageWalk) step(l *Lineage, s *LineageStep, r *reached) {
	from := len(l.leads)
	l.leads = append(l.leads, r.lead)
	if r.last >= 0 {
		for at := r.last; at >= 0; at = w.leads[at].before {
			l.leads = append(l.leads, w.leads[at].lead)
		}
		slices.SortFunc(l.leads[from:], func(a, b lead) int { return cmp.Compare(a.claim, b.claim) })
	}
	s.Agreement, s.Depth, s.mediators = r.agreement, r.depth, r.mediators
	s.leads.from, s.leads.to = int32(from), int32(len(l.leads))
}

// before reports whether a step comes before another one.
func (s *LineageStep) before(other *LineageStep) bool {
	return s.Depth < other.Depth || s.Depth == other.Depth && s.Agreement < other.Agreement
}

func compareSteps(a, b LineageStep) int {
	return cmp.Or(cmp.Compare(a.Depth, b.Depth), cmp.Compare(a.Agreement, b.Agreement))
}

// join makes each agreement that was reached in both directions one, an ancestor.
func (w *lineageWalk) join() {
	if w.up.marks&w.down.marks == 0 {
		return
	}
	descendants := w.down.reached[:0]
	for _, r := range w.down.reached {
		if at := w.up.find(r.agreement); at >= 0 {
			w.meet(&w.up.reached[at], r)
		} else {
			descendants = append(descendants, r)
		}
	}
	w.down.reached = descendants
}

// meet makes an ancestor and the descendant that it is, too, one.
func (w *lineageWalk) meet(ancestor *reached, descendant reached) {
	if descendant.depth < -ancestor.depth {
		ancestor.depth = descendant.depth
	}
	w.also(ancestor, descendant.lead)
	for at := descendant.last; at >= 0; at = w.leads[at].before {
		w.also(ancestor, w.leads[at].lead)
	}
}

// inOrder sorts numbers and drops repetitions.
func inOrder[T cmp.Ordered](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

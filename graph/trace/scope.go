package trace

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A Scope says which meetings a question is about. All that is given must hold; the zero Scope is every meeting.
type Scope struct {
	Between []ledger.EntityNo // all of them parties
	// Process is one that the meeting belongs to, itself or by a process that is part of it. Conflict is one that the meeting, or a
	// process that it belongs to, concerns. [ledger.NoEntity] leaves them open.
	Process, Conflict ledger.EntityNo
	Window            Window
}

// Everything is the scope of every meeting.
func Everything() Scope { return Scope{Process: ledger.NoEntity, Conflict: ledger.NoEntity} }

// narrow reports whether the scope names anything by which its meetings can be found.
func (sc *Scope) narrow() bool {
	return len(sc.Between) > 0 || sc.Process != ledger.NoEntity || sc.Conflict != ledger.NoEntity
}

// unitsIn lists the numbers of units among which are all of a narrow scope, and which are of it but for its parties, each once, ascending. They are good
// until the next call.
func (g *graphView) unitsIn(ctx context.Context, sc *Scope) ([]ledger.EntityNo, error) {
	var belongs []map[ledger.EntityNo]bool
	if sc.Process != ledger.NoEntity {
		belongs = append(belongs, g.meetingsOf(g.parts(sc.Process)))
	}
	if sc.Conflict != ledger.NoEntity {
		belongs = append(belongs, g.meetingsAbout(sc.Conflict))
	}
	g.candidates(sc, belongs)
	dated := !sc.Window.isZero() || !g.filter.AsOf.IsZero() // which meetings are of the scope
	units := g.maybe[:0]
	for i, m := range g.maybe {
		if (i+1)%stride == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !g.allowed(m) || dated && !g.isThen(g.dateOf(m), sc.Window) {
			continue
		}
		one := [1]ledger.EntityNo{m}
		meetings := one[:]
		if !g.single(m) {
			meetings = g.unit(m).Meetings
		}
		if isOf(meetings, belongs) {
			units = append(units, meetings[0])
		}
	}
	return inOrder(units), nil // a unit comes once for each of its meetings
}

// candidates finds meetings among which all of the scope are, each once: those of whichever of its parts has the fewest, without those to
// which one of the parties certainly was none.
func (g *graphView) candidates(sc *Scope, belongs []map[ledger.EntityNo]bool) {
	first := ledger.NoEntity
	if len(belongs) > 0 {
		least := slices.MinFunc(belongs, func(a, b map[ledger.EntityNo]bool) int { return len(a) - len(b) })
		g.maybe = slices.AppendSeq(g.maybe[:0], maps.Keys(least))
	} else {
		first = slices.MinFunc(sc.Between, func(a, b ledger.EntityNo) int { return cmp.Compare(g.Degree(a), g.Degree(b)) })
		g.maybe = g.meetingsOfParty(first, g.maybe[:0])
	}
	for _, a := range sc.Between {
		if a != first && len(g.maybe) > 0 {
			g.keepThoseOf(a)
		}
	}
	for i, m := range g.maybe { // only now, when few are left
		g.maybe[i] = g.Group(m)
	}
	g.maybe = inOrder(g.maybe)
}

// meetingsOfParty appends the meetings that claims name as those to which an actor was a party, or somebody who may have acted for it.
func (g *graphView) meetingsOfParty(actor ledger.EntityNo, meetings []ledger.EntityNo) []ledger.EntityNo {
	for _, b := range g.takers(actor) {
		for _, m := range g.Members(b) {
			meetings = g.Others(meetings, m, g.firstParty, g.lastParty, topology.Out)
		}
	}
	return meetings
}

// manyMore is how many times as many claims as there are meetings to choose from an actor must have for it to be cheaper to look at the
// meetings one by one.
const manyMore = 64

// keepThoseOf drops meetings to which an actor certainly was no party.
func (g *graphView) keepThoseOf(actor ledger.EntityNo) {
	if g.Degree(actor) > manyMore*len(g.maybe) {
		g.keepReceiving(actor)
	} else {
		g.keepNamed(actor)
	}
}

// keepReceiving is keepThoseOf by a look at each meeting.
func (g *graphView) keepReceiving(actor ledger.EntityNo) {
	g.maybe = g.Receiving(g.maybe, actor, g.firstParty, g.lastParty)
}

// keepNamed is keepThoseOf by the actor's own claims, and those of whoever may have acted for it. Then it looks at the few meetings that the sieve
// takes to be among theirs.
func (g *graphView) keepNamed(actor ledger.EntityNo) {
	g.sieve.fill(g.maybe)
	g.theirs = g.sieve.sift(g.meetingsOfParty(actor, g.theirs[:0]))
	g.sieve.fill(g.theirs)
	kept := g.maybe[:0]
	for _, m := range g.maybe {
		if g.sieve.has(m) || g.MayCountElsewhere(m) {
			kept = append(kept, m)
		}
	}
	g.maybe = kept
	g.keepReceiving(actor)
}

// happened reports whether what has a date may have been by the day of the question.
func (g *graphView) happened(date graph.Date) bool {
	of := g.filter.AsOf
	return of.IsZero() || date.IsZero() || date.Earliest() <= of.Latest()
}

// isThen reports whether what has a date may have been by the day of the question, and in the window.
func (g *graphView) isThen(date graph.Date, w Window) bool { return g.happened(date) && w.Has(date) }

// isOf reports whether each of the sets has a meeting of those that make a unit.
func isOf(meetings []ledger.EntityNo, sets []map[ledger.EntityNo]bool) bool {
	for _, set := range sets {
		if !slices.ContainsFunc(meetings, func(m ledger.EntityNo) bool { return set[m] }) {
			return false
		}
	}
	return true
}

// parts are a process and the processes that are part of it, of those, and so on.
func (g *graphView) parts(process ledger.EntityNo) []ledger.EntityNo {
	all := []ledger.EntityNo{process}
	for i := 0; i < len(all); i++ {
		for p := range g.subjects(all[i], graph.PartOf) {
			if g.Kind(p) == graph.Process && !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
	}
	return all
}

// meetingsOf are those that belong to any of the processes.
func (g *graphView) meetingsOf(processes []ledger.EntityNo) map[ledger.EntityNo]bool {
	found := make(map[ledger.EntityNo]bool)
	for _, p := range processes {
		for m := range g.subjects(p, graph.BelongsTo) {
			found[m] = true
		}
	}
	return found
}

// meetingsAbout are those that concern a conflict, and those of the processes that do.
func (g *graphView) meetingsAbout(conflict ledger.EntityNo) map[ledger.EntityNo]bool {
	var processes []ledger.EntityNo
	about := make(map[ledger.EntityNo]bool)
	for m := range g.subjects(conflict, graph.Concerns) {
		if g.Kind(m) == graph.Process {
			processes = append(processes, g.parts(m)...)
		} else {
			about[m] = true
		}
	}
	for m := range g.meetingsOf(processes) {
		about[m] = true
	}
	return about
}

// subjects yields the groups of those of whom the relation to an entity is claimed as a fact, one maybe several times.
func (g *graphView) subjects(e ledger.EntityNo, p graph.Predicate) func(yield func(ledger.EntityNo) bool) {
	return func(yield func(ledger.EntityNo) bool) {
		for _, m := range g.Members(e) {
			for x := range g.Edges(m, p.Info().Code, topology.In) {
				if g.Accepted(x.Claim) && !yield(g.Group(x.Other)) {
					return
				}
			}
		}
	}
}

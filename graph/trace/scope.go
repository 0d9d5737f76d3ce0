package trace

import (
	"cmp"
	"context"
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

// everyMeeting is how many entities or units are looked at between two questions whether the caller has given up.
const everyMeeting = 1 << 10

// unitsIn lists the units of a narrow scope, each once, by their numbers.
func (g *graphView) unitsIn(ctx context.Context, sc *Scope) ([]*Unit, error) {
	belongs := []map[ledger.EntityNo]bool{}
	if sc.Process != ledger.NoEntity {
		belongs = append(belongs, g.meetingsOf(g.parts(sc.Process)))
	}
	if sc.Conflict != ledger.NoEntity {
		belongs = append(belongs, g.meetingsAbout(sc.Conflict))
	}
	seen := make(map[*Unit]bool)
	var units []*Unit
	visited := 0
	for m := range g.candidates(sc, belongs) {
		if visited++; visited%everyMeeting == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !g.allowed(m) {
			continue
		}
		if u := g.unit(m); !seen[u] {
			seen[u] = true
			if g.happened(u.Date) && sc.Window.Has(u.Date) && g.isOf(u, belongs) && g.isBetween(u, sc.Between) {
				units = append(units, u)
			}
		}
	}
	slices.SortFunc(units, byNumber)
	return units, ctx.Err()
}

func byNumber(a, b *Unit) int { return cmp.Compare(a.Meetings[0], b.Meetings[0]) }

// candidates yields meetings among which all of the scope are: those of whichever of its parts has the fewest.
func (g *graphView) candidates(sc *Scope, belongs []map[ledger.EntityNo]bool) func(yield func(ledger.EntityNo) bool) {
	return func(yield func(ledger.EntityNo) bool) {
		if len(belongs) > 0 {
			least := slices.MinFunc(belongs, func(a, b map[ledger.EntityNo]bool) int { return len(a) - len(b) })
			for m := range least {
				if !yield(m) {
					return
				}
			}
			return
		}
		for _, m := range g.shared(sc.Between) {
			if !yield(m) {
				return
			}
		}
	}
}

// manyMore is how many times as many claims an actor must have for it to be left out when shared meetings are looked for: then it is
// cheaper to look at the meetings of the others one by one.
const manyMore = 64

// shared lists meetings, one of each unit, among which are all in which the actors have parts that count.
func (g *graphView) shared(actors []ledger.EntityNo) []ledger.EntityNo {
	n := newNet(g, Window{})
	defer n.close()
	actors = slices.SortedFunc(slices.Values(actors), func(a, b ledger.EntityNo) int { return cmp.Compare(g.Degree(a), g.Degree(b)) })
	shared := n.meetings(n.actor(actors[0]))
	var there []bool // of each unit, whether the actor has a part in it
	for _, a := range actors[1:] {
		if len(shared) == 0 || g.Degree(a) > manyMore*len(shared) {
			break
		}
		links := n.meetings(n.actor(a))
		there = slices.Grow(there[:0], len(n.ofUnit))[:len(n.ofUnit)]
		clear(there)
		for _, l := range links {
			there[l.to()] = true
		}
		shared = slices.DeleteFunc(slices.Clone(shared), func(l link) bool { return !there[l.to()] })
	}
	meetings := make([]ledger.EntityNo, len(shared))
	for i, l := range shared {
		meetings[i] = n.meetingNos.entities[l.to()]
	}
	return meetings
}

// happened reports whether what has a date may have been by the day of the question.
func (g *graphView) happened(date graph.Date) bool {
	of := g.filter.AsOf
	return of.IsZero() || date.IsZero() || date.Earliest() <= of.Latest()
}

// isOf reports whether each of the sets has a meeting of the unit.
func (g *graphView) isOf(u *Unit, sets []map[ledger.EntityNo]bool) bool {
	return !slices.ContainsFunc(sets, func(set map[ledger.EntityNo]bool) bool {
		return !slices.ContainsFunc(u.Meetings, func(m ledger.EntityNo) bool { return set[m] })
	})
}

// isBetween reports whether all of the actors were parties in the unit.
func (g *graphView) isBetween(u *Unit, actors []ledger.EntityNo) bool {
	if len(actors) == 0 {
		return true
	}
	ties := g.at(u)
	return !slices.ContainsFunc(actors, func(a ledger.EntityNo) bool {
		return !slices.ContainsFunc(ties, func(t Tie) bool { return t.For == a && t.strength() == 0 })
	})
}

// strength is that of a third party's role; a party's is 0.
func (t *Tie) strength() int { return graph.PredicateOf(t.Role).Strength }

// parts are a process and the processes that are part of it, of those, and so on.
func (g *graphView) parts(process ledger.EntityNo) []ledger.EntityNo {
	all := []ledger.EntityNo{process}
	for i := 0; i < len(all); i++ {
		for p := range g.subjects(all[i], graph.PartOf) {
			if g.kind(p) == graph.Process && !slices.Contains(all, p) {
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
		if g.kind(m) == graph.Process {
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
				if factual(g.Source(x.Claim).Stance) && !yield(g.Group(x.Other)) {
					return
				}
			}
		}
	}
}

package trace

import (
	"cmp"
	"slices"
	"sync"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A Filter says which ties count in a question.
type Filter struct {
	// Roles are the ties that are looked at at all; nil is every one.
	Roles []graph.Predicate
	// Stances, Claimants and Coders restrict the claims that make ties; nil stances are those that count as facts, asserted and
	// implied, and nil claimants or coders are all. Entities are those that stand for their groups.
	Stances           []graph.Stance
	Claimants, Coders []ledger.EntityNo
	// Exclude are entities that have no part in the answer, as actors or as meetings.
	Exclude []ledger.EntityNo
	// AsOf, unless it is absent, leaves out what happened later.
	AsOf graph.Date
	// RollUp lets ties count for those on whose behalf they were: the states and international organizations at the top.
	RollUp bool
}

// Ordinary reports whether the filter is that of most questions: every tie that is claimed as a fact, on whose word ever.
func (f *Filter) Ordinary() bool {
	return f.Roles == nil && f.Stances == nil && f.Claimants == nil && f.Coders == nil && len(f.Exclude) == 0 && f.AsOf.IsZero()
}

// A Tie is one actor's part in a meeting, as one claim says.
type Tie struct {
	Claim   ledger.ClaimNo
	Role    uint8           // the predicate's code
	Actor   ledger.EntityNo // as the claim names it, its group
	Meeting ledger.EntityNo // likewise
	For     ledger.EntityNo // for whom it counts
	When    graph.Date      // the claim's own date
}

// A graphView is the graph as a question sees it.
type graphView struct {
	*topology.Snapshot
	filter Filter
	*tieRoles
	anyWord  bool      // claims count by their stance alone: if they are meant as facts
	anyTime  bool      // neither day nor exclusions decide which ties count
	verdicts []verdict // of the sources of claims, by number

	// What is remembered of entities that are out of the ordinary. Most questions come to none, so each is made when it is needed.
	tops   map[standing][]ledger.EntityNo
	ties   map[ledger.EntityNo][]Tie // of an actor as named
	units  map[ledger.EntityNo]*Unit
	inside map[ledger.EntityNo]bool
	alone  map[ledger.EntityNo]bool // whether it stands for nobody else, ever

	*room
}

// A room is the memory that a question works with. It is handed on to later questions.
type room struct {
	found         []ledger.EntityNo // for whom a tie counts; used again for each
	near          []topology.Stub   // the claims around an entity; used again for each
	maybe, theirs []ledger.EntityNo // the meetings among which those of a scope are, and those of one of its parties
	seated        []Tie             // to the units of a scope, unit by unit
	ends          []int             // where those to each unit end among them
	sessions      []session
	lower         []ledger.EntityNo // those directly below an actor
	sieve         sieve
	tracker       tracker
}

// A standing is an actor at a time.
type standing struct {
	actor ledger.EntityNo
	date  graph.Date
}

// tieRoles are the ties that count, by code. All of them lie from the first code to the last, and those of parties from the first of
// theirs to the last.
type tieRoles struct {
	roles                 [256]bool
	firstRole, lastRole   uint8
	firstParty, lastParty uint8
}

var everyRole = newTieRoles(nil)

// newTieRoles makes the table of some roles; nil is all of them.
func newTieRoles(roles []graph.Predicate) *tieRoles {
	t := &tieRoles{firstRole: 1, firstParty: 1} // with lasts of 0: none
	for _, info := range graph.Predicates() {
		if !info.Tie || roles != nil && !slices.Contains(roles, info.Name) {
			continue
		}
		t.roles[info.Code] = true
		widen(&t.firstRole, &t.lastRole, info.Code)
		if !info.ThirdParty() {
			widen(&t.firstParty, &t.lastParty, info.Code)
		}
	}
	return t
}

// widen takes a code into a stretch of codes.
func widen(first, last *uint8, code uint8) {
	if *last == 0 {
		*first = code
	}
	*first, *last = min(*first, code), max(*last, code)
}

// views are those that were given back, for the memory that they work with.
var views = sync.Pool{New: func() any { return &graphView{room: new(room)} }}

func newView(s *topology.Snapshot, f Filter) *graphView {
	g := views.Get().(*graphView)
	g.Snapshot, g.filter, g.tieRoles = s, f, everyRole
	g.anyWord = f.Stances == nil && f.Claimants == nil && f.Coders == nil
	g.anyTime = f.AsOf.IsZero() && len(f.Exclude) == 0
	if f.Roles != nil {
		g.tieRoles = newTieRoles(f.Roles)
	}
	return g
}

// close gives a view back, which must not be used any more. What was found in it stays.
func (g *graphView) close() {
	clear(g.sessions) // which are parts of the answer
	*g = graphView{room: g.room}
	views.Put(g)
}

// A verdict says whether claims of a source count, as far as that is known.
type verdict uint8

const (
	unknown verdict = iota
	passes
	fails
)

// heard is counts of a stub's claim, which nearly always tells it by itself.
func (g *graphView) heard(x topology.Stub) bool {
	return g.anyWord && x.Accepted() || !g.anyWord && g.counts(x.Claim())
}

// counts reports whether a claim is meant, and on the word, that was asked for. Sources are few.
func (g *graphView) counts(c ledger.ClaimNo) bool {
	if g.anyWord {
		return g.Accepted(c)
	}
	no := int(g.SourceNo(c))
	if no >= len(g.verdicts) {
		g.verdicts = append(g.verdicts, make([]verdict, no+1-len(g.verdicts))...)
	}
	if g.verdicts[no] == unknown {
		g.verdicts[no] = fails
		if g.heeds(c) {
			g.verdicts[no] = passes
		}
	}
	return g.verdicts[no] == passes
}

// heeds is counts by the claim's source itself.
func (g *graphView) heeds(c ledger.ClaimNo) bool {
	source := g.Source(c)
	if g.filter.Stances == nil {
		if !g.Accepted(c) {
			return false
		}
	} else if stance, ok := graph.StanceOf(source.Stance); !ok || !slices.Contains(g.filter.Stances, stance) {
		return false
	}
	return among(g.Snapshot, source.Claimant, g.filter.Claimants) && among(g.Snapshot, source.Coder, g.filter.Coders)
}

func among(s *topology.Snapshot, e ledger.EntityNo, list []ledger.EntityNo) bool {
	return list == nil || e != ledger.NoEntity && slices.Contains(list, s.Group(e))
}

// tiesOf lists the ties that an actor has itself, as claims name it, with those for whom each counts.
func (g *graphView) tiesOf(actor ledger.EntityNo) []Tie {
	if ties, ok := g.ties[actor]; ok {
		return ties
	}
	var ties []Tie
	for _, m := range g.Members(actor) {
		g.near = g.Stubs(g.near[:0], m, g.firstRole, g.lastRole, topology.Out)
		for _, x := range g.near {
			if x.Other() == ledger.NoEntity {
				continue
			}
			if meeting := g.Group(x.Other()); g.allowed(meeting) {
				ties = g.appendTies(ties, x, actor, meeting)
			}
		}
	}
	if g.ties == nil {
		g.ties = make(map[ledger.EntityNo][]Tie)
	}
	g.ties[actor] = ties
	return ties
}

// appendTies appends a claim as a tie for each of those for whom it counts; none if it does not count. The meeting is one that is allowed.
func (g *graphView) appendTies(ties []Tie, x topology.Stub, actor, meeting ledger.EntityNo) []Tie {
	if !g.roles[x.Predicate()] || !g.heard(x) {
		return ties
	}
	var own graph.Date
	if x.Dated() {
		own = g.When(x)
	}
	if g.anyTime && !x.Qualified() && !g.MayCountElsewhere(actor) { // as nearly all
		return append(ties, Tie{x.Claim(), x.Predicate(), actor, meeting, actor, own})
	}
	g.found = g.attributed(g.found[:0], x.Claim(), x.Qualified(), own, actor, meeting)
	for _, head := range g.found {
		ties = append(ties, Tie{x.Claim(), x.Predicate(), actor, meeting, head, own})
	}
	return ties
}

// countsFor appends those for whom a tie counts, at a meeting that is allowed: one that a claim with a date of its own, or an absent one, makes.
func (g *graphView) countsFor(heads []ledger.EntityNo, claim ledger.ClaimNo, qualified bool, when graph.Date, actor, meeting ledger.EntityNo) []ledger.EntityNo {
	if !g.counts(claim) {
		return heads
	}
	return g.attributed(heads, claim, qualified, when, actor, meeting)
}

// attributed is countsFor of a claim that counts.
func (g *graphView) attributed(heads []ledger.EntityNo, claim ledger.ClaimNo, qualified bool, when graph.Date, actor, meeting ledger.EntityNo) []ledger.EntityNo {
	if slices.Contains(g.filter.Exclude, actor) {
		return heads
	}
	if !g.filter.AsOf.IsZero() {
		if when.IsZero() {
			when = g.dateOf(meeting)
		}
		if !g.happened(when) {
			return heads
		}
	}
	if !g.filter.RollUp || g.standsAlone(actor) && !(qualified && g.Delegated(claim)) {
		return append(heads, actor)
	}
	if when.IsZero() {
		when = g.dateOf(meeting)
	}
	for _, head := range g.heads(claim, qualified, actor, when) {
		if !slices.Contains(g.filter.Exclude, head) {
			heads = append(heads, head)
		}
	}
	return heads
}

// sortTies orders ties by meeting, for whom they count, role, actor and claim.
func sortTies(ties []Tie) {
	slices.SortFunc(ties, func(a, b Tie) int { return compareTies(&a, &b) })
}

func compareTies(a, b *Tie) int {
	switch {
	case a.Meeting != b.Meeting:
		return cmp.Compare(a.Meeting, b.Meeting)
	case a.For != b.For:
		return cmp.Compare(a.For, b.For)
	}
	return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Actor, b.Actor), cmp.Compare(a.Claim, b.Claim))
}

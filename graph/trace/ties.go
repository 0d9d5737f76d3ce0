package trace

import (
	"cmp"
	"slices"

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
	roles  [256]bool // by code: the ties that count
	// All of them lie from the first code to the last.
	firstRole, lastRole uint8
	verdicts            []verdict // of the sources of claims, by number

	tops   map[standing][]ledger.EntityNo
	ties   map[ledger.EntityNo][]Tie // of an actor as named
	units  map[ledger.EntityNo]*Unit
	inside map[ledger.EntityNo]bool
	alone  map[ledger.EntityNo]bool // whether it stands for nobody else, ever
	found  []ledger.EntityNo        // for whom a tie counts; used again for each
}

// A standing is an actor at a time.
type standing struct {
	actor ledger.EntityNo
	date  graph.Date
}

// A Unit is what counts as one meeting: a summit and the texts adopted there, or a meeting by itself.
type Unit struct {
	// Meetings are in ledger order; the first one's number is the unit's.
	Meetings []ledger.EntityNo
	Date     graph.Date // the one-of set of their dates
}

func newView(s *topology.Snapshot, f Filter) *graphView {
	g := &graphView{
		Snapshot: s, filter: f,
		tops: make(map[standing][]ledger.EntityNo), ties: make(map[ledger.EntityNo][]Tie),
		units: make(map[ledger.EntityNo]*Unit), inside: make(map[ledger.EntityNo]bool),
		alone: make(map[ledger.EntityNo]bool),
	}
	g.firstRole = 1 // with a last of 0: none
	for _, info := range graph.Predicates() {
		if info.Tie && (f.Roles == nil || slices.Contains(f.Roles, info.Name)) {
			if g.lastRole == 0 {
				g.firstRole = info.Code
			}
			g.roles[info.Code] = true
			g.firstRole, g.lastRole = min(g.firstRole, info.Code), max(g.lastRole, info.Code)
		}
	}
	return g
}

// A verdict says whether claims of a source count, as far as that is known.
type verdict uint8

const (
	unknown verdict = iota
	passes
	fails
)

// counts reports whether a claim is meant, and on the word, that was asked for. Sources are few.
func (g *graphView) counts(c ledger.ClaimNo) bool {
	if f := &g.filter; f.Stances == nil && f.Claimants == nil && f.Coders == nil {
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
		if !factual(source.Stance) {
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

// unit is the unit of a meeting.
func (g *graphView) unit(meeting ledger.EntityNo) *Unit {
	if u, ok := g.units[meeting]; ok {
		return u
	}
	u := &Unit{Meetings: []ledger.EntityNo{meeting}}
	var dates []graph.Date
	for i := 0; i < len(u.Meetings); i++ {
		m := u.Meetings[i]
		dates = append(dates, g.Date(m))
		for _, member := range g.Members(m) {
			for _, direction := range []topology.Direction{topology.Out, topology.In} {
				for x := range g.Edges(member, adoptedAt, direction) {
					other := g.Group(x.Other)
					if factual(g.Source(x.Claim).Stance) && g.IsMeeting(other) && !slices.Contains(u.Meetings, other) {
						u.Meetings = append(u.Meetings, other)
					}
				}
			}
		}
	}
	slices.Sort(u.Meetings)
	u.Date = graph.OneOf(dates...)
	for _, m := range u.Meetings {
		g.units[m] = u
	}
	return u
}

// factual reports whether a stance counts as a fact.
func factual(stance uint8) bool { return stance == asserted || stance == implied }

var asserted, implied = graph.Asserted.Code(), graph.Implied.Code()

// tiesOf lists the ties that an actor has itself, as claims name it, with those for whom each counts.
func (g *graphView) tiesOf(actor ledger.EntityNo) []Tie {
	if ties, ok := g.ties[actor]; ok {
		return ties
	}
	var ties []Tie
	var stubs []topology.Stub
	for _, m := range g.Members(actor) {
		stubs = g.Stubs(stubs[:0], m, g.firstRole, g.lastRole, topology.Out)
		for _, x := range stubs {
			if x.Other() != ledger.NoEntity {
				ties = g.appendTies(ties, x, actor, g.Group(x.Other()))
			}
		}
	}
	g.ties[actor] = ties
	return ties
}

// appendTies appends a claim as a tie for each of those for whom it counts; none if it does not count.
func (g *graphView) appendTies(ties []Tie, x topology.Stub, actor, meeting ledger.EntityNo) []Tie {
	if !g.roles[x.Predicate()] || !g.allowed(meeting) {
		return ties
	}
	own := g.When(x)
	g.found = g.countsFor(g.found[:0], x.Claim(), x.Qualified(), own, actor, meeting)
	for _, head := range g.found {
		ties = append(ties, Tie{Claim: x.Claim(), Role: x.Predicate(), Actor: actor, Meeting: meeting, For: head, When: own})
	}
	return ties
}

// countsFor appends those for whom a tie counts, at a meeting that is allowed: one that a claim with a date of its own, or an absent one, makes.
func (g *graphView) countsFor(heads []ledger.EntityNo, claim ledger.ClaimNo, qualified bool, when graph.Date, actor, meeting ledger.EntityNo) []ledger.EntityNo {
	if !g.counts(claim) || slices.Contains(g.filter.Exclude, actor) {
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

// single reports whether the meeting is a unit by itself that is known by one id, as nearly all are.
func (g *graphView) single(meeting ledger.EntityNo) bool {
	return !g.MayBeJoined(meeting) && !g.Merged(meeting)
}

// dateOf is the date of a meeting's unit.
func (g *graphView) dateOf(meeting ledger.EntityNo) graph.Date {
	if g.single(meeting) {
		return g.Date(meeting)
	}
	return g.unit(meeting).Date
}

// allowed reports whether the entity is a meeting that may have a part in the answer.
func (g *graphView) allowed(meeting ledger.EntityNo) bool {
	allowed, known := g.inside[meeting]
	if !known {
		allowed = g.IsMeeting(meeting) && !slices.ContainsFunc(g.unit(meeting).Meetings, func(m ledger.EntityNo) bool {
			return slices.Contains(g.filter.Exclude, m)
		})
		g.inside[meeting] = allowed
	}
	return allowed
}

// sortTies orders ties by meeting, for whom they count, role, actor and claim.
func sortTies(ties []Tie) {
	slices.SortFunc(ties, func(a, b Tie) int {
		return cmp.Or(cmp.Compare(a.Meeting, b.Meeting), cmp.Compare(a.For, b.For), cmp.Compare(a.Role, b.Role),
			cmp.Compare(a.Actor, b.Actor), cmp.Compare(a.Claim, b.Claim))
	})
}

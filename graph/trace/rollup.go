package trace

import (
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// upwards are the relations by which an actor stands for another.
var upwards = graph.UpwardCodes()

var (
	contributedTo = graph.ContributedTo.Info().Code
	memberOf      = graph.MemberOf.Info().Code
	adoptedAt     = graph.AdoptedAt.Info().Code
	onBehalfOf    = graph.OnBehalfOf.Info().Code
)

// heads are those for whom a tie counts: on whose behalf the claim says it was, else whom the actor stands for at that time; always to the
// top.
func (g *graphView) heads(claim ledger.ClaimNo, qualified bool, actor ledger.EntityNo, when graph.Date) []ledger.EntityNo {
	var principals []ledger.EntityNo
	if qualified {
		principals = g.principals(claim)
	}
	if len(principals) == 0 {
		return g.top(actor, when)
	}
	var heads []ledger.EntityNo
	for _, p := range principals {
		heads = append(heads, g.top(p, when)...)
	}
	return inOrder(heads)
}

// principals are those on whose behalf a claim says that its subject acted, each once, in ledger order; none if it does not say.
func (g *graphView) principals(claim ledger.ClaimNo) []ledger.EntityNo {
	principals := g.Principals(claim)
	for i, p := range principals {
		principals[i] = g.Group(p)
	}
	return inOrder(principals)
}

// top are those at the top whom an actor stands for at a time, itself if there is nobody above it, in ledger order.
func (g *graphView) top(actor ledger.EntityNo, when graph.Date) []ledger.EntityNo {
	key := standing{actor, when}
	if top, ok := g.tops[key]; ok {
		return top
	}
	var top []ledger.EntityNo
	seen := []ledger.EntityNo{actor}
	for i := 0; i < len(seen); i++ {
		above := g.above(seen[i], when)
		if len(above) == 0 {
			top = append(top, seen[i])
		}
		for _, a := range above {
			if !slices.Contains(seen, a) {
				seen = append(seen, a)
			}
		}
	}
	if len(top) == 0 { // everybody stands for somebody else, round in a circle
		top = []ledger.EntityNo{actor}
	}
	slices.Sort(top)
	if g.tops == nil {
		g.tops = make(map[standing][]ledger.EntityNo)
	}
	g.tops[key] = top
	return top
}

// standsAlone reports whether an actor stands for nobody else at any time.
func (g *graphView) standsAlone(actor ledger.EntityNo) bool {
	if !g.MayCountElsewhere(actor) {
		return true
	}
	alone, known := g.alone[actor]
	if !known {
		alone = len(g.above(actor, graph.Date{})) == 0
		if g.alone == nil {
			g.alone = make(map[ledger.EntityNo]bool)
		}
		g.alone[actor] = alone
	}
	return alone
}

// above are those whom an actor stands for at a time, directly; at an absent one, those of any time.
func (g *graphView) above(actor ledger.EntityNo, when graph.Date) []ledger.EntityNo {
	var above []ledger.EntityNo
	g.ascend(actor, when, func(_ ledger.ClaimNo, other ledger.EntityNo) {
		if !slices.Contains(above, other) {
			above = append(above, other)
		}
	})
	if len(above) > 0 && g.speaksForItself(actor) {
		return nil
	}
	return above
}

// ascend calls add with each claim that an actor stood for another at a time, and with whom. Those of a top are passed, too, but for a state's.
func (g *graphView) ascend(actor ledger.EntityNo, when graph.Date, add func(claim ledger.ClaimNo, other ledger.EntityNo)) {
	kind := g.Kind(actor)
	if kind == graph.State {
		return
	}
	pass := func(x topology.Edge) {
		other := g.Group(x.Other)
		if g.Accepted(x.Claim) && mayHold(x.When, when) && g.Kind(other).Party() {
			add(x.Claim, other)
		}
	}
	for _, m := range g.Members(actor) {
		for _, code := range upwards {
			for x := range g.Edges(m, code, topology.Out) {
				pass(x)
			}
		}
		if kind == graph.PeacekeepingForce {
			for x := range g.Edges(m, contributedTo, topology.In) {
				pass(x)
			}
		}
	}
}

// speaksForItself reports whether an actor is an international organization, whatever it is a part of.
func (g *graphView) speaksForItself(actor ledger.EntityNo) bool {
	return g.Kind(actor) == graph.Organization && g.international(actor)
}

// international reports whether an organization has a state among its members: such a one speaks for itself.
func (g *graphView) international(organization ledger.EntityNo) bool {
	for _, m := range g.Members(organization) {
		for x := range g.Edges(m, memberOf, topology.In) {
			if g.Accepted(x.Claim) && g.Kind(g.Group(x.Other)) == graph.State {
				return true
			}
		}
	}
	return false
}

// mayHold reports whether what spans a time may have held on a day of a date. Where either is not known it may.
func mayHold(span, date graph.Date) bool {
	return span.IsZero() || date.IsZero() || span.Earliest() <= date.Latest() && date.Earliest() <= span.Latest()
}

// below are those whose claims may count for an actor: itself, whoever stands for one of them, and whoever acted on behalf of one of them.
func (g *graphView) below(actor ledger.EntityNo) []ledger.EntityNo {
	if !g.hasUnder(actor, topology.Standing) {
		return []ledger.EntityNo{actor}
	}
	return g.under(actor, g.standing)
}

// standing appends those who stand for an entity, as claims name them.
func (g *graphView) standing(to []ledger.EntityNo, e ledger.EntityNo) []ledger.EntityNo {
	g.near = g.near[:0]
	for _, code := range upwards {
		g.near = g.Stubs(g.near, e, code, code, topology.In)
	}
	g.near = g.Stubs(g.near, e, contributedTo, contributedTo, topology.Out)
	for _, x := range g.near {
		to = append(to, x.Other())
	}
	return to
}

// takers are those of below who may have ties, and some who may have been among them at another commit. Of those who lead an actor or are
// parts of it most have none, and nobody under them who could.
//
// It is short enough to be compiled into its callers, where the list of an actor alone needs no memory.
func (g *graphView) takers(actor ledger.EntityNo) []ledger.EntityNo {
	if takers := g.backers(actor); takers != nil {
		return takers
	}
	return []ledger.EntityNo{actor}
}

// backers is takers of an actor for whom somebody else may have had ties; nil of any other.
func (g *graphView) backers(actor ledger.EntityNo) []ledger.EntityNo {
	if !g.hasUnder(actor, topology.Backed) {
		return nil
	}
	return g.under(actor, g.partaking)
}

// partaking appends those who may stand for an entity and have ties, as claims name them.
func (g *graphView) partaking(to []ledger.EntityNo, e ledger.EntityNo) []ledger.EntityNo {
	from := len(to)
	for _, code := range upwards {
		to = g.Others(to, e, code, code, topology.In)
	}
	to = g.Others(to, e, contributedTo, contributedTo, topology.Out)
	kept := to[:from]
	for _, other := range to[from:] {
		if g.MayPartake(other) {
			kept = append(kept, other)
		}
	}
	return kept
}

// hasUnder reports whether there may be anybody below an actor, of whom edges of the sort tell.
func (g *graphView) hasUnder(actor ledger.EntityNo, sort topology.Sort) bool {
	return g.filter.RollUp && g.hasSort(actor, sort)
}

// under is an actor and those below it: whom next appends for each of them, and who acted on its behalf.
func (g *graphView) under(actor ledger.EntityNo, next func(to []ledger.EntityNo, e ledger.EntityNo) []ledger.EntityNo) []ledger.EntityNo {
	below := []ledger.EntityNo{actor}
	var seen map[ledger.EntityNo]bool // all of below but the actor, once there are some
	add := func(e ledger.EntityNo) {
		other := g.Group(e)
		if other == actor || seen[other] {
			return
		}
		if seen == nil {
			seen = make(map[ledger.EntityNo]bool)
		}
		seen[other] = true
		below = append(below, other)
	}
	for i := 0; i < len(below); i++ {
		for _, m := range g.Members(below[i]) {
			g.lower = next(g.lower[:0], m)
			for _, e := range g.lower {
				add(e)
			}
			for x := range g.Mentions(m, onBehalfOf) {
				if g.roles[x.Predicate] {
					add(x.Other)
				}
			}
		}
	}
	return below
}

// leadsUp reports whether an actor may stand for anybody. If not, its ties count for itself at any time, unless their claims say on whose
// behalf they were.
func (g *graphView) leadsUp(actor ledger.EntityNo) bool {
	return g.MayCountElsewhere(actor) && g.hasSort(actor, topology.StandingFor) && g.Kind(actor) != graph.State
}

// hasSort reports whether an entity, or one that it is merged with, may have edges of a sort.
func (g *graphView) hasSort(e ledger.EntityNo, sort topology.Sort) bool {
	if !g.MayCountElsewhere(e) || g.Alone(e) {
		return g.Sorts(e)&sort != 0
	}
	return slices.ContainsFunc(g.Members(e), func(m ledger.EntityNo) bool { return g.Sorts(m)&sort != 0 })
}

// countingFor lists the ties that count for an actor, sorted.
func (g *graphView) countingFor(actor ledger.EntityNo) []Tie {
	var ties []Tie
	for _, b := range g.takers(actor) {
		for _, t := range g.tiesOf(b) {
			if t.For == actor {
				ties = append(ties, t)
			}
		}
	}
	sortTies(ties)
	return ties
}

package store

import (
	"slices"

	"entente/graph"
	"entente/graph/topology"
)

// A gathering puts ties of a filter together that make one part.
type gathering struct {
	v      *View
	f      *ParticipationFilter
	roles  []uint8 // the codes of those that the filter asks for
	window Window  // of the dates of parts
	// date is that of all meetings there are ties to, if dated is set.
	date  graph.Date
	dated bool

	parts []Participation
	from  int             // parts before are made; none of the ties to come is of them
	byKey map[partKey]int // of the others, once there are many
	nos   []ClaimNo       // what the lists of claims are cut from
}

// few is how many parts are looked through one by one.
const few = 8

// place is the place of the part of a key among the parts.
func (g *gathering) place(key partKey) int {
	today := g.parts[g.from:]
	if g.byKey == nil {
		for i := range today {
			if p := &today[i]; p.Meeting == key.meeting && p.key() == key {
				return g.from + i
			}
		}
		if len(today) >= few {
			g.byKey = make(map[partKey]int)
			for i := range today {
				g.byKey[today[i].key()] = g.from + i
			}
		}
	} else if at, ok := g.byKey[key]; ok {
		return at
	}
	at := len(g.parts)
	if g.byKey != nil {
		g.byKey[key] = at
	}
	if g.parts == nil {
		g.parts = make([]Participation, 0, few)
	}
	g.parts = append(g.parts, Participation{})
	p := &g.parts[at]
	p.Actor, p.Meeting, p.OnBehalfOf, p.role = key.actor, key.meeting, key.principal, key.role
	return at
}

// add adds a claim to a part.
func (g *gathering) add(p *Participation, claim ClaimNo) {
	if p.Claims == nil {
		if g.nos == nil {
			g.nos = make([]ClaimNo, 0, few)
		}
		g.nos = append(g.nos, claim)
		p.Claims = g.nos[len(g.nos)-1 : len(g.nos) : len(g.nos)]
	} else {
		p.Claims = append(p.Claims, claim)
	}
}

// meeting gathers the ties to the filter's meeting.
func (g *gathering) meeting() {
	var enough [16]topology.Stub // for nearly all meetings
	stubs := enough[:0]
	meeting := *g.f.Meeting
	for _, m := range g.v.snap.Members(meeting) {
		for _, role := range g.roles {
			stubs = g.v.snap.Stubs(stubs[:0], m, role, role, topology.In)
			for _, x := range stubs {
				g.tie(x, g.v.snap.Group(x.Other()), meeting)
			}
		}
	}
}

// actor gathers ties that the filter's actor has itself.
func (g *gathering) actor(stubs []topology.Stub) {
	for _, x := range stubs {
		g.tie(x, *g.f.Actor, g.v.snap.Group(x.Other()))
	}
}

// mentions gathers the ties that others have on behalf of the filter's actor.
func (g *gathering) mentions() {
	actor := *g.f.Actor
	for _, m := range g.v.snap.Members(actor) {
		for subject, x := range g.v.snap.OnBehalf(m) {
			if other := g.v.snap.Group(subject); other != actor && slices.Contains(g.roles, x.Predicate()) {
				g.tie(x, other, g.v.snap.Group(x.Other()))
			}
		}
	}
}

// tie adds a tie to the parts that it makes, one for each principal.
func (g *gathering) tie(x topology.Stub, actor, meeting Entity) {
	v, claim := g.v, x.Claim()
	if !v.asOf.IsZero() && !v.onDay(graph.PredicateOf(x.Predicate()), v.tieWhen(v.snap.When(x), meeting)) {
		return
	}
	denied, accepted := false, x.Accepted()
	if !accepted || g.f.Stances != nil {
		denied, accepted = v.snap.Source(claim).Stance == deniedCode, v.accepts(claim, g.f.Stances)
	}
	key := partKey{x.Predicate(), actor, meeting, NoEntity}
	if !x.Qualified() || !v.snap.Delegated(claim) {
		if g.f.Actor == nil || actor == *g.f.Actor {
			g.told(key, x, denied, accepted)
		}
		return
	}
	for _, key.principal = range v.principals(claim) {
		if g.f.Actor == nil || actor == *g.f.Actor || key.principal == *g.f.Actor {
			g.told(key, x, denied, accepted)
		}
	}
}

var deniedCode = graph.Denied.Code()

func (g *gathering) told(key partKey, x topology.Stub, denied, accepted bool) {
	if !denied && !accepted {
		return
	}
	p := &g.parts[g.place(key)]
	p.denied = p.denied || denied
	if accepted {
		g.add(p, x.Claim())
		if x.Dated() {
			p.When = graph.OneOf(p.When, g.v.snap.When(x))
		}
	}
}

// all ends the gathering of parts. It drops those that nobody claims, or that are out of the window, and tells all there is to know of the
// others.
func (g *gathering) all() []Participation {
	kept := g.from
	for i := g.from; i < len(g.parts); i++ {
		p := &g.parts[i]
		if len(p.Claims) == 0 {
			continue
		}
		if len(p.Claims) > 1 {
			slices.Sort(p.Claims)
			p.Claims = slices.Compact(p.Claims)
		}
		switch {
		case !p.When.IsZero():
		case g.dated:
			p.When = g.date
		default:
			p.When = g.v.snap.Date(p.Meeting)
		}
		if !g.window.Has(p.When) {
			continue
		}
		if kept < i {
			g.parts[kept] = *p
		}
		kept++
	}
	g.parts = g.parts[:kept]
	return g.parts
}

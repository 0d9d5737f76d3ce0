package store

import (
	"cmp"
	"slices"

	"entente/graph"
	"entente/graph/topology"
)

// partKey is what makes one part of several claims.
type partKey struct {
	role                      uint8
	actor, meeting, principal Entity
}

func (p *Participation) key() partKey { return partKey{p.role, p.Actor, p.Meeting, p.OnBehalfOf} }

// A place is where a part stands in the list: in that of an actor by day, the newest first, in that of a meeting by role, the strongest first.
type place [5]uint64

func (p *Participation) place(byDay bool) place {
	strength, day := 0, uint64(0)
	if !byDay {
		strength = p.strength()
	} else if !p.When.IsZero() {
		day = ordered(int32(p.When.Earliest()))
	}
	return place{^day, ^uint64(strength), uint64(p.role), uint64(p.Claims[0]), uint64(p.OnBehalfOf)}
}

func (p place) text() string { return sortable(p[:]...) }

// strength is that of the part's role.
func (p *Participation) strength() int { return graph.PredicateOf(p.role).Strength }

// tieRoles are all roles, in their documented order.
var tieRoles = func() (roles []*graph.PredicateInfo) {
	for _, info := range graph.Predicates() {
		if info.Tie {
			roles = append(roles, info)
		}
	}
	return roles
}()

// roles appends the codes of the roles that are asked for, in their documented order.
func (f *ParticipationFilter) roles(to []uint8) []uint8 {
	for _, info := range tieRoles {
		if f.Roles == nil || slices.Contains(f.Roles, info.Name) {
			to = append(to, info.Code)
		}
	}
	return to
}

// EveryPart lists the parts that [View.Participations] does, in the order in which they were found, which depends on that of the ledger.
func (v *View) EveryPart(f ParticipationFilter) []Participation { return v.parts(&f) }

func (v *View) parts(f *ParticipationFilter) []Participation {
	var codes [16]uint8
	g := gathering{v: v, f: f, roles: f.roles(codes[:0]), window: f.Window}
	if f.Meeting != nil {
		g.date, g.dated = v.snap.Date(*f.Meeting), true
		g.meeting()
		return g.all()
	}
	var stubs []topology.Stub
	for _, m := range v.snap.Members(*f.Actor) {
		for _, role := range g.roles {
			stubs = v.snap.Stubs(stubs[:0], m, role, role, topology.Out)
			g.actor(stubs)
		}
	}
	g.mentions()
	return g.all()
}

// inMeeting lists the parts in the filter's meeting in their order.
func (v *View) inMeeting(f *ParticipationFilter) []Participation {
	parts := v.parts(f)
	slices.SortFunc(parts, func(a, b Participation) int {
		return cmp.Or(cmp.Compare(b.strength(), a.strength()), byClaim(&a, &b))
	})
	return parts
}

// principals are those on whose behalf a claim says that its subject acted, NoEntity if it says of nobody.
func (v *View) principals(c ClaimNo) []Entity {
	named := v.snap.Principals(c)
	if len(named) == 0 {
		return []Entity{NoEntity}
	}
	for i, e := range named {
		named[i] = v.snap.Group(e)
	}
	slices.Sort(named)
	return slices.Compact(named)
}

package store

import (
	"cmp"
	"slices"

	"entente/graph"
	"entente/graph/topology"
)

// A wantedPart is one that an actor must have had in an agreement, itself or by those who acted on its behalf. Nothing of the part is asked but
// whether it is there, so no [Participation] is made of it.
type wantedPart struct {
	actor Entity
	roles []*graph.PredicateInfo
}

// partyRoles are the roles of parties, mediatorRoles that of mediators.
var (
	partyRoles    = slices.DeleteFunc(slices.Clone(tieRoles), (*graph.PredicateInfo).ThirdParty)
	mediatorRoles = []*graph.PredicateInfo{graph.Mediated.Info()}
)

// wantedParts are those that the filter asks for, of the actors of whom least is said first.
func (v *View) wantedParts(f *AgreementFilter) []wantedPart {
	var wanted []wantedPart
	for _, actor := range f.Between {
		wanted = append(wanted, wantedPart{actor, partyRoles})
	}
	for _, actor := range f.MediatedBy {
		wanted = append(wanted, wantedPart{actor, mediatorRoles})
	}
	slices.SortFunc(wanted, func(a, b wantedPart) int { return cmp.Compare(v.degree(a.actor), v.degree(b.actor)) })
	return wanted
}

// meetingsOf lists the meetings in which the part was had, each once.
func (v *View) meetingsOf(w *wantedPart) []Entity {
	var meetings []Entity
	add := func(x topology.Stub) {
		if meeting := v.snap.Group(x.Other()); v.counts(x, meeting) {
			meetings = append(meetings, meeting)
		}
	}
	var stubs []topology.Stub
	for _, m := range v.snap.Members(w.actor) {
		for _, role := range w.roles {
			stubs = v.snap.Stubs(stubs[:0], m, role.Code, role.Code, topology.Out)
			for _, x := range stubs {
				add(x)
			}
		}
		for _, x := range v.snap.OnBehalf(m) {
			if slices.Contains(w.roles, graph.PredicateOf(x.Predicate())) {
				add(x)
			}
		}
	}
	slices.Sort(meetings)
	return slices.Compact(meetings)
}

// had reports whether the part was had in the meeting.
func (v *View) had(w *wantedPart, meeting Entity) bool {
	var enough [16]topology.Stub // for nearly all meetings
	for _, m := range v.snap.Members(meeting) {
		for _, role := range w.roles {
			for _, x := range v.snap.Stubs(enough[:0], m, role.Code, role.Code, topology.In) {
				if v.actedFor(x, w.actor) && v.counts(x, meeting) {
					return true
				}
			}
		}
	}
	return false
}

// actedFor reports whether the subject of a tie is the actor, or had its part on the actor's behalf.
func (v *View) actedFor(x topology.Stub, actor Entity) bool {
	return v.snap.Group(x.Other()) == actor ||
		x.Qualified() && v.snap.Delegated(x.Claim()) && slices.Contains(v.principals(x.Claim()), actor)
}

// counts reports whether a tie to the meeting is accepted and, as of a day, was there.
func (v *View) counts(x topology.Stub, meeting Entity) bool {
	return v.snap.Accepted(x.Claim()) &&
		(v.asOf.IsZero() || v.onDay(graph.PredicateOf(x.Predicate()), v.tieWhen(v.snap.When(x), meeting)))
}

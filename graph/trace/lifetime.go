package trace

import (
	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// alive are the relations for which both ends have to be there at the time. One may be recognized, spoken of or appealed to before and
// after.
var alive = codesOf(
	graph.Leads, graph.Represents, graph.MemberOf, graph.Deployed, graph.ContributedTo, graph.WithdrewForce, graph.BrokeRelations,
	"controls", "partyTo", graph.BelongsTo,
)

// acting are those for which the subject has to be there.
var acting = codesOf(graph.Recognized, graph.Issued, graph.HaltedMediation, "ratified", "acceded", "withdrew", "appealTo")

func codesOf(predicates ...graph.Predicate) (is [256]bool) {
	for _, p := range predicates {
		is[p.Info().Code] = true
	}
	return is
}

// outsideLifetimeOf finds claims that have an entity act, or somebody be with it, on a day on which it was not there by any claim of its
// date, with the other end of the claim as the other one concerned. The claim comes first, then those of the lifetime. A lifetime is
// a date with a beginning or an end; a day by itself is none, and a text may be signed later.
func (f *finder) outsideLifetimeOf(e ledger.EntityNo) {
	if k := f.Kind(e); k == graph.Agreement || k == graph.Document {
		return
	}
	values := f.values(e, graph.DatePredicate)
	lifetime := graph.OneOf(datesAmong(values)...)
	if !lifetime.Throughout() || doubtful(lifetime) {
		return
	}
	dates := make([]ledger.ClaimNo, len(values))
	for i := range values {
		dates[i] = values[i].Claim
	}
	dates = inOrder(dates)
	seen := make(map[ledger.ClaimNo]bool)
	for _, m := range f.Members(e) {
		for x := range f.edges(m) {
			// Who acts for itself, under another id, is seen as the subject.
			forItself := x.Direction == topology.Mention && f.Group(x.Other) == e
			if x.Other == ledger.NoEntity || seen[x.Claim] || !mustLive(x) || forItself {
				continue
			}
			if when := f.happened(x); f.begun(when.date) && certainlyApart(when.date, lifetime) {
				seen[x.Claim] = true
				claims := append([]ledger.ClaimNo{x.Claim}, dates...)
				f.add(Finding{
					Kind: OutsideLifetime, About: e, With: []ledger.EntityNo{f.Group(x.Other)}, Claims: claims, Grounds: f.DatedAmong(when.values),
				})
			}
		}
	}
}

// mustLive reports whether the end of a claim at which the entity is has to be there.
func mustLive(x topology.Edge) bool {
	tie := graph.PredicateOf(x.Predicate).Tie
	switch x.Direction {
	case topology.Out:
		return tie || alive[x.Predicate] || acting[x.Predicate]
	case topology.In:
		return tie || alive[x.Predicate]
	}
	return tie && x.Qualifier == onBehalfOf
}

// happened is when a claim holds: its own date, or that of the meeting that it is about.
func (f *finder) happened(x topology.Edge) timing {
	switch {
	case !x.When.IsZero():
		return timing{date: x.When}
	case x.Direction == topology.Out, x.Predicate == belongsTo:
		return f.meetingDate(x.Other)
	case x.Direction == topology.Mention:
		for y := range f.Edges(x.Other, x.Predicate, topology.Out) {
			if y.Claim == x.Claim {
				return f.meetingDate(y.Other)
			}
		}
	}
	return timing{}
}

func (f *finder) meetingDate(e ledger.EntityNo) timing {
	if e = f.Group(e); !f.IsMeeting(e) {
		return timing{}
	}
	return f.timingOf(graph.Date{}, e)
}

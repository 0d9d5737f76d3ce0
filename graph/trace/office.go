package trace

import (
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// outOfOffice finds what a leader was party to on behalf of those in whose office all claims say he was at other times, with the
// principal, or [ledger.NoEntity] where none is named, and the meeting as the others concerned. The claim of the tie comes first,
// then those of his terms. A term is an office with a beginning or an end, not the word that he was in office on a day; where any
// office may have been his at the time, even one without a date, nothing is certain.
//
// A term says nothing about another office of the same state. Which office he acted in is a matter of words, which the ledger has:
// whoever asks decides by them.
func (f *finder) outOfOffice(leader ledger.EntityNo) {
	if f.Kind(leader) != graph.Leader {
		return
	}
	offices := f.officesOf(leader)
	if len(offices) == 0 {
		return
	}
	for _, m := range f.Members(leader) {
		for x := range f.edges(m) {
			info := graph.PredicateOf(x.Predicate)
			if x.Direction == topology.Out && info.Tie && !info.ThirdParty() && x.Other != ledger.NoEntity {
				f.actedIn(leader, offices, x)
			}
		}
	}
}

// actedIn finds that a leader was party to a meeting, as a claim says, on behalf of those in whose office he was not.
func (f *finder) actedIn(leader ledger.EntityNo, offices []topology.Edge, tie topology.Edge) {
	meeting := f.Group(tie.Other)
	when := f.timingOf(tie.When, meeting)
	if !f.begun(when.date) {
		return
	}
	principals := f.principals(tie.Claim)
	if len(principals) == 0 {
		principals = []ledger.EntityNo{ledger.NoEntity}
	}
	for _, p := range principals {
		terms := f.past(offices, p, when.date)
		if len(terms) == 0 {
			continue
		}
		claims, grounds := make([]ledger.ClaimNo, len(terms)), f.DatedAmong(when.values)
		for i, term := range terms {
			claims[i] = term.Claim
			grounds = append(grounds, f.common(f.Group(term.Other), p)...)
		}
		f.add(Finding{
			Kind: NotInOffice, About: leader, With: []ledger.EntityNo{p, meeting}, Claims: append([]ledger.ClaimNo{tie.Claim}, inOrder(claims)...), Grounds: inOrder(grounds),
		})
	}
}

// officesOf are what a leader leads and represents, as claims say.
func (f *finder) officesOf(leader ledger.EntityNo) []topology.Edge {
	var offices []topology.Edge
	for _, m := range f.Members(leader) {
		for _, p := range []graph.Predicate{graph.Leads, graph.Represents} {
			for x := range f.Edges(m, p.Info().Code, topology.Out) {
				if f.spend(1) && f.countsBy(x) {
					offices = append(offices, x)
				}
			}
		}
	}
	return offices
}

// past lists the terms in offices that are for a principal, or any if none is given, if the leader was in none of them at a time. It is
// empty where he may have been, or where nothing is known of a term.
func (f *finder) past(offices []topology.Edge, principal ledger.EntityNo, when graph.Date) []topology.Edge {
	var terms []topology.Edge
	for _, x := range offices {
		if principal != ledger.NoEntity && !f.standsFor(f.Group(x.Other), principal) {
			continue
		}
		if !certainlyApart(x.When, when) {
			return nil
		}
		if x.When.Throughout() {
			terms = append(terms, x)
		}
	}
	return terms
}

// standsFor reports whether an office of one is an office of the other, at any time: it is the same, or both come to the same top.
func (f *finder) standsFor(office, principal ledger.EntityNo) bool {
	return office == principal || len(f.commonTops(office, principal)) > 0
}

// commonTops are those at the top of both.
func (f *finder) commonTops(office, principal ledger.EntityNo) []ledger.EntityNo {
	tops := f.top(principal, graph.Date{})
	return slices.DeleteFunc(slices.Clone(f.top(office, graph.Date{})), func(t ledger.EntityNo) bool { return !slices.Contains(tops, t) })
}

// common lists the claims by which an office of one is an office of the other; none if no other is given.
func (f *finder) common(office, principal ledger.EntityNo) (claims []ledger.ClaimNo) {
	if office == principal || principal == ledger.NoEntity {
		return nil
	}
	for _, t := range f.commonTops(office, principal) {
		claims = slices.Concat(claims, f.ways(office, t, graph.Date{}), f.ways(principal, t, graph.Date{}))
	}
	return claims
}

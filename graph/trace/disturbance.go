package trace

import (
	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

var (
	// traitsOf are what claims tell of an entity by itself: whether it is a meeting or a state, and when it was. The last tells it of documents, and so
	// which of several claims that stand in one was made last.
	traitsOf = codesOf(graph.KindPredicate, graph.EventTypeOf, graph.DatePredicate, graph.Published)
	// bondsOf are what makes entities one, meetings one, and some stand for others, but for what is [graph.PredicateInfo.Upward].
	bondsOf = codesOf(graph.SameAs, graph.AdoptedAt, graph.ContributedTo, graph.MemberOf)
)

// Disturbs reports whether a block of the commit after a snapshot, once it is in the topology, may have changed what affiliations of the snapshot say. It
// does if one of its claims, or one that it ends or lets stand again, is of a sort that they are made of, or of none that is known. What
// is told of an entity that came with the commit changes nothing by itself: nobody was said to have met it before.
func Disturbs(b *ledger.Block, before *topology.Snapshot) bool {
	for i := range b.Claims {
		c := &b.Claims[i]
		if constitutive(c.Predicate) && !(traitsOf[c.Predicate] && c.From >= before.Entities()) {
			return true
		}
	}
	for _, c := range b.Changes {
		if constitutive(before.Predicate(c.Claim)) {
			return true
		}
	}
	return false
}

// constitutive reports whether affiliations are made of claims of a predicate, given by its code.
func constitutive(predicate uint8) bool {
	info := graph.PredicateOf(predicate)
	return info == nil || info.Tie || info.Upward || traitsOf[predicate] || bondsOf[predicate]
}

// At are the affiliations as those of a later snapshot, if no commit since theirs [Disturbs] them.
func (a *Affiliations) At(s *topology.Snapshot) *Affiliations {
	kept := *a
	kept.snapshot = s
	return &kept
}

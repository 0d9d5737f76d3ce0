package store

import (
	"slices"

	"entente/graph"
	"entente/graph/topology"
)

// Merged reports whether the entity is merged with others.
func (v *View) Merged(e Entity) bool { return !v.snap.Alone(e) }

// MergedFrom lists the ids of the other entities that the entity is merged with.
func (v *View) MergedFrom(e Entity) []graph.ID {
	var ids []graph.ID
	for _, m := range v.snap.Members(e) {
		if m != e {
			ids = append(ids, v.snap.ID(m))
		}
	}
	slices.Sort(ids)
	return ids
}

// MergedBy lists the sameAs claims by which entities are one with all that they are merged with, each once, ascending: with them the members of each hang
// together, and there is no other that joins two of them. None is of a stance that does not merge.
func (v *View) MergedBy(entities ...Entity) (claims []ClaimNo) {
	for _, e := range entities {
		for _, m := range v.snap.Members(e) {
			for x := range v.snap.Edges(m, sameAs, topology.Out) { // whatever merges leads from one member to another
				if v.snap.Accepted(x.Claim) {
					claims = append(claims, x.Claim)
				}
			}
		}
	}
	slices.Sort(claims)
	return slices.Compact(claims)
}

var (
	sameAs = graph.SameAs.Info().Code
	kindOf = graph.KindPredicate.Info().Code
)

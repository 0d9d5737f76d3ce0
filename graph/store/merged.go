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
		if !v.Merged(e) {
			continue
		}
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

// CarriedBy lists the claims by which both ends of a sameAs claim carry the exact id for which it was made on import, ascending: it has no source of its own, and
// rests on these. For an end to which no claim gives its own id, they are those of its kind, which declare it. There is none for a claim that was made otherwise.
func (v *View) CarriedBy(c *Claim) (claims []ClaimNo) {
	exact, ok := joinedFor(c)
	if !ok {
		return nil
	}
	given := false // to the end whose own id it is
	for id, no := range carrying(v.snap, exact) {
		declares := v.snap.Predicate(no) == kindOf // which come after those that give the id
		if id != c.From && id != c.To || declares && given {
			continue
		}
		given = given || !declares && string(id) == exact
		claims = append(claims, no)
	}
	slices.Sort(claims)
	return claims
}

var (
	sameAs = graph.SameAs.Info().Code
	kindOf = graph.KindPredicate.Info().Code
)

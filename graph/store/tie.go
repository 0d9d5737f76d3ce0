package store

import (
	"iter"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// All yields every entity in the order of the ledger. Merged entities come once, as the one that stands for them.
func (v *View) All() iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		for e := range v.snap.Entities() {
			if v.snap.Group(e) == e && !yield(e) {
				return
			}
		}
	}
}

// A Link is what a relation leads to, and when it holds.
type Link struct {
	Entity Entity
	When   graph.Date
}

// Links lists what the relation p leads to from e, the best claimed first, an entity once for each claim.
func (v *View) Links(e Entity, p graph.Predicate) []Link {
	var links []Link
	for _, value := range v.values(e, p) {
		if value.Other != NoEntity {
			links = append(links, Link{value.Other, value.When})
		}
	}
	return links
}

// Sources lists whom a part is from: of each claim the coder, else the document, else nobody.
func (v *View) Sources(p *Participation) []Entity {
	sources := make([]Entity, len(p.Claims))
	for i, c := range p.Claims {
		sources[i] = v.source(c)
	}
	return sources
}

// source is who encoded a claim, or the document where nobody is named.
func (v *View) source(c ClaimNo) Entity {
	source := v.snap.Source(c)
	for _, e := range []ledger.EntityNo{source.Coder, source.Document} {
		if e != NoEntity {
			return v.snap.Group(e)
		}
	}
	return NoEntity
}

// Degree counts the claims about an entity, those that have ended included: a measure of how much is said of it.
func (v *View) Degree(e Entity) int { return v.degree(e) }

// Apart lists what somebody says e is not the same as: by a sameAs claim that denies it, or by having withdrawn one. What an
// undo or a new edition ended says nothing.
func (v *View) Apart(e Entity) []Entity {
	var apart []Entity
	for _, m := range v.snap.Members(e) {
		for x := range v.snap.All(m, true) {
			if graph.PredicateOf(x.Predicate).Name != graph.SameAs || x.Direction == topology.Mention {
				continue
			}
			op, ended := v.snap.Ended(x.Claim)
			denied := v.snap.Source(x.Claim).Stance == graph.Denied.Code()
			if other := v.snap.Group(x.Other); other != e && (ended && op == ledger.Withdraw && !denied || !ended && denied) {
				apart = append(apart, other)
			}
		}
	}
	slices.Sort(apart)
	return slices.Compact(apart)
}

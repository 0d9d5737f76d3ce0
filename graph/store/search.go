package store

import (
	"math/bits"
	"slices"

	"entente/graph"
)

// A SearchQuery looks for entities by their names.
type SearchQuery struct {
	Text  string
	Kinds []graph.Kind // nil is all
	Fuzzy bool         // take names a letter or two away, too
	Limit int
}

// A SearchHit is an entity and the best of its names that matched.
type SearchHit struct {
	Score   float64
	Matched Name
	Entity  Entity
}

// Search finds entities by name, the best match first: any of their names may match, in any of the scripts the
// index knows, and the hit says which did.
func (v *View) Search(q SearchQuery) []SearchHit {
	seen := make(map[Entity]bool)
	// An entity may match by several names: look for more names than entities are asked for.
	for limit := 4*q.Limit + 16; ; limit *= 4 {
		var hits []SearchHit
		found := 0
		clear(seen)
		for hit := range v.snap.Search(q.Text, q.Fuzzy, limit, v.weigh(q.Kinds)) {
			found++
			e := v.snap.Group(hit.Entity)
			if seen[e] || len(hits) == q.Limit {
				continue
			}
			seen[e] = true
			name := Name{hit.Text, graph.PredicateOf(v.snap.Predicate(hit.Claim)).Name, hit.Claim}
			hits = append(hits, SearchHit{hit.Score, name, e})
		}
		if len(hits) == q.Limit || found < limit {
			return hits
		}
	}
}

// weigh ranks equal matches: a name before another name of the entity, and of two entities the one of which more
// is said.
func (v *View) weigh(kinds []graph.Kind) func(Entity, ClaimNo) (float32, bool) {
	return func(e Entity, name ClaimNo) (float32, bool) {
		e = v.snap.Group(e)
		if kinds != nil && !slices.Contains(kinds, v.Kind(e)) {
			return 0, false
		}
		weight := float32(bits.Len(uint(v.degree(e))))
		switch graph.PredicateOf(v.snap.Predicate(name)).Name {
		case graph.NamePredicate:
			weight += 64
		case graph.Alias, graph.Transliteration:
			weight += 32
		}
		return weight, true
	}
}

package trace

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/ledger"
)

// A nameKey is a name of an entity of a kind. A place and the state that is spoken of by its name are not taken for one another.
type nameKey struct {
	kind graph.Kind
	text string
}

// A bearer is an entity that has a name.
type bearer struct {
	entity ledger.EntityNo
	claim  ledger.ClaimNo
	alias  bool
}

// sharedAliases finds entities of one kind, of which one is also called what another is called, so that the name does not tell which is
// meant. Upper and lower case do not matter. It is about the one that came first, with the others. What an entity is spoken of as
// is no alias.
func (f *finder) sharedAliases() {
	bearers := f.bearers()
	for _, key := range slices.SortedFunc(maps.Keys(bearers), nameKey.compare) {
		own := bearers[key]
		if !slices.ContainsFunc(own, func(b bearer) bool { return b.alias }) {
			continue
		}
		var entities []ledger.EntityNo
		var claims []ledger.ClaimNo
		for _, b := range own {
			entities, claims = append(entities, b.entity), append(claims, b.claim)
		}
		slices.Sort(entities)
		if entities = slices.Compact(entities); len(entities) > 1 {
			f.add(Finding{Kind: SharedAlias, About: entities[0], With: entities[1:], Claims: sortedClaims(claims)})
		}
	}
}

func (k nameKey) compare(other nameKey) int {
	return strings.Compare(string(k.kind)+" "+k.text, string(other.kind)+" "+other.text)
}

// bearers lists who has which name; if it is asked about one entity, only for its names.
func (f *finder) bearers() map[nameKey][]bearer {
	bearers := make(map[nameKey][]bearer)
	if f.question.About != nil {
		for key := range f.namesOf(*f.question.About) {
			bearers[key] = nil
		}
	}
	for e := range f.Entities() {
		if f.Group(e) != e || !f.spend(1) {
			continue
		}
		for key, b := range f.namesOf(e) {
			if _, wanted := bearers[key]; wanted || f.question.About == nil {
				bearers[key] = append(bearers[key], b)
			}
		}
	}
	return bearers
}

// namesOf yields the names of an entity.
func (f *finder) namesOf(e ledger.EntityNo) iter.Seq2[nameKey, bearer] {
	return func(yield func(nameKey, bearer) bool) {
		kind := f.kind(e)
		for _, p := range []graph.Predicate{graph.NamePredicate, graph.Alias, graph.Transliteration} {
			for _, v := range f.values(e, p) {
				if !yield(nameKey{kind, strings.ToLower(v.Text)}, bearer{e, v.Claim, p != graph.NamePredicate}) {
					return
				}
			}
		}
	}
}

package trace

import (
	"cmp"
	"hash/maphash"
	"iter"
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
	name   uint64 // a hash of its key: names of a whole graph take much memory
	entity ledger.EntityNo
	claim  ledger.ClaimNo
	alias  bool
}

// sharedAliases finds entities of one kind, of which one is also called what another is called, so that the name does not tell which is
// meant. Upper and lower case do not matter. It is about the one that came first, with the others. What an entity is spoken of as
// is no alias.
func (f *finder) sharedAliases() {
	seed := maphash.MakeSeed()
	bearers := f.bearers(seed)
	slices.SortFunc(bearers, func(a, b bearer) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.entity, b.entity)) })
	for len(bearers) > 0 {
		n := 1
		for n < len(bearers) && bearers[n].name == bearers[0].name {
			n++
		}
		if bearers[0].entity != bearers[n-1].entity && slices.ContainsFunc(bearers[:n], func(b bearer) bool { return b.alias }) {
			f.addShared(bearers[:n])
		}
		bearers = bearers[n:]
	}
}

// addShared adds what bearers share whose names have one hash: nearly always one name.
func (f *finder) addShared(bearers []bearer) {
	byKey := make(map[nameKey][]bearer)
	for i, b := range bearers {
		if i > 0 && bearers[i-1].entity == b.entity {
			continue
		}
		for key, own := range f.namesOf(b.entity) {
			if slices.ContainsFunc(bearers, func(x bearer) bool { return x.claim == own.claim }) {
				byKey[key] = append(byKey[key], own)
			}
		}
	}
	for _, own := range byKey {
		var entities []ledger.EntityNo
		var claims []ledger.ClaimNo
		alias := false
		for _, b := range own {
			entities, claims, alias = append(entities, b.entity), append(claims, b.claim), alias || b.alias
		}
		slices.Sort(entities)
		if entities = slices.Compact(entities); alias && len(entities) > 1 {
			f.add(Finding{Kind: SharedAlias, About: entities[0], With: entities[1:], Claims: inOrder(claims)})
		}
	}
}

// bearers lists who has which name; if it is asked about one entity, only who has one of its names.
func (f *finder) bearers(seed maphash.Seed) []bearer {
	hash := func(key nameKey) uint64 { return maphash.Comparable(seed, key) }
	var wanted map[uint64]bool
	if f.question.About != nil {
		wanted = make(map[uint64]bool)
		for key := range f.namesOf(*f.question.About) {
			wanted[hash(key)] = true
		}
	}
	var bearers []bearer
	for e := range f.Entities() {
		if f.Group(e) != e {
			continue
		}
		if !f.spend(1) {
			break
		}
		for key, b := range f.namesOf(e) {
			if b.name = hash(key); wanted == nil || wanted[b.name] {
				bearers = append(bearers, b)
			}
		}
	}
	return bearers
}

// namesOf yields the names of an entity.
func (f *finder) namesOf(e ledger.EntityNo) iter.Seq2[nameKey, bearer] {
	return func(yield func(nameKey, bearer) bool) {
		kind := f.Kind(e)
		for _, p := range []graph.Predicate{graph.NamePredicate, graph.Alias, graph.Transliteration} {
			for _, v := range f.values(e, p) {
				if !yield(nameKey{kind, strings.ToLower(v.Text)}, bearer{entity: e, claim: v.Claim, alias: p != graph.NamePredicate}) {
					return
				}
			}
		}
	}
}

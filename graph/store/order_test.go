package store

import (
	"fmt"
	"slices"
	"testing"

	"entente/graph"
	"entente/graph/kv/memkv"
)

// TestOrderKeepsToItsMoment asks for entities in the order of how much is said of them, as of every commit, while that
// changes and after it has: the order is what it was, and so is that of a search, which goes by it.
func TestOrderKeepsToItsMoment(t *testing.T) {
	engine := memkv.New()
	s := open(t, engine)
	if _, err := s.Commit(t.Context(), declarations(), CommitOptions{Atomic: true}); err != nil {
		t.Fatal(err)
	}
	tell(t, s, graph.Claim{Predicate: graph.NamePredicate, From: "t:ARM", Value: "Tally one"}, graph.Claim{Predicate: graph.NamePredicate, From: "t:AZE", Value: "Tally two"})
	orders := func(commit uint64) (found, listed []Entity) {
		v, err := s.View(At{Commit: &commit})
		if err != nil {
			t.Fatal(err)
		}
		for _, hit := range v.Search(SearchQuery{Text: "tally", Limit: 10}) {
			found = append(found, hit.Entity)
		}
		list, err := v.Entities([]graph.Kind{graph.State}, ByRelations, Page{First: 100})
		if err != nil {
			t.Fatal(err)
		}
		return found, list.Items
	}
	type seen struct{ found, listed []Entity }
	var then []seen // by commit, from the second on
	look := func() {
		found, listed := orders(s.Head().Moment().Commit)
		then = append(then, seen{found, listed})
	}
	look()
	for i := range 12 {
		who := []graph.ID{"t:AZE", "t:ARM"}[i/6] // first one gets ahead, then the other
		var claims []graph.Claim
		for j := range 10 * (1 + i/6) {
			claims = append(claims, graph.Claim{Predicate: graph.Alias, From: who, Value: fmt.Sprintf("Also %d %d", i, j)})
		}
		tell(t, s, claims...)
		look()
	}
	if slices.Equal(then[0].found, then[6].found) || slices.Equal(then[6].found, then[12].found) {
		t.Errorf("the order never changed: %v", then)
	}
	for _, rebuild := range []bool{false, true} {
		if rebuild {
			s = open(t, engine) // edges are laid out anew
		}
		for i, want := range then {
			found, listed := orders(uint64(i + 2))
			if !slices.Equal(found, want.found) || !slices.Equal(listed, want.listed) {
				t.Errorf("as of commit %d, opened anew: %v: found %v, listed %v; it was %v and %v", i+2, rebuild, found, listed, want.found, want.listed)
			}
		}
	}
}

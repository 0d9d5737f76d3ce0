package match

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/store"
)

// TestWithoutImplied holds what is kept against what it is to be: it connects what all proposals connect, each pair that was left out
// by likelier ones, and none of it can be spared.
func TestWithoutImplied(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 9).Draw(t, "entities")
		profiles := make([]*Profile, n)
		for i := range profiles {
			profiles[i] = &Profile{Entity: store.Entity(i), ID: graph.ID(fmt.Sprintf("t:%d", i))}
		}
		var all []Proposal
		for range rapid.IntRange(0, 20).Draw(t, "pairs") {
			i, j := rapid.IntRange(0, n-1).Draw(t, "one"), rapid.IntRange(0, n-1).Draw(t, "other")
			if i != j {
				all = append(all, Proposal{Match: Match{A: profiles[i], B: profiles[j]}})
			}
		}
		kept := withoutImplied(all)
		next := 0
		for i := range all {
			if next < len(kept) && kept[next].A == all[i].A && kept[next].B == all[i].B && !connected(kept[:next], all[i]) {
				next++
				continue
			}
			if !connected(kept[:next], all[i]) {
				t.Fatalf("pair %d of %d was left out and does not follow from likelier ones", i, len(all))
			}
		}
		if next != len(kept) {
			t.Errorf("%d of %d that were kept can be spared", len(kept)-next, len(kept))
		}
	})
}

// connected reports whether pairs lead from one end of a pair to the other.
func connected(pairs []Proposal, pair Proposal) bool {
	reached := map[store.Entity]bool{pair.A.Entity: true}
	for range pairs {
		for i := range pairs {
			if a, b := pairs[i].A.Entity, pairs[i].B.Entity; reached[a] || reached[b] {
				reached[a], reached[b] = true, true
			}
		}
	}
	return reached[pair.B.Entity]
}

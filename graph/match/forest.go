package match

import "entente/graph/store"

// withoutImplied leaves out, of proposals sorted with the likeliest first, those that follow from likelier ones: if a is b and b
// is c, a is c. Of a person who stands in a hundred agreements as a hundred entities, 99 pairs are left of 4,950.
func withoutImplied(sorted []Proposal) (kept []Proposal) {
	parent := make(map[store.Entity]store.Entity)
	var rootOf func(store.Entity) store.Entity
	rootOf = func(e store.Entity) store.Entity {
		if p, ok := parent[e]; ok {
			root := rootOf(p)
			parent[e] = root
			return root
		}
		return e
	}
	for _, p := range sorted {
		if a, b := rootOf(p.A.Entity), rootOf(p.B.Entity); a != b {
			parent[a] = b
			kept = append(kept, p)
		}
	}
	return kept
}

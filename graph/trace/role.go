package trace

import (
	"cmp"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
)

// Roles are the parts of one actor, as ties count for it.
type Roles struct {
	Actor  ledger.EntityNo
	Roles  []graph.Predicate // each once, the strongest first
	Claims []ledger.ClaimNo  // that say so, ascending
}

// RolesOf gathers ties by whom they count for: the strongest role first, then in ledger order.
func RolesOf(ties []Tie) []Roles {
	at := make(map[ledger.EntityNo]int)
	var all []Roles
	for _, t := range ties {
		i, ok := at[t.For]
		if !ok {
			i = len(all)
			at[t.For] = i
			all = append(all, Roles{Actor: t.For})
		}
		r := &all[i]
		if role := graph.PredicateOf(t.Role).Name; !slices.Contains(r.Roles, role) {
			r.Roles = append(r.Roles, role)
		}
		r.Claims = append(r.Claims, t.Claim)
	}
	for i := range all {
		slices.SortFunc(all[i].Roles, func(a, b graph.Predicate) int { return -compareRoles(a, b) })
		slices.Sort(all[i].Claims)
		all[i].Claims = slices.Compact(all[i].Claims)
	}
	slices.SortFunc(all, func(a, b Roles) int {
		return cmp.Or(-compareRoles(a.Roles[0], b.Roles[0]), cmp.Compare(a.Actor, b.Actor))
	})
	return all
}

// compareRoles orders roles by their strength as third parties; those of parties come first, in the order of the vocabulary.
func compareRoles(a, b graph.Predicate) int {
	x, y := a.Info(), b.Info()
	return cmp.Or(cmp.Compare(x.Strength, y.Strength), cmp.Compare(x.Code, y.Code))
}

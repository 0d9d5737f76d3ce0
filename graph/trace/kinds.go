package trace

import (
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// kindsOf finds an entity of which two kinds are claimed, unless one is what its claimant says it has become.
func (f *finder) kindsOf(e ledger.EntityNo) {
	values := f.values(e, graph.KindPredicate)
	values = slices.DeleteFunc(slices.Clone(values), func(v topology.Value) bool {
		return slices.ContainsFunc(values, func(other topology.Value) bool { return other.Text != v.Text && f.Succeeds(other, v) })
	})
	if !slices.ContainsFunc(values, func(v topology.Value) bool { return v.Text != values[0].Text }) {
		return
	}
	claims := make([]ledger.ClaimNo, len(values))
	for i := range values {
		claims[i] = values[i].Claim
	}
	f.add(Finding{Kind: TwoKinds, About: e, Claims: inOrder(claims)})
}

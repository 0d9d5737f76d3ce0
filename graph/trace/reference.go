package trace

import (
	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// citing are the relations of an agreement to another, which may be a citation in words.
var citing = func() (codes []uint8) {
	for _, info := range graph.Predicates() {
		if info.Literal == graph.TextLiteral && info.To != nil {
			codes = append(codes, info.Code)
		}
	}
	return codes
}()

// danglingFrom finds what an agreement refers to in words alone, so that it is not known which text is meant, or by the id of something
// of which no claim is left that says what it is. Each claim is a finding.
func (f *finder) danglingFrom(agreement ledger.EntityNo) {
	for _, m := range f.Members(agreement) {
		for _, code := range citing {
			for x := range f.Edges(m, code, topology.Out) {
				if f.spend(1) && f.countsBy(x) && f.dangles(x) {
					f.add(Finding{Kind: DanglingReference, About: agreement, Claims: []ledger.ClaimNo{x.Claim}})
				}
			}
		}
	}
}

func (f *finder) dangles(x topology.Edge) bool {
	return x.Other == ledger.NoEntity || len(f.Kinds(f.Group(x.Other))) == 0
}

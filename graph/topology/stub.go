package topology

import (
	"entente/graph"
	"entente/graph/ledger"
)

// A Stub is a claim of a relation as seen from its subject or object, told by the edge alone, without a look elsewhere. It is for those who
// walk many.
type Stub struct{ edge edge }

// Claim is the claim's number.
func (x Stub) Claim() ledger.ClaimNo { return ledger.ClaimNo(x.edge.claim) }

// Other is the entity at the other end, as the claim names it; [ledger.NoEntity] for a literal.
func (x Stub) Other() ledger.EntityNo { return ledger.EntityNo(x.edge.other) }

// Predicate is the predicate's code.
func (x Stub) Predicate() uint8 { return x.edge.slot() % inbound }

// Qualified reports whether the claim has a qualifier that names an entity, or asIndependent.
func (x Stub) Qualified() bool { return x.edge.key&flagQualified != 0 }

// Dated reports whether the claim has a date of its own, which [Snapshot.When] gives.
func (x Stub) Dated() bool {
	_, dated := x.edge.day()
	return dated
}

// When is the date of a stub's claim; absent if it has none of its own.
func (s *Snapshot) When(x Stub) graph.Date { return s.when(x.edge) }

// Stubs appends the entity's standing claims with the predicates first to last, all of them relations, in the direction (Out or In), by
// predicate, date and number. Claims of every stance are among them.
func (s *Snapshot) Stubs(to []Stub, e ledger.EntityNo, first, last uint8, d Direction) []Stub {
	base := slotOf(d)
	s.raw(e, base+first, base+last, false, func(x edge) bool {
		to = append(to, Stub{x})
		return true
	})
	return to
}

// Has reports whether there are any such claims.
func (s *Snapshot) Has(e ledger.EntityNo, first, last uint8, d Direction) (has bool) {
	base := slotOf(d)
	s.raw(e, base+first, base+last, false, func(edge) bool {
		has = true
		return false
	})
	return has
}

// Mentioned reports whether any standing claim names the entity in the qualifier.
func (s *Snapshot) Mentioned(e ledger.EntityNo, qualifier uint8) (is bool) {
	s.raw(e, mentioned+qualifier, mentioned+qualifier, false, func(edge) bool {
		is = true
		return false
	})
	return is
}

// slotOf is what the slots of a direction, Out or In, begin at.
func slotOf(d Direction) slot8 {
	if d == In {
		return inbound
	}
	return 0
}

// SourceNo is the number of a claim's source: claims of equal sources have the same, and numbers are dense.
func (s *Snapshot) SourceNo(c ledger.ClaimNo) uint32 { return *s.t.claimSource.at(uint32(c)) }

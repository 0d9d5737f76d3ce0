package topology

import (
	"entente/graph"
	"entente/graph/ledger"
)

// ValuesAsOf is [Snapshot.Values] without what does not count as of a date: what holds at another time, and what a later claim of
// the same claimant had replaced by then. An absent date drops nothing.
func (s *Snapshot) ValuesAsOf(e ledger.EntityNo, predicate graph.Predicate, asOf graph.Date) []Value {
	values := s.Values(e, predicate)
	if asOf.IsZero() || len(values) == 0 {
		return values
	}
	info := predicate.Info()
	var kept []Value
	for _, v := range values {
		if info.Counts(v.When, asOf) && !(info.Single && s.outlived(info, v, values, asOf)) {
			kept = append(kept, v)
		}
	}
	return kept
}

// outlived reports whether another value of the same claimant took the place of this one by a date. Relations have no text
// and are never outlived here: one to another entity is about another thing.
func (s *Snapshot) outlived(info *graph.PredicateInfo, value Value, values []Value, asOf graph.Date) bool {
	for _, other := range values {
		if info.Counts(other.When, asOf) && s.Succeeds(other, value) && other.Text != value.Text {
			return true
		}
	}
	return false
}

// Succeeds reports whether the claimant of a value said it of a later time than another one of the same field.
func (s *Snapshot) Succeeds(value, earlier Value) bool {
	if value.When.IsZero() || !earlier.When.IsZero() && value.When.Earliest() <= earlier.When.Earliest() {
		return false
	}
	a, b := s.Source(value.Claim).Claimant, s.Source(earlier.Claim).Claimant
	if a == ledger.NoEntity || b == ledger.NoEntity {
		return a == b
	}
	return s.Group(a) == s.Group(b)
}

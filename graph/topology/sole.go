package topology

import (
	"entente/graph"
	"entente/graph/ledger"
)

var (
	kindCode = graph.KindPredicate.Info().Code
	dateCode = graph.DatePredicate.Info().Code
)

// several stands for more claims than one.
const several = 2

// sole finds the claim of a field of which there is one, as there is of nearly every entity, without looking at what ranks claims. It
// counts those that stand with an accepted stance: none, one, or several. A merged entity may always have several. Without just one the edge
// has neither a value nor a claim.
func (s *Snapshot) sole(e ledger.EntityNo, code uint8) (sole edge, n int) {
	sole = edge{other: noOther, claim: noOther}
	if _, merged := s.t.groups.at(e, s.commit); merged {
		return sole, several
	}
	s.raw(e, code, code, false, func(x edge) bool {
		if accepted(s.Source(ledger.ClaimNo(x.claim)).Stance) {
			n++
			sole = x
		}
		return n < several
	})
	if n == several {
		sole = edge{other: noOther, claim: noOther}
	}
	return sole, n
}

// dateOf is the date that an edge of a date carries; absent if it carries none.
func (s *Snapshot) dateOf(x edge) graph.Date {
	if x.other == noOther {
		return graph.Date{}
	}
	return *s.t.dates.values.at(x.other)
}

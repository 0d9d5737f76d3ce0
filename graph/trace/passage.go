package trace

import (
	"slices"

	"entente/graph/ledger"
)

// A passage is a claim that leads from one entity to another.
type passage struct {
	claim    ledger.ClaimNo
	from, to ledger.EntityNo
}

// passages are the claims on all ways from one entity to another; none if the two are the same. Whatever leads on from an entity, next passes to add.
func passages(from, to ledger.EntityNo, next func(e ledger.EntityNo, add func(claim ledger.ClaimNo, other ledger.EntityNo))) []ledger.ClaimNo {
	if from == to {
		return nil
	}
	var all []passage
	reached := []ledger.EntityNo{from}
	for i := 0; i < len(reached); i++ {
		if reached[i] == to {
			continue
		}
		next(reached[i], func(claim ledger.ClaimNo, other ledger.EntityNo) {
			all = append(all, passage{claim, reached[i], other})
			if !slices.Contains(reached, other) {
				reached = append(reached, other)
			}
		})
	}
	// Of all that lead on, those count from which one comes to the end. What leads back to where it began leads nowhere else.
	var claims []ledger.ClaimNo
	arriving := []ledger.EntityNo{to}
	for i := 0; i < len(arriving); i++ {
		for _, p := range all {
			if p.to == arriving[i] && p.to != from {
				claims = append(claims, p.claim)
				if !slices.Contains(arriving, p.from) {
					arriving = append(arriving, p.from)
				}
			}
		}
	}
	return claims
}

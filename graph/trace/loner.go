package trace

import "entente/graph/ledger"

// Loners are the actors that stand for nobody else at any time, as nearly all do. Who is one is remembered for all, so that a walk over a whole
// graph sees at once for whom most ties count.
type loners struct {
	*graphView
	plain bool    // neither day nor exclusions decide which ties count
	known []uint8 // by actor, 0 if that is not known yet
}

func newLoners(g *graphView) loners {
	return loners{g, g.filter.AsOf.IsZero() && len(g.filter.Exclude) == 0, make([]uint8, g.Entities())}
}

// countsForItself reports whether a tie counts, and for its actor. If not, [graphView.countsFor] tells for whom.
func (l *loners) countsForItself(claim ledger.ClaimNo, qualified bool, actor ledger.EntityNo) bool {
	return l.plain && l.counts(claim) && l.isLoner(actor) && !(qualified && l.filter.RollUp && l.Delegated(claim))
}

func (l *loners) isLoner(actor ledger.EntityNo) bool {
	const yes, no = 1, 2
	if l.known[actor] == 0 {
		l.known[actor] = no
		if !l.filter.RollUp || l.standsAlone(actor) {
			l.known[actor] = yes
		}
	}
	return l.known[actor] == yes
}

package topology

import (
	"entente/graph"
	"entente/graph/ledger"
)

// Many may stand for a state, and most of them never have a part in any meeting. So that nobody has to look at them all, an entity for which
// somebody may have had a part is marked as backed. Marks are never taken back, and tell of every commit at once: without one there is
// certainly nobody.

// MayPartake reports whether the entity may have had a part in a meeting, itself or by somebody who stands for it or is one with it.
func (s *Snapshot) MayPartake(e ledger.EntityNo) bool { return s.t.traits.partaking.get(uint32(e)) }

// partake notes by what an entity may have parts in meetings: its ties, those who back it, or what it is merged with. Those whom it stands for are told at the end of the commit.
func (t *Topology) partake(e ledger.EntityNo, s Sort) {
	if e == ledger.NoEntity {
		return
	}
	t.traits.sort(e, s)
	if t.traits.partaking.get(uint32(e)) {
		return
	}
	t.traits.partaking.set(uint32(e))
	if Sort(t.traits.at(e).sorts.Load())&StandingFor != 0 {
		t.risen = append(t.risen, e)
	}
}

// standFor notes that an entity may stand for another one.
func (t *Topology) standFor(e, principal ledger.EntityNo) {
	t.traits.sort(e, StandingFor)
	t.traits.sort(principal, Standing)
	if e != ledger.NoEntity && t.traits.partaking.get(uint32(e)) {
		t.partake(principal, Backed)
	}
}

// back marks those as backed for whom entities stand that may have parts in meetings since this commit, and so on to the top.
func (t *Topology) back() {
	l := t.state.Load()
	for i := 0; i < len(t.risen); i++ { // what follows adds to them
		e := t.risen[i]
		mark := func(x edge) bool {
			t.partake(ledger.EntityNo(x.other), Backed)
			return true
		}
		for _, code := range upwards {
			l.each(e, code, code, mark)
		}
		contributed := inbound + graph.ContributedTo.Info().Code
		l.each(e, contributed, contributed, mark)
	}
	t.risen = t.risen[:0]
}

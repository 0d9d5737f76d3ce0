package topology

import (
	"slices"
	"sync"

	"entente/graph/ledger"
)

// An event ends a claim or makes it stand again, from a commit on.
type event struct {
	commit uint32
	op     ledger.Op
}

// Histories keeps what happened to claims after their commit. Few have any, and a bit tells which.
type histories struct {
	some   fewBits
	events sync.Map // ledger.ClaimNo → []event, each list replaced as a whole
}

func (h *histories) add(claim ledger.ClaimNo, e event) {
	events := h.of(claim)
	h.events.Store(claim, append(slices.Clip(events), e))
	h.some.set(uint32(claim))
}

func (h *histories) of(claim ledger.ClaimNo) []event {
	if v, ok := h.events.Load(claim); ok {
		return v.([]event)
	}
	return nil
}

// stands reports whether a claim that was there by the commit stands at it.
func (h *histories) stands(claim ledger.ClaimNo, commit uint64) bool {
	return !h.some.near(uint32(claim)) || h.stood(claim, commit)
}

// stood is stands of a claim to which something may have happened.
func (h *histories) stood(claim ledger.ClaimNo, commit uint64) bool {
	if !h.some.get(uint32(claim)) {
		return true
	}
	standing := true
	for _, e := range h.of(claim) {
		if uint64(e.commit) > commit {
			break
		}
		standing = e.op == ledger.Reassert
	}
	return standing
}

// An Interval is a time during which a claim was known, in commits: from From until before Until, or to the
// snapshot and on if Until is 0. Op is what ended it.
type Interval struct {
	From, Until uint64
	Op          ledger.Op
}

// Known lists when the claim was known, up to the snapshot.
func (s *Snapshot) Known(c ledger.ClaimNo) []Interval {
	known := []Interval{{From: s.CommitOf(c)}}
	for _, e := range s.t.history.of(c) {
		if uint64(e.commit) > s.commit {
			break
		}
		last := &known[len(known)-1]
		switch open := last.Until == 0; {
		case open && e.op != ledger.Reassert:
			last.Until, last.Op = uint64(e.commit), e.op
		case !open && e.op == ledger.Reassert:
			known = append(known, Interval{From: uint64(e.commit)})
		}
	}
	return known
}

// A Turn is a commit that ended a claim, made it stand again, or ended anew what had ended, which says how it
// is to be treated from then on: what an edition replaced, a person may withdraw, so that it does not come back.
type Turn struct {
	Commit uint64
	Op     ledger.Op
}

// Turns lists what happened to the claim after it came, up to the snapshot.
func (s *Snapshot) Turns(c ledger.ClaimNo) (turns []Turn) {
	for _, e := range s.t.history.of(c) {
		if uint64(e.commit) > s.commit {
			break
		}
		turns = append(turns, Turn{uint64(e.commit), e.op})
	}
	return turns
}

// Ended tells how the claim ended last, if it does not stand at the snapshot. A claim that was redacted has ended so for good.
func (s *Snapshot) Ended(c ledger.ClaimNo) (op ledger.Op, ended bool) {
	turns := s.Turns(c)
	if len(turns) == 0 || turns[len(turns)-1].Op == ledger.Reassert {
		return 0, false
	}
	if slices.ContainsFunc(turns, func(t Turn) bool { return t.Op == ledger.Redact }) {
		return ledger.Redact, true
	}
	return turns[len(turns)-1].Op, true
}

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
	some   bitset
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

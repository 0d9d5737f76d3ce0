package store

import (
	"slices"
	"unsafe"

	"entente/cache"
	"entente/graph"
	"entente/graph/trace"
)

// findingsKept is how many bytes the findings may take that are kept for the next pages of their answers.
const findingsKept = 8 << 20

// A findingKey is what an answer to a question for findings depends on. What is known at a commit never changes.
type findingKey struct {
	commit uint64
	kinds  uint16 // a bit each
	about  Entity // NoEntity for everything
	asOf   graph.Date
	budget int
}

func (v *View) findingKey(f *FindingFilter) findingKey {
	key := findingKey{commit: v.Moment().Commit, about: NoEntity, asOf: v.asOf, budget: f.Budget}
	for i, kind := range trace.FindingKinds() {
		if f.Kinds == nil || slices.Contains(f.Kinds, kind) {
			key.kinds |= 1 << i
		}
	}
	if f.About != nil {
		key.about = *f.About
	}
	return key
}

// found are all findings of one answer, which nobody may change.
type found struct {
	findings []trace.Finding
	partial  bool
}

// size is how many bytes of memory it takes to keep the answer.
func (f *found) size() int64 {
	size := cache.EntrySize + unsafe.Sizeof(*f) + uintptr(cap(f.findings))*unsafe.Sizeof(trace.Finding{})
	for i := range f.findings {
		x := &f.findings[i]
		size += uintptr(cap(x.With))*unsafe.Sizeof(NoEntity) + uintptr(cap(x.Claims)+cap(x.Grounds))*unsafe.Sizeof(ClaimNo(0))
	}
	return int64(size)
}

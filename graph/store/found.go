package store

import (
	"slices"

	"entente/graph"
	"entente/graph/trace"
)

// findingsKept bounds how many findings are kept for the next pages of their answers, all in all some eight megabytes.
const findingsKept = 1 << 16

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

// size is in findings, and two more for what an answer without any takes.
func (f *found) size() int64 { return int64(len(f.findings)) + 2 }

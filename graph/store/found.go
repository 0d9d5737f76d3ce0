package store

import (
	"slices"
	"sync"

	"entente/graph"
	"entente/graph/trace"
)

const (
	// answersKept is how many answers to questions for findings are kept for their next pages.
	answersKept = 8
	// findingsKept is how many findings these have together at most, some eight megabytes. An answer of more is not kept.
	findingsKept = 1 << 16
)

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

// foundLately keeps the answers that were asked for last, so that a second page does not take the work of the first once more. They are
// numbers of entities and claims; what these say is read for each page. The zero value keeps none yet.
type foundLately struct {
	mu      sync.Mutex
	keys    []findingKey // the one asked for last comes first
	answers []*found     // beside keys
}

// get finds an answer; nil if it is not kept.
func (l *foundLately) get(key findingKey) *found {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.Index(l.keys, key)
	if i < 0 {
		return nil
	}
	answer := l.answers[i]
	l.remove(i)
	l.insert(key, answer)
	return answer
}

// put keeps an answer, and lets go of those asked for longest ago for which there is no room.
func (l *foundLately) put(key findingKey, answer *found) {
	if len(answer.findings) > findingsKept {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if i := slices.Index(l.keys, key); i >= 0 { // somebody asked the same at the same time
		l.remove(i)
	}
	l.insert(key, answer)
	total := 0
	for i := range l.answers {
		total += len(l.answers[i].findings)
		if i == answersKept || total > findingsKept {
			l.keys, l.answers = slices.Delete(l.keys, i, len(l.keys)), slices.Delete(l.answers, i, len(l.answers))
			return
		}
	}
}

func (l *foundLately) insert(key findingKey, answer *found) {
	l.keys, l.answers = slices.Insert(l.keys, 0, key), slices.Insert(l.answers, 0, answer)
}

func (l *foundLately) remove(i int) {
	l.keys, l.answers = slices.Delete(l.keys, i, i+1), slices.Delete(l.answers, i, i+1)
}

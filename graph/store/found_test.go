package store

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"entente/graph/trace"
)

// TestFoundLately gives and asks for answers against a list of all that were ever given, in the order of their last use.
func TestFoundLately(t *testing.T) {
	dropped := 0
	rapid.Check(t, func(t *rapid.T) {
		var l foundLately
		answers := make(map[findingKey]*found)
		var used []findingKey // the last one first
		use := func(key findingKey) {
			used = slices.DeleteFunc(used, func(k findingKey) bool { return k == key })
			used = slices.Insert(used, 0, key)
		}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			key := findingKey{commit: rapid.Uint64Range(0, 12).Draw(t, "commit"), about: NoEntity}
			if rapid.Bool().Draw(t, "ask") {
				got := l.get(key)
				if got != nil && got != answers[key] {
					t.Fatalf("asked for %+v it gives the answer to something else", key)
				}
				if got != nil {
					use(key)
				}
			} else if n := rapid.SampledFrom([]int{0, 1, findingsKept / 4, findingsKept / 2, findingsKept, findingsKept + 1}).Draw(t, "findings"); n <= findingsKept {
				answers[key] = &found{findings: make([]trace.Finding, n)}
				l.put(key, answers[key])
				use(key)
			} else {
				l.put(findingKey{commit: 99}, &found{findings: make([]trace.Finding, n)})
			}
			// What is kept is the longest run of those used last that there is room for.
			room, total := 0, 0
			for room < min(len(used), answersKept) && total+len(answers[used[room]].findings) <= findingsKept {
				total += len(answers[used[room]].findings)
				room++
			}
			dropped += len(used) - room
			used = used[:room]
			if !slices.Equal(l.keys, used) || len(l.answers) != room {
				t.Fatalf("it keeps %+v, want %+v", l.keys, used)
			}
		}
	})
	if dropped == 0 {
		t.Error("there was always room for all")
	}
}

package trace

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// TestPartsSpendNoMore spends parts of work and parts of those, of which some are given back: all that is spent is never more than there was.
func TestPartsSpendNoMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(0, 3*stride).Draw(t, "work")
		w, spent := work{t.Context(), most}, 0
		parts := []work{w}
		for i := range rapid.IntRange(1, 30).Draw(t, "steps") {
			last := &parts[len(parts)-1]
			switch step := rapid.IntRange(0, 3).Draw(t, fmt.Sprint("step ", i)); {
			case step == 0:
				parts = append(parts, last.part(rapid.IntRange(1, 8).Draw(t, "of")))
			case step == 1 && len(parts) > 1:
				parts = parts[:len(parts)-1]
				parts[len(parts)-1].giveBack(*last)
			default:
				n := rapid.IntRange(0, stride).Draw(t, "done")
				left := last.left
				err := last.spend(n)
				if err == nil {
					spent += n
				}
				if out, other := ranOut(err); other != nil || out != (left < n) {
					t.Fatalf("of %d left %d are spent: %v", left, n, err)
				}
			}
		}
		if spent > most {
			t.Fatalf("of %d there were %d spent", most, spent)
		}
	})
}

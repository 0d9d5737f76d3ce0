package trace

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"entente/graph"
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

// TestEveryBudget asks for the chains of a ladder with all budgets from none to enough: what is told is true, and some chains are shown where the
// work did not suffice to count them.
func TestEveryBudget(t *testing.T) {
	const rungs, ways = 6, 3
	w := &world{map[node][]link{}, map[node][]link{}, map[node]graph.Date{}}
	for i := range node(rungs) {
		for j := range node(ways) {
			meeting := 1000 + ways*i + j
			w.tie(i, meeting, true)
			w.tie(i+1, meeting, true)
		}
	}
	want := new(big.Int).Exp(big.NewInt(ways), big.NewInt(rungs), nil)
	shown := 0 // though not counted
	for _, everyone := range []bool{false, true} {
		uncounted := false
		for budget := 0; ; budget++ {
			q := question{from: 0, to: rungs, order: NonDecreasing, objective: FewestHops, skip: new(big.Int), first: 1, least: 1, everyone: everyone}
			a, err := solve(&work{t.Context(), budget}, w, new(searchDesk), q)
			if err != nil {
				t.Fatal(err)
			}
			if a.hops != 0 && a.hops != rungs || a.total != nil && a.total.Cmp(want) != 0 || a.partial != (a.total == nil || len(a.chains) == 0) {
				t.Fatalf("with a budget of %d (everyone: %t) there are %v chains of %d hops, %d shown, partial %t", budget, everyone, a.total, a.hops, len(a.chains), a.partial)
			}
			if a.hops > 0 && a.total == nil {
				uncounted = true
				shown += len(a.chains)
			}
			if !a.partial {
				break
			}
		}
		if !uncounted {
			t.Errorf("no budget (everyone: %t) sufficed to find chains but not to count them", everyone)
		}
	}
	if shown == 0 {
		t.Error("no budget sufficed to show a chain but not to count all")
	}
}

package trace_test

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// TestCutHistoriesStay: a history that its budget cuts is, at its commit, what it was before anything was committed later. It tries every budget, from
// none to enough.
func TestCutHistoriesStay(t *testing.T) {
	cut := 0
	rapid.Check(t, func(t *rapid.T) {
		s, q := graphs(t), drawnQuestions(t)
		if q.process == "" && q.conflict == "" && len(q.between) == 0 {
			q.between = []graph.ID{rapid.SampledFrom(ids(graph.State)).Draw(t, "party")}
		}
		commit := rapid.Uint64Range(1, s.Head().Moment().Commit).Draw(t, "commit")
		then, now := replayed(t, s, commit).Head(), viewAt(t, s, commit)
		for budget := 0; ; budget++ {
			ask := func(v *store.View) *trace.HistoryAnswer {
				a, err := trace.History(t.Context(), v.Snapshot(), trace.HistoryQuestion{
					Scope: q.scope(v), MinimumRole: q.minimum, MinGapDays: 100, Filter: q.filter, Budget: budget,
				})
				if err != nil {
					t.Fatal(err)
				}
				return a
			}
			before := ask(then)
			if diff := gocmp.Diff(before, ask(now), sameDate); diff != "" {
				t.Fatalf("with a budget of %d at commit %d of %d (-before the later ones +after them):\n%s", budget, commit, s.Head().Moment().Commit, diff)
			}
			if !before.Partial {
				break
			}
			if len(before.Meetings) > 0 {
				cut++
			}
		}
	})
	if cut == 0 {
		t.Error("no budget sufficed for some of the meetings alone; the graphs show little")
	}
}

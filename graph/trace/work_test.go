package trace_test

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// TestCutHistoriesStay: a history that its budget cuts is, at its commit, what it was before anything was committed later.
func TestCutHistoriesStay(t *testing.T) {
	cut := 0
	rapid.Check(t, func(t *rapid.T) {
		s, q := graphs(t), drawnQuestions(t)
		commit := someCommit(t, s)
		then, now := replayed(t, s, commit).Head(), viewAt(t, s, commit)
		if q.process != "" || q.conflict != "" || len(q.between) > 0 {
			cut += checkCuts(t, then, now, &q)
		}
		for _, party := range doers { // by themselves, they were at several meetings more often
			cut += checkCuts(t, then, now, &drawn{minimum: q.minimum, filter: q.filter, between: []graph.ID{party}})
		}
	})
	if cut == 0 {
		t.Error("no budget sufficed for some of the meetings alone; the graphs show little")
	}
}

// checkCuts compares histories with every budget, from none to enough, and returns how many of the budgets sufficed for some of the meetings.
func checkCuts(t *rapid.T, then, now *store.View, q *drawn) (cut int) {
	for budget := 0; ; budget++ {
		ask := func(v *store.View) *trace.HistoryAnswer {
			a, err := trace.History(t.Context(), v.Snapshot(), trace.HistoryQuestion{
				Scope: q.scope(v), MinimumRole: q.minimum, MinGapDays: 100, Filter: q.at(v), Budget: budget,
			})
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		before := ask(then)
		if diff := gocmp.Diff(before, ask(now), sameDate); diff != "" {
			t.Fatalf("with a budget of %d at commit %d (-before the later ones +after them):\n%s", budget, now.Moment().Commit, diff)
		}
		if !before.Partial {
			return cut
		}
		if len(before.Meetings) > 0 {
			cut++
		}
	}
}

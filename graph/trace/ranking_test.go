package trace_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/trace"
)

// TestCuratedRankings asks the curated records who mediated most, and who did so together.
func TestCuratedRankings(t *testing.T) {
	s := curated(t)
	tests := []struct {
		name         string
		change       func(*trace.RankingQuestion)
		ranks, pairs []string
	}{
		{"who mediated, in all of the graph", func(*trace.RankingQuestion) {}, []string{
			"RUS 7, alone 5, from 1991-09-23 to 2022/", "OSCE 1, alone 1, from 1995-02-04 to 1995-02-04", "USA 1, alone 0, from 2022/ to 2022/",
		}, []string{"RUS USA 1", "RUS EU 1", "RUS KAZ 1"}},
		{"any third party between the two until 2010", func(q *trace.RankingQuestion) {
			q.MinimumRole, q.Window = graph.ThirdParty, trace.Window{To: date(t, "2010")}
			q.Between = append(q.Between, entity(t, s, "entente:ARM"), entity(t, s, "entente:AZE"))
		}, []string{
			"RUS 7, alone 2, from 1991-09-23 to 2010-12-01", "OSCE 4, alone 1, from 1994-07-27 to 2010-12-01", "USA 2, alone 0, from 2008-11-02 to 2010-12-01",
		}, []string{"RUS OSCE 3", "RUS USA 2", "RUS FRA 2"}},
		{"in a process, without Russia", func(q *trace.RankingQuestion) {
			q.MinimumRole, q.Process = graph.ThirdParty, entity(t, s, "entente:nk-process-minsk")
			q.Exclude = append(q.Exclude, entity(t, s, "entente:RUS"))
		}, []string{
			"FRA 3, alone 0, from 2010-12-01 to [2022-10,2022-10-06]", "USA 2, alone 0, from 2010-12-01 to 2017-10-16", "OSCE 2, alone 0, from 2010-12-01 to 2017-10-16",
		}, []string{"USA FRA 2", "USA OSCE 2", "FRA OSCE 2"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := trace.RankingQuestion{Scope: trace.Everything(), MinimumRole: graph.Mediated, Filter: trace.Filter{RollUp: true}, First: 3}
			test.change(&q)
			ranks, err := trace.MediatorRanking(t.Context(), s, q)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range ranks {
				got = append(got, fmt.Sprintf("%s %d, alone %d, from %s to %s", short(s, r.Actor), r.Meetings, r.Exclusive, r.First, r.Last))
			}
			if diff := cmp.Diff(test.ranks, got); diff != "" {
				t.Errorf("ranks (-want +got):\n%s", diff)
			}
			pairs, err := trace.CoMediators(t.Context(), s, q)
			if err != nil {
				t.Fatal(err)
			}
			got = nil
			for _, p := range pairs {
				got = append(got, fmt.Sprintf("%s %s %d", short(s, p.A), short(s, p.B), p.Meetings))
			}
			if diff := cmp.Diff(test.pairs, got); diff != "" {
				t.Errorf("pairs (-want +got):\n%s", diff)
			}
		})
	}
}

// TestCancelled gives each question up before it begins.
func TestCancelled(t *testing.T) {
	s := curated(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	q := trace.RankingQuestion{Scope: trace.Everything(), MinimumRole: graph.Mediated, First: 3}
	_, ranking := trace.MediatorRanking(ctx, s, q)
	_, pairs := trace.CoMediators(ctx, s, q)
	q.Conflict = entity(t, s, "entente:nk-conflict")
	_, narrow := trace.MediatorRanking(ctx, s, q)
	_, history := trace.History(ctx, s, historyQuestion(t, s, "entente:ARM"))
	for i, err := range []error{ranking, pairs, narrow, history} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("question %d: %v, want %v", i, err, context.Canceled)
		}
	}
}

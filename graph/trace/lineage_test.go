package trace_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
	"entente/graph/trace"
)

// A toldLineage is a lineage with all that is told of its steps.
type toldLineage struct {
	Steps    []toldStep
	Dangling []ledger.ClaimNo
	Partial  bool
}

type toldStep struct {
	Agreement ledger.EntityNo
	Depth     int32
	Via       []ledger.ClaimNo
	Parents   []ledger.EntityNo
	Mediators []trace.Tie
}

// wholeOf asks for all of it. What is told in two ways must be the same.
func wholeOf(t rapid.TB, l *trace.Lineage) *toldLineage {
	t.Helper()
	whole := &toldLineage{Dangling: slices.Clone(l.Dangling), Partial: l.Partial}
	for i, step := range l.Steps {
		whole.Steps = append(whole.Steps, toldStep{step.Agreement, step.Depth, l.Via(i), l.Parents(i), l.Ties(i)})
		for j, tie := range l.Ties(i) {
			if m := &l.Mediators(i)[j]; len(l.Mediators(i)) != len(l.Ties(i)) || m.Claim() != tie.Claim || m.Actor != tie.Actor {
				t.Fatalf("step %d has the mediators %v and the ties %v", i, l.Mediators(i), l.Ties(i))
			}
		}
	}
	return whole
}

// stepLine tells a step: "-1 b by 2 from a c, mediated by 1".
func stepLine(s *topology.Snapshot, step *toldStep) string {
	var from []string
	for _, p := range step.Parents {
		from = append(from, string(s.ID(p)))
	}
	line := fmt.Sprintf("%d %s by %d from %s, mediated by %d", step.Depth, s.ID(step.Agreement), len(step.Via), strings.Join(from, " "), len(step.Mediators))
	return strings.ReplaceAll(line, "entente:", "")
}

func lineageOf(t testing.TB, s *topology.Snapshot, q trace.LineageQuestion) *trace.Lineage {
	t.Helper()
	l, err := trace.LineageOf(t.Context(), s, q)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestCuratedLineage asks what the agreements of the curated records rest on.
func TestCuratedLineage(t *testing.T) {
	s := curated(t)
	tests := []struct {
		name      string
		agreement graph.ID
		change    func(*trace.LineageQuestion)
		want      []string
		dangling  int
		partial   bool
	}{
		{"the statement of 2020", "entente:stmt-2020-11-09", func(*trace.LineageQuestion) {}, []string{
			"1 nk-2455 by 1 from stmt-2020-11-09, mediated by 0",
			"1 nk-2396 by 2 from stmt-2020-11-09 nk-2455, mediated by 0",
			"1 nk-2454 by 3 from stmt-2020-11-09 nk-2455 nk-2396, mediated by 0",
		}, 0, false},
		{"the statement of 2020, as of 2021", "entente:stmt-2020-11-09", func(q *trace.LineageQuestion) { q.AsOf = date(t, "2021") }, []string{
			"1 nk-2455 by 1 from stmt-2020-11-09, mediated by 0",
			"1 nk-2396 by 2 from stmt-2020-11-09 nk-2455, mediated by 0",
		}, 0, false},
		{"the ceasefires of 1993", "entente:nk-1729", func(*trace.LineageQuestion) {}, []string{
			"-1 nk-1723 by 3 from nk-1726 nk-1728 nk-1729, mediated by 0",
			"-1 nk-1726 by 2 from nk-1728 nk-1729, mediated by 0",
			"-1 nk-1728 by 1 from nk-1729, mediated by 0",
			"1 nk-1730 by 1 from nk-1729, mediated by 0",
		}, 0, false},
		{"Bishkek, which speaks of six other things", "entente:nk-310", func(*trace.LineageQuestion) {}, []string{
			"1 nk-990 by 1 from nk-310, mediated by 1",
			"2 nk-1733 by 1 from nk-990, mediated by 0",
			"2 nk-1684 by 1 from nk-990, mediated by 1",
		}, 6, false},
		{"what rests on Bishkek", "entente:nk-310", func(q *trace.LineageQuestion) { q.Direction = trace.Descendants }, []string{
			"1 nk-990 by 1 from nk-310, mediated by 1",
			"2 nk-1733 by 1 from nk-990, mediated by 0",
			"2 nk-1684 by 1 from nk-990, mediated by 1",
		}, 0, false},
		{"what rests on Bishkek at once", "entente:nk-310", func(q *trace.LineageQuestion) { q.MaxDepth = 1 }, []string{
			"1 nk-990 by 1 from nk-310, mediated by 1",
		}, 6, true},
		{"out of budget", "entente:nk-1729", func(q *trace.LineageQuestion) { q.Budget = 2 }, []string{
			"-1 nk-1723 by 1 from nk-1729, mediated by 0",
			"-1 nk-1726 by 1 from nk-1729, mediated by 0",
		}, 0, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := trace.LineageQuestion{Agreement: entity(t, s, test.agreement), Direction: trace.BothWays, MaxDepth: 50, Budget: 1 << 20}
			test.change(&q)
			l := wholeOf(t, lineageOf(t, s, q))
			var got []string
			for i := range l.Steps {
				got = append(got, stepLine(s, &l.Steps[i]))
			}
			if diff := cmp.Diff(test.want, got); diff != "" || len(l.Dangling) != test.dangling || l.Partial != test.partial {
				t.Errorf("%d dangling, partial %t (-want +got):\n%s", len(l.Dangling), l.Partial, diff)
			}
		})
	}
}

// circle is a graph of so many agreements in a circle, t:c0 and on, each of which follows those that are some numbers before it.
func circle(t testing.TB, n int, before ...int) *topology.Snapshot {
	t.Helper()
	var claims []graph.Claim
	id := func(i int) graph.ID { return graph.ID(fmt.Sprint("t:c", (i+n)%n)) }
	for i := range n {
		claims = append(claims, graph.Claim{Predicate: graph.KindPredicate, From: id(i), Value: string(graph.Agreement)})
		for _, k := range before {
			claims = append(claims, graph.Claim{Predicate: "follows", From: id(i), To: id(i - k)})
		}
	}
	return stored(t, claims)
}

// TestLineageOfManyWays asks for more agreements than are searched one by one, each of which is reached in both directions and by two ways in
// each.
func TestLineageOfManyWays(t *testing.T) {
	const n = 200
	s := circle(t, n, 1, 2)
	number := make(map[ledger.EntityNo]int)
	for i := range n {
		number[entity(t, s, graph.ID(fmt.Sprint("t:c", i)))] = i
	}
	q := trace.LineageQuestion{Agreement: entity(t, s, "t:c0"), Direction: trace.BothWays, MaxDepth: n, Budget: 1 << 20}
	l := wholeOf(t, lineageOf(t, s, q))
	if len(l.Steps) != n-1 || l.Partial {
		t.Fatalf("%d steps, partial %t; want %d, all of them", len(l.Steps), l.Partial, n-1)
	}
	for i := range l.Steps {
		step := &l.Steps[i]
		at := number[step.Agreement]
		want := int32(at+1) / 2 // of the way down
		if up := int32(n-at+1) / 2; up <= want {
			want = -up
		}
		if step.Depth != want || len(step.Via) != 4 {
			t.Errorf("agreement %d is %d steps away, by %d claims; want %d and 4", at, step.Depth, len(step.Via), want)
		}
		for _, k := range []int{1, 2, n - 1, n - 2} {
			parent := entity(t, s, graph.ID(fmt.Sprint("t:c", (at+k)%n)))
			if len(step.Parents) != 4 || !slices.Contains(step.Parents, parent) {
				t.Errorf("agreement %d is reached from %v; want four, %d among them", at, step.Parents, parent)
			}
		}
	}
}

// TestLineageMediatorsOfMerged compares the order of the mediators of an agreement that is recorded under two names.
func TestLineageMediatorsOfMerged(t *testing.T) {
	mediates := func(actor, agreement graph.ID, when string) graph.Claim {
		c := graph.Claim{Predicate: graph.Mediated, From: actor, To: agreement}
		if when != "" {
			c.When = date(t, when)
		}
		return c
	}
	s := stored(t, []graph.Claim{
		mediates("t:s0", "t:a1", "2001-05"), mediates("t:s1", "t:a2", "2000"), mediates("t:s2", "t:a2", "2002"), mediates("t:s0", "t:a1", ""),
		mediates("t:s1", "t:a2", "2001-05-01"),
		{Predicate: graph.SameAs, From: "t:a1", To: "t:a2"},
		{Predicate: "follows", From: "t:a0", To: "t:a2"},
	})
	q := trace.LineageQuestion{Agreement: entity(t, s, "t:a0"), Direction: trace.BothWays, MaxDepth: 50, Budget: 1 << 20}
	l := lineageOf(t, s, q)
	if len(l.Steps) != 1 {
		t.Fatalf("%d steps; want one", len(l.Steps))
	}
	var got []string
	for _, tie := range l.Ties(0) {
		got = append(got, string(s.ID(tie.Actor))+" "+tie.When.String())
	}
	if diff := cmp.Diff([]string{"t:s0 ", "t:s1 2000", "t:s0 2001-05", "t:s1 2001-05-01", "t:s2 2002"}, got); diff != "" {
		t.Errorf("mediators (-want +got):\n%s", diff)
	}
}

// TestLineageGivenUp asks a question that nobody waits for.
func TestLineageGivenUp(t *testing.T) {
	s := circle(t, 5000, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	q := trace.LineageQuestion{Agreement: entity(t, s, "t:c0"), Direction: trace.BothWays, MaxDepth: 5000, Budget: 1 << 20}
	if _, err := trace.LineageOf(ctx, s, q); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if l := lineageOf(t, s, q); len(l.Steps) != 4999 || l.Partial {
		t.Errorf("%d steps, partial %t", len(l.Steps), l.Partial)
	}
}

// TestLineageOutOfBudget asks for a lineage with all budgets from none to enough: what is told is of the whole, with all mediators of a step or none
// of them, and it is said if anything is missing.
func TestLineageOutOfBudget(t *testing.T) {
	s := curated(t)
	q := trace.LineageQuestion{Agreement: entity(t, s, "entente:nk-310"), Direction: trace.BothWays, MaxDepth: 50, Budget: 1 << 20}
	whole := wholeOf(t, lineageOf(t, s, q))
	unmediated := false // all steps were told, but not all mediators
	for q.Budget = 0; ; q.Budget++ {
		l := wholeOf(t, lineageOf(t, s, q))
		for i := range l.Steps {
			step := &l.Steps[i]
			at := slices.IndexFunc(whole.Steps, func(w toldStep) bool { return w.Agreement == step.Agreement })
			if at < 0 || len(step.Mediators) > 0 && !slices.Equal(step.Mediators, whole.Steps[at].Mediators) {
				t.Fatalf("with a budget of %d it tells %s", q.Budget, stepLine(s, step))
			}
		}
		if !l.Partial {
			if diff := cmp.Diff(whole, l, sameDate); diff != "" {
				t.Errorf("a budget of %d is enough (-whole +told):\n%s", q.Budget, diff)
			}
			break
		}
		unmediated = unmediated || len(l.Steps) == len(whole.Steps)
	}
	if !unmediated {
		t.Error("no budget sufficed for the steps but not for their mediators")
	}
}

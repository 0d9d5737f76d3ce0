package trace_test

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/topology"
	"entente/graph/trace"
)

var linkPredicates = []graph.Predicate{"follows", "implements", "supersedes", "amends", "extends", "references"}

// drawLink draws a claim that matters to lineages.
func drawLink(t *rapid.T) graph.Claim {
	c := graph.Claim{From: drawOf(t, graph.Agreement, "from"), Stance: drawStance(t), When: drawDate(t, "when")}
	switch rapid.IntRange(0, 9).Draw(t, "sort") {
	case 0:
		c.Predicate, c.Value, c.When = graph.DatePredicate, rapid.SampledFrom(drawnDates[2:]).Draw(t, "date"), graph.Date{}
	case 1:
		c.Predicate, c.From, c.To = graph.Mediated, drawOf(t, graph.State, "mediator"), drawOf(t, graph.Agreement, "meeting")
	case 2:
		c.Predicate, c.Value = rapid.SampledFrom(linkPredicates).Draw(t, "link"), "an older text"
	default:
		c.Predicate, c.To = rapid.SampledFrom(linkPredicates).Draw(t, "link"), drawOf(t, graph.Agreement, "to")
	}
	return c
}

// lineageByHand answers from the claims of a view, by going round until nothing changes.
func lineageByHand(t *rapid.T, v *store.View, q trace.LineageQuestion) *toldLineage {
	by := func(d graph.Date) bool { return q.AsOf.IsZero() || d.IsZero() || d.Earliest() <= q.AsOf.Latest() }
	fact := func(c *store.Claim) bool {
		return (c.Stance == graph.Asserted || c.Stance == graph.Implied) && by(c.When)
	}
	var links []store.Claim
	for _, p := range linkPredicates {
		links = append(links, slices.DeleteFunc(standing(t, v, p), func(c store.Claim) bool { return !fact(&c) })...)
	}
	steps := make(map[store.Entity]*toldStep)
	l := &toldLineage{}
	for _, up := range []bool{true, false} {
		if up && q.Direction == trace.Descendants || !up && q.Direction == trace.Ancestors {
			continue
		}
		ends := func(c *store.Claim) (from, to store.Entity) {
			if up {
				return c.Subject, c.Object
			}
			return c.Object, c.Subject
		}
		depths := map[store.Entity]int32{q.Agreement: 0}
		for range 10 { // there are fewer agreements
			for i := range links {
				from, to := ends(&links[i])
				depth, reached := depths[from]
				if was, known := depths[to]; from != store.NoEntity && to != store.NoEntity && reached && by(v.Date(to)) && (!known || depth+1 < was) {
					depths[to] = depth + 1
				}
			}
		}
		for i := range links {
			c := &links[i]
			from, to := ends(c)
			if depth, reached := depths[from]; !reached || int(depth) > q.MaxDepth {
				continue
			}
			if to == store.NoEntity {
				l.Dangling = append(l.Dangling, c.No)
				continue
			}
			depth, reached := depths[to]
			if !reached || to == q.Agreement || from == to {
				continue
			}
			if int(depth) > q.MaxDepth {
				l.Partial = true
				continue
			}
			if up {
				depth = -depth
			}
			step := steps[to]
			if step == nil {
				step = &toldStep{Agreement: to, Depth: depth}
				steps[to] = step
			}
			if depth > 0 && step.Depth < 0 && depth < -step.Depth {
				step.Depth = depth
			}
			step.Via, step.Parents = append(step.Via, c.No), append(step.Parents, from)
		}
	}
	mediations := standing(t, v, graph.Mediated)
	for _, step := range steps {
		for i := range mediations {
			if c := &mediations[i]; c.Object == step.Agreement && fact(c) {
				step.Mediators = append(step.Mediators, trace.Tie{
					Claim: c.No, Role: graph.Mediated.Info().Code, Actor: c.Subject, Meeting: c.Object, For: c.Subject, When: c.When,
				})
			}
		}
		l.Steps = append(l.Steps, *step)
	}
	return l
}

// tidy brings a lineage into the order in which it is told.
func tidy(l *toldLineage) *toldLineage {
	for i := range l.Steps {
		step := &l.Steps[i]
		slices.Sort(step.Via)
		slices.SortFunc(step.Mediators, func(a, b trace.Tie) int {
			if a.When.IsZero() != b.When.IsZero() {
				return len(a.When.String()) - len(b.When.String()) // those without a date come first
			}
			return cmp.Or(cmp.Compare(a.When.Earliest(), b.When.Earliest()), cmp.Compare(a.Claim, b.Claim))
		})
		slices.Sort(step.Parents)
		step.Parents = slices.Compact(step.Parents)
	}
	slices.SortFunc(l.Steps, func(a, b toldStep) int {
		return cmp.Or(cmp.Compare(a.Depth, b.Depth), cmp.Compare(a.Agreement, b.Agreement))
	})
	slices.Sort(l.Dangling)
	l.Dangling = slices.Compact(l.Dangling)
	return l
}

// sameDate compares dates, which keep to themselves what they are made of.
var sameDate = cmpopts.EquateComparable(graph.Date{})

// TestLineageAgainstOracle compares lineages with those worked out by hand, at every commit, and with those of a graph that never
// knew any later one.
func TestLineageAgainstOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStore(t, drawLink)
		for commit := range s.Head().Snapshot().Commit() {
			v := viewAt(t, s, commit+1)
			root, _ := v.Entity(drawOf(t, graph.Agreement, "root"))
			q := trace.LineageQuestion{
				Agreement: root, Budget: 1 << 20, AsOf: drawDate(t, "asOf"),
				Direction: rapid.SampledFrom([]trace.LineageDirection{trace.Ancestors, trace.Descendants, trace.BothWays}).Draw(t, "direction"),
				MaxDepth:  rapid.SampledFrom([]int{50, 50, 1, 2}).Draw(t, "maxDepth"),
			}
			got := drawnLineage(t, v.Snapshot(), q)
			if diff := gocmp.Diff(tidy(lineageByHand(t, v, q)), got, sameDate, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%+v (-by hand +got):\n%s", q, diff)
			}
			again := drawnLineage(t, replayed(t, s, commit+1).Head().Snapshot(), q)
			if diff := gocmp.Diff(again, got, sameDate); diff != "" {
				t.Fatalf("%+v at commit %d (-replayed +got):\n%s", q, commit+1, diff)
			}
		}
	})
}

// TestLineageWithinBudget compares lineages that a small budget cuts short with the whole ones: what is told is of the whole, of each step all
// mediators or none, and what is not said to be partial is the whole.
func TestLineageWithinBudget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStore(t, drawLink).Head().Snapshot()
		root, _ := s.Entity(drawOf(t, graph.Agreement, "root"))
		q := trace.LineageQuestion{
			Agreement: s.Group(root), Budget: 1 << 20, AsOf: drawDate(t, "asOf"), Direction: trace.BothWays, MaxDepth: 50,
		}
		whole := drawnLineage(t, s, q)
		q.Budget = rapid.IntRange(0, 30).Draw(t, "budget")
		cut := drawnLineage(t, s, q)
		if !cut.Partial {
			if diff := gocmp.Diff(whole, cut, sameDate); diff != "" {
				t.Fatalf("a budget of %d is enough (-whole +told):\n%s", q.Budget, diff)
			}
			return
		}
		for _, step := range cut.Steps {
			at := slices.IndexFunc(whole.Steps, func(w toldStep) bool { return w.Agreement == step.Agreement })
			if at < 0 {
				t.Fatalf("with a budget of %d it tells of %s, which the whole does not", q.Budget, s.ID(step.Agreement))
			}
			of := whole.Steps[at]
			strange := slices.ContainsFunc(step.Via, func(c store.ClaimNo) bool { return !slices.Contains(of.Via, c) })
			if strange || len(step.Via) == 0 || len(step.Mediators) > 0 && !slices.Equal(step.Mediators, of.Mediators) {
				t.Fatalf("with a budget of %d it tells %+v of %+v", q.Budget, step, of)
			}
		}
		if strange := slices.ContainsFunc(cut.Dangling, func(c store.ClaimNo) bool { return !slices.Contains(whole.Dangling, c) }); strange {
			t.Fatalf("with a budget of %d the dangling claims are %v of %v", q.Budget, cut.Dangling, whole.Dangling)
		}
	})
}

// TestLineagesStay keeps the lineages of all agreements of a graph until all were asked for, one in the memory that another was found in.
func TestLineagesStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStore(t, drawLink).Head().Snapshot()
		var kept []*trace.Lineage
		var told []*toldLineage
		for _, agreement := range meetingsIn(s) {
			l, err := trace.LineageOf(t.Context(), s, trace.LineageQuestion{Agreement: agreement, Direction: trace.BothWays, MaxDepth: 50, Budget: 1 << 20})
			if err != nil {
				t.Fatal(err)
			}
			kept, told = append(kept, l), append(told, wholeOf(t, l))
		}
		for i, l := range kept {
			if diff := gocmp.Diff(told[i], wholeOf(t, l), sameDate); diff != "" {
				t.Fatalf("lineage %d of %d changed (-as told +later):\n%s", i, len(kept), diff)
			}
		}
	})
}

func drawnLineage(t *rapid.T, s *topology.Snapshot, q trace.LineageQuestion) *toldLineage {
	l, err := trace.LineageOf(t.Context(), s, q)
	if err != nil {
		t.Fatal(err)
	}
	return wholeOf(t, l)
}

package trace_test

import (
	"context"
	"errors"
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// affiliations are those of a view.
func affiliations(t *rapid.T, v *store.View) *trace.Affiliations {
	a, err := trace.AffiliationsOf(t.Context(), v.Snapshot())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// someGraph draws a graph of either of the two sorts there are, with those of it that may have met each other.
func someGraph(t *rapid.T) (s *store.Store, met []graph.ID) {
	if rapid.Bool().Draw(t, "with summits") {
		return graphs(t), ids(graph.State, graph.Leader, graph.Organization)
	}
	return drawStore(t, drawTie), slices.Concat(drawnCast[graph.State], drawnCast[graph.Leader])
}

// drawChainQuestion draws a question that is, mostly, one for affiliations.
func drawChainQuestion(t *rapid.T) trace.ChainQuestion {
	q := trace.ChainQuestion{
		Order:       rapid.SampledFrom([]trace.TimeOrder{trace.AnyOrder, trace.NonDecreasing, trace.Strict}).Draw(t, "order"),
		Objective:   rapid.SampledFrom([]trace.Objective{trace.FewestHops, trace.EarliestArrival, trace.LatestDeparture}).Draw(t, "objective"),
		Certain:     rapid.Bool().Draw(t, "certain"),
		AnyMeeting:  rapid.Bool().Draw(t, "any meeting"),
		MinimumRole: rapid.SampledFrom([]graph.Predicate{graph.Mediated, graph.ThirdParty, "copied"}).Draw(t, "minimum"),
		MaxHops:     rapid.SampledFrom([]int{0, 0, 1, 3}).Draw(t, "max hops"),
		Skip:        big.NewInt(rapid.Int64Range(0, 3).Draw(t, "skip")),
		Filter:      trace.Filter{RollUp: rapid.IntRange(0, 2).Draw(t, "roll up") > 0},
		First:       rapid.SampledFrom([]int{0, 1, 1 << 20}).Draw(t, "first"), Budget: 1 << 30,
	}
	if rapid.Bool().Draw(t, "in a window") {
		q.Window = rapid.SampledFrom([]trace.Window{
			{From: graph.MustParseDate("2001-03-06"), To: graph.MustParseDate("2004-06-30")}, {From: graph.MustParseDate("2001-05-03")}, {To: graph.MustParseDate("2001-03")},
		}).Draw(t, "window")
	}
	if rapid.IntRange(0, 9).Draw(t, "as of a day") == 0 {
		q.AsOf = graph.MustParseDate("2003")
	}
	if rapid.IntRange(0, 9).Draw(t, "denied, too") == 0 {
		q.Stances = []graph.Stance{graph.Asserted, graph.Denied}
	}
	if rapid.IntRange(0, 9).Draw(t, "signatories alone") == 0 {
		q.Roles = []graph.Predicate{graph.Signed}
	}
	return q
}

// TestChainsWithAffiliations: with the affiliations of a snapshot an answer is what it is without.
func TestChainsWithAffiliations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, met := someGraph(t)
		v := viewAt(t, s, someCommit(t, s))
		laidOut := affiliations(t, v)
		for range 4 {
			checkWithAffiliations(t, v, met, laidOut)
		}
	})
}

func checkWithAffiliations(t *rapid.T, v *store.View, met []graph.ID, laidOut *trace.Affiliations) {
	q := drawChainQuestion(t)
	for _, excluded := range rapid.SliceOfN(rapid.SampledFrom(slices.Concat(meetings, met)), 0, 1).Draw(t, "excluded") {
		if e, ok := v.Entity(excluded); ok && rapid.Bool().Draw(t, "exclude") {
			q.Exclude = append(q.Exclude, v.Snapshot().Group(e))
		}
	}
	q.From, _ = v.Entity(rapid.SampledFrom(met).Draw(t, "from"))
	q.To, _ = v.Entity(rapid.SampledFrom(met).Draw(t, "to"))
	if q.From == q.To {
		return
	}
	want, err := trace.Chains(t.Context(), v.Snapshot(), q)
	if err != nil {
		t.Fatal(err)
	}
	q.Affiliations = laidOut
	got, err := trace.Chains(t.Context(), v.Snapshot(), q)
	if err != nil {
		t.Fatal(err)
	}
	number := cmp.Comparer(func(a, b *big.Int) bool { return a == nil && b == nil || a != nil && b != nil && a.Cmp(b) == 0 })
	if diff := cmp.Diff(want, got, number, sameDate); diff != "" {
		t.Fatalf("the answer (-without affiliations +with them):\n%s", diff)
	}
}

// TestAffiliationsOfOtherSnapshots: affiliations are of one snapshot, and leave the answer at any other as it is.
func TestAffiliationsOfOtherSnapshots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStore(t, drawTie)
		head := s.Head().Moment().Commit
		q := trace.ChainQuestion{
			Order: trace.NonDecreasing, Objective: trace.FewestHops, AnyMeeting: true, MinimumRole: graph.Mediated,
			Filter: trace.Filter{RollUp: true}, First: 1 << 20, Budget: 1 << 30,
		}
		v := viewAt(t, s, someCommit(t, s))
		q.From, _ = v.Entity("t:s0")
		if q.To, _ = v.Entity("t:s1"); q.From == q.To {
			return
		}
		want := chainsOf(t, v, q)
		q.Affiliations = affiliations(t, viewAt(t, s, rapid.Uint64Range(0, head).Draw(t, "another commit")))
		if diff := cmp.Diff(want, chainsOf(t, v, q)); diff != "" {
			t.Errorf("chains (-without affiliations +with those of another commit):\n%s", diff)
		}
	})
}

// TestAffiliationsGivenUp lays out affiliations that nobody wants any more.
func TestAffiliationsGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()

	if a, err := trace.AffiliationsOf(ctx, curated(t)); !errors.Is(err, context.Canceled) || a != nil {
		t.Errorf("AffiliationsOf with a cancelled context = %v, %v", a, err)
	}
}

// TestRankingsWithAffiliations: with the affiliations of a snapshot rankings are what they are without.
func TestRankingsWithAffiliations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, _ := someGraph(t)
		v := viewAt(t, s, someCommit(t, s))
		drawn := drawnQuestions(t)
		plain := trace.RankingQuestion{
			Scope: drawn.scope(v), MinimumRole: drawn.minimum, Filter: drawn.at(v),
			First: rapid.SampledFrom([]int{1, 100}).Draw(t, "first"),
		}
		if rapid.IntRange(0, 3).Draw(t, "of a scope") > 0 {
			plain.Scope = trace.Everything()
			plain.Window = drawn.window
		}
		with := plain
		with.Affiliations = affiliations(t, v)
		answers := func(q trace.RankingQuestion) (all []any) {
			ranks, err := trace.MediatorRanking(t.Context(), v.Snapshot(), q)
			if err != nil {
				t.Fatal(err)
			}
			pairs, err := trace.CoMediators(t.Context(), v.Snapshot(), q)
			if err != nil {
				t.Fatal(err)
			}
			return []any{ranks, pairs}
		}
		if diff := cmp.Diff(answers(plain), answers(with), cmp.Comparer(func(a, b graph.Date) bool { return a == b })); diff != "" {
			t.Errorf("rankings (-without affiliations +with them):\n%s", diff)
		}
	})
}

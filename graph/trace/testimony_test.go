package trace_test

import (
	"slices"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/trace"
)

// drawRecognizers draws some who may recognize something, now and then one of them twice.
func drawRecognizers(t *rapid.T, v *store.View) (by []store.Entity) {
	for _, id := range rapid.SliceOfN(rapid.SampledFrom([]graph.ID{"t:s0", "t:s1", "t:l0", "t:coder"}), 1, 3).Draw(t, "by") {
		e, _ := v.Entity(id)
		by = append(by, e)
	}
	return by
}

// toldWhole are positions with all that they say, the spells and grounds, too.
func toldWhole(t *rapid.T, positions []trace.Position) (all []any) {
	for i := range positions {
		p := &positions[i]
		spells, err := p.Spells(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, tell(p), spells, rolledUpBy(t, p))
	}
	return all
}

// TestTestimoniesBetweenCommits asks a store, which keeps testimonies, again and again while commits come in, as of any of them and of any day,
// and compares with what is gathered for each question alone.
func TestTestimoniesBetweenCommits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStore(t, drawBehalf)
		var made []graph.ClaimID
		for range rapid.IntRange(1, 3).Draw(t, "more commits") {
			for range rapid.IntRange(1, 5).Draw(t, "questions") {
				v := viewAt(t, s, someCommit(t, s))
				v, err := v.With(store.At{AsOf: graph.MustParseDate(rapid.SampledFrom(drawnDates[2:7]).Draw(t, "on"))})
				if err != nil {
					t.Fatal(err)
				}
				q := trace.RecognitionQuestion{On: v.Moment().AsOf.Latest()}
				q.Of, _ = v.Entity(rapid.SampledFrom([]graph.ID{"t:x0", "t:x0", "t:x1", "t:s2"}).Draw(t, "of"))
				if rapid.Bool().Draw(t, "of some") {
					q.By = drawRecognizers(t, v)
				}
				got, err := v.Recognitions(t.Context(), q.Of, q.By)
				if err != nil {
					t.Fatal(err)
				}
				want := recognitions(t, v, q)
				if diff := gocmp.Diff(toldWhole(t, want), toldWhole(t, got), samePosition...); diff != "" {
					t.Fatalf("%+v at commit %d (-gathered for this question +kept):\n%s", q, v.Moment().Commit, diff)
				}
			}
			made = commitMore(t, s, made, drawBehalf)
		}
	})
}

// TestRecognizersAsked compares the positions of some with those among the positions of all.
func TestRecognizersAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawStore(t, drawRecognition).Head()
		q := trace.RecognitionQuestion{On: graph.DayOf(2001, 5, 3)}
		q.Of, _ = v.Entity("t:x0")
		all := tellAll(recognitions(t, v, q))
		q.By = drawRecognizers(t, v)
		var want []stated
		for _, by := range slices.Compact(slices.Sorted(slices.Values(q.By))) {
			had := len(want)
			for _, p := range all {
				if p.By == by {
					want = append(want, p)
				}
			}
			if len(want) == had {
				want = append(want, stated{By: by, Of: q.Of, As: trace.Regard{PartOf: ledger.NoEntity}, Status: trace.NoneRecorded})
			}
		}
		if diff := gocmp.Diff(want, tellAll(recognitions(t, v, q)), samePosition...); diff != "" {
			t.Fatalf("by %v (-of all +asked):\n%s", q.By, diff)
		}
	})
}

// TestTestimoniesBesideWriter asks from several goroutines while commits come in: every answer is that of its own commit.
func TestTestimoniesBesideWriter(t *testing.T) {
	s, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	commit := func(claims ...graph.Claim) {
		var changes []store.Change
		for _, c := range claims {
			if err := c.Normalize(); err != nil {
				t.Fatal(err)
			}
			changes = append(changes, store.Change{Claim: c})
		}
		if _, err := s.Commit(t.Context(), changes, store.CommitOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	var all sync.WaitGroup
	done := make(chan struct{})
	for range 3 {
		all.Go(func() {
			for {
				v := s.Head()
				select {
				case <-done:
					return
				default:
				}
				of, known := v.Entity("t:x0")
				if !known {
					continue
				}
				positions, err := v.Recognitions(t.Context(), of, nil)
				if err != nil {
					t.Error(err)
					return
				}
				words := 0
				for i := range positions {
					words += len(positions[i].OwnWord())
				}
				if want := int(v.Moment().Commit) - 1; words != want {
					t.Errorf("%d words at commit %d, want %d", words, v.Moment().Commit, want)
					return
				}
			}
		})
	}
	commit(
		graph.Claim{Predicate: graph.KindPredicate, From: "t:s0", Value: string(graph.State)},
		graph.Claim{Predicate: graph.KindPredicate, From: "t:x0", Value: string(graph.Territory)})
	for i := range 200 {
		commit(graph.Claim{Predicate: graph.Recognized, From: "t:s0", To: "t:x0", Claimant: "t:s0", When: graph.DayOf(2000, 1, i).Date()})
	}
	close(done)
	all.Wait()
}

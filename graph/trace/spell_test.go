package trace_test

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/trace"
)

// TestSpellsSayWhatWasAsked asks for positions on many days and compares each with the spell that the day lies in.
func TestSpellsSayWhatWasAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawStore(t, drawRecognition).Head()
		of, _ := v.Entity("t:x0")
		last := trace.RecognitionQuestion{Of: of, On: graph.DayOf(2002, 1, 1)}
		positions := recognitions(t, v, last)
		for day := graph.DayOf(1999, 12, 1); day <= last.On; day += 13 {
			then := recognitions(t, v, trace.RecognitionQuestion{Of: of, On: day})
			for i := range positions {
				p := &positions[i]
				want := trace.NoneRecorded
				if at := slices.IndexFunc(then, func(o trace.Position) bool { return o.By == p.By && o.As == p.As }); at >= 0 {
					want = then[at].Status
				}
				spells, err := p.Spells(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				got := trace.NoneRecorded
				for _, s := range spells {
					if s.From.Earliest() <= day && (s.To.IsZero() || day <= s.To.Latest()) {
						got = s.Status
					}
					if s.Claims == 0 {
						t.Fatalf("a spell of no claims: %v", spells)
					}
				}
				if got != want {
					t.Fatalf("on %s it was %s, by the spells %s: %v", day.Date(), want, got, spells)
				}
			}
		}
	})
}

// TestRecognitionFromBothEnds asks for all that one recognizes, and compares with what is found from the other end.
func TestRecognitionFromBothEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawStore(t, drawRecognition).Head()
		q := trace.RecognitionQuestion{Of: ledger.NoEntity, By: drawRecognizers(t, v), On: graph.DayOf(2001, 5, 3)}
		got := tellAll(recognitions(t, v, q))
		var want []stated
		for of := range v.All() {
			for _, p := range tellAll(recognitions(t, v, trace.RecognitionQuestion{Of: of, On: q.On})) {
				if slices.Contains(q.By, p.By) {
					want = append(want, p)
				}
			}
		}
		slices.SortFunc(want, comparePositions)
		if diff := gocmp.Diff(want, got, samePosition...); diff != "" {
			t.Fatalf("by %v (-from what is recognized +from who recognizes):\n%s", q.By, diff)
		}
	})
}

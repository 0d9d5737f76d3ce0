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
	"entente/graph/trace"
)

// drawRecognition draws a claim that matters to recognition.
func drawRecognition(t *rapid.T) graph.Claim {
	if rapid.IntRange(0, 2).Draw(t, "sort") == 0 {
		return drawGround(t)
	}
	return drawWord(t)
}

// drawGround draws a claim by which words may count for those who did not utter them, or by which it is known when they were uttered.
func drawGround(t *rapid.T) graph.Claim {
	c := graph.Claim{Stance: drawStance(t), When: drawDate(t, "when")}
	switch rapid.IntRange(0, 6).Draw(t, "ground") {
	case 0, 1:
		c.Predicate, c.From, c.To = graph.Leads, drawOf(t, graph.Leader, "leader"), drawOf(t, graph.State, "state")
	case 2:
		c.Predicate, c.From, c.To = graph.Represents, drawOf(t, graph.Leader, "envoy"), "t:coder"
	case 3:
		c.Predicate, c.From, c.To = graph.PartOf, "t:coder", drawOf(t, graph.State, "whole")
	case 4:
		c.Predicate, c.From, c.To = graph.Issued, drawActor(t, "issuer"), "t:doc"
	case 5:
		c.Predicate, c.From, c.To = rapid.SampledFrom([]graph.Predicate{graph.Signed, graph.Mediated}).Draw(t, "tie"), drawActor(t, "signatory"), "t:a0"
	default:
		c.Predicate, c.From = rapid.SampledFrom([]graph.Predicate{graph.Published, graph.DatePredicate}).Draw(t, "dating"), "t:doc"
		c.Value = rapid.SampledFrom(drawnDates[2:]).Draw(t, "date")
	}
	return c
}

func drawActor(t *rapid.T, label string) graph.ID {
	return rapid.SampledFrom([]graph.ID{"t:s0", "t:s1", "t:s2", "t:l0", "t:l1", "t:coder"}).Draw(t, label)
}

func drawWord(t *rapid.T) graph.Claim {
	c := graph.Claim{Stance: drawStance(t), When: drawDate(t, "when")}
	c.Predicate, c.From = graph.Recognized, drawActor(t, "who")
	c.To = rapid.SampledFrom([]graph.ID{"t:x0", "t:x0", "t:x1", "t:s2"}).Draw(t, "what")
	c.Said = drawDate(t, "said")
	c.Claimant = rapid.SampledFrom([]graph.ID{"", "t:s0", "t:s0", "t:s1", "t:l0", "t:coder", "t:doc", "t:a0"}).Draw(t, "claimant")
	c.Source.Document = rapid.SampledFrom([]graph.ID{"", "t:doc", "t:doc"}).Draw(t, "document")
	c.Coder = rapid.SampledFrom([]graph.ID{"", "t:coder"}).Draw(t, "coder")
	if as := rapid.SampledFrom([]graph.ID{"", "t:s0", "t:s0", "t:s1"}).Draw(t, "asPartOf"); as != "" {
		c.Qualifiers = append(c.Qualifiers, graph.Qualifier{Name: graph.AsPartOf, Entity: as})
	} else if rapid.Bool().Draw(t, "asIndependent") {
		c.Qualifiers = append(c.Qualifiers, graph.Qualifier{Name: graph.AsIndependent, Value: "true"})
	}
	if rapid.IntRange(0, 4).Draw(t, "for another") == 0 {
		c.Qualifiers = append(c.Qualifiers, graph.Qualifier{Name: graph.OnBehalfOf, Entity: drawOf(t, graph.State, "principal")})
	}
	return c
}

// A stated position is one with all that it says.
type stated struct {
	By, Of                        store.Entity
	As                            trace.Regard
	Status                        trace.RecognitionStatus
	Since                         graph.Date
	OwnWord, Supporting, Opposing []store.ClaimNo
}

func tell(p *trace.Position) stated {
	return stated{p.By, p.Of, p.As, p.Status, p.Since(), p.OwnWord(), p.Supporting(), p.Opposing()}
}

func tellAll(positions []trace.Position) (all []stated) {
	for i := range positions {
		all = append(all, tell(&positions[i]))
	}
	return all
}

func comparePositions(a, b stated) int {
	independent := func(p *stated) int {
		if p.As.Independent {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.By, b.By), cmp.Compare(a.Of, b.Of), cmp.Compare(a.As.PartOf, b.As.PartOf), cmp.Compare(independent(&a), independent(&b)))
}

var samePosition = []gocmp.Option{cmpopts.EquateComparable(graph.Date{}), cmpopts.EquateEmpty()}

func recognitions(t *rapid.T, v *store.View, q trace.RecognitionQuestion) []trace.Position {
	positions, err := trace.Recognitions(t.Context(), v.Snapshot(), q)
	if err != nil {
		t.Fatal(err)
	}
	return positions
}

// TestRecognitionAgainstOracle compares positions with those worked out by hand, at every commit, and with those of a graph that never
// knew any later one.
func TestRecognitionAgainstOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStore(t, drawRecognition)
		for commit := range s.Head().Snapshot().Commit() {
			v := viewAt(t, s, commit+1)
			h := newHand(t, v)
			of, _ := v.Entity(rapid.SampledFrom([]graph.ID{"t:x0", "t:x1", "t:s2"}).Draw(t, "of"))
			q := trace.RecognitionQuestion{Of: of, On: graph.MustParseDate(rapid.SampledFrom(drawnDates[2:7]).Draw(t, "on")).Latest()}
			got := tellAll(recognitions(t, v, q))
			want := h.positions(of, q.On)
			slices.SortFunc(want, comparePositions)
			if diff := gocmp.Diff(want, got, samePosition...); diff != "" {
				t.Fatalf("of %s on %s (-by hand +got):\n%s", v.ID(of), q.On.Date(), diff)
			}
			again := tellAll(recognitions(t, replayed(t, s, commit+1).Head(), q))
			if diff := gocmp.Diff(again, got, samePosition...); diff != "" {
				t.Fatalf("of %s at commit %d (-replayed +got):\n%s", v.ID(of), commit+1, diff)
			}
		}
	})
}

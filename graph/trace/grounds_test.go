package trace_test

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/trace"
)

// drawBehalf draws a claim of recognition, or more often one of those by which somebody speaks for another.
func drawBehalf(t *rapid.T) graph.Claim {
	if rapid.IntRange(0, 2).Draw(t, "sort") > 0 {
		return drawGround(t)
	}
	return drawWord(t)
}

// ways are the claims on all ways by which one stands for another.
func (h *hand) ways(from, to store.Entity, when graph.Date) (claims []store.ClaimNo) {
	if from == to {
		return nil
	}
	for _, c := range h.above(from, when) {
		if rest := h.ways(c.Object, to, when); c.Object == to || rest != nil {
			claims = append(append(claims, c.No), rest...)
		}
	}
	return claims
}

// groundsOf are the claims by which a remark counts for who recognizes and is its own.
func (h *hand) groundsOf(r *remark) (claims []store.ClaimNo) {
	if !slices.Contains(r.feet, r.by) {
		for _, foot := range r.feet {
			claims = append(claims, h.ways(foot, r.by, r.acted)...)
		}
	}
	if !r.own || r.ClaimantEntity == r.Subject {
		return claims
	}
	text, _ := h.v.Entity("t:a0")
	from := func(c *store.Claim, when graph.Date) {
		if fact(c) && c.Object == r.ClaimantEntity && slices.Contains(h.heads(c.Subject, when), r.by) {
			claims = append(append(claims, c.No), h.ways(c.Subject, r.by, when)...)
		}
	}
	if r.ClaimantEntity == text {
		for i := range h.ties {
			from(&h.ties[i], h.ties[i].When)
		}
		return claims
	}
	for i := range h.issued {
		from(&h.issued[i], r.spoke)
	}
	return append(claims, h.ways(r.ClaimantEntity, r.by, r.spoke)...)
}

// grounds are those of the words of a position.
func (h *hand) grounds(p *trace.Position) (claims []store.ClaimNo) {
	words := slices.Concat(p.OwnWord(), p.Supporting(), p.Opposing())
	for i := range h.remarks {
		if r := &h.remarks[i]; r.by == p.By && slices.Contains(words, r.No) {
			claims = append(claims, h.groundsOf(r)...)
		}
	}
	slices.Sort(claims)
	return slices.Compact(claims)
}

func rolledUpBy(t *rapid.T, p *trace.Position) []ledger.ClaimNo {
	claims, err := p.RolledUpBy(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return claims
}

// TestGroundsAgainstOracle compares the claims by which words count for recognizers with those that a search of all finds, at every commit.
func TestGroundsAgainstOracle(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		s := drawStore(t, drawBehalf)
		for commit := range s.Head().Snapshot().Commit() {
			v := viewAt(t, s, commit+1)
			h := newHand(t, v)
			of, _ := v.Entity("t:x0")
			positions := recognitions(t, v, trace.RecognitionQuestion{Of: of, On: graph.DayMax})
			for i := range positions {
				got := rolledUpBy(t, &positions[i])
				if diff := gocmp.Diff(h.grounds(&positions[i]), got, cmpopts.EquateEmpty()); diff != "" {
					t.Fatalf("%+v at commit %d (-by hand +got):\n%s", positions[i], commit+1, diff)
				}
				found += len(got)
			}
		}
	})
	if found == 0 {
		t.Error("all speak and act for themselves; the graphs show little")
	}
}

// TestGroundsCarry takes claims away: without those by which its words count for the recognizer a position is not what it was, and without all
// others of their sort each of its words counts for him still, and what was his own word is.
func TestGroundsCarry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStore(t, drawBehalf)
		v := s.Head()
		of, _ := v.Entity("t:x0")
		q := trace.RecognitionQuestion{Of: of, On: graph.DayMax}
		positions := recognitions(t, v, q)
		if len(positions) == 0 {
			return
		}
		p := &positions[rapid.IntRange(0, len(positions)-1).Draw(t, "position")]
		before, grounds := tell(p), rolledUpBy(t, p)
		lists := func(p stated) [][]ledger.ClaimNo { return [][]ledger.ClaimNo{p.OwnWord, p.Supporting, p.Opposing} }
		// without is the same position when some claims have been withdrawn, without any words if it is not there.
		without := func(claims []ledger.ClaimNo) stated {
			again := replayed(t, s, v.Moment().Commit)
			var changes []store.Change
			read, err := v.ReadClaims(t.Context(), claims)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range read {
				changes = append(changes, store.Change{Op: ledger.Withdraw, ID: c.ClaimID})
			}
			commitDrawn(t, again, changes)
			for _, other := range recognitions(t, again.Head(), q) {
				if again := tell(&other); comparePositions(before, again) == 0 {
					return again
				}
			}
			return stated{}
		}
		if len(grounds) > 0 && slices.EqualFunc(lists(before), lists(without(grounds)), slices.Equal) {
			t.Fatalf("%+v is the same without %v", before, grounds)
		}
		var others []ledger.ClaimNo
		for _, sort := range []graph.Predicate{graph.Leads, graph.Represents, graph.PartOf, graph.Issued, graph.Signed} {
			for _, c := range standing(t, v, sort) {
				if !slices.Contains(grounds, c.No) {
					others = append(others, c.No)
				}
			}
		}
		left := without(others)
		for side, words := range lists(before) {
			now := left.OwnWord
			if side > 0 { // who does not stand for another any more may speak for himself
				now = slices.Concat(lists(left)...)
			}
			for _, c := range words {
				if !slices.Contains(now, c) {
					t.Fatalf("%+v: %d does not count without %v", before, c, others)
				}
			}
		}
	})
}

// TestGroundsByHand goes through the ways in which a word may be that of somebody else.
func TestGroundsByHand(t *testing.T) {
	word := func(from, claimant graph.ID, on ...graph.ID) graph.Claim {
		c := graph.Claim{Predicate: graph.Recognized, From: from, To: "t:x0", Claimant: claimant, When: date(t, "2001"), Said: date(t, "2002")}
		for _, principal := range on {
			c.Qualifiers = append(c.Qualifiers, graph.Qualifier{Name: graph.OnBehalfOf, Entity: principal})
		}
		return c
	}
	rung := func(p graph.Predicate, from, to graph.ID, when string) graph.Claim {
		return graph.Claim{Predicate: p, From: from, To: to, When: date(t, when)}
	}
	denied := func(c graph.Claim) graph.Claim {
		c.Stance = graph.Denied
		return c
	}
	adopted := func(text graph.ID) graph.Claim {
		return graph.Claim{Predicate: graph.AdoptedAt, From: text, To: "t:summit"}
	}
	tests := []struct {
		name   string
		claims []graph.Claim // the word comes first
		own    bool          // it is that of t:s0 itself
		want   []ledger.ClaimNo
	}{
		{"a state speaks for itself", []graph.Claim{word("t:s0", "t:s0"), rung(graph.Leads, "t:l0", "t:s0", "2001/2002")}, true, nil},
		{"its leader acts", []graph.Claim{word("t:l0", "t:s1"), rung(graph.Leads, "t:l0", "t:s0", "2001"), rung(graph.Leads, "t:l0", "t:s0", "2002")}, false, []ledger.ClaimNo{1}},
		{"its leader speaks", []graph.Claim{word("t:s0", "t:l0"), rung(graph.Leads, "t:l0", "t:s0", "2001"), rung(graph.Leads, "t:l0", "t:s0", "2002")}, true, []ledger.ClaimNo{2}},
		{"its leader acts on its behalf, and says so", []graph.Claim{word("t:l0", "t:l0", "t:s0"), rung(graph.Leads, "t:l0", "t:s0", "2001/2002")}, true, nil},
		{"a part of it is acted for", []graph.Claim{word("t:l0", "t:s1", "t:coder"), rung(graph.PartOf, "t:coder", "t:s0", "2001")}, false, []ledger.ClaimNo{1}},
		{"and so is it", []graph.Claim{word("t:l0", "t:s1", "t:coder", "t:s0"), rung(graph.PartOf, "t:coder", "t:s0", "2001")}, false, nil},
		{"somebody leads those who are a part of it", []graph.Claim{
			word("t:l0", "t:s1"), rung(graph.Leads, "t:l0", "t:coder", "2001"), rung(graph.PartOf, "t:coder", "t:s0", "2001"), rung(graph.Leads, "t:l1", "t:coder", "2001"),
		}, false, []ledger.ClaimNo{1, 2}},
		{"a text that its leader issued", []graph.Claim{
			word("t:s0", "t:doc"), rung(graph.Issued, "t:l0", "t:doc", "1999"), rung(graph.Leads, "t:l0", "t:s0", "2002"), rung(graph.Issued, "t:s1", "t:doc", "2002"),
		}, true, []ledger.ClaimNo{1, 2}},
		{"a text that it signed, with others", []graph.Claim{word("t:s0", "t:a0"), rung(graph.Signed, "t:s0", "t:a0", "2002"), rung(graph.Signed, "t:s1", "t:a0", "2002")}, true, []ledger.ClaimNo{1}},
		{"a text that it issued, as one says and another denies", []graph.Claim{
			word("t:s0", "t:doc"), rung(graph.Issued, "t:s0", "t:doc", "1999"), denied(rung(graph.Issued, "t:s0", "t:doc", "1999")),
		}, true, []ledger.ClaimNo{1}},
		{"a text that it signed and mediated", []graph.Claim{word("t:s0", "t:a0"), rung(graph.Mediated, "t:s0", "t:a0", "2002"), rung(graph.Signed, "t:s0", "t:a0", "2002")}, true, []ledger.ClaimNo{2}},
		{"a text that it signed, adopted with another", []graph.Claim{
			word("t:s0", "t:a0"), adopted("t:a0"), adopted("t:a1"), rung(graph.Signed, "t:s0", "t:a0", "2002"),
		}, true, []ledger.ClaimNo{3}},
		{"a text that it mediated", []graph.Claim{word("t:s0", "t:a0"), rung(graph.Mediated, "t:s0", "t:a0", "2002")}, false, nil},
		{"a text adopted where it signed another", []graph.Claim{
			word("t:s0", "t:a0"), adopted("t:a0"), adopted("t:a1"), adopted("t:a2"), rung(graph.Signed, "t:s0", "t:a1", "2002"),
		}, true, []ledger.ClaimNo{1, 2, 3, 4}},
		{"a text adopted where it took part", []graph.Claim{
			word("t:s0", "t:a0"), adopted("t:a0"), adopted("t:a1"), rung("participated", "t:s0", "t:summit", "2002"),
		}, true, []ledger.ClaimNo{1, 2, 3}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := stored(t, append(test.claims,
				graph.Claim{Predicate: graph.KindPredicate, From: "t:summit", Value: string(graph.Event)},
				graph.Claim{Predicate: graph.EventTypeOf, From: "t:summit", Value: string(graph.Summit)}))
			positions, err := trace.Recognitions(t.Context(), s, trace.RecognitionQuestion{Of: entity(t, s, "t:x0"), By: []ledger.EntityNo{entity(t, s, "t:s0")}, On: graph.DayMax})
			if err != nil || len(positions) != 1 {
				t.Fatal(positions, err)
			}
			p := &positions[0]
			if own := slices.Equal(p.OwnWord(), []ledger.ClaimNo{0}); own != test.own || len(p.OwnWord())+len(p.Supporting()) != 1 {
				t.Fatalf("its own word is %v, that of others %v", p.OwnWord(), p.Supporting())
			}
			got, err := p.RolledUpBy(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(test.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("rolled up by (-want +got):\n%s", diff)
			}
		})
	}
}

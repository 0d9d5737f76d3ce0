package trace_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/topology"
	"entente/graph/trace"
)

// positionLine tells a position: "ARM of X as part of AZE: RECOGNIZED since 2022-10; own 1, for 3, against 0; RECOGNIZED 2022-10 to ...".
func positionLine(t testing.TB, s *topology.Snapshot, p *trace.Position) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %s", s.ID(p.By), s.ID(p.Of))
	if p.As.PartOf != ledger.NoEntity {
		fmt.Fprintf(&b, " as part of %s", s.ID(p.As.PartOf))
	}
	if p.As.Independent {
		b.WriteString(" as independent")
	}
	fmt.Fprintf(&b, ": %s since %q; own %d, for %d, against %d", p.Status, p.Since(), len(p.OwnWord()), len(p.Supporting()), len(p.Opposing()))
	spells, err := p.Spells(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, sp := range spells {
		fmt.Fprintf(&b, "; %s from %q to %q by %d", sp.Status, sp.From, sp.To, sp.Claims)
	}
	return strings.ReplaceAll(b.String(), "entente:", "")
}

// TestRecognitionByRule goes through the rules, one by one, with words about one land.
func TestRecognitionByRule(t *testing.T) {
	type claim = graph.Claim
	said := func(text string) graph.Date { return date(t, text) }
	word := func(claimant graph.ID, stance graph.Stance, when, uttered string, as ...graph.Qualifier) claim {
		c := claim{Predicate: graph.Recognized, From: "t:s0", To: "t:x0", Claimant: claimant, Stance: stance, Qualifiers: as}
		if when != "" {
			c.When = said(when)
		}
		if uttered != "" {
			c.Said = said(uttered)
		}
		return c
	}
	partOf := graph.Qualifier{Name: graph.AsPartOf, Entity: "t:s1"}
	independent := graph.Qualifier{Name: graph.AsIndependent, Value: "true"}
	tests := []struct {
		name   string
		claims []claim
		on     string
		want   []string
	}{
		{"what one says and another denies", []claim{word("t:s0", graph.Asserted, "2000", "2000"), word("t:s2", graph.Denied, "2001", "2002")}, "2005", []string{
			`s0 of x0: DISPUTED since "2000"; own 1, for 0, against 1; RECOGNIZED from "2000" to "2000-12-31" by 1; DISPUTED from "2001" to "" by 2`,
		}},
		{"a claimant's latest word counts", []claim{word("t:s2", graph.Asserted, "2000", "2000"), word("t:s2", graph.Denied, "2003", "2003")}, "2005", []string{
			`s0 of x0: DENIED since "2003"; own 0, for 0, against 1; RECOGNIZED from "2000" to "2002-12-31" by 1; DENIED from "2003" to "" by 1`,
		}},
		{"but not before it is said", []claim{word("t:s2", graph.Asserted, "2000", "2000"), word("t:s2", graph.Denied, "2000", "2003")}, "2002", []string{
			`s0 of x0: RECOGNIZED since "2000"; own 0, for 1, against 0; RECOGNIZED from "2000" to "" by 1`,
		}},
		{"what has no date of its own is not known of before it is said", []claim{word("t:s2", graph.Asserted, "", "2003")}, "2002", nil},
		{"implied and intended", []claim{word("t:s0", graph.Intended, "2000", "2000"), word("t:s2", graph.Implied, "2001", "2001")}, "2005", []string{
			`s0 of x0: IMPLIED since "2001"; own 1, for 1, against 0; INTENDED from "2000" to "2000-12-31" by 1; IMPLIED from "2001" to "" by 2`,
		}},
		{"a status begins with a word that it rests on, and not with another of that day", []claim{
			word("t:s0", graph.Intended, "[2000-05-21..2000-05-31]", "2000"), word("t:s2", graph.Implied, "[2000-05-21..2000-09-20]", "2000"),
		}, "2005", []string{
			`s0 of x0: IMPLIED since "[2000-05-21..2000-09-20]"; own 1, for 1, against 0; IMPLIED from "[2000-05-21..2000-09-20]" to "" by 2`,
		}},
		{"a status does not begin with what was said that day of a later one", []claim{
			word("t:s0", graph.Asserted, "2000/2003", "2003"), word("t:s2", graph.Asserted, "2002", "2000"),
		}, "2001", []string{
			`s0 of x0: RECOGNIZED since "2000/2003"; own 1, for 0, against 0; RECOGNIZED from "2000/2003" to "" by 1`,
		}},
		{"nor does it when that one has come", []claim{
			word("t:s0", graph.Asserted, "2000/2003", "2003"), word("t:s0", graph.Asserted, "2002", "2000"),
		}, "2005", []string{
			`s0 of x0: RECOGNIZED since "2002"; own 1, for 0, against 0; RECOGNIZED from "2000/2003" to "" by 2`,
		}},
		{"what was intended and is denied is no dispute", []claim{word("t:s0", graph.Intended, "2000", "2000"), word("t:s2", graph.Denied, "2001", "2001")}, "2005", []string{
			`s0 of x0: INTENDED since "2000"; own 1, for 0, against 1; INTENDED from "2000" to "" by 2`,
		}},
		{"as part of one and as independent", []claim{word("t:s1", graph.Asserted, "2000", "", partOf), word("t:s2", graph.Implied, "2001", "", independent)}, "2005", []string{
			`s0 of x0 as part of s1: DISPUTED since "2000"; own 0, for 1, against 0; RECOGNIZED from "2000" to "2000-12-31" by 1; DISPUTED from "2001" to "" by 1`,
			`s0 of x0 as independent: DISPUTED since "2001"; own 0, for 1, against 0; DISPUTED from "2001" to "" by 1`,
		}},
		{"a claimant who says another thing now", []claim{word("t:s2", graph.Asserted, "2000", "2000", partOf), word("t:s2", graph.Asserted, "2001", "2001", independent)}, "2005", []string{
			`s0 of x0 as part of s1: NONE_RECORDED since ""; own 0, for 0, against 0; RECOGNIZED from "2000" to "2000-12-31" by 1`,
			`s0 of x0 as independent: RECOGNIZED since "2001"; own 0, for 1, against 0; RECOGNIZED from "2001" to "" by 1`,
		}},
		{"and then the first again, of which no more than that counts", []claim{
			word("t:s2", graph.Asserted, "2000", "2000", partOf), word("t:s2", graph.Asserted, "2001", "2001", independent), word("t:s2", graph.Asserted, "2002", "2002", partOf),
		}, "2005", []string{
			`s0 of x0 as part of s1: RECOGNIZED since "2002"; own 0, for 1, against 0; RECOGNIZED from "2000" to "2000-12-31" by 1; RECOGNIZED from "2002" to "" by 1`,
			`s0 of x0 as independent: NONE_RECORDED since ""; own 0, for 0, against 0; RECOGNIZED from "2001" to "2001-12-31" by 1`,
		}},
		{"what was over", []claim{word("t:s0", graph.Asserted, "2000/2002", "2000")}, "2005", []string{
			`s0 of x0: NONE_RECORDED since ""; own 0, for 0, against 0; RECOGNIZED from "2000/2002" to "2002-12-31" by 1`,
		}},
		{"what ends without a start did not end", []claim{word("t:s0", graph.Asserted, "/2002", "2002")}, "2005", []string{
			`s0 of x0: RECOGNIZED since "/2002"; own 1, for 0, against 0; RECOGNIZED from "/2002" to "" by 1`,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := stored(t, test.claims)
			positions, err := trace.Recognitions(t.Context(), s, trace.RecognitionQuestion{Of: entity(t, s, "t:x0"), On: date(t, test.on).Latest()})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range positions {
				got = append(got, strings.NewReplacer("t:s", "s", "t:x", "x").Replace(positionLine(t, s, &positions[i])))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("positions (-want +got):\n%s", diff)
			}
		})
	}
}

// stored is a graph of claims about the cast of drawn graphs.
func stored(t testing.TB, claims []graph.Claim) *topology.Snapshot {
	t.Helper()
	s, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range graph.Kinds() {
		for _, id := range drawnCast[kind] {
			claims = append(claims, graph.Claim{Predicate: graph.KindPredicate, From: id, Value: string(kind)})
		}
	}
	var changes []store.Change
	for _, c := range claims {
		if err := c.Normalize(); err != nil {
			t.Fatal(err)
		}
		changes = append(changes, store.Change{Claim: c})
	}
	if r, err := s.Commit(t.Context(), changes, store.CommitOptions{}); err != nil || len(r.Problems) > 0 {
		t.Fatal(err, r)
	}
	return s.Head().Snapshot()
}

// TestUnrecorded counts those of whom nothing is recorded.
func TestUnrecorded(t *testing.T) {
	s := stored(t, []graph.Claim{
		{Predicate: graph.Recognized, From: "t:s0", To: "t:s2"},
		{Predicate: graph.Recognized, From: "t:s1", To: "t:s2", When: date(t, "2000/2001")},
	})
	s0, s1, s2, l0 := entity(t, s, "t:s0"), entity(t, s, "t:s1"), entity(t, s, "t:s2"), entity(t, s, "t:l0")
	for _, test := range []struct {
		by   []ledger.EntityNo
		want int
	}{{nil, 1}, {[]ledger.EntityNo{s0}, 0}, {[]ledger.EntityNo{s0, s1, l0, l0}, 2}, {[]ledger.EntityNo{}, 0}} {
		q := trace.RecognitionQuestion{Of: s2, By: test.by, On: graph.DayOf(2020, 1, 1)}
		positions, err := trace.Recognitions(t.Context(), s, q)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := trace.Unrecorded(t.Context(), s, q, positions); err != nil || got != test.want {
			t.Errorf("by %v: %d unrecorded, want %d (%v)", test.by, got, test.want, err)
		}
	}
}

// TestCuratedRecognition asks what the curated records say about who recognized whom.
func TestCuratedRecognition(t *testing.T) {
	s := curated(t)
	tests := []struct {
		of, by graph.ID
		on     string
		want   []string
	}{
		{"entente:nagorno-karabakh", "", "2022-09-30", nil},
		// On the word of the Russian Foreign Ministry, said later, and in its own word only intended.
		{"entente:nagorno-karabakh", "", "2023-06-01", []string{
			`ARM of nagorno-karabakh as part of AZE: RECOGNIZED since "2022-10"; own 1, for 3, against 0; RECOGNIZED from "2022-10" to "" by 4`,
		}},
		{"entente:nagorno-karabakh", "", "2023-05-02", []string{
			`ARM of nagorno-karabakh as part of AZE: RECOGNIZED since "2022-10"; own 0, for 2, against 0; RECOGNIZED from "2022-10" to "" by 2`,
		}},
		{"", "entente:ARM", "2023-06-01", []string{
			`ARM of AZE: RECOGNIZED since "2022-10-06"; own 1, for 0, against 0; RECOGNIZED from "2022-10-06" to "" by 1`,
			`ARM of nagorno-karabakh as part of AZE: RECOGNIZED since "2022-10"; own 1, for 3, against 0; RECOGNIZED from "2022-10" to "" by 4`,
		}},
		{"entente:nagorno-karabakh", "entente:USA", "2023-06-01", []string{
			`USA of nagorno-karabakh: NONE_RECORDED since ""; own 0, for 0, against 0`,
		}},
	}
	for _, test := range tests {
		t.Run(fmt.Sprint(test.of, test.by, test.on), func(t *testing.T) {
			q := trace.RecognitionQuestion{Of: ledger.NoEntity, On: date(t, test.on).Latest()}
			if test.of != "" {
				q.Of = entity(t, s, test.of)
			}
			if test.by != "" {
				q.By = []ledger.EntityNo{entity(t, s, test.by)}
			}
			positions, err := trace.Recognitions(t.Context(), s, q)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range positions {
				got = append(got, positionLine(t, s, &positions[i]))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("positions (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOnWhoseWord asks on whose word Armenia recognized Nagorno-Karabakh as part of Azerbaijan by June 2023: the Russian Foreign Ministry
// says so, Armenia's Prime Minister only meant to.
func TestOnWhoseWord(t *testing.T) {
	s := curated(t)
	q := trace.RecognitionQuestion{Of: entity(t, s, "entente:nagorno-karabakh"), By: []ledger.EntityNo{entity(t, s, "entente:ARM")}, On: date(t, "2023-06-01").Latest()}
	positions, err := trace.Recognitions(t.Context(), s, q)
	if err != nil || len(positions) != 1 {
		t.Fatal(positions, err)
	}
	p := &positions[0]
	words := func(claims []ledger.ClaimNo) (said []string) {
		for _, c := range claims {
			stance, _ := graph.StanceOf(s.Source(c).Stance)
			said = append(said, fmt.Sprintf("%s %s", s.ID(s.Source(c).Claimant).Name(), stance))
		}
		return said
	}
	got := [][]string{{string(p.Status)}, words(p.OwnWord()), words(p.Supporting()), words(p.Opposing())}
	want := [][]string{{"RECOGNIZED"}, {"pashinyan INTENDED"}, {"rus-mfa ASSERTED", "rus-mfa ASSERTED", "putin IMPLIED"}, nil}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("status, own word, supporting, opposing (-want +got):\n%s", diff)
	}
	var leads []ledger.ClaimNo // at the time: those of other days do not make his word Armenia's
	for x := range s.Edges(entity(t, s, "entente:pashinyan"), graph.Leads.Info().Code, topology.Out) {
		if x.When.IsZero() {
			leads = append(leads, x.Claim)
		}
	}
	grounds, err := p.RolledUpBy(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(leads, grounds); diff != "" || len(leads) != 2 {
		t.Errorf("his word is Armenia's own by the %d claims that he leads it (-want +got):\n%s", len(leads), diff)
	}
}

// TestRecognitionGivenUp asks a question that nobody waits for.
func TestRecognitionGivenUp(t *testing.T) {
	var claims []graph.Claim
	for i := range 1100 {
		claims = append(claims, graph.Claim{
			Predicate: graph.Recognized, From: "t:s0", To: "t:x0", When: graph.DayOf(2000, 1, i).Date(), Claimant: "t:s0",
		})
	}
	s := stored(t, claims)
	ctx, cancel := context.WithCancel(t.Context())
	q := trace.RecognitionQuestion{Of: entity(t, s, "t:x0"), On: graph.DayMax}
	positions, err := trace.Recognitions(ctx, s, q)
	if err != nil || len(positions) != 1 || len(positions[0].OwnWord()) != len(claims) {
		t.Fatal(positions, err)
	}
	cancel()
	if _, err := trace.Recognitions(ctx, s, q); !errors.Is(err, context.Canceled) {
		t.Errorf("positions: the error is %v", err)
	}
	if _, err := positions[0].Spells(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("spells: the error is %v", err)
	}
	if _, err := trace.Unrecorded(ctx, s, q, positions); !errors.Is(err, context.Canceled) {
		t.Errorf("unrecorded: the error is %v", err)
	}
}

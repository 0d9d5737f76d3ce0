package store

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
	"entente/graph/trace"
)

// TestDiffIsWhatTheClaimsSay compares random commits, forwards and backwards: what is added and removed about an entity is what reading
// every claim at both of them says.
func TestDiffIsWhatTheClaimsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, err := Open(t.Context(), memkv.New(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		changes := declarations()
		var made []graph.ClaimID
		for range rapid.IntRange(2, 6).Draw(t, "commits") {
			if _, err := s.Commit(t.Context(), changes, CommitOptions{JoinOwn: true}); err != nil {
				t.Fatal(err)
			}
			changes = nil
			for range rapid.IntRange(1, 6).Draw(t, "changes") {
				if len(made) > 0 && rapid.IntRange(0, 2).Draw(t, "what") == 0 {
					changes = append(changes, Change{Op: ledger.Withdraw, ID: rapid.SampledFrom(made).Draw(t, "claim")})
					continue
				}
				c := assertion(drawClaim(t))
				made = append(made, c.ID)
				changes = append(changes, c)
			}
		}
		id := rapid.SampledFrom([]graph.ID{"t:ARM", "t:land", "t:deal"}).Draw(t, "id")
		var views [2]*View
		var nos [2]Entity
		var about [2][]ClaimNo
		for i := range views {
			views[i], nos[i] = s.view(At{}, rapid.Uint64Range(0, s.Head().snap.Commit()).Draw(t, "commit")), NoEntity
			if no, ok := views[i].Entity(id); ok {
				nos[i] = no
				about[i] = aboutByHand(t, views[i], no)
			}
		}
		got, err := views[0].Diff(t.Context(), nos[0], views[1], nos[1], graph.MustParseDate("2024-01-01"))
		if err != nil {
			t.Fatal(err)
		}
		without := func(list, other []ClaimNo) []ClaimNo {
			return slices.DeleteFunc(slices.Clone(list), func(c ClaimNo) bool { return slices.Contains(other, c) })
		}
		want := Diff{Added: without(about[1], about[0]), Removed: without(about[0], about[1])}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(Diff{}, "Positions")); diff != "" {
			t.Fatalf("about %s (-by hand +got):\n%s", id, diff)
		}
	})
}

// aboutByHand reads all claims for those that name an entity.
func aboutByHand(t *rapid.T, v *View, e Entity) []ClaimNo {
	list, err := v.Claims(t.Context(), ClaimFilter{}, Page{First: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	claims, err := v.ReadClaims(t.Context(), list.Items)
	if err != nil {
		t.Fatal(err)
	}
	var about []ClaimNo
	for i := range claims {
		c := &claims[i]
		named := c.Subject == e || c.Object == e
		for _, q := range c.Qualifiers {
			other, ok := v.Entity(q.Entity)
			named = named || ok && other == e
		}
		if named {
			about = append(about, c.No)
		}
	}
	return about
}

// TestDiffOfPositions goes through a history of one recognition, in both times.
func TestDiffOfPositions(t *testing.T) {
	s := open(t, memkv.New())
	word := func(who graph.ID, stance graph.Stance, when string) Change {
		c := graph.Claim{Predicate: graph.Recognized, From: who, To: "t:land", Claimant: who, Stance: stance, When: graph.MustParseDate(when), Said: graph.MustParseDate(when)}
		return assertion(c)
	}
	commit := func(changes ...Change) {
		t.Helper()
		if r, err := s.Commit(t.Context(), changes, CommitOptions{}); err != nil || len(r.Problems) > 0 {
			t.Fatal(err, r)
		}
	}
	commit(declarations()...)
	first := word("t:ARM", graph.Asserted, "2000")
	commit(first)
	commit(word("t:ARM", graph.Denied, "2010"), word("u:ARM", graph.Intended, "2005"))
	commit(assertion(graph.Claim{Predicate: graph.SameAs, From: "t:ARM", To: "u:ARM"}))
	commit(Change{Op: ledger.Withdraw, ID: first.ID})
	at := func(commit uint64, day string) *View {
		v := s.view(At{}, commit)
		if day != "" {
			v = v.AsOf(graph.MustParseDate(day))
		}
		return v
	}
	tests := []struct {
		name     string
		from, to *View
		want     []string
	}{
		{"learnt", at(1, ""), at(2, ""), []string{"t:ARM NONE_RECORDED RECOGNIZED"}},
		{"learnt later", at(2, ""), at(3, ""), []string{"t:ARM RECOGNIZED DENIED", "u:ARM NONE_RECORDED INTENDED"}},
		{"forgotten", at(3, ""), at(2, ""), []string{"t:ARM DENIED RECOGNIZED", "u:ARM INTENDED NONE_RECORDED"}},
		{"happened", at(3, "2001"), at(3, "2006"), []string{"u:ARM NONE_RECORDED INTENDED"}},
		// One voice, now that the two are one: its last word counts.
		{"merged", at(3, "2006"), at(4, "2006"), []string{"t:ARM RECOGNIZED INTENDED"}},
		{"withdrawn", at(4, "2001"), at(5, "2001"), []string{"t:ARM RECOGNIZED NONE_RECORDED"}},
		{"nothing", at(5, ""), at(5, "2024"), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			land, _ := test.from.Entity("t:land")
			d, err := test.from.Diff(t.Context(), land, test.to, land, graph.MustParseDate("2024"))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			status := func(p *trace.Position) string {
				if p == nil {
					return string(trace.NoneRecorded)
				}
				return string(p.Status)
			}
			for _, c := range d.Positions {
				p := c.After
				if p == nil {
					p = c.Before
				}
				got = append(got, string(test.to.ID(p.By))+" "+status(c.Before)+" "+status(c.After))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

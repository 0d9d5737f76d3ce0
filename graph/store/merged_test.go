package store

import (
	"context"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
)

// bond is what a sameAs claim says, as a text; its stance is told unless it is asserted.
func bond(c *Claim) string {
	text := fmt.Sprintf("%s=%s", c.From, c.To)
	if c.Stance != graph.Asserted {
		text += " " + string(c.Stance)
	}
	return text
}

func bonds(t testing.TB, v *View, nos []ClaimNo) (list []string) {
	t.Helper()
	claims, err := v.ReadClaims(context.Background(), nos)
	if err != nil {
		t.Fatal(err)
	}
	for i := range claims {
		list = append(list, bond(&claims[i]))
	}
	return list
}

// TestMergedBy merges three ids in a row, twice at one place, and another two; others are said to be the same in ways that merge nothing.
func TestMergedBy(t *testing.T) {
	s := stage(t)
	same := func(from, to graph.ID, stance graph.Stance, coder graph.ID) graph.Claim {
		return graph.Claim{Predicate: graph.SameAs, From: from, To: to, Stance: stance, Coder: coder}
	}
	before := s.Head().Moment().Commit
	ids := tell(t, s,
		graph.Claim{Predicate: graph.KindPredicate, From: "v:ARM", Value: string(graph.State)},
		same("u:ARM", "t:ARM", graph.Implied, ""),
		same("t:AZE", "t:RUS", graph.Asserted, ""),
		same("t:ARM", "v:ARM", graph.Asserted, ""),
		same("t:ARM", "t:AZE", graph.Denied, ""),
		same("u:ARM", "t:RUS", graph.Intended, ""),
		same("t:ARM", "u:ARM", graph.Asserted, ""),
	)
	change(t, s, ledger.Withdraw, ids[3])
	commit := func(n uint64) *View {
		v, err := s.View(At{Commit: &n})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	tests := []struct {
		at   *View
		of   []string
		want []string
	}{
		{commit(before), []string{"u:ARM"}, nil},
		{commit(before + 1), []string{"u:ARM"}, []string{"u:ARM=t:ARM IMPLIED", "t:ARM=v:ARM", "t:ARM=u:ARM"}},
		{commit(before + 1), []string{"v:ARM", "t:AZE", "t:ARM"}, []string{"u:ARM=t:ARM IMPLIED", "t:AZE=t:RUS", "t:ARM=v:ARM", "t:ARM=u:ARM"}},
		{commit(before + 1), []string{"t:deal"}, nil},
		{s.Head(), []string{"t:ARM"}, []string{"u:ARM=t:ARM IMPLIED", "t:ARM=u:ARM"}},
		{s.Head(), []string{"v:ARM"}, nil},
	}
	for _, tt := range tests {
		var of []Entity
		for _, ref := range tt.of {
			of = append(of, entity(t, tt.at, ref))
		}
		if diff := gocmp.Diff(tt.want, bonds(t, tt.at, tt.at.MergedBy(of...))); diff != "" {
			t.Errorf("%v at commit %d are merged by (-want +got):\n%s", tt.of, tt.at.Moment().Commit, diff)
		}
	}
	tell(t, s, graph.Claim{Predicate: graph.KindPredicate, From: "s:ARM", Value: string(graph.State)}, same("t:ARM", "s:ARM", graph.Asserted, ""))
	v := s.Head()
	if diff := gocmp.Diff([]graph.ID{"s:ARM", "u:ARM"}, v.MergedFrom(entity(t, v, "t:ARM"))); diff != "" {
		t.Errorf("it is merged from (-want +got):\n%s", diff)
	}
}

// namesakes are entities that are merged at random.
var namesakes = []graph.ID{"n:0", "n:1", "n:2", "n:3", "n:4", "n:5", "n:6"}

// TestMergedByHoldsTogether checks with merges drawn at random that the claims of mergedBy are, at every commit, all that stand and merge in
// the group, that they hold it together, and that the group falls to what the others hold when one is withdrawn.
func TestMergedByHoldsTogether(t *testing.T) {
	apart, held := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s, err := Open(context.Background(), memkv.New(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		made := drawMerges(t, s)
		for commit := range s.Head().Moment().Commit + 1 {
			v, err := s.View(At{Commit: &commit})
			if err != nil {
				t.Fatal(err)
			}
			checkMergedBy(t, v, made)
		}
		v := s.Head()
		e, _ := v.Entity(rapid.SampledFrom(namesakes).Draw(t, "whose"))
		by := v.MergedBy(e)
		if len(by) == 0 {
			return
		}
		claims, err := v.ReadClaims(context.Background(), by)
		if err != nil {
			t.Fatal(err)
		}
		members := append(v.MergedFrom(e), v.ID(e))
		gone := rapid.IntRange(0, len(by)-1).Draw(t, "withdrawn")
		if _, err := s.Commit(context.Background(), []Change{{Op: ledger.Withdraw, ID: claims[gone].ClaimID, Reason: "drawn"}}, CommitOptions{}); err != nil {
			t.Fatal(err)
		}
		rest := slices.Delete(claims, gone, gone+1)
		for _, id := range members {
			want := component(id, rest)
			if len(want) < len(members) {
				apart++
			} else {
				held++
			}
			e, _ := s.Head().Entity(id)
			got := append(s.Head().MergedFrom(e), s.Head().ID(e))
			slices.Sort(got)
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Fatalf("%s without one of the claims (-held by the rest +got):\n%s", id, diff)
			}
		}
	})
	if apart == 0 || held == 0 {
		t.Errorf("without a claim %d ids were in a smaller group and %d in the same; what is drawn shows little", apart, held)
	}
}

// drawMerges makes some commits of sameAs claims, and withdrawals and reassertions of them.
func drawMerges(t *rapid.T, s *Store) (made []graph.ClaimID) {
	var changes []Change
	for _, id := range namesakes {
		changes = append(changes, assertion(graph.Claim{Predicate: graph.KindPredicate, From: id, Value: string(graph.State)}))
	}
	for range rapid.IntRange(1, 4).Draw(t, "commits") {
		for range rapid.IntRange(1, 5).Draw(t, "changes") {
			if len(made) > 0 && rapid.IntRange(0, 3).Draw(t, "what") == 0 {
				op := rapid.SampledFrom([]Op{ledger.Withdraw, ledger.Reassert}).Draw(t, "op")
				changes = append(changes, Change{Op: op, ID: rapid.SampledFrom(made).Draw(t, "claim"), Reason: "drawn"})
				continue
			}
			pair := rapid.Permutation(namesakes).Draw(t, "pair")
			c := assertion(graph.Claim{
				Predicate: graph.SameAs, From: pair[0], To: pair[1], Coder: rapid.SampledFrom([]graph.ID{"", "n:0"}).Draw(t, "coder"),
				Stance: rapid.SampledFrom([]graph.Stance{graph.Asserted, graph.Asserted, graph.Implied, graph.Denied, graph.Intended}).Draw(t, "stance"),
			})
			changes, made = append(changes, c), append(made, c.ID)
		}
		if _, err := s.Commit(context.Background(), changes, CommitOptions{}); err != nil {
			t.Fatal(err)
		}
		changes = nil
	}
	return made
}

// checkMergedBy compares the claims of every group with all that were made.
func checkMergedBy(t *rapid.T, v *View, made []graph.ClaimID) {
	var merging []Claim
	for _, id := range made {
		no, known, err := v.ClaimByID(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		if !known {
			continue
		}
		claims, err := v.ReadClaims(context.Background(), []ClaimNo{no})
		if err != nil {
			t.Fatal(err)
		}
		if c := claims[0]; c.Standing && (c.Stance == graph.Asserted || c.Stance == graph.Implied) {
			merging = append(merging, c)
		}
	}
	for _, id := range namesakes {
		e, known := v.Entity(id)
		if !known {
			continue
		}
		members := append(v.MergedFrom(e), v.ID(e))
		slices.Sort(members)
		var want []ClaimNo
		for _, c := range merging {
			if slices.Contains(members, c.From) {
				want = append(want, c.No)
			}
		}
		slices.Sort(want)
		got := v.MergedBy(e)
		if diff := gocmp.Diff(slices.Compact(want), got); diff != "" {
			t.Fatalf("%s is merged by (-want +got):\n%s", id, diff)
		}
		claims, err := v.ReadClaims(context.Background(), got)
		if err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(component(id, claims), members); diff != "" {
			t.Fatalf("%s is one with (-by its claims +got):\n%s", id, diff)
		}
	}
}

// component has the ids that sameAs claims make one with an id, and it, sorted.
func component(id graph.ID, claims []Claim) []graph.ID {
	all := []graph.ID{id}
	for i := 0; i < len(all); i++ {
		for _, c := range claims {
			for _, pair := range [][2]graph.ID{{c.From, c.To}, {c.To, c.From}} {
				if pair[0] == all[i] && !slices.Contains(all, pair[1]) {
					all = append(all, pair[1])
				}
			}
		}
	}
	slices.Sort(all)
	return all
}

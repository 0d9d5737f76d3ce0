package trace_test

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// A rung is a claim by which one stands for another, as the naive graph finds it.
type rung struct {
	claim    string
	from, to graph.ID
}

// rungs are all of a time.
func (n *naive) rungs(when graph.Date) (all []rung) {
	add := func(c *graph.Claim, from, to graph.ID) {
		if slices.Contains(n.above(n.rep[from], when), n.rep[to]) && n.kind(to).Party() && overlap(c.When, when) {
			all = append(all, rung{c.ID().String(), n.rep[from], n.rep[to]})
		}
	}
	for _, p := range []graph.Predicate{graph.Leads, graph.Represents, graph.PartOf} {
		for _, c := range n.facts(p) {
			add(&c, c.From, c.To)
		}
	}
	for _, c := range n.facts(graph.ContributedTo) {
		add(&c, c.To, c.From)
	}
	return all
}

// leads reports whether rungs lead from one to another, or the two are the same.
func leads(all []rung, from, to graph.ID) bool {
	there := map[graph.ID]bool{from: true}
	for range all {
		for _, r := range all {
			there[r.to] = there[r.to] || there[r.from]
		}
	}
	return there[to]
}

// ladder has the claims of all rungs between two, sorted.
func (n *naive) ladder(c *graph.Claim, head graph.ID, when graph.Date) (claims []string) {
	var feet []graph.ID
	for _, q := range c.Qualifiers {
		if q.Name == graph.OnBehalfOf {
			feet = append(feet, n.rep[q.Entity])
		}
	}
	if len(feet) == 0 {
		feet = append(feet, n.rep[c.From])
	}
	if slices.Contains(feet, head) {
		return nil
	}
	for _, foot := range feet {
		up := slices.DeleteFunc(n.rungs(when), func(r rung) bool { return r.to == foot }) // what leads back does not lead up
		for _, r := range up {
			if leads(up, foot, r.from) && leads(up, r.to, head) {
				claims = append(claims, r.claim)
			}
		}
	}
	slices.Sort(claims)
	return slices.Compact(claims)
}

// TestRolledUpBy compares the claims by which ties count for others with those on the ways between the two, as a search of all finds them,
// for every tie of every meeting.
func TestRolledUpBy(t *testing.T) {
	rolled := 0
	rapid.Check(t, func(t *rapid.T) {
		everyCommit(t, func(v *store.View, n *naive, q *drawn) {
			for _, actor := range actors {
				of := drawn{between: []graph.ID{actor}}
				a, err := trace.History(t.Context(), v.Snapshot(), trace.HistoryQuestion{Scope: of.scope(v), MinimumRole: "copied", MinGapDays: 365, Filter: q.at(v), Budget: 1 << 20})
				if err != nil {
					t.Fatal(err)
				}
				for i := range a.Meetings {
					rolled += checkLadders(t, v, n, append(a.Meetings[i].ThirdParties, a.Meetings[i].Parties...))
				}
			}
		})
	})
	if rolled == 0 {
		t.Error("no tie counts for another; the graphs show little")
	}
}

// checkLadders returns how many of the ties count for others.
func checkLadders(t *rapid.T, v *store.View, n *naive, ties []trace.Tie) (rolled int) {
	for i, by := range trace.RolledUpBy(v.Snapshot(), ties) {
		tie := &ties[i]
		claims, err := v.ReadClaims(t.Context(), append(by, tie.Claim))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range claims[:len(by)] {
			got = append(got, c.ClaimID.String())
		}
		if len(got) > 0 {
			rolled++
		}
		made := n.claims[slices.IndexFunc(n.claims, func(c graph.Claim) bool { return c.ID() == claims[len(by)].ClaimID })]
		when := made.When
		if when.IsZero() {
			when = n.date(n.unit(made.To))
		}
		slices.Sort(got)
		var want []string
		if head := n.rep[v.ID(tie.For)]; n.rep[made.From] != head {
			want = n.ladder(&made, head, when)
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("%v counts for %s by (-want +got):\n%s", made, v.ID(tie.For), diff)
		}
		if !n.filter.RollUp && len(got) > 0 {
			t.Fatalf("%v counts for another without roll-up", made)
		}
	}
	return rolled
}

// TestRolledUp compares ties that are rolled up when they are told with those of a question that rolls up.
func TestRolledUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		everyCommit(t, func(v *store.View, _ *naive, q *drawn) {
			sc := trace.Everything()
			sc.Process, _ = v.Entity("t:p0")
			ties := func(rollUp bool) (all []trace.Tie) {
				f := q.at(v)
				f.Exclude = nil // whoever rolls ties up afterwards has no word of it
				f.RollUp = rollUp
				a, err := trace.History(t.Context(), v.Snapshot(), trace.HistoryQuestion{Scope: sc, MinimumRole: "copied", MinGapDays: 365, Filter: f, Budget: 1 << 20})
				if err != nil {
					t.Fatal(err)
				}
				for i := range a.Meetings {
					all = append(all, slices.Concat(a.Meetings[i].ThirdParties, a.Meetings[i].Parties)...)
				}
				return all
			}
			byClaim := func(a, b trace.Tie) int { return cmp.Or(cmp.Compare(a.Claim, b.Claim), cmp.Compare(a.For, b.For)) }
			want, got := ties(true), trace.RolledUp(v.Snapshot(), ties(false))
			slices.SortFunc(want, byClaim)
			slices.SortFunc(got, byClaim)
			if !slices.Equal(want, got) {
				t.Fatalf("at commit %d, told when asked %+v, rolled up afterwards %+v", v.Moment().Commit, want, got)
			}
		})
	})
}

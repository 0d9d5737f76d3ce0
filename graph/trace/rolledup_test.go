package trace_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
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

// TestRolledUpBy compares the claims by which ties count for whom they do with those on the ways between the two, as a search of all finds them,
// for every tie of every meeting. That one counts for its own actor by claims is too rare in drawn graphs to be wanted here: [TestBehalvesByHand] has it.
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
		t.Error("no tie counts by claims; the graphs show little")
	}
}

// checkLadders returns how many of the ties count by claims.
func checkLadders(t *rapid.T, v *store.View, n *naive, ties []trace.Tie) (rolled int) {
	for i, by := range trace.RolledUpBy(v.Snapshot(), ties, n.filter.RollUp) {
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
		if n.filter.RollUp {
			want = n.ladder(&made, n.rep[v.ID(tie.For)], when)
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("%v counts for %s by (-want +got):\n%s", made, v.ID(tie.For), diff)
		}
	}
	return rolled
}

// TestBehalves checks that of a claim's principals each is told once with every tie for whom it comes to, and no other, as a search of all finds it; and
// all of them, without claims, where nothing is rolled up.
func TestBehalves(t *testing.T) {
	several := 0
	rapid.Check(t, func(t *rapid.T) {
		everyCommit(t, func(v *store.View, n *naive, _ *drawn) {
			for _, unit := range n.units() {
				for _, p := range n.partsIn(unit) {
					if len(principals(p.Claim)) > 1 {
						several++
					}
					checkBehalves(t, v, n, p)
				}
			}
		})
	})
	if several == 0 {
		t.Error("no claim names two principals; the graphs show little")
	}
}

// principals are those on whose behalf a claim says it was.
func principals(c *graph.Claim) (list []graph.ID) {
	for _, q := range c.Qualifiers {
		if q.Name == graph.OnBehalfOf {
			list = append(list, q.Entity)
		}
	}
	return list
}

func checkBehalves(t *rapid.T, v *store.View, n *naive, p naivePart) {
	claim, ok, err := v.ClaimByID(t.Context(), p.ID())
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	no := func(id graph.ID) ledger.EntityNo {
		e, _ := v.Entity(id)
		return e
	}
	want, got := make(map[graph.ID][]string), make(map[graph.ID][]string)
	of := principals(p.Claim)
	for _, principal := range of {
		alone := *p.Claim
		alone.Qualifiers = []graph.Qualifier{{Name: graph.OnBehalfOf, Entity: principal}}
		switch {
		case !n.filter.RollUp:
			want[n.rep[principal]] = nil
		case slices.Contains(n.heads(&alone, p.when), p.head):
			want[n.rep[principal]] = n.ladder(&alone, p.head, p.when)
		}
	}
	if len(of) == 0 { // without roll-up the head is the actor, and there is no way to go
		want[""] = n.ladder(p.Claim, p.head, p.when)
	}
	tie := trace.Tie{Claim: claim, Role: p.Predicate.Info().Code, Actor: no(p.From), Meeting: no(p.To), For: no(p.head), When: p.When}
	for _, b := range trace.Behalves(v.Snapshot(), []trace.Tie{tie}, n.filter.RollUp) {
		claims, err := v.ReadClaims(t.Context(), b.RolledUpBy)
		if err != nil {
			t.Fatal(err)
		}
		var by []string
		for _, c := range claims {
			by = append(by, c.ClaimID.String())
		}
		slices.Sort(by)
		var principal graph.ID
		if b.Principal != ledger.NoEntity {
			principal = n.rep[v.ID(b.Principal)]
		}
		if _, twice := got[principal]; twice {
			t.Fatalf("%q is told twice of %v", principal, p.Claim)
		}
		got[principal] = by
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Fatalf("%v was for %s on behalf of (-want +got):\n%s", p.Claim, p.head, diff)
	}
}

// TestBehalvesByHand tells for whom an envoy came who stood for several: his own state, a group that is part of a council, and his ministry; and of a
// movement that acted for its own wing.
func TestBehalvesByHand(t *testing.T) {
	v := storeOf(t, `{"entity": "west", "kind": "State"}
{"entity": "ministry", "kind": "Organization"}
{"entity": "group", "kind": "Organization"}
{"entity": "council", "kind": "Organization"}
{"entity": "envoy", "kind": "Leader"}
{"entity": "text", "kind": "Agreement", "date": "2001"}
{"claim": "memberOf", "from": "west", "to": "council"}
{"claim": "partOf", "from": "group", "to": "council", "key": "group"}
{"claim": "partOf", "from": "ministry", "to": "west", "key": "ministry"}
{"claim": "represents", "from": "envoy", "to": "west", "key": "envoy"}
{"claim": "convened", "from": "envoy", "to": "text", "qualifiers": {"onBehalfOf": ["group", "west", "ministry"]}, "key": "convened"}
{"claim": "convened", "from": "envoy", "to": "text", "qualifiers": {"onBehalfOf": ["group"]}, "key": "for the group"}
{"claim": "signed", "from": "envoy", "to": "text", "key": "signed"}
{"entity": "movement", "kind": "Organization"}
{"entity": "wing", "kind": "Organization"}
{"claim": "partOf", "from": "wing", "to": "movement", "key": "wing"}
{"claim": "signed", "from": "movement", "to": "text", "qualifiers": {"onBehalfOf": ["wing", "west"]}, "key": "for the wing"}
`).Head()
	for _, tt := range []struct {
		party, head graph.ID
		rollUp      bool
		want        []string
		by          []string // what all of its ties count for the head by, those aside that name it
	}{
		{"t:west", "t:west", true, []string{
			"t:envoy convened for t:west, by [], says [convened]",
			"t:envoy convened for t:ministry, by [ministry], says [convened]",
			"t:envoy signed for itself, by [envoy], says [signed]",
			"t:movement signed for t:west, by [], says [for the wing]",
		}, []string{"envoy"}},
		{"t:movement", "t:movement", true, []string{"t:movement signed for t:wing, by [wing], says [for the wing]"}, []string{"wing"}},
		{"t:movement", "t:movement", false, []string{
			"t:movement signed for t:west, by [], says [for the wing]", "t:movement signed for t:wing, by [], says [for the wing]",
		}, nil},
		{"t:west", "t:council", true, []string{"t:envoy convened for t:group, by [group], says [convened for the group]"}, []string{"group"}},
		{"t:envoy", "t:envoy", false, []string{
			"t:envoy convened for t:west, by [], says [convened]",
			"t:envoy convened for t:ministry, by [], says [convened]",
			"t:envoy convened for t:group, by [], says [convened for the group]",
			"t:envoy signed for itself, by [], says [signed]",
		}, nil},
	} {
		sc := trace.Everything()
		sc.Between = []ledger.EntityNo{entity(t, v.Snapshot(), tt.party)}
		a, err := v.Mediation(t.Context(), trace.HistoryQuestion{Scope: sc, MinimumRole: "convened", Filter: trace.Filter{RollUp: tt.rollUp}, MinGapDays: 365, Budget: 1 << 10})
		if err != nil || len(a.Meetings) != 1 {
			t.Fatal(a, err)
		}
		head := entity(t, v.Snapshot(), tt.head)
		ties := slices.DeleteFunc(append(a.Meetings[0].ThirdParties, a.Meetings[0].Parties...), func(t trace.Tie) bool { return t.For != head })
		if diff := gocmp.Diff(tt.want, partsTold(t, v, ties, tt.rollUp)); diff != "" {
			t.Errorf("parts for %s, rolled up: %v (-want +got):\n%s", tt.head, tt.rollUp, diff)
		}
		if diff := gocmp.Diff(tt.by, keysOf(t, v, v.RolledUpBy(ties, tt.rollUp)[head])); diff != "" {
			t.Errorf("claims by which ties count for %s, rolled up: %v (-want +got):\n%s", tt.head, tt.rollUp, diff)
		}
	}
}

// partsTold has the parts that ties make in words.
func partsTold(t *testing.T, v *store.View, ties []trace.Tie, rollUp bool) (told []string) {
	t.Helper()
	for _, p := range v.Parts(ties, rollUp) {
		behalf := "itself"
		if p.OnBehalfOf != store.NoEntity {
			behalf = string(v.ID(p.OnBehalfOf))
		}
		told = append(told, fmt.Sprintf("%s %s for %s, by %v, says %v", v.ID(p.Actor), p.Role(), behalf, keysOf(t, v, p.RolledUpBy), keysOf(t, v, p.Claims)))
	}
	return told
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

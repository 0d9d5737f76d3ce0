package trace_test

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/trace"
)

// summits are two that two texts and a third hold together, and what does not: a text denied to be adopted there, one adopted amid fighting, and one that
// was taken back.
const summits = `{"entity": "vienna", "kind": "Event", "eventType": "SUMMIT"}
{"entity": "geneva", "kind": "Event", "eventType": "SUMMIT"}
{"entity": "fighting", "kind": "Event", "eventType": "HOSTILITIES"}
{"entity": "text", "kind": "Agreement"}
{"entity": "translation", "kind": "Agreement"}
{"entity": "annex", "kind": "Agreement"}
{"entity": "rumour", "kind": "Agreement"}
{"entity": "truce", "kind": "Agreement"}
{"entity": "draft", "kind": "Agreement"}
{"entity": "paper", "kind": "Organization"}
{"entity": "session", "kind": "Event", "eventType": "SUMMIT"}
{"entity": "minutes", "kind": "Agreement"}
{"claim": "adoptedAt", "from": "text", "to": "vienna", "key": "1"}
{"claim": "adoptedAt", "from": "text", "to": "vienna", "key": "2", "claimant": "paper", "stance": "IMPLIED"}
{"claim": "adoptedAt", "from": "translation", "to": "geneva", "key": "3"}
{"claim": "adoptedAt", "from": "annex", "to": "geneva", "key": "4"}
{"claim": "adoptedAt", "from": "rumour", "to": "geneva", "key": "5", "stance": "DENIED"}
{"claim": "adoptedAt", "from": "truce", "to": "fighting", "key": "6"}
{"claim": "adoptedAt", "from": "draft", "to": "geneva", "key": "7"}
{"claim": "sameAs", "from": "translation", "to": "text", "key": "8"}
{"claim": "adoptedAt", "from": "minutes", "to": "session", "key": "9"}
{"claim": "sameAs", "from": "minutes", "to": "session", "key": "10"}
`

// TestJoinedBy names the claims by which meetings are one.
func TestJoinedBy(t *testing.T) {
	s := storeOf(t, summits)
	before := s.Head()
	draft, _ := before.Entity("t:draft")
	withdrawn := trace.JoinedBy(before.Snapshot(), draft)
	claims, err := before.ReadClaims(t.Context(), withdrawn)
	if err != nil || len(claims) == 0 {
		t.Fatal(err, claims)
	}
	last := &claims[len(claims)-1]
	if _, err := s.Commit(t.Context(), []store.Change{{Op: ledger.Withdraw, ID: last.ClaimID}}, store.CommitOptions{}); err != nil {
		t.Fatal(err)
	}
	now := s.Head()
	for _, tt := range []struct {
		of   []graph.ID
		at   *store.View
		want []string
	}{
		{[]graph.ID{"t:vienna"}, now, []string{"1", "2", "3", "4"}},
		{[]graph.ID{"t:text"}, now, []string{"1", "2", "3", "4"}},
		{[]graph.ID{"t:annex", "t:truce", "t:geneva", "t:annex"}, now, []string{"1", "2", "3", "4"}},
		{[]graph.ID{"t:annex"}, before, []string{"1", "2", "3", "4", "7"}},
		{[]graph.ID{"t:rumour", "t:truce", "t:draft", "t:minutes"}, now, nil},
		{nil, now, nil},
	} {
		of := entities(t, tt.at.Snapshot(), tt.of)
		got := keysOf(t, tt.at, trace.JoinedBy(tt.at.Snapshot(), of...))
		if diff := gocmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%v at commit %d are one with others by (-want +got):\n%s", tt.of, tt.at.Moment().Commit, diff)
		}
	}
}

// adoptions are the claims by which the meetings of a unit are one, as a look at all finds them.
func (n *naive) adoptions(unit []graph.ID) (claims []string) {
	for _, c := range n.facts(graph.AdoptedAt) {
		if n.rep[c.From] != n.rep[c.To] && n.isMeeting(c.From) && n.isMeeting(c.To) && slices.Contains(unit, n.rep[c.From]) {
			claims = append(claims, c.ID().String())
		}
	}
	slices.Sort(claims)
	return claims
}

// joinedBy are the ids of the claims by which some meetings are one with others, sorted, and their changes.
func joinedBy(t *rapid.T, v *store.View, meetings ...store.Entity) (ids []string, withdrawals []store.Change) {
	claims, err := v.ReadClaims(t.Context(), trace.JoinedBy(v.Snapshot(), meetings...))
	if err != nil {
		t.Fatal(err)
	}
	for i := range claims {
		ids = append(ids, claims[i].ClaimID.String())
		withdrawals = append(withdrawals, store.Change{Op: ledger.Withdraw, ID: claims[i].ClaimID})
	}
	slices.Sort(ids)
	return ids, withdrawals
}

// TestJoinedByAgainstOracle compares the claims by which units are one with what looking at every claim gives, at every commit. Without any one of
// them, what was a unit is held together by all the others, be it still one or several.
func TestJoinedByAgainstOracle(t *testing.T) {
	joined, split := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		everyCommit(t, func(v *store.View, n *naive, _ *drawn) {
			for _, unit := range n.units() {
				first, _ := v.Entity(unit[0])
				got, _ := joinedBy(t, v, first)
				if diff := gocmp.Diff(n.adoptions(unit), got); diff != "" {
					t.Fatalf("at commit %d %v is one by (-want +got):\n%s", v.Moment().Commit, unit, diff)
				}
			}
		})
		s := graphs(t)
		v := s.Head()
		for _, unit := range naiveOf(t, v, trace.Filter{}).units() {
			if len(unit) == 1 {
				continue
			}
			joined++
			var all []store.Entity
			for _, id := range unit {
				e, _ := v.Entity(id)
				all = append(all, e)
			}
			before, withdrawals := joinedBy(t, v, all[0])
			gone := rapid.SampledFrom(withdrawals).Draw(t, "gone")
			if _, err := s.Commit(t.Context(), []store.Change{gone}, store.CommitOptions{}); err != nil {
				t.Fatal(err)
			}
			v = s.Head()
			after, _ := joinedBy(t, v, all...)
			want := slices.DeleteFunc(before, func(id string) bool { return id == gone.ID.String() })
			if diff := gocmp.Diff(want, after); diff != "" && len(want)+len(after) > 0 {
				t.Fatalf("%v without %s is one by (-want +got):\n%s", unit, gone.ID, diff)
			}
			if len(naiveOf(t, v, trace.Filter{}).unit(unit[0])) < len(unit) {
				split++
			}
		}
	})
	if joined == 0 || split == 0 {
		t.Errorf("%d units of several meetings, %d of them split; the graphs show little", joined, split)
	}
}

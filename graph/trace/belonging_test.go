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

// tracks are a peace process with a part that has a part, which goes round to the first, and what meetings have to do with them and with a war: of the summit the
// text belongs to the smallest, and is one with it; beside them is what says nothing of that.
const tracks = `{"entity": "war", "kind": "Conflict"}
{"entity": "feud", "kind": "Conflict"}
{"entity": "peace", "kind": "Process"}
{"entity": "talks", "kind": "Process"}
{"entity": "shuttle", "kind": "Process"}
{"entity": "council", "kind": "Organization"}
{"entity": "vienna", "kind": "Event", "eventType": "SUMMIT"}
{"entity": "text", "kind": "Agreement"}
{"entity": "draft", "kind": "Agreement"}
{"entity": "truce", "kind": "Agreement"}
{"claim": "adoptedAt", "from": "text", "to": "vienna", "key": "adopted"}
{"claim": "partOf", "from": "shuttle", "to": "talks", "key": "shuttle"}
{"claim": "partOf", "from": "talks", "to": "peace", "key": "talks"}
{"claim": "partOf", "from": "talks", "to": "peace", "key": "talks, implied", "stance": "IMPLIED"}
{"claim": "partOf", "from": "peace", "to": "shuttle", "key": "round"}
{"claim": "partOf", "from": "peace", "to": "council", "key": "council"}
{"claim": "concerns", "from": "peace", "to": "war", "key": "peace"}
{"claim": "concerns", "from": "shuttle", "to": "war", "key": "denied", "stance": "DENIED"}
{"claim": "concerns", "from": "feud", "to": "war", "key": "feud"}
{"claim": "belongsTo", "from": "text", "to": "shuttle", "key": "text"}
{"claim": "belongsTo", "from": "vienna", "to": "peace", "key": "summit"}
{"claim": "belongsTo", "from": "draft", "to": "peace", "key": "draft", "stance": "INTENDED"}
{"claim": "concerns", "from": "draft", "to": "feud", "key": "draft of feud"}
{"claim": "concerns", "from": "truce", "to": "war", "key": "truce"}
{"claim": "partOf", "from": "shuttle", "to": "truce", "key": "of a meeting"}
{"claim": "concerns", "from": "shuttle", "to": "peace", "key": "of a process"}
`

// TestBelongsBy names the claims by which meetings are of a process or about a conflict.
func TestBelongsBy(t *testing.T) {
	v := storeOf(t, tracks).Head()
	for _, tt := range []struct {
		process, conflict graph.ID
		of                []graph.ID
		want              []string
	}{
		{"t:shuttle", "", []graph.ID{"t:text"}, []string{"round", "text", "summit"}},
		{"t:talks", "", []graph.ID{"t:text"}, []string{"shuttle", "round", "text", "summit"}},
		{"t:peace", "", []graph.ID{"t:vienna"}, []string{"shuttle", "talks", "talks, implied", "text", "summit"}},
		{"", "t:war", []graph.ID{"t:vienna"}, []string{"shuttle", "talks", "talks, implied", "round", "peace", "text", "summit"}},
		{"", "t:war", []graph.ID{"t:truce"}, []string{"truce"}},
		{"t:talks", "t:feud", []graph.ID{"t:vienna", "t:draft"}, []string{"shuttle", "round", "text", "summit", "draft of feud"}},
		{"", "t:war", []graph.ID{"t:draft"}, nil},
		{"t:peace", "", []graph.ID{"t:draft", "t:truce"}, nil},
		{"", "", []graph.ID{"t:text"}, nil},
		{"t:peace", "t:war", nil, nil},
	} {
		sc := trace.Everything()
		if tt.process != "" {
			sc.Process = entity(t, v.Snapshot(), tt.process)
		}
		if tt.conflict != "" {
			sc.Conflict = entity(t, v.Snapshot(), tt.conflict)
		}
		of := entities(t, v.Snapshot(), tt.of)
		got := keysOf(t, v, v.BelongsBy(&sc, of...))
		if diff := gocmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%v are of %q, about %q, by (-want +got):\n%s", tt.of, tt.process, tt.conflict, diff)
		}
	}
}

// belonging are the claims by which a unit is of a process, empty for none, and about the conflict, if that is asked; as a look at all finds them.
func (n *naive) belonging(unit []graph.ID, process graph.ID, conflict bool) (claims []string) {
	in := func(p graph.ID) {
		for _, b := range n.facts(graph.BelongsTo) {
			if !slices.Contains(unit, n.rep[b.From]) {
				continue
			}
			if b.To == p {
				claims = append(claims, b.ID().String())
			}
			for _, part := range n.facts(graph.PartOf) {
				if part.From == b.To && part.To == p {
					claims = append(claims, b.ID().String(), part.ID().String())
				}
			}
		}
	}
	if process != "" {
		in(process)
	}
	for _, c := range n.facts(graph.Concerns) {
		before := len(claims)
		switch {
		case !conflict:
		case n.kind(c.From) == graph.Process:
			in(c.From)
			if len(claims) > before {
				claims = append(claims, c.ID().String())
			}
		case slices.Contains(unit, n.rep[c.From]):
			claims = append(claims, c.ID().String())
		}
	}
	slices.Sort(claims)
	return slices.Compact(claims)
}

// TestBelongsByAgainstOracle compares the claims by which meetings are in a history with what looking at every claim gives, at every commit. Without
// all of them no meeting is there any more.
func TestBelongsByAgainstOracle(t *testing.T) {
	parts := 0
	rapid.Check(t, func(t *rapid.T) {
		s := graphs(t)
		for _, of := range []drawn{{process: "t:p0"}, {process: "t:p1"}, {conflict: "t:conflict"}, {process: "t:p0", conflict: "t:conflict"}} {
			for commit := uint64(1); commit <= s.Head().Moment().Commit; commit++ {
				v := viewAt(t, s, commit)
				n, sc := naiveOf(t, v, trace.Filter{}), of.scope(v)
				for _, unit := range n.units() {
					if !of.has(n, unit) {
						continue
					}
					first, _ := v.Entity(unit[0])
					claims, err := v.ReadClaims(t.Context(), v.BelongsBy(&sc, first))
					if err != nil {
						t.Fatal(err)
					}
					var got []string
					for i := range claims {
						got = append(got, claims[i].ClaimID.String())
						if claims[i].Predicate == graph.PartOf {
							parts++
						}
					}
					slices.Sort(got)
					if diff := gocmp.Diff(n.belonging(unit, of.process, of.conflict != ""), got); diff != "" {
						t.Fatalf("at commit %d %v is of %q, about %q, by (-want +got):\n%s", commit, unit, of.process, of.conflict, diff)
					}
				}
			}
		}
		v := s.Head()
		sc := (&drawn{process: "t:p0"}).scope(v)
		ask := func() []trace.MediatedMeeting {
			a, err := s.Head().Mediation(t.Context(), trace.HistoryQuestion{Scope: sc, MinimumRole: "copied", MinGapDays: 365, Budget: 1 << 20})
			if err != nil {
				t.Fatal(err)
			}
			return a.Meetings
		}
		var withdrawn []store.Change
		for _, m := range ask() {
			claims, err := v.ReadClaims(t.Context(), v.BelongsBy(&sc, m.Meeting))
			if err != nil {
				t.Fatal(err)
			}
			for i := range claims {
				withdrawn = append(withdrawn, store.Change{Op: ledger.Withdraw, ID: claims[i].ClaimID})
			}
		}
		if len(withdrawn) == 0 {
			return
		}
		if _, err := s.Commit(t.Context(), withdrawn, store.CommitOptions{}); err != nil {
			t.Fatal(err)
		}
		if left := ask(); len(left) > 0 {
			t.Fatalf("%d meetings are left without the claims by which they were there", len(left))
		}
	})
	if parts == 0 {
		t.Error("no process is part of another; the graphs show little")
	}
}

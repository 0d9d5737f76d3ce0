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

// dealings are a summit and the text adopted there, each with a party of its own, and what is beside them: a minister who signed for his state and one who said
// for whom he did, whoever was between, and what is said otherwise by others, denied, or of a later day.
const dealings = `{"entity": "north", "kind": "State"}
{"entity": "south", "kind": "State"}
{"entity": "west", "kind": "State"}
{"entity": "daily", "kind": "Organization"}
{"entity": "ministry", "kind": "Organization"}
{"entity": "minister", "kind": "Leader"}
{"entity": "envoy", "kind": "Leader"}
{"entity": "summit", "kind": "Event", "eventType": "SUMMIT", "date": "2001"}
{"entity": "text", "kind": "Agreement", "date": "2001"}
{"entity": "truce", "kind": "Agreement", "date": "2003"}
{"claim": "adoptedAt", "from": "text", "to": "summit", "key": "adopted"}
{"claim": "leads", "from": "minister", "to": "ministry", "key": "minister"}
{"claim": "leads", "from": "minister", "to": "west", "when": "1990", "key": "before"}
{"claim": "partOf", "from": "ministry", "to": "north", "key": "ministry"}
{"claim": "represents", "from": "envoy", "to": "north", "key": "envoy"}
{"claim": "signed", "from": "minister", "to": "text", "key": "signed"}
{"claim": "signed", "from": "envoy", "to": "text", "qualifiers": {"onBehalfOf": ["north"]}, "claimant": "daily", "key": "for the state"}
{"claim": "participated", "from": "south", "to": "summit", "coder": "daily", "key": "came"}
{"claim": "signed", "from": "south", "to": "text", "when": "2002", "key": "signed later"}
{"claim": "signed", "from": "south", "to": "text", "stance": "DENIED", "key": "denied"}
{"claim": "signed", "from": "west", "to": "text", "key": "west"}
{"claim": "mediated", "from": "north", "to": "text", "key": "mediated"}
{"claim": "mediated", "from": "west", "to": "text", "key": "between"}
{"claim": "signed", "from": "north", "to": "truce", "key": "truce"}
{"claim": "signed", "from": "south", "to": "truce", "key": "truce, too"}
`

// TestBetweenBy names the claims by which meetings are between parties, as different questions have it.
func TestBetweenBy(t *testing.T) {
	v := storeOf(t, dealings).Head()
	no := func(id graph.ID) ledger.EntityNo { return entity(t, v.Snapshot(), id) }
	daily := []ledger.EntityNo{no("t:daily")}
	both := []graph.ID{"t:north", "t:south"}
	for _, tt := range []struct {
		name    string
		between []graph.ID
		f       trace.Filter
		of      []graph.ID
		want    []string
	}{
		{"the text", both, trace.Filter{RollUp: true}, []graph.ID{"t:text"}, []string{"minister", "ministry", "signed", "for the state", "came", "signed later"}},
		{"the summit, of one", both[:1], trace.Filter{RollUp: true}, []graph.ID{"t:summit"}, []string{"minister", "ministry", "signed", "for the state"}},
		{"both, and the truce", both[1:], trace.Filter{RollUp: true}, []graph.ID{"t:summit", "t:text", "t:truce"}, []string{"came", "signed later", "truce, too"}},
		{"as named", []graph.ID{"t:minister", "t:envoy", "t:south"}, trace.Filter{}, []graph.ID{"t:text"}, []string{"signed", "for the state", "came", "signed later"}},
		{"as named, of who is named as a principal alone", both[:1], trace.Filter{}, []graph.ID{"t:text"}, nil},
		{"in one role", both, trace.Filter{RollUp: true, Roles: []graph.Predicate{"participated", graph.Mediated}}, []graph.ID{"t:text"}, []string{"came"}},
		{"denied", both, trace.Filter{RollUp: true, Stances: []graph.Stance{graph.Denied}}, []graph.ID{"t:text"}, []string{"denied"}},
		{"on one's word", both, trace.Filter{RollUp: true, Claimants: daily}, []graph.ID{"t:text"}, []string{"for the state"}},
		{"as one encoded", both, trace.Filter{RollUp: true, Coders: daily}, []graph.ID{"t:text"}, []string{"came"}},
		{"by a day", both[1:], trace.Filter{RollUp: true, AsOf: date(t, "2001-12-31")}, []graph.ID{"t:text"}, []string{"came"}},
		{"without the minister", both[:1], trace.Filter{RollUp: true, Exclude: []ledger.EntityNo{no("t:minister")}}, []graph.ID{"t:text"}, []string{"for the state"}},
		{"between nobody", nil, trace.Filter{RollUp: true}, []graph.ID{"t:text"}, nil},
		{"no meeting", both, trace.Filter{RollUp: true}, nil, nil},
	} {
		sc := trace.Everything()
		for _, id := range tt.between {
			sc.Between = append(sc.Between, no(id))
		}
		var of []ledger.EntityNo
		for _, id := range tt.of {
			of = append(of, no(id))
		}
		claims, err := v.ReadClaims(t.Context(), trace.BetweenBy(v.Snapshot(), &sc, tt.f, of...))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range claims {
			got = append(got, claims[i].Key)
		}
		if diff := gocmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: between %v by (-want +got):\n%s", tt.name, tt.between, diff)
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

// dealing are the claims by which a unit is between some, as a look at all finds them.
func (n *naive) dealing(unit, between []graph.ID) (claims []string) {
	for _, p := range n.partsIn(unit) {
		if p.Predicate.Info().ThirdParty() || !slices.ContainsFunc(between, func(b graph.ID) bool { return n.rep[b] == p.head }) {
			continue
		}
		claims = append(claims, p.ID().String())
		if n.filter.RollUp {
			claims = append(claims, n.ladder(p.Claim, p.head, p.when)...)
		}
	}
	slices.Sort(claims)
	return slices.Compact(claims)
}

// TestBetweenByAgainstOracle compares the claims by which meetings are between parties with what looking at every claim gives, at every commit and for every
// filter. Without those of them that make parties no meeting is between these any more.
func TestBetweenByAgainstOracle(t *testing.T) {
	rolled := 0
	rapid.Check(t, func(t *rapid.T) {
		s, q := graphs(t), drawnQuestions(t)
		q.between = []graph.ID{"t:s0"}
		for commit := uint64(1); commit <= s.Head().Moment().Commit; commit++ {
			v := viewAt(t, s, commit)
			n := naiveOf(t, v, q.at(v))
			for _, unit := range n.units() {
				parties := n.parties(unit)
				if len(parties) == 0 {
					continue
				}
				q.between = rapid.SliceOfNDistinct(rapid.SampledFrom(parties), 1, min(len(parties), 2), rapid.ID).Draw(t, "parties")
				rolled += checkDealing(t, v, n, &q, unit)
			}
		}
		q.process, q.conflict = "", "" // so that more is of the scope
		withoutParties(t, s, &q)
	})
	if rolled == 0 {
		t.Error("nobody is a party by another's part; the graphs show little")
	}
}

// checkDealing returns how many of the claims by which a unit is between the question's parties do not make a part, but let one count.
func checkDealing(t *rapid.T, v *store.View, n *naive, q *drawn, unit []graph.ID) (rolled int) {
	sc := q.scope(v)
	of, _ := v.Entity(rapid.SampledFrom(unit).Draw(t, "one of the unit"))
	claims, err := v.ReadClaims(t.Context(), trace.BetweenBy(v.Snapshot(), &sc, q.at(v), of))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range claims {
		got = append(got, claims[i].ClaimID.String())
		if !claims[i].Predicate.Info().Tie {
			rolled++
		}
	}
	slices.Sort(got)
	if diff := gocmp.Diff(n.dealing(unit, q.between), got); diff != "" {
		t.Fatalf("at commit %d %v is between %v by (-want +got):\n%s", v.Moment().Commit, unit, q.between, diff)
	}
	return rolled
}

// withoutParties withdraws the claims that make some parties to the meetings between them, and checks that none is left.
func withoutParties(t *rapid.T, s *store.Store, q *drawn) {
	ask := func() []trace.MediatedMeeting {
		v := s.Head()
		a, err := trace.History(t.Context(), v.Snapshot(), trace.HistoryQuestion{
			Scope: q.scope(v), MinimumRole: q.minimum, MinGapDays: 365, Filter: q.at(v), Budget: 1 << 20,
		})
		if err != nil {
			t.Fatal(err)
		}
		return a.Meetings
	}
	v := s.Head()
	sc := q.scope(v)
	var meetings []ledger.EntityNo
	for _, m := range ask() {
		meetings = append(meetings, m.Meeting)
	}
	claims, err := v.ReadClaims(t.Context(), trace.BetweenBy(v.Snapshot(), &sc, q.at(v), meetings...))
	if err != nil {
		t.Fatal(err)
	}
	var withdrawn []store.Change
	for i := range claims {
		if claims[i].Predicate.Info().Tie {
			withdrawn = append(withdrawn, store.Change{Op: ledger.Withdraw, ID: claims[i].ClaimID})
		}
	}
	if len(withdrawn) == 0 {
		if len(meetings) > 0 {
			t.Fatalf("no claim makes %v parties to %d meetings", q.between, len(meetings))
		}
		return
	}
	if _, err := s.Commit(t.Context(), withdrawn, store.CommitOptions{}); err != nil {
		t.Fatal(err)
	}
	if left := ask(); len(left) > 0 {
		t.Fatalf("%d meetings are left without the claims by which they were between the parties", len(left))
	}
}

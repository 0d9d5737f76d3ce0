package trace_test

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/topology"
	"entente/graph/trace"
)

// TestKeptMeetings drops meetings to which an actor was no party in both ways, at every commit of a graph as it came and of one that was laid
// out at once. None is dropped to which it was a party, and histories are the same.
func TestKeptMeetings(t *testing.T) {
	kept := 0
	rapid.Check(t, func(t *rapid.T) {
		s, q := graphs(t), drawnQuestions(t)
		again := reopened(t, s)
		for commit := uint64(1); commit <= s.Head().Moment().Commit; commit++ {
			came, laidOut := viewAt(t, s, commit), viewAt(t, again, commit)
			for _, id := range ids(graph.State, graph.Leader) {
				a, _ := came.Entity(id)
				units := unitsOf(t, came, q.at(came), a)
				if diff := gocmp.Diff(units, unitsOf(t, laidOut, q.at(laidOut), a)); diff != "" {
					t.Fatalf("meetings of %s at commit %d (-as they came +laid out):\n%s", id, commit, diff)
				}
				for _, v := range []*store.View{came, laidOut} {
					named, receiving := trace.Kept(v.Snapshot(), q.at(v), a, meetingsIn(v.Snapshot()))
					for _, m := range slices.Concat(units...) {
						kept++
						if !slices.Contains(named, m) || !slices.Contains(receiving, m) {
							t.Fatalf("commit %d: %s was a party to %s, which is not among %v and %v", commit, id, v.ID(m), named, receiving)
						}
					}
				}
			}
		}
	})
	if kept == 0 {
		t.Error("nobody was a party to anything; the graphs show nothing")
	}
}

// unitsOf are the meetings to which an actor was a party, unit by unit.
func unitsOf(t *rapid.T, v *store.View, f trace.Filter, actor ledger.EntityNo) (units [][]ledger.EntityNo) {
	q := trace.HistoryQuestion{Scope: trace.Everything(), MinimumRole: graph.Mediated, MinGapDays: 365, Filter: f, Budget: 1 << 20}
	q.Between = []ledger.EntityNo{actor}
	a, err := trace.History(t.Context(), v.Snapshot(), q)
	if err != nil {
		t.Fatal(err)
	}
	for i := range a.Meetings {
		units = append(units, a.Meetings[i].Unit.Meetings)
	}
	return units
}

// meetingsIn are all of a graph.
func meetingsIn(s *topology.Snapshot) (meetings []ledger.EntityNo) {
	for e := range s.Entities() {
		if s.Group(e) == e && s.IsMeeting(e) {
			meetings = append(meetings, e)
		}
	}
	return meetings
}

// TestKeptMeetingsAreFew wants meetings to be dropped of which the curated records do not have an actor as a party: nearly all where the
// claims of those who may have acted for it are known, and some where all that is known is that somebody there may stand for others.
func TestKeptMeetingsAreFew(t *testing.T) {
	s := curated(t)
	all := meetingsIn(s)
	named, receiving := trace.Kept(s, trace.Filter{RollUp: true}, entity(t, s, "entente:KGZ"), all)
	if len(named) > len(all)/4 || len(receiving) == len(all) {
		t.Errorf("of %d meetings %d and %d are kept as ones to which Kyrgyzstan may have been a party", len(all), len(named), len(receiving))
	}
}

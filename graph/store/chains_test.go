package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/trace"
)

// TestTracedParts makes one part of what several say of a leader at different times: it counts for the state by the claims of each time, which
// are told once each and in the order of the ledger.
func TestTracedParts(t *testing.T) {
	s := stage(t)
	later, earlier := day("2000/2005"), day("1995/1999")
	ids := tell(t, s,
		graph.Claim{Predicate: graph.Leads, From: "t:leader", To: "t:ARM", When: later},
		graph.Claim{Predicate: graph.Leads, From: "t:leader", To: "t:ARM", When: earlier},
		graph.Claim{Predicate: graph.Mediated, From: "t:leader", To: "t:deal", When: day("1997")},
		graph.Claim{Predicate: graph.Mediated, From: "t:leader", To: "t:deal", When: day("2003")},
		graph.Claim{Predicate: graph.Mediated, From: "t:leader", To: "t:deal", When: day("2003"), Claimant: "t:AZE"},
	)
	v := s.Head()
	nos := make([]ClaimNo, len(ids))
	for i, id := range ids {
		no, found, err := v.ClaimByID(t.Context(), id)
		if err != nil || !found {
			t.Fatal(found, err)
		}
		nos[i] = no
	}
	state := entity(t, v, "t:ARM")
	var ties []trace.Tie
	for i, when := range []string{"1997", "2003", "2003"} {
		ties = append(ties, trace.Tie{
			Claim: nos[2+i], Role: graph.Mediated.Info().Code, Actor: entity(t, v, "t:leader"), Meeting: entity(t, v, "t:deal"), For: state, When: day(when),
		})
	}
	parts := v.Parts(ties, true)
	if len(parts) != 1 {
		t.Fatalf("there are %d parts, want 1: %+v", len(parts), parts)
	}
	if diff := cmp.Diff(nos[2:], parts[0].Claims); diff != "" {
		t.Errorf("claims of the part (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(nos[:2], parts[0].RolledUpBy); diff != "" {
		t.Errorf("it counts for the state by (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[Entity][]ClaimNo{state: nos[:2]}, v.RolledUpBy(ties, true)); diff != "" {
		t.Errorf("ties count by (-want +got):\n%s", diff)
	}
}

package store

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/ledger"
)

// ids are the ids of entities, in their order.
func ids(v *View, entities []Entity) []graph.ID {
	var list []graph.ID
	for _, e := range entities {
		list = append(list, v.ID(e))
	}
	return list
}

func TestAllYieldsMergedEntitiesOnce(t *testing.T) {
	s := stage(t)
	before := len(slices.Collect(s.Head().All()))
	tell(t, s, graph.Claim{Predicate: graph.SameAs, From: "t:ARM", To: "u:ARM"})
	after := ids(s.Head(), slices.Collect(s.Head().All()))
	if len(after) != before-1 || !slices.Contains(after, "t:ARM") || slices.Contains(after, "u:ARM") {
		t.Errorf("of %d entities, two of which became one, All yields %q", before, after)
	}
	for range s.Head().All() {
		break // the sequence can be left
	}
}

// TestTies says who had a part in what, whoever acted, and by whom it is told.
func TestTies(t *testing.T) {
	s := stage(t)
	tell(t, s,
		graph.Claim{Predicate: graph.Signed, From: "t:leader", To: "t:deal", Coder: "t:RUS", When: day("2020-11-09"), Qualifiers: []graph.Qualifier{{Name: graph.OnBehalfOf, Entity: "t:ARM"}}},
		graph.Claim{Predicate: graph.Signed, From: "t:ARM", To: "t:deal2", When: day("1994")},
		graph.Claim{Predicate: graph.Mediated, From: "t:RUS", To: "t:deal2", Stance: graph.Denied},
	)
	v := s.Head()
	type row struct {
		Role                       graph.Predicate
		Actor, Meeting, OnBehalfOf graph.ID
		When                       string
		Sources                    int
	}
	rowsOf := func(f ParticipationFilter) (rows []row) {
		for _, tie := range v.EveryPart(f) {
			r := row{Role: tie.Role(), Actor: v.ID(tie.Actor), Meeting: v.ID(tie.Meeting), When: tie.When.String()}
			if tie.OnBehalfOf != NoEntity {
				r.OnBehalfOf = v.ID(tie.OnBehalfOf)
			}
			for _, source := range v.Sources(&tie) {
				if source != NoEntity {
					r.Sources++
				}
			}
			rows = append(rows, r)
		}
		return rows
	}
	armenia, deal2 := entity(t, v, "t:ARM"), entity(t, v, "t:deal2")
	want := []row{
		{graph.Signed, "t:ARM", "t:deal2", "", "1994", 0},
		{graph.Signed, "t:leader", "t:deal", "t:ARM", "2020-11-09", 1},
	}
	if diff := cmp.Diff(want, rowsOf(ParticipationFilter{Actor: &armenia})); diff != "" {
		t.Errorf("Armenia's ties (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want[:1], rowsOf(ParticipationFilter{Meeting: &deal2})); diff != "" {
		t.Errorf("the ties of the second deal, without what is denied (-want +got):\n%s", diff)
	}
}

func TestLinks(t *testing.T) {
	s := stage(t)
	tell(t, s,
		graph.Claim{Predicate: graph.Leads, From: "t:leader", To: "t:ARM", When: day("2018/2020")},
		graph.Claim{Predicate: graph.Leads, From: "t:leader", To: "t:RUS", Stance: graph.Denied},
	)
	v := s.Head()
	want := []Link{{entity(t, v, "t:ARM"), day("2018/2020")}}
	if diff := cmp.Diff(want, v.Links(entity(t, v, "t:leader"), graph.Leads), cmp.Comparer(func(a, b graph.Date) bool { return a == b })); diff != "" {
		t.Errorf("Links (-want +got):\n%s", diff)
	}
	if links := v.Links(entity(t, v, "t:RUS"), graph.Leads); links != nil {
		t.Errorf("Links of what leads nothing = %v", links)
	}
}

// TestApart says whose word parts two entities.
func TestApart(t *testing.T) {
	same := graph.Claim{Predicate: graph.SameAs, From: "t:ARM", To: "u:ARM"}
	denied := same
	denied.Stance = graph.Denied
	tests := []struct {
		name string
		do   func(t *testing.T, s *Store)
		want bool
	}{
		{"nobody says anything", func(*testing.T, *Store) {}, false},
		{"they are merged", func(t *testing.T, s *Store) { tell(t, s, same) }, false},
		{"somebody denies it", func(t *testing.T, s *Store) { tell(t, s, denied) }, true},
		{"the denial is withdrawn", func(t *testing.T, s *Store) {
			tell(t, s, denied)
			put(t, s, "", Change{Op: ledger.Withdraw, ID: assertion(denied).ID})
		}, false},
		{"the merge is withdrawn", func(t *testing.T, s *Store) {
			tell(t, s, same)
			put(t, s, "", Change{Op: ledger.Withdraw, ID: assertion(same).ID})
		}, true},
		{"the merge is undone", func(t *testing.T, s *Store) {
			tell(t, s, same)
			if _, err := s.Undo(t.Context(), 2, 2, UndoOptions{}); err != nil {
				t.Fatal(err)
			}
		}, false},
		{"one claim of the merge is withdrawn, another stands", func(t *testing.T, s *Store) {
			other := same
			other.Confidence = 0.5
			tell(t, s, same, other)
			put(t, s, "", Change{Op: ledger.Withdraw, ID: assertion(same).ID})
		}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := stage(t)
			tt.do(t, s)
			v := s.Head()
			for _, id := range []string{"t:ARM", "u:ARM"} {
				if got := len(v.Apart(entity(t, v, id))) == 1; got != tt.want {
					t.Errorf("Apart(%s) = %q, want one: %v", id, ids(v, v.Apart(entity(t, v, id))), tt.want)
				}
			}
		})
	}
}

func TestDegree(t *testing.T) {
	s := stage(t)
	before := s.Head()
	tell(t, s, graph.Claim{Predicate: graph.Signed, From: "t:ARM", To: "t:deal"})
	after := s.Head()
	e := entity(t, after, "t:ARM")
	if was, is := before.Degree(e), after.Degree(e); is != was+1 {
		t.Errorf("with one more claim the degree goes from %d to %d", was, is)
	}
}

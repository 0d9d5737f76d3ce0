package trace_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
	"entente/graph/store"
)

// cast is who and what is in small random graphs, with the kinds.
var cast = []struct {
	id   graph.ID
	kind graph.Kind
}{
	{"t:s0", graph.State},
	{"t:s1", graph.State},
	{"t:s2", graph.State},
	{"t:o0", graph.Organization},
	{"t:o1", graph.Organization},
	{"t:l0", graph.Leader},
	{"t:l1", graph.Leader},
	{"t:force", graph.PeacekeepingForce},
	{"t:a0", graph.Agreement},
	{"t:a1", graph.Agreement},
	{"t:a2", graph.Agreement},
	{"t:a3", graph.Agreement},
	{"t:a4", graph.Agreement},
	{"t:summit", graph.Event},
	{"t:talks", graph.Event},
	{"t:war", graph.Event},
	{"t:p0", graph.Process},
	{"t:p1", graph.Process},
	{"t:conflict", graph.Conflict},
}

var eventTypes = map[graph.ID]graph.EventType{"t:summit": graph.Summit, "t:talks": graph.Talks, "t:war": graph.Hostilities}

// ids are those of the cast of some kinds.
func ids(kinds ...graph.Kind) (list []graph.ID) {
	for _, c := range cast {
		for _, k := range kinds {
			if c.kind == k {
				list = append(list, c.id)
			}
		}
	}
	return list
}

var (
	actors   = ids(graph.State, graph.Organization, graph.Leader, graph.PeacekeepingForce)
	meetings = ids(graph.Agreement, graph.Event)
	moments  = []string{
		"", "", "2001-03-05", "2001-03-06", "2001-03", "2002-07-01", "2004-06-30", "2005-07-01", "2007-01-01", "2002", "2001~", "2003/", "2000/2004",
		"[2001-03-05,2004-06]", "2003/..", "200X",
	}
	tieRoles = []graph.Predicate{graph.Mediated, graph.Mediated, graph.ThirdParty, graph.ThirdParty, "copied", "hosted", graph.Signed, graph.Signed, graph.Signed, "participated"}
)

// graphs draws a small graph of several commits, with merges and retractions among them.
func graphs(t *rapid.T) *store.Store {
	s, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var known []graph.Claim
	commit := func(changes []store.Change) {
		if _, err := s.Commit(t.Context(), changes, store.CommitOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	var declared []store.Change
	for _, c := range cast {
		declared = append(declared, assertion(t, graph.Claim{Predicate: graph.KindPredicate, From: c.id, Value: string(c.kind)}))
		if of, ok := eventTypes[c.id]; ok {
			declared = append(declared, assertion(t, graph.Claim{Predicate: graph.EventTypeOf, From: c.id, Value: string(of)}))
		}
	}
	commit(declared)
	for i := range rapid.IntRange(1, 3).Draw(t, "commits") {
		var changes []store.Change
		for j := range rapid.IntRange(1, 30).Draw(t, fmt.Sprint("claims of ", i)) {
			label := fmt.Sprint(i, ".", j)
			if len(known) > 0 && rapid.IntRange(0, 7).Draw(t, "ends "+label) == 0 {
				c := rapid.SampledFrom(known).Draw(t, "which "+label)
				changes = append(changes, store.Change{Op: ledger.Withdraw, ID: c.ID()})
				continue
			}
			change := assertion(t, someClaim(t, label))
			known = append(known, change.Claim)
			changes = append(changes, change)
		}
		commit(changes)
	}
	return s
}

// someClaim draws a claim that decides about ties, units, roll-up or scopes.
func someClaim(t *rapid.T, label string) graph.Claim {
	pick := func(what string, from []graph.ID) graph.ID { return rapid.SampledFrom(from).Draw(t, what+" "+label) }
	when := func() graph.Date {
		text := rapid.SampledFrom(moments).Draw(t, "when "+label)
		if text == "" {
			return graph.Date{}
		}
		return graph.MustParseDate(text)
	}
	stance := rapid.SampledFrom([]graph.Stance{graph.Asserted, graph.Asserted, graph.Asserted, graph.Asserted, graph.Implied, graph.Denied, graph.Intended}).Draw(t, "stance "+label)
	c := graph.Claim{Stance: stance}
	set := func(p graph.Predicate, from, to graph.ID) { c.Predicate, c.From, c.To = p, from, to }
	switch rapid.IntRange(0, 18).Draw(t, "sort "+label) {
	case 0, 1:
		c.Predicate, c.From, c.Value = graph.DatePredicate, pick("of", meetings), rapid.SampledFrom(moments[2:]).Draw(t, "date "+label)
	case 2, 12:
		set(graph.AdoptedAt, pick("text", ids(graph.Agreement)), pick("event", ids(graph.Event)))
	case 3:
		set(graph.BelongsTo, pick("meeting", meetings), pick("process", ids(graph.Process)))
	case 4:
		set(graph.Concerns, pick("about", append(ids(graph.Process), meetings...)), "t:conflict")
	case 5:
		set(graph.PartOf, "t:p1", "t:p0")
	case 6:
		set(graph.PartOf, pick("organ", ids(graph.Organization)), pick("whole", ids(graph.State, graph.Organization)))
		c.When = when()
	case 7:
		set(rapid.SampledFrom([]graph.Predicate{graph.Leads, graph.Represents}).Draw(t, "office "+label), pick("leader", ids(graph.Leader)), pick("of", ids(graph.State, graph.Organization)))
		c.When = when()
	case 8:
		set(graph.MemberOf, pick("member", ids(graph.State, graph.Leader)), pick("of", ids(graph.Organization)))
	case 9:
		set(graph.ContributedTo, pick("contributor", ids(graph.State)), "t:force")
	case 10, 11:
		pair := rapid.SampledFrom([][2]graph.ID{{"t:a0", "t:a1"}, {"t:l0", "t:l1"}, {"t:s1", "t:s2"}, {"t:a3", "t:a4"}, {"t:summit", "t:talks"}}).Draw(t, "one "+label)
		set(graph.SameAs, pair[0], pair[1])
	default:
		set(rapid.SampledFrom(tieRoles).Draw(t, "role "+label), pick("actor", actors), pick("meeting", meetings))
		c.When = when()
		if rapid.IntRange(0, 3).Draw(t, "for "+label) == 0 {
			c.Qualifiers = []graph.Qualifier{{Name: graph.OnBehalfOf, Entity: pick("principal", actors)}}
		}
	}
	if c.From == c.To {
		c.To = ""
		c.Predicate, c.Value = graph.NamePredicate, "somebody"
		c.When, c.Qualifiers = graph.Date{}, nil
	}
	return c
}

// TestGraphsVary checks that the graphs have what the properties are about.
func TestGraphsVary(t *testing.T) {
	merged, ended, rolled := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := graphs(t)
		snap := s.Head().Snapshot()
		for e := range snap.Entities() {
			if snap.Merged(e) {
				merged++
			}
		}
		for c := range snap.Claims() {
			if !snap.Stands(c) {
				ended++
			}
			if snap.Delegated(c) {
				rolled++
			}
		}
	})
	if merged == 0 || ended == 0 || rolled == 0 {
		t.Errorf("%d merged entities, %d ended claims and %d on somebody's behalf, want some of each", merged, ended, rolled)
	}
}

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
	{"t:o2", graph.Organization},
	{"t:l0", graph.Leader},
	{"t:l1", graph.Leader},
	{"t:l2", graph.Leader},
	{"t:band", graph.ArmedGroup},
	{"t:force", graph.PeacekeepingForce},
	{"t:land", graph.Territory},
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
	// Terms begin and end where moments do, and a day beside.
	terms = []string{
		"2001-03-06/2002", "", "../2001-03-05", "2001-03-05", "2000/2001-03-05", "2001-03-07/2004-06-30", "2004-07-01/2007-01-01", "2002-07-01/..", "/2002", "2001-02~",
	}
	tieRoles = []graph.Predicate{graph.Signed, graph.Mediated, graph.ThirdParty, graph.Signed, "participated", graph.Mediated, "copied", "hosted"}
)

// ladder are the ways in which some stand for others, few enough that they meet: several rungs lie between a leader and a state, they
// lead to several tops and round in circles, and some lead up from what speaks for itself or to what is no party.
var ladder = []struct {
	predicate graph.Predicate
	from, to  graph.ID
}{
	{graph.Leads, "t:l0", "t:o0"},
	{graph.PartOf, "t:o0", "t:o1"},
	{graph.Represents, "t:o1", "t:s0"},
	{graph.Represents, "t:l2", "t:s0"}, // who has no parts himself, but may be one with one who has
	{graph.Leads, "t:l1", "t:force"},
	{graph.ContributedTo, "t:o1", "t:force"},
	{graph.PartOf, "t:o1", "t:o0"},
	{graph.Represents, "t:l0", "t:s1"},
	{graph.PartOf, "t:band", "t:s0"},
	{graph.PartOf, "t:l1", "t:l0"},
	{graph.PartOf, "t:force", "t:o0"},
	{graph.Represents, "t:o0", "t:s2"},
	{graph.PartOf, "t:o2", "t:s2"},
	{graph.ContributedTo, "t:s2", "t:force"},
	{graph.PartOf, "t:s1", "t:o2"},
	{graph.Leads, "t:l0", "t:land"},
}

// doers are those who have parts in meetings: mostly such as may stand for others.
var doers = []graph.ID{"t:l0", "t:l1", "t:o0", "t:force", "t:s0", "t:s1", "t:o1", "t:s2", "t:band", "t:o2"}

// words are those on whose word a part in a meeting is known, or who encoded it.
var words = []graph.ID{"", "t:l0", "t:l1", "t:s0"}

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
		for j := range rapid.IntRange(6, 30).Draw(t, fmt.Sprint("claims of ", i)) {
			label := fmt.Sprint(i, ".", j)
			if len(known) > 0 && rapid.IntRange(0, 7).Draw(t, "ends "+label) == 7 {
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
	when := func(texts []string) graph.Date {
		text := rapid.SampledFrom(texts).Draw(t, "when "+label)
		if text == "" {
			return graph.Date{}
		}
		return graph.MustParseDate(text)
	}
	stance := rapid.SampledFrom([]graph.Stance{graph.Asserted, graph.Asserted, graph.Asserted, graph.Asserted, graph.Implied, graph.Denied, graph.Intended}).Draw(t, "stance "+label)
	c := graph.Claim{Stance: stance}
	set := func(p graph.Predicate, from, to graph.ID) { c.Predicate, c.From, c.To = p, from, to }
	// What comes first is drawn most often, here as in all lists.
	switch rapid.IntRange(0, 29).Draw(t, "sort "+label) {
	case 0, 1, 2, 3:
		set(rapid.SampledFrom(tieRoles).Draw(t, "role "+label), pick("actor", doers), pick("meeting", meetings))
		c.When = when(moments)
		c.Claimant, c.Coder = rapid.SampledFrom(words).Draw(t, "claimant "+label), rapid.SampledFrom(words).Draw(t, "coder "+label)
		principals := rapid.SampledFrom([]int{0, 0, 1, 0, 0, 2}).Draw(t, "principals "+label)
		for _, p := range rapid.SliceOfNDistinct(rapid.SampledFrom(doers), principals, principals, rapid.ID).Draw(t, "for "+label) {
			c.Qualifiers = append(c.Qualifiers, graph.Qualifier{Name: graph.OnBehalfOf, Entity: p})
		}
	case 4, 5, 6, 7, 8, 9:
		r := rapid.SampledFrom(ladder).Draw(t, "rung "+label)
		set(r.predicate, r.from, r.to)
		c.When = when(terms)
	case 10, 11:
		set(graph.BelongsTo, pick("meeting", meetings), pick("process", ids(graph.Process)))
	case 12, 13:
		set(graph.Concerns, pick("about", append(ids(graph.Process), meetings...)), "t:conflict")
	case 14:
		set(graph.PartOf, "t:p1", "t:p0")
	case 15, 16, 17:
		set(graph.AdoptedAt, pick("text", []graph.ID{"t:a1", "t:a0", "t:a4", "t:a2", "t:a3"}), pick("event", ids(graph.Event)))
	case 18, 19:
		pair := rapid.SampledFrom([][2]graph.ID{
			{"t:l0", "t:l2"}, {"t:a0", "t:a1"}, {"t:l0", "t:l1"}, {"t:o1", "t:o2"}, {"t:s1", "t:s2"}, {"t:a3", "t:a4"}, {"t:summit", "t:talks"},
		}).Draw(t, "one "+label)
		set(graph.SameAs, pair[0], pair[1])
	case 20, 21:
		set(graph.MemberOf, pick("member", ids(graph.State, graph.Leader)), pick("of", []graph.ID{"t:o0", "t:band", "t:o1", "t:o2"}))
	default:
		c.Predicate, c.From, c.Value = graph.DatePredicate, pick("of", meetings), rapid.SampledFrom(moments[2:]).Draw(t, "date "+label)
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
			if !snap.Alone(e) {
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

package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// cast are the entities that random claims are about.
var cast = []struct {
	id   graph.ID
	kind graph.Kind
}{
	{"t:ARM", graph.State},
	{"t:AZE", graph.State},
	{"u:ARM", graph.State},
	{"t:RUS", graph.State},
	{"t:deal", graph.Agreement},
	{"t:deal2", graph.Agreement},
	{"u:deal", graph.Agreement},
	{"t:leader", graph.Leader},
	{"t:doc", graph.Document},
	{"u:doc", graph.Document},
	{"t:force", graph.PeacekeepingForce},
	{"t:land", graph.Territory},
}

func declarations() []Change {
	var changes []Change
	for _, c := range cast {
		changes = append(changes, assertion(graph.Claim{Predicate: graph.KindPredicate, From: c.id, Value: string(c.kind)}))
	}
	return changes
}

// assertion is the change that brings a claim, which must be sound.
func assertion(c graph.Claim) Change {
	if err := c.Normalize(); err != nil {
		panic(err)
	}
	return Change{Claim: c, ID: c.ID()}
}

// drawClaim draws a claim about the cast: ties, spans, what lasts, names, dates, merges, of every stance.
func drawClaim(t *rapid.T) graph.Claim {
	actors := []graph.ID{"t:ARM", "t:AZE", "u:ARM", "t:RUS", "t:leader"}
	deals := []graph.ID{"t:deal", "t:deal2", "u:deal"}
	documents := []graph.ID{"t:doc", "u:doc"}
	dates := []string{"", "2020-11-09", "2020-11", "2021/2023", "[2020-11-09,2020-11-10]", "-0500-01-01", "2019-05-05~"}
	pick := func(ids []graph.ID, label string) graph.ID { return rapid.SampledFrom(ids).Draw(t, label) }
	c := graph.Claim{Stance: rapid.SampledFrom([]graph.Stance{"", "", graph.Denied, graph.Implied, graph.Intended}).Draw(t, "stance")}
	if when := rapid.SampledFrom(dates).Draw(t, "when"); when != "" {
		c.When = graph.MustParseDate(when)
	}
	if rapid.Bool().Draw(t, "worded") {
		c.Claimant = pick(actors, "claimant")
		if said := rapid.SampledFrom([]string{"", "2023-09-20", "2023-05"}).Draw(t, "said"); said != "" {
			c.Said = graph.MustParseDate(said)
		}
		c.Source = graph.Source{Document: pick(documents, "document"), Quote: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "quote")}
	}
	switch rapid.IntRange(0, 14).Draw(t, "sort") {
	case 0, 1:
		c.Predicate, c.From, c.To = graph.Signed, pick(actors, "from"), pick(deals, "to")
		if rapid.Bool().Draw(t, "for another") {
			c.Qualifiers = append(c.Qualifiers, graph.Qualifier{Name: graph.OnBehalfOf, Entity: pick(actors[:4], "principal")})
		}
	case 2:
		c.Predicate, c.From, c.To = graph.Mediated, pick(actors, "from"), pick(deals, "to")
	case 3, 4:
		c.Predicate, c.From, c.Value = graph.DatePredicate, pick(deals, "from"), rapid.SampledFrom(dates[1:]).Draw(t, "date")
	case 5:
		c.Predicate, c.From, c.Value = graph.NamePredicate, pick(append(actors, deals...), "from"), rapid.SampledFrom([]string{"Armenia", "Army", "Accord"}).Draw(t, "name")
	case 6:
		c.Predicate, c.From, c.Value = graph.ExternalID, pick(append(actors, deals...), "from"), rapid.SampledFrom([]string{"iso3:ARM", "x:1"}).Draw(t, "external")
	case 7:
		c.Predicate, c.From, c.To = graph.Deployed, "t:force", "t:land"
	case 8:
		c.Predicate, c.From = graph.SameAs, pick(append(actors, deals...), "from")
		c.To = pick(slices.DeleteFunc(append(slices.Clone(actors), deals...), func(id graph.ID) bool { return id == c.From }), "to")
	case 10:
		c.Predicate, c.From, c.Value = graph.KindPredicate, pick(append(actors, deals...), "from"), rapid.SampledFrom([]string{"State", "ArmedGroup", "Agreement"}).Draw(t, "kind")
	case 11:
		c.Predicate, c.From, c.To = graph.Leads, "t:leader", pick(actors[:4], "to")
	case 9:
		c.Predicate, c.From, c.To = graph.Recognized, pick(actors, "from"), "t:land"
		c.Qualifiers = rapid.SampledFrom([][]graph.Qualifier{
			nil, {{Name: graph.AsPartOf, Entity: "t:AZE"}}, {{Name: graph.AsIndependent, Value: "true"}},
		}).Draw(t, "as")
	case 12, 13:
		c.Predicate = rapid.SampledFrom([]graph.Predicate{graph.Published, graph.Published, graph.DatePredicate}).Draw(t, "of a document")
		c.From, c.Value = pick(documents, "from"), rapid.SampledFrom(dates[1:]).Draw(t, "date")
	case 14:
		c.Predicate, c.From, c.To = graph.SameAs, "t:doc", "u:doc"
	}
	return c
}

// dump writes everything a snapshot answers.
func dump(s *topology.Snapshot) string {
	var b strings.Builder
	fmt.Fprintln(&b, "commit", s.Commit(), s.Time(), s.Entities(), s.Claims())
	for no := range s.Claims() {
		fmt.Fprintln(&b, no, s.Stands(no), s.CommitOf(no), s.Known(no), s.Predicate(no), s.Source(no), s.Said(no))
		partOf, independent := s.Regarded(no)
		fmt.Fprintln(&b, partOf, independent)
	}
	for e := range s.Entities() {
		fmt.Fprintln(&b, e, s.ID(e), s.Group(e), s.Members(e), s.Kind(e), s.Kinds(e), s.LastKind(e), s.Date(e))
		for _, p := range []graph.Predicate{graph.NamePredicate, graph.DatePredicate, graph.ExternalID, graph.Signed} {
			fmt.Fprintln(&b, p, s.Values(e, p))
		}
		for edge := range s.All(e, true) {
			fmt.Fprintln(&b, edge)
		}
		found, ok := s.Entity(s.ID(e))
		fmt.Fprintln(&b, found, ok)
	}
	for _, id := range []string{"iso3:ARM", "x:1"} {
		var carriers []string
		for e, c := range s.External(id) {
			carriers = append(carriers, fmt.Sprint(e, c))
		}
		slices.Sort(carriers)
		fmt.Fprintln(&b, id, carriers)
	}
	everything := func(ledger.EntityNo, ledger.ClaimNo) (float32, bool) { return 0, true }
	for _, text := range []string{"Armenia", "arm", "Acord"} {
		for hit := range s.Search(text, true, 1000, everything) {
			fmt.Fprintln(&b, text, hit)
		}
	}
	return b.String()
}

// replay builds the projection of the ledger's commits up to one, from nothing.
func replay(t *rapid.T, l *ledger.Ledger, upTo uint64) *topology.Snapshot {
	fresh := topology.New()
	for block, err := range l.Blocks(context.Background(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if block.Commit > upTo {
			break
		}
		fresh.Apply(block)
	}
	fresh.Settle()
	return fresh.Head()
}

// checkTraits compares what a snapshot tells at a glance with what the claims say.
func checkTraits(t *rapid.T, s *topology.Snapshot) {
	for e := range s.Entities() {
		var dates []graph.Date
		for _, v := range s.Values(e, graph.DatePredicate) {
			dates = append(dates, v.Date)
		}
		date := graph.OneOf(dates...)
		if got := s.Date(e); got != date {
			t.Fatalf("Date(%s) = %s at commit %d, want %s", s.ID(e), got, s.Commit(), date)
		}
		if day, ok := s.Day(e); ok && day.Date() != date {
			t.Fatalf("Day(%s) = %s at commit %d, want that of %s", s.ID(e), day.Date(), s.Commit(), date)
		}
		if kinds := append(s.Kinds(e), ""); s.Kind(e) != kinds[0] {
			t.Fatalf("Kind(%s) = %q at commit %d, want the first of %q", s.ID(e), s.Kind(e), s.Commit(), kinds)
		}
		if name, ok := s.Name(e); ok {
			for _, asOf := range []graph.Date{{}, graph.MustParseDate("1900"), graph.MustParseDate("2020-11-09")} {
				names := append(s.ValuesAsOf(e, graph.NamePredicate, asOf), topology.Value{})
				if name != names[0].Text {
					t.Fatalf("Name(%s) = %q at commit %d, want the first of %v as of %q", s.ID(e), name, s.Commit(), names, asOf)
				}
			}
		}
		var sorts topology.Sort
		for x := range s.All(e, true) {
			sorts |= sortOf(x)
		}
		if missing := sorts &^ s.Sorts(e); missing != 0 {
			t.Fatalf("Sorts(%s) = %b at commit %d, but there are edges of %b", s.ID(e), s.Sorts(e), s.Commit(), sorts)
		}
		for _, d := range []topology.Direction{topology.Out, topology.In} {
			checkStubs(t, s, e, d)
		}
	}
}

// checkSaid compares when each claim was said with what it and the claims about its document say.
func checkSaid(t *rapid.T, s *topology.Snapshot) {
	for c := range s.Claims() {
		source := s.Source(c)
		want := []graph.Date{s.Said(c)}
		for _, p := range []graph.Predicate{graph.Published, graph.DatePredicate} {
			if source.Document != NoEntity && graph.OneOf(want...).IsZero() {
				for _, v := range s.Values(source.Document, p) {
					want = append(want, v.Date)
				}
			}
		}
		if got := s.SaidOrPublished(c, source); got != graph.OneOf(want...) {
			t.Fatalf("claim %d was said on %q at commit %d, want %q", c, got, s.Commit(), graph.OneOf(want...))
		}
		if got := s.SaidFrom(c, &source); got != graph.OneOf(want...).Earliest() {
			t.Fatalf("claim %d was said from %s on at commit %d, want %q", c, got.Date(), s.Commit(), graph.OneOf(want...))
		}
	}
}

// checkStubs compares the stubs of an entity's relations with its edges.
func checkStubs(t *rapid.T, s *topology.Snapshot, e ledger.EntityNo, d topology.Direction) {
	const first, last = 10, 45 // from mediated to sameAs
	var got, want []topology.Edge
	for _, x := range s.Stubs(nil, e, first, last, d) {
		got = append(got, topology.Edge{Claim: x.Claim(), Other: x.Other(), Predicate: x.Predicate(), Direction: d, Qualified: x.Qualified(), When: s.When(x)})
		if stance := s.Source(x.Claim()).Stance; s.Accepted(x.Claim()) != (stance == graph.Asserted.Code() || stance == graph.Implied.Code()) {
			t.Fatalf("Accepted(%d) = %v of stance %d", x.Claim(), s.Accepted(x.Claim()), stance)
		}
		if x.Dated() == s.When(x).IsZero() {
			t.Fatalf("claim %d: Dated is %v, its date %q", x.Claim(), x.Dated(), s.When(x))
		}
		if day, ok := x.Day(); ok && day.Date() != s.When(x) {
			t.Fatalf("claim %d: Day is %v, its date %q", x.Claim(), day.Date(), s.When(x))
		}
		for _, day := range []graph.Day{graph.DayMin, graph.DayOf(-500, 1, 1), graph.DayOf(2020, 11, 8), graph.DayOf(2020, 11, 9), graph.DayMax} {
			if later := x.Dated() && s.When(x).Earliest() > day; later != x.Later(day) {
				t.Fatalf("claim %d: its date is %q, and Later(%s) is %v", x.Claim(), s.When(x), day.Date(), x.Later(day))
			}
		}
	}
	for x := range s.All(e, false) {
		if x.Direction == d && x.Predicate >= first && x.Predicate <= last {
			want = append(want, x)
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("stubs of %s at commit %d: %v, want %v", s.ID(e), s.Commit(), got, want)
	}
}

// sortOf are the sorts that an edge is of, 0 if it is of none.
func sortOf(x topology.Edge) topology.Sort {
	info := graph.PredicateOf(x.Predicate)
	switch {
	case info.Tie && x.Direction == topology.Out:
		return topology.Taking
	case x.Direction == topology.Mention && x.Qualifier == graph.OnBehalfOf.Info().Code:
		return topology.Standing | topology.Represented
	case info.Name == graph.Leads && x.Direction == topology.In:
		return topology.Standing
	case info.Name == graph.Leads && x.Direction == topology.Out:
		return topology.StandingFor
	}
	return 0
}

// TestAnySnapshotEqualsAFreshReplay makes random commits of claims, retractions, reassertions, date changes, merges
// and un-merges, and then asks the one projection that saw them come for every commit of the past.
func TestAnySnapshotEqualsAFreshReplay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		engine := memkv.New()
		s, err := Open(ctx, engine, Options{})
		if err != nil {
			t.Fatal(err)
		}
		commit := func(changes []Change) {
			if _, err := s.Commit(ctx, changes, CommitOptions{JoinOwn: true}); err != nil {
				t.Fatal(err)
			}
		}
		s.topology.RebuildAfter(rapid.SampledFrom([]int{0, 5, 1 << 20}).Draw(t, "rebuild after"))
		commit(declarations())
		var made []graph.ClaimID
		for range rapid.IntRange(1, 12).Draw(t, "commits") {
			var changes []Change
			for range rapid.IntRange(1, 6).Draw(t, "changes") {
				if len(made) > 0 && rapid.IntRange(0, 2).Draw(t, "what") == 0 {
					op := rapid.SampledFrom([]Op{ledger.Withdraw, ledger.Undo, ledger.Replace, ledger.Reassert}).Draw(t, "op")
					changes = append(changes, Change{Op: op, ID: rapid.SampledFrom(made).Draw(t, "claim"), Reason: "drawn"})
					continue
				}
				c := assertion(drawClaim(t))
				made = append(made, c.ID)
				changes = append(changes, c)
			}
			commit(changes)
		}
		if rapid.Bool().Draw(t, "reopen") {
			if s, err = Open(ctx, engine, Options{}); err != nil {
				t.Fatal(err)
			}
			commit([]Change{assertion(drawClaim(t))})
		}
		for n := range s.Head().snap.Commit() + 1 {
			checkTraits(t, s.topology.At(n))
			checkSaid(t, s.topology.At(n))
			want := dump(replay(t, s.ledger, n))
			if got := dump(s.topology.At(n)); got != want {
				t.Fatalf("the snapshot of commit %d differs from a fresh replay (-replay +snapshot):\n%s", n, cmp.Diff(want, got))
			}
		}
	})
}

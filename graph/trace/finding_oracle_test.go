package trace_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/trace"
)

// players are the entities of small random graphs.
var players = map[graph.ID]graph.Kind{
	"t:S": graph.State, "t:T": graph.State, "t:O": graph.Organization, "t:L": graph.Leader, "t:K": graph.Leader,
	"t:m": graph.Agreement, "t:n": graph.Agreement, "t:x": graph.Place, "t:A": graph.Organization, "t:B": graph.Organization,
}

// drawFact draws a claim of which findings may be made.
func drawFact(t *rapid.T) graph.Claim {
	one := func(label string, ids ...graph.ID) graph.ID { return rapid.SampledFrom(ids).Draw(t, label) }
	day := func(label string, texts ...string) graph.Date {
		if text := rapid.SampledFrom(texts).Draw(t, label); text != "" {
			return graph.MustParseDate(text)
		}
		return graph.Date{}
	}
	actor := func() graph.ID { return one("actor", "t:S", "t:T", "t:O", "t:L", "t:K") }
	c := graph.Claim{
		Claimant: one("claimant", "", "t:A", "t:B"), Coder: one("coder", "", "t:A", "t:B"),
		Stance: rapid.SampledFrom([]graph.Stance{"", "", "", "", graph.Implied, graph.Denied}).Draw(t, "stance"),
	}
	switch rapid.IntRange(0, 13).Draw(t, "sort") {
	case 0, 1, 2:
		c.Predicate = rapid.SampledFrom([]graph.Predicate{graph.Signed, "participated", graph.Mediated, "copied"}).Draw(t, "role")
		c.From, c.To, c.When = actor(), one("meeting", "t:m", "t:n"), day("when", "", "", "2010-04-05", "2012")
		if rapid.Bool().Draw(t, "for another") {
			c.Qualifiers = []graph.Qualifier{{Name: graph.OnBehalfOf, Entity: one("principal", "t:S", "t:T", "t:O")}}
		}
	case 3, 4:
		c.Predicate, c.From, c.To = rapid.SampledFrom([]graph.Predicate{graph.Leads, graph.Represents}).Draw(t, "office"), one("leader", "t:L", "t:K"), one("of", "t:S", "t:T", "t:O")
		c.When = day("term", "", "2000/2004", "2000/2004", "2011/", "2000/2004?", "2003-01-01")
	case 5, 10, 11, 12:
		c.Predicate, c.From = graph.DatePredicate, one("dated", "t:m", "t:n")
		c.Value = day("date", "2010-05-04", "2010-05-04", "2010-04-05", "2010-05", "2012-05-05~", "2002", "2010-06-01/..").String()
	case 6:
		c.Predicate, c.From, c.Value = graph.DatePredicate, one("living", "t:S", "t:T", "t:O"), day("life", "1991/2003", "2011/..", "2005", "1991/2003?").String()
	case 7, 13:
		c.Predicate, c.From = rapid.SampledFrom([]graph.Predicate{graph.NamePredicate, graph.Alias}).Draw(t, "name"), actor()
		c.Value = rapid.SampledFrom([]string{"One", "ONE", "Two"}).Draw(t, "text")
	case 8:
		c.Predicate, c.From = rapid.SampledFrom([]graph.Predicate{"follows", graph.ReferencesTo}).Draw(t, "citing"), "t:m"
		if rapid.Bool().Draw(t, "in words") {
			c.Value = "a protocol"
		} else {
			c.To = "t:n"
		}
	case 9:
		switch rapid.IntRange(0, 2).Draw(t, "which") {
		case 0:
			c.Predicate, c.From, c.Value, c.When = graph.KindPredicate, "t:x", "Territory", day("since", "", "2006")
		case 1:
			c.Predicate, c.From, c.To = graph.PartOf, "t:O", one("whole", "t:S", "t:T")
			c.When = day("part", "", "2000/2010")
		case 2:
			pair := rapid.SampledFrom([][2]graph.ID{{"t:S", "t:T"}, {"t:K", "t:L"}, {"t:n", "t:m"}, {"t:A", "t:B"}}).Draw(t, "same")
			c.Predicate, c.From, c.To = graph.SameAs, pair[0], pair[1]
		}
	}
	return c
}

// drawWrongs makes a graph of a few random commits of claims, withdrawals and reassertions.
func drawWrongs(t *rapid.T) *store.Store {
	s, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var changes []store.Change
	for id, kind := range players {
		changes = append(changes, assertion(t, graph.Claim{Predicate: graph.KindPredicate, From: id, Value: string(kind)}))
	}
	slices.SortFunc(changes, func(a, b store.Change) int { return strings.Compare(string(a.Claim.From), string(b.Claim.From)) })
	commitDrawn(t, s, changes)
	var made []graph.ClaimID
	for range rapid.IntRange(1, 4).Draw(t, "commits") {
		changes = nil
		for range rapid.IntRange(1, 20).Draw(t, "changes") {
			if len(made) > 0 && rapid.IntRange(0, 5).Draw(t, "what") == 0 {
				op := rapid.SampledFrom([]store.Op{ledger.Withdraw, ledger.Reassert}).Draw(t, "op")
				changes = append(changes, store.Change{Op: op, ID: rapid.SampledFrom(made).Draw(t, "claim"), Reason: "drawn"})
				continue
			}
			c := assertion(t, drawFact(t))
			made, changes = append(made, c.ID), append(changes, c)
		}
		commitDrawn(t, s, changes)
	}
	return s
}

// lines tells what the search finds, each finding as "kind about with: claims", with entities as the sets of those that are one.
func lines(t *rapid.T, v *store.View, q trace.FindingQuestion) []string {
	q.Budget = 1 << 20
	a, err := trace.Findings(t.Context(), v.Snapshot(), q)
	if err != nil || a.Partial {
		t.Fatal(a, err)
	}
	set := func(e ledger.EntityNo) string {
		if e == ledger.NoEntity {
			return "-"
		}
		return strings.Join(sortedIDs(append(v.MergedFrom(e), v.ID(e))), "=")
	}
	var out []string
	for _, f := range a.Findings {
		claims, err := v.ReadClaims(t.Context(), slices.Concat(f.Claims, f.Grounds))
		if err != nil {
			t.Fatal(err)
		}
		var about []string
		for _, e := range append([]ledger.EntityNo{f.About}, f.With...) {
			about = append(about, set(e))
		}
		var ids []string
		for i := range claims {
			ids = append(ids, claims[i].ClaimID.String())
		}
		out = append(out, tellFinding(f.Kind, about, ids))
	}
	slices.Sort(out)
	return out
}

// tellFinding tells a finding. The order of the entities and claims is the table tests' matter.
func tellFinding(kind trace.FindingKind, entities, claims []string) string {
	slices.Sort(entities)
	slices.Sort(claims)
	return fmt.Sprint(kind, " ", entities, " ", slices.Compact(claims))
}

func sortedIDs(ids []graph.ID) []string {
	var texts []string
	for _, id := range ids {
		texts = append(texts, string(id))
	}
	slices.Sort(texts)
	return texts
}

// TestFindingsAgainstOracle compares the search at every commit, of any day and as of some, with what the definitions come to when they
// are applied to the records that stand there, by trying everything.
func TestFindingsAgainstOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawWrongs(t)
		asOf := graph.Date{}
		if text := rapid.SampledFrom([]string{"", "2003", "2010-04-30", "2015"}).Draw(t, "as of"); text != "" {
			asOf = graph.MustParseDate(text)
		}
		for n := range s.Head().Moment().Commit {
			n++
			v, err := s.View(store.At{Commit: &n})
			if err != nil {
				t.Fatal(err)
			}
			want := newRecords(t, v, asOf).findings()
			got := lines(t, v, trace.FindingQuestion{AsOf: asOf})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("findings at commit %d as of %q (-want +got):\n%s", n, asOf, diff)
			}
		}
	})
}

// TestFindingsAboutAreThoseThatConcern compares the search about one entity with all that is found.
func TestFindingsAboutAreThoseThatConcern(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawWrongs(t).Head()
		whole, err := trace.Findings(t.Context(), v.Snapshot(), trace.FindingQuestion{Budget: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		for e := range v.All() {
			var want []trace.Finding
			for _, f := range whole.Findings {
				if f.Concerns(e) {
					want = append(want, f)
				}
			}
			got, err := trace.Findings(t.Context(), v.Snapshot(), trace.FindingQuestion{About: &e, Budget: 1 << 20})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got.Findings); diff != "" {
				t.Fatalf("about %s (-of all +got):\n%s", v.ID(e), diff)
			}
		}
	})
}

// A findingPage is all that a page of findings tells.
type findingPage struct {
	Items                         []store.Finding
	Cursors                       []string
	HasNext, HasPrevious, Partial bool
	Total                         int
}

func pageOf(l *store.FindingList) findingPage {
	p := findingPage{Items: l.Items, HasNext: l.HasNext, HasPrevious: l.HasPrevious, Partial: l.Partial, Total: l.Total()}
	for i := range l.Items {
		p.Cursors = append(p.Cursors, l.Cursor(i))
	}
	return p
}

// TestFindingsAskedAgain asks a graph for findings many times, in any order of commits, kinds and entities: each answer is the one that a graph
// gives that was never asked before.
func TestFindingsAskedAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawWrongs(t)
		newest := s.Head().Moment().Commit
		for range 8 {
			commit := rapid.Uint64Range(1, newest).Draw(t, "commit")
			f := store.FindingFilter{Budget: 1 << 20}
			if rapid.Bool().Draw(t, "of some kinds") {
				f.Kinds = rapid.SliceOfN(rapid.SampledFrom(trace.FindingKinds()), 0, 3).Draw(t, "kinds")
			}
			about := rapid.SampledFrom([]graph.ID{"", "", "t:n", "t:S"}).Draw(t, "about")
			at := store.At{}
			if rapid.Bool().Draw(t, "as of a day") {
				at.AsOf = graph.MustParseDate("2005")
			}
			page := store.Page{First: rapid.IntRange(0, 3).Draw(t, "first")}
			ask := func(v *store.View) findingPage {
				v, err := v.With(at)
				if err != nil {
					t.Fatal(err)
				}
				if e, ok := v.Entity(about); ok {
					f.About = &e
				}
				list, err := v.Findings(t.Context(), f, page)
				if err != nil {
					t.Fatal(err)
				}
				return pageOf(&list)
			}
			fresh := replayed(t, s, commit).Head()
			if diff := cmp.Diff(ask(fresh), ask(viewAt(t, s, commit))); diff != "" {
				t.Fatalf("at commit %d, %v (-asked once +asked again):\n%s", commit, f, diff)
			}
		}
	})
}

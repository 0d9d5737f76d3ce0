package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
)

// open returns a store over an engine with a clock that goes on an hour with every commit.
func open(t *testing.T, engine *memkv.Store) *Store {
	t.Helper()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	s, err := Open(t.Context(), engine, Options{Now: func() time.Time {
		now = now.Add(time.Hour)
		return now
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// tell commits claims and returns their ids.
func tell(t *testing.T, s *Store, claims ...graph.Claim) []graph.ClaimID {
	t.Helper()
	var changes []Change
	var ids []graph.ClaimID
	for _, c := range claims {
		changes = append(changes, assertion(c))
		ids = append(ids, changes[len(changes)-1].ID)
	}
	result, err := s.Commit(t.Context(), changes, CommitOptions{Atomic: true, JoinOwn: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Problems) > 0 {
		t.Fatal(result.Problems)
	}
	return ids
}

func change(t *testing.T, s *Store, op Op, id graph.ClaimID) *Result {
	t.Helper()
	result, err := s.Commit(t.Context(), []Change{{Op: op, ID: id, Reason: "for the test"}}, CommitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// stage is a store with the cast declared.
func stage(t *testing.T) *Store {
	s := open(t, memkv.New())
	if _, err := s.Commit(t.Context(), declarations(), CommitOptions{Atomic: true}); err != nil {
		t.Fatal(err)
	}
	return s
}

func entity(t *testing.T, v *View, ref string) Entity {
	t.Helper()
	e, ok := v.Resolve(ref)
	if !ok {
		t.Fatalf("%s is not found", ref)
	}
	return e
}

func TestCommitCounts(t *testing.T) {
	s := stage(t)
	signed := graph.Claim{Predicate: graph.Signed, From: "t:ARM", To: "t:deal"}
	named := graph.Claim{Predicate: graph.NamePredicate, From: "t:deal", Value: "Accord"}
	id := tell(t, s, signed)[0]
	again := []Change{assertion(signed), assertion(named), assertion(named)}
	result, err := s.Commit(t.Context(), again, CommitOptions{Note: "again"})
	if err != nil {
		t.Fatal(err)
	}
	if result.Added != 1 || result.Repeated != 2 || result.Commit == nil || result.Commit.Note != "again" {
		t.Errorf("a repetition and a new claim: %+v", result)
	}
	if result, err = s.Commit(t.Context(), again, CommitOptions{}); err != nil || result.Commit != nil || result.Repeated != 3 {
		t.Errorf("nothing new makes no commit: %+v, %v", result, err)
	}

	steps := []struct {
		name string
		op   Op
		want Result // the counts only
	}{
		{"withdraw", ledger.Withdraw, Result{Retracted: 1}},
		{"withdraw again", ledger.Withdraw, Result{Repeated: 1}},
		{"import what was withdrawn", Assert, Result{WithdrawnSkipped: 1}},
		{"reassert", ledger.Reassert, Result{Reopened: 1}},
		{"import what stands", Assert, Result{Repeated: 1}},
		{"undo", ledger.Undo, Result{Retracted: 1}},
		{"import what was undone", Assert, Result{Reopened: 1}},
		{"replace", ledger.Replace, Result{Retracted: 1}},
		{"import what was replaced", Assert, Result{Reopened: 1}},
	}
	for _, step := range steps {
		c := Change{Op: step.op, ID: id}
		if step.op == Assert {
			c = assertion(signed)
		}
		got, err := s.Commit(t.Context(), []Change{c}, CommitOptions{})
		if err != nil {
			t.Fatal(err)
		}
		got.Commit, got.Numbers, got.ReopenedNumbers = nil, nil, nil
		if diff := cmp.Diff(step.want, *got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
}

func TestCommitRefuses(t *testing.T) {
	s := stage(t)
	unknown := graph.ClaimID{1, 2, 3}
	tests := []struct {
		name    string
		changes []Change
		path    string
		missing bool
	}{
		{"undeclared subject", []Change{assertion(graph.Claim{Predicate: graph.Signed, From: "t:nobody", To: "t:deal"})}, "/from", true},
		{"undeclared document", []Change{assertion(graph.Claim{Predicate: graph.Signed, From: "t:ARM", To: "t:deal", Source: graph.Source{Document: "t:nothing"}})}, "/source/document", true},
		{"kind that does not fit", []Change{assertion(graph.Claim{Predicate: graph.Signed, From: "t:doc", To: "t:deal"})}, "/from", true},
		{"unknown claim", []Change{{Op: ledger.Withdraw, ID: unknown}}, "/retract", true},
		{"declared by a claim that is refused", []Change{
			assertion(graph.Claim{Predicate: graph.KindPredicate, From: "t:new", Value: "State", Claimant: "t:nobody"}),
			assertion(graph.Claim{Predicate: graph.Signed, From: "t:new", To: "t:deal"}),
		}, "/claimant", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before := s.Head().Moment().Commit
			sound := assertion(graph.Claim{Predicate: graph.Alias, From: "t:ARM", Value: "alias " + test.name})
			result, err := s.Commit(t.Context(), append(test.changes, sound), CommitOptions{Atomic: true})
			if err != nil || len(result.Problems) != len(test.changes) || result.Problems[0].Path != test.path || result.Problems[0].Missing != test.missing {
				t.Fatalf("Commit = %+v, %v, want a problem at %s", result, err, test.path)
			}
			if result.Commit != nil || s.Head().Moment().Commit != before {
				t.Error("an atomic commit with a problem was committed")
			}
			if result, err = s.Commit(t.Context(), append(test.changes, sound), CommitOptions{}); err != nil || result.Commit == nil || result.Added != 1 {
				t.Errorf("what is sound beside it was not committed: %+v, %v", result, err)
			}
		})
	}
	if _, err := s.Commit(t.Context(), nil, CommitOptions{Expect: new(uint64(0))}); !errors.Is(err, ErrExpect) {
		t.Errorf("a commit that expects another head: %v, want ErrExpect", err)
	}
}

func TestDryRunCommitsNothing(t *testing.T) {
	s := stage(t)
	before := s.Head().Moment()
	result, err := s.Commit(t.Context(), []Change{assertion(graph.Claim{Predicate: graph.Signed, From: "t:ARM", To: "t:deal"})}, CommitOptions{DryRun: true})
	if err != nil || result.Added != 1 || result.Commit != nil {
		t.Errorf("Commit = %+v, %v", result, err)
	}
	if got := s.Head().Moment(); got != before {
		t.Errorf("the head moved to %+v", got)
	}
}

// TestExactIdsJoinInAnyOrder commits carriers of one exact id in every order, one by one.
func TestExactIdsJoinInAnyOrder(t *testing.T) {
	carry := func(id graph.ID) graph.Claim {
		return graph.Claim{Predicate: graph.ExternalID, From: id, Value: "iso3:ARM"}
	}
	ids := []graph.ID{"t:ARM", "u:ARM", "t:RUS"}
	var want []string
	for i, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		s := stage(t)
		for _, n := range order {
			tell(t, s, carry(ids[n]))
		}
		v := s.Head()
		list, err := v.Claims(t.Context(), ClaimFilter{Predicates: []graph.Predicate{graph.SameAs}}, Page{First: 100})
		if err != nil {
			t.Fatal(err)
		}
		claims, err := v.ReadClaims(t.Context(), list.Items)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range claims {
			got = append(got, c.ClaimID.String())
		}
		slices.Sort(got)
		if i == 0 {
			want = got
		}
		if len(got) != 3 || !slices.Equal(got, want) {
			t.Errorf("order %v gives the joins %v, want the 3 of the first order %v", order, got, want)
		}
		if got := v.MergedFrom(entity(t, v, "u:ARM")); len(got) != 2 {
			t.Errorf("merged from %v, want two others", got)
		}
	}
}

func TestIdsOfOtherSchemesJoinNothing(t *testing.T) {
	s := stage(t)
	tell(t, s,
		graph.Claim{Predicate: graph.ExternalID, From: "t:ARM", Value: "fips:AM"},
		graph.Claim{Predicate: graph.ExternalID, From: "t:AZE", Value: "fips:AM"},
		graph.Claim{Predicate: graph.ExternalID, From: "t:RUS", Value: "iso3:RUS", Stance: graph.Denied},
		graph.Claim{Predicate: graph.ExternalID, From: "u:ARM", Value: "iso3:RUS"})
	v := s.Head()
	for _, ref := range []string{"t:ARM", "t:RUS", "u:ARM"} {
		if e := entity(t, v, ref); len(v.MergedFrom(e)) > 0 {
			t.Errorf("%s is merged with %v", ref, v.MergedFrom(e))
		}
	}
}

func TestMergeAndUnmerge(t *testing.T) {
	s := stage(t)
	tell(t, s,
		graph.Claim{Predicate: graph.Signed, From: "u:ARM", To: "t:deal"},
		graph.Claim{Predicate: graph.NamePredicate, From: "t:ARM", Value: "Armenia"})
	before := s.Head().Moment().Commit
	id := tell(t, s, graph.Claim{Predicate: graph.SameAs, From: "u:ARM", To: "t:ARM"})[0]
	v := s.Head()
	e := entity(t, v, "t:ARM")
	tell(t, s, graph.Claim{Predicate: graph.NamePredicate, From: "u:ARM", Value: "Hayastan"})
	if got := s.Head().Name(e); got != "Hayastan" {
		t.Errorf("of two names the merged entity has %q, want that of the one kept", got)
	}
	if v.ID(e) != "u:ARM" || v.Name(e) != "Armenia" {
		t.Errorf("t:ARM answers as %s, %q; want u:ARM, which was kept, and the name of both", v.ID(e), v.Name(e))
	}
	signed, err := v.Participations(ParticipationFilter{Actor: &e, Roles: []graph.Predicate{graph.Signed}}, Page{First: 5})
	if err != nil || signed.Total() != 1 {
		t.Errorf("the merged entity signed %d times, %v; want 1", signed.Total(), err)
	}
	change(t, s, ledger.Withdraw, id)
	v = s.Head()
	if e := entity(t, v, "t:ARM"); v.ID(e) != "t:ARM" || len(v.MergedFrom(e)) != 0 {
		t.Errorf("after un-merging t:ARM answers as %s", v.ID(e))
	}
	for commit, merged := range map[uint64]bool{before: false, before + 1: true, before + 2: true, before + 3: false} {
		v, err := s.View(At{Commit: &commit})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(v.MergedFrom(entity(t, v, "u:ARM"))) > 0; got != merged {
			t.Errorf("as known at commit %d merged is %v, want %v", commit, got, merged)
		}
	}
}

func TestMoments(t *testing.T) {
	s := stage(t)
	tell(t, s, graph.Claim{Predicate: graph.Signed, From: "t:ARM", To: "t:deal"})
	first := s.Head().Moment()
	tell(t, s, graph.Claim{Predicate: graph.Signed, From: "t:AZE", To: "t:deal"})
	second := s.Head().Moment()
	tests := []struct {
		at   At
		want uint64
		err  error
	}{
		{At{}, second.Commit, nil},
		{At{Commit: &first.Commit}, first.Commit, nil},
		{At{KnownAt: first.KnownAt}, first.Commit, nil},
		{At{KnownAt: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}, second.Commit, nil},
		{At{KnownAt: time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC)}, 0, nil},
		{At{KnownAt: second.KnownAt.Add(-time.Nanosecond)}, first.Commit, nil},
		{At{KnownAt: first.KnownAt.AddDate(-1, 0, 0)}, 0, nil},
		{At{KnownAt: second.KnownAt.AddDate(1, 0, 0)}, second.Commit, nil},
		{At{Commit: new(second.Commit + 1)}, 0, ErrMoment},
		{At{Commit: &first.Commit, KnownAt: first.KnownAt}, 0, ErrMoment},
	}
	for _, test := range tests {
		v, err := s.View(test.at)
		if !errors.Is(err, test.err) {
			t.Errorf("View(%+v): %v, want %v", test.at, err, test.err)
			continue
		}
		if err == nil && v.Moment().Commit != test.want {
			t.Errorf("View(%+v) is at commit %d, want %d", test.at, v.Moment().Commit, test.want)
		}
	}
	v, _ := s.View(At{Commit: &first.Commit})
	nested, err := v.With(At{AsOf: graph.MustParseDate("2020")})
	if err != nil || nested.Moment().Commit != first.Commit {
		t.Errorf("a nested moment without a commit is at %+v, %v; want the outer commit", nested.Moment(), err)
	}
}

// TestReadersSeeWholeCommits reads while pairs of claims are committed: a view never shows one without the other.
func TestReadersSeeWholeCommits(t *testing.T) {
	s := stage(t)
	var readers sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				v := s.Head()
				e, _ := v.Resolve("t:deal")
				list, err := v.Participations(ParticipationFilter{Meeting: &e}, Page{First: 1000})
				if err != nil {
					t.Error(err)
					return
				}
				claims := 0
				for _, p := range list.Items {
					claims += len(p.Claims)
				}
				if claims%2 != 0 {
					t.Errorf("at commit %d a reader saw %d claims of pairs", v.Moment().Commit, claims)
					return
				}
			}
		})
	}
	for i := range 150 {
		note := strings.Repeat("x", i)
		pair := func(from graph.ID) graph.Claim {
			return graph.Claim{Predicate: graph.Signed, From: from, To: "t:deal", Source: graph.Source{Document: "t:doc", Quote: note}}
		}
		tell(t, s, pair("t:ARM"), pair("t:AZE"))
	}
	close(stop)
	readers.Wait()
}

// TestTwoStoresOnOneEngine commits from two stores in turn: each takes in what the other did.
func TestTwoStoresOnOneEngine(t *testing.T) {
	engine := memkv.New()
	a := open(t, engine)
	if _, err := a.Commit(t.Context(), declarations(), CommitOptions{}); err != nil {
		t.Fatal(err)
	}
	b := open(t, engine)
	for i := range 6 {
		s := []*Store{a, b}[i%2]
		tell(t, s, graph.Claim{Predicate: graph.Alias, From: "t:ARM", Value: fmt.Sprint("alias ", i)})
	}
	for _, s := range []*Store{a, b} {
		if err := s.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		v := s.Head()
		if names := v.Names(entity(t, v, "t:ARM")); len(names) != 6 {
			t.Errorf("%d aliases, want 6", len(names))
		}
	}
	if got, want := dump(b.topology.Head()), dump(a.topology.Head()); got != want {
		t.Errorf("the two stores differ:\n%s", cmp.Diff(want, got))
	}
}

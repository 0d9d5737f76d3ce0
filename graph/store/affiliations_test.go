package store

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/trace"
)

func chainAcross(v *View) trace.ChainQuestion {
	q := trace.ChainQuestion{
		Order: trace.AnyOrder, Objective: trace.FewestHops, AnyMeeting: true, MinimumRole: graph.Mediated,
		Filter: trace.Filter{RollUp: true}, First: 10, Budget: 1 << 20,
	}
	q.From, _ = v.Entity("t:ARM")
	q.To, _ = v.Entity("t:AZE")
	return q
}

// TestAffiliationsAreLaidOut: they are there some time after the first question for them, until a commit disturbs them, and not sooner again than after a
// rest.
func TestAffiliationsAreLaidOut(t *testing.T) {
	s := stage(t)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	took := time.Second // each look at the clock
	s.affiliating.now = func() time.Time {
		now = now.Add(took)
		return now
	}
	ordinary, narrow := trace.Filter{RollUp: true}, trace.Filter{RollUp: true, Roles: []graph.Predicate{graph.Signed}}
	ask := func(v *View, f trace.Filter) bool {
		t.Helper()
		there := v.affiliations(&f) != nil
		s.affiliating.work.Wait()
		return there
	}
	check := func(what string, got, want bool) {
		t.Helper()
		if got != want {
			t.Errorf("%s: there are affiliations: %v, want %v", what, got, want)
		}
	}
	older := s.Head()
	tell(t, s, graph.Claim{Predicate: graph.Signed, From: "t:AZE", To: "t:deal2"})
	check("a question that they do not serve", ask(s.Head(), narrow), false)
	check("the first question", ask(s.Head(), ordinary), false)
	check("the next one", ask(s.Head(), ordinary), true)
	check("an older view", ask(older, ordinary), false)
	check("the newest again", ask(s.Head(), ordinary), true)
	tell(t, s, graph.Claim{Predicate: graph.Alias, From: "t:AZE", Value: "Azerbaijani Republic"})
	check("after a commit that they have no part in", ask(s.Head(), ordinary), true)
	tell(t, s, graph.Claim{Predicate: graph.Signed, From: "t:RUS", To: "t:deal2"})
	took = 0
	check("after a commit", ask(s.Head(), ordinary), false)
	check("while there is a rest", ask(s.Head(), ordinary), false)
	now = now.Add(restful * time.Minute)
	check("after the rest", ask(s.Head(), ordinary), false)
	check("after that", ask(s.Head(), ordinary), true)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	check("after the end", ask(s.Head(), ordinary), false)
	check("after the end, again", ask(s.Head(), ordinary), false)
}

// TestAffiliationsLaidOutDuringCommits: what is committed while they are laid out ends them only if it disturbs them.
func TestAffiliationsLaidOutDuringCommits(t *testing.T) {
	for _, tt := range []struct {
		commit graph.Claim
		there  bool
	}{
		{graph.Claim{Predicate: graph.Alias, From: "t:AZE", Value: "Azerbaijani Republic"}, true},
		{graph.Claim{Predicate: graph.Signed, From: "t:ARM", To: "t:deal"}, false},
	} {
		s := stage(t)
		tell(t, s, graph.Claim{Predicate: graph.Signed, From: "t:AZE", To: "t:deal"})
		begun, committed := make(chan struct{}), make(chan struct{})
		looks := 0
		s.affiliating.now = func() time.Time {
			if looks++; looks == 2 { // as it begins
				close(begun)
				<-committed
			}
			return time.Time{}
		}
		f := trace.Filter{RollUp: true}
		if s.Head().affiliations(&f) != nil {
			t.Fatal("there are affiliations before anybody asked")
		}
		<-begun
		tell(t, s, tt.commit)
		close(committed)
		s.affiliating.work.Wait()
		head := s.Head()
		there := head.affiliations(&f)
		if (there != nil) != tt.there {
			t.Errorf("after %s, committed meanwhile, there are affiliations: %v, want %v", tt.commit.Predicate, there != nil, tt.there)
		}
		s.affiliating.work.Wait()
	}
}

// TestChainsUnderCommits asks for chains while they come and go: every answer is that of the view without affiliations.
func TestChainsUnderCommits(t *testing.T) {
	s := stage(t)
	s.affiliating.now = func() time.Time { return time.Time{} } // no rest
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 100 {
				v := s.Head()
				q := chainAcross(v)
				want, err := trace.Chains(t.Context(), v.Snapshot(), q)
				if err != nil {
					t.Error(err)
				}
				got, err := v.Chains(t.Context(), q)
				if err != nil {
					t.Error(err)
				}
				if len(got.Chains) != len(want.Chains) {
					t.Errorf("at commit %d there are %d chains, want %d", v.Moment().Commit, len(got.Chains), len(want.Chains))
				}
			}
		})
	}
	tell(t, s, graph.Claim{Predicate: graph.Signed, From: "t:ARM", To: "t:deal"})
	crossing := tell(t, s, graph.Claim{Predicate: graph.Signed, From: "t:AZE", To: "t:deal"})
	for i := range 100 {
		change(t, s, []Op{ledger.Withdraw, ledger.Reassert}[i%2], crossing[0])
		tell(t, s, graph.Claim{Predicate: graph.Alias, From: "t:AZE", Value: fmt.Sprint("Azerbaijan ", i)})
	}
	all.Wait()
}

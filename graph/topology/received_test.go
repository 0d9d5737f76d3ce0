package topology

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/ledger"
)

// TestReceivedAsEdges goes over a graph of which some edges are laid out, some have come since and some have ended, at each commit, and compares
// what is yielded with what each entity gives by itself.
func TestReceivedAsEdges(t *testing.T) {
	const agreements = 40
	top := hubOf(agreements)
	claims := ledger.ClaimNo(agreements)
	for commit := uint64(2); commit < 6; commit++ {
		block := &ledger.Block{Commit: commit, FirstEntity: agreements + 1, FirstClaim: claims}
		for i := range 5 {
			c := signed(ledger.EntityNo(1+(int(commit)*7+i*3)%agreements), 100+i)
			c.Predicate = []uint8{graph.Mediated.Info().Code, graph.Signed.Info().Code}[i%2]
			block.Claims = append(block.Claims, c)
		}
		block.Changes = []ledger.Change{{Op: ledger.Withdraw, Claim: ledger.ClaimNo(commit)}, {Op: ledger.Withdraw, Claim: claims + 1}}
		claims += 5
		block.End = &ledger.Info{Number: commit, Time: time.Unix(int64(commit), 0), Entities: agreements + 1, Claims: claims}
		top.Apply(block)
	}
	first, last := graph.ThirdParty.Info().Code, graph.Signed.Info().Code
	for commit := range top.Head().Commit() + 1 {
		s := top.At(commit)
		var want, got []string
		for e := range s.Entities() {
			for code := first; code <= last; code++ {
				for x := range s.Edges(e, code, In) {
					want = append(want, fmt.Sprint(e, x))
				}
			}
		}
		for from := ledger.EntityNo(0); from < s.Entities(); from += 7 {
			s.Received(from, from+7, first, last, func(r *Received) {
				x := s.Edge(r)
				if r.Other != x.Other || r.Claim != x.Claim || r.Predicate != x.Predicate || r.Qualified != x.Qualified {
					t.Errorf("commit %d: %+v is told as %+v", commit, x, r)
				}
				got = append(got, fmt.Sprint(r.Object, x))
			})
		}
		if diff := cmp.Diff(want, got); diff != "" || commit > 0 && len(got) < agreements/2 {
			t.Errorf("commit %d, %d claims (-edges +received):\n%s", commit, len(got), diff)
		}
	}
}

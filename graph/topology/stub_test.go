package topology

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"entente/graph"
	"entente/graph/ledger"
)

// TestOthers goes over a graph to which entities come later, some of them for claims of entities that were there, and some of whose claims have
// ended. At each commit it compares the others with what all claims give: nobody of a later commit is among them.
func TestOthers(t *testing.T) {
	const agreements = 3
	top := hubOf(agreements)
	mediated, signs := graph.Mediated.Info().Code, graph.Signed.Info().Code
	for commit := uint64(2); commit < 6; commit++ {
		head := top.Head()
		claim := func(predicate uint8, from, to ledger.EntityNo) ledger.HotClaim {
			c := signed(to, int(head.Claims())+int(predicate))
			c.Predicate, c.From = predicate, from
			return c
		}
		fresh, claims := head.Entities(), head.Claims()
		top.Apply(&ledger.Block{
			Commit: commit, FirstEntity: fresh, Entities: []graph.ID{graph.ID(fmt.Sprint("t:later", commit))}, FirstClaim: claims,
			Claims:  []ledger.HotClaim{claim(signs, 0, fresh), claim(mediated, fresh, 1)},
			Changes: []ledger.Change{{Op: ledger.Withdraw, Claim: claims - 1}},
			End:     &ledger.Info{Number: commit, Time: time.Unix(int64(commit), 0), Entities: fresh + 1, Claims: claims + 2},
		})
	}
	first, last := min(mediated, signs), max(mediated, signs)
	receiving(t, top.Head(), first, last)
	for commit := range top.Head().Commit() + 1 {
		s := top.At(commit)
		for e := range s.Entities() {
			for _, d := range []Direction{Out, In} {
				var want []ledger.EntityNo
				for x := range s.All(e, true) {
					if x.Direction == d && first <= x.Predicate && x.Predicate <= last {
						want = append(want, x.Other)
					}
				}
				if diff := cmp.Diff(want, s.Others(nil, e, first, last, d)); diff != "" {
					t.Errorf("commit %d, entity %d, direction %d (-by all claims +others):\n%s", commit, e, d, diff)
				}
			}
		}
	}
}

// receiving compares the entities to which claims may lead from another one with those to which some do: nothing is merged, and nobody stands for anybody.
func receiving(t *testing.T, s *Snapshot, first, last uint8) {
	t.Helper()
	for from := range s.Entities() {
		var all, want []ledger.EntityNo
		for e := range s.Entities() {
			all = append(all, e)
			for x := range s.All(e, true) {
				if x.Direction == In && x.Other == from && first <= x.Predicate && x.Predicate <= last {
					want = append(want, e)
					break
				}
			}
		}
		if diff := cmp.Diff(want, s.Receiving(all, from, first, last), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("receiving from %d (-by all claims +kept):\n%s", from, diff)
		}
	}
}

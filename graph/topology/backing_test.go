package topology

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
)

// A cast says something of each of the actors of a graph, whose numbers come before that of its one meeting.
type cast [6]bool

// TestBacking makes graphs of random claims, some of them laid out at once and the others in commits, and compares who may have parts in
// meetings, and who is backed, with what going over all claims until nothing changes gives.
func TestBacking(t *testing.T) {
	const meeting = ledger.EntityNo(len(cast{}))
	predicates := []graph.Predicate{graph.Signed, graph.Signed, graph.Leads, graph.Represents, graph.PartOf, graph.ContributedTo, graph.SameAs, graph.MemberOf}
	rapid.Check(t, func(t *rapid.T) {
		top := New()
		entities := make([]graph.ID, meeting+1)
		for i := range entities {
			entities[i] = graph.ID(fmt.Sprint("t:", i))
		}
		actor := func(label string) ledger.EntityNo {
			return ledger.EntityNo(rapid.IntRange(0, len(cast{})-1).Draw(t, label))
		}
		settled := rapid.IntRange(0, 4).Draw(t, "settled after")
		var all []ledger.HotClaim
		for n := range rapid.IntRange(1, 6).Draw(t, "commits") {
			if n == settled {
				top.Settle()
			}
			block := &ledger.Block{Commit: uint64(n + 1), FirstEntity: meeting + 1, FirstClaim: ledger.ClaimNo(len(all))}
			if n == 0 {
				block.FirstEntity, block.Entities = 0, entities
			}
			for range rapid.IntRange(1, 4).Draw(t, "claims") {
				c := ledger.HotClaim{
					ID:        graph.ClaimID(uuid.NewSHA1(uuid.Nil, fmt.Append(nil, len(all)))),
					Predicate: rapid.SampledFrom(predicates).Draw(t, "predicate").Info().Code,
					From:      actor("from"), To: actor("to"),
					Claimant: ledger.NoEntity, Coder: ledger.NoEntity, Document: ledger.NoEntity,
				}
				if graph.PredicateOf(c.Predicate).Tie {
					c.To = meeting
					if rapid.Bool().Draw(t, "delegated") {
						c.Qualifiers = []ledger.Qualifier{{Name: onBehalfOf, Entity: actor("principal")}}
					}
				}
				all, block.Claims = append(all, c), append(block.Claims, c)
			}
			block.End = &ledger.Info{Number: block.Commit, Time: time.Unix(int64(n), 0), Entities: meeting + 1, Claims: ledger.ClaimNo(len(all))}
			top.Apply(block)
		}
		top.Settle()
		s := top.Head()
		var partaking, backed cast
		for e := range partaking {
			partaking[e], backed[e] = s.MayPartake(ledger.EntityNo(e)), s.Sorts(ledger.EntityNo(e))&Backed != 0
		}
		wantPartaking, wantBacked := backedByAll(all)
		if diff := cmp.Diff([2]cast{wantPartaking, wantBacked}, [2]cast{partaking, backed}); diff != "" {
			t.Fatalf("who may have parts, who is backed (-by all claims +marked):\n%s", diff)
		}
	})
}

// backedByAll goes over all claims until nothing changes.
func backedByAll(all []ledger.HotClaim) (partaking, backed cast) {
	for changed := true; changed; {
		before := [2]cast{partaking, backed}
		for i := range all {
			c := &all[i]
			switch info := graph.PredicateOf(c.Predicate); {
			case info.Tie:
				partaking[c.From] = true
				for _, q := range c.Qualifiers {
					backed[q.Entity] = true
				}
			case info.Name == graph.SameAs:
				partaking[c.From], partaking[c.To] = true, true
			case info.Name == graph.ContributedTo:
				backed[c.From] = backed[c.From] || partaking[c.To]
			case info.Name != graph.MemberOf:
				backed[c.To] = backed[c.To] || partaking[c.From]
			}
			for e := range backed {
				partaking[e] = partaking[e] || backed[e]
			}
		}
		changed = before != [2]cast{partaking, backed}
	}
	return partaking, backed
}

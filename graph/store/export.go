package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// exportClaims is how many claims an export sorts at once, hubs apart; exportBytes about how much it reads of them
// at once.
const (
	exportClaims = 1 << 17
	exportBytes  = 32 << 20
)

// Export yields what stands at the view's commit, whatever its day, in an order that depends on the graph alone: by the id of the
// subject; of each subject first its kinds, then its other literals, then its relations; and those by the name of the predicate and then
// the claim's id. Merged entities keep their own claims.
//
// Among them are claims of kinds and of merges that have ended: without them, what else is claimed of an entity could
// not be checked again, and exact ids would merge again what had been taken apart. An error ends the sequence. Claims
// are read some at a time; each is the caller's.
func (v *View) Export(ctx context.Context) iter.Seq2[*Claim, error] {
	return func(yield func(*Claim, error) bool) {
		entities := make([]ledger.EntityNo, v.snap.Entities())
		for i := range entities {
			entities[i] = ledger.EntityNo(i)
		}
		slices.SortFunc(entities, func(a, b ledger.EntityNo) int { return cmp.Compare(v.snap.ID(a), v.snap.ID(b)) })
		var pending []exported
		for i, e := range entities {
			pending = v.exportable(pending, i, e)
			if len(pending) < exportClaims && i+1 < len(entities) {
				continue
			}
			if err := v.yieldSorted(ctx, pending, yield); err != nil {
				if !errors.Is(err, errEnough) {
					yield(nil, err)
				}
				return
			}
			pending = pending[:0]
		}
	}
}

// errEnough ends an export that is no longer wanted.
var errEnough = errors.New("store: enough")

// An exported claim stands in line to be read.
type exported struct {
	rank      int // of its subject
	class     int // 0 for kinds, 1 for other literals, 2 for relations
	predicate graph.Predicate
	id        graph.ClaimID
	no        ClaimNo
}

// exportable appends the claims of an entity that an export has.
func (v *View) exportable(list []exported, rank int, e ledger.EntityNo) []exported {
	kind, same := graph.KindPredicate.Info().Code, graph.SameAs.Info().Code
	for x := range v.snap.All(e, true) {
		if x.Direction != topology.Out || x.Predicate != kind && x.Predicate != same && !v.snap.Stands(x.Claim) {
			continue
		}
		entry := exported{rank: rank, class: 2, no: x.Claim}
		if info := graph.PredicateOf(x.Predicate); info != nil {
			entry.predicate = info.Name
			switch {
			case info.Name == graph.KindPredicate:
				entry.class = 0
			case !info.Relation:
				entry.class = 1
			}
		}
		list = append(list, entry)
	}
	return list
}

// yieldSorted reads the claims and yields them in order.
func (v *View) yieldSorted(ctx context.Context, list []exported, yield func(*Claim, error) bool) error {
	nos := make([]ClaimNo, len(list))
	for i := range list {
		nos[i] = list[i].no
	}
	ids, err := v.s.ledger.IDs(ctx, nos)
	if err != nil {
		return err
	}
	for i := range list {
		list[i].id = ids[i]
	}
	slices.SortFunc(list, func(a, b exported) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.class, b.class), strings.Compare(string(a.predicate), string(b.predicate)), bytes.Compare(a.id[:], b.id[:]))
	})
	// How much a claim takes is not known before it is read: begin small, and let the last ones tell.
	for n := 256; len(list) > 0; {
		n = min(n, len(list))
		nos = nos[:0]
		for i := range n {
			nos = append(nos, list[i].no)
		}
		claims, err := v.ReadClaims(ctx, nos)
		if err != nil {
			return err
		}
		size := 0
		for i := range claims {
			size += 256 + len(claims[i].Value) + len(claims[i].Source.Quote)
			if !yield(&claims[i], nil) {
				return errEnough
			}
		}
		list = list[n:]
		n = min(max(n*exportBytes/size, 64), 4*n, 1<<16)
	}
	return nil
}

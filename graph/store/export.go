package store

import (
	"context"
	"iter"

	"entente/graph"
	"entente/graph/ledger"
)

// exportBytes is about how much an export reads of the claims at once.
const exportBytes = 8 << 20

// Export yields what stands at the view's commit, whatever its day, in the order of the ledger. Merged entities keep
// their own claims.
//
// Among them are claims of kinds and of merges that have ended: without them, what else is claimed of an entity could
// not be checked again, and exact ids would merge again what had been taken apart. An error ends the sequence. Claims
// are read some at a time; a claim is valid until the next.
func (v *View) Export(ctx context.Context) iter.Seq2[*Claim, error] {
	return func(yield func(*Claim, error) bool) {
		kind, same := graph.KindPredicate.Info().Code, graph.SameAs.Info().Code
		var nos []ClaimNo
		most := 256 // how much a claim takes is not known yet: begin small, and let the first ones tell
		for no := range v.snap.Claims() {
			if p := v.snap.Predicate(no); v.snap.Stands(no) || p == kind || p == same {
				nos = append(nos, no)
			}
			if len(nos) < most && no+1 < v.snap.Claims() {
				continue
			}
			size, more := v.yieldRead(ctx, nos, yield)
			if !more {
				return
			}
			if len(nos) > 0 {
				most = min(max(len(nos)*exportBytes/size, 64), 2*most, 1<<14)
			}
			nos = nos[:0]
		}
	}
}

// yieldRead reads claims and yields them. It tells about how many bytes they took, and whether more are wanted.
func (v *View) yieldRead(ctx context.Context, nos []ledger.ClaimNo, yield func(*Claim, error) bool) (size int, more bool) {
	claims, err := v.ReadClaims(ctx, nos)
	if err != nil {
		yield(nil, err)
		return 0, false
	}
	for i := range claims {
		size += 512 + len(claims[i].Value) + len(claims[i].Source.Quote)
		if !yield(&claims[i], nil) {
			return 0, false
		}
	}
	return size, true
}

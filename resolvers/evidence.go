package resolvers

import (
	"context"
	"sync"

	"entente/graph/store"
)

// A claimBatch reads the claims that a list rests on, all of them at once when the first is asked for: a page of a
// hundred participations costs one read and not a hundred, and none if nobody asks for their claims.
type claimBatch struct {
	view *store.View
	nos  []store.ClaimNo
	more *claimBatch // see beside

	once sync.Once
	read []store.Claim
	err  error

	telling sync.Once
	claims  []*Claim
}

func newBatch(v *store.View) *claimBatch { return &claimBatch{view: v} }

// beside is a batch for other claims of the same items, which are not read with these.
func (b *claimBatch) beside() *claimBatch {
	if b.more == nil {
		b.more = newBatch(b.view)
	}
	return b.more
}

// evidence is the claims of one item of a batch.
type evidence struct {
	batch    *claimBatch
	from, to int
}

// add gives an item its claims. It is not to be called once any are read.
func (b *claimBatch) add(nos ...store.ClaimNo) evidence {
	from := len(b.nos)
	b.nos = append(b.nos, nos...)
	return evidence{b, from, len(b.nos)}
}

// whole reads the item's claims.
func (e evidence) whole(ctx context.Context) ([]store.Claim, error) {
	b := e.batch
	b.once.Do(func() { b.read, b.err = b.view.ReadClaims(ctx, b.nos) })
	if b.err != nil {
		return nil, b.err
	}
	return b.read[e.from:e.to], nil
}

// all reads the item's claims, as the API gives them.
func (e evidence) all(ctx context.Context) ([]*Claim, error) {
	if _, err := e.whole(ctx); err != nil {
		return nil, err
	}
	b := e.batch
	b.telling.Do(func() { b.claims = newClaims(b.view, b.read) })
	return b.claims[e.from:e.to], nil
}

// one reads the one claim of an item that has just one.
func (e evidence) one(ctx context.Context) (*Claim, error) {
	claims, err := e.all(ctx)
	if err != nil {
		return nil, err
	}
	return claims[0], nil
}

// count is how many claims the item has.
func (e evidence) count() int32 { return int32(e.to - e.from) }

package resolvers

import (
	"context"
	"sync"

	"entente/graph/store"
)

// A claimBatch reads the claims that a list rests on, all of them at once: a page of a hundred participations costs one read and not a
// hundred, and none if nobody asks for their claims.
//
// The field that makes the list looks ahead whether they are asked for ([claimBatch.readFor]). So the fields below it need no context and
// have no error, and the library runs them one after the other: with either it would start a goroutine for each field of each item.
type claimBatch struct {
	view *view
	nos  []store.ClaimNo
	more *claimBatch // see beside

	once   sync.Once
	read   []store.Claim
	claims []*Claim
	err    error
}

func newBatch(v *view) *claimBatch { return &claimBatch{view: v} }

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

// load reads the claims of all items, unless that was done.
func (b *claimBatch) load(ctx context.Context) error {
	b.once.Do(func() {
		if b.read, b.err = b.view.ReadClaims(ctx, b.nos); b.err == nil {
			b.view.noteNamed(b.read)
			b.claims = newClaims(b.view, b.read)
		}
	})
	return b.err
}

// readFor reads the claims if one of the fields that tell of them is asked for, such as "Participation.claims". All of their items must have
// been added.
func (b *claimBatch) readFor(ctx context.Context, fields ...string) error {
	if len(b.nos) == 0 || !asks(ctx, fields...) {
		return nil
	}
	return b.load(ctx)
}

// all are the item's claims, which have been read.
func (e evidence) all() []*Claim {
	e.mustBeRead()
	return e.batch.claims[e.from:e.to]
}

// whole are the same as the store gives them.
func (e evidence) whole() []store.Claim {
	e.mustBeRead()
	return e.batch.read[e.from:e.to]
}

// mustBeRead keeps a list whose maker forgot to look ahead from being taken for one without claims.
func (e evidence) mustBeRead() {
	if e.count() > 0 && e.batch.claims == nil {
		panic("resolvers: claims are asked for that were not read")
	}
}

// one reads the one claim of an item that has just one.
func (e evidence) one(ctx context.Context) (*Claim, error) {
	if err := e.batch.load(ctx); err != nil {
		return nil, err
	}
	return e.all()[0], nil
}

// count is how many claims the item has.
func (e evidence) count() int32 { return int32(e.to - e.from) }

package resolvers

import (
	"cmp"
	"context"

	"github.com/graph-gophers/graphql-go"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// Diff is what is different about an entity between two moments.
type Diff struct {
	new, gone evidence

	From, To                 *Moment
	AddedCount, RemovedCount int32
	Positions                []*PositionChange
}

// PositionChange is a position that is another at the later moment.
type PositionChange struct {
	By, Of        *Entity
	AsPartOf      *Entity
	AsIndependent bool
	From, To      string
	Before, After *RecognitionPosition
}

// Diff compares what counts about an entity at two moments.
func (q *Query) Diff(ctx context.Context, args struct {
	Entity   ID
	From, To atInput
	First    graphql.NullInt
},
) (*Diff, error) {
	first, err := pageSize(args.First, 100)
	if err != nil {
		return nil, err
	}
	var views [2]*store.View
	var nos [2]store.Entity
	for i, at := range []*atInput{&args.From, &args.To} {
		if views[i], err = viewAt(ctx, pinOf(ctx).view(), at); err != nil {
			return nil, err
		}
		no, ok := views[i].Resolve(string(args.Entity))
		if !ok {
			no = store.NoEntity
		}
		nos[i] = no
	}
	if nos[0] == store.NoEntity && nos[1] == store.NoEntity {
		return nil, badInput("entity is %s; no entity has that id at either moment", graph.Quoted(string(args.Entity)))
	}
	// What was removed is told as the later commit knows it, with when and why it ended.
	told := views[1]
	if views[0].Moment().Commit > told.Moment().Commit {
		told = views[0]
	}
	today := pinOf(ctx).today
	found, err := views[0].Diff(ctx, nos[0], views[1], nos[1], today)
	if err != nil {
		return nil, err
	}
	added, removed := newBatch(views[1]), newBatch(told)
	before, after := newBatch(views[0].AsOf(today)), newBatch(views[1].AsOf(today))
	d := &Diff{
		new:        added.add(found.Added[:min(first, len(found.Added))]...),
		gone:       removed.add(found.Removed[:min(first, len(found.Removed))]...),
		From:       newMoment(views[0].Moment()),
		To:         newMoment(views[1].Moment()),
		AddedCount: int32(len(found.Added)), RemovedCount: int32(len(found.Removed)),
		Positions: changesOf(before, after, found.Positions),
	}
	return d, cmp.Or(
		added.readFor(ctx, "added"), removed.readFor(ctx, "removed"),
		before.readFor(ctx, positionsRead("positions.before.")...), after.readFor(ctx, positionsRead("positions.after.")...),
	)
}

// Added are the claims that count at the later moment alone.
func (d *Diff) Added() []*Claim { return d.new.all() }

// Removed are the claims that count at the earlier moment alone.
func (d *Diff) Removed() []*Claim { return d.gone.all() }

// changesOf makes changes of positions; each is told as at the later moment if it is there then.
func changesOf(before, after *claimBatch, found []trace.PositionChange) []*PositionChange {
	changes := make([]*PositionChange, len(found))
	one := func(batch *claimBatch, p *trace.Position) *RecognitionPosition {
		if p == nil {
			return nil
		}
		return positionsOf(batch.view, []trace.Position{*p}, batch)[0]
	}
	for i := range found {
		c := &PositionChange{From: string(trace.NoneRecorded), To: string(trace.NoneRecorded)}
		for _, side := range []struct {
			position *RecognitionPosition
			at       **RecognitionPosition
			status   *string
		}{{one(before, found[i].Before), &c.Before, &c.From}, {one(after, found[i].After), &c.After, &c.To}} {
			if p := side.position; p != nil {
				c.By, c.Of, c.AsPartOf, c.AsIndependent = p.By, p.Of, p.AsPartOf, p.AsIndependent
				*side.at, *side.status = p, p.Status
			}
		}
		changes[i] = c
	}
	return changes
}

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
	var views [2]*view
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
	found, err := views[0].Diff(ctx, nos[0], views[1].View, nos[1], today)
	if err != nil {
		return nil, err
	}
	added, removed := newBatch(views[1]), newBatch(told)
	before, after := newBatch(views[0].AsOf(today)), newBatch(views[1].AsOf(today))
	positions, err := changesOf(ctx, before, after, found.Positions)
	if err != nil {
		return nil, err
	}
	d := &Diff{
		new:        added.add(found.Added[:min(first, len(found.Added))]...),
		gone:       removed.add(found.Removed[:min(first, len(found.Removed))]...),
		From:       newMoment(views[0].Moment()),
		To:         newMoment(views[1].Moment()),
		AddedCount: int32(len(found.Added)), RemovedCount: int32(len(found.Removed)),
		Positions: positions,
	}
	return d, cmp.Or(
		added.readFor(ctx, "Diff.added"), removed.readFor(ctx, "Diff.removed"),
		before.readPositions(ctx), after.readPositions(ctx),
	)
}

// Added are the claims that count at the later moment alone.
func (d *Diff) Added() []*Claim { return d.new.all() }

// Removed are the claims that count at the earlier moment alone.
func (d *Diff) Removed() []*Claim { return d.gone.all() }

// changesOf makes changes of positions; each is told as at the later moment if it is there then.
func changesOf(ctx context.Context, before, after *claimBatch, found []trace.PositionChange) ([]*PositionChange, error) {
	changes := make([]*PositionChange, len(found))
	for i := range found {
		c := &PositionChange{From: string(trace.NoneRecorded), To: string(trace.NoneRecorded)}
		for _, side := range []struct {
			batch    *claimBatch
			position *trace.Position
			at       **RecognitionPosition
			status   *string
		}{
			{before, found[i].Before, &c.Before, &c.From},
			{after, found[i].After, &c.After, &c.To},
		} {
			if side.position == nil {
				continue
			}
			told, err := side.batch.positions(ctx, []trace.Position{*side.position})
			if err != nil {
				return nil, err
			}
			p := told[0]
			c.By, c.Of, c.AsPartOf, c.AsIndependent = p.By, p.Of, p.AsPartOf, p.AsIndependent
			*side.at, *side.status = p, p.Status
		}
		changes[i] = c
	}
	return changes, nil
}

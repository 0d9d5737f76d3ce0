package resolvers

import (
	"cmp"
	"context"
	"fmt"

	"entente/graph/store"
	"entente/graph/trace"
)

// RecognitionReport tells who recognizes something on a day.
type RecognitionReport struct {
	graph *view
	asked recognitionQuestion
	found []trace.Position

	Moment    *Moment
	Of        *Entity
	Positions []*RecognitionPosition
}

// recognitionQuestion is what is asked: who recognizes an entity, of all or of some.
type recognitionQuestion struct {
	of store.Entity
	by []store.Entity
}

// RecognitionPosition is how one recognizes another.
type RecognitionPosition struct {
	graph                       *view
	position                    *trace.Position
	own, forIt, against, rolled evidence

	By, Of        *Entity
	Status        string
	AsPartOf      *Entity
	AsIndependent bool
	Since         *Date
}

// RecognitionSpell is a time during which a position stayed the same.
type RecognitionSpell struct {
	Status     string
	From       *Date
	FromBounds *DateBounds
	To         *Date
	AsPartOf   *Entity
	ClaimCount int32
}

// Recognition tells who recognizes an entity, on the day asked about or today.
func (q *Query) Recognition(ctx context.Context, args struct {
	Of ID
	By *[]ID
	At *atInput
},
) (*RecognitionReport, error) {
	v, err := viewAt(ctx, pinOf(ctx).view(), args.At)
	if err != nil {
		return nil, err
	}
	r := &RecognitionReport{graph: v.AsOf(pinOf(ctx).today)}
	if r.asked.of, err = entityOf(v, "of", args.Of); err != nil {
		return nil, err
	}
	if args.By != nil {
		r.asked.by = make([]store.Entity, len(*args.By))
		for i, id := range *args.By {
			if r.asked.by[i], err = entityOf(v, fmt.Sprintf("by[%d]", i), id); err != nil {
				return nil, err
			}
		}
	}
	if r.found, err = r.graph.Recognitions(ctx, r.asked.of, r.asked.by); err != nil {
		return nil, err
	}
	batch := newBatch(r.graph)
	r.Moment, r.Of = newMoment(r.graph.Moment()), entityAt(r.graph, r.asked.of)
	if r.Positions, err = batch.positions(ctx, r.found); err != nil {
		return nil, err
	}
	return r, batch.readPositions(ctx)
}

// NoneRecorded counts those of whom nothing is recorded: of those asked for or, where nobody was, of all states.
func (r *RecognitionReport) NoneRecorded(ctx context.Context) (int32, error) {
	n, err := r.graph.Unrecorded(ctx, r.asked.of, r.asked.by, r.found)
	return int32(n), err
}

// readPositions reads what positions tell by claims, if they are asked for it.
func (b *claimBatch) readPositions(ctx context.Context) error {
	return cmp.Or(
		b.readFor(ctx, "RecognitionPosition.ownWord", "RecognitionPosition.supporting", "RecognitionPosition.opposing"),
		b.beside().readFor(ctx, "RecognitionPosition.rolledUpBy"),
	)
}

// positions makes positions, which take their claims from the batch of the list they stand in. By which claims others count is worked out if
// it is asked for.
func (b *claimBatch) positions(ctx context.Context, found []trace.Position) ([]*RecognitionPosition, error) {
	v, rolled := b.view, asks(ctx, "RecognitionPosition.rolledUpBy")
	list := make([]*RecognitionPosition, len(found))
	for i := range found {
		p := &found[i]
		list[i] = &RecognitionPosition{
			graph: v, position: p,
			own: b.add(p.OwnWord()...), forIt: b.add(p.Supporting()...), against: b.add(p.Opposing()...),
			By: entityAt(v, p.By), Of: entityAt(v, p.Of), Status: string(p.Status),
			AsPartOf: entityAt(v, p.As.PartOf), AsIndependent: p.As.Independent,
			Since: dateOf(p.Since()),
		}
		var by []store.ClaimNo
		if rolled {
			var err error
			if by, err = p.RolledUpBy(ctx); err != nil {
				return nil, err
			}
		}
		list[i].rolled = b.beside().add(by...)
	}
	return list, nil
}

// SinceBounds are the days of the date.
func (p *RecognitionPosition) SinceBounds() *DateBounds { return boundsOf(p.position.Since()) }

// OwnWord are the claims on the recognizer's own word.
func (p *RecognitionPosition) OwnWord() []*Claim { return p.own.all() }

// Supporting are the claims of others that say so.
func (p *RecognitionPosition) Supporting() []*Claim { return p.forIt.all() }

// Opposing are the claims of others that deny it.
func (p *RecognitionPosition) Opposing() []*Claim { return p.against.all() }

// RolledUpBy are the claims by which words of others are the recognizer's.
func (p *RecognitionPosition) RolledUpBy() []*Claim { return p.rolled.all() }

// Spells are how the position came to be what it is.
func (p *RecognitionPosition) Spells(ctx context.Context) ([]*RecognitionSpell, error) {
	found, err := p.position.Spells(ctx)
	if err != nil {
		return nil, err
	}
	spells := make([]*RecognitionSpell, len(found))
	for i, s := range found {
		spells[i] = &RecognitionSpell{
			Status: string(s.Status), From: dateOf(s.From), FromBounds: boundsOf(s.From), To: dateOf(s.To),
			AsPartOf: p.AsPartOf, ClaimCount: int32(s.Claims),
		}
	}
	return spells, nil
}

// recognizesArgs are the arguments of a list of positions.
type recognizesArgs struct {
	At *atInput
	pageArgs
}

// Recognizes lists what the entity recognizes, itself or by those who stand for it.
func (e *Entity) Recognizes(ctx context.Context, args recognizesArgs) (*Connection[*RecognitionPosition], error) {
	return e.recognitions(ctx, args, func(v *view, no store.Entity) ([]trace.Position, error) {
		return v.Recognitions(ctx, store.NoEntity, []store.Entity{no})
	})
}

// RecognizedBy lists who recognizes the entity.
func (e *Entity) RecognizedBy(ctx context.Context, args recognizesArgs) (*Connection[*RecognitionPosition], error) {
	return e.recognitions(ctx, args, func(v *view, no store.Entity) ([]trace.Position, error) {
		return v.Recognitions(ctx, no, nil)
	})
}

func (e *Entity) recognitions(
	ctx context.Context, args recognizesArgs, find func(*view, store.Entity) ([]trace.Position, error),
) (*Connection[*RecognitionPosition], error) {
	page, err := args.page(50)
	if err != nil {
		return nil, err
	}
	v, no, known, err := e.at(ctx, args.At)
	if err != nil || !known {
		return connect(store.List[trace.Position]{}, []*RecognitionPosition{}), err
	}
	v = v.AsOf(pinOf(ctx).today)
	found, err := find(v, no)
	if err != nil {
		return nil, err
	}
	list, err := store.Paginate("recognitions", found, page, func(p trace.Position) string {
		return fmt.Sprintf("%08x%08x%08x%t", p.By, p.Of, p.As.PartOf, p.As.Independent)
	})
	if err != nil {
		return nil, err
	}
	batch := newBatch(v)
	positions, err := batch.positions(ctx, list.Items)
	if err != nil {
		return nil, err
	}
	return connect(list, positions), batch.readPositions(ctx)
}

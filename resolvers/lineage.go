package resolvers

import (
	"cmp"
	"context"

	"github.com/graph-gophers/graphql-go"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

const (
	// lineageBudget is how many claims one lineage may look at, well under a second of work.
	lineageBudget = 1 << 20
	// mostDepth is the farthest that a lineage may be asked to go.
	mostDepth = 1000
)

// Lineage is what an agreement rests on, and what rests on it.
type Lineage struct {
	inWords evidence

	Moment  *Moment
	Root    *Entity
	Steps   []*LineageStep
	Partial bool
}

// LineageStep is one agreement of a lineage.
type LineageStep struct {
	claims evidence

	Agreement *Entity
	Depth     int32
	Parents   []ID
	Mediators []*Participation // rolled up; if they are asked for
}

// lineageArgs are the arguments of a lineage.
type lineageArgs struct {
	Direction enumInput
	MaxDepth  graphql.NullInt
	At        *atInput
}

// Lineage follows the lineage of an agreement.
func (q *Query) Lineage(ctx context.Context, args struct {
	Agreement ID
	lineageArgs
},
) (*Lineage, error) {
	v, err := viewAt(ctx, pinOf(ctx).view(), args.At)
	if err != nil {
		return nil, err
	}
	no, err := entityOf(v, "agreement", args.Agreement)
	if err != nil {
		return nil, err
	}
	if kind := v.Kind(no); kind != graph.Agreement {
		return nil, badInput("agreement is %s, a %s; a lineage is one of agreements", args.Agreement, kindEnum(kind))
	}
	return lineageOf(ctx, v, no, &args.lineageArgs)
}

// Lineage follows the lineage of the agreement. At a moment that does not know it, it has none.
func (e *Entity) Lineage(ctx context.Context, args lineageArgs) (*Lineage, error) {
	v, no, known, err := e.at(ctx, args.At)
	if err != nil {
		return nil, err
	}
	if !known {
		return &Lineage{inWords: newBatch(v).add(), Moment: newMoment(v.Moment()), Root: e, Steps: []*LineageStep{}}, nil
	}
	return lineageOf(ctx, v, no, &args)
}

func lineageOf(ctx context.Context, v *view, no store.Entity, args *lineageArgs) (*Lineage, error) {
	q := trace.LineageQuestion{
		Agreement: no, Budget: lineageBudget, MaxDepth: 50,
		Direction: cmp.Or(trace.LineageDirection(args.Direction), trace.BothWays),
	}
	if args.MaxDepth.Value != nil {
		q.MaxDepth = int(*args.MaxDepth.Value)
	}
	if q.MaxDepth < 1 || q.MaxDepth > mostDepth {
		return nil, badInput("maxDepth is %d; it can be 1 to %d", q.MaxDepth, mostDepth)
	}
	found, err := v.Lineage(ctx, q)
	if err != nil {
		return nil, err
	}
	batch, told := newBatch(v), asks(ctx, "LineageStep.mediators")
	l := &Lineage{Moment: newMoment(v.Moment()), Root: entityAt(v, no), Steps: make([]*LineageStep, len(found.Steps)), Partial: found.Partial}
	for i := range found.Steps {
		s := &found.Steps[i]
		l.Steps[i] = &LineageStep{
			claims: batch.add(found.Via(i)...), Agreement: entityAt(v, s.Agreement), Depth: s.Depth, Parents: idsOf(v, found.Parents(i)),
		}
		if told {
			l.Steps[i].Mediators = tracedParts(v, v.Parts(v.RolledUp(found.Ties(i)), true), batch)
		}
	}
	l.inWords = batch.add(found.Dangling...)
	return l, cmp.Or(batch.readFor(ctx, "LineageStep.via", "Lineage.dangling"), batch.readParts(ctx))
}

// Dangling are the claims that refer to something in words alone.
func (l *Lineage) Dangling() []*Claim { return l.inWords.all() }

// Via are the claims that lead to the agreement.
func (s *LineageStep) Via() []*Claim { return s.claims.all() }

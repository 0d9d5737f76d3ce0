package resolvers

import (
	"context"

	"github.com/graph-gophers/graphql-go"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// A ranked is what a rank rests on, to be found when it is asked for.
type ranked struct {
	v        *store.View
	question trace.RankingQuestion
	actors   []store.Entity
}

// firstArgs say how many claims are wanted.
type firstArgs struct{ First graphql.NullInt }

// Claims are the first of the claims that it rests on.
func (r *ranked) Claims(ctx context.Context, args firstArgs) ([]*Claim, error) {
	return r.firstOf(ctx, args, r.v.RankingClaims)
}

// RolledUpBy are the first of the claims by which parts of others count.
func (r *ranked) RolledUpBy(ctx context.Context, args firstArgs) ([]*Claim, error) {
	return r.firstOf(ctx, args, r.v.RankingRolledUpBy)
}

// firstOf reads the first of the claims that are found for the rank.
func (r *ranked) firstOf(
	ctx context.Context, args firstArgs, find func(context.Context, trace.RankingQuestion, ...store.Entity) ([]store.ClaimNo, error),
) ([]*Claim, error) {
	first, err := pageSize(args.First, 50)
	if err != nil {
		return nil, err
	}
	nos, err := find(ctx, r.question, r.actors...)
	if err != nil {
		return nil, err
	}
	return readClaims(ctx, r.v, nos[:min(first, len(nos))])
}

// MediatorRank is a third party and how many meetings it had a part in.
type MediatorRank struct {
	ranked

	Actor       *Entity
	Meetings    int32
	Exclusive   int32
	First, Last *Date
}

// CoMediatorPair is two third parties and how many meetings both had a part in.
type CoMediatorPair struct {
	ranked

	A, B     *Entity
	Meetings int32
}

// rankingArgs are the arguments of a ranking.
type rankingArgs struct {
	scopeArgs
	First graphql.NullInt
}

func (args *rankingArgs) question(v *store.View) (q trace.RankingQuestion, err error) {
	if q.First, err = pageSize(args.First, 20); err != nil {
		return q, err
	}
	q.Scope, q.Filter, q.MinimumRole, err = args.ask(v, graph.Mediated)
	return q, err
}

// MediatorRanking tells who was a third party most often.
func (q *Query) MediatorRanking(ctx context.Context, args rankingArgs) ([]*MediatorRank, error) {
	v, err := viewAt(ctx, pinOf(ctx).view(), args.At)
	if err != nil {
		return nil, err
	}
	question, err := args.question(v)
	if err != nil {
		return nil, err
	}
	ranks, err := v.MediatorRanking(ctx, question)
	if err != nil {
		return nil, err
	}
	list := make([]*MediatorRank, len(ranks))
	for i, r := range ranks {
		list[i] = &MediatorRank{
			ranked: ranked{v, question, []store.Entity{r.Actor}}, Actor: entityAt(v, r.Actor),
			Meetings: int32(r.Meetings), Exclusive: int32(r.Exclusive), First: dateOf(r.First), Last: dateOf(r.Last),
		}
	}
	return list, nil
}

// CoMediators tells which two were third parties together most often.
func (q *Query) CoMediators(ctx context.Context, args rankingArgs) ([]*CoMediatorPair, error) {
	v, err := viewAt(ctx, pinOf(ctx).view(), args.At)
	if err != nil {
		return nil, err
	}
	question, err := args.question(v)
	if err != nil {
		return nil, err
	}
	pairs, err := v.CoMediators(ctx, question)
	if err != nil {
		return nil, err
	}
	list := make([]*CoMediatorPair, len(pairs))
	for i, p := range pairs {
		list[i] = &CoMediatorPair{
			ranked: ranked{v, question, []store.Entity{p.A, p.B}}, A: entityAt(v, p.A), B: entityAt(v, p.B), Meetings: int32(p.Meetings),
		}
	}
	return list, nil
}

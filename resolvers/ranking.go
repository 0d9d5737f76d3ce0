package resolvers

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/graph-gophers/graphql-go"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// A footing is what the ranks of one answer rest on, found for all of them when it is asked for of one.
type footing struct {
	v        *view
	question trace.RankingQuestion
	ranks    [][]store.Entity // the actors of each

	once sync.Once
	ties [][]trace.Tie
	err  error
}

// of is what the rank in a place rests on.
func (f *footing) of(ctx context.Context, place int) ([]trace.Tie, error) {
	f.once.Do(func() { f.ties, f.err = f.v.RankingTies(ctx, f.question, f.ranks) })
	if f.err != nil {
		return nil, f.err
	}
	return f.ties[place], nil
}

// A ranked is one of the ranks of an answer.
type ranked struct {
	footing *footing
	place   int
}

// rank adds a rank of actors.
func (f *footing) rank(actors ...store.Entity) ranked {
	f.ranks = append(f.ranks, actors)
	return ranked{f, len(f.ranks) - 1}
}

// firstArgs say how many claims are wanted.
type firstArgs struct{ First graphql.NullInt }

// Claims are the first of the claims that it rests on.
func (r *ranked) Claims(ctx context.Context, args firstArgs) ([]*Claim, error) {
	return r.firstOf(ctx, args, trace.ClaimsOf)
}

// RolledUpBy are the first of the claims by which parts of others count.
func (r *ranked) RolledUpBy(ctx context.Context, args firstArgs) ([]*Claim, error) {
	return r.firstOf(ctx, args, func(ties []trace.Tie) []store.ClaimNo {
		return inOrder(slices.Concat(slices.Collect(maps.Values(r.footing.v.RolledUpBy(ties, r.footing.question.RollUp)))...))
	})
}

// JoinedBy are the first of the claims by which several of its meetings count as one.
func (r *ranked) JoinedBy(ctx context.Context, args firstArgs) ([]*Claim, error) {
	return r.firstOf(ctx, args, func(ties []trace.Tie) []store.ClaimNo { return r.footing.v.JoinedBy(trace.MeetingsOf(ties)...) })
}

// DatedBy are the first of the claims of the dates of its meetings.
func (r *ranked) DatedBy(ctx context.Context, args firstArgs) ([]*Claim, error) {
	return r.firstOf(ctx, args, func(ties []trace.Tie) []store.ClaimNo { return r.footing.v.DatedBy(trace.MeetingsOf(ties)...) })
}

// BelongsBy are the first of the claims by which its meetings are among those that were asked for: of the process, about the conflict, and between the parties.
func (r *ranked) BelongsBy(ctx context.Context, args firstArgs) ([]*Claim, error) {
	return r.firstOf(ctx, args, func(ties []trace.Tie) []store.ClaimNo {
		v, q, meetings := r.footing.v, &r.footing.question, trace.MeetingsOf(ties)
		return inOrder(slices.Concat(v.BelongsBy(&q.Scope, meetings...), v.BetweenBy(&q.Scope, q.Filter, meetings...)))
	})
}

// inOrder sorts claims and leaves each there once.
func inOrder(claims []store.ClaimNo) []store.ClaimNo {
	slices.Sort(claims)
	return slices.Compact(claims)
}

// firstOf reads the first of the claims that are told of the rank's ties.
func (r *ranked) firstOf(ctx context.Context, args firstArgs, told func([]trace.Tie) []store.ClaimNo) ([]*Claim, error) {
	first, err := pageSize(args.First, 50)
	if err != nil {
		return nil, err
	}
	ties, err := r.footing.of(ctx, r.place)
	if err != nil {
		return nil, err
	}
	nos := told(ties)
	return readClaims(ctx, r.footing.v, nos[:min(first, len(nos))])
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

func (args *rankingArgs) question(v *view) (q trace.RankingQuestion, err error) {
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
	on := &footing{v: v, question: question}
	list := make([]*MediatorRank, len(ranks))
	for i, r := range ranks {
		list[i] = &MediatorRank{
			ranked: on.rank(r.Actor), Actor: entityAt(v, r.Actor),
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
	on := &footing{v: v, question: question}
	list := make([]*CoMediatorPair, len(pairs))
	for i, p := range pairs {
		list[i] = &CoMediatorPair{
			ranked: on.rank(p.A, p.B), A: entityAt(v, p.A), B: entityAt(v, p.B), Meetings: int32(p.Meetings),
		}
	}
	return list, nil
}

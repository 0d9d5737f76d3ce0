package store

import (
	"context"
	"slices"

	"entente/graph/trace"
)

// Mediation answers who was between, as of the view's day.
func (v *View) Mediation(ctx context.Context, q trace.HistoryQuestion) (*trace.HistoryAnswer, error) {
	q.AsOf = v.asOf
	return trace.History(ctx, v.snap, q)
}

// RolledUpBy lists the claims by which the ties of a question, which rolls up or does not, count for whom they do, as [trace.RolledUpBy] has them; each
// once, ascending, by for whom.
func (v *View) RolledUpBy(ties []trace.Tie, rollUp bool) map[Entity][]ClaimNo {
	by := make(map[Entity][]ClaimNo)
	for i, claims := range trace.RolledUpBy(v.snap, ties, rollUp) {
		by[ties[i].For] = append(by[ties[i].For], claims...)
	}
	for e := range by {
		slices.Sort(by[e])
		by[e] = slices.Compact(by[e])
	}
	return by
}

// JoinedBy lists the claims by which meetings count as one with others, each once, ascending.
func (v *View) JoinedBy(meetings ...Entity) []ClaimNo { return trace.JoinedBy(v.snap, meetings...) }

// DatedBy lists the claims that the dates of meetings are made of, those of all that count as one with them too, each once, ascending.
func (v *View) DatedBy(meetings ...Entity) []ClaimNo { return trace.DatedBy(v.snap, meetings...) }

// BelongsBy lists the claims by which meetings, or others that are one with them, are of a scope's process and about its conflict, each once, ascending.
func (v *View) BelongsBy(sc *trace.Scope, meetings ...Entity) []ClaimNo {
	return trace.BelongsBy(v.snap, sc, meetings...)
}

// BetweenBy lists the claims by which those of a scope were parties to meetings, or to others that are one with them, as of the view's day, and those by
// which parts of others count for them; each once, ascending.
func (v *View) BetweenBy(sc *trace.Scope, f trace.Filter, meetings ...Entity) []ClaimNo {
	f.AsOf = v.asOf
	return trace.BetweenBy(v.snap, sc, f, meetings...)
}

// CountsFor lists those for whom the parts that an actor has itself count, as of the view's day.
func (v *View) CountsFor(f trace.Filter, actor Entity) []Entity {
	f.AsOf = v.asOf
	return trace.CountsFor(v.snap, f, actor)
}

// MediatorRanking answers who was between most often, as of the view's day.
func (v *View) MediatorRanking(ctx context.Context, q trace.RankingQuestion) ([]trace.MediatorRank, error) {
	q.AsOf = v.asOf
	q.Affiliations = v.affiliations(&q.Filter)
	return trace.MediatorRanking(ctx, v.snap, q)
}

// CoMediators answers which two were between together most often, as of the view's day.
func (v *View) CoMediators(ctx context.Context, q trace.RankingQuestion) ([]trace.CoMediatorPair, error) {
	q.AsOf = v.asOf
	q.Affiliations = v.affiliations(&q.Filter)
	return trace.CoMediators(ctx, v.snap, q)
}

// RankingTies lists what each of some ranks rests on, given by its actor, or of a pair by both, as of the view's day.
func (v *View) RankingTies(ctx context.Context, q trace.RankingQuestion, ranks [][]Entity) ([][]trace.Tie, error) {
	q.AsOf = v.asOf
	return trace.RankingTies(ctx, v.snap, q, ranks)
}

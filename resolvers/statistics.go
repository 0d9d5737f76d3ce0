package resolvers

import (
	"context"

	"entente/graph/store"
)

// Statistics say how much there is.
type Statistics struct {
	Entities, Claims, Commits int32
	ByKind                    []*KindCount
	ByPredicate               []*PredicateCount
	ByCoder                   []*CoderCount
}

// KindCount says how many entities are of a kind.
type KindCount struct {
	Kind  string
	Count int32
}

// PredicateCount says how many claims state a predicate.
type PredicateCount struct {
	Predicate string
	Count     int32
}

// CoderCount says how many claims somebody encoded. Coder is nil for those without a coder.
type CoderCount struct {
	Coder *Entity
	Count int32
}

// Statistics counts what stands at the moment. It walks the whole graph in memory, which is quick but not free.
func (q *Query) Statistics(ctx context.Context, args atArgs) (*Statistics, error) {
	v, err := viewAt(ctx, pinOf(ctx).view(), args.At)
	if err != nil {
		return nil, err
	}
	return newStatistics(v, v.Statistics()), nil
}

func newStatistics(v *view, st store.Statistics) *Statistics {
	out := &Statistics{
		Entities: int32(st.Entities), Claims: int32(st.Claims), Commits: int32(st.Commits),
		ByKind: []*KindCount{}, ByPredicate: []*PredicateCount{}, ByCoder: []*CoderCount{},
	}
	for _, c := range st.ByKind {
		out.ByKind = append(out.ByKind, &KindCount{kindEnum(c.Of), int32(c.Count)})
	}
	for _, c := range st.ByPredicate {
		out.ByPredicate = append(out.ByPredicate, &PredicateCount{predicateEnums[c.Of], int32(c.Count)})
	}
	for _, c := range st.ByCoder {
		out.ByCoder = append(out.ByCoder, &CoderCount{entityAt(v, c.Of), int32(c.Count)})
	}
	return out
}

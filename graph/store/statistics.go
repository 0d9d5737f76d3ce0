package store

import (
	"cmp"
	"slices"

	"entente/graph"
)

// Statistics count what stands at a view, whatever the day and stance. Merged entities count once.
type Statistics struct {
	Entities, Claims, Commits int
	ByKind                    []Count[graph.Kind]
	ByPredicate               []Count[graph.Predicate]
	ByCoder                   []Count[Entity] // NoEntity: claims without a coder
}

// A Count says how many there are of something.
type Count[T any] struct {
	Of    T
	Count int
}

// Statistics counts entities and claims; lists are sorted by count, most first.
func (v *View) Statistics() Statistics {
	st := Statistics{Commits: int(v.snap.Commit())}
	kinds := make(map[graph.Kind]int)
	for e := range v.snap.Entities() {
		if v.snap.Group(e) == e {
			st.Entities++
			kinds[v.Kind(e)]++
		}
	}
	var predicates [256]int
	coders := make(map[Entity]int)
	for no := range v.snap.Claims() {
		if v.snap.Stands(no) {
			st.Claims++
			predicates[v.snap.Predicate(no)]++
			coders[v.snap.Source(no).Coder]++
		}
	}
	byCoder := make(map[Entity]int)
	for coder, n := range coders {
		byCoder[v.group(coder)] += n
	}
	byPredicate := make(map[graph.Predicate]int)
	for code, n := range predicates {
		if info := graph.PredicateOf(uint8(code)); n > 0 && info != nil {
			byPredicate[info.Name] = n
		}
	}
	st.ByKind, st.ByPredicate, st.ByCoder = counts(kinds), counts(byPredicate), counts(byCoder)
	return st
}

func counts[T cmp.Ordered](of map[T]int) []Count[T] {
	list := make([]Count[T], 0, len(of))
	for v, n := range of {
		list = append(list, Count[T]{v, n})
	}
	slices.SortFunc(list, func(a, b Count[T]) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Of, b.Of)) })
	return list
}

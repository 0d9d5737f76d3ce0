package trace

import "slices"

// A ranked list keeps the first n of the items that are added to it, in their order. No two items are equal.
type ranked[T any] struct {
	n       int
	compare func(a, b T) int
	items   []T
}

func (r *ranked[T]) add(item T) {
	if len(r.items) == r.n && (r.n == 0 || r.compare(item, r.items[r.n-1]) > 0) {
		return
	}
	i, _ := slices.BinarySearchFunc(r.items, item, r.compare)
	if len(r.items) == r.n {
		r.items = r.items[:r.n-1]
	}
	r.items = slices.Insert(r.items, i, item)
}

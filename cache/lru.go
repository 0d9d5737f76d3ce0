// Package cache keeps values that took work to read or to make, for as long as there is room for what was asked for since.
//
// Which value goes first is known to github.com/hashicorp/golang-lru. It counts values; ours are of very different sizes, so what is added
// here is that they are weighed.
package cache

import (
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// EntrySize is about how many bytes of memory a cache takes for a value beside the value itself, its key included. Who weighs in bytes adds it, or
// values of next to nothing would be kept without number.
const EntrySize = 128

// An LRU keeps values that together weigh no more than its limit, and lets go of those asked for longest ago. What it gives is shared
// and must not be changed. It may be used by several goroutines at once.
//
// It is never emptied: when what it keeps may no longer be told, its owner takes a new one in its place. Whoever has read before that puts what
// he read into the old one, where nobody finds it.
type LRU[K comparable, V any] struct {
	limit int64

	mu     sync.Mutex // guards all below
	weight int64
	kept   *simplelru.LRU[K, weighed[V]]
}

type weighed[V any] struct {
	value  V
	weight int64
}

// NewLRU keeps nothing yet, and nothing ever if the limit is negative.
func NewLRU[K comparable, V any](limit int64) *LRU[K, V] {
	kept, err := simplelru.NewLRU[K, weighed[V]](math.MaxInt, nil)
	if err != nil {
		panic(err) // it is told of a count below one
	}
	return &LRU[K, V]{limit: limit, kept: kept}
}

// Get finds the value of the key, if it is kept.
func (c *LRU[K, V]) Get(key K) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.kept.Get(key)
	return found.value, ok
}

// Put keeps a value, unless it alone weighs more than the limit. There is one value for a key: if one is kept already, it stays. The weight must not
// be negative.
func (c *LRU[K, V]) Put(key K, value V, weight int64) {
	if weight > c.limit {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept.Contains(key) {
		return
	}
	c.kept.Add(key, weighed[V]{value, weight})
	for c.weight += weight; c.weight > c.limit; {
		_, old, _ := c.kept.RemoveOldest()
		c.weight -= old.weight
	}
}

package ledger

import "sync"

// A cache keeps values that were read and decoded, and drops those not asked for longest when they come to more than
// its limit of bytes. What it gives out is shared and must not be changed.
type cache[K comparable, V any] struct {
	limit int64

	mu      sync.Mutex // guards all below
	size    int64
	kept    map[K]*kept[K, V]
	recent  kept[K, V] // the ring's own link: the most recent is next, the least recent previous
	cleared uint64     // how often it was cleared
}

// kept is a value in the cache, and a link of the ring.
type kept[K comparable, V any] struct {
	previous, next *kept[K, V]
	key            K
	value          V
	size           int64
}

func newCache[K comparable, V any](limit int64) *cache[K, V] {
	c := &cache[K, V]{limit: limit}
	c.clear()
	return c
}

// get copies the values of the keys that are there to their places, and returns the places of the others. Its era is for [cache.put].
func (c *cache[K, V]) get(keys []K, values []V) (missing []int, era uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, key := range keys {
		k := c.kept[key]
		if k == nil {
			missing = append(missing, i)
			continue
		}
		k.unlink()
		k.link(&c.recent)
		values[i] = k.value
	}
	return missing, c.cleared
}

// put keeps the value, unless it alone is over the limit, or the cache was cleared since the era: what was read before may be what
// it was cleared of.
func (c *cache[K, V]) put(era uint64, key K, value V, size int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if era != c.cleared || size > c.limit || c.kept[key] != nil {
		return
	}
	k := &kept[K, V]{key: key, value: value, size: size}
	c.kept[key] = k
	k.link(&c.recent)
	for c.size += size; c.size > c.limit; {
		old := c.recent.previous
		old.unlink()
		delete(c.kept, old.key)
		c.size -= old.size
	}
}

func (c *cache[K, V]) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept = make(map[K]*kept[K, V]) // a map that is emptied keeps its room
	c.recent.previous, c.recent.next = &c.recent, &c.recent
	c.size = 0
	c.cleared++
}

// link puts the value after another in the ring.
func (k *kept[K, V]) link(after *kept[K, V]) {
	k.previous, k.next = after, after.next
	k.previous.next, k.next.previous = k, k
}

func (k *kept[K, V]) unlink() {
	k.previous.next, k.next.previous = k.next, k.previous
}

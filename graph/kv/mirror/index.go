package mirror

import (
	"hash/maphash"
	"slices"
	"sync"
)

// An index tells where the newest value of each key lies in the log, and what it is, in some 40 bytes a key. It goes by
// hashes of key and value with a seed of the process's own: a value that is not the one written has the same hash
// once in 2^64.
type index struct {
	seed maphash.Seed

	mu     sync.RWMutex
	places map[uint64]place
}

// A place is where an item lies.
type place struct {
	value   uint64 // hash of the value
	segment uint32
	offset  uint32
}

func newIndex() *index {
	return &index{seed: maphash.MakeSeed(), places: make(map[uint64]place)}
}

// hashKey hashes the parts of a key so that no two keys of other parts are alike.
func (x *index) hashKey(row, col string) uint64 {
	return maphash.Comparable(x.seed, [2]string{row, col})
}

func (x *index) hashValue(value []byte) uint64 { return maphash.Bytes(x.seed, value) }

func (x *index) set(e Entry) {
	key := x.hashKey(e.Row, e.Col)
	p := place{segment: uint32(e.segment), offset: uint32(e.offset)}
	if !e.Delete {
		p.value = x.hashValue(e.Value)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if e.Delete {
		delete(x.places, key)
		return
	}
	x.places[key] = p
}

func (x *index) find(row, col string) (place, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	p, ok := x.places[x.hashKey(row, col)]
	return p, ok
}

// all lists the places in the order of the log.
func (x *index) all() []place {
	x.mu.RLock()
	defer x.mu.RUnlock()
	places := make([]place, 0, len(x.places))
	for _, p := range x.places {
		places = append(places, p)
	}
	slices.SortFunc(places, func(a, b place) int {
		if a.segment != b.segment {
			return int(a.segment) - int(b.segment)
		}
		return int(int64(a.offset) - int64(b.offset))
	})
	return places
}

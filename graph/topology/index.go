package topology

import "sync/atomic"

// An index finds small numbers by the hash of what they stand for. It keeps 32 bits of the hash and the number,
// so a hit is a candidate that the caller confirms, and several numbers may share a hash. One writer adds while
// readers look up without locks: a slot is written once, and growing publishes a new table.
type index struct {
	table atomic.Pointer[[]atomic.Uint64] // hash in the high half, number plus one in the low half; 0 is free
	n     int
}

// add enters number under hash.
func (x *index) add(hash uint32, number uint32) {
	if x.full(x.n + 1) {
		x.grow(x.n + x.n/2)
	}
	put(*x.table.Load(), uint64(hash)<<32|uint64(number+1))
	x.n++
}

// reserve makes room for n numbers in all, so that a load of known size grows once, and hardly beyond what it needs.
func (x *index) reserve(n int) {
	if x.full(n) {
		x.grow(n)
	}
}

// full reports whether n numbers are too many for the table. A slot in eight stays free: beyond that, looking for what is
// not there takes long.
func (x *index) full(n int) bool {
	table := x.table.Load()
	return table == nil || n*8 > len(*table)*7
}

// grow publishes a larger table, of which n numbers would take four slots in five.
func (x *index) grow(n int) {
	next := make([]atomic.Uint64, max(1<<10, n+n/4+1))
	if old := x.table.Load(); old != nil {
		for i := range *old {
			if entry := (*old)[i].Load(); entry != 0 {
				put(next, entry)
			}
		}
	}
	x.table.Store(&next)
}

// fill enters the numbers from 0 on under their hashes, into an index that has none. Those that come to lie together go in
// together, so that the table need not be in the processor's cache as a whole.
func (x *index) fill(hashes []uint32) {
	x.reserve(len(hashes))
	table := *x.table.Load()
	const parts = 256
	part := func(hash uint32) int { return slot(hash, parts) }
	var ends [parts + 1]int
	for _, h := range hashes {
		ends[part(h)+1]++
	}
	for p := range parts {
		ends[p+1] += ends[p]
	}
	order := make([]uint32, len(hashes))
	for n, h := range hashes {
		p := part(h)
		order[ends[p]] = uint32(n)
		ends[p]++
	}
	for _, n := range order {
		put(table, uint64(hashes[n])<<32|uint64(n+1))
	}
	x.n = len(hashes)
}

func put(table []atomic.Uint64, entry uint64) {
	for i := slot(uint32(entry>>32), len(table)); ; {
		if table[i].Load() == 0 {
			table[i].Store(entry)
			return
		}
		if i++; i == len(table) {
			i = 0
		}
	}
}

// find yields the numbers entered under hash, in no order, until yield returns false.
func (x *index) find(hash uint32, yield func(number uint32) bool) {
	p := x.table.Load()
	if p == nil {
		return
	}
	table := *p
	for i := slot(hash, len(table)); ; {
		entry := table[i].Load()
		if entry == 0 {
			return
		}
		if uint32(entry>>32) == hash && !yield(uint32(entry)-1) {
			return
		}
		if i++; i == len(table) {
			i = 0
		}
	}
}

// slot spreads a hash over so many slots; hashes that are themselves numbers in a row come out far apart. Of two hashes the one
// with the earlier slot has the earlier, or the same, slot of any other number of slots, too.
func slot(hash uint32, slots int) int {
	mixed := uint64(hash) * 0x9e3779b97f4a7c15 >> 32
	return int(mixed * uint64(slots) >> 32)
}

package topology

import (
	"encoding/binary"
	"slices"
	"sync/atomic"
	"unsafe"
)

// A column is an append-only array that one writer grows while any number of readers read the elements
// published to them. It grows by chunks that never move, so nothing is copied and a reader needs no lock.
type column[T any] struct {
	chunks atomic.Pointer[[]*[chunkLen]T]
	n      int // the writer's
}

const chunkLen = 1 << 12

// add appends v and returns its place.
func (c *column[T]) add(v T) uint32 {
	i := c.n
	*c.grow() = v
	return uint32(i)
}

// grow appends a zero element and returns a pointer to it.
func (c *column[T]) grow() *T {
	var chunks []*[chunkLen]T
	if p := c.chunks.Load(); p != nil {
		chunks = *p
	}
	if c.n == len(chunks)*chunkLen {
		next := append(slices.Clip(chunks), new([chunkLen]T))
		c.chunks.Store(&next)
		chunks = next
	}
	p := &chunks[c.n/chunkLen][c.n%chunkLen]
	c.n++
	return p
}

// reach makes the column at least n long.
func (c *column[T]) reach(n int) {
	for c.n < n {
		c.grow()
	}
}

// at is the element at i, which must have been published to the caller.
func (c *column[T]) at(i uint32) *T {
	return &(*c.chunks.Load())[i/chunkLen][i%chunkLen]
}

// has reports whether there is a place for an element at i, which is zero as long as none was added; for readers that may come before it.
func (c *column[T]) has(i uint32) bool {
	p := c.chunks.Load()
	return p != nil && int(i/chunkLen) < len(*p)
}

// A bitset is a column of bits that are set once and never cleared.
type bitset struct{ words column[atomic.Uint32] }

func (b *bitset) set(i uint32) {
	b.words.reach(int(i/32) + 1)
	b.words.at(i / 32).Or(1 << (i % 32))
}

func (b *bitset) get(i uint32) bool {
	const bits = 32 * chunkLen // of a chunk
	p := b.words.chunks.Load()
	if p == nil || int(i/bits) >= len(*p) {
		return false
	}
	return (*p)[i/bits][i/32%chunkLen].Load()>>(i%32)&1 == 1
}

// A fewBits is a bitset of which few are set. Beside it a bit tells of each stretch of them whether there is any, so that nearly
// every question is answered by some kilobytes that stay near the processor, and not by a place in memory that is another each time.
type fewBits struct {
	bits      bitset
	stretches atomic.Pointer[[]atomic.Uint32] // replaced by a longer one when it ends too early
}

// bitStretch is how many bits make a stretch: half of all stretches have none set if two bits in a hundred are, at random.
const bitStretch = 32

func (b *fewBits) set(i uint32) {
	b.bits.set(i)
	at := i / bitStretch
	stretches := b.stretches.Load()
	if stretches == nil || int(at/32) >= len(*stretches) {
		longer := make([]atomic.Uint32, 2*(at/32+1))
		if stretches != nil {
			for i := range *stretches {
				longer[i].Store((*stretches)[i].Load())
			}
		}
		stretches = &longer
		b.stretches.Store(stretches)
	}
	(*stretches)[at/32].Or(1 << (at % 32))
}

func (b *fewBits) get(i uint32) bool { return b.near(i) && b.bits.get(i) }

// near reports whether any bit of the stretch is set. It is short enough to be compiled into its callers.
func (b *fewBits) near(i uint32) bool {
	stretches := b.stretches.Load()
	if stretches == nil || int(i/(32*bitStretch)) >= len(*stretches) {
		return false
	}
	return (*stretches)[i/(32*bitStretch)].Load()>>(i/bitStretch%32)&1 == 1
}

// A text arena holds short texts end to end, each found by its offset.
type arena struct {
	chunks atomic.Pointer[[][]byte]
	free   []byte // what is left of the last chunk
	used   uint32
}

const arenaChunk = 1 << 18

// add copies s in and returns its offset. A text never straddles two chunks; s must be shorter than a chunk.
func (a *arena) add(s string) uint32 {
	var head [binary.MaxVarintLen32]byte
	h := binary.PutUvarint(head[:], uint64(len(s)))
	if h+len(s) > len(a.free) {
		var chunks [][]byte
		if p := a.chunks.Load(); p != nil {
			chunks = *p
		}
		a.free = make([]byte, arenaChunk)
		a.used = uint32(len(chunks)) * arenaChunk
		next := append(slices.Clip(chunks), a.free)
		a.chunks.Store(&next)
	}
	offset := a.used
	copy(a.free, head[:h])
	copy(a.free[h:], s)
	a.free = a.free[h+len(s):]
	a.used += uint32(h + len(s))
	return offset
}

// at is the text at an offset. It aliases the arena, whose bytes never change.
func (a *arena) at(offset uint32) string {
	chunk := (*a.chunks.Load())[offset/arenaChunk][offset%arenaChunk:]
	n, h := binary.Uvarint(chunk)
	text := chunk[h : h+int(n)]
	return unsafe.String(unsafe.SliceData(text), len(text))
}

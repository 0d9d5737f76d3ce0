package names

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"sort"
)

// A list of postings names the documents of a segment in which a form stands, in ascending order,
// which is rank order. A ref says where it is. Three layouts:
//
//   - one document: the ref is the document, with the top bit set; no bytes at all, and most forms
//     of a large graph (numbers, surnames) are such;
//   - sparse: uvarint count<<1, then, for more than 128 documents, a table of (first document, place
//     after it) as two uint32 for each block of 128 but the first, then the documents as uvarint
//     differences, the first from 0;
//   - dense, for a sixteenth of the segment's documents or more: uvarint count<<1|1, then a bit for
//     each document, in little-endian words of 64.
type ref uint32

const (
	single    ref = 1 << 31
	blockSize     = 128
	none          = ^uint32(0) // the document after the last
)

// postings holds the lists of a segment of so many documents.
type postings struct {
	arena []byte
	docs  int
}

// add encodes a list, which is not empty.
func (p *postings) add(list []uint32) ref {
	if len(list) == 1 {
		return ref(list[0]) | single
	}
	at := ref(len(p.arena))
	if len(list) > 64 && len(list)*16 >= p.docs {
		p.arena = binary.AppendUvarint(p.arena, uint64(len(list))<<1|1)
		start := len(p.arena)
		p.arena = append(p.arena, make([]byte, (p.docs+63)/64*8)...)
		for _, d := range list {
			p.arena[start+int(d/8)] |= 1 << (d % 8)
		}
		return at
	}
	p.arena = binary.AppendUvarint(p.arena, uint64(len(list))<<1)
	table := len(p.arena)
	p.arena = append(p.arena, make([]byte, 8*((len(list)-1)/blockSize))...)
	start := len(p.arena)
	last := uint32(0)
	for i, d := range list {
		p.arena = binary.AppendUvarint(p.arena, uint64(d-last))
		last = d
		if i > 0 && i%blockSize == 0 {
			binary.LittleEndian.PutUint32(p.arena[table:], d)
			binary.LittleEndian.PutUint32(p.arena[table+4:], uint32(len(p.arena)-start))
			table += 8
		}
	}
	return at
}

// cursor walks a list. It stands on doc, at first the first; none is after the end.
type cursor struct {
	doc  uint32
	kind kind // of match that the list stands for in a search
	n    int  // length of the list

	bits   []byte   // dense
	table  []byte   // sparse
	deltas []byte   // sparse
	pos    int      // sparse: place in deltas after doc
	at     int      // sparse and plain: which posting doc is
	plain  []uint32 // a list made for the search
}

func (p *postings) open(r ref, k kind) cursor {
	if r&single != 0 {
		return cursor{doc: uint32(r &^ single), kind: k, n: 1}
	}
	head, size := binary.Uvarint(p.arena[r:])
	c := cursor{kind: k, n: int(head >> 1)}
	body := p.arena[int(r)+size:]
	if head&1 != 0 {
		c.bits = body[:(p.docs+63)/64*8]
		c.doc = c.nextBit(0)
		return c
	}
	tableSize := 8 * ((c.n - 1) / blockSize)
	c.table, c.deltas = body[:tableSize], body[tableSize:]
	d, size := binary.Uvarint(c.deltas)
	c.doc, c.pos = uint32(d), size
	return c
}

// openPlain walks a list that is not encoded and not empty.
func openPlain(list []uint32, k kind) cursor {
	return cursor{doc: list[0], kind: k, n: len(list), plain: list}
}

// seek moves to the first document not before target; never back.
func (c *cursor) seek(target uint32) {
	switch {
	case c.doc >= target:
	case c.bits != nil:
		c.doc = c.nextBit(target)
	case c.plain != nil:
		i, _ := slices.BinarySearch(c.plain[c.at:], target)
		if c.at += i; c.at < c.n {
			c.doc = c.plain[c.at]
		} else {
			c.doc = none
		}
	default:
		c.seekSparse(target)
	}
}

func (c *cursor) nextBit(from uint32) uint32 {
	word := int(from / 64)
	if word*8 >= len(c.bits) {
		return none
	}
	w := binary.LittleEndian.Uint64(c.bits[word*8:]) >> (from % 64) << (from % 64)
	for w == 0 {
		if word++; word*8 >= len(c.bits) {
			return none
		}
		w = binary.LittleEndian.Uint64(c.bits[word*8:])
	}
	return uint32(word*64 + bits.TrailingZeros64(w))
}

func (c *cursor) seekSparse(target uint32) {
	blocks := len(c.table) / 8
	if here := c.at / blockSize; here < blocks && c.first(here) <= target {
		block := here + sort.Search(blocks-here, func(i int) bool { return c.first(here+i) > target })
		c.doc = c.first(block - 1)
		c.pos = int(binary.LittleEndian.Uint32(c.table[block*8-4:]))
		c.at = block * blockSize
	}
	for c.doc < target {
		if c.at++; c.at >= c.n {
			c.doc = none
			return
		}
		if d := c.deltas[c.pos]; d < 0x80 { // most are of one byte; this is the inner loop
			c.doc += uint32(d)
			c.pos++
			continue
		}
		d, size := binary.Uvarint(c.deltas[c.pos:])
		c.doc += uint32(d)
		c.pos += size
	}
}

// first returns the first document of block i+1.
func (c *cursor) first(i int) uint32 {
	return binary.LittleEndian.Uint32(c.table[i*8:])
}

// appendAll appends what c has from where it stands to list.
func (c *cursor) appendAll(list []uint32) []uint32 {
	for c.doc != none {
		list = append(list, c.doc)
		c.seek(c.doc + 1)
	}
	return list
}

// union walks several lists as one: those that the forms of one word of a query stand for.
type union struct {
	doc uint32
	n   int // at most so many documents
	cs  []cursor
}

func newUnion(cs []cursor) union {
	u := union{doc: none, cs: cs}
	for i := range cs {
		u.doc = min(u.doc, cs[i].doc)
		u.n += cs[i].n
	}
	return u
}

func (u *union) seek(target uint32) {
	doc := none
	for i := range u.cs {
		c := &u.cs[i]
		c.seek(target)
		doc = min(doc, c.doc)
	}
	u.doc = doc
}

// best returns the strongest kind of match among the lists that have the current document.
func (u *union) best() kind {
	best := unmatched
	for i := range u.cs {
		if u.cs[i].doc == u.doc {
			best = min(best, u.cs[i].kind)
		}
	}
	return best
}

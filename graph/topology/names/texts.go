package names

import "encoding/binary"

const (
	chunkSize = 64 << 10 // bytes of a chunk of text
	pageSize  = 1 << 10  // offsets of a page
)

// texts holds the texts of all names. It only grows, and what a copy of it can reach never changes, so
// the writer hands copies to readers while it goes on appending behind their backs.
//
// An offset is a chunk's number times chunkSize and a place in the chunk; there lie the length, as a
// varint, and the bytes. A text that does not fit into what is left of a chunk begins the next. One
// longer than a chunk gets an array of several, each of which reaches to the end of the array.
// Offsets are of 32 bits: 4 GiB of texts, some 150 million names.
type texts struct {
	chunks [][]byte
	pages  []*[pageSize]uint32
	n      int
	used   int // of the last chunk; the writer's
}

// append adds text as name number t.n. It panics at 4 GiB of texts, rather than hand out other names'.
func (t *texts) append(text string) {
	var size [binary.MaxVarintLen64]byte
	head := binary.PutUvarint(size[:], uint64(len(text)))
	need := head + len(text)
	if len(t.chunks) == 0 || t.used+need > chunkSize {
		big := make([]byte, (need+chunkSize-1)/chunkSize*chunkSize)
		for at := 0; at < len(big); at += chunkSize {
			t.chunks = append(t.chunks, big[at:])
		}
		t.used = 0
		if len(big) > chunkSize {
			t.place(uint32(len(t.chunks)-len(big)/chunkSize) * chunkSize)
			copy(big[copy(big, size[:head]):], text)
			t.used = chunkSize // the array's rest stays empty
			return
		}
	}
	chunk := t.chunks[len(t.chunks)-1]
	t.place(uint32(len(t.chunks)-1)*chunkSize + uint32(t.used))
	t.used += copy(chunk[t.used:], size[:head])
	t.used += copy(chunk[t.used:], text)
}

func (t *texts) place(offset uint32) {
	if len(t.chunks) > 1<<32/chunkSize {
		panic("names: more than 4 GiB of texts")
	}
	if t.n%pageSize == 0 {
		t.pages = append(t.pages, new([pageSize]uint32))
	}
	t.pages[t.n/pageSize][t.n%pageSize] = offset
	t.n++
}

// bytes returns the text of name n < t.n. The caller must not change it.
func (t *texts) bytes(n uint32) []byte {
	offset := t.pages[n/pageSize][n%pageSize]
	b := t.chunks[offset/chunkSize][offset%chunkSize:]
	size, head := binary.Uvarint(b)
	return b[head : head+int(size)]
}

func (t *texts) heap() int {
	return len(t.chunks)*(chunkSize+24) + len(t.pages)*(4*pageSize+8)
}

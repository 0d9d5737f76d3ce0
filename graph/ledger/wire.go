package ledger

import (
	"encoding/binary"
	"errors"
)

// errWire is what a wire ends with if its bytes are not of the format. Who holds the key wraps it.
var errWire = errors.New("bytes that are not of the format")

// A wire reads the primitives of the format. After the first fault it is bad, and everything read is zero, so that
// a decoder checks once at its end, and at each length by which it allocates.
type wire struct {
	b   []byte
	bad bool
}

func (w *wire) fail() { w.b, w.bad = nil, true }

// done is nil if everything was read and nothing was at fault.
func (w *wire) done() error {
	if w.bad || len(w.b) != 0 {
		return errWire
	}
	return nil
}

func (w *wire) uvarint() uint64 {
	if len(w.b) > 0 && w.b[0] < 0x80 { // most are small
		v := w.b[0]
		w.b = w.b[1:]
		return uint64(v)
	}
	v, n := binary.Uvarint(w.b)
	if n <= 0 {
		w.fail()
		return 0
	}
	w.b = w.b[n:]
	return v
}

func (w *wire) varint() int64 { return unzigzag(w.uvarint()) }

func (w *wire) byte() byte {
	if len(w.b) == 0 {
		w.fail()
		return 0
	}
	v := w.b[0]
	w.b = w.b[1:]
	return v
}

// bytes gives the next n bytes, which share memory with what is read.
func (w *wire) bytes(n int) []byte {
	if n < 0 || n > len(w.b) {
		w.fail()
		return nil
	}
	v := w.b[:n:n]
	w.b = w.b[n:]
	return v
}

// text gives a copy of a text with its length before it.
func (w *wire) text() string { return string(w.bytes(w.count(1))) }

// count reads a number of things of at least size bytes each, so it never exceeds what is left to read.
func (w *wire) count(size int) int {
	n := w.uvarint()
	if n > uint64(len(w.b)/size) {
		w.fail()
		return 0
	}
	return int(n)
}

// fill copies the next bytes to fixed.
func (w *wire) fill(fixed []byte) { copy(fixed, w.bytes(len(fixed))) }

func zigzag(v int64) uint64   { return uint64(v<<1) ^ uint64(v>>63) }
func unzigzag(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }

func appendVarint(b []byte, v int64) []byte { return binary.AppendUvarint(b, zigzag(v)) }

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// A textReader hands out the texts of a section one after the other, as parts of one string.
type textReader struct {
	all string
	bad bool
}

func (t *textReader) next(n uint64) string {
	if n > uint64(len(t.all)) {
		t.all, t.bad = "", true
		return ""
	}
	s := t.all[:n]
	t.all = t.all[n:]
	return s
}

// numbers reads a column of record numbers, each stored as its difference to the one before.
type numbers struct {
	last  int64
	limit uint64 // numbers from here on do not exist yet where the block stands
}

// next reads one; a number from the limit on is a fault, so that readers may use it as an index unchecked.
func (n *numbers) next(w *wire) uint32 { return n.add(w, w.varint()) }

func (n *numbers) add(w *wire, difference int64) uint32 {
	n.last += difference
	if uint64(n.last) >= n.limit {
		w.fail()
		n.last = 0
	}
	return uint32(n.last)
}

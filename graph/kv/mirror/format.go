package mirror

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"entente/graph/kv"
)

// # The stored format, version 1
//
// A folder holds segments 00000001.seg, 00000002.seg ... without gaps. A segment is records, one after the other, the
// first of kind 1. Numbers are little endian; "u" is an unsigned varint.
//
//	offset  size  what
//	0       4     "EnR1"
//	4       4     length of the body
//	8       8     number of the write, from 1; of a record of kind 1 that of the write before
//	16      16    checksum of the record before, of whichever kind; zeros for the first of the log
//	32      16    checksum: SHA-256, cut to 16 bytes, over "entente mirror\n", bytes 0-31 and the body
//	48      ...   body
//
// A body begins with its kind, 1 byte:
//
//	1  start of a segment: 16 id of the mirror, u number of the segment
//	2  a write: u number of items, then of each: 1 op (1 put, 2 delete), u length of the row, row, u length of the
//	   column, column; of a put also: u length of the value, value
//
// The id is random and made with the first segment. A mirror that is built anew gets another, so a backup
// never mixes two.
const (
	recordMagic = "EnR1"
	headerLen   = 48
	sumDomain   = "entente mirror\n"

	kindStart = 1
	kindWrite = 2

	opPut    = 1
	opDelete = 2

	// maxBody is more than any write of an engine comes to; a larger length was read from damaged bytes.
	maxBody = 1 << 28
)

// An ID names a mirror.
type ID [16]byte

func (id ID) String() string { return hex.EncodeToString(id[:]) }

// A Sum is the checksum of a record, and through the one before that it holds, of the log up to there.
type Sum [16]byte

// A Position is a place in a log: after a write.
type Position struct {
	Mirror ID
	Write  uint64 // number of the write, 0 before the first
	Sum    Sum    // of its record
}

// positionLen is the length of a position in bytes.
const positionLen = 16 + 8 + 16

// Append appends the position as [ParsePosition] reads it.
func (p Position) Append(b []byte) []byte {
	b = append(b, p.Mirror[:]...)
	b = binary.LittleEndian.AppendUint64(b, p.Write)
	return append(b, p.Sum[:]...)
}

// ParsePosition reads what [Position.Append] wrote.
func ParsePosition(b []byte) (Position, error) {
	if len(b) != positionLen {
		return Position{}, fmt.Errorf("%w: a position of %d bytes, not %d", kv.ErrCorrupt, len(b), positionLen)
	}
	return Position{Mirror: ID(b), Write: binary.LittleEndian.Uint64(b[16:]), Sum: Sum(b[24:])}, nil
}

func newID() (id ID) {
	_, _ = rand.Read(id[:]) // never fails
	return id
}

// A record is one that was read and is sound.
type record struct {
	write uint64
	prev  Sum
	sum   Sum
	body  []byte // of the caller's memory
}

func (r *record) kind() byte { return r.body[0] }

func (r *record) len() int { return headerLen + len(r.body) }

// errRecord says that no sound record lies where one should.
var errRecord = errors.New("no sound record")

// seal closes the record that begins with b and has room for its header.
func seal(b []byte, write uint64, prev Sum) Sum {
	copy(b, recordMagic)
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-headerLen))
	binary.LittleEndian.PutUint64(b[8:], write)
	copy(b[16:], prev[:])
	sum := sumOf(b)
	copy(b[32:], sum[:])
	return sum
}

func sumOf(b []byte) Sum {
	h := sha256.New()
	h.Write([]byte(sumDomain))
	h.Write(b[:32])
	h.Write(b[headerLen:])
	var full [sha256.Size]byte
	return Sum(h.Sum(full[:0])[:16])
}

// parseRecord reads the record that data begins with.
func parseRecord(data []byte) (record, error) {
	if len(data) < headerLen || string(data[:4]) != recordMagic {
		return record{}, errRecord
	}
	n := binary.LittleEndian.Uint32(data[4:])
	if n == 0 || n > maxBody || uint64(n) > uint64(len(data)-headerLen) {
		return record{}, errRecord
	}
	data = data[:headerLen+int(n)]
	r := record{
		write: binary.LittleEndian.Uint64(data[8:]), prev: Sum(data[16:]), sum: Sum(data[32:]), body: data[headerLen:],
	}
	if sumOf(data) != r.sum {
		return record{}, errRecord
	}
	return r, nil
}

func appendStart(b []byte, id ID, number uint64) []byte {
	b = append(append(b, kindStart), id[:]...)
	return binary.AppendUvarint(b, number)
}

func parseStart(body []byte) (id ID, number uint64, err error) {
	if len(body) < 1+len(id)+1 || body[0] != kindStart {
		return id, 0, errRecord
	}
	id = ID(body[1:])
	number, n := binary.Uvarint(body[1+len(id):])
	if n <= 0 || 1+len(id)+n != len(body) {
		return id, 0, errRecord
	}
	return id, number, nil
}

// appendItem appends an item of a write. The offset of the item's value, if it has one, is where b then ends less the
// length of the value.
func appendItem(b []byte, op byte, key kv.Key, value []byte) []byte {
	b = append(b, op)
	b = binary.AppendUvarint(b, uint64(len(key.Row)))
	b = append(b, key.Row...)
	b = binary.AppendUvarint(b, uint64(len(key.Col)))
	b = append(b, key.Col...)
	if op == opPut {
		b = binary.AppendUvarint(b, uint64(len(value)))
		b = append(b, value...)
	}
	return b
}

// An item lies in the body of a write; its parts share the body's memory.
type item struct {
	op       byte
	row, col []byte
	value    []byte // nil for a delete
	offset   int    // of the item in what was parsed
	size     int    // of the whole item
}

func (i *item) key() kv.Key { return kv.Key{Row: string(i.row), Col: string(i.col)} }

// parseItem reads the item at the offset.
func parseItem(b []byte, offset int) (item, error) {
	i := item{offset: offset}
	rest := b[offset:]
	if len(rest) == 0 || rest[0] != opPut && rest[0] != opDelete {
		return i, errRecord
	}
	i.op, rest = rest[0], rest[1:]
	take := func() ([]byte, bool) {
		n, w := binary.Uvarint(rest)
		if w <= 0 || n > uint64(len(rest)-w) {
			return nil, false
		}
		part := rest[w : w+int(n) : w+int(n)]
		rest = rest[w+int(n):]
		return part, true
	}
	var row, col, value bool
	i.row, row = take()
	i.col, col = take()
	value = true
	if i.op == opPut {
		i.value, value = take()
	}
	if !row || !col || !value || len(i.row)+len(i.col) > kv.MaxKey || len(i.value) > kv.MaxValue {
		return i, errRecord
	}
	i.size = len(b) - offset - len(rest)
	return i, nil
}

// parseWrite calls each with the items of a write, in order. Their offsets count from the start of the body.
func parseWrite(body []byte, each func(*item)) error {
	if len(body) == 0 || body[0] != kindWrite {
		return errRecord
	}
	count, n := binary.Uvarint(body[1:])
	if n <= 0 {
		return errRecord
	}
	offset := 1 + n
	for range count {
		i, err := parseItem(body, offset)
		if err != nil {
			return err
		}
		each(&i)
		offset += i.size
	}
	if offset != len(body) {
		return errRecord
	}
	return nil
}

package badgerkv

import (
	"encoding/binary"
	"fmt"

	"github.com/dgraph-io/badger/v4"

	"entente/graph/kv"
)

// A key lies in Badger as
//
//	length of the row, 2 bytes, big endian | row | column
//
//	{"head", ""}      00 04 68 65 61 64
//	{"a", "\x00\xff"} 00 01 61 00 ff
//
// The length makes no row the prefix of another, so rows never interleave, and the column follows as it is, so
// the columns of a row sort by bytes. A key never begins with Badger's own prefix "!badger!", for that would be
// a row of 8,546 bytes.
//
// A value lies as it is. Badger keeps a byte of the user's beside it: there we note whether it is empty, since
// an empty value is what Badger gives for some values that it cannot read.
const (
	metaValue byte = 1
	metaEmpty byte = 2
)

// rowPrefix is the common prefix of the keys of a row.
func rowPrefix(row string) []byte {
	b := make([]byte, 0, 2+kv.MaxKey+8) // room for the column and for the version that Badger appends
	b = binary.BigEndian.AppendUint16(b, uint16(len(row)))
	return append(b, row...)
}

func encode(k kv.Key) []byte { return append(rowPrefix(k.Row), k.Col...) }

// decode reads what encode wrote.
func decode(b []byte) (kv.Key, error) {
	if len(b) < 2 || int(binary.BigEndian.Uint16(b)) > len(b)-2 {
		return kv.Key{}, fmt.Errorf("%w: a key of bytes % x", kv.ErrCorrupt, b)
	}
	n := 2 + int(binary.BigEndian.Uint16(b))
	return kv.Key{Row: string(b[2:n]), Col: string(b[n:])}, nil
}

// markKey is the key, of no row, under which each transaction writes where in the mirror its record lies.
var markKey = []byte("\x00\x00mirror")

func entry(i kv.Item) *badger.Entry {
	return badger.NewEntry(encode(i.Key), i.Value).WithMeta(metaFor(i.Value))
}

func metaFor(value []byte) byte {
	if len(value) == 0 {
		return metaEmpty
	}
	return metaValue
}

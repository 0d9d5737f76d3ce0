package ledger

import (
	"encoding/binary"
	"fmt"
)

// An erased section says what a block was before texts of it were erased.
type erased struct {
	sums []checksum // of its values
	hash hash       // of its commit, if it was the last
}

func (e *erased) append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(e.sums)))
	for _, sum := range e.sums {
		b = append(b, sum[:]...)
	}
	return append(b, e.hash[:]...)
}

func decodeErased(raw []byte) (*erased, error) {
	w := wire{b: raw}
	e := &erased{sums: make([]checksum, w.count(checksumLen))}
	for i := range e.sums {
		w.fill(e.sums[i][:])
	}
	w.fill(e.hash[:])
	if err := w.done(); err != nil {
		return nil, err
	}
	if len(e.sums) == 0 || len(e.sums) > maxPieces {
		return nil, fmt.Errorf("%w: a block of %d values", errWire, len(e.sums))
	}
	return e, nil
}

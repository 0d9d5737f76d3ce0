package ledger

import (
	"encoding/binary"
	"time"
)

// A trailer ends a commit and says what it consists of.
type trailer struct {
	info     Info
	previous hash // of the commit before
	changes  int
	sums     []checksum // of the commit's values but the last
}

func (t *trailer) append(b []byte) []byte {
	i := &t.info
	b = binary.AppendUvarint(b, i.Number)
	b = append(b, t.previous[:]...)
	b = appendVarint(b, i.Time.UnixMicro())
	for _, n := range []uint64{
		uint64(i.FirstEntity), uint64(i.Entities - i.FirstEntity), uint64(i.FirstClaim), uint64(i.Claims - i.FirstClaim),
		uint64(t.changes), uint64(i.Added), uint64(i.Retracted),
	} {
		b = binary.AppendUvarint(b, n)
	}
	b = appendText(b, i.Author)
	b = appendText(b, i.Note)
	b = binary.AppendUvarint(b, uint64(len(t.sums)))
	for _, sum := range t.sums {
		b = append(b, sum[:]...)
	}
	if i.Dataset != "" {
		b = appendText(b, i.Dataset)
	}
	return b
}

func decodeTrailer(raw []byte) (*trailer, error) {
	w := wire{b: raw}
	t := &trailer{}
	i := &t.info
	i.Number = w.uvarint()
	w.fill(t.previous[:])
	i.Time = time.UnixMicro(w.varint()).UTC()
	firstEntity, entities := w.uvarint(), w.uvarint()
	firstClaim, claims := w.uvarint(), w.uvarint()
	changes, added, retracted := w.uvarint(), w.uvarint(), w.uvarint()
	const most = uint64(^uint32(0))
	for _, n := range []uint64{firstEntity, entities, firstClaim, claims, firstEntity + entities, firstClaim + claims, changes, added, retracted} {
		if n > most {
			return nil, errWire
		}
	}
	i.FirstEntity, i.Entities = EntityNo(firstEntity), EntityNo(firstEntity+entities)
	i.FirstClaim, i.Claims = ClaimNo(firstClaim), ClaimNo(firstClaim+claims)
	t.changes, i.Added, i.Retracted = int(changes), int(added), int(retracted)
	i.Author, i.Note = w.text(), w.text()
	t.sums = make([]checksum, w.count(checksumLen))
	for k := range t.sums {
		w.fill(t.sums[k][:])
	}
	if len(w.b) > 0 && !w.bad {
		if i.Dataset = w.text(); i.Dataset == "" {
			w.fail()
		}
	}
	return t, w.done()
}

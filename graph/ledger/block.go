package ledger

import (
	"encoding/binary"

	"entente/graph"
)

// The codecs that new blocks are written with. Measured on blocks of an import, a claim's hot part is 8.6 bytes with s2 and 7.8 with
// zstd, unpacked in 8 and 40 ns; its cold part 18 and 13 bytes, in 34 and 160 ns. Start-up and evidence want the speed.
const (
	hotCodec  = codecS2
	coldCodec = codecS2
)

// cut divides the records of a batch into blocks. A claim's entities stand in its block or in one before, and changes
// come last, so whoever reads blocks in order never meets a number it does not know.
func cut(b *Batch, firstEntity EntityNo, firstClaim ClaimNo) []records {
	var blocks []records
	entities, claims, changes := 0, 0, 0 // where the open block begins
	e, c, x, size := 0, 0, 0, 0          // where it ends so far
	closeBlock := func() {
		if e > entities || c > claims || x > changes {
			blocks = append(blocks, records{
				firstEntity: firstEntity + EntityNo(entities), entities: b.Entities[entities:e],
				firstClaim: firstClaim + ClaimNo(claims), claims: b.Claims[claims:c], changes: b.Changes[changes:x],
			})
		}
		entities, claims, changes, size = e, c, x, 0
	}
	// room closes the open block if the next record does not fit and is not its first.
	room := func(n int) {
		if size > 0 && size+n > blockTarget {
			closeBlock()
		}
		size += n
	}
	for i := range b.Claims {
		need := 0
		eachEntity(&b.Claims[i], func(n EntityNo) {
			if n >= firstEntity {
				need = max(need, int(n-firstEntity)+1)
			}
		})
		for ; e < need; e++ {
			room(len(b.Entities[e]) + 2)
		}
		room(sizeOf(&b.Claims[i]))
		c++
	}
	for ; e < len(b.Entities); e++ {
		room(len(b.Entities[e]) + 2)
	}
	for ; x < len(b.Changes); x++ {
		room(len(b.Changes[x].Reason) + 6)
	}
	closeBlock()
	return blocks
}

// sizeOf is about what the claim comes to before compression.
func sizeOf(c *Claim) int {
	n := 36 + len(c.Value) + len(c.Locator) + len(c.Quote) + len(c.Key)
	for i := range c.Qualifiers {
		n += 6 + len(c.Qualifiers[i].Value)
	}
	return n
}

// eachEntity calls yield with every entity that the claim names.
func eachEntity(c *Claim, yield func(EntityNo)) {
	for _, n := range [...]EntityNo{c.From, c.To, c.Claimant, c.Coder, c.Document} {
		if n != NoEntity {
			yield(n)
		}
	}
	for i := range c.Qualifiers {
		if n := c.Qualifiers[i].Entity; n != NoEntity {
			yield(n)
		}
	}
}

// A payload is the body of a block, ready but for the trailer and the headers.
type payload []packed

type packed struct {
	kind, codec byte
	raw         int
	stored      []byte
}

// encodeRecords makes the payload of a block of records.
func encodeRecords(r *records) payload {
	var p payload
	p.add(sectionHot, hotCodec, encodeHot(r))
	ids := make([]byte, 0, len(r.claims)*len(graph.ClaimID{}))
	for i := range r.claims {
		ids = append(ids, r.claims[i].ID[:]...)
	}
	p.add(sectionIDs, codecNone, ids)
	if len(r.claims)+len(r.changes) > 0 {
		p.add(sectionCold, coldCodec, encodeCold(r))
	}
	return p
}

func (p *payload) add(kind, codec byte, raw []byte) {
	codec, stored := pack(codec, raw)
	*p = append(*p, packed{kind, codec, len(raw), stored})
}

func (p payload) bytes() []byte {
	size := 1
	for i := range p {
		size += 2 + 2*binary.MaxVarintLen32 + len(p[i].stored)
	}
	b := append(make([]byte, 0, size), byte(len(p)))
	for i := range p {
		b = append(b, p[i].kind, p[i].codec)
		b = binary.AppendUvarint(b, uint64(p[i].raw))
		b = binary.AppendUvarint(b, uint64(len(p[i].stored)))
	}
	for i := range p {
		b = append(b, p[i].stored...)
	}
	return b
}

// parsePayload reads the table of sections. The stored bytes share memory with b.
func parsePayload(b []byte) (payload, error) {
	w := wire{b: b}
	n := int(w.uvarint())
	if n < 1 || n > 5 {
		return nil, errWire
	}
	p := make(payload, n)
	sizes := make([]int, n)
	for i := range p {
		p[i].kind, p[i].codec = w.byte(), w.byte()
		raw := w.uvarint()
		sizes[i] = w.count(1)
		inOrder := i == 0 || p[i].kind > p[i-1].kind
		if raw > maxRecord || !inOrder || p[i].kind < sectionHot || p[i].kind > sectionErased || p[i].codec == codecNone && raw != uint64(sizes[i]) {
			return nil, errWire
		}
		p[i].raw = int(raw)
	}
	for i := range p {
		p[i].stored = w.bytes(sizes[i])
	}
	if err := w.done(); err != nil {
		return nil, err
	}
	hot, ids, cold := p.find(sectionHot) != nil, p.find(sectionIDs) != nil, p.find(sectionCold) != nil
	if hot != ids || cold && !hot || p.find(sectionErased) != nil && !cold {
		return nil, errWire
	}
	return p, nil
}

// find is the section of the kind, nil if there is none.
func (p payload) find(kind byte) *packed {
	for i := range p {
		if p[i].kind == kind {
			return &p[i]
		}
	}
	return nil
}

func (s *packed) unpack() ([]byte, error) { return unpack(s.codec, s.stored, s.raw) }

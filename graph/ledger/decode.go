package ledger

import (
	"fmt"
	"math"

	"entente/graph"
)

// A decoded block is what its sections say, before it is compared with its neighbours.
type decoded struct {
	Block   // Commit and End are not set here
	trailer *trailer
	erased  *erased // nil but for a block that was written again
	payload payload
}

// decodeBlock reads the hot part, the ids and the trailer of a payload. Strings and slices share no memory with it,
// except decoded.payload, from which [decoded.decodeCold] reads the rest.
func decodeBlock(b []byte) (*decoded, error) {
	p, err := parsePayload(b)
	if err != nil {
		return nil, err
	}
	d := &decoded{payload: p}
	if hot := p.find(sectionHot); hot != nil {
		raw, err := hot.unpack()
		if err != nil {
			return nil, fmt.Errorf("hot section: %w", err)
		}
		if err := d.decodeHot(raw); err != nil {
			return nil, fmt.Errorf("hot section: %w", err)
		}
		ids := p.find(sectionIDs)
		if ids.codec != codecNone || len(ids.stored) != len(d.Claims)*len(graph.ClaimID{}) {
			return nil, fmt.Errorf("section of ids: %w", errWire)
		}
		for i := range d.Claims {
			copy(d.Claims[i].ID[:], ids.stored[i*len(graph.ClaimID{}):])
		}
		if (len(d.Claims)+len(d.Changes) > 0) != (p.find(sectionCold) != nil) {
			return nil, fmt.Errorf("cold section: %w", errWire)
		}
	}
	if t := p.find(sectionTrailer); t != nil {
		raw, err := t.unpack()
		if err != nil {
			return nil, fmt.Errorf("trailer: %w", err)
		}
		if d.trailer, err = decodeTrailer(raw); err != nil {
			return nil, fmt.Errorf("trailer: %w", err)
		}
	}
	if e := p.find(sectionErased); e != nil {
		raw, err := e.unpack()
		if err != nil {
			return nil, fmt.Errorf("section of the erased: %w", err)
		}
		if d.erased, err = decodeErased(raw); err != nil {
			return nil, fmt.Errorf("section of the erased: %w", err)
		}
	}
	return d, nil
}

func (d *decoded) decodeHot(raw []byte) error {
	w := wire{b: raw}
	texts := textReader{all: w.text()}
	entities, claims, changes := w.count(2), w.count(3), w.count(2)
	firstEntity, firstClaim := w.uvarint(), w.uvarint()
	if max(entities, claims, changes) > maxRecords || firstEntity+uint64(entities) >= uint64(NoEntity) || firstClaim+uint64(claims) > math.MaxUint32 {
		return errWire
	}
	d.FirstEntity, d.FirstClaim = EntityNo(firstEntity), ClaimNo(firstClaim)
	d.decodeEntities(&w, &texts, entities)
	flags, predicates, stances := w.bytes(claims), w.bytes(claims), w.bytes(claims)
	if w.bad {
		return errWire
	}
	d.Claims = make([]HotClaim, claims)
	for i := range d.Claims {
		c := &d.Claims[i]
		c.Predicate, c.Stance = predicates[i], stances[i]
		c.To, c.Claimant, c.Coder, c.Document = NoEntity, NoEntity, NoEntity, NoEntity
	}
	d.decodeNumbers(&w, flags)
	d.decodeDates(&w, &texts, flags)
	for i, f := range flags {
		if f&hotValue != 0 {
			d.Claims[i].Value = texts.next(w.uvarint())
		}
	}
	d.decodeQualifiers(&w, &texts, flags)
	if changes > 0 && !w.bad {
		d.Changes = make([]Change, changes)
		col := numbers{limit: firstClaim + uint64(claims)}
		for i := range d.Changes {
			d.Changes[i] = Change{Claim: ClaimNo(col.next(&w)), Op: Op(w.byte())}
			if op := d.Changes[i].Op; op < Withdraw || op > TakeDown {
				return fmt.Errorf("%w: change of kind %d", errWire, op)
			}
		}
	}
	if texts.bad || texts.all != "" {
		return errWire
	}
	return w.done()
}

// decodeEntities puts all ids into one string, since they are read together and mostly kept together.
func (d *decoded) decodeEntities(w *wire, texts *textReader, n int) {
	if n == 0 {
		return
	}
	arena := make([]byte, 0, n*24)
	ends := make([]int, n)
	last := 0
	for i := range ends {
		shared, size := w.uvarint(), w.uvarint()
		if shared > uint64(len(arena)-last) || shared+size > graph.MaxIDLen {
			w.fail()
			return
		}
		start := len(arena)
		arena = append(arena, arena[last:last+int(shared)]...)
		arena = append(arena, texts.next(size)...)
		ends[i], last = len(arena), start
	}
	all := string(arena)
	d.Entities = make([]graph.ID, n)
	start := 0
	for i, end := range ends {
		d.Entities[i] = graph.ID(all[start:end])
		start = end
	}
}

// entityLimit is the number of entities there are at the end of the block.
func (d *decoded) entityLimit() uint64 { return uint64(d.FirstEntity) + uint64(len(d.Entities)) }

func (d *decoded) decodeNumbers(w *wire, flags []byte) {
	col := numbers{limit: d.entityLimit()}
	from, to, claimant, coder, document := col, col, col, col, col
	for i := range d.Claims {
		d.Claims[i].From = EntityNo(from.next(w))
	}
	for i, f := range flags {
		if f&hotTo != 0 {
			d.Claims[i].To = EntityNo(to.next(w))
		}
	}
	for i, f := range flags {
		if f&hotClaimant != 0 {
			d.Claims[i].Claimant = EntityNo(claimant.next(w))
		}
	}
	for i, f := range flags {
		if f&hotCoder != 0 {
			d.Claims[i].Coder = EntityNo(coder.next(w))
		}
	}
	for i, f := range flags {
		if f&hotDocument != 0 {
			d.Claims[i].Document = EntityNo(document.next(w))
		}
	}
}

func (d *decoded) decodeDates(w *wire, texts *textReader, flags []byte) {
	last := int64(0)
	for i, f := range flags {
		if f&hotWhen != 0 {
			d.Claims[i].When = decodeDate(w, texts, &last)
		}
	}
	last = 0
	for i, f := range flags {
		if f&hotSaid != 0 {
			d.Claims[i].Said = decodeDate(w, texts, &last)
		}
	}
}

// decodeDate reads one date of a column; last is the day before in it. A date that was not written in its canonical form is a fault,
// since the ledger would never have written it.
func decodeDate(w *wire, texts *textReader, last *int64) graph.Date {
	v := w.uvarint()
	if v&1 != 0 {
		*last += unzigzag(v >> 1)
		if *last == int64(int32(*last)) {
			if date := graph.Day(*last).Date(); !date.IsZero() {
				return date
			}
		}
		w.fail()
		return graph.Date{}
	}
	text := texts.next(v >> 1)
	date, err := graph.ParseDate(text)
	if err != nil || date.String() != text {
		w.fail()
		return graph.Date{}
	}
	return date
}

func (d *decoded) decodeQualifiers(w *wire, texts *textReader, flags []byte) {
	col := numbers{limit: d.entityLimit()}
	var arena []Qualifier // one slice for many claims; each claim's part is capped
	for i, f := range flags {
		if f&hotQualifiers == 0 {
			continue
		}
		n := w.count(2)
		if cap(arena)-len(arena) < n {
			arena = make([]Qualifier, 0, max(n, min(64, len(flags)-i)))
		}
		start := len(arena)
		for range n {
			q := Qualifier{Name: w.byte(), Entity: NoEntity}
			if v := w.uvarint(); v == 0 {
				q.Value = texts.next(w.uvarint())
			} else {
				q.Entity = EntityNo(col.add(w, unzigzag(v-1)))
			}
			arena = append(arena, q)
		}
		d.Claims[i].Qualifiers = arena[start:len(arena):len(arena)]
	}
}

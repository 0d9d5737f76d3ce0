package ledger

import (
	"encoding/binary"
	"fmt"
	"math"
)

// claims joins the hot part with the cold one.
func (d *decoded) claims() ([]Claim, []Change, error) {
	claims := make([]Claim, len(d.Claims))
	for i := range claims {
		h := &d.Claims[i]
		claims[i] = Claim{
			ID: h.ID, Predicate: h.Predicate, From: h.From, To: h.To, Value: h.Value, Qualifiers: h.Qualifiers, When: h.When, Said: h.Said,
			Stance: h.Stance, Claimant: h.Claimant, Coder: h.Coder, Document: h.Document,
		}
	}
	changes := make([]Change, len(d.Changes))
	copy(changes, d.Changes)
	cold := d.payload.find(sectionCold)
	if cold == nil {
		return claims, changes, nil
	}
	raw, err := cold.unpack()
	if err == nil {
		err = decodeCold(raw, claims, changes)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("cold section: %w", err)
	}
	return claims, changes, nil
}

// decodeCold fills in what the cold section holds. claims and changes are those of the hot one.
func decodeCold(raw []byte, claims []Claim, changes []Change) error {
	w := wire{b: raw}
	texts := textReader{all: w.text()}
	flags := w.bytes(len(claims))
	if w.bad {
		return errWire
	}
	for i, f := range flags {
		if f&coldValue != 0 {
			if claims[i].Value != "" {
				return fmt.Errorf("%w: two values", errWire)
			}
			claims[i].Value = texts.next(w.uvarint())
		}
	}
	for i, f := range flags {
		if f&coldLocator != 0 {
			claims[i].Locator = texts.next(w.uvarint())
		}
	}
	for i, f := range flags {
		if f&coldQuote != 0 {
			claims[i].Quote = texts.next(w.uvarint())
		}
	}
	for i, f := range flags {
		if f&coldKey != 0 {
			claims[i].Key = texts.next(w.uvarint())
		}
	}
	for i, f := range flags {
		if f&coldConfidence != 0 {
			var bits [8]byte
			w.fill(bits[:])
			claims[i].Confidence = math.Float64frombits(binary.LittleEndian.Uint64(bits[:]))
		}
	}
	for i, f := range flags {
		if f&coldQualifiers != 0 {
			claims[i].Qualifiers = decodeColdQualifiers(&w, &texts, claims[i].Qualifiers)
		}
	}
	for i := range changes {
		changes[i].Reason = texts.next(w.uvarint())
	}
	if texts.bad || texts.all != "" {
		return errWire
	}
	return w.done()
}

// decodeColdQualifiers puts the texts between the entities, at the places they had in the claim.
func decodeColdQualifiers(w *wire, texts *textReader, hot []Qualifier) []Qualifier {
	n := w.count(3)
	all := make([]Qualifier, 0, len(hot)+n)
	for range n {
		place := w.uvarint()
		q := Qualifier{Name: w.byte(), Entity: NoEntity, Value: texts.next(w.uvarint())}
		for uint64(len(all)) < place && len(hot) > 0 {
			all = append(all, hot[0])
			hot = hot[1:]
		}
		if uint64(len(all)) != place {
			w.fail()
			return nil
		}
		all = append(all, q)
	}
	return append(all, hot...)
}

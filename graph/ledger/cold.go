package ledger

import (
	"encoding/binary"
	"fmt"
	"math"
)

// A coldClaim is the part of a claim that only evidence needs.
type coldClaim struct {
	value, locator, quote, key string
	confidence                 float64
	qualifiers                 []Qualifier // all of the claim's, in its order; nil if none of them is a text
	erased                     Erasure
}

// join makes a claim of its two parts.
func join(h *HotClaim, c *coldClaim) Claim {
	claim := Claim{
		ID: h.ID, Predicate: h.Predicate, From: h.From, To: h.To, Value: h.Value, Qualifiers: h.Qualifiers, When: h.When, Said: h.Said,
		Stance: h.Stance, Claimant: h.Claimant, Coder: h.Coder, Document: h.Document,
		Confidence: c.confidence, Locator: c.locator, Quote: c.quote, Key: c.key, Erased: c.erased,
	}
	if c.value != "" {
		claim.Value = c.value
	}
	if c.qualifiers != nil {
		claim.Qualifiers = c.qualifiers
	}
	return claim
}

// decodeCold reads the cold section, if the block has one: what goes with each claim, and the changes with their reasons.
func (d *decoded) decodeCold() ([]coldClaim, []Change, error) {
	cold := d.payload.find(sectionCold)
	if cold == nil {
		return nil, nil, nil
	}
	raw, err := cold.unpack()
	if err != nil {
		return nil, nil, fmt.Errorf("cold section: %w", err)
	}
	w := wire{b: raw}
	texts := textReader{all: w.text()}
	flags := w.bytes(len(d.Claims))
	if w.bad {
		return nil, nil, fmt.Errorf("cold section: %w", errWire)
	}
	claims := make([]coldClaim, len(flags))
	for i, f := range flags {
		switch f & (coldErasedText | coldErasedQuote) {
		case 0:
		case coldErasedText:
			claims[i].erased = ErasedText
		case coldErasedQuote:
			claims[i].erased = ErasedQuote
		default:
			return nil, nil, fmt.Errorf("cold section: %w: erased in two ways", errWire)
		}
		if f&coldValue != 0 {
			if d.Claims[i].Value != "" {
				return nil, nil, fmt.Errorf("cold section: %w: two values", errWire)
			}
			claims[i].value = texts.next(w.uvarint())
		}
	}
	for i, f := range flags {
		if f&coldLocator != 0 {
			claims[i].locator = texts.next(w.uvarint())
		}
	}
	for i, f := range flags {
		if f&coldQuote != 0 {
			claims[i].quote = texts.next(w.uvarint())
		}
	}
	for i, f := range flags {
		if f&coldKey != 0 {
			claims[i].key = texts.next(w.uvarint())
		}
	}
	for i, f := range flags {
		if f&coldConfidence != 0 {
			var bits [8]byte
			w.fill(bits[:])
			claims[i].confidence = math.Float64frombits(binary.LittleEndian.Uint64(bits[:]))
		}
	}
	for i, f := range flags {
		if f&coldQualifiers != 0 {
			claims[i].qualifiers = decodeColdQualifiers(&w, &texts, d.Claims[i].Qualifiers)
		}
	}
	var changes []Change
	for _, c := range d.Changes {
		c.Reason = texts.next(w.uvarint())
		changes = append(changes, c)
	}
	if err := w.done(); err != nil || texts.bad || texts.all != "" {
		return nil, nil, fmt.Errorf("cold section: %w", errWire)
	}
	return claims, changes, nil
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

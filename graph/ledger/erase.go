package ledger

import (
	"context"
	"fmt"

	"entente/graph"
	"entente/graph/kv"
)

// ErasedValue stands in place of a text that was erased, where there must be one. It stands in place of numbers and
// addresses too, though it is neither: whoever reads a value of a claim with [ErasedText] must expect it.
const ErasedValue = "[redacted]"

// Erase carries out what changes of the kinds [Redact] and [TakeDown] order, as far as it has not been done: texts of claims
// go, at every commit, and so do the reasons of changes to claims that lose all their texts. It returns how many blocks
// it wrote again or found to have left something behind. Stopped at any moment, it is finished by the next; until then
// [Ledger.Verify] says what is to be done. A block that still takes several values has to be written all at once for that,
// which the seam does not promise: Badger does, for what a block can come to.
//
// The blocks get new values under their keys. So nobody else should have the ledger open, who may still keep the old ones; and the
// engine may keep what it no longer gives.
func (l *Ledger) Erase(ctx context.Context) (blocks int, err error) {
	l.writing.Lock()
	defer l.writing.Unlock()
	v, err := l.reading(ctx)
	if err != nil || v.head.uses&usesErasure == 0 {
		return 0, err
	}
	orders := make(map[ClaimNo]Erasure)
	for s, err := range l.stream(ctx, v, 0) {
		if err != nil {
			return 0, err
		}
		for _, c := range s.Changes {
			if e := c.Op.erases(); e != 0 {
				orders[c.Claim] = max(e, orders[c.Claim])
			}
		}
	}
	defer l.forget()
	for s, err := range l.stream(ctx, v, 0) {
		if err != nil {
			return blocks, err
		}
		r, err := s.without(orders)
		if err != nil {
			return blocks, located(formatError(blockKey(v.runOf(s.commit).writer, s.commit, s.ordinal), err), s.place)
		}
		if r == nil {
			// An erasure that was stopped may have written the block and not yet deleted the rest of what it was.
			left, err := l.leftOver(ctx, v, s)
			if err == nil && len(left) > 0 {
				err = l.store.Delete(ctx, left...)
				blocks++
			}
			if err != nil {
				return blocks, fmt.Errorf("ledger: erase in commit %d: %w", s.commit, err)
			}
			continue
		}
		if err := l.rewrite(ctx, v, s, r); err != nil {
			return blocks, fmt.Errorf("ledger: erase in commit %d: %w", s.commit, err)
		}
		blocks++
	}
	return blocks, nil
}

// without is the records of the block less what is to be erased, nil if nothing of that is there.
func (s *stored) without(orders map[ClaimNo]Erasure) (*records, error) {
	touched := false
	for i := range s.Claims {
		touched = touched || orders[s.FirstClaim+ClaimNo(i)] != 0
	}
	for _, c := range s.Changes {
		touched = touched || orders[c.Claim] == ErasedText
	}
	if !touched {
		return nil, nil
	}
	cold, changes, err := s.decodeCold()
	if err != nil {
		return nil, err
	}
	r := &records{firstEntity: s.FirstEntity, entities: s.Entities, firstClaim: s.FirstClaim, changes: changes}
	changed := false
	for i := range s.Claims {
		c := join(&s.Claims[i], &cold[i])
		if e := orders[s.FirstClaim+ClaimNo(i)]; e > c.Erased {
			c.erase(e)
			changed = true
		}
		r.claims = append(r.claims, c)
	}
	for i := range r.changes {
		if c := &r.changes[i]; orders[c.Claim] == ErasedText && c.Reason != "" {
			c.Reason = ""
			changed = true
		}
	}
	if !changed {
		return nil, nil
	}
	return r, nil
}

// erase takes texts out of a claim. Words of the vocabulary and dates say nothing that its other parts do not, and stay.
func (c *Claim) erase(e Erasure) {
	c.Erased, c.Locator, c.Quote = e, "", ""
	if e != ErasedText {
		return
	}
	c.Key = ""
	var kept []Qualifier
	for i := range c.Qualifiers {
		if hotQualifier(&c.Qualifiers[i]) {
			kept = append(kept, c.Qualifiers[i])
		}
	}
	c.Qualifiers = kept
	if c.Value == "" {
		return
	}
	literal := graph.NameLiteral
	if info := graph.PredicateOf(c.Predicate); info != nil {
		literal = info.Literal
	}
	switch literal {
	case graph.KindLiteral, graph.EventTypeLiteral, graph.DateLiteral:
	case graph.ExternalIDLiteral:
		c.Value = fmt.Sprintf("redacted:%x", c.ID[:4])
	default:
		c.Value = ErasedValue
	}
}

// rewrite puts the records in the place of a block's own. What was in its other values is deleted.
func (l *Ledger) rewrite(ctx context.Context, v *view, s *stored, r *records) error {
	before := s.erased
	if before == nil {
		before = &erased{sums: s.sums, hash: s.hash}
	}
	p := encodeRecords(r)
	flags := byte(0)
	if t := s.payload.find(sectionTrailer); t != nil {
		flags = flagLast
		p = append(p, *t)
	}
	p.add(sectionErased, codecNone, before.append(nil))
	writer := v.runOf(s.commit).writer
	// The next block stands right behind, so there is no room for another value. What was erased may have been shorter than what
	// says so: the values are then a little larger than others.
	whole := p.bytes()
	size := max(maxValue-headerLen, (len(whole)+len(before.sums)-1)/len(before.sums))
	if size > kv.MaxValue-headerLen {
		return fmt.Errorf("%w: a block of %d bytes, which had %d values", ErrTooBig, len(whole), len(before.sums))
	}
	items := appendPieces(nil, v.head.ledger, writer, s.place, whole, flags, size)
	if err := l.put(ctx, items); err != nil {
		return err
	}
	surplus := s.keysFrom(len(items), writer)
	if len(surplus) == 0 {
		return nil
	}
	return l.store.Delete(ctx, surplus...)
}

// keysFrom are the keys of the values that the block had when it was new, from the n-th on.
func (s *stored) keysFrom(n int, writer nonce) (keys []kv.Key) {
	for ; n < len(s.sums); n++ {
		keys = append(keys, blockKey(writer, s.commit, s.ordinal+n))
	}
	return keys
}

// leftOver lists the keys of values that a block no longer has since it was written again, and that are still there.
func (l *Ledger) leftOver(ctx context.Context, v *view, s *stored) (left []kv.Key, err error) {
	keys := s.keysFrom(s.pieces, v.runOf(s.commit).writer)
	if len(keys) == 0 {
		return nil, nil
	}
	values, err := l.store.Get(ctx, keys...)
	if err != nil {
		return nil, err
	}
	for i := range keys {
		if values[i] != nil {
			left = append(left, keys[i])
		}
	}
	return left, nil
}

package ledger

import (
	"context"
	"fmt"
	"slices"

	"entente/graph/kv"
)

const (
	// A commit of at most so many bytes goes with the swap of the head: an engine may make one durable write of both.
	withSwap = 256 << 10
	// putBytes is about how much is handed to the store in one Put.
	putBytes = 4 << 20
)

// publish puts the draft's blocks and swaps the head. After any error the epoch is given up: the next Append begins a new one,
// so that blocks of this attempt that land late have keys nobody reads.
func (l *Ledger) publish(ctx context.Context, v *view, d *draft) (Info, error) {
	info, err := l.tryPublish(ctx, v, d)
	if err != nil {
		l.writer.holds = false
	}
	return info, err
}

func (l *Ledger) tryPublish(ctx context.Context, v *view, d *draft) (Info, error) {
	items, sum, ordinal, err := d.lay(v.head, l.writer.nonce)
	if err != nil {
		return Info{}, err
	}
	h, sealed := v.head.with(d.info.Number, sum, ordinal)
	if d.erases {
		h.uses |= usesErasure
	}
	if d.info.Dataset != "" {
		h.uses |= usesDatasets
	}
	next := &view{head: h, info: d.info, sealed: v.sealed, loaded: v.loaded}
	if sealed != nil {
		key := pageKey(sealed.number, l.writer.nonce)
		value := seal(key, kindPage, 0, h.ledger, sealed.append(nil))
		items = append(items, kv.Item{Key: key, Value: value})
		h.page = link{l.writer.nonce, sumIn(value)}
		if v.loaded == v.head.pages {
			next.sealed = append(slices.Clip(v.sealed), sealed.runs...)
			next.loaded++
		}
	}
	next.raw = sealHead(h)
	size := 0
	for i := range items {
		size += len(items[i].Value)
	}
	if size > withSwap {
		if err := l.put(ctx, items); err != nil {
			return Info{}, err
		}
		items = nil
	}
	if err := l.swap(ctx, v, next, items...); err != nil {
		return Info{}, err
	}
	l.index.add(&d.info, d.entries)
	// Whoever fenced us after the swap has shown a newer view already.
	if l.writer.holds {
		l.show(next)
	}
	return d.info, nil
}

// put makes the items durable, repeating what fails with the same bytes.
func (l *Ledger) put(ctx context.Context, items []kv.Item) error {
	for len(items) > 0 {
		n, size := 0, 0
		for n < len(items) && (n == 0 || size+len(items[n].Value) <= putBytes) {
			size += len(items[n].Value)
			n++
		}
		for try := 1; ; try++ {
			err := l.store.Put(ctx, items[:n]...)
			if err == nil {
				break
			}
			if !passes(ctx, err) || try >= maxTries {
				return fmt.Errorf("ledger: put blocks: %w", err)
			}
			if err := l.sleep(ctx, try); err != nil {
				return err
			}
		}
		items = items[n:]
	}
	return nil
}

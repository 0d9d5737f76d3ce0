package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"

	"entente/graph/kv"
)

// A view is what is known of the ledger at a moment. It never changes; a newer one takes its place.
type view struct {
	head   *head
	raw    []byte // the head's value as stored; nil if there is none
	info   Info   // of the last commit
	sealed []run  // those of the first pages, in order
	loaded uint32 // the number of those pages; the others are read when somebody asks for old commits
}

// whole is the view with all pages read.
func (l *Ledger) whole(ctx context.Context, v *view) (*view, error) {
	if v.loaded == v.head.pages {
		return v, nil
	}
	full := *v
	var err error
	if full.sealed, err = l.readPages(ctx, v.head, v.loaded, v.sealed); err != nil {
		return nil, err
	}
	full.loaded = v.head.pages
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.view == v { // the next to ask need not read them again
		l.view = &full
	}
	return &full, nil
}

// runOf is the run that the commit is in. The commit must be there, and the view whole unless the tail has it.
func (v *view) runOf(commit uint64) run {
	runs := v.head.tail
	if len(runs) == 0 || commit < runs[0].first {
		runs = v.sealed
	}
	i := sort.Search(len(runs), func(i int) bool { return runs[i].last() >= commit })
	return runs[i]
}

// refresh reads the head and makes it the current view.
func (l *Ledger) refresh(ctx context.Context) (*view, error) {
	l.refreshing.Lock()
	defer l.refreshing.Unlock()
	if err := l.open(); err != nil {
		return nil, err
	}
	known := l.current()
	v, err := l.readView(ctx, known)
	if err != nil {
		return nil, err
	}
	// Meanwhile an Append may have shown its own, newer commit.
	if now := l.current(); now != known && now.head.last >= v.head.last {
		return now, nil
	}
	if v != known {
		l.show(v)
	}
	return v, nil
}

// readView reads the head and, if it is new, the trailer of its last commit. known stays the view if nothing changed.
func (l *Ledger) readView(ctx context.Context, known *view) (*view, error) {
	raw, err := l.readHead(ctx)
	if err != nil {
		return nil, err
	}
	if sameValue(raw, known.raw) {
		return known, nil
	}
	h, err := parseHead(raw)
	if err != nil {
		return nil, err
	}
	if known.raw != nil {
		old := known.head
		if raw == nil || h.ledger != old.ledger || h.last < old.last || h.pages < old.pages || h.last == old.last && h.hash != old.hash {
			return nil, &CorruptError{Key: headKey(), Found: fmt.Sprintf("a head older than commit %d, which it listed before, or of another ledger", old.last)}
		}
	}
	v := &view{head: h, raw: raw, info: known.info, sealed: known.sealed, loaded: known.loaded}
	if h.last != known.head.last {
		b, err := l.readBlock(ctx, v, place{h.last, h.ordinal})
		if err != nil {
			return nil, err
		}
		if b.trailer == nil || b.hash != h.hash || b.trailer.info.Number != h.last {
			return nil, &CorruptError{Commit: h.last, Block: h.ordinal, Key: blockKey(v.runOf(h.last).writer, h.last, h.ordinal), Found: "not the commit that the head names"}
		}
		v.info = b.trailer.info
	}
	return v, nil
}

// sameValue tells a missing value from an empty one, which only damage can bring about.
func sameValue(a, b []byte) bool { return bytes.Equal(a, b) && (a == nil) == (b == nil) }

// readHead gets the head's value, nil if there is none. That there is none is believed only after a scan has said the same.
func (l *Ledger) readHead(ctx context.Context) ([]byte, error) {
	key := headKey()
	for range 2 {
		values, err := l.store.Get(ctx, key)
		if err != nil {
			return nil, engineError(key, err)
		}
		if values[0] != nil {
			// A damaged read may not repeat; one that does is what is stored.
			if _, _, err := unseal(key, kindHead, nonce{}, values[0]); err == nil {
				return values[0], nil
			}
			if values, err = l.store.Get(ctx, key); err != nil {
				return nil, engineError(key, err)
			}
			if values[0] != nil {
				return values[0], nil
			}
		}
		seen := false
		for item, err := range l.store.Scan(ctx, key.Row, "", "") {
			if err != nil {
				return nil, engineError(key, err)
			}
			seen = seen || item.Key == key
		}
		if !seen {
			return nil, nil
		}
	}
	return nil, &CorruptError{Key: key, Found: "a head that a scan shows and a read does not"}
}

// parseHead checks and decodes the head's value; nil is the head of an empty ledger.
func parseHead(raw []byte) (*head, error) {
	if raw == nil {
		return &head{}, nil
	}
	payload, _, err := unseal(headKey(), kindHead, nonce{}, raw)
	if err != nil {
		return nil, err
	}
	h, err := decodeHead(payload)
	if err != nil {
		return nil, formatError(headKey(), err)
	}
	return h, nil
}

// readPages walks from the head's newest page back to the last known one and returns all sealed runs. So that opening stays
// quick however many epochs there were, it is called only for who reads old commits.
func (l *Ledger) readPages(ctx context.Context, h *head, knownPages uint32, known []run) ([]run, error) {
	var newer []*page
	next := h.page
	for number := h.pages; number > knownPages; number-- {
		key := pageKey(number-1, next.writer)
		payload, value, _, err := l.readValue(ctx, key, kindPage, h.ledger)
		if err != nil {
			return nil, err
		}
		p, err := decodePage(payload)
		if err != nil {
			return nil, formatError(key, err)
		}
		if p.number != number-1 || sumIn(value) != next.sum {
			return nil, &CorruptError{Key: key, Found: "not the page that its successor names"}
		}
		newer = append(newer, p)
		next = p.before
	}
	all := slices.Clip(known) // views share what they have in common, and none sees another's appends
	for _, p := range slices.Backward(newer) {
		if len(all) > 0 && all[len(all)-1].last()+1 != p.runs[0].first {
			return nil, &CorruptError{Key: headKey(), Found: fmt.Sprintf("page %d, which does not follow the page before", p.number)}
		}
		all = append(all, p.runs...)
	}
	if len(all) > 0 && (len(h.tail) == 0 || all[len(all)-1].last()+1 != h.tail[0].first) {
		return nil, &CorruptError{Key: headKey(), Found: "a tail that does not follow the pages"}
	}
	return all, nil
}

// readValue gets one value that must be there and be whole. What is missing or damaged is read once more: an engine's
// read may fail where the next does not.
func (l *Ledger) readValue(ctx context.Context, key kv.Key, kind byte, ledger nonce) (payload, value []byte, flags byte, err error) {
	for range 2 {
		var values [][]byte
		values, err = l.store.Get(ctx, key)
		if err != nil {
			err = engineError(key, err)
			continue
		}
		if payload, flags, err = unseal(key, kind, ledger, values[0]); err == nil {
			return payload, values[0], flags, nil
		}
	}
	return nil, nil, 0, err
}

// engineError names the key at which the engine failed.
func engineError(key kv.Key, err error) error {
	if errors.Is(err, kv.ErrCorrupt) {
		return &CorruptError{Key: key, Found: "what the engine cannot read", Err: err}
	}
	return fmt.Errorf("ledger: read %v: %w", key, err)
}

// formatError names the key whose sound bytes are not of the format. They are of a newer version, or damaged before they were sealed.
func formatError(key kv.Key, err error) error {
	if errors.Is(err, ErrFormat) {
		return fmt.Errorf("%v: %w", key, err)
	}
	return &CorruptError{Key: key, Found: err.Error()}
}

package ledger

import (
	"context"
	"errors"
	"fmt"

	"entente/graph/kv"
)

// errLost says that another writer swapped the head first: whatever was to be published was not.
var errLost = errors.New("ledger: lost to another writer")

// A writer is what an Append or Sweep keeps for the next.
type writer struct {
	nonce nonce
	holds bool // the epoch is ours as far as is known here
	// abandoned are the commits that fenced writers may have left unpublished blocks of.
	abandoned []abandoned
}

// An abandoned commit is one that a fenced writer may have put blocks of. It can only be the one after the last that there was
// when it was fenced, since a writer does not begin one before it has published the other.
type abandoned struct {
	writer nonce
	commit uint64
}

// takeEpoch makes this ledger the writer, unless it is, and returns the view in which it is. A ledger that is past the commit is
// left alone, and so is the view's writer then. errLost: another took the epoch at the same moment.
func (l *Ledger) takeEpoch(ctx context.Context, after uint64) (*view, error) {
	v := l.current()
	if v.head.last > after || v.head.last == after && l.writer.holdsIn(v) {
		return v, nil
	}
	v, err := l.refresh(ctx)
	if err != nil || v.head.last != after || l.writer.holdsIn(v) {
		return v, err
	}
	return l.newEpoch(ctx, v)
}

// holdsIn reports whether the head names our epoch. The view decides, for a reader may have seen meanwhile that we are fenced.
func (w *writer) holdsIn(v *view) bool { return w.holds && v.head.writer == w.nonce }

// newEpoch swaps in a nonce that was never used. From then on the swaps of the writer before fail.
func (l *Ledger) newEpoch(ctx context.Context, v *view) (*view, error) {
	l.writer.holds = false
	h := *v.head
	if h.ledger == (nonce{}) {
		h.ledger = l.random()
	}
	h.writer = l.random()
	next := &view{head: &h, raw: sealHead(&h), info: v.info, sealed: v.sealed, loaded: v.loaded}
	if err := l.swap(ctx, v, next); err != nil {
		return nil, err
	}
	l.writer.nonce, l.writer.holds = h.writer, true
	if v.head.writer != (nonce{}) {
		l.writer.abandoned = append(l.writer.abandoned, abandoned{v.head.writer, v.head.last + 1})
	}
	l.show(next)
	return next, nil
}

func sealHead(h *head) []byte { return seal(headKey(), kindHead, 0, nonce{}, h.append(nil)) }

// swap sets the head from v's to next's, and is sure of what it says: nil, it was set; errLost, it was not and never will be. On any
// other error but kv.ErrUnknown it was not set either.
func (l *Ledger) swap(ctx context.Context, v, next *view, with ...kv.Item) error {
	unknown := false // an earlier try may still take effect
	for try := 1; ; try++ {
		err := l.store.Swap(ctx, headKey(), v.raw, next.raw, with...)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, kv.ErrConflict), errors.Is(err, kv.ErrUnknown):
			// A conflict, too, may be with an earlier try of this very swap that took effect late.
			raw, readErr := l.rereadHead(ctx)
			if readErr != nil {
				return fmt.Errorf("ledger: swap the head: %w, and then: %w", kv.ErrUnknown, readErr)
			}
			if sameValue(raw, next.raw) {
				return nil
			}
			if !sameValue(raw, v.raw) {
				return l.settle(ctx, next)
			}
			// Not swapped, or not yet. The same bytes may be swapped again: only one of the swaps can find the old value.
			unknown = true
		case !passes(ctx, err):
			try = maxTries
		}
		if try < maxTries {
			if waitErr := l.sleep(ctx, try); waitErr == nil {
				continue
			}
		}
		if unknown && !errors.Is(err, kv.ErrUnknown) {
			err = fmt.Errorf("%w: %w", kv.ErrUnknown, err)
		}
		return fmt.Errorf("ledger: swap the head: %w", err)
	}
}

// rereadHead reads the head until the store answers, for it decides what a swap came to.
func (l *Ledger) rereadHead(ctx context.Context) (raw []byte, err error) {
	for try := 1; try <= maxTries; try++ {
		if raw, err = l.readHead(ctx); err == nil || ctx.Err() != nil {
			break
		}
		if l.sleep(ctx, try) != nil {
			break
		}
	}
	return raw, err
}

// settle finds out, when the head holds neither the old nor the new value, whether the new one was there in between. If a
// commit was to be published, it was if and only if the head lists that number under our nonce.
func (l *Ledger) settle(ctx context.Context, next *view) error {
	l.writer.holds = false
	v, err := l.refresh(ctx)
	if err == nil {
		v, err = l.whole(ctx, v)
	}
	if err != nil {
		return fmt.Errorf("ledger: swap the head: %w, and then: %w", kv.ErrUnknown, err)
	}
	n := next.head.last
	if n > 0 && v.head.last >= n && v.runOf(n).writer == next.head.writer {
		return nil
	}
	return errLost
}

// passes reports whether a failed write may succeed when repeated.
func passes(ctx context.Context, err error) bool {
	for _, final := range []error{kv.ErrReadOnly, kv.ErrNoSpace, kv.ErrClosed, kv.ErrTooBig, kv.ErrBadKey, kv.ErrInUse} {
		if errors.Is(err, final) {
			return false
		}
	}
	return ctx.Err() == nil
}

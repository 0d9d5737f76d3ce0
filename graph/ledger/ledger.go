// Package ledger keeps claims for good: numbered commits of records, appended to a [kv.Store] and never changed.
//
// A commit becomes visible at once and wholly: its blocks are put first, then the head, one key, is swapped to
// list it. Whoever reads sees the commits the head lists and nothing else. Entities and claims are numbered in
// the order of the ledger, from 0, so a block speaks of them in a byte or two and readers keep plain arrays.
//
// One writer at a time is right; a second one that takes over fences the first, whose next [Ledger.Append] fails with
// [ErrFenced] or [ErrStale] and loses nothing. The bytes of heads, pages and blocks are explained in format.go, and
// only this package reads or writes them.
package ledger

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"math/big"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"entente/graph/kv"
)

// Options are those of [Open]. The zero value is the default.
type Options struct {
	// Now is the clock that commits are stamped with; time.Now if nil. No decision depends on it.
	Now func() time.Time
	// Cache bounds the bytes of claims and changes that are kept for [Ledger.Read] and [Ledger.Changes]; 64 MiB if 0, none if negative.
	Cache int64
	// Workers is the number of goroutines that decode or encode blocks; the number of processors if 0.
	Workers int
	// Pause is how long to wait before the n-th repetition (from 1) of a write that failed or a fight that was lost. If
	// nil it is random, longer each time, and less than half a second.
	Pause func(n int) time.Duration
}

// A Ledger is open on a store. One goroutine at a time appends or sweeps, any number read meanwhile.
//
// In memory it keeps the place of each block and commit, some 8 bytes and 24 bytes. That index is not stored: it grows while blocks
// stream by in order, from commit 1 on, and a method that needs more of it than there is reads what is missing first. So
// whoever streams [Ledger.Blocks] from 0 after [Open], as the store does, reads everything once.
type Ledger struct {
	store    kv.Store
	options  Options
	random   func() nonce // of new epochs
	evidence atomic.Pointer[evidence]
	index    index

	writing sync.Mutex // held by who appends or sweeps; guards writer
	writer  writer

	refreshing sync.Mutex // held while the head is read, so that a slow read never takes a newer view's place

	mu     sync.Mutex // guards all below
	view   *view
	moved  chan struct{} // closed when view has a newer commit
	closed bool
}

// Open reads the head of the ledger in the store, and its last commit; an empty store is an empty ledger. It writes
// nothing. The store stays the caller's, who closes it after the ledger.
//
// The error is [ErrFormat] if the store holds a ledger of a newer version, [ErrCorrupt] if the head or what it names is damaged.
func Open(ctx context.Context, store kv.Store, options Options) (*Ledger, error) {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Pause == nil {
		options.Pause = pause
	}
	options.Workers = cmp.Or(max(options.Workers, 0), runtime.GOMAXPROCS(0))
	l := &Ledger{
		store: store, options: options, random: randomNonce,
		view: &view{head: &head{}}, moved: make(chan struct{}),
	}
	l.forget()
	if _, err := l.Refresh(ctx); err != nil {
		return nil, err
	}
	return l, nil
}

// ID is the ledger's id, 32 hexadecimal digits made with its first commit, or "" before.
func (l *Ledger) ID() string {
	id := l.current().head.ledger
	if id == (nonce{}) {
		return ""
	}
	return hex.EncodeToString(id[:])
}

// Head is the newest commit known here; the zero Info if there is none. Others may have committed since: see [Ledger.Refresh].
func (l *Ledger) Head() Info { return l.current().info }

// Refresh reads the head again and returns the newest commit. On error what was known stays.
func (l *Ledger) Refresh(ctx context.Context) (Info, error) {
	v, err := l.refresh(ctx)
	if err != nil {
		return Info{}, err
	}
	return v.info, nil
}

// Close ends the ledger's use: what is called later fails with [ErrClosed]. It waits for an Append under way, not for readers,
// whose context ends them. It does not close the store.
func (l *Ledger) Close() error {
	l.writing.Lock()
	defer l.writing.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	l.forget()
	return nil
}

// open fails once the ledger is closed.
func (l *Ledger) open() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return ErrClosed
	}
	return nil
}

func (l *Ledger) current() *view {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.view
}

// show makes v the view of all that is called from now on, unless a newer commit has been seen meanwhile.
func (l *Ledger) show(v *view) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if v.head.last < l.view.head.last {
		return
	}
	newer := v.head.last > l.view.head.last
	l.view = v
	if newer {
		close(l.moved)
		l.moved = make(chan struct{})
	}
}

// wait is a channel that is closed as soon as the ledger is known here to have commits after the one given.
func (l *Ledger) wait(after uint64) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.view.head.last > after {
		c := make(chan struct{})
		close(c)
		return c
	}
	return l.moved
}

func randomNonce() nonce {
	var n nonce
	_, _ = rand.Read(n[:]) // never fails
	return n
}

// pause is a random time that doubles in its bound, so that writers who met do not meet again.
func pause(n int) time.Duration {
	most := min(int64(5*time.Millisecond)<<min(n, 10), int64(500*time.Millisecond))
	r, err := rand.Int(rand.Reader, big.NewInt(most))
	if err != nil {
		return time.Duration(most)
	}
	return time.Duration(r.Int64())
}

// sleep waits for the n-th pause, or until the context ends.
func (l *Ledger) sleep(ctx context.Context, n int) error {
	d := l.options.Pause(n)
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

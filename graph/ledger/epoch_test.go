package ledger

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"entente/graph/kv"
	"entente/graph/kv/badgerkv"
	"entente/graph/kv/kvtest"
	"entente/graph/kv/memkv"
)

// onEngines runs a test on a faulty wrapper over each engine.
func onEngines(t *testing.T, run func(t *testing.T, store *kvtest.Faulty)) {
	t.Run("mem", func(t *testing.T) { run(t, wrap(t, memkv.New())) })
	t.Run("badger", func(t *testing.T) {
		inner, err := badgerkv.Open(t.TempDir(), badgerkv.Options{Reserve: -1})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { inner.Close() })
		run(t, wrap(t, inner))
	})
}

func wrap(t *testing.T, inner kv.Store) *kvtest.Faulty {
	store := kvtest.NewFaulty(inner, 1)
	store.Report(t)
	return store
}

// big is a batch whose blocks do not go with the swap, but are put before it.
func (w *world) big() Batch {
	b := w.next(4, 20, 0)
	for i := range b.Claims[:4] {
		c := &b.Claims[i]
		c.Document = 0
		c.Quote = w.noise(100_000)
		c.ID = trueID(c, append(slices.Clip(w.entities), b.Entities...))
	}
	return b
}

// noise is text that does not compress.
func (w *world) noise(n int) string {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ."
	b := make([]byte, n)
	for i := range b {
		b[i] = letters[w.rng.IntN(len(letters))]
	}
	return string(b)
}

func TestSwapUnknownWon(t *testing.T) {
	onEngines(t, func(t *testing.T, store *kvtest.Faulty) {
		l, w := openTest(t, store), newWorld(1)
		w.appendTo(t, l, w.next(2, 3, 0))
		store.NextSwap(kvtest.UnknownWon)
		w.appendTo(t, l, w.next(2, 3, 1))
		w.appendTo(t, l, w.next(2, 3, 1)) // the epoch goes on
		if runs := l.current().head.tail; len(runs) != 1 || runs[0].count != 3 {
			t.Errorf("runs %+v, want one of three commits", runs)
		}
		w.compare(t, l)
		w.compare(t, openTest(t, store))
	})
}

func TestSwapUnknownLost(t *testing.T) {
	onEngines(t, func(t *testing.T, store *kvtest.Faulty) {
		l, w := openTest(t, store), newWorld(1)
		store.NextSwap(kvtest.UnknownLost, kvtest.None, kvtest.UnknownLost) // the epoch, then the commit
		w.appendTo(t, l, w.next(2, 3, 0))
		store.NextSwap(kvtest.UnknownLost)
		w.appendTo(t, l, w.big())
		w.compare(t, l)
		w.compare(t, openTest(t, store))
	})
}

// TestSwapUnknownLater: the first swap takes effect after the second has; only one of them can.
func TestSwapUnknownLater(t *testing.T) {
	onEngines(t, func(t *testing.T, store *kvtest.Faulty) {
		l, w := openTest(t, store), newWorld(1)
		w.appendTo(t, l, w.next(2, 3, 0))
		store.NextSwap(kvtest.Held)
		w.appendTo(t, l, w.next(2, 3, 1))
		if n := store.Release(); n != 1 {
			t.Fatalf("%d calls were held, want 1", n)
		}
		w.appendTo(t, l, w.next(2, 3, 1))
		w.compare(t, openTest(t, store))
	})
}

// hooked calls before each swap what a test wants to happen at that moment.
type hooked struct {
	kv.Store
	before func(with int)
	after  func() error
}

func (h *hooked) Swap(ctx context.Context, key kv.Key, old, new []byte, with ...kv.Item) error {
	if h.before != nil {
		h.before(len(with))
	}
	err := h.Store.Swap(ctx, key, old, new, with...)
	if h.after != nil {
		return h.after()
	}
	return err
}

// TestSwapUnknownThenFenced: while the first writer does not know what became of its swap, a second one takes over.
func TestSwapUnknownThenFenced(t *testing.T) {
	for _, won := range []bool{true, false} {
		for _, commits := range []bool{true, false} {
			onEngines(t, func(t *testing.T, store *kvtest.Faulty) {
				hook := &hooked{Store: store}
				first, second, w := openTest(t, hook), openTest(t, store), newWorld(1)
				w.appendTo(t, first, w.next(2, 3, 0))
				mine := w.next(2, 3, 1)
				var others Batch
				fence := func() {
					hook.before, hook.after = nil, nil
					if won {
						w.committed(mine)
					}
					if _, err := second.Refresh(t.Context()); err != nil {
						t.Fatal(err)
					}
					if others = w.next(1, 2, 0); commits {
						w.appendTo(t, second, others)
					} else if _, err := second.newEpoch(t.Context(), second.current()); err != nil {
						t.Fatal(err)
					}
				}
				if won {
					hook.after = func() error { fence(); return kv.ErrUnknown }
				} else {
					hook.before = func(int) { store.NextSwap(kvtest.UnknownLost); hook.before = nil }
					hook.after = func() error { fence(); return kv.ErrUnknown }
				}
				info, err := first.Append(t.Context(), mine)
				switch {
				case won: // published before it was fenced
					if err != nil || info.Number != 2 {
						t.Errorf("won %v, commits %v: %+v, %v", won, commits, info, err)
					}
				case commits: // the other's commit has the number
					if !errors.Is(err, ErrStale) {
						t.Errorf("won %v, commits %v: %v, want ErrStale", won, commits, err)
					}
				default: // the other has done nothing, so a new epoch does
					if err != nil {
						t.Errorf("won %v, commits %v: %v", won, commits, err)
					}
					w.committed(mine)
				}
				if _, err := first.Refresh(t.Context()); err != nil {
					t.Fatal(err)
				}
				w.compare(t, first)
				w.appendTo(t, first, w.next(1, 1, 0))
				w.compare(t, openTest(t, store))
			})
		}
	}
}

// TestTwoOpeners: of two ledgers on one store the later writer fences the earlier, which notices, catches up and takes over again.
func TestTwoOpeners(t *testing.T) {
	onEngines(t, func(t *testing.T, store *kvtest.Faulty) {
		ledgers := []*Ledger{openTest(t, store), openTest(t, store)}
		w := newWorld(1)
		for i := range 12 {
			l := ledgers[i/2%2]
			batch := w.next(1, 3, 1)
			if _, err := l.Append(t.Context(), batch); err != nil {
				t.Fatalf("commit %d, built on the newest: %v", i+1, err)
			}
			w.committed(batch)
			// The one that does not know of it is stale, and says so.
			other := ledgers[1-i/2%2]
			if _, err := other.Append(t.Context(), batch); !errors.Is(err, ErrStale) {
				t.Fatalf("the other appended to commit %d: %v, want ErrStale", batch.After, err)
			}
			if other.Head().Number != batch.After+1 {
				t.Fatalf("after ErrStale the head is %d, want %d", other.Head().Number, batch.After+1)
			}
		}
		for _, l := range ledgers {
			w.compare(t, l)
		}
	})
}

// TestFenced: against a writer that takes over before each swap, Append gives up and publishes nothing.
func TestFenced(t *testing.T) {
	inner := memkv.New()
	hook := &hooked{Store: inner}
	first, second, w := openTest(t, hook), openTest(t, inner), newWorld(1)
	hook.before = func(int) {
		if _, err := second.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := second.newEpoch(t.Context(), second.current()); err != nil {
			t.Fatal(err)
		}
	}
	batch := w.next(2, 3, 0)
	if _, err := first.Append(t.Context(), batch); !errors.Is(err, ErrFenced) {
		t.Fatalf("Append: %v, want ErrFenced", err)
	}
	hook.before = nil
	w.appendTo(t, first, batch)
	w.compare(t, openTest(t, inner))
}

// TestLongCommitAbandoned: of a long commit some blocks are there when its writer dies; another publishes a shorter commit of that number.
func TestLongCommitAbandoned(t *testing.T) {
	onEngines(t, func(t *testing.T, store *kvtest.Faulty) {
		dying, w := openTest(t, store), newWorld(1)
		w.appendTo(t, dying, w.next(2, 3, 0))
		ctx, cancel := context.WithCancel(t.Context())
		dying.options.Pause = func(int) time.Duration { cancel(); return 0 }
		store.NextPut(kvtest.Errored)
		if _, err := dying.Append(ctx, w.big()); !errors.Is(err, context.Canceled) {
			t.Fatalf("Append: %v, want what the context says", err)
		}
		next := openTest(t, store)
		w.appendTo(t, next, w.next(1, 2, 0))
		w.compare(t, next)
		w.compare(t, openTest(t, store))
		n, err := next.Sweep(t.Context())
		if err != nil || n < 4 {
			t.Errorf("Sweep: %d values, %v; want the blocks of the long commit", n, err)
		}
		if n, err := next.Sweep(t.Context()); n != 0 || err != nil {
			t.Errorf("second Sweep: %d values, %v", n, err)
		}
		w.compare(t, openTest(t, store))
	})
}

// TestDelayedPut: a put that failed lands after the same writer has published the commit.
func TestDelayedPut(t *testing.T) {
	onEngines(t, func(t *testing.T, store *kvtest.Faulty) {
		l, w := openTest(t, store), newWorld(1)
		w.appendTo(t, l, w.next(2, 3, 0))
		// Once the same bytes are put again under the same keys; it does not matter when the first put lands.
		store.NextPut(kvtest.Held)
		w.appendTo(t, l, w.big())
		// Then all tries fail, the writer gives its epoch up, and a new one publishes another commit of the number.
		store.NextPut(kvtest.Held, kvtest.Held, kvtest.Held, kvtest.Held)
		if _, err := l.Append(t.Context(), w.big()); !errors.Is(err, kvtest.ErrInjected) {
			t.Fatalf("Append: %v, want the store's error", err)
		}
		w.appendTo(t, l, w.next(1, 2, 0))
		if n := store.Release(); n != 5 {
			t.Fatalf("%d puts were held, want 5", n)
		}
		w.compare(t, l)
		w.compare(t, openTest(t, store))
		w.appendTo(t, l, w.big())
		w.compare(t, openTest(t, store))
		if n, err := l.Sweep(t.Context()); err != nil || n < 4 {
			t.Errorf("Sweep: %d values, %v; want the late blocks", n, err)
		}
		w.compare(t, openTest(t, store))
	})
}

// TestTwentyThousandOpens: each process that opens the ledger and commits once has an epoch of its own.
func TestTwentyThousandOpens(t *testing.T) {
	const opens = 20_000
	store := memkv.New()
	largest := 0
	var l *Ledger
	for n := range opens {
		l = openTest(t, store)
		b := Batch{After: uint64(n), Changes: []Change{{Claim: 0, Op: Undo}}}
		if n == 0 {
			b = newWorld(1).next(1, 1, 0)
		}
		if _, err := l.Append(t.Context(), b); err != nil {
			t.Fatalf("open %d: %v", n, err)
		}
		largest = max(largest, len(l.current().raw))
	}
	if largest > 4096 {
		t.Errorf("the head grew to %d bytes", largest)
	}
	if pages := l.current().head.pages; pages != (opens-1)/tailLen {
		t.Errorf("%d pages, want %d", pages, (opens-1)/tailLen)
	}
	l = openTest(t, store)
	d, err := drain(t.Context(), l, 0)
	if err != nil || len(d.Infos) != opens {
		t.Fatalf("%d commits, %v; want %d", len(d.Infos), err, opens)
	}
	// Opening alone takes no epoch.
	before := l.current().raw
	for range 100 {
		openTest(t, store)
	}
	if after := openTest(t, store).current().raw; string(after) != string(before) {
		t.Error("the head changed when the ledger was only opened")
	}
}

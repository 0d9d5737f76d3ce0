package ledger

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/kv"
	"entente/graph/kv/badgerkv"
	"entente/graph/kv/memkv"
)

// TestRoundTrip appends random batches and compares all ways to read them, before and after opening again.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(rapid.Uint64().Draw(rt, "seed"))
		w.long = rapid.IntRange(0, 3).Draw(rt, "long") == 0
		store := memkv.New()
		l := openTest(t, store)
		for range rapid.IntRange(1, 6).Draw(rt, "commits") {
			size := rapid.SampledFrom([]int{0, 1, 3, 40, 400}).Draw(rt, "claims")
			if w.long {
				size = min(size, 40)
			}
			w.appendTo(t, l, w.next(rapid.IntRange(0, 1+size/3).Draw(rt, "entities"), size, rapid.IntRange(0, 5).Draw(rt, "changes")))
			if rapid.Bool().Draw(rt, "reopen") {
				store = store.Reopen()
				l = openTest(t, store)
			}
		}
		w.compare(t, l)
		w.compare(t, openTest(t, store.Reopen()))
	})
}

func TestRoundTripBadger(t *testing.T) {
	dir := t.TempDir()
	w := newWorld(7)
	w.long = true
	for range 3 {
		store, err := badgerkv.Open(dir, badgerkv.Options{Reserve: -1})
		if err != nil {
			t.Fatal(err)
		}
		l := openTest(t, store)
		for _, size := range []int{1, 200, 0} {
			w.appendTo(t, l, w.next(5, size, 3))
		}
		w.compare(t, l)
		if err := errors.Join(l.Close(), store.Close()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEmptyLedger(t *testing.T) {
	store := memkv.New()
	l := openTest(t, store)
	if l.ID() != "" || l.Head() != (Info{}) || l.At(time.Now()) != 0 {
		t.Errorf("an empty store gives id %q, head %+v", l.ID(), l.Head())
	}
	if d, err := drain(t.Context(), l, 0); err != nil || len(d.Infos) != 0 {
		t.Errorf("Blocks of an empty ledger: %+v, %v", d, err)
	}
	if _, err := l.Read(t.Context(), []ClaimNo{0}); !errors.Is(err, ErrNoCommit) {
		t.Errorf("Read: %v, want ErrNoCommit", err)
	}
	if _, err := l.Info(t.Context(), 1); !errors.Is(err, ErrNoCommit) {
		t.Errorf("Info: %v, want ErrNoCommit", err)
	}
	if n, err := l.Sweep(t.Context()); n != 0 || err != nil {
		t.Errorf("Sweep: %d, %v", n, err)
	}
	// Opening, reading and sweeping an empty store write nothing.
	if raw, err := store.Get(t.Context(), headKey()); err != nil || raw[0] != nil {
		t.Errorf("a head of %d bytes, %v", len(raw[0]), err)
	}
}

func TestInfoAndAt(t *testing.T) {
	store := memkv.New()
	l := openTest(t, store)
	w := newWorld(3)
	var want []Info
	for range 5 {
		want = append(want, w.appendTo(t, l, w.next(2, 300, 2)))
	}
	id := l.ID()
	l = openTest(t, store)
	if l.ID() != id || len(id) != 32 {
		t.Errorf("id %q after reopening, was %q", l.ID(), id)
	}
	for i, info := range want {
		got, err := l.Info(t.Context(), uint64(i+1))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(info, got); diff != "" {
			t.Errorf("Info(%d) (-want +got):\n%s", i+1, diff)
		}
		for _, c := range []struct {
			shift time.Duration
			want  uint64
		}{{-time.Nanosecond, uint64(i)}, {0, uint64(i + 1)}, {time.Millisecond, uint64(i + 1)}} {
			if got := l.At(info.Time.Add(c.shift)); got != c.want {
				t.Errorf("At(commit %d %+v) = %d, want %d", i+1, c.shift, got, c.want)
			}
		}
	}
	tail, err := drain(t.Context(), openTest(t, store), 3)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want[3:], tail.Infos); diff != "" {
		t.Errorf("Blocks after 3 (-want +got):\n%s", diff)
	}
}

// TestClockSetBack: commit times never run back.
func TestClockSetBack(t *testing.T) {
	now := epochOfTests
	l, err := Open(t.Context(), memkv.New(), Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(1)
	first := w.appendTo(t, l, w.next(1, 1, 0))
	now = now.Add(-10 * 365 * 24 * time.Hour)
	second := w.appendTo(t, l, w.next(1, 1, 0))
	if !second.Time.Equal(first.Time) {
		t.Errorf("time %v after %v", second.Time, first.Time)
	}
	w.compare(t, l)
}

func TestAppendRefuses(t *testing.T) {
	signed := graph.Signed.Info().Code
	claim := func(change func(*Claim)) Batch {
		c := Claim{Predicate: signed, From: 0, To: 1, Claimant: NoEntity, Coder: NoEntity, Document: NoEntity}
		change(&c)
		return Batch{Entities: []graph.ID{"x:a", "x:b"}, Claims: []Claim{c}}
	}
	tests := []struct {
		name  string
		batch Batch
		want  error
	}{
		{"nothing", Batch{}, ErrBatch},
		{"unknown predicate", claim(func(c *Claim) { c.Predicate = 255 }), ErrBatch},
		{"unknown stance", claim(func(c *Claim) { c.Stance = 9 }), ErrBatch},
		{"no subject", claim(func(c *Claim) { c.From = NoEntity }), ErrBatch},
		{"entity beyond the last", claim(func(c *Claim) { c.To = 2 }), ErrBatch},
		{"claimant beyond the last", claim(func(c *Claim) { c.Claimant = 2 }), ErrBatch},
		{"object and value", claim(func(c *Claim) { c.Value = "x" }), ErrBatch},
		{"neither", claim(func(c *Claim) { c.To = NoEntity }), ErrBatch},
		{"unknown qualifier", claim(func(c *Claim) { c.Qualifiers = []Qualifier{{Name: 99, Entity: 0}} }), ErrBatch},
		{"qualifier of neither", claim(func(c *Claim) { c.Qualifiers = []Qualifier{{Name: 1, Entity: NoEntity}} }), ErrBatch},
		{"confidence", claim(func(c *Claim) { c.Confidence = 2 }), ErrBatch},
		{"change of an unknown claim", Batch{Changes: []Change{{Claim: 0, Op: Undo}}}, ErrBatch},
		{"unknown change", Batch{Entities: []graph.ID{"x:a"}, Changes: []Change{{Op: 5}}}, ErrBatch},
		{"empty id", Batch{Entities: []graph.ID{""}}, ErrBatch},
		{"author not UTF-8", Batch{Author: "\xff", Entities: []graph.ID{"x:a"}}, ErrBatch},
		{"long note", Batch{Note: string(make([]byte, maxNote+1)), Entities: []graph.ID{"x:a"}}, ErrTooBig},
		{"huge quote", claim(func(c *Claim) { c.Quote = string(make([]byte, maxRecord)) }), ErrTooBig},
		{"built on a later commit", Batch{After: 1, Entities: []graph.ID{"x:a"}}, ErrStale},
	}
	l := openTest(t, memkv.New())
	for _, test := range tests {
		if _, err := l.Append(t.Context(), test.batch); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
	if l.Head().Number != 0 {
		t.Errorf("head %d after nothing but refusals", l.Head().Number)
	}
}

func TestClosed(t *testing.T) {
	l := openTest(t, memkv.New())
	w := newWorld(1)
	w.appendTo(t, l, w.next(1, 1, 1))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	_, errAppend := l.Append(t.Context(), w.next(1, 1, 1))
	_, errRead := l.Read(t.Context(), []ClaimNo{0})
	_, errBlocks := drain(t.Context(), l, 0)
	_, errVerify := l.Verify(t.Context(), nil)
	_, errRefresh := l.Refresh(t.Context())
	for i, err := range []error{errAppend, errRead, errBlocks, errVerify, errRefresh} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("call %d after Close: %v", i, err)
		}
	}
}

// TestFollow: a second ledger on the same store sees what the first commits, in order and once.
func TestFollow(t *testing.T) {
	store := memkv.New()
	writer, reader := openTest(t, store), openTest(t, store)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	const commits = 20
	seen := make(chan uint64)
	go func() {
		defer close(seen)
		for b, err := range reader.Follow(ctx, 0, time.Millisecond) {
			if err != nil {
				t.Errorf("Follow: %v", err)
				return
			}
			if b.End != nil {
				seen <- b.End.Number
			}
		}
	}()
	w := newWorld(1)
	for n := uint64(1); n <= commits; n++ {
		w.appendTo(t, writer, w.next(1, 2, 1))
		if got := <-seen; got != n {
			t.Fatalf("Follow gave commit %d, want %d", got, n)
		}
	}
	cancel()
	if n, more := <-seen; more {
		t.Errorf("commit %d after the end", n)
	}
}

// TestContextEnds cancels a stream after each of its blocks: it ends with the context's error, or well if that was the last.
func TestContextEnds(t *testing.T) {
	store := memkv.New()
	small(t, store, 6)
	l := openTest(t, store)
	const commits = 8 // of one block each
	for stop := 1; stop <= commits; stop++ {
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		var last error
		for _, err := range l.Blocks(ctx, 0) {
			if last = err; err == nil {
				n++
			}
			if n == stop {
				cancel()
			}
		}
		if n != stop || (stop < commits) != errors.Is(last, context.Canceled) || stop == commits && last != nil {
			t.Errorf("cancelled after %d blocks: %d blocks, %v", stop, n, last)
		}
		if _, err := l.Verify(ctx, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("Verify with an ended context: %v", err)
		}
		cancel()
	}
}

// TestReadsWhileAppending runs readers against a writer; the race detector and the checks of Read do the rest.
func TestReadsWhileAppending(t *testing.T) {
	var store kv.Store = memkv.New()
	l := openTest(t, store)
	w := newWorld(5)
	w.appendTo(t, l, w.next(3, 50, 0))
	done := make(chan struct{})
	failed := make(chan error, 3)
	for range 3 {
		go func() {
			for {
				select {
				case <-done:
					failed <- nil
					return
				default:
				}
				head := l.Head()
				claims, err := l.Read(t.Context(), []ClaimNo{head.Claims - 1, 0})
				if err == nil && len(claims) == 2 {
					_, err = l.Refresh(t.Context())
				}
				if err != nil {
					failed <- err
					return
				}
			}
		}()
	}
	for range 60 {
		w.appendTo(t, l, w.next(1, 5, 1))
	}
	close(done)
	for range 3 {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
	w.compare(t, l)
}

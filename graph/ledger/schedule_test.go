package ledger

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"

	"entente/graph"
	"entente/graph/kv"
	"entente/graph/kv/kvtest"
	"entente/graph/kv/memkv"
)

// soakSeeds is how many seeds a campaign tries: a few in every test, many when there is time. ENTENTE_SEED repeats one.
func soakSeeds(t *testing.T, short, long uint64) iter.Seq[uint64] {
	t.Helper()
	from, n := uint64(0), short
	if os.Getenv("ENTENTE_SOAK") != "" {
		n = long
	}
	if text := os.Getenv("ENTENTE_SEED"); text != "" {
		seed, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatalf("ENTENTE_SEED is %q, expected a number", text)
		}
		from, n = seed, 1
	}
	return func(yield func(uint64) bool) {
		for seed := from; seed < from+n && yield(seed); seed++ {
		}
	}
}

// A schedule lets one of several goroutines at a time go on, from one call of the store to the next. Which one is drawn, so
// a seed repeats a run call by call.
type schedule struct {
	rng     *rand.Rand
	waiting map[int]chan struct{}
	arrived chan int // a goroutine that waits, or has ended
	ended   map[int]bool
}

// run starts the goroutines and lets them go on, one at a time, until all have ended.
func (s *schedule) run(bodies ...func(turn func())) {
	s.waiting, s.ended, s.arrived = map[int]chan struct{}{}, map[int]bool{}, make(chan int)
	var mu sync.Mutex
	for who, body := range bodies {
		go func() {
			body(func() {
				c := make(chan struct{})
				mu.Lock()
				s.waiting[who] = c
				mu.Unlock()
				s.arrived <- who
				<-c
			})
			mu.Lock()
			s.ended[who] = true
			mu.Unlock()
			s.arrived <- who
		}()
	}
	for range bodies {
		<-s.arrived
	}
	for {
		mu.Lock()
		var ready []int
		for who := range s.waiting {
			ready = append(ready, who)
		}
		if len(ready) == 0 {
			mu.Unlock()
			return
		}
		slices.Sort(ready)
		who := ready[s.rng.IntN(len(ready))]
		c := s.waiting[who]
		delete(s.waiting, who)
		mu.Unlock()
		close(c)
		<-s.arrived
	}
}

// A turned store takes a turn before each call.
type turned struct {
	kv.Store
	turn func()
}

func (s *turned) Get(ctx context.Context, keys ...kv.Key) ([][]byte, error) {
	s.turn()
	return s.Store.Get(ctx, keys...)
}

func (s *turned) Put(ctx context.Context, items ...kv.Item) error {
	s.turn()
	return s.Store.Put(ctx, items...)
}

func (s *turned) Swap(ctx context.Context, key kv.Key, old, new []byte, with ...kv.Item) error {
	s.turn()
	return s.Store.Swap(ctx, key, old, new, with...)
}

func (s *turned) Delete(ctx context.Context, keys ...kv.Key) error {
	s.turn()
	return s.Store.Delete(ctx, keys...)
}

// An attempt is a commit that a writer tried, named by its note.
type attempt struct {
	note   string
	number uint64 // if acknowledged
	err    error
}

// TestSchedules lets writers commit at once, their calls of the store interleaved at random, over a store that fails. The model is
// what each of them was told: an acknowledged commit is in the ledger once, at its number, whole; one that failed is not in it, at
// most one that ended in doubt is; numbers have no gaps, and everyone reads the same in the end, and commits again.
func TestSchedules(t *testing.T) {
	for seed := range soakSeeds(t, 150, 20_000) {
		if !t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) { scheduledRun(t, seed) }) {
			t.Logf("ENTENTE_SEED=%d repeats this", seed)
			return
		}
	}
}

func scheduledRun(t *testing.T, seed uint64) {
	inner := memkv.New()
	store := kvtest.NewFaulty(inner, seed)
	store.Report(t)
	rng := rand.New(rand.NewPCG(seed, 5))
	rate := []float64{0, 0.1, 0.4, 0.7}[rng.IntN(4)]
	store.Random(kvtest.Rates{Write: rate, Swap: rate})
	writers := 2 + rng.IntN(2)
	attempts := make([][]attempt, writers)
	bodies := make([]func(func()), writers)
	for who := range writers {
		w := newWorld(seed<<4 + uint64(who))
		bodies[who] = func(turn func()) { attempts[who] = commits(t, &turned{store, turn}, w, who) }
	}
	(&schedule{rng: rng}).run(bodies...)
	store.Random(kvtest.Rates{})
	store.Release()

	l := openTest(t, inner)
	all, err := drain(t.Context(), l, 0)
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]uint64{}
	for i, info := range all.Infos {
		if info.Number != uint64(i+1) {
			t.Errorf("commit %d where %d was expected", info.Number, i+1)
		}
		if at[info.Note] != 0 {
			t.Errorf("%s is there as commit %d and as %d", info.Note, at[info.Note], info.Number)
		}
		at[info.Note] = info.Number
		if size := len(info.Note); info.Added != size { // see commits
			t.Errorf("%s has %d claims, not %d", info.Note, info.Added, size)
		}
	}
	known := 0
	for _, list := range attempts {
		for _, a := range list {
			switch n := at[a.note]; {
			case a.err == nil && n != a.number:
				t.Errorf("%s was acknowledged as commit %d and is %d", a.note, a.number, n)
			case a.err != nil && n != 0 && !errors.Is(a.err, kv.ErrUnknown):
				t.Errorf("%s failed with %v and is commit %d", a.note, a.err, n)
			case n != 0:
				known++
			}
		}
	}
	if known != len(all.Infos) {
		t.Errorf("%d commits, of which %d were tried", len(all.Infos), known)
	}
	report, err := l.Verify(t.Context(), nil)
	if err != nil || len(report.Problems) > 0 {
		t.Errorf("Verify: %v, %v", err, report.Problems)
	}
	w := &world{rng: rng, entities: all.Entities}
	b := w.next(1, 1, 0)
	b.After = uint64(len(all.Infos))
	if _, err := l.Append(t.Context(), b); err != nil {
		t.Errorf("nobody can commit afterwards: %v", err)
	}
}

// commits opens the ledger and tries a few commits, on what it knows or after a look. Each has as many claims as its note has
// letters, so that a part of one shows.
func commits(t *testing.T, store kv.Store, w *world, who int) (tried []attempt) {
	ctx := t.Context()
	l, err := Open(ctx, store, Options{Now: clock(), Pause: noPause, Workers: 1})
	if err != nil {
		return nil // a fault in the way
	}
	for i := range 3 + w.rng.IntN(3) {
		switch w.rng.IntN(8) {
		case 0:
			if l, err = Open(ctx, store, Options{Now: clock(), Pause: noPause, Workers: 1}); err != nil { // died
				return tried
			}
		case 1:
			_, _ = l.Sweep(ctx) // may fail; it must not take what is published
		case 2, 3:
			_, _ = l.Refresh(ctx) // may fail; then it is as stale as before
		}
		a := attempt{note: fmt.Sprintf("writer %d, commit %d", who, i)}
		for range 3 {
			head := l.Head()
			b := Batch{After: head.Number, Note: a.note, Entities: []graph.ID{graph.ID(fmt.Sprintf("test:w%d-%d", who, i))}}
			for range len(a.note) {
				c := w.claim(b.Entities)
				c.From, c.Qualifiers = head.Entities, nil
				for _, e := range []*EntityNo{&c.To, &c.Claimant, &c.Coder, &c.Document} {
					if *e != NoEntity {
						*e = head.Entities
					}
				}
				if w.rng.IntN(40) == 0 {
					c.Quote = w.noise(300_000) // blocks of their own, put before the swap
				}
				all := make([]graph.ID, head.Entities+1)
				all[head.Entities] = b.Entities[0]
				c.ID = trueID(&c, all)
				b.Claims = append(b.Claims, c)
			}
			var info Info
			info, a.err = l.Append(ctx, b)
			a.number = info.Number
			if !errors.Is(a.err, ErrStale) {
				break // published, failed, or in doubt; a stale one is built anew on what is there
			}
		}
		tried = append(tried, a)
	}
	return tried
}

package ledger

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/kv"
	"entente/graph/kv/kvtest"
	"entente/graph/kv/memkv"
)

// TestRivals lets two or three writers and a reader at one store that fails, their calls interleaved at random, and holds all that
// they are told against a [model]. They commit little and much, on what they know or after a look, sweep, read everything, and
// die in the middle of a call. Some runs begin with a ledger that is about to seal a page.
func TestRivals(t *testing.T) {
	g := newGrounds(t)
	for seed := range soakSeeds(t, 1_000, 200_000) {
		if log, err := g.run(t.Context(), seed); err != nil {
			for _, line := range log {
				t.Log(line)
			}
			t.Fatalf("seed %d: %v\nrepeat it with: ENTENTE_SEED=%d go test ./graph/ledger -run '^TestRivals$'", seed, err, seed)
		}
	}
}

// Grounds are what runs have in common, since it takes long to make: claims with their ids, and ledgers to begin with.
type grounds struct {
	small, large []Claim
	begins       []ground
}

// A ground is a ledger as it lies in a store.
type ground struct {
	items   []kv.Item // but for the head
	head    []byte
	batches []Batch
}

const rootOfRivals graph.ID = "test:root"

func newGrounds(t *testing.T) *grounds {
	g := &grounds{}
	w := newWorld(1)
	all := []graph.ID{rootOfRivals}
	for range 40 {
		g.small = append(g.small, w.claim(all))
	}
	for range 3 {
		c := w.claim(all)
		c.Document, c.Quote = 0, w.noise(270_000) // does not go with the swap, and is stored in pieces
		c.ID = trueID(&c, all)
		g.large = append(g.large, c)
	}
	// One commit, and as many runs as a head holds before it seals a page.
	for _, commits := range []int{1, tailLen - 1} {
		begin := ground{}
		inner := memkv.New()
		rows := &ledgerKeys{Store: inner, values: map[kv.Key][32]byte{}}
		for n := range commits {
			b := Batch{After: uint64(n), Note: fmt.Sprintf("begin %d", n+1), Claims: g.small[n%len(g.small):][:1]}
			if n == 0 {
				b.Entities = all
			}
			if _, err := openTest(t, rows).Append(t.Context(), b); err != nil { // each a new epoch
				t.Fatal(err)
			}
			begin.batches = append(begin.batches, b)
		}
		for key := range rows.values {
			values, err := inner.Get(t.Context(), key)
			if err != nil {
				t.Fatal(err)
			}
			begin.items = append(begin.items, kv.Item{Key: key, Value: values[0]})
		}
		heads, err := inner.Get(t.Context(), headKey())
		if err != nil {
			t.Fatal(err)
		}
		begin.head = heads[0]
		g.begins = append(g.begins, begin)
	}
	return g
}

// ledgerKeys is a store that watches what the format promises: no key but the head's ever has two values.
type ledgerKeys struct {
	kv.Store
	mu     sync.Mutex
	values map[kv.Key][32]byte
	twice  error
}

func (s *ledgerKeys) see(items []kv.Item) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range items {
		sum := sha256.Sum256(i.Value)
		if was, ok := s.values[i.Key]; ok && was != sum && s.twice == nil {
			s.twice = fmt.Errorf("%v has two values", i.Key)
		}
		s.values[i.Key] = sum
	}
}

func (s *ledgerKeys) Put(ctx context.Context, items ...kv.Item) error {
	s.see(items)
	return s.Store.Put(ctx, items...)
}

func (s *ledgerKeys) Swap(ctx context.Context, key kv.Key, old, new []byte, with ...kv.Item) error {
	err := s.Store.Swap(ctx, key, old, new, with...)
	if err == nil { // else memkv has put none of them
		s.see(with)
	}
	return err
}

// run is one seed's run. Beside the error it returns the faults that there were.
func (g *grounds) run(ctx context.Context, seed uint64) ([]string, error) {
	rng := rand.New(rand.NewPCG(seed, 9))
	inner, m := memkv.New(), newModel()
	begin := &g.begins[0]
	if rng.IntN(8) == 0 {
		begin = &g.begins[1]
	}
	if err := begin.lay(ctx, inner, m); err != nil {
		return nil, err
	}
	keys := &ledgerKeys{Store: inner, values: map[kv.Key][32]byte{}}
	store := kvtest.NewFaulty(keys, seed)
	rates := []float64{0, 0.05, 0.2, 0.5}
	r := kvtest.Rates{Write: rates[rng.IntN(4)], Swap: rates[rng.IntN(4)], Fail: []float64{0, 0, 0.05}[rng.IntN(3)]}
	store.Random(r)
	large := []float64{0, 0, 0, 0.3}[rng.IntN(4)]
	rivals := make([]*rival, 3+rng.IntN(2))
	bodies := make([]func(func()), len(rivals))
	for who := range rivals {
		v := &rival{
			grounds: g, model: m, name: fmt.Sprintf("rival %d", who), large: large, reads: who == 0, quiet: r == kvtest.Rates{},
			rng: rand.New(rand.NewPCG(seed, 16+uint64(who))), clock: clock(),
		}
		// Clocks disagree, and no decision may depend on them.
		now, ahead := v.clock, time.Duration(rng.IntN(7)-3)*time.Hour
		v.clock = func() time.Time { return now().Add(ahead) }
		rivals[who] = v
		bodies[who] = func(turn func()) {
			v.store = &mortal{turned: turned{store, turn}, rng: v.rng, chance: []float64{0, 0.02}[rng0(seed)]}
			turn()
			v.live(ctx)
		}
	}
	(&schedule{rng: rng, stay: []float64{0, 0.5, 0.9, 0.98}[rng.IntN(4)]}).run(bodies...)
	store.Random(kvtest.Rates{})
	store.Release()
	for range 2 {
		for _, v := range rivals {
			v.store.calm()
			v.recover(ctx)
		}
	}
	if m.broken == nil {
		m.broken = keys.twice
	}
	return store.Log(), errors.Join(m.finishAll(ctx, inner, rivals))
}

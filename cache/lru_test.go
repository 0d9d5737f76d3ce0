package cache

import (
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// TestLRU puts values of all weights: what is found is what was put first, all that is kept is within the limit, what came last is kept, and
// nothing goes that there is room for.
func TestLRU(t *testing.T) {
	const limit, keys = 100, 12
	type held struct {
		value  int
		weight int64
	}
	dropped := 0
	rapid.Check(t, func(t *rapid.T) {
		c := NewLRU[int, int](limit)
		put := make(map[int]held)
		for step := range rapid.IntRange(1, 80).Draw(t, "steps") {
			key, weight := rapid.IntRange(0, keys-1).Draw(t, "key"), rapid.Int64Range(0, limit+5).Draw(t, "weight")
			c.Put(key, step, weight)
			if _, there := put[key]; !there && weight <= limit {
				put[key] = held{step, weight}
			}
			total, heaviest := int64(0), int64(-1) // of those kept, and of those that went
			for k := range keys {
				h, expected := put[k]
				got, ok := c.Get(k)
				switch {
				case ok && (!expected || got != h.value):
					t.Fatalf("key %d has %d, want %+v", k, got, h)
				case ok:
					total += h.weight
				case expected && k == key:
					t.Fatalf("key %d, put last, is not kept: %+v", k, h)
				case expected:
					heaviest = max(heaviest, h.weight)
					delete(put, k)
					dropped++
				}
			}
			if total > limit || heaviest >= 0 && total+heaviest <= limit {
				t.Fatalf("it keeps %d of %d, and a value of %d went", total, limit, heaviest)
			}
		}
	})
	if dropped == 0 {
		t.Error("there was always room for all")
	}
}

// TestLRUAgain keeps what is asked for again, whatever comes between, and lets go of what was asked for once.
func TestLRUAgain(t *testing.T) {
	c := NewLRU[int, string](100)
	c.Put(0, "again", 10)
	c.Put(-1, "once", 10)
	for n := 1; n < 50; n++ {
		c.Put(n, "between", 80)
		if v, ok := c.Get(0); !ok || v != "again" {
			t.Fatalf("after %d others it has %q, %v", n, v, ok)
		}
	}
	if v, ok := c.Get(-1); ok {
		t.Errorf("%q is kept", v)
	}
	c.Put(100, "large", 101)
	if _, ok := c.Get(0); !ok {
		t.Error("a value over the limit drove out another")
	}
	none := NewLRU[int, string](-1)
	none.Put(0, "nothing", 0)
	if v, ok := none.Get(0); ok {
		t.Errorf("without a limit for anything, %q is kept", v)
	}
}

// TestLRUAtOnce puts and gets from several goroutines, each with keys that the others have, too.
func TestLRUAtOnce(t *testing.T) {
	c := NewLRU[int, int](50)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 1000 {
				key := i % 17
				c.Put(key, key*key, int64(key))
				if v, ok := c.Get(key); ok && v != key*key {
					t.Errorf("key %d has %d", key, v)
				}
			}
		})
	}
	all.Wait()
	total := 0
	for key := range 17 {
		if _, ok := c.Get(key); ok {
			total += key
		}
	}
	if total > 50 {
		t.Errorf("%d is kept, more than 50", total)
	}
}

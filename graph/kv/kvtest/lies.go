package kvtest

import (
	"context"
	"slices"

	"entente/graph/kv"
)

// A Damage is what a reader sees instead of a value. It gets its own copy of the value, nil if the key is
// missing, and may change it; nil hides the key.
type Damage func(value []byte) []byte

// Hidden makes the key seem to be missing, in Get and in Scan.
func Hidden([]byte) []byte { return nil }

// Emptied shows an empty value.
func Emptied([]byte) []byte { return []byte{} }

// Flipped turns one bit over, counted modulo the bits there are.
func Flipped(bit int) Damage {
	return func(v []byte) []byte {
		if len(v) > 0 {
			bit := bit % (8 * len(v))
			v[bit/8] ^= 1 << (bit % 8)
		}
		return v
	}
}

// Cut shows at most the first n bytes.
func Cut(n int) Damage {
	return func(v []byte) []byte { return v[:min(n, len(v))] }
}

// Becomes shows another value, such as that of another key.
func Becomes(other []byte) Damage {
	return func([]byte) []byte { return slices.Clone(other) }
}

// lies is all that a Faulty shows wrongly.
type lies struct {
	damage map[kv.Key]Damage
	ends   map[string]int    // by row: how many items a scan gives
	former map[kv.Key][]byte // what a key held before the last write to it, nil if it was missing
}

func newLies() lies {
	return lies{damage: map[kv.Key]Damage{}, ends: map[string]int{}, former: map[kv.Key][]byte{}}
}

// Damage shows a key damaged in every Get and Scan until [Faulty.Heal]. What is stored stays whole.
func (f *Faulty) Damage(k kv.Key, d Damage) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lies.damage[k] = d
}

// Rewind shows a key as it was before the last write to it through this wrapper, missing if it was. It returns
// false if nothing has been written to it.
func (f *Faulty) Rewind(k kv.Key) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	v, ok := f.lies.former[k]
	if ok {
		f.lies.damage[k] = Becomes(v)
	}
	return ok
}

// EndScan ends each Scan of the row after n items, without an error, until [Faulty.Heal].
func (f *Faulty) EndScan(row string, n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lies.ends[row] = n
}

// Heal ends all of [Faulty.Damage], [Faulty.Rewind] and [Faulty.EndScan].
func (f *Faulty) Heal() {
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.lies.damage)
	clear(f.lies.ends)
}

// remember notes what keys hold before they are written.
func (f *Faulty) remember(ctx context.Context, keys []kv.Key) {
	values, err := f.inner.Get(ctx, keys...)
	if err != nil {
		return // the write itself will meet the same error
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, k := range keys {
		f.lies.former[k] = values[i]
	}
}

func (f *Faulty) lie(k kv.Key, v []byte) []byte {
	f.mu.Lock()
	d := f.lies.damage[k]
	f.mu.Unlock()
	if d == nil {
		return v
	}
	f.note("damaged: %v", k)
	return d(v)
}

// randomLie shows one value wrongly, once.
func (f *Faulty) randomLie(k kv.Key, v []byte) []byte {
	if v == nil {
		return nil // of a missing key there is nothing to get wrong
	}
	f.mu.Lock()
	kind, bit := f.rng.IntN(4), f.rng.IntN(8*max(len(v), 1))
	former, changed := f.lies.former[k]
	f.mu.Unlock()
	switch {
	case kind == 0:
		f.note("hidden: %v", k)
		return nil
	case kind == 1:
		f.note("emptied: %v", k)
		return []byte{}
	case kind == 2 && changed:
		f.note("rewound: %v", k)
		return slices.Clone(former)
	default:
		f.note("flipped: bit %d of %v", bit, k)
		return Flipped(bit)(v)
	}
}

// scanEnd returns after how many items a scan ends; below 0 it does not end early.
func (f *Faulty) scanEnd(row string) int {
	early := f.chance(func(r Rates) float64 { return r.Read })
	f.mu.Lock()
	defer f.mu.Unlock()
	if n, ok := f.lies.ends[row]; ok {
		return n
	}
	if early {
		return f.rng.IntN(20)
	}
	return -1
}

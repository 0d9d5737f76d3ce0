package kvtest

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"entente/graph/kv"
)

var _ kv.Store = (*Faulty)(nil)

// Put implements [kv.Store].
func (f *Faulty) Put(ctx context.Context, items ...kv.Item) error {
	items = cloneItems(items)
	return f.write(ctx, "put", keysOf(items), func(ctx context.Context, chosen []int) error {
		return f.inner.Put(ctx, pick(items, chosen)...)
	})
}

// Delete implements [kv.Store].
func (f *Faulty) Delete(ctx context.Context, keys ...kv.Key) error {
	keys = slices.Clone(keys)
	return f.write(ctx, "delete", keys, func(ctx context.Context, chosen []int) error {
		return f.inner.Delete(ctx, pick(keys, chosen)...)
	})
}

// write gives a Put or Delete its fault. do carries out the part of it that is chosen by index.
func (f *Faulty) write(ctx context.Context, name string, keys []kv.Key, do func(context.Context, []int) error) error {
	all := indexes(len(keys))
	fault := f.draw(&f.puts, func(r Rates) float64 { return r.Write }, putFaults)
	f.remember(ctx, keys)
	if fault == None || ctx.Err() != nil {
		return do(ctx, all)
	}
	name = fmt.Sprintf("%s of %d from %v", name, len(keys), first(keys))
	f.note("%v: %s", fault, name)
	var err error
	switch fault {
	case Partial:
		err = do(ctx, f.subset(len(keys)))
	case Errored:
		err = do(ctx, all)
	case Held:
		f.hold(name, func(ctx context.Context) error { return do(ctx, all) })
	case Repeated:
		f.hold(name, func(ctx context.Context) error { return do(ctx, all) })
		return do(ctx, all)
	default: // Dropped
	}
	// What the store itself had to say, that it is closed or a key is too big, is no fault of ours.
	if err != nil {
		return err
	}
	return fmt.Errorf("%w: %w: %s %v", kv.ErrFailed, ErrInjected, name, fault)
}

// Swap implements [kv.Store].
func (f *Faulty) Swap(ctx context.Context, key kv.Key, old, new []byte, with ...kv.Item) error {
	fault := f.draw(&f.swaps, func(r Rates) float64 { return r.Swap }, swapFaults)
	f.remember(ctx, append(keysOf(with), key))
	if fault == None || ctx.Err() != nil {
		return f.inner.Swap(ctx, key, old, new, with...)
	}
	f.note("%v: swap of %v", fault, key)
	injected := fmt.Errorf("%w: swap of %v %v", ErrInjected, key, fault)
	switch fault {
	case Dropped:
		return fmt.Errorf("%w: %w", kv.ErrFailed, injected)
	case Held:
		old, new, with = slices.Clone(old), slices.Clone(new), cloneItems(with)
		f.hold(fmt.Sprintf("swap of %v", key), func(ctx context.Context) error {
			return f.inner.Swap(ctx, key, old, new, with...)
		})
	case UnknownLost:
		if err := f.inner.Put(ctx, pick(with, f.subset(len(with)))...); err != nil {
			return err
		}
	default: // UnknownWon, as far as the store lets it win
		if err := f.inner.Swap(ctx, key, old, new, with...); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: %w", kv.ErrUnknown, injected)
}

// Get implements [kv.Store].
func (f *Faulty) Get(ctx context.Context, keys ...kv.Key) ([][]byte, error) {
	if f.chance(func(r Rates) float64 { return r.Fail }) {
		f.note("failed: get of %d from %v", len(keys), first(keys))
		return nil, fmt.Errorf("%w: %w: get", kv.ErrFailed, ErrInjected)
	}
	values, err := f.inner.Get(ctx, keys...)
	if err != nil {
		return nil, err
	}
	for i, k := range keys {
		values[i] = f.lie(k, values[i])
	}
	if len(keys) > 0 && f.chance(func(r Rates) float64 { return r.Read }) {
		f.mu.Lock()
		i := f.rng.IntN(len(keys))
		f.mu.Unlock()
		values[i] = f.randomLie(keys[i], values[i])
	}
	return values, nil
}

// Scan implements [kv.Store].
func (f *Faulty) Scan(ctx context.Context, row, from, to string) iter.Seq2[kv.Item, error] {
	return func(yield func(kv.Item, error) bool) {
		left := f.scanEnd(row)
		for item, err := range f.inner.Scan(ctx, row, from, to) {
			if err == nil && f.chance(func(r Rates) float64 { return r.Fail }) {
				f.note("failed: scan of %q at %q", row, item.Col)
				item, err = kv.Item{}, fmt.Errorf("%w: %w: scan", kv.ErrFailed, ErrInjected)
			}
			if err != nil {
				yield(item, err)
				return
			}
			if left == 0 {
				f.note("ended: scan of %q before %q", row, item.Col)
				return
			}
			left--
			if item.Value = f.lie(item.Key, item.Value); item.Value == nil {
				continue
			}
			if !yield(item, nil) {
				return
			}
		}
	}
}

// Close implements [kv.Store]. Held calls are lost.
func (f *Faulty) Close() error {
	f.mu.Lock()
	f.held = nil
	f.mu.Unlock()
	return f.inner.Close()
}

func (f *Faulty) chance(rate func(Rates) float64) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	// Nothing is drawn where nothing can happen, so that reads do not shift the faults of writes.
	r := rate(f.rates)
	return r > 0 && f.rng.Float64() < r
}

// subset draws some of n indexes.
func (f *Faulty) subset(n int) []int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.DeleteFunc(indexes(n), func(int) bool { return f.rng.IntN(2) == 0 })
}

func indexes(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

func pick[T any](from []T, chosen []int) []T {
	var some []T
	for _, i := range chosen {
		some = append(some, from[i])
	}
	return some
}

func first(keys []kv.Key) string {
	if len(keys) == 0 {
		return "nothing"
	}
	return keys[0].String()
}

func keysOf(items []kv.Item) []kv.Key {
	var keys []kv.Key
	for _, i := range items {
		keys = append(keys, i.Key)
	}
	return keys
}

func cloneItems(items []kv.Item) []kv.Item {
	items = slices.Clone(items)
	for i := range items {
		items[i].Value = slices.Clone(items[i].Value)
	}
	return items
}

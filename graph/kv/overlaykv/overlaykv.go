// Package overlaykv is an engine that reads from another one and keeps what is written to itself, in memory. With it
// something can be tried on a data folder, such as an import, and nothing of it is in the folder.
//
// The engine below must not be written to meanwhile, and stays its owner's to close, after the overlay.
package overlaykv

import (
	"context"
	"iter"
	"sync"

	"entente/graph/kv"
	"entente/graph/kv/memkv"
)

var _ kv.Store = (*Store)(nil)

// Store is a [kv.Store] over another one. Use [New] to make one.
type Store struct {
	base kv.Store
	top  *memkv.Store // what was written; it also knows whether the store is closed

	mu   sync.RWMutex        // guards gone, and what top has while it is compared with base
	gone map[kv.Key]struct{} // keys that were deleted; top comes before it
}

// New returns a store that holds what base holds.
func New(base kv.Store) *Store {
	return &Store{base: base, top: memkv.New(), gone: make(map[kv.Key]struct{})}
}

// Get implements [kv.Store].
func (s *Store) Get(ctx context.Context, keys ...kv.Key) ([][]byte, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.get(ctx, keys...)
}

// get does the work of Get. The caller holds the lock.
func (s *Store) get(ctx context.Context, keys ...kv.Key) ([][]byte, error) {
	values, err := s.top.Get(ctx, keys...)
	if err != nil {
		return nil, err
	}
	var below []kv.Key
	var places []int
	for i, key := range keys {
		if _, gone := s.gone[key]; values[i] == nil && !gone {
			below, places = append(below, key), append(places, i)
		}
	}
	if len(below) == 0 {
		return values, nil
	}
	under, err := s.base.Get(ctx, below...)
	if err != nil {
		return nil, err
	}
	for i, place := range places {
		values[place] = under[i]
	}
	return values, nil
}

// Scan implements [kv.Store].
func (s *Store) Scan(ctx context.Context, row, from, to string) iter.Seq2[kv.Item, error] {
	return func(yield func(kv.Item, error) bool) {
		above, stopAbove := iter.Pull2(s.top.Scan(ctx, row, from, to))
		defer stopAbove()
		below, stopBelow := iter.Pull2(s.base.Scan(ctx, row, from, to))
		defer stopBelow()
		a, errA, moreA := above()
		b, errB, moreB := below()
		for moreA || moreB {
			if err := s.scanError(ctx, errA, errB); err != nil {
				yield(kv.Item{}, err)
				return
			}
			switch {
			case moreB && (!moreA || b.Col < a.Col):
				if !s.isGone(b.Key) && !yield(b, nil) {
					return
				}
				b, errB, moreB = below()
			default:
				if moreB && a.Col == b.Col {
					b, errB, moreB = below()
				}
				if !yield(a, nil) {
					return
				}
				a, errA, moreA = above()
			}
		}
	}
}

// scanError is what ends a scan: an error of either side, or that the store was closed since the last item.
func (s *Store) scanError(ctx context.Context, errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	_, err := s.top.Get(ctx)
	return err
}

func (s *Store) isGone(key kv.Key) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	_, gone := s.gone[key]
	return gone
}

// Put implements [kv.Store]. It is atomic, and durable as long as the store lives.
func (s *Store) Put(ctx context.Context, items ...kv.Item) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.top.Put(ctx, items...)
}

// Delete implements [kv.Store]. It is atomic.
func (s *Store) Delete(ctx context.Context, keys ...kv.Key) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.top.Delete(ctx, keys...); err != nil {
		return err
	}
	for _, key := range keys {
		s.gone[key] = struct{}{}
	}
	return nil
}

// Swap implements [kv.Store]. It never returns [kv.ErrUnknown], and on an error nothing of with is there.
func (s *Store) Swap(ctx context.Context, key kv.Key, old, new []byte, with ...kv.Item) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := kv.CheckSwap(key, new, with...); err != nil {
		return err
	}
	values, err := s.get(ctx, key)
	if err != nil {
		return err
	}
	if values[0] != nil {
		// The swap compares with what top has.
		if err := s.top.Put(ctx, kv.Item{Key: key, Value: values[0]}); err != nil {
			return err
		}
	}
	return s.top.Swap(ctx, key, old, new, with...)
}

// Close implements [kv.Store]. What was written is gone; the engine below stays open.
func (s *Store) Close() error { return s.top.Close() }

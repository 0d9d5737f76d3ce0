// Package memkv is the engine that keeps everything in memory. It serves tests, throw-away graphs and as the
// model that other engines are compared with.
//
// Nothing outlives the process. Within it, [Store.Reopen] gives what a restart would find.
package memkv

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"

	"entente/graph/kv"
)

var _ kv.Store = (*Store)(nil)

// Store is a [kv.Store] in memory. Use [New] to make one.
type Store struct {
	mu     sync.RWMutex // guards all below, and all of data, which only one open Store refers to
	closed bool
	data   map[string]*row
}

// New returns an empty store.
func New() *Store { return &Store{data: map[string]*row{}} }

// Reopen closes s and returns a store with the same content, as if a process had ended and another begun.
func (s *Store) Reopen() *Store {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return &Store{data: s.data}
}

// Get implements [kv.Store].
func (s *Store) Get(ctx context.Context, keys ...kv.Key) ([][]byte, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	if err := kv.CheckKeys(keys...); err != nil {
		return nil, err
	}
	values := make([][]byte, len(keys))
	for i, k := range keys {
		if v, ok := s.data[k.Row].get(k.Col); ok {
			values[i] = own(v)
		}
	}
	return values, nil
}

// pageSize is how many items Scan copies under one lock. The lock is free while the caller's loop runs.
const pageSize = 64

// Scan implements [kv.Store].
func (s *Store) Scan(ctx context.Context, rowName, from, to string) iter.Seq2[kv.Item, error] {
	return func(yield func(kv.Item, error) bool) {
		next, more := from, true
		for more {
			var page []kv.Item
			var err error
			page, more, err = s.page(ctx, rowName, next, to)
			if err != nil {
				yield(kv.Item{}, err)
				return
			}
			for i, item := range page {
				// Between two items of a page the store may have been closed, or the context cancelled.
				if i > 0 {
					if err := s.check(ctx); err != nil {
						yield(kv.Item{}, err)
						return
					}
				}
				if !yield(item, nil) {
					return
				}
				next = item.Col + "\x00" // the smallest column after this one
			}
		}
	}
}

// page copies the next items of a row, and says whether there may be more.
func (s *Store) page(ctx context.Context, rowName, from, to string) (page []kv.Item, more bool, err error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.ready(ctx); err != nil {
		return nil, false, err
	}
	if err := (kv.Key{Row: rowName}).Check(); err != nil {
		return nil, false, err
	}
	for _, col := range s.data[rowName].between(from, to) {
		if len(page) == pageSize {
			return page, true, nil
		}
		v, _ := s.data[rowName].get(col)
		page = append(page, kv.Item{Key: kv.Key{Row: rowName, Col: col}, Value: own(v)})
	}
	return page, false, nil
}

// Put implements [kv.Store]. It is atomic.
func (s *Store) Put(ctx context.Context, items ...kv.Item) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return err
	}
	if err := kv.CheckItems(items...); err != nil {
		return err
	}
	s.put(items...)
	return nil
}

// Delete implements [kv.Store]. It is atomic.
func (s *Store) Delete(ctx context.Context, keys ...kv.Key) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return err
	}
	if err := kv.CheckKeys(keys...); err != nil {
		return err
	}
	for _, k := range keys {
		s.data[k.Row].delete(k.Col)
	}
	return nil
}

// Swap implements [kv.Store]. It never returns [kv.ErrUnknown], and on an error nothing of with is there.
func (s *Store) Swap(ctx context.Context, key kv.Key, old, new []byte, with ...kv.Item) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.ready(ctx); err != nil {
		return err
	}
	if err := kv.CheckSwap(key, new, with...); err != nil {
		return err
	}
	current, ok := s.data[key.Row].get(key.Col)
	if ok != (old != nil) || !bytes.Equal(current, old) {
		return fmt.Errorf("%w: %v", kv.ErrConflict, key)
	}
	s.put(with...)
	s.put(kv.Item{Key: key, Value: new})
	return nil
}

// Close implements [kv.Store].
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return nil
}

// put writes items that have been checked. The caller holds the lock.
func (s *Store) put(items ...kv.Item) {
	for _, i := range items {
		r := s.data[i.Row]
		if r == nil {
			r = &row{values: map[string][]byte{}}
			s.data[i.Row] = r
		}
		r.put(i.Col, own(i.Value))
	}
}

func (s *Store) check(ctx context.Context) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.ready(ctx)
}

// ready says why a call cannot start. The caller holds the lock.
func (s *Store) ready(ctx context.Context) error {
	if s.closed {
		return kv.ErrClosed
	}
	return ctx.Err()
}

// own returns a copy that is never nil, so that an empty value differs from a missing one.
func own(v []byte) []byte { return append(make([]byte, 0, len(v)), v...) }

// A row keeps its columns sorted. All methods but put may be called on a nil row, which is empty.
type row struct {
	cols   []string // sorted
	values map[string][]byte
}

func (r *row) get(col string) ([]byte, bool) {
	if r == nil {
		return nil, false
	}
	v, ok := r.values[col]
	return v, ok
}

func (r *row) put(col string, v []byte) {
	if _, ok := r.values[col]; !ok {
		if i, found := slices.BinarySearch(r.cols, col); !found {
			r.cols = slices.Insert(r.cols, i, col)
		}
	}
	r.values[col] = v
}

func (r *row) delete(col string) {
	if r == nil {
		return
	}
	if i, ok := slices.BinarySearch(r.cols, col); ok {
		r.cols = slices.Delete(r.cols, i, i+1)
		delete(r.values, col)
	}
}

// between returns the columns with from ≤ col < to, where an empty to is the end of the row.
func (r *row) between(from, to string) []string {
	if r == nil {
		return nil
	}
	lo, _ := slices.BinarySearch(r.cols, from)
	hi := len(r.cols)
	if to != "" {
		hi, _ = slices.BinarySearch(r.cols, to)
	}
	return r.cols[lo:max(lo, hi)]
}

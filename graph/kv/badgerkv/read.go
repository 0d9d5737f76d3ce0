package badgerkv

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/dgraph-io/badger/v4"

	"entente/graph/kv"
	"entente/graph/kv/mirror"
)

// Get implements [kv.Store].
func (s *Store) Get(ctx context.Context, keys ...kv.Key) ([][]byte, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	defer s.gate.RUnlock()
	if err := kv.CheckKeys(keys...); err != nil {
		return nil, err
	}
	values := make([][]byte, len(keys))
	var at kv.Key
	err := protect(func() error {
		txn := s.db.NewTransaction(false)
		defer txn.Discard()
		for i, k := range keys {
			at = k
			// A Get may be of many keys, each of which may wait for the disk.
			if err := ctx.Err(); err != nil {
				return err
			}
			var err error
			if values[i], err = s.get(txn, k); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, s.readError(ctx, at, err)
	}
	return values, nil
}

// get reads one value, nil if there is none. What Badger says must be what was written, or the copy of that is read.
func (s *Store) get(txn *badger.Txn, k kv.Key) ([]byte, error) {
	if err := s.inDoubt(k); err != nil {
		return nil, err
	}
	v, err := badgerValue(txn, k)
	if !s.witness || err == nil && s.agrees(k, v) {
		return v, err
	}
	return s.another(k)
}

// agrees reports whether a value is what the mirror says was written last under the key.
func (s *Store) agrees(k kv.Key, v []byte) bool {
	verdict := s.mirror.Check(k, v)
	return verdict == mirror.Same || verdict == mirror.Absent && v == nil
}

// another is the value of a key for which Badger gave none or a wrong one. A write may have been under way, which is in
// one of the two a moment before the other; so it looks again when there is none.
func (s *Store) another(k kv.Key) (v []byte, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	txn := s.db.NewTransaction(false)
	defer txn.Discard()
	v, err = badgerValue(txn, k)
	if err == nil && s.agrees(k, v) {
		return v, nil
	}
	if s.mirror.Check(k, nil) == mirror.Absent {
		s.trip.set(fmt.Sprintf("badger/ has %v, which was deleted or never written", k))
		return nil, nil
	}
	found := "no value or another one"
	if err != nil {
		found = err.Error()
	}
	copied, err := s.mirror.Value(k)
	if err != nil {
		return nil, fmt.Errorf("badger/ has %s, and mirror/: %w", found, err)
	}
	s.trip.set(fmt.Sprintf("badger/ has %s under %v; it is read from mirror/", found, k))
	return copied, nil
}

// badgerValue is what Badger says of a key: nil if it knows none.
func badgerValue(txn *badger.Txn, k kv.Key) (v []byte, err error) {
	err = protect(func() error {
		item, err := txn.Get(encode(k))
		if errors.Is(err, badger.ErrKeyNotFound) {
			return nil
		}
		if err == nil {
			v, err = value(item)
		}
		return err
	})
	return v, err
}

// value copies the value of an item, never to nil.
func value(item *badger.Item) ([]byte, error) {
	var v []byte
	err := item.Value(func(b []byte) error {
		v = append(make([]byte, 0, len(b)), b...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if got, want := item.UserMeta(), metaFor(v); got != want {
		return nil, fmt.Errorf("value of %d bytes is marked %d, not %d", len(v), got, want)
	}
	return v, nil
}

// readError says of an error met at a key whose it is: the context's, or a fault of the store.
func (s *Store) readError(ctx context.Context, at kv.Key, err error) error {
	if errors.Is(err, kv.ErrUnknown) || (ctx.Err() != nil && errors.Is(err, ctx.Err())) {
		return err
	}
	return fmt.Errorf("badgerkv: %w: %v: %w", kv.ErrCorrupt, at, err)
}

// A Scan reads page by page and is outside Badger while the caller's loop runs, so that Close need not wait for
// that loop, nor a page be torn by it. Pages begin small, for a loop that breaks early, and grow.
const (
	firstPage = 16
	lastPage  = 1024
	pageBytes = 1 << 20
)

// Scan implements [kv.Store].
func (s *Store) Scan(ctx context.Context, row, from, to string) iter.Seq2[kv.Item, error] {
	return func(yield func(kv.Item, error) bool) {
		next := from
		for size, more := firstPage, true; more; size = min(2*size, lastPage) {
			page, rest, err := s.page(ctx, row, next, to, size)
			if err != nil {
				yield(kv.Item{}, err)
				return
			}
			more = rest
			for i, item := range page {
				// While the loop ran, the store may have been closed or the context cancelled.
				if i > 0 {
					if err := s.enter(ctx); err != nil {
						yield(kv.Item{}, err)
						return
					}
					s.gate.RUnlock()
				}
				if !yield(item, nil) {
					return
				}
				next = item.Col + "\x00" // the smallest column after this one
			}
		}
	}
}

// page reads up to size items of a row, and says whether there may be more.
func (s *Store) page(ctx context.Context, row, from, to string, size int) (page []kv.Item, more bool, err error) {
	if err := s.enter(ctx); err != nil {
		return nil, false, err
	}
	defer s.gate.RUnlock()
	if err := (kv.Key{Row: row}).Check(); err != nil {
		return nil, false, err
	}
	at := kv.Key{Row: row, Col: from}
	err = protect(func() error {
		txn := s.db.NewTransaction(false)
		defer txn.Discard()
		prefix := rowPrefix(row)
		// No prefetching: it runs in a goroutine of Badger, where nobody can recover from a panic.
		it := txn.NewIterator(badger.IteratorOptions{Prefix: prefix, PrefetchValues: false})
		defer it.Close()
		var bytes int
		for it.Seek(append(rowPrefix(row), from...)); it.Valid(); it.Next() {
			item := it.Item()
			col := string(item.Key()[len(prefix):])
			if to != "" && col >= to {
				return nil
			}
			if len(page) == size || bytes >= pageBytes {
				more = true
				return nil
			}
			at.Col = col
			if err := s.inDoubt(at); err != nil {
				return err
			}
			v, err := value(item)
			if s.witness && (err != nil || !s.agrees(at, v)) {
				v, err = s.another(at)
			}
			if err != nil {
				return err
			}
			if v == nil {
				continue // it was deleted
			}
			page = append(page, kv.Item{Key: at, Value: v})
			bytes += len(v)
		}
		return nil
	})
	if err != nil {
		return nil, false, s.readError(ctx, at, err)
	}
	return page, more, nil
}

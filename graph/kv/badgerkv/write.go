package badgerkv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"entente/graph/kv"
	"entente/graph/kv/mirror"
)

// Put implements [kv.Store]. What fits one transaction of Badger is written atomically.
func (s *Store) Put(ctx context.Context, items ...kv.Item) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.gate.RUnlock()
	if err := kv.CheckItems(items...); err != nil {
		return err
	}
	return s.put(ctx, items)
}

func (s *Store) put(ctx context.Context, items []kv.Item) error {
	for len(items) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := s.fit(items)
		if _, err := s.apply(items[:n], nil); err != nil {
			return err
		}
		items = items[n:]
	}
	return nil
}

// Swap implements [kv.Store]. The items of with go into the transaction of the swap if they fit.
func (s *Store) Swap(ctx context.Context, key kv.Key, old, new []byte, with ...kv.Item) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.gate.RUnlock()
	if err := kv.CheckSwap(key, new, with...); err != nil {
		return err
	}
	items := append(slices.Clone(with), kv.Item{Key: key, Value: new})
	if s.fit(items) < len(items) {
		if err := s.put(ctx, with); err != nil {
			return err
		}
		items = items[len(with):]
	}

	s.swapping.Lock()
	defer s.swapping.Unlock()
	if err := ctx.Err(); err != nil { // it may have ended while waiting
		return err
	}
	var current []byte
	err := protect(func() (err error) {
		txn := s.db.NewTransaction(false)
		defer txn.Discard()
		current, err = s.get(txn, key)
		return err
	})
	if err != nil {
		return s.readError(ctx, key, err)
	}
	if (current == nil) != (old == nil) || !bytes.Equal(current, old) {
		return fmt.Errorf("%w: %v", kv.ErrConflict, key)
	}
	sent, err := s.apply(items, nil)
	if err != nil && sent {
		s.doubts.Store(key, true)
		s.doubtful.Store(true)
		return fmt.Errorf("%w: swap of %v: %w", kv.ErrUnknown, key, err)
	}
	return err
}

// inDoubt returns [kv.ErrUnknown] for a key whose last swap failed half-way. Badger may show the new value, and
// lose it at the next power loss, because it was never synced. Whoever saw it would take it for durable, so
// nobody sees it until the store is opened again and shows what is really there.
func (s *Store) inDoubt(k kv.Key) error {
	if !s.doubtful.Load() {
		return nil
	}
	if _, ok := s.doubts.Load(k); ok {
		return fmt.Errorf("%w: %v until the store is opened again", kv.ErrUnknown, k)
	}
	return nil
}

// Delete implements [kv.Store]. Badger marks the keys as deleted; without compaction their bytes stay on disk.
func (s *Store) Delete(ctx context.Context, keys ...kv.Key) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.gate.RUnlock()
	if err := kv.CheckKeys(keys...); err != nil {
		return err
	}
	s.swapping.Lock()
	defer s.swapping.Unlock()
	// A key without a value is small enough that a fixed number of them fits every transaction.
	for batch := range slices.Chunk(keys, 256) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := s.apply(nil, batch); err != nil {
			return err
		}
	}
	return nil
}

// overhead is what an item takes in a transaction, and in a log, beyond its key and value; rather too much.
const overhead = 64

func itemSize(i kv.Item) int64 { return int64(len(i.Row) + len(i.Col) + len(i.Value) + overhead) }

// fit returns how many of the first items go into one transaction, at least one.
func (s *Store) fit(items []kv.Item) int {
	room := s.db.MaxBatchSize() - 3*overhead // Badger adds an item of its own, and we the mark
	most := min(int64(len(items)), s.db.MaxBatchCount()-3)
	for n := range most {
		if room -= itemSize(items[n]); room < 0 {
			return max(int(n), 1)
		}
	}
	return int(most)
}

// apply is the one point that everything passes on its way to the disk. A transaction of Badger and a record of the mirror
// are written side by side, one pair after the other, and both are durable on nil. The transaction holds the position of
// the record, so each says of the other how far it came. What is given must fit one transaction, and is all there or
// not at all. If sent is false nothing was handed to Badger; if it is true and err is not nil, it may be there or not.
func (s *Store) apply(puts []kv.Item, deletes []kv.Key) (sent bool, err error) {
	need := int64(len(deletes) * kv.MaxKey)
	for _, i := range puts {
		need += itemSize(i)
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.trip.err(); err != nil {
		return false, err
	}
	if err := s.room(2 * need); err != nil {
		return false, err
	}
	sent, err = s.write(inOrder(puts), sortedKeys(deletes))
	if err != nil {
		// What a failed sync left behind nobody knows, and a second one that succeeds proves nothing.
		s.trip.set("write failed: " + err.Error())
		return sent, fmt.Errorf("badgerkv: %w: %w", kv.ErrFailed, err)
	}
	return sent, nil
}

// inOrder sorts the items by key, and keeps the last of those with the same. A record that must be made again from what
// Badger has is then the same to the byte.
func inOrder(items []kv.Item) []kv.Item {
	sorted := func(a, b kv.Item) int { return compareKeys(a.Key, b.Key) }
	if !slices.IsSortedFunc(items, sorted) {
		items = slices.Clone(items)
		slices.SortStableFunc(items, sorted)
	}
	for n := 1; n < len(items); n++ {
		if items[n-1].Key == items[n].Key {
			items = slices.Clone(items)
			slices.Reverse(items)
			items = slices.CompactFunc(items, func(a, b kv.Item) bool { return a.Key == b.Key })
			slices.Reverse(items)
			break
		}
	}
	return items
}

func sortedKeys(keys []kv.Key) []kv.Key {
	keys = slices.SortedFunc(slices.Values(keys), compareKeys)
	return slices.Compact(keys)
}

func compareKeys(a, b kv.Key) int { return bytes.Compare(encode(a), encode(b)) }

// write writes to the mirror and to Badger at once.
func (s *Store) write(puts []kv.Item, deletes []kv.Key) (sent bool, err error) {
	mark, err := s.mirror.Stage(puts, deletes)
	if err != nil {
		return false, err
	}
	mirrored := make(chan error, 1)
	go func() { mirrored <- s.mirror.Sync() }()
	sent, err = s.commit(puts, deletes, mark)
	return sent, errors.Join(err, <-mirrored)
}

// commit runs one transaction, durable on nil.
func (s *Store) commit(puts []kv.Item, deletes []kv.Key, mark mirror.Position) (sent bool, err error) {
	err = protect(func() error {
		txn := s.db.NewTransaction(true)
		defer txn.Discard()
		// Badger keeps the value until the commit has returned, which is before the caller may change it.
		for _, i := range puts {
			if err := txn.SetEntry(entry(i)); err != nil {
				return err
			}
		}
		for _, k := range deletes {
			if err := txn.Delete(encode(k)); err != nil {
				return err
			}
		}
		if err := txn.Set(markKey, mark.Append(nil)); err != nil {
			return err
		}
		sent = true
		err := txn.Commit()
		if errors.Is(err, badger.ErrTxnTooBig) || errors.Is(err, badger.ErrBlockedWrites) {
			sent = false // it came back before Badger's writer saw it
		}
		if err != nil {
			return err
		}
		return s.names.sync()
	})
	return sent, err
}

package badgerkv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"entente/graph/kv"
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
		if _, err := s.apply(items[:n]); err != nil {
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
	sent, err := s.apply(items)
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
		_, err := s.write(int64(len(batch)*kv.MaxKey), func(txn *badger.Txn) error {
			for _, k := range batch {
				if err := txn.Delete(encode(k)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// overhead is what an item takes in a transaction, and in a log, beyond its key and value; rather too much.
const overhead = 64

func size(i kv.Item) int64 { return int64(len(i.Row) + len(i.Col) + len(i.Value) + overhead) }

// fit returns how many of the first items go into one transaction, at least one.
func (s *Store) fit(items []kv.Item) int {
	room := s.db.MaxBatchSize() - overhead // Badger adds an item of its own
	most := min(int64(len(items)), s.db.MaxBatchCount()-2)
	for n := range most {
		if room -= size(items[n]); room < 0 {
			return max(int(n), 1)
		}
	}
	return int(most)
}

// apply is the one point that every item passes on its way to the disk, be it of a Put or of a Swap, in the
// order of acknowledgement for any one key. Whatever must see all that the store acknowledges, such as a second
// copy of it beside Badger's files, belongs here and nowhere else. Items must fit one transaction, and are all
// there or none. If sent is false nothing was handed to Badger; if it is true and err is not nil, the items may
// be there or not.
func (s *Store) apply(items []kv.Item) (sent bool, err error) {
	var need int64
	for _, i := range items {
		need += size(i)
	}
	return s.write(need, func(txn *badger.Txn) error {
		for _, i := range items {
			// Badger keeps the value until the commit has returned, which is before the caller may change it.
			if err := txn.SetEntry(entry(i)); err != nil {
				return err
			}
		}
		return nil
	})
}

// write runs one transaction, durable on nil, if the store is well and the disk has room for need more bytes.
func (s *Store) write(need int64, fill func(*badger.Txn) error) (sent bool, err error) {
	if err := s.trip.err(); err != nil {
		return false, err
	}
	if err := s.room(need); err != nil {
		return false, err
	}
	err = protect(func() error {
		txn := s.db.NewTransaction(true)
		defer txn.Discard()
		if err := fill(txn); err != nil {
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
	if err != nil {
		// What a failed sync left behind nobody knows, and a second one that succeeds proves nothing.
		s.trip.set("write failed: " + err.Error())
		return sent, fmt.Errorf("badgerkv: %w: %w", kv.ErrFailed, err)
	}
	return sent, nil
}

// room is the gate of free space. Badger writes to mapped files, where a full disk is a fault that ends the
// process, and ends it again at each start.
func (s *Store) room(need int64) error {
	if s.reserve == 0 {
		return nil
	}
	have, err := free(s.dir)
	if err != nil {
		return fmt.Errorf("badgerkv: %w: free space: %w", kv.ErrFailed, err)
	}
	if have-need < s.reserve {
		return fmt.Errorf("badgerkv: %w: %d bytes free, %d to write, %d in reserve", kv.ErrNoSpace, have, need, s.reserve)
	}
	return nil
}

package badgerkv

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"

	"github.com/dgraph-io/badger/v4"

	"entente/graph/kv"
	"entente/graph/kv/mirror"
)

// adopt makes a mirror for a Badger that has none: there is nothing in it yet but for what a stop in the very first write left,
// or it is of before there were mirrors.
func (s *Store) adopt(dir string) error {
	items := 0
	for _, err := range s.items() {
		if err != nil {
			return err
		}
		items++
	}
	end := s.mirror.At()
	switch {
	case items == 0:
		return s.level(nil)
	case end.Write > 0:
		return fmt.Errorf("%w: badger/ holds %d values and no mark of mirror/, which holds %d writes", kv.ErrCorrupt, items, end.Write)
	}
	path := filepath.Join(dir, mirrorPart)
	if err := s.copyToMirror(path + ".new"); err != nil {
		return err
	}
	if err := os.RemoveAll(path); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	if err := syncFolder(dir); err != nil {
		return err
	}
	log, err := mirror.Open(path, s.mirrorSize)
	if err != nil {
		return err
	}
	s.mirror = log
	_, err = s.commit(nil, nil, log.At())
	return err
}

// recordBytes is about how much goes into one record where many values are copied.
const recordBytes = 1 << 20

// copyToMirror writes all that Badger holds to a new mirror.
func (s *Store) copyToMirror(path string) error {
	if err := os.RemoveAll(path); err != nil {
		return err
	}
	log, err := mirror.Open(path, s.mirrorSize)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }() // what counts is synced
	var items []kv.Item
	size := int64(0)
	flush := func() error {
		if _, err := log.Stage(items, nil); err != nil {
			return err
		}
		items, size = items[:0], 0
		return log.Sync()
	}
	for i, err := range s.items() {
		if err != nil {
			return err
		}
		items = append(items, i)
		if size += itemSize(i); size < recordBytes {
			continue
		}
		if err := flush(); err != nil {
			return err
		}
	}
	return flush()
}

// items reads all that Badger holds, in the order of its keys.
func (s *Store) items() iter.Seq2[kv.Item, error] {
	return func(yield func(kv.Item, error) bool) {
		stopped := false
		err := protect(func() error {
			txn := s.db.NewTransaction(false)
			defer txn.Discard()
			it := txn.NewIterator(badger.IteratorOptions{})
			defer it.Close()
			for it.Rewind(); it.Valid() && !stopped; it.Next() {
				item := it.Item()
				if string(item.Key()) == string(markKey) {
					continue
				}
				k, err := decode(item.Key())
				if err != nil {
					return err
				}
				v, err := value(item)
				if err != nil {
					return fmt.Errorf("%v: %w", k, err)
				}
				stopped = !yield(kv.Item{Key: k, Value: v}, nil)
			}
			return nil
		})
		if err != nil && !stopped {
			yield(kv.Item{}, fmt.Errorf("%w: %w", kv.ErrCorrupt, err))
		}
	}
}

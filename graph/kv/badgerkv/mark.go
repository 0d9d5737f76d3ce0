package badgerkv

import (
	"errors"
	"fmt"

	"github.com/dgraph-io/badger/v4"

	"entente/graph/kv"
	"entente/graph/kv/mirror"
)

// readMark reads which record of the mirror Badger's last transaction goes with; nil if there is none.
func readMark(db *badger.DB) (mark *mirror.Position, err error) {
	err = protect(func() error {
		return db.View(func(txn *badger.Txn) error {
			item, err := txn.Get(markKey)
			if errors.Is(err, badger.ErrKeyNotFound) {
				return nil
			}
			if err != nil {
				return err
			}
			return item.Value(func(b []byte) error {
				p, err := mirror.ParsePosition(b)
				mark = &p
				return err
			})
		})
	})
	if err != nil {
		return nil, fmt.Errorf("%w: badger/ does not give the mark of the mirror: %w", kv.ErrCorrupt, err)
	}
	return mark, nil
}

// apart says of Badger and mirror, at their ends, why neither can be brought to where the other is; nil if they are at
// most one write apart, which is what a kill or a power loss between the two leaves.
func apart(mark *mirror.Position, report mirror.Report) error {
	end := report.End
	lost := func(found string, args ...any) error {
		return fmt.Errorf("%w: %s", kv.ErrCorrupt, fmt.Sprintf(found, args...))
	}
	switch {
	case mark == nil && end.Write <= 1:
		return nil
	case mark == nil:
		return lost("badger/ is empty, or lost the end of it, and mirror/ holds %d writes", end.Write)
	case end == (mirror.Position{}):
		return lost("mirror/ is gone, badger/ holds %d writes", mark.Write)
	case mark.Mirror != end.Mirror && end.Mirror != (mirror.ID{}): // damage may have hit its id alone
		return lost("badger/ goes with mirror %v, mirror/ is %v: they are of two folders, or of two times", mark.Mirror, end.Mirror)
	case mark.Write+1 < end.Write:
		return lost("badger/ ends at write %d, mirror/ at %d: badger/ lost its end, or an older one was put in its place", mark.Write, end.Write)
	case mark.Write > end.Write+1:
		return lost("mirror/ ends at write %d, badger/ at %d: mirror/ lost its end, or an older one was put in its place", end.Write, mark.Write)
	case mark.Write == end.Write && mark.Sum != end.Sum:
		return lost("badger/ and mirror/ both end at write %d, and it is not the same", end.Write)
	}
	return nil
}

// level brings Badger and mirror to the same write, where a stop in the middle of one left them a write apart. None
// of it was acknowledged, or all of it is durable in one of the two.
func (s *Store) level(mark *mirror.Position) error {
	end := s.mirror.At()
	switch {
	case mark == nil && end.Write == 0:
		return nil
	case mark == nil || mark.Write < end.Write:
		puts, deletes, err := s.mirror.Last()
		if err != nil {
			return err
		}
		_, err = s.commit(puts, deletes, end)
		return err
	case mark.Write > end.Write:
		puts, deletes, err := s.lastTransaction()
		if err != nil {
			return err
		}
		at, err := s.mirror.Stage(puts, deletes)
		if err != nil {
			return err
		}
		if at != *mark {
			return fmt.Errorf("%w: write %d is in badger/ alone, and not as it was written", kv.ErrCorrupt, mark.Write)
		}
		return s.mirror.Sync()
	}
	return nil
}

// lastTransaction reads back what Badger's last transaction wrote.
func (s *Store) lastTransaction() (puts []kv.Item, deletes []kv.Key, err error) {
	err = protect(func() error {
		return s.db.View(func(txn *badger.Txn) error {
			mark, err := txn.Get(markKey)
			if err != nil {
				return err
			}
			version := mark.Version()
			opts := badger.IteratorOptions{SinceTs: version - 1, AllVersions: true}
			it := txn.NewIterator(opts)
			defer it.Close()
			for it.Rewind(); it.Valid(); it.Next() {
				item := it.Item()
				if item.Version() != version || string(item.Key()) == string(markKey) {
					continue
				}
				k, err := decode(item.Key())
				if err != nil {
					return err
				}
				if item.IsDeletedOrExpired() {
					deletes = append(deletes, k)
					continue
				}
				v, err := value(item)
				if err != nil {
					return err
				}
				puts = append(puts, kv.Item{Key: k, Value: v})
			}
			return nil
		})
	})
	return puts, deletes, err
}

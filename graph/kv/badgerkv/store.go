package badgerkv

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4"

	"entente/graph/kv"
	"entente/graph/kv/mirror"
)

var _ kv.Store = (*Store)(nil)

// Store is a [kv.Store] in a folder. Use [Open] to get one.
type Store struct {
	dir        string // Badger's part of the folder
	reserve    int64
	memTable   int64 // bytes
	lock       *os.File
	db         *badger.DB
	mirror     *mirror.Log
	mirrorSize int64 // of a segment
	trip       *trip
	names      nameSync

	// witness says that the mirror is whole, so that what Badger gives is checked against it.
	witness bool

	// gate is held for reading by every call while it is inside Badger, and for writing by Close.
	gate   sync.RWMutex
	closed bool // guarded by gate

	swapping sync.Mutex // held from the reading to the writing of a Swap, and by Delete
	writing  sync.Mutex // held while a transaction and its record in the mirror are written

	doubtful atomic.Bool // whether doubts has any
	doubts   sync.Map    // kv.Key of swaps that failed half-way: see inDoubt
}

// Err is nil while the store accepts writes. Afterwards it is [kv.ErrReadOnly] with the first reason, until the
// store is opened anew. A lack of space does not count, since it passes.
func (s *Store) Err() error { return s.trip.err() }

// Close implements [kv.Store]. Badger writes its last memtable to a table; if its disk fails it tries that for
// ever, so a program that must end should not wait for Close without a deadline. Ending without Close is safe, and on a disk
// that is full to the last Close itself does no more than that, and says so: then Badger is let go of only when the process ends.
func (s *Store) Close() error {
	s.gate.Lock()
	defer s.gate.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	var err error
	if have, freeErr := free(s.dir); freeErr == nil && s.reserve > 0 && have < 2*s.memTable {
		// Badger would write its memtable to a table, and end the process for lack of space. The log has it all.
		err = fmt.Errorf("%w: %d bytes free, too few to put the log into a table; nothing is lost", kv.ErrNoSpace, have)
	} else if err = protect(s.db.Close); err == nil {
		err = syncFolder(s.dir)
	}
	err = errors.Join(err, s.mirror.Close(), unlock(s.lock))
	if err != nil {
		return fmt.Errorf("badgerkv: close: %w: %w", kv.ErrFailed, err)
	}
	return nil
}

// enter opens the gate for a call, unless the store is closed or the context done. On nil the caller must
// unlock the gate for reading when it has left Badger.
func (s *Store) enter(ctx context.Context) error {
	s.gate.RLock()
	err := ctx.Err()
	if s.closed {
		err = kv.ErrClosed
	}
	if err != nil {
		s.gate.RUnlock()
	}
	return err
}

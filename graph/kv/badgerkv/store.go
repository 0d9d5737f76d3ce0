package badgerkv

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4"

	"entente/graph/kv"
)

var _ kv.Store = (*Store)(nil)

// Store is a [kv.Store] in a folder. Use [Open] to get one.
type Store struct {
	dir     string // Badger's part of the folder
	reserve int64
	lock    *os.File
	db      *badger.DB
	trip    *trip
	names   nameSync

	// gate is held for reading by every call while it is inside Badger, and for writing by Close.
	gate   sync.RWMutex
	closed bool // guarded by gate

	swapping sync.Mutex // held from the reading to the writing of a Swap, and by Delete

	doubtful atomic.Bool // whether doubts has any
	doubts   sync.Map    // kv.Key of swaps that failed half-way: see inDoubt
}

// Open opens the store in a folder, which it creates if need be. [kv.ErrInUse] says which process has the
// folder open. Badger leaks two goroutines if it fails to open, so do not retry in a loop.
//
// If Badger warned of anything while opening, the store is open for reading; [Store.Err] has the reason.
func Open(dir string, opts Options) (_ *Store, err error) {
	opts = opts.withDefaults()
	s := &Store{
		dir:     filepath.Join(dir, "badger"),
		reserve: opts.Reserve,
		trip:    &trip{log: opts.Logger},
	}
	s.names.dir = s.dir
	folders := []string{s.dir, dir}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		folders = append(folders, filepath.Dir(filepath.Clean(dir))) // it gets a new name
	}
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return nil, fmt.Errorf("badgerkv: %w: %w", kv.ErrFailed, err)
	}
	if s.lock, err = lockFolder(dir); err != nil {
		return nil, fmt.Errorf("badgerkv: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.lock.Close())
		}
	}()
	err = protect(func() (err error) {
		if err := removeEmpty(s.dir); err != nil {
			return err
		}
		s.db, err = badger.Open(opts.badger(s.dir, s.trip))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("badgerkv: open %s: %w: %w", dir, kv.ErrFailed, err)
	}
	// What Open has made must have its name after a power loss.
	for _, f := range folders {
		if err := syncFolder(f); err != nil {
			return nil, errors.Join(fmt.Errorf("badgerkv: %w: %w", kv.ErrFailed, err), s.db.Close())
		}
	}
	return s, nil
}

// Err is nil while the store accepts writes. Afterwards it is [kv.ErrReadOnly] with the first reason, until the
// store is opened anew. A lack of space does not count, since it passes.
func (s *Store) Err() error { return s.trip.err() }

// Close implements [kv.Store]. Badger writes its last memtable to a table; if its disk fails it tries that for
// ever, so a program that must end should not wait for Close without a deadline. Ending without Close is safe.
func (s *Store) Close() error {
	s.gate.Lock()
	defer s.gate.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	err := protect(s.db.Close)
	if err == nil {
		err = syncFolder(s.dir)
	}
	err = errors.Join(err, s.lock.Close())
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

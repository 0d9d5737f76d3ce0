package badgerkv

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/dgraph-io/badger/v4"

	"entente/graph/kv"
	"entente/graph/kv/mirror"
)

// The parts of a folder.
const (
	badgerPart = "badger"
	mirrorPart = "mirror"
	guardPart  = "guard" // a copy of Badger's part, for the trial
	nextPart   = "next"  // the parts that [Rebuild] makes, until they take their places
)

// Open opens the store in a folder, which it creates if need be. [kv.ErrInUse] says which process has the folder open.
//
// What a stop at any moment left is put right. What is damaged is not: if Badger cannot be opened, or lacks more than the
// write that a stop interrupts, the error is [kv.ErrCorrupt] and says what was found, and the folder stays as it was. If Badger
// warned while opening, the disk is nearly full, or the mirror is damaged, the store is open for reading; [Store.Err] has
// the reason. [Rebuild] mends both.
//
// Badger leaks two goroutines if it fails to open, so do not retry in a loop.
func Open(dir string, opts Options) (*Store, error) {
	s, err := open(dir, opts.withDefaults())
	if err != nil {
		for _, is := range []error{kv.ErrInUse, kv.ErrCorrupt, kv.ErrFailed} {
			if errors.Is(err, is) {
				return nil, fmt.Errorf("badgerkv: open %s: %w", dir, err)
			}
		}
		return nil, fmt.Errorf("badgerkv: open %s: %w: %w", dir, kv.ErrFailed, err)
	}
	return s, nil
}

func open(dir string, opts Options) (_ *Store, err error) {
	s := &Store{dir: filepath.Join(dir, badgerPart), reserve: opts.Reserve, memTable: opts.MemTableSize, mirrorSize: opts.SegmentSize, trip: &trip{log: opts.Logger}}
	s.names.dir = s.dir
	folders := []string{s.dir, dir}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		folders = append(folders, filepath.Dir(filepath.Clean(dir))) // it gets a new name
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if s.lock, err = lockFolder(dir); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, unlock(s.lock))
		}
	}()
	if err := finishRebuild(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return nil, err
	}
	full, err := s.checkDisk(dir, opts)
	if err != nil {
		return nil, err
	}
	if err := s.openParts(dir, opts); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.mirror.Close(), protect(s.db.Close))
		}
	}()
	if full != "" {
		s.trip.set(full)
	} else if err := s.settle(dir); err != nil {
		return nil, err
	}
	// What has been made must have its name after a power loss.
	for _, f := range folders {
		if err := syncFolder(f); err != nil {
			return nil, err
		}
	}
	dropGuards(dir)
	return s, nil
}

// openParts opens Badger, after a trial, and the mirror beside it.
func (s *Store) openParts(dir string, opts Options) (err error) {
	if err := removeEmpty(s.dir); err != nil {
		return err
	}
	var read sync.WaitGroup
	var mirrorErr error
	read.Go(func() { s.mirror, mirrorErr = mirror.Open(filepath.Join(dir, mirrorPart), opts.SegmentSize) })
	var tried *mirror.Position
	if opts.Trial != nil {
		tried, err = s.trial(dir, opts)
	}
	read.Wait()
	if err = errors.Join(err, mirrorErr); err != nil {
		return err
	}
	if opts.Trial != nil {
		if err := s.apart(tried); err != nil {
			return err
		}
	}
	if s.db, err = openBadger(s.dir, opts, s.trip); err != nil {
		return err
	}
	mark, err := readMark(s.db)
	if err == nil {
		err = s.apart(mark)
	}
	if err != nil {
		return errors.Join(err, s.mirror.Close(), protect(s.db.Close))
	}
	return nil
}

// trial opens a copy of Badger's part in another process.
func (s *Store) trial(dir string, opts Options) (*mirror.Position, error) {
	guard, err := newGuard(dir)
	if err != nil {
		return nil, err
	}
	if err := copyBadger(s.dir, guard); err != nil {
		return nil, err
	}
	mark, err := try(opts.Trial, s.dir, guard)
	dropGuards(dir)
	return mark, err
}

// apart is nil if Badger, at the mark, and the mirror can be brought level. A folder without either is, and so is one of before
// there were mirrors.
func (s *Store) apart(mark *mirror.Position) error {
	report := s.mirror.Report()
	if err := apart(mark, report); err != nil {
		return err
	}
	if n := len(report.Damage); n > 0 && mark != nil && mark.Write < report.End.Write {
		return fmt.Errorf("badger/ lacks write %d, and the mirror is damaged: %w", report.End.Write, report.Damage[0])
	}
	return nil
}

// openBadger opens Badger. Logs of a larger memtable are first made tables of.
func openBadger(dir string, opts Options, log *trip) (db *badger.DB, err error) {
	size, err := memTableFor(dir, opts.MemTableSize)
	if err != nil {
		return nil, err
	}
	if size != opts.MemTableSize {
		large := opts
		large.MemTableSize = size
		err := protect(func() error {
			db, err := badger.Open(large.badger(dir, log))
			if err != nil {
				return err
			}
			return db.Close()
		})
		if err != nil {
			return nil, fmt.Errorf("make tables of the logs: %w", err)
		}
	}
	err = protect(func() error {
		db, err = badger.Open(opts.badger(dir, log))
		return err
	})
	return db, err
}

// settle brings Badger and mirror level, unless the mirror is damaged.
func (s *Store) settle(dir string) error {
	if damage := s.mirror.Report().Damage; len(damage) > 0 {
		s.trip.set(damage[0].Error())
		return nil
	}
	mark, err := readMark(s.db)
	if err != nil {
		return err
	}
	if mark == nil {
		if err := s.adopt(dir); err != nil {
			return err
		}
	} else if err := s.level(mark); err != nil {
		return err
	}
	s.witness = true
	return nil
}

// Mirror is where the mirror of a store's folder lies, for those who copy it.
func Mirror(dir string) string { return filepath.Join(dir, mirrorPart) }

package badgerkv

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"entente/graph/kv"
)

// lockFolder takes the folder for this process, or returns [kv.ErrInUse] with the id of the process that has
// it. The lock is the kernel's and ends with its holder, however that dies; the file stays.
func lockFolder(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "LOCK"), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", kv.ErrFailed, err)
	}
	err = flock(f)
	if err != nil {
		// The holder may be between locking and writing its id, so the id can be missing.
		holder, _ := io.ReadAll(io.LimitReader(f, 20))
		_ = f.Close() // opened for this alone
		if !errors.Is(err, unix.EWOULDBLOCK) {
			return nil, fmt.Errorf("%w: lock %s: %w", kv.ErrFailed, dir, err)
		}
		who := "another process"
		if pid := strings.TrimSpace(string(holder)); pid != "" {
			who = "process " + pid
		}
		return nil, fmt.Errorf("%w: folder %s is open in %s", kv.ErrInUse, dir, who)
	}
	err = f.Truncate(0)
	if err == nil {
		_, err = fmt.Fprintf(f, "%d\n", os.Getpid())
	}
	if err != nil {
		return nil, fmt.Errorf("%w: write process id: %w", kv.ErrFailed, errors.Join(err, f.Close()))
	}
	return f, nil
}

// unlock lets go of the folder. To close the file would not do: a process that is just being started has the file open, too, until it runs a program of
// its own, and the lock would last as long.
func unlock(f *os.File) error {
	return errors.Join(unix.Flock(int(f.Fd()), unix.LOCK_UN), f.Close())
}

// flock takes the lock. It tries for a moment: a holder that has just died while it was starting another process lets go of it a little later.
func flock(f *os.File) (err error) {
	for range 10 {
		err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if !errors.Is(err, unix.EWOULDBLOCK) {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}

// removeEmpty removes log files of length zero. A kill between their creation and their first growth leaves
// one, and Badger refuses to open because of it, once. There is nothing in them to lose.
func removeEmpty(dir string) error {
	for _, pattern := range []string{"*.mem", "*.vlog"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return err
		}
		for _, name := range names {
			info, err := os.Stat(name)
			if err != nil {
				return err
			}
			if info.Size() > 0 {
				continue
			}
			if err := os.Remove(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// A nameSync makes the names of new files durable. Badger syncs its files but not the folder they are in when
// it begins a new log, and to a file system that takes POSIX at its word such a file has no name after a power
// loss.
type nameSync struct {
	dir string

	mu     sync.Mutex
	synced time.Time // the folder's time of change when it was last synced
}

// sync does nothing if no name has changed since the last one.
func (n *nameSync) sync() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := time.Now()
	info, err := os.Stat(n.dir)
	if err != nil {
		return err
	}
	changed := info.ModTime()
	if changed.Equal(n.synced) {
		return nil
	}
	if err := syncFolder(n.dir); err != nil {
		return err
	}
	// A file system's clock is coarse. A name made in the same tick as the last one would not show, so a change
	// only counts as synced once its tick is over.
	if now.Sub(changed) > tick {
		n.synced = changed
	}
	return nil
}

// tick is longer than the resolution of the time stamps of ext4 and XFS.
const tick = 50 * time.Millisecond

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	return errors.Join(err, f.Close())
}

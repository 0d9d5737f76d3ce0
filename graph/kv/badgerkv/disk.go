package badgerkv

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"entente/graph/kv"
)

// goodDisks are the file systems on which kills and power losses have been tried. The names of new files are durable there once a
// file is synced; elsewhere much less may be. tmpfs keeps nothing anyway.
var goodDisks = map[int64]bool{unix.EXT4_SUPER_MAGIC: true, unix.XFS_SUPER_MAGIC: true, unix.TMPFS_MAGIC: true}

// diskType is the magic number of the file system of a folder.
func diskType(dir string) (int64, error) {
	var st unix.Statfs_t
	err := unix.Statfs(dir, &st)
	return int64(st.Type), err
}

// checkDisk makes room for opening if the disk is full, and returns the reason why nothing may be written then.
func (s *Store) checkDisk(dir string, o Options) (full string, err error) {
	kind, err := diskType(dir)
	if err != nil {
		return "", err
	}
	if !goodDisks[kind] {
		s.trip.warn("folder %s is on a file system of type %#x; only on ext4 and XFS is it known that a power loss costs nothing", dir, kind)
	}
	ballast := filepath.Join(dir, "ballast")
	have, err := free(dir)
	if err != nil {
		return "", err
	}
	if have >= o.Reserve {
		return "", s.fillBallast(ballast, have, o)
	}
	// Badger writes while it opens, and dies if it cannot.
	if err := os.Remove(ballast); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return fmt.Sprintf("%d bytes were free when the store was opened, %d are the reserve; make room and open it again", have, o.Reserve), nil
}

// fillBallast takes the disk space of the ballast, if there is plenty.
func (s *Store) fillBallast(path string, have int64, o Options) error {
	if info, err := os.Stat(path); o.Ballast == 0 || err == nil && info.Size() == o.Ballast || have < o.Reserve+o.Ballast {
		return nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	err = unix.Fallocate(int(f.Fd()), 0, 0, o.Ballast)
	if errors.Is(err, unix.EOPNOTSUPP) || errors.Is(err, unix.ENOSPC) {
		// It helps later, if at all; now nothing is wrong without it.
		s.trip.warn("no ballast of %d bytes: %v", o.Ballast, err)
		return errors.Join(f.Close(), os.Remove(path))
	}
	return errors.Join(err, f.Close())
}

// Ready is nil if a write would be taken now; else it says why not.
func (s *Store) Ready() error {
	if err := s.trip.err(); err != nil {
		return err
	}
	return s.room(0)
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

// free is the space in bytes that this process may still use on the disk of dir.
func free(dir string) (int64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return int64(uint64(st.Bavail) * uint64(st.Bsize)), nil
}

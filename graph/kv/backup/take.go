package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"entente/graph/kv"
	"entente/graph/kv/mirror"
)

// Options of [Take].
type Options struct {
	// Head is the key whose value Identify reads: whose ledger it is, and at which commit.
	Head     kv.Key
	Identify func(head []byte) (ledger string, commit uint64, err error)
	// Progress, unless nil, is told after each file how many of how many are done.
	Progress func(done, files int)
}

// Taken says what [Take] did.
type Taken struct {
	Manifest
	Kept   int   // files that were there
	Copied int64 // bytes
}

// ErrOther means that a folder holds the backup of another ledger, or files that are not of a backup.
var ErrOther = errors.New("backup: not the place for this one")

// ErrNewer means that a folder holds a newer backup of the ledger.
var ErrNewer = errors.New("backup: the one that is there is newer")

// ErrBusy means that another backup is being taken into a folder.
var ErrBusy = errors.New("backup: another is being taken")

// Take makes the folder to the backup of a mirror, or brings it up to date. The mirror's store may be writing meanwhile: the backup
// holds at least what was acknowledged when Take was called. A mirror that is damaged is refused, and so is a folder with
// another ledger's backup, or with one of a later commit: a folder that was restored from an older backup must not take a newer one's
// place. One at a time is taken into a folder. After an error the backup that was there is as it was.
func Take(ctx context.Context, from, to string, opts Options) (*Taken, error) {
	t := &taking{ctx: ctx, from: from, to: to, opts: opts, taken: &Taken{Manifest: Manifest{Format: format, Time: time.Now().UTC().Truncate(time.Second)}}}
	if err := t.take(); err != nil {
		return nil, fmt.Errorf("backup of %s: %w", from, err)
	}
	return t.taken, nil
}

// A taking is a backup being taken.
type taking struct {
	ctx      context.Context //nolint:containedctx // it lives as long as the call
	from, to string
	opts     Options
	old      *Manifest
	taken    *Taken
}

func (t *taking) take() error {
	// Once without the lock, since nothing may be left in a folder that is not ours, and once with it, since the other may have changed
	// what is there.
	if err := t.lookAround(); err != nil {
		return err
	}
	segments, end, err := t.source()
	if err != nil {
		return err
	}
	lock, err := lockFolder(t.to)
	if err != nil {
		return err
	}
	defer func() { _ = lock.Close() }() // nothing was written to it
	if err := t.lookAround(); err != nil {
		return err
	}
	if t.old != nil && t.old.Ledger != t.taken.Ledger {
		return fmt.Errorf("%w: %s holds a backup of ledger %s, this is %s", ErrOther, t.to, t.old.Ledger, t.taken.Ledger)
	}
	if t.old != nil && t.taken.Commit < t.old.Commit {
		return fmt.Errorf("%w: %s holds commit %d, this is at %d; take it into another folder", ErrNewer, t.to, t.old.Commit, t.taken.Commit)
	}
	dir := filepath.Join(t.to, t.taken.Mirror)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for i, s := range segments {
		file, err := t.copy(dir, &s)
		if err != nil {
			return err
		}
		t.taken.Files = append(t.taken.Files, file)
		if t.opts.Progress != nil {
			t.opts.Progress(i+1, len(segments))
		}
	}
	if err := errors.Join(syncFolder(dir), syncFolder(t.to)); err != nil {
		return err
	}
	// What was read is what was meant to be copied only if the copy says the same.
	if err := t.taken.compare(t.to, end); err != nil {
		return err
	}
	if err := t.taken.write(t.to); err != nil {
		return err
	}
	return t.sweep()
}

// lookAround reads the backup that is there already, and refuses a folder that holds anything else.
func (t *taking) lookAround() (err error) {
	entries, err := os.ReadDir(t.to)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	t.old, err = read(t.to)
	if errors.Is(err, ErrNone) {
		// A first backup that was stopped leaves folders of mirrors, the lock, and perhaps a manifest that was being written.
		for _, e := range entries {
			if e.Name() == lockName || e.Name() == manifestName+newSuffix {
				continue
			}
			if id, err := hex.DecodeString(e.Name()); !e.IsDir() || err != nil || len(id) != len(mirror.ID{}) {
				return fmt.Errorf("%w: %s holds %s, and no backup", ErrOther, t.to, e.Name())
			}
		}
		return nil
	}
	return err
}

// source scans the mirror and notes what it is.
func (t *taking) source() ([]mirror.Segment, mirror.Position, error) {
	segments, err := mirror.Segments(t.from)
	if err != nil {
		return nil, mirror.Position{}, err
	}
	if len(segments) == 0 {
		return nil, mirror.Position{}, fmt.Errorf("%w: there is nothing in it", ErrNone)
	}
	var head []byte
	report, err := mirror.Scan(segments, func(e mirror.Entry) error {
		if e.Key == t.opts.Head {
			head = append(head[:0], e.Value...)
		}
		return t.ctx.Err()
	})
	if err == nil && len(report.Damage) > 0 {
		err = report.Damage[0]
	}
	if err != nil {
		return nil, mirror.Position{}, err
	}
	m := &t.taken.Manifest
	m.Mirror, m.Write, m.Sum = report.End.Mirror.String(), report.End.Write, hex.EncodeToString(report.End.Sum[:])
	m.Ledger, m.Commit, err = t.opts.Identify(head)
	return report.Sound(), report.End, err
}

// copy brings one file up to date.
func (t *taking) copy(dir string, s *mirror.Segment) (File, error) {
	file := File{Name: filepath.Base(s.Path), Number: s.Number, Size: s.Size}
	have := int64(0) // bytes that are there and sound
	if t.old != nil && t.old.Mirror == t.taken.Mirror {
		if i := slices.IndexFunc(t.old.Files, func(f File) bool { return f.Name == file.Name }); i >= 0 {
			f := &t.old.Files[i]
			if f.Size > file.Size {
				return file, fmt.Errorf("%w: %s has %d bytes, and had %d when it was last copied", kv.ErrCorrupt, s.Path, file.Size, f.Size)
			}
			if err := t.old.check(t.to, f); err == nil {
				have = f.Size
			}
		}
	}
	path := filepath.Join(dir, file.Name)
	if have < file.Size {
		if err := t.add(path, s, have); err != nil {
			return file, err
		}
	} else {
		t.taken.Kept++
	}
	sum, err := hashFile(path, file.Size)
	file.SHA256 = sum
	return file, err
}

// add copies what the backup's file lacks.
func (t *taking) add(path string, s *mirror.Segment, have int64) (err error) {
	in, err := os.Open(s.Path)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	for at := have; at < s.Size; {
		if err := t.ctx.Err(); err != nil {
			return err
		}
		n, err := io.Copy(io.NewOffsetWriter(out, at), io.NewSectionReader(in, at, min(s.Size-at, 4<<20)))
		if err != nil {
			return err
		}
		if n == 0 {
			return fmt.Errorf("%w: %s ends at byte %d", kv.ErrCorrupt, s.Path, at)
		}
		at += n
		t.taken.Copied += n
	}
	return out.Sync()
}

func hashFile(path string, size int64) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(f, size))
	if err == nil && n < size {
		err = fmt.Errorf("%w: %s has %d bytes of %d", kv.ErrCorrupt, path, n, size)
	}
	return hex.EncodeToString(h.Sum(nil)), err
}

// sweep deletes the folders of mirrors that are no longer.
func (t *taking) sweep() error {
	entries, err := os.ReadDir(t.to)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if id, err := hex.DecodeString(e.Name()); e.IsDir() && err == nil && len(id) == len(mirror.ID{}) && e.Name() != t.taken.Mirror {
			if err := os.RemoveAll(filepath.Join(t.to, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

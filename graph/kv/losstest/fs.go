package losstest

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	fusefs "github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// An Op is what a program does with a file.
type Op string

// What can be made to fail.
const (
	Open   Op = "open" // or create
	Read   Op = "read"
	Write  Op = "write"
	Sync   Op = "sync"
	Rename Op = "rename"
)

// An FS is a file system that is mounted.
type FS struct {
	mu      sync.Mutex // guards all below
	names   map[string]*file
	folders map[string]bool
	changes []change // of names, since the last sync
	kept    names    // as of the last sync
	fail    func(op Op, path string) syscall.Errno
	cut     bool
}

// names are those that are durable.
type names struct {
	files   map[string]*file
	folders map[string]bool
}

// A change of names.
type change struct {
	from, to string // a file is renamed from; created if from is "", removed if to is ""
	file     *file
	folder   bool
}

func (n *names) apply(c *change) {
	if c.folder {
		if c.to != "" {
			n.folders[c.to] = true
		} else {
			delete(n.folders, c.from)
		}
		return
	}
	if c.from != "" {
		delete(n.files, c.from)
	}
	if c.to != "" {
		n.files[c.to] = c.file
	}
}

// Mount mounts a file system for the test, which skips where that cannot be.
func Mount(t testing.TB) (disk *FS, dir string) {
	t.Helper()
	disk = &FS{names: map[string]*file{}, folders: map[string]bool{}, kept: names{map[string]*file{}, map[string]bool{}}}
	dir = t.TempDir()
	server, err := fusefs.Mount(dir, &node{disk: disk}, &fusefs.Options{
		MountOptions: fuse.MountOptions{DirectMount: true, FsName: "losstest", Name: "losstest", MaxWrite: 1 << 20},
	})
	if err != nil {
		t.Skipf("it takes /dev/fuse and the right to mount, such as that of root: %v", err)
	}
	t.Cleanup(func() {
		if err := server.Unmount(); err != nil {
			// Something still has it open; a lazy unmount lets go of it when that ends.
			t.Log(errors.Join(err, syscall.Unmount(dir, syscall.MNT_DETACH)))
		}
	})
	return disk, dir
}

// Fail lets a function say which operations fail, and how; 0 lets them be. Paths are relative to the mount.
func (d *FS) Fail(f func(op Op, path string) syscall.Errno) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fail = f
}

// failing returns how the operation fails, 0 if it does not. The caller holds no lock.
func (d *FS) failing(op Op, path string) syscall.Errno {
	d.mu.Lock()
	f := d.fail
	d.mu.Unlock()
	if f == nil {
		return 0
	}
	return f(op, path)
}

// Cut takes the power away and writes what the disk has into a folder. Without random that is what was synced alone. Whatever
// programs do on the mount afterwards counts no more.
func (d *FS) Cut(random *rand.Rand, into string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cut = true
	left := names{maps.Clone(d.kept.files), maps.Clone(d.kept.folders)}
	if random != nil && len(d.changes) > 0 {
		for i := range d.changes[:random.IntN(len(d.changes)+1)] {
			left.apply(&d.changes[i])
		}
	}
	for dir := range left.folders {
		if err := os.MkdirAll(filepath.Join(into, dir), 0o755); err != nil {
			return err
		}
	}
	for path, f := range left.files {
		full := filepath.Join(into, path)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(full, f.after(random), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Dump writes all that programs see on the mount into a folder: what it has if nothing is lost.
func (d *FS) Dump(into string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for path, f := range d.names {
		full := filepath.Join(into, path)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(full, f.data, 0o644); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// change notes a change of names. The caller holds the lock.
func (d *FS) change(c change) {
	now := names{d.names, d.folders}
	now.apply(&c)
	d.changes = append(d.changes, c)
}

// commit makes all changes of names durable. The caller holds the lock.
func (d *FS) commit() {
	if d.cut {
		return
	}
	for i := range d.changes {
		d.kept.apply(&d.changes[i])
	}
	d.changes = d.changes[:0]
}

func (d *FS) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return fmt.Sprintf("%d files, %d changes of names not synced", len(d.names), len(d.changes))
}

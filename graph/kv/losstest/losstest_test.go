package losstest_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"entente/graph/kv/losstest"
)

// mapper makes this test binary a process that writes to a mapped file. It is one of its own: a fault on a page would wait for the
// file system, which is in the process of the test and waits for its collector, which waits for the fault.
const mapper = "LOSSTEST_MAPPER"

func TestMain(m *testing.M) {
	if path := os.Getenv(mapper); path != "" {
		if err := writeMapped(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		// Ended without unmapping; the kernel may write the rest later, but it was never synced.
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func writeMapped(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := f.Truncate(1 << 20); err != nil {
		return err
	}
	m, err := unix.Mmap(int(f.Fd()), 0, 1<<20, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return err
	}
	copy(m[8000:], "synced")
	if err := unix.Msync(m, unix.MS_SYNC); err != nil {
		return err
	}
	copy(m[100_000:], "not synced")
	return nil
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// left reads what a cut left of a file, "" and false if it has no name.
func left(t *testing.T, dir, name string) (string, bool) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	return string(b), err == nil
}

func TestCut(t *testing.T) {
	disk, dir := losstest.Mount(t)
	must(t, os.Mkdir(filepath.Join(dir, "sub"), 0o755))
	synced, err := os.Create(filepath.Join(dir, "sub", "synced"))
	must(t, err)
	_, err = synced.WriteString("one")
	must(t, err)
	must(t, synced.Sync())
	_, err = synced.WriteString("two")
	must(t, err)
	never, err := os.Create(filepath.Join(dir, "never"))
	must(t, err)
	_, err = never.WriteString("x")
	must(t, err)
	into := t.TempDir()
	must(t, disk.Cut(nil, into))
	if got, ok := left(t, into, "sub/synced"); !ok || got != "one" {
		t.Errorf("the synced file holds %q, %v", got, ok)
	}
	if got, ok := left(t, into, "never"); ok {
		t.Errorf("the file that was never synced holds %q", got)
	}
	must(t, synced.Sync())
	must(t, disk.Cut(nil, into))
	if got, _ := left(t, into, "sub/synced"); got != "one" {
		t.Errorf("what was synced after the cut counts: %q", got)
	}
	must(t, synced.Close())
	must(t, never.Close())
}

// TestMapped: what is written through a mapping is durable once that is synced, and a later sync of another file makes names
// durable.
func TestMapped(t *testing.T) {
	disk, dir := losstest.Mount(t)
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), mapper+"="+filepath.Join(dir, "mapped"))
	if out, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	into := t.TempDir()
	must(t, disk.Cut(nil, into))
	got, _ := left(t, into, "mapped")
	want := make([]byte, 1<<20)
	copy(want[8000:], "synced")
	if !bytes.Equal([]byte(got), want) {
		t.Errorf("%d bytes, with %q at 8000 and %q at 100000", len(got), got[8000:8006], got[100_000:100_010])
	}
}

// TestRandom: a random cut keeps what was synced, and now and then more.
func TestRandom(t *testing.T) {
	disk, dir := losstest.Mount(t)
	f, err := os.Create(filepath.Join(dir, "f"))
	must(t, err)
	_, err = f.Write(bytes.Repeat([]byte{1}, 40<<10))
	must(t, err)
	must(t, f.Sync())
	_, err = f.Write(bytes.Repeat([]byte{2}, 40<<10))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "new"), nil, 0o644))
	more, names := 0, 0
	for seed := range uint64(50) {
		into := t.TempDir()
		must(t, disk.Cut(rand.New(rand.NewPCG(seed, 0)), into))
		got, _ := left(t, into, "f")
		if len(got) < 40<<10 || bytes.ContainsFunc([]byte(got[:40<<10]), func(r rune) bool { return r != 1 }) {
			t.Fatalf("seed %d: what was synced is not there", seed)
		}
		if bytes.Contains([]byte(got), []byte{2}) {
			more++
		}
		if _, ok := left(t, into, "new"); ok {
			names++
		}
	}
	if more == 0 || more == 50 || names == 0 || names == 50 {
		t.Errorf("of 50 cuts %d kept something not synced, %d a name", more, names)
	}
	must(t, f.Close())
}

func TestFail(t *testing.T) {
	disk, dir := losstest.Mount(t)
	f, err := os.Create(filepath.Join(dir, "f"))
	must(t, err)
	disk.Fail(func(op losstest.Op, path string) syscall.Errno {
		if op == losstest.Sync && path == "f" {
			return syscall.EIO
		}
		return 0
	})
	if err := f.Sync(); err == nil {
		t.Error("the sync did not fail")
	}
	disk.Fail(nil)
	must(t, f.Sync())
	must(t, f.Close())
}

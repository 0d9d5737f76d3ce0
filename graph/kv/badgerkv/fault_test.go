package badgerkv

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"
	"golang.org/x/sys/unix"

	"entente/graph/kv"
)

func openSmall(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir, Options{MemTableSize: MinMemTable, Reserve: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func item(row, col, value string) kv.Item {
	return kv.Item{Key: kv.Key{Row: row, Col: col}, Value: []byte(value)}
}

// writes calls every method that writes and returns the errors by name.
func writes(t *testing.T, s *Store) map[string]error {
	t.Helper()
	ctx := t.Context()
	return map[string]error{
		"Put":    s.Put(ctx, item("w", "put", "x")),
		"Delete": s.Delete(ctx, kv.Key{Row: "r", Col: "there"}),
		"Swap":   s.Swap(ctx, kv.Key{Row: "w", Col: "swap"}, nil, []byte("x"), item("w", "with", "x")),
	}
}

// wantRefused checks that all writes fail with want and leave nothing, and that reads go on.
func wantRefused(t *testing.T, s *Store, want error, reason string) {
	t.Helper()
	for name, err := range writes(t, s) {
		if !errors.Is(err, want) || !strings.Contains(err.Error(), reason) {
			t.Errorf("%s: %v, want %v because of %q", name, err, want, reason)
		}
	}
	there := kv.Key{Row: "r", Col: "there"}
	got, err := s.Get(t.Context(), there, kv.Key{Row: "w", Col: "put"}, kv.Key{Row: "w", Col: "swap"})
	if err != nil || string(got[0]) != "old" || got[1] != nil || got[2] != nil {
		t.Errorf("Get after refused writes = %q, %v", got, err)
	}
}

func TestTrip(t *testing.T) {
	dir := t.TempDir()
	s := openSmall(t, dir)
	if err := s.Put(t.Context(), item("r", "there", "old")); err != nil {
		t.Fatal(err)
	}
	s.trip.Infof("nothing to worry about\n")
	s.trip.Debugf("nothing at all")
	if err := s.Err(); err != nil {
		t.Fatalf("Err() = %v after an info", err)
	}
	s.trip.Warningf("while flushing %s\n", "a table")
	s.trip.Errorf("another")
	wantRefused(t, s, kv.ErrReadOnly, "badger: while flushing a table")
	if err := s.Err(); !errors.Is(err, kv.ErrReadOnly) {
		t.Errorf("Err() = %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for name, err := range writes(t, openSmall(t, dir)) {
		if err != nil {
			t.Errorf("%s after opening anew: %v", name, err)
		}
	}
}

func TestNoSpace(t *testing.T) {
	s := openSmall(t, t.TempDir())
	if err := s.Put(t.Context(), item("r", "there", "old")); err != nil {
		t.Fatal(err)
	}
	s.reserve = 1 << 60
	wantRefused(t, s, kv.ErrNoSpace, "in reserve")
	if err := s.Err(); err != nil {
		t.Errorf("Err() = %v, but a lack of space passes", err)
	}
	s.reserve = 1
	for name, err := range writes(t, s) {
		if err != nil {
			t.Errorf("%s with space again: %v", name, err)
		}
	}
}

// TestReserveCountsNeed: what is about to be written counts as used already.
func TestReserveCountsNeed(t *testing.T) {
	s := openSmall(t, t.TempDir())
	have, err := free(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	s.reserve = have / 2
	if err := s.room(have / 4); err != nil {
		t.Errorf("room(a quarter of what is free): %v", err)
	}
	if err := s.room(have * 3 / 4); !errors.Is(err, kv.ErrNoSpace) {
		t.Errorf("room(three quarters of what is free): %v, want ErrNoSpace", err)
	}
}

// TestFailedWrite makes the last step of a write fail, after Badger has the items.
func TestFailedWrite(t *testing.T) {
	dir := t.TempDir()
	s := openSmall(t, dir)
	ctx, k := t.Context(), kv.Key{Row: "head"}
	if err := s.Swap(ctx, k, nil, []byte("1"), item("r", "there", "old")); err != nil {
		t.Fatal(err)
	}
	s.names.dir = filepath.Join(dir, "missing")
	err := s.Swap(ctx, k, []byte("1"), []byte("2"))
	if !errors.Is(err, kv.ErrUnknown) {
		t.Errorf("Swap: %v, want ErrUnknown", err)
	}
	// Until the folder is opened again nobody is told either value.
	if got, err := s.Get(ctx, k); !errors.Is(err, kv.ErrUnknown) {
		t.Errorf("Get after the swap = %q, %v; want ErrUnknown", got, err)
	}
	for _, err := range s.Scan(ctx, k.Row, "", "") {
		if !errors.Is(err, kv.ErrUnknown) {
			t.Errorf("Scan after the swap: %v, want ErrUnknown", err)
		}
	}
	wantRefused(t, s, kv.ErrReadOnly, "write failed")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openSmall(t, dir)
	got, err := s.Get(ctx, k)
	if err != nil || string(got[0]) != "2" {
		t.Errorf("Get after opening anew = %q, %v", got, err)
	}

	s.names.dir = filepath.Join(dir, "missing")
	if err := s.Put(ctx, item("r", "there", "new")); !errors.Is(err, kv.ErrFailed) {
		t.Errorf("Put: %v, want ErrFailed", err)
	}
}

func TestInUse(t *testing.T) {
	dir := t.TempDir()
	s := openSmall(t, dir)
	_, err := Open(dir, Options{})
	if !errors.Is(err, kv.ErrInUse) || !strings.Contains(err.Error(), fmt.Sprintf("process %d", os.Getpid())) {
		t.Errorf("second Open: %v, want ErrInUse naming the process", err)
	}
	if err := s.Put(t.Context(), item("r", "c", "")); err != nil {
		t.Errorf("Put after the second Open: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	openSmall(t, dir)
}

func TestOpenErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file, Options{}); !errors.Is(err, kv.ErrFailed) {
		t.Errorf("Open of a file: %v", err)
	}

	// A folder of another format is left alone.
	for _, other := range []uint16{format - 1, format + 1} {
		dir := t.TempDir()
		opts := Options{MemTableSize: MinMemTable}.withDefaults().badger(filepath.Join(dir, "badger"), nil)
		opts.ExternalMagicVersion = other
		db, err := badger.Open(opts)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time to see that the first gave the lock back
			if _, err := Open(dir, Options{}); !errors.Is(err, kv.ErrFailed) {
				t.Errorf("Open of format %d: %v, want ErrFailed", other, err)
			}
		}
	}
}

// TestLockEndsWithTheStore closes a folder while another process has the lock's file open, as one does that is just being started.
func TestLockEndsWithTheStore(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	inherited, err := unix.Dup(int(s.lock.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(inherited)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(dir, Options{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestOpenEmptyLogs: a kill can leave log files of length zero.
func TestOpenEmptyLogs(t *testing.T) {
	dir := t.TempDir()
	s := openSmall(t, dir)
	if err := s.Put(t.Context(), item("r", "there", "old")); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"00099.mem", "000099.vlog"} {
		if err := os.WriteFile(filepath.Join(dir, "badger", name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := openSmall(t, dir).Get(t.Context(), kv.Key{Row: "r", Col: "there"})
	if err != nil || string(got[0]) != "old" {
		t.Errorf("Get = %q, %v", got, err)
	}
}

func TestOptions(t *testing.T) {
	for _, c := range []struct {
		in                Options
		memTable, reserve int64
	}{
		{Options{}, DefaultMemTable, DefaultReserve},
		{Options{MemTableSize: 1}, MinMemTable, DefaultReserve},
		{Options{MemTableSize: 128 << 20}, 128 << 20, 512 << 20},
		{Options{Reserve: 5}, DefaultMemTable, 5},
		{Options{Reserve: -1}, DefaultMemTable, 0},
	} {
		got := c.in.withDefaults()
		if got.MemTableSize != c.memTable || got.Reserve != c.reserve {
			t.Errorf("%+v: memtable %d and reserve %d, want %d and %d", c.in, got.MemTableSize, got.Reserve, c.memTable, c.reserve)
		}
	}
}

// TestLogger: Badger's lines arrive, and a healthy life has none above info.
func TestLogger(t *testing.T) {
	var mu sync.Mutex
	lines := map[slog.Level]int{}
	opts := Options{MemTableSize: MinMemTable, Reserve: -1, Logger: func(l slog.Level, _ string) {
		mu.Lock()
		defer mu.Unlock()
		lines[l]++
	}}
	dir := t.TempDir()
	for n := range 3 {
		s, err := Open(dir, opts)
		if err != nil {
			t.Fatal(err)
		}
		fillTables(t, s, fmt.Sprint(n))
		if err := s.Err(); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if lines[slog.LevelInfo] == 0 || lines[slog.LevelWarn] > 0 || lines[slog.LevelError] > 0 {
		t.Errorf("lines by level: %v", lines)
	}
}

// TestMark: a value that came back empty, or came back at all though it was empty, is not believed.
func TestMark(t *testing.T) {
	s := openSmall(t, t.TempDir())
	s.witness = false // it has no such keys
	lost, empty := kv.Key{Row: "r", Col: "lost"}, kv.Key{Row: "r", Col: "empty"}
	err := s.db.Update(func(txn *badger.Txn) error {
		return errors.Join(
			txn.SetEntry(badger.NewEntry(encode(lost), nil).WithMeta(metaValue)),
			txn.SetEntry(badger.NewEntry(encode(empty), []byte("x")).WithMeta(metaEmpty)))
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []kv.Key{lost, empty} {
		if got, err := s.Get(t.Context(), k); !errors.Is(err, kv.ErrCorrupt) || got != nil {
			t.Errorf("Get(%v) = %q, %v; want ErrCorrupt", k, got, err)
		}
		if err := s.Swap(t.Context(), k, []byte{}, []byte("new")); !errors.Is(err, kv.ErrCorrupt) {
			t.Errorf("Swap(%v): %v, want ErrCorrupt", k, err)
		}
	}
}

func TestNameSync(t *testing.T) {
	dir := t.TempDir()
	n := nameSync{dir: dir}
	stamp := func(age time.Duration) time.Time {
		at := time.Now().Add(-age).Truncate(time.Second)
		if err := os.Chtimes(dir, at, at); err != nil {
			t.Fatal(err)
		}
		return at
	}
	old := stamp(time.Hour)
	if err := n.sync(); err != nil || !n.synced.Equal(old) {
		t.Errorf("sync of an old change: %v, %v, want %v", n.synced, err, old)
	}
	older := stamp(2 * time.Hour) // clocks run back; any other time is a change
	if err := n.sync(); err != nil || !n.synced.Equal(older) {
		t.Errorf("sync of another change: %v, %v, want %v", n.synced, err, older)
	}
	// A change in the current tick must be synced again, as another may follow in it.
	stamp(-time.Hour)
	if err := n.sync(); err != nil || !n.synced.Equal(older) {
		t.Errorf("sync of a fresh change: %v, %v, want still %v", n.synced, err, older)
	}
	n.dir = filepath.Join(dir, "missing")
	if err := n.sync(); err == nil {
		t.Error("sync of a missing folder: nil")
	}
}

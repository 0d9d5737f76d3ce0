package badgerkv

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dgraph-io/badger/v4"

	"entente/graph/kv"
)

// tried are options with which a folder is opened as the program does, by this test binary.
func tried() Options {
	return Options{MemTableSize: MinMemTable, Reserve: -1, Ballast: -1, SegmentSize: 4 << 10, Trial: []string{os.Args[0], "check-open"}}
}

func openTried(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir, tried())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// contents reads all keys of the row "r" by Get.
func contents(t *testing.T, s *Store, keys ...string) map[string]string {
	t.Helper()
	got := map[string]string{}
	for _, k := range keys {
		v, err := s.Get(t.Context(), kv.Key{Row: "r", Col: k})
		if err != nil {
			t.Fatal(err)
		}
		if v[0] != nil {
			got[k] = string(v[0])
		}
	}
	return got
}

func wantContents(t *testing.T, s *Store, want map[string]string, keys ...string) {
	t.Helper()
	if got := contents(t, s, append(slices.Collect(maps.Keys(want)), keys...)...); !maps.Equal(got, want) {
		t.Errorf("the store holds %v, want %v", got, want)
	}
	if err := s.Err(); err != nil {
		t.Errorf("Err() = %v", err)
	}
}

func mustPut(t *testing.T, s *Store, col, value string) {
	t.Helper()
	if err := s.Put(t.Context(), item("r", col, value)); err != nil {
		t.Fatal(err)
	}
}

// onlyMirror and onlyBadger do half of a write, as a stop in the middle of one leaves it.
func onlyMirror(t *testing.T, s *Store, puts []kv.Item, deletes []kv.Key) {
	t.Helper()
	_, err := s.mirror.Stage(puts, deletes)
	if err == nil {
		err = s.mirror.Sync()
	}
	if err != nil {
		t.Fatal(err)
	}
}

func onlyBadger(t *testing.T, s *Store, puts []kv.Item, deletes []kv.Key) {
	t.Helper()
	mark, err := s.mirror.Stage(puts, deletes)
	if err == nil {
		_, err = s.commit(puts, deletes, mark)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestHalfAWrite: one write that only one of the two has is carried to the other.
func TestHalfAWrite(t *testing.T) {
	puts := []kv.Item{item("r", "a", "new"), item("r", "c", "new")}
	deletes := []kv.Key{{Row: "r", Col: "b"}}
	for name, half := range map[string]func(*testing.T, *Store, []kv.Item, []kv.Key){"mirror": onlyMirror, "badger": onlyBadger} {
		for _, first := range []bool{true, false} {
			t.Run(fmt.Sprint(name, " first ", first), func(t *testing.T) {
				dir := t.TempDir()
				s := openTried(t, dir)
				want := map[string]string{"a": "new", "c": "new"}
				if !first {
					mustPut(t, s, "a", "old")
					mustPut(t, s, "b", "old")
					mustPut(t, s, "d", "old")
					want["d"] = "old"
				}
				half(t, s, puts, deletes)
				s.Close()
				s = openTried(t, dir)
				wantContents(t, s, want, "b")
				mustPut(t, s, "e", "later")
				want["e"] = "later"
				s.Close()
				s = openTried(t, dir)
				wantContents(t, s, want, "b")
				if got := len(s.mirror.Report().Damage); got > 0 {
					t.Errorf("%d damages", got)
				}
			})
		}
	}
}

// soundValue is what a rebuild is told of values here: those that begin with a known word are as they were written.
func soundValue(_ kv.Key, v []byte) error {
	for _, word := range []string{"old", "new", "value"} {
		if bytes.HasPrefix(v, []byte(word)) {
			return nil
		}
	}
	return errors.New("not a value of this test")
}

func rebuild(t *testing.T, dir, first string) Rebuilt {
	t.Helper()
	done, err := Rebuild(t.Context(), dir, RebuildOptions{Options: tried(), Sound: soundValue, First: kv.Key{Row: "r", Col: first}})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func copyFolder(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// TestLostWrites: what lacks more than a stop explains is refused, the folder stays as it was, and a rebuild mends it.
func TestLostWrites(t *testing.T) {
	remove := func(parts ...string) func(*testing.T, string, string) {
		return func(t *testing.T, dir, _ string) {
			for _, p := range parts {
				if err := os.RemoveAll(filepath.Join(dir, p)); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	putBack := func(part string) func(*testing.T, string, string) {
		return func(t *testing.T, dir, old string) {
			remove(part)(t, dir, old)
			copyFolder(t, filepath.Join(old, part), filepath.Join(dir, part))
		}
	}
	tables := func(t *testing.T, dir string) []string {
		t.Helper()
		names, err := filepath.Glob(filepath.Join(dir, "badger", "*.sst"))
		if err != nil || len(names) == 0 {
			t.Fatalf("no tables in %s: %v", dir, err)
		}
		return names
	}
	for name, c := range map[string]struct {
		damage func(t *testing.T, dir, old string)
		says   string
	}{
		"badger gone":         {remove("badger"), "badger/ is empty"},
		"mirror gone":         {remove("mirror"), "mirror/ is gone"},
		"older badger":        {putBack("badger"), "badger/ ends at write 3, mirror/ at 6"},
		"older mirror":        {putBack("mirror"), "mirror/ ends at write 3, badger/ at 6"},
		"newest segment gone": {remove("mirror/00000002.seg"), "mirror/ ends at write"},
		"manifest cut": {func(t *testing.T, dir, _ string) {
			if err := os.Truncate(filepath.Join(dir, "badger", "MANIFEST"), 17); err != nil {
				t.Fatal(err)
			}
		}, "badger/"},
		"table cut": {func(t *testing.T, dir, _ string) {
			for _, name := range tables(t, dir) {
				if err := os.Truncate(name, 100); err != nil {
					t.Fatal(err)
				}
			}
		}, "Badger cannot open its files in "},
		"table zeroed": {func(t *testing.T, dir, _ string) {
			for _, name := range tables(t, dir) {
				info, err := os.Stat(name)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, make([]byte, info.Size()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}, "Badger cannot open its files in "},
	} {
		t.Run(name, func(t *testing.T) {
			dir, old := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "old")
			s := openTried(t, dir)
			want := map[string]string{}
			for n := range 6 {
				if n == 3 {
					s.Close()
					copyFolder(t, dir, old)
					s = openTried(t, dir)
				}
				want[fmt.Sprint(n)] = "value" + strings.Repeat(fmt.Sprint(n), 1500)
				mustPut(t, s, fmt.Sprint(n), want[fmt.Sprint(n)])
			}
			s.Close()
			c.damage(t, dir, old)
			before := folderBytes(t, dir)
			_, err := Open(dir, tried())
			if !errors.Is(err, kv.ErrCorrupt) || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("Open: %v, want ErrCorrupt and %q", err, c.says)
			}
			if diff := folderBytes(t, dir); !maps.Equal(before, diff) {
				t.Errorf("the refused Open changed the folder: %v, %v", slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(diff)))
			}
			done := rebuild(t, dir, "0")
			if len(done.Found) == 0 || len(done.Lost) > 0 || done.Values != 6 {
				t.Errorf("rebuilt %+v", done)
			}
			wantContents(t, openTried(t, dir), want)
		})
	}
}

// folderBytes is what the files of a folder hold, but for its lock.
func folderBytes(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == "LOCK" {
			return err
		}
		b, err := os.ReadFile(path)
		files[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestDamagedMirror: a damaged mirror leaves the store open for reading, and a rebuild mends it.
func TestDamagedMirror(t *testing.T) {
	t.Run("start", func(t *testing.T) { damagedMirror(t, 50) })
	t.Run("write", func(t *testing.T) { damagedMirror(t, 500) })
}

func damagedMirror(t *testing.T, at int) {
	t.Helper()
	dir := t.TempDir()
	s := openTried(t, dir)
	want := map[string]string{}
	for n := range 6 {
		want[fmt.Sprint(n)] = "value" + strings.Repeat(fmt.Sprint(n), 1500)
		mustPut(t, s, fmt.Sprint(n), want[fmt.Sprint(n)])
	}
	s.Close()
	path := filepath.Join(dir, "mirror", "00000001.seg")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[at] ^= 1
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	s = openTried(t, dir)
	if err := s.Put(t.Context(), item("r", "x", "y")); !errors.Is(err, kv.ErrReadOnly) || !strings.Contains(err.Error(), path) {
		t.Errorf("Put: %v, want ErrReadOnly naming %s", err, path)
	}
	if got := contents(t, s, slices.Collect(maps.Keys(want))...); !maps.Equal(got, want) {
		t.Errorf("the store holds %v", got)
	}
	s.Close()
	if done := rebuild(t, dir, "0"); done.FromBadger == 0 && at > 66 || len(done.Lost) > 0 || len(done.Found) == 0 {
		t.Errorf("rebuilt %+v", done)
	}
	wantContents(t, openTried(t, dir), want)
}

// TestAdopt: a folder of before there were mirrors gets one.
func TestAdopt(t *testing.T) {
	dir := t.TempDir()
	part := filepath.Join(dir, badgerPart)
	db, err := badger.Open(tried().withDefaults().badger(part, nil))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for n := range 300 {
		k, v := fmt.Sprint(n), strings.Repeat(fmt.Sprint(n), 4000)
		want[k] = v
		err := db.Update(func(txn *badger.Txn) error { return txn.SetEntry(entry(item("r", k, v))) })
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s := openTried(t, dir)
		wantContents(t, s, want)
		if !s.witness || s.mirror.At().Write == 0 {
			t.Error("no mirror was made")
		}
		mustPut(t, s, "0", "new")
		want["0"] = "new"
		s.Close()
	}
}

// TestLargeLog: a log that a larger memtable left, when its writer was killed, can be read with a smaller one.
func TestLargeLog(t *testing.T) {
	large := tried()
	large.MemTableSize = 32 << 20
	dir, killed := t.TempDir(), filepath.Join(t.TempDir(), "killed")
	s, err := Open(dir, large)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	fillTables(t, s, "r")
	copyFolder(t, dir, killed) // nothing is under way, so the copy is what a kill leaves
	s = openTried(t, killed)
	for i := range tableItems {
		got, err := s.Get(t.Context(), kv.Key{Row: "r", Col: fmt.Sprintf("%04d", i)})
		if err != nil || !bytes.Equal(got[0], bytes.Repeat([]byte{byte(i + 1)}, tableValue)) {
			t.Fatalf("Get of %d: %d bytes, %v", i, len(got[0]), err)
		}
	}
	if err := s.Err(); err != nil {
		t.Error(err)
	}
}

// TestFullDisk: with less space than the reserve a store opens for reading, and gives up its ballast.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	o := tried()
	o.Ballast = 1 << 20
	s, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	mustPut(t, s, "a", "old")
	s.Close()
	ballast := filepath.Join(dir, "ballast")
	if info, err := os.Stat(ballast); err != nil || info.Size() != o.Ballast {
		t.Fatalf("ballast: %v, %v", info, err)
	}
	full := o
	full.Reserve = 1 << 60
	if s, err = Open(dir, full); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(ballast); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the ballast is still there: %v", err)
	}
	if err := s.Ready(); !errors.Is(err, kv.ErrReadOnly) || !strings.Contains(err.Error(), "bytes were free") {
		t.Errorf("Ready() = %v", err)
	}
	if err := s.Put(t.Context(), item("r", "b", "x")); !errors.Is(err, kv.ErrReadOnly) {
		t.Errorf("Put: %v", err)
	}
	if got := contents(t, s, "a", "b"); !maps.Equal(got, map[string]string{"a": "old"}) {
		t.Errorf("the store holds %v", got)
	}
	s.Close()
	if s, err = Open(dir, o); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	mustPut(t, s, "b", "new")
	if _, err := os.Stat(ballast); err != nil || s.Ready() != nil {
		t.Errorf("with space again: %v, ballast %v", s.Ready(), err)
	}
}

package badgerkv

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/graph/kv"
)

// TestRebuildDrops: the bytes of what was deleted or replaced are gone from the folder after a rebuild.
func TestRebuildDrops(t *testing.T) {
	dir := t.TempDir()
	s := openTried(t, dir)
	mustPut(t, s, "a", "old secret")
	mustPut(t, s, "b", "old secret")
	if err := s.Delete(t.Context(), kv.Key{Row: "r", Col: "a"}); err != nil {
		t.Fatal(err)
	}
	mustPut(t, s, "b", "new")
	s.Close()
	finds := func() bool {
		for _, b := range folderBytes(t, dir) {
			if strings.Contains(b, "secret") {
				return true
			}
		}
		return false
	}
	if !finds() {
		t.Fatal("nothing to drop")
	}
	if done := rebuild(t, dir, "b"); done.Values != 1 || len(done.Found) > 0 {
		t.Errorf("rebuilt %+v", done)
	}
	if finds() {
		t.Error("the secret is still there")
	}
	wantContents(t, openTried(t, dir), map[string]string{"b": "new"}, "a")
}

// TestRebuildStopped: a switching of parts that was stopped at any step is finished by the next Open; before it began, the
// old store stands.
func TestRebuildStopped(t *testing.T) {
	steps := 0
	for step := 0; step <= steps; step++ {
		dir := t.TempDir()
		s := openTried(t, dir)
		mustPut(t, s, "a", "old")
		s.Close()
		next := filepath.Join(dir, nextPart)
		n := openTried(t, next)
		mustPut(t, n, "a", "new")
		n.Close()
		moves := []func() error{
			func() error { return os.WriteFile(filepath.Join(next, completeName), nil, 0o644) },
			func() error { return os.RemoveAll(filepath.Join(dir, badgerPart)) },
			func() error { return os.Rename(filepath.Join(next, badgerPart), filepath.Join(dir, badgerPart)) },
			func() error { return os.RemoveAll(filepath.Join(dir, mirrorPart)) },
			func() error { return os.Rename(filepath.Join(next, mirrorPart), filepath.Join(dir, mirrorPart)) },
		}
		steps = len(moves)
		for _, move := range moves[:step] {
			if err := move(); err != nil {
				t.Fatal(err)
			}
		}
		want := "new"
		if step == 0 {
			want = "old"
		}
		wantContents(t, openTried(t, dir), map[string]string{"a": want})
	}
}

// TestRebuildLost: if neither copy has what a store cannot be without, the folder stays as it is.
func TestRebuildLost(t *testing.T) {
	dir := t.TempDir()
	s := openTried(t, dir)
	mustPut(t, s, "a", "old")
	s.Close()
	for _, name := range []string{"mirror/00000001.seg", "badger/MANIFEST"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("nothing of ours"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	before := folderBytes(t, dir)
	_, err := Rebuild(t.Context(), dir, RebuildOptions{Options: tried(), Sound: soundValue, First: kv.Key{Row: "r", Col: "a"}})
	if !errors.Is(err, kv.ErrCorrupt) || !strings.Contains(err.Error(), "neither") {
		t.Errorf("Rebuild: %v", err)
	}
	if !maps.Equal(before, folderBytes(t, dir)) {
		t.Error("the folder has changed")
	}
}

// TestRebuildRefused: if the new store does not pass, the old one stays.
func TestRebuildRefused(t *testing.T) {
	dir := t.TempDir()
	s := openTried(t, dir)
	mustPut(t, s, "a", "old")
	s.Close()
	before := folderBytes(t, dir)
	opts := RebuildOptions{Options: tried(), Sound: soundValue, First: kv.Key{Row: "r", Col: "a"}}
	opts.Verify = func(context.Context, kv.Store) error { return kv.ErrCorrupt }
	if _, err := Rebuild(t.Context(), dir, opts); !errors.Is(err, kv.ErrCorrupt) {
		t.Errorf("Rebuild: %v", err)
	}
	if !maps.Equal(before, folderBytes(t, dir)) {
		t.Error("the folder has changed")
	}
	open := openTried(t, dir)
	if _, err := Rebuild(t.Context(), dir, opts); !errors.Is(err, kv.ErrInUse) {
		t.Errorf("Rebuild of an open folder: %v", err)
	}
	wantContents(t, open, map[string]string{"a": "old"})
}

// TestScrub finds what nobody reads: a value that changed in a table, and a byte that changed in the mirror.
func TestScrub(t *testing.T) {
	for _, part := range []string{"badger/*.sst", "mirror/*.seg"} {
		s := openSmall(t, t.TempDir())
		fillTables(t, s, "r")
		if err := s.Scrub(t.Context(), 1<<30); err != nil {
			t.Fatalf("scrub of a sound store: %v", err)
		}
		files, err := filepath.Glob(filepath.Join(filepath.Dir(s.dir), part))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", part, err)
		}
		f, err := os.OpenFile(files[0], os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteAt([]byte{0xee}, tableValue/2); err != nil {
			t.Fatal(err)
		}
		f.Close()
		if err := s.Scrub(t.Context(), 1<<30); !errors.Is(err, kv.ErrReadOnly) && !errors.Is(err, kv.ErrCorrupt) {
			t.Errorf("%s: scrub: %v", part, err)
		}
		if err := s.Ready(); !errors.Is(err, kv.ErrReadOnly) {
			t.Errorf("%s: Ready() = %v", part, err)
		}
	}
}

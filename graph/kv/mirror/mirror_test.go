package mirror

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph/kv"
)

// tiny makes segments so small that a test has several.
const tiny = 2 << 10

func open(t rapid.TB, dir string) *Log {
	t.Helper()
	l, err := Open(dir, tiny)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func write(t rapid.TB, l *Log, puts []kv.Item, deletes ...kv.Key) Position {
	t.Helper()
	at, err := l.Stage(puts, deletes)
	if err == nil {
		err = l.Sync()
	}
	if err != nil || l.At() != at {
		t.Fatalf("write: %v; at %v, staged %v", err, l.At(), at)
	}
	return at
}

func put(row, col, value string) []kv.Item {
	return []kv.Item{{Key: kv.Key{Row: row, Col: col}, Value: []byte(value)}}
}

// live reads all that the log holds.
func live(t rapid.TB, l *Log) map[kv.Key]string {
	t.Helper()
	got := map[kv.Key]string{}
	for i, err := range l.Live() {
		if err != nil {
			t.Fatal(err)
		}
		got[i.Key] = string(i.Value)
	}
	return got
}

// TestLog: whatever is written, a log that is opened again has it, and knows any other value from it.
func TestLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		made, err := os.MkdirTemp("", "mirror")
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := os.RemoveAll(made); err != nil {
				t.Error(err)
			}
		}()
		dir := filepath.Join(made, "mirror")
		l := open(t, dir)
		want := map[kv.Key]string{}
		key := rapid.Custom(func(t *rapid.T) kv.Key {
			return kv.Key{Row: rapid.SampledFrom([]string{"a", "ab", "\x00"}).Draw(t, "row"), Col: rapid.SampledFrom([]string{"", "b", "\xff"}).Draw(t, "col")}
		})
		for n := range rapid.IntRange(0, 60).Draw(t, "writes") {
			var puts []kv.Item
			var deletes []kv.Key
			for range rapid.IntRange(0, 3).Draw(t, "items") {
				k := key.Draw(t, "key")
				v := fmt.Sprint(n, rapid.StringN(0, 400, -1).Draw(t, "value"))
				puts = append(puts, kv.Item{Key: k, Value: []byte(v)})
				want[k] = v
			}
			if rapid.IntRange(0, 5).Draw(t, "delete") == 0 {
				k := key.Draw(t, "key")
				deletes = append(deletes, k)
				delete(want, k)
			}
			at := write(t, l, puts, deletes...)
			if rapid.IntRange(0, 9).Draw(t, "reopen") == 0 {
				if err := l.Close(); err != nil {
					t.Fatal(err)
				}
				l = open(t, dir)
				if l.At() != at {
					t.Fatalf("opened at %v, closed at %v", l.At(), at)
				}
			}
		}
		if diff := cmp.Diff(want, live(t, l)); diff != "" {
			t.Fatal(diff)
		}
		for k, v := range want {
			got, err := l.Value(k)
			if err != nil || string(got) != v || l.Check(k, got) != Same || l.Check(k, append(got, 0)) != Differs || l.Check(k, nil) != Differs {
				t.Fatalf("Value(%v) = %q, %v, want %q", k, got, err, v)
			}
		}
		if l.Check(kv.Key{Row: "none"}, nil) != Absent || l.Check(kv.Key{Row: "none"}, []byte("x")) != Absent {
			t.Fatal("a key that was never written is not absent")
		}
		if r := l.Report(); len(r.Damage) > 0 || r.Tail != nil {
			t.Fatalf("a sound log has %v, %v", r.Damage, r.Tail)
		}
	})
}

// fill writes a log of several segments and returns all values that ever lay under each key.
func fill(t *testing.T, dir string) map[kv.Key][]string {
	t.Helper()
	l := open(t, dir)
	defer l.Close()
	ever := map[kv.Key][]string{}
	for n := range 60 {
		i := put("head", "", fmt.Sprint("head ", n))
		i = append(i, put("block", fmt.Sprint(n), string(bytes.Repeat([]byte{byte(n)}, 150)))...)
		for _, i := range i {
			ever[i.Key] = append(ever[i.Key], string(i.Value))
		}
		write(t, l, i)
	}
	return ever
}

// TestDamage flips, cuts, zeroes, removes and exchanges; each damage is found, and nothing is read that was never written.
func TestDamage(t *testing.T) {
	sound := filepath.Join(t.TempDir(), "sound")
	ever := fill(t, sound)
	segments, err := Segments(sound)
	if err != nil || len(segments) < 4 {
		t.Fatalf("%d segments, %v", len(segments), err)
	}
	files := map[string][]byte{}
	for _, s := range segments {
		if files[filepath.Base(s.Path)], err = os.ReadFile(s.Path); err != nil {
			t.Fatal(err)
		}
	}
	end := open(t, sound).At()
	other := filepath.Join(t.TempDir(), "other")
	fill(t, other)
	foreign, err := os.ReadFile(filepath.Join(other, segmentName(2)))
	if err != nil {
		t.Fatal(err)
	}

	check := func(name string, damaged map[string][]byte) {
		t.Helper()
		dir := t.TempDir()
		for file, b := range damaged {
			if err := os.WriteFile(filepath.Join(dir, file), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		l := open(t, dir)
		defer l.Close()
		r := l.Report()
		if len(r.Damage) == 0 && r.Tail == nil && l.At() == end {
			t.Fatalf("%s: not found", name)
		}
		for i, err := range l.Live() {
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if !slices.Contains(ever[i.Key], string(i.Value)) {
				t.Fatalf("%s: read %v = %q, never written", name, i.Key, i.Value)
			}
		}
		if len(r.Damage) == 0 {
			return
		}
		for _, d := range r.Damage {
			if !errors.Is(d, kv.ErrCorrupt) || filepath.Dir(d.File) != dir {
				t.Errorf("%s: %v", name, d)
			}
		}
		if _, err := l.Stage(put("x", "", "y"), nil); !errors.Is(err, kv.ErrCorrupt) && !errors.Is(err, kv.ErrFailed) {
			t.Errorf("%s: a damaged log takes a write: %v", name, err)
		}
	}
	edit := func(file string, f func([]byte) []byte) map[string][]byte {
		c := maps.Clone(files)
		if b := f(slices.Clone(c[file])); b != nil {
			c[file] = b
		} else {
			delete(c, file)
		}
		return c
	}
	for file, b := range files {
		for at := 0; at < len(b); at += 7 {
			check(fmt.Sprintf("%s, bit at %d", file, at), edit(file, func(b []byte) []byte { b[at] ^= 1 << (at % 8); return b }))
		}
		for at := 0; at < len(b); at += 97 {
			check(fmt.Sprintf("%s, cut at %d", file, at), edit(file, func(b []byte) []byte { return b[:at] }))
			check(fmt.Sprintf("%s, zeroed at %d", file, at), edit(file, func(b []byte) []byte { clear(b[at:min(at+512, len(b))]); return b }))
		}
		check(file+" removed", edit(file, func([]byte) []byte { return nil }))
		check(file+" with more", edit(file, func(b []byte) []byte { return append(b, "more"...) }))
	}
	a, b := segmentName(2), segmentName(3)
	exchanged := maps.Clone(files)
	exchanged[a], exchanged[b] = exchanged[b], exchanged[a]
	check("exchanged", exchanged)
	check("foreign", edit(a, func([]byte) []byte { return foreign }))
}

// TestTail: a write that was cut off is given up, and the log goes on from the one before.
func TestTail(t *testing.T) {
	for _, cut := range []int{1, 40, 55} {
		dir := t.TempDir()
		l := open(t, dir)
		at := write(t, l, put("a", "1", "one"))
		write(t, l, put("a", "2", "two"))
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, segmentName(1))
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, info.Size()-int64(cut)); err != nil {
			t.Fatal(err)
		}
		l = open(t, dir)
		if r := l.Report(); r.Tail == nil || len(r.Damage) > 0 || l.At() != at {
			t.Fatalf("cut by %d: %v, at %v, want %v", cut, r, l.At(), at)
		}
		write(t, l, put("a", "3", "three"))
		l.Close()
		l = open(t, dir)
		want := map[kv.Key]string{{Row: "a", Col: "1"}: "one", {Row: "a", Col: "3"}: "three"}
		if diff := cmp.Diff(want, live(t, l)); diff != "" || l.Report().Tail != nil {
			t.Errorf("cut by %d: %v\n%s", cut, l.Report().Tail, diff)
		}
		l.Close()
	}
}

// TestTornStart: a segment that was being begun when the machine stopped is begun again.
func TestTornStart(t *testing.T) {
	for _, size := range []int{0, 10, 60} {
		dir := t.TempDir()
		fill(t, dir)
		segments, err := Segments(dir)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, segmentName(uint64(len(segments)+1)))
		if err := os.WriteFile(path, make([]byte, size), 0o644); err != nil {
			t.Fatal(err)
		}
		l := open(t, dir)
		if r := l.Report(); r.Tail == nil || len(r.Damage) > 0 {
			t.Fatalf("%d bytes: %v", size, r)
		}
		at := write(t, l, put("a", "", "b"))
		l.Close()
		if l = open(t, dir); l.At() != at || l.Report().Tail != nil || len(l.Report().Damage) > 0 {
			t.Errorf("%d bytes: at %v, want %v; %v", size, l.At(), at, l.Report())
		}
		l.Close()
	}
}

// TestFailedSync: after a failure nothing more is taken, even if the disk is well again.
func TestFailedSync(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	at := write(t, l, put("a", "", "1"))
	l.file.Close()
	if _, err := l.Stage(put("a", "", "2"), nil); err != nil {
		t.Fatal(err)
	}
	if err := l.Sync(); !errors.Is(err, kv.ErrFailed) {
		t.Errorf("Sync: %v", err)
	}
	if _, err := l.Stage(put("a", "", "3"), nil); !errors.Is(err, kv.ErrFailed) || l.At() != at {
		t.Errorf("Stage after a failed Sync: %v", err)
	}
	if l.Check(kv.Key{Row: "a"}, []byte("1")) != Same {
		t.Error("the index has moved on")
	}
}

func FuzzScan(f *testing.F) {
	dir := f.TempDir()
	l := open(f, dir)
	write(f, l, put("a", "b", "c"))
	write(f, l, put("a", "b", "d"), kv.Key{Row: "x"})
	b, err := os.ReadFile(filepath.Join(dir, segmentName(1)))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add(b[:len(b)-3])
	f.Fuzz(func(t *testing.T, b []byte) {
		s := scanner{report: Report{segments: []Segment{{Number: 1, Path: "1", Size: int64(len(b))}}}}
		s.visit = func(e Entry) error {
			if i, err := parseItem(b, int(e.offset)); err != nil || i.key() != e.Key || !bytes.Equal(i.value, e.Value) {
				t.Errorf("an item at %d is %v there, %v", e.offset, i.key(), err)
			}
			return nil
		}
		if err := s.bytes(0, b); err != nil {
			t.Fatal(err)
		}
		if s.report.end > int64(len(b)) || s.report.Tail == nil && s.report.end != int64(len(b)) {
			t.Errorf("the log of %d bytes ends at %d", len(b), s.report.end)
		}
	})
}

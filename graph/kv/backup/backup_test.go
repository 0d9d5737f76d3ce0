package backup

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph/kv"
	"entente/graph/kv/memkv"
	"entente/graph/kv/mirror"
)

var headKey = kv.Key{Row: "head"}

// options read a head that is the ledger's name and, in 8 bytes, the commit.
var options = Options{Head: headKey, Identify: func(head []byte) (string, uint64, error) {
	if len(head) < 8 {
		return "", 0, errors.New("no head")
	}
	n := len(head) - 8
	return string(head[:n]), binary.LittleEndian.Uint64(head[n:]), nil
}}

// source writes the mirror of a ledger with commits up to last, in segments of some 300 bytes.
func source(t *testing.T, dir, ledger string, last int) {
	t.Helper()
	l, err := mirror.Open(dir, 300)
	if err != nil {
		t.Fatal(err)
	}
	for n := int(l.At().Write) + 1; n <= last; n++ {
		if _, err := l.Stage([]kv.Item{
			{Key: headKey, Value: binary.LittleEndian.AppendUint64([]byte(ledger), uint64(n))},
			{Key: kv.Key{Row: "block", Col: fmt.Sprint(n)}, Value: fmt.Appendf(nil, "%s, commit %d", ledger, n)},
		}, nil); err != nil {
			t.Fatal(err)
		}
		if err := l.Sync(); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

// holds fails the test unless the folder restores to the ledger's commits up to last.
func holds(t *testing.T, dir, ledger string, last int) {
	t.Helper()
	m, err := Check(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	engine := memkv.New()
	values, err := m.Restore(t.Context(), dir, engine)
	if err != nil {
		t.Fatal(err)
	}
	if m.Ledger != ledger || m.Commit != uint64(last) || values != last+1 {
		t.Errorf("%d values of %s at %d, want %d of %s at %d", values, m.Ledger, m.Commit, last+1, ledger, last)
	}
	for n := 1; n <= last; n++ {
		got, err := engine.Get(t.Context(), kv.Key{Row: "block", Col: fmt.Sprint(n)})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([][]byte{fmt.Appendf(nil, "%s, commit %d", ledger, n)}, got); diff != "" {
			t.Errorf("commit %d: %s", n, diff)
		}
	}
}

// TestAgain takes backups of a mirror that grows: what was copied is kept, and what has come since is added.
func TestAgain(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "to")
	for _, last := range []int{1, 9, 9, 10, 30} {
		source(t, from, "a", last)
		taken, err := Take(t.Context(), from, to, options)
		if err != nil {
			t.Fatal(err)
		}
		if last == 30 && taken.Kept == 0 {
			t.Error("all was copied again")
		}
		holds(t, to, "a", last)
	}
}

// TestRefused: what is no place for a backup is left as it is, and so is the backup in it.
func TestRefused(t *testing.T) {
	ours := filepath.Join(t.TempDir(), "ours")
	source(t, ours, "a", 9)
	for _, c := range []struct {
		name   string
		ledger string
		last   int
		want   error
	}{
		{"another ledger", "b", 20, ErrOther},
		{"restored from an older backup", "a", 5, ErrNewer},
	} {
		t.Run(c.name, func(t *testing.T) {
			from, to := t.TempDir(), t.TempDir()
			if _, err := Take(t.Context(), ours, to, options); err != nil {
				t.Fatal(err)
			}
			source(t, from, c.ledger, c.last) // a mirror of its own
			if _, err := Take(t.Context(), from, to, options); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
			holds(t, to, "a", 9)
		})
	}
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "photo"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Take(t.Context(), ours, foreign, options); !errors.Is(err, ErrOther) {
		t.Errorf("a folder of other files: %v", err)
	}
	if left, err := os.ReadDir(foreign); err != nil || len(left) != 1 {
		t.Errorf("it holds %v, %v", left, err)
	}
}

// TestNewMirror: a mirror that was made anew takes the place of the one before.
func TestNewMirror(t *testing.T) {
	from, anew, to := t.TempDir(), t.TempDir(), t.TempDir()
	source(t, from, "a", 9)
	source(t, anew, "a", 9)
	for _, from := range []string{from, anew} {
		if _, err := Take(t.Context(), from, to, options); err != nil {
			t.Fatal(err)
		}
		holds(t, to, "a", 9)
	}
	if mirrors, err := filepath.Glob(filepath.Join(to, "*", "00000001.seg")); err != nil || len(mirrors) != 1 {
		t.Errorf("the backup holds %v, %v", mirrors, err)
	}
}

// TestFirstStopped: a first backup that was stopped while its manifest was being written, as a full disk does, can be taken again.
func TestFirstStopped(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	source(t, from, "a", 9)
	if err := os.WriteFile(filepath.Join(to, manifestName+newSuffix), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Take(t.Context(), from, to, options); err != nil {
		t.Fatal(err)
	}
	holds(t, to, "a", 9)
}

// TestCancelled cancels a backup after each of its files: the one before stands, and the next one is whole.
func TestCancelled(t *testing.T) {
	from := t.TempDir()
	source(t, from, "a", 9)
	to := t.TempDir()
	if _, err := Take(t.Context(), from, to, options); err != nil {
		t.Fatal(err)
	}
	source(t, from, "a", 40)
	stopped := 0
	for at := 1; ; at++ {
		ctx, cancel := context.WithCancel(t.Context())
		opts := options
		opts.Progress = func(done, files int) {
			if done == at && done < files {
				cancel()
			}
		}
		_, err := Take(ctx, from, to, opts)
		cancel()
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		stopped++
		holds(t, to, "a", 9)
	}
	if stopped == 0 {
		t.Error("no backup was stopped")
	}
	holds(t, to, "a", 40)
}

// TestTogether takes backups into one folder at once: each is taken or told that another is.
func TestTogether(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	source(t, from, "a", 40)
	errs := make([]error, 8)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { _, errs[i] = Take(t.Context(), from, to, options) })
	}
	all.Wait()
	taken := 0
	for _, err := range errs {
		switch {
		case err == nil:
			taken++
		case !errors.Is(err, ErrBusy):
			t.Error(err)
		}
	}
	if taken == 0 {
		t.Error("none was taken")
	}
	holds(t, to, "a", 40)
}

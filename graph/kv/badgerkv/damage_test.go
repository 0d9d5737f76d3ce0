package badgerkv

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/graph/kv"
)

const (
	tableItems = 96
	tableValue = 128 << 10
)

// fillTables puts three memtables' worth, so that some of it lies in a table.
func fillTables(t *testing.T, s *Store, row string) {
	t.Helper()
	for i := range tableItems {
		v := bytes.Repeat([]byte{byte(i + 1)}, tableValue)
		if err := s.Put(t.Context(), kv.Item{Key: kv.Key{Row: row, Col: fmt.Sprintf("%04d", i)}, Value: v}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestDamagedTable damages the tables of an open store in ways that make Badger panic, or make the kernel fault
// a read of a mapped file. The process must live, and some reads must name a key as corrupt.
func TestDamagedTable(t *testing.T) {
	for name, damage := range map[string]func(t *testing.T, path string, size int64){
		"cut": func(t *testing.T, path string, size int64) {
			if err := os.Truncate(path, size/4); err != nil {
				t.Fatal(err)
			}
		},
		"zeroed": func(t *testing.T, path string, size int64) {
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			// The end, where the index of the table is, stays: for a damaged index Badger ends the process.
			if _, err := f.WriteAt(make([]byte, size*3/4), 0); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := openSmall(t, t.TempDir())
			s.witness = false // the mirror would hide what is tried here
			fillTables(t, s, "r")
			var tables []string
			for deadline := time.Now().Add(20 * time.Second); len(tables) == 0; time.Sleep(10 * time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatal("Badger made no table")
				}
				if len(s.db.Tables()) > 0 {
					tables, _ = filepath.Glob(filepath.Join(s.dir, "*.sst"))
				}
			}
			for _, path := range tables {
				info, err := os.Stat(path)
				if err != nil {
					t.Fatal(err)
				}
				damage(t, path, info.Size())
			}
			corrupt := 0
			for i := range tableItems {
				k := kv.Key{Row: "r", Col: fmt.Sprintf("%04d", i)}
				_, err := s.Get(t.Context(), k)
				if err == nil {
					continue // right, wrong or missing: only the ledger can tell
				}
				if !errors.Is(err, kv.ErrCorrupt) || !strings.Contains(err.Error(), k.String()) {
					t.Errorf("Get(%v): %v, want ErrCorrupt naming the key", k, err)
				}
				corrupt++
			}
			if corrupt == 0 {
				t.Error("no read of the damaged tables failed")
			}
			t.Logf("%d of %d reads failed", corrupt, tableItems)
			for _, err := range s.Scan(t.Context(), "r", "", "") {
				if err != nil && !errors.Is(err, kv.ErrCorrupt) {
					t.Errorf("Scan: %v, want ErrCorrupt", err)
				}
			}
			s.witness = true
			for i := range tableItems {
				got, err := s.Get(t.Context(), kv.Key{Row: "r", Col: fmt.Sprintf("%04d", i)})
				if err != nil || !bytes.Equal(got[0], bytes.Repeat([]byte{byte(i + 1)}, tableValue)) {
					t.Errorf("Get of %d with the mirror: %d bytes, %v", i, len(got[0]), err)
				}
			}
			if err := s.Err(); !errors.Is(err, kv.ErrReadOnly) || !strings.Contains(err.Error(), "read from mirror/") {
				t.Errorf("Err() = %v, want read-only since the mirror was needed", err)
			}
			if err := s.Put(t.Context(), item("r", "new", "x")); err != nil && !errors.Is(err, kv.ErrReadOnly) {
				t.Errorf("Put: %v", err)
			}
		})
	}
}

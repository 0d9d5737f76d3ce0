package badgerkv_test

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"

	"entente/graph/kv"
	"entente/graph/kv/badgerkv"
	"entente/graph/kv/kvtest"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(writerFolder); dir != "" {
		fmt.Fprintln(os.Stderr, write(dir, os.Getenv("BADGERKV_TEST_ROUND")))
		os.Exit(1)
	}
	if len(os.Args) == 3 && os.Args[1] == "check-open" {
		if err := badgerkv.CheckOpen(os.Args[2], os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	// With the race detector each process of a test would sleep for a second before it ends.
	if err := os.Setenv("GORACE", "atexit_sleep_ms=0 "+os.Getenv("GORACE")); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

// small has memtables so small that tables are made, and no reserve, so that tests do not depend on the disk.
var small = badgerkv.Options{MemTableSize: badgerkv.MinMemTable, Reserve: -1}

func open(t testing.TB, dir string) kv.Store {
	t.Helper()
	s, err := badgerkv.Open(dir, small)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestContract(t *testing.T) { kvtest.Run(t, open) }

func TestRandom(t *testing.T) { kvtest.RunRandom(t, open) }

func BenchmarkEngine(b *testing.B) {
	kvtest.Bench(b, func(t testing.TB, dir string) kv.Store {
		t.Helper()
		s, err := badgerkv.Open(dir, badgerkv.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

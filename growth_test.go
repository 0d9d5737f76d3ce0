package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"entente/graph"
	"entente/graph/kv/badgerkv"
	"entente/graph/ledger"
	"entente/graph/store"
)

// Growth is measured, not judged: a test fails if an answer is wrong, and prints what it took. The long forms run with
// make soak.

// grow opens a folder with the options of the program.
func grow(t *testing.T, folder string) (*badgerkv.Store, *store.Store, time.Duration) {
	t.Helper()
	started := time.Now()
	opts, err := folderOptions(0, newLogger(os.Stderr))
	if err != nil {
		t.Fatal(err)
	}
	engine, err := badgerkv.Open(folder, opts)
	if err != nil {
		t.Fatal(err)
	}
	st, err := openStore(t.Context(), engine)
	if err != nil {
		t.Fatal(err)
	}
	st.Head().Statistics() // a first answer, of all there is
	return engine, st, time.Since(started)
}

func shut(t *testing.T, engine *badgerkv.Store, st *store.Store) {
	t.Helper()
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if err := engine.Close(); err != nil {
		t.Fatal(err)
	}
}

// allocated is what the folder takes on the disk, without its ballast, in bytes.
func allocated(t *testing.T, folder string) (n int64) {
	t.Helper()
	for _, name := range files(t, folder) {
		var st unix.Stat_t
		if err := unix.Stat(filepath.Join(folder, name), &st); err != nil {
			t.Fatal(err)
		}
		n += st.Blocks * 512
	}
	return n
}

// quantiles sorts the times and gives median, 99th percentile and maximum.
func quantiles(times []time.Duration) string {
	slices.Sort(times)
	at := func(p float64) time.Duration { return times[int(p*float64(len(times)-1))].Round(time.Microsecond) }
	return fmt.Sprintf("median %v, p99 %v, most %v", at(0.5), at(0.99), at(1))
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// commitSome commits single claims and returns how long each took.
func commitSome(t *testing.T, st *store.Store, n int, claim func(i int) graph.Claim) []time.Duration {
	t.Helper()
	times := make([]time.Duration, n)
	for i := range times {
		c := claim(i)
		if err := c.Normalize(); err != nil {
			t.Fatal(err)
		}
		started := time.Now()
		result, err := st.Commit(t.Context(), []store.Change{{Claim: c}}, store.CommitOptions{})
		if err != nil || len(result.Problems) > 0 || result.Added != 1 {
			t.Fatalf("commit %d: %+v, %v", i, result, err)
		}
		times[i] = time.Since(started)
	}
	return times
}

func recognition(day int) graph.Claim {
	when := graph.Day(day).Date()
	return graph.Claim{Predicate: graph.Recognized, From: "grow:a", To: "grow:b", When: when}
}

// declareGrown brings the two states that single commits speak of.
func declareGrown(t *testing.T, st *store.Store) {
	t.Helper()
	var changes []store.Change
	for _, id := range []graph.ID{"grow:a", "grow:b"} {
		changes = append(changes, store.Change{Claim: graph.Claim{Predicate: graph.KindPredicate, From: id, Value: "State", Stance: graph.Asserted}})
	}
	if _, err := st.Commit(t.Context(), changes, store.CommitOptions{}); err != nil {
		t.Fatal(err)
	}
}

// TestGrowthRelations imports a generated graph, commits to it, and starts on it again.
func TestGrowthRelations(t *testing.T) {
	sizes := []int{20_000}
	if soak {
		sizes = []int{1_000_000, 10_000_000}
	}
	for _, size := range sizes {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			dir := t.TempDir()
			folder, records := filepath.Join(dir, "data"), filepath.Join(dir, "gen.jsonl")
			must(t, "", "generate", "--relations", fmt.Sprint(size), "--seed", "7", "-o", records)
			started := time.Now()
			must(t, "", "import", "--data", folder, "--dataset", "gen", records)
			imported := time.Since(started)
			if err := os.Remove(records); err != nil {
				t.Fatal(err)
			}
			disk := allocated(t, folder)
			before := heap()
			engine, st, start := grow(t, folder)
			// A search waits until names are indexed, and only then does memory hold all that it will.
			waiting := time.Now()
			if hits := st.Head().Search(store.SearchQuery{Text: "a", Limit: 1}); len(hits) == 0 {
				t.Fatal("a search found nothing")
			}
			searchable := start + time.Since(waiting)
			taken := heap() - before
			claims := st.Head().Statistics().Claims
			declareGrown(t, st)
			times := commitSome(t, st, rounds(100, 3000), func(i int) graph.Claim { return recognition(i) })
			third := len(times) / 3
			first, last := quantiles(slices.Clone(times[:third])), quantiles(slices.Clone(times[len(times)-third:]))
			verifying := time.Now()
			report, err := st.Verify(t.Context(), nil)
			if err != nil || len(report.Problems) > 0 {
				t.Fatal(err, report.Problems)
			}
			t.Logf("%d relations, %d claims: import %.1fs, %.1f MB on disk, start %.2fs, first search %.2fs, heap %.0f B a relation, verify %.1fs; commits of one claim: first third %s, last third %s",
				size, claims, imported.Seconds(), float64(disk)/1e6, start.Seconds(), searchable.Seconds(), float64(taken)/float64(size), time.Since(verifying).Seconds(), first, last)
			shut(t, engine, st)
		})
	}
}

// TestGrowthHub commits to an entity with very many edges while readers ask for them.
func TestGrowthHub(t *testing.T) {
	edges := rounds(10_000, 1_000_000)
	dir := t.TempDir()
	engine, st, _ := grow(t, filepath.Join(dir, "data"))
	defer shut(t, engine, st)
	declareGrown(t, st)
	err := st.Bulk(func() error {
		for at := 0; at < edges; at += 1 << 14 {
			var changes []store.Change
			for i := at; i < min(at+1<<14, edges); i++ {
				c := recognition(i % 40_000)
				c.Key = fmt.Sprint(i)
				c.Qualifiers = []graph.Qualifier{{Name: graph.AsNamed, Value: fmt.Sprint("n", i)}}
				if err := c.Normalize(); err != nil {
					return err
				}
				changes = append(changes, store.Change{Claim: c})
			}
			result, err := st.Commit(t.Context(), changes, store.CommitOptions{})
			if err != nil || len(result.Problems) > 0 {
				return fmt.Errorf("%w, %v", err, result)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	hub, ok := st.Head().Resolve("grow:a")
	if !ok {
		t.Fatal("no hub")
	}
	ctx, stop := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	var reads []time.Duration
	var wrong atomic.Int64
	readers.Go(func() {
		window := store.Window{From: graph.MustParseDate("1975"), To: graph.MustParseDate("1975-02")}
		for ctx.Err() == nil {
			started := time.Now()
			v := st.Head()
			list, err := v.Timeline(ctx, hub, window, store.Page{First: 20})
			if ctx.Err() != nil {
				return
			}
			if err != nil || len(list.Items) == 0 {
				wrong.Add(1)
			}
			reads = append(reads, time.Since(started))
		}
	})
	commits := commitSome(t, st, rounds(100, 1000), func(i int) graph.Claim {
		c := recognition(i)
		c.Qualifiers = []graph.Qualifier{{Name: graph.AsNamed, Value: fmt.Sprint("late", i)}}
		return c
	})
	stop()
	readers.Wait()
	if wrong.Load() > 0 || len(reads) == 0 {
		t.Errorf("%d of %d reads were wrong", wrong.Load(), len(reads))
	}
	t.Logf("a hub of %d edges under %d commits: commits %s; %d reads %s", edges, len(commits), quantiles(commits), len(reads), quantiles(reads))
}

// TestGrowthCommits makes many commits of one claim.
func TestGrowthCommits(t *testing.T) {
	n := rounds(500, 100_000)
	folder := filepath.Join(t.TempDir(), "data")
	engine, st, _ := grow(t, folder)
	declareGrown(t, st)
	times := commitSome(t, st, n, recognition)
	first, last := quantiles(slices.Clone(times[:n/4])), quantiles(slices.Clone(times[n-n/4:]))
	shut(t, engine, st)
	disk := allocated(t, folder)
	engine, st, start := grow(t, folder)
	defer shut(t, engine, st)
	verifying := time.Now()
	report, err := st.Verify(t.Context(), nil)
	if err != nil || len(report.Problems) > 0 || report.Commits != uint64(n+1) {
		t.Fatal(err, report)
	}
	t.Logf("%d commits of one claim: first quarter %s, last quarter %s; start %.2fs, %.1f MB on disk, verify %.1fs", n, first, last, start.Seconds(), float64(disk)/1e6, time.Since(verifying).Seconds())
}

// TestGrowthEpochs lets writers take over from each other, again and again.
func TestGrowthEpochs(t *testing.T) {
	n := rounds(300, 20_000)
	folder := filepath.Join(t.TempDir(), "data")
	engine, st, _ := grow(t, folder)
	declareGrown(t, st)
	var times []time.Duration
	for i := range n {
		l, err := ledger.Open(t.Context(), engine, ledger.Options{Cache: -1})
		if err != nil {
			t.Fatal(err)
		}
		started := time.Now()
		head := l.Head()
		if _, err := l.Append(t.Context(), ledger.Batch{After: head.Number, Changes: []ledger.Change{{Claim: 0, Op: ledger.Op(1 + 3*(i%2))}}}); err != nil {
			t.Fatal(err)
		}
		times = append(times, time.Since(started))
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	shut(t, engine, st)
	engine, st, start := grow(t, folder)
	defer shut(t, engine, st)
	report, err := st.Verify(t.Context(), nil)
	if err != nil || len(report.Problems) > 0 || report.Commits != uint64(n+1) {
		t.Fatal(err, report)
	}
	t.Logf("%d epochs of one commit: commits with their epoch %s; start %.2fs, %.1f MB on disk", n, quantiles(times), start.Seconds(), float64(allocated(t, folder))/1e6)
}

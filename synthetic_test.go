package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"golang.org/x/sys/unix"
)

// generated is a small graph as the program writes it.
func generated(t *testing.T, relations int, seed uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := generate(t.Context(), &b, relations, seed); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestGenerateSameBytes holds the output to what it was: who measures with a seed today must get the same graph
// tomorrow.
func TestGenerateSameBytes(t *testing.T) {
	sum := sha256.Sum256(generated(t, 2000, 1))
	golden(t, "testdata/generate.golden", hex.EncodeToString(sum[:])+"\n")
	if bytes.Equal(generated(t, 2000, 1), generated(t, 2000, 2)) {
		t.Error("two seeds give the same graph")
	}
}

// TestGenerateProportions counts what is generated: exactly so many relations, in the proportions promised, entities
// first and each declared before it is named.
func TestGenerateProportions(t *testing.T) {
	for _, relations := range []int{0, 1, 2, 7, 100, 10_000} {
		counts, declared := map[string]int{}, map[string]bool{}
		claims := 0
		for line := range bytes.Lines(generated(t, relations, 3)) {
			var record struct {
				Entity, Claim, From, To string
				Source                  struct{ Document string }
			}
			if err := json.Unmarshal(line, &record, json.MatchCaseInsensitiveNames(true)); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			if record.Entity != "" {
				if claims > 0 || declared[record.Entity] {
					t.Fatalf("%q comes late or twice", record.Entity)
				}
				declared[record.Entity] = true
				continue
			}
			claims++
			if !declared[record.From] || !declared[record.To] || !declared[record.Source.Document] {
				t.Fatalf("%s names what was not declared", line)
			}
			switch record.Claim {
			case "follows", "implements", "supersedes":
				record.Claim = "chained"
			}
			counts[record.Claim]++
		}
		if claims != relations {
			t.Errorf("%d relations asked for, %d written", relations, claims)
		}
		want := map[string]int{
			"signed": relations * shareSigned / 1000, "mediated": relations * shareMediated / 1000, "chained": relations * shareChained / 1000,
			"leads": relations * shareLeads / 1000, "memberOf": relations * shareMember / 1000, "deployed": relations * shareDeployed / 1000,
		}
		want["recognized"] = relations
		for predicate, n := range want {
			if predicate != "recognized" {
				want["recognized"] -= n
			}
		}
		maps.DeleteFunc(want, func(_ string, n int) bool { return n == 0 })
		if diff := cmp.Diff(want, counts); diff != "" {
			t.Errorf("%d relations (-want +got):\n%s", relations, diff)
		}
	}
}

// TestZipfSkew compares how often ranks are drawn with their weights.
func TestZipfSkew(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	z := newZipf(50, 1.0)
	var drawn [50]int
	for range 200_000 {
		drawn[z.draw(r)]++
	}
	for _, rank := range []int{1, 3, 9, 49} {
		ratio := float64(drawn[0]) / float64(drawn[rank])
		if want := float64(rank + 1); ratio < 0.9*want || ratio > 1.1*want {
			t.Errorf("rank 0 is drawn %.2f times as often as rank %d, want about %.0f", ratio, rank, want)
		}
	}
}

// TestGenerateStops ends the making of a graph that would take minutes: by its context, and by a writer that fails.
func TestGenerateStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := generate(ctx, io.Discard, 100_000_000, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("with its context ended: %v", err)
	}
	r, w := io.Pipe()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := generate(t.Context(), w, 100_000_000, 1); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("into a closed pipe: %v", err)
	}
}

// TestGenerateOutputs writes to a packed file, through a symbolic link, and to a device, which must stay one.
func TestGenerateOutputs(t *testing.T) {
	want := generated(t, 200, 1)
	dir := t.TempDir()
	file, link := filepath.Join(dir, "graph.jsonl.gz"), filepath.Join(dir, "link.gz")
	if err := os.WriteFile(file, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	must(t, "", "generate", "--relations", "200", "-o", link)
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(unpacked); err != nil || !bytes.Equal(got, want) {
		t.Errorf("the packed file holds %d bytes, %v; want %d", len(got), err, len(want))
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is now %v, %v", info, err)
	}

	// A named pipe of our own stands for a device: replacing one of the machine's would be felt outside of the test.
	pipe := filepath.Join(dir, "pipe")
	if err := unix.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	read := make(chan []byte, 1)
	go func() {
		b, _ := os.ReadFile(pipe) // what came short is seen below
		read <- b
	}()
	must(t, "", "generate", "--relations", "200", "-o", pipe)
	if got := <-read; !bytes.Equal(got, want) {
		t.Errorf("through a pipe come %d bytes, want %d", len(got), len(want))
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 3 {
		t.Errorf("files are left over: %v, %v", entries, err)
	}
}

// TestRejects keeps what was rejected in a file, and never empties a file that is to be imported.
func TestRejects(t *testing.T) {
	dir := t.TempDir()
	file, rejects := filepath.Join(dir, "mine.jsonl"), filepath.Join(dir, "bad.jsonl")
	const good, bad = `{"entity":"a","kind":"State"}`, `{"entity":"b","kind":"Stat"}`
	if err := os.WriteFile(file, []byte(good+"\n"+bad+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := entente(t, "", "import", "--data", inMemory, "--rejects", file, file); code != exitFailed || !strings.Contains(errs, "to be imported") {
		t.Errorf("rejects into the input: exit code %d, %s", code, errs)
	}
	if code, out, errs := entente(t, "", "import", "--data", inMemory, "--rejects", rejects, file); code != exitFailed {
		t.Errorf("exit code %d, want %d\n%s%s", code, exitFailed, out, errs)
	}
	if got, err := os.ReadFile(rejects); err != nil || strings.TrimSpace(string(got)) != bad {
		t.Errorf("rejected: %s, %v; want %s", got, err, bad)
	}
}

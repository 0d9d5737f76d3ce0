package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"entente/graph/store"
)

// soak is set for the long forms of campaigns.
var soak = os.Getenv("ENTENTE_SOAK") != ""

// rounds is how often a campaign does what it does: in every test, and when there is time.
func rounds(short, long int) int {
	if soak {
		return long
	}
	return short
}

// campaignSeed is a new one each time, unless ENTENTE_SEED repeats an old one.
func campaignSeed(t testing.TB) uint64 {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv("ENTENTE_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatalf("ENTENTE_SEED is %q, expected a number", text)
		}
	}
	t.Logf("ENTENTE_SEED=%d repeats this", seed)
	return seed
}

// A ran is what a process of the program came to.
type ran struct {
	code     int
	out, err string
}

// program runs the program in a process of its own.
func program(t testing.TB, args ...string) ran {
	t.Helper()
	return runProcess(t, os.Args[0], args...)
}

// shell runs a line of shell in which this binary is the program.
func shell(t testing.TB, line string) ran {
	t.Helper()
	return runProcess(t, "/bin/sh", "-c", line)
}

func runProcess(t testing.TB, name string, args ...string) ran {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	code := cmd.ProcessState.ExitCode()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		t.Fatal(err)
	}
	return ran{code, out.String(), errs.String()}
}

func (r ran) String() string {
	return fmt.Sprintf("exit %d\n%s%s", r.code, r.out, r.err)
}

// A damage changes one file of a folder, and says what it did.
type damage func(r *rand.Rand, file string, content []byte, t testing.TB) string

// damages are what disks, people and programs do to files.
var damages = []struct {
	name string
	do   damage
}{
	{"bit", func(r *rand.Rand, file string, b []byte, t testing.TB) string {
		at := spot(r, b)
		b[at] ^= 1 << r.IntN(8)
		writeFile(t, file, b)
		return fmt.Sprintf("bit at %d", at)
	}},
	{"page", func(r *rand.Rand, file string, b []byte, t testing.TB) string {
		at := spot(r, b) &^ 4095
		page := b[at:min(at+4096, len(b))]
		if r.IntN(2) == 0 {
			clear(page)
		} else {
			for i := range page {
				page[i] = byte(r.Uint32())
			}
		}
		writeFile(t, file, b)
		return fmt.Sprintf("page at %d", at)
	}},
	{"cut", func(r *rand.Rand, file string, b []byte, t testing.TB) string {
		at := spot(r, b)
		writeFile(t, file, b[:at])
		return fmt.Sprintf("cut at %d", at)
	}},
	{"grown", func(r *rand.Rand, file string, b []byte, t testing.TB) string {
		writeFile(t, file, append(b, b[:r.IntN(len(b))]...))
		return "grown"
	}},
	{"deleted", func(_ *rand.Rand, file string, _ []byte, t testing.TB) string {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		return "deleted"
	}},
}

// spot is a random one in a file, seldom in the zeros at its end that logs are made with.
func spot(r *rand.Rand, b []byte) int {
	return r.IntN(min(len(bytes.TrimRight(b, "\x00"))+64, len(b)))
}

func writeFile(t testing.TB, file string, b []byte) {
	t.Helper()
	if err := os.WriteFile(file, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// files lists the files of a folder that hold something, by path in it.
func files(t testing.TB, dir string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Size() > 0 && path != "LOCK" && path != "ballast" {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

// damagedFolders makes the folders that the campaign damages, each with an older state of itself: one that was closed, and
// one as a kill leaves it, with its newest commits in a log alone.
func damagedFolders(t *testing.T) (folders map[string]string, older string) {
	t.Helper()
	dir := t.TempDir()
	data, records := filepath.Join(dir, "data"), filepath.Join(dir, "gen.jsonl")
	must(t, "", "generate", "--relations", "3000", "--seed", "5", "-o", records)
	whole, err := os.ReadFile(records)
	if err != nil {
		t.Fatal(err)
	}
	// What comes later names what came before, so each part holds the ones before it.
	lines := strings.SplitAfter(string(whole), "\n")
	part := func(n int) {
		t.Helper()
		writeFile(t, records, []byte(strings.Join(lines[:len(lines)*n/3], "")))
		must(t, "", "import", "--data", data, "--dataset", "gen", records)
	}
	part(1)
	older = filepath.Join(dir, "older")
	copyTree(t, data, older)
	part(2)
	folders = map[string]string{"closed": filepath.Join(dir, "closed"), "killed": filepath.Join(dir, "killed")}
	copyTree(t, data, folders["closed"])

	err = withStore(t.Context(), data, 0, streams{err: os.Stderr}, func(st *store.Store) error {
		for n := range 20 {
			record := fmt.Sprintf(`{"entity":"late%d","kind":"State","name":"Late %d"}`, n, n)
			changes, err := decodeRecord([]byte(record), "gen")
			if err != nil {
				return err
			}
			if _, err := st.Commit(t.Context(), changes, store.CommitOptions{}); err != nil {
				return err
			}
		}
		copyTree(t, data, folders["killed"]) // nothing is being written
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return folders, older
}

func copyTree(t testing.TB, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(filepath.Join(to, "ballast")) // 64 MiB of nothing
}

// TestDamage damages one file of a folder in every way there is. Whatever is done, an export is the right one or none, and
// then it names the file or the commit; and a repair brings everything back.
func TestDamage(t *testing.T) {
	t.Parallel()
	folders, older := damagedFolders(t)
	want := map[string]string{}
	for name, folder := range folders {
		copied := filepath.Join(t.TempDir(), "sound")
		copyTree(t, folder, copied)
		r := program(t, "export", "--data", copied)
		if r.code != 0 || len(r.out) < 100_000 {
			t.Fatalf("export of %s: %v", name, r)
		}
		want[name] = r.out
	}
	seed := campaignSeed(t)
	random := rand.New(rand.NewPCG(seed, 0))
	names := slices.Sorted(maps.Keys(folders))
	outcomes := map[string]int{}
	n := rounds(24, 5000)
	for round := range n {
		name := names[random.IntN(len(names))]
		dir := filepath.Join(t.TempDir(), "damaged")
		copyTree(t, folders[name], dir)
		what := damageOne(t, random, dir, older)
		outcome, err := afterDamage(t, dir, want[name], strings.Contains(what, "both copies"))
		if err != nil {
			t.Errorf("round %d, %s folder, %s: %v", round, name, what, err)
		}
		outcomes[outcome]++
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d damages: %v", n, outcomes)
}

// damageOne damages one file, or puts an older one or another one in its place.
func damageOne(t *testing.T, random *rand.Rand, dir, older string) string {
	t.Helper()
	names := files(t, dir)
	name := names[random.IntN(len(names))]
	file := filepath.Join(dir, name)
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	switch k := random.IntN(len(damages) + 2); {
	case k < len(damages):
		return name + ": " + damages[k].name + ", " + damages[k].do(random, file, content, t)
	case k == len(damages):
		// The whole of badger/ or of mirror/ is put back from an older day.
		part := []string{"badger", "mirror"}[random.IntN(2)]
		if err := os.RemoveAll(filepath.Join(dir, part)); err != nil {
			t.Fatal(err)
		}
		copyTree(t, filepath.Join(older, part), filepath.Join(dir, part))
		return "an older " + part
	default:
		other := names[random.IntN(len(names))]
		b, err := os.ReadFile(filepath.Join(dir, other))
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, file, b)
		writeFile(t, filepath.Join(dir, other), content)
		what := name + " and " + other + " exchanged"
		if filepath.Dir(name) != filepath.Dir(other) {
			what += ", which hits both copies"
		}
		return what
	}
}

// afterDamage asks the folder for all that it has, repairs it and asks again. The error says what must never be. If both
// copies were hit the repair may refuse, too.
func afterDamage(t *testing.T, dir, want string, both bool) (outcome string, err error) {
	t.Helper()
	r := program(t, "export", "--data", dir)
	switch {
	case r.code == exitDone && r.out == want && r.err == "":
		outcome = "unaffected"
	case r.code == exitDone && r.out == want:
		outcome = "read from the other copy"
	case r.code == exitDone:
		return "served as truth", fmt.Errorf("an export of %d bytes, not %d\n%s", len(r.out), len(want), r.err)
	case r.code == exitFailed && names(r.err):
		outcome = "refused"
	default:
		return "died", fmt.Errorf("ended without a name: %v", ran{r.code, "", r.err})
	}
	if r := program(t, "verify", "--repair", "--data", dir); r.code != exitDone {
		if both && r.code == exitFailed && names(r.err) {
			return outcome + ", both copies hit", nil
		}
		return outcome + ", not mended", fmt.Errorf("%s, then not mended: %v", outcome, r)
	}
	if r := program(t, "verify", "--data", dir); r.code != exitDone {
		return outcome + ", not mended", fmt.Errorf("does not verify when mended: %v", r)
	}
	if r := program(t, "export", "--data", dir); r.code != exitDone || r.out != want || r.err != "" {
		return outcome + ", mended wrongly", fmt.Errorf("an export of %d bytes when mended, not %d\n%s", len(r.out), len(want), r.err)
	}
	return outcome, nil
}

// names reports whether a message says where the damage is.
func names(message string) bool {
	for _, where := range []string{"/badger", "badger/", "mirror/", "commit "} {
		if strings.Contains(message, where) {
			return true
		}
	}
	return false
}

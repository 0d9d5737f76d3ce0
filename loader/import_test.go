package loader_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"entente/graph"
	"entente/graph/store"
	"entente/loader"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// problems are a report's problems as they are printed.
func problems(r *loader.Report) []string {
	var list []string
	for i := range r.Problems {
		list = append(list, r.Problems[i].String())
	}
	return list
}

const (
	arm  = `{"entity": "ARM", "kind": "State", "name": "Armenia", "ids": {"iso3": "ARM"}}` + "\n"
	deal = `{"entity": "deal", "kind": "Agreement", "date": "2020-11-09"}` + "\n"
	sign = `{"claim": "signed", "from": "ARM", "to": "deal", "when": "2020-11-09"}` + "\n"
)

func TestLines(t *testing.T) {
	tests := []struct {
		name, records string
		added         int
		want          []string
	}{
		{"in order", arm + deal + sign, 6, nil},
		{"nothing", "", 0, nil},
		{"blank lines, CRLF, no end", "\n  \n" + strings.ReplaceAll(arm+deal, "\n", "\r\n") + "\t\r\n" + strings.TrimSpace(sign), 6, nil},
		{"byte-order mark", "\ufeff" + arm + deal, 5, nil},
		{"only a byte-order mark", "\ufeff", 0, nil},
		{"byte-order mark within", arm + "\ufeff" + deal, 3, []string{`f:2: found invalid character '\ufeff' at start of value at byte 0, expected JSON`}},
		{"bad line", arm + "{\"entity\": \"x\", \"kind\": \"State\"\n" + deal, 5, []string{"f:2: found the end at byte 31, expected the rest of the record, all in one line"}},
		{"forward", sign + deal + arm, 6, nil},
		{"again in the same file", arm + arm, 3, nil},
		{"never declared", arm + sign, 3, []string{`f:2: /to: found "t:deal", expected an entity that a record declares with its kind, here or in the graph`}},
		{"wrong kind", arm + sign + `{"entity": "deal", "kind": "Place"}`, 4, []string{`f:2: /to: found "t:deal" of kind Place, expected an entity of kind Agreement, Event`}},
		{"undeclared coder", `{"entity": "ARM", "kind": "State", "coder": "me"}`, 0, []string{`f:1: /coder: found "t:me", expected an entity that a record declares with its kind, here or in the graph`}},
		{"undeclared entity", `{"entity": "ARM", "name": "Armenia"}`, 0, []string{`f:1: /entity: found "t:ARM", expected an entity that a record declares with its kind, here or in the graph`}},
		{"unknown retraction", `{"retract": "6fa459ea-ee8a-5ca4-894e-db77e160355e"}`, 0, []string{`f:1: /retract: found "6fa459ea-ee8a-5ca4-894e-db77e160355e", expected the id of a claim in the graph`}},
		{"unknown reassertion", `{"reassert": "6fa459ea-ee8a-5ca4-894e-db77e160355e"}`, 0, []string{`f:1: /reassert: found "6fa459ea-ee8a-5ca4-894e-db77e160355e", expected the id of a claim in the graph`}},
		{"long line in the middle", arm + strings.Repeat("x", 3<<20) + "\n" + deal, 5, []string{`f:2: found a longer record, expected at most 1048576 bytes`}},
		{"long line at the end", arm + strings.Repeat("x", 3<<20), 3, []string{`f:2: found a longer record, expected at most 1048576 bytes`}},
		{"UTF-16", "\xff\xfe{\x00", 0, []string{"f: found text in UTF-16, expected text in UTF-8"}},
		{"NULs", arm + "\x00\x00\x00\n" + deal, 5, []string{`f:2: found invalid character '\x00' at start of value at byte 0, expected JSON`}},
		{"not even text", "\x89PNG\r\n\x1a\n", 0, []string{`f:1: found invalid character '\x89' at start of value at byte 0, expected JSON`, `f:2: found invalid character '\x1a' at start of value at byte 0, expected JSON`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, size := range []int{0, 1, 3} {
				s := open(t)
				r := load(t, s, loader.Options{CommitSize: size}, text("f", tt.records))
				if diff := cmp.Diff(tt.want, problems(r)); diff != "" {
					t.Errorf("problems with commits of %d (-want +got):\n%s", size, diff)
				}
				if r.Added != tt.added || r.Rejected != len(tt.want) {
					t.Errorf("added %d, rejected %d, want %d, %d (commits of %d)", r.Added, r.Rejected, tt.added, len(tt.want), size)
				}
			}
			s := open(t)
			r := load(t, s, loader.Options{DryRun: true}, text("f", tt.records))
			if diff := cmp.Diff(tt.want, problems(r)); diff != "" {
				t.Errorf("problems of a dry run (-want +got):\n%s", diff)
			}
			if r.Added != tt.added || s.Head().Moment().Commit != 0 {
				t.Errorf("a dry run added %d, want %d; commit %d", r.Added, tt.added, s.Head().Moment().Commit)
			}
		})
	}
}

// TestDryRunAgainstGraph checks that a dry run sees what is in the graph and what the import would bring.
func TestDryRunAgainstGraph(t *testing.T) {
	s := open(t)
	sound(t, load(t, s, loader.Options{}, text("f", arm)))
	before := export(t, s)
	records := sign + `{"claim": "signed", "from": "AZE", "to": "deal"}` + "\n" + deal + arm + deal
	dry := load(t, s, loader.Options{DryRun: true}, text("f", records))
	if after := export(t, s); after != before {
		t.Errorf("the dry run changed the graph:\n%s", after)
	}
	wet := load(t, s, loader.Options{}, text("f", records))
	if diff := cmp.Diff(problems(wet), problems(dry)); diff != "" {
		t.Errorf("problems (-import +dry run):\n%s", diff)
	}
	if dry.Added != wet.Added || dry.Repeated != wet.Repeated || dry.Rejected != wet.Rejected {
		t.Errorf("dry run %+v\nimport %+v", dry, wet)
	}
}

// TestCircles checks declarations that need each other, in commits of their own.
func TestCircles(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"entity": "doc", "kind": "Document", "coder": "me", "source": {"document": "doc"}}` + "\n")
	for i := range 50 {
		fmt.Fprintf(&b, `{"entity": "e%d", "kind": "Place", "name": "Place %d", "coder": "me", "source": {"document": "doc"}}`+"\n", i, i)
	}
	b.WriteString(`{"claim": "capitalOf", "from": "e7", "to": "land"}` + "\n")
	b.WriteString(`{"entity": "land", "kind": "Territory", "claimant": "other"}` + "\n")
	b.WriteString(`{"entity": "other", "kind": "Organization", "claimant": "me"}` + "\n")
	b.WriteString(`{"entity": "me", "kind": "Leader", "claimant": "me", "source": {"document": "doc"}}` + "\n")
	b.WriteString(`{"entity": "x", "kind": "Place", "claimant": "y"}` + "\n")
	b.WriteString(`{"entity": "y", "kind": "Leader", "claimant": "nobody"}` + "\n")
	want := []string{
		`f:56: /claimant: found "t:y", expected an entity that a record declares with its kind, here or in the graph`,
		`f:57: /claimant: found "t:nobody", expected an entity that a record declares with its kind, here or in the graph`,
	}
	for _, dry := range []bool{false, true} {
		r := load(t, open(t), loader.Options{CommitSize: 4, DryRun: dry}, text("f", b.String()))
		if diff := cmp.Diff(want, problems(r)); diff != "" {
			t.Errorf("problems (-want +got):\n%s", diff)
		}
		if r.Added != 105 || r.Repeated != 0 || r.Rejected != 2 {
			t.Errorf("%+v", r)
		}
	}
}

// TestRetractions checks that retractions hold wherever in the input they stand, and that a repeated import changes
// nothing.
func TestRetractions(t *testing.T) {
	changes, err := loader.DecodeRecord([]byte(sign), "t")
	if err != nil {
		t.Fatal(err)
	}
	end := fmt.Sprintf(`{"retract": %q, "reason": "misread"}`+"\n", changes[0].ID)
	for _, records := range []string{arm + deal + sign + end, end + sign + deal + arm, arm + end + sign + deal} {
		for _, size := range []int{0, 1} {
			s := open(t)
			first := load(t, s, loader.Options{CommitSize: size}, text("f", records))
			sound(t, first)
			second := load(t, s, loader.Options{CommitSize: size}, text("f", records))
			sound(t, second)
			if first.Retracted != 1 || second.WithdrawnSkipped != 1 || second.Commits != 0 || second.Repeated != 6 {
				t.Errorf("first %+v\nsecond %+v", first, second)
			}
			if strings.Contains(export(t, s), "signed") {
				t.Error("the claim still stands")
			}
			back := load(t, s, loader.Options{}, text("f", strings.Replace(end, "retract", "reassert", 1)))
			if sound(t, back); back.Reopened != 1 || !strings.Contains(export(t, s), "signed") {
				t.Errorf("reasserted: %+v", back)
			}
		}
	}
}

// TestJoin checks that entities with the same exact id become one, and that taking them apart lasts: through another import,
// and through an export.
func TestJoin(t *testing.T) {
	s := open(t)
	other := `{"entity": "gw:371", "kind": "State", "name": "Armenia (Soviet)"}` + "\n" + `{"entity": "HYE", "kind": "State", "ids": {"gw": "371", "iso3": "ARM"}}` + "\n"
	first := load(t, s, loader.Options{CommitSize: 1}, text("f", arm), text("g", other))
	if sound(t, first); first.Joined != 2 {
		t.Fatalf("joined %d, want 2", first.Joined)
	}
	v := s.Head()
	a, _ := v.Resolve("t:ARM")
	if b, ok := v.Resolve("gw:371"); !ok || a != b {
		t.Error("not one")
	}
	e, _ := v.Entity("t:ARM")
	list, err := v.Claims(t.Context(), store.ClaimFilter{About: &e, Predicates: []graph.Predicate{graph.SameAs}}, store.Page{First: 10})
	if err != nil {
		t.Fatal(err)
	}
	claims, err := v.ReadClaims(t.Context(), list.Items)
	if err != nil {
		t.Fatal(err)
	}
	var ends strings.Builder
	for _, c := range claims {
		fmt.Fprintf(&ends, `{"retract": %q, "reason": "not the same"}`+"\n", c.ClaimID)
	}
	sound(t, load(t, s, loader.Options{}, text("h", ends.String())))
	again := load(t, s, loader.Options{}, text("f", arm), text("g", other))
	if again.Joined != 0 || again.Commits != 0 {
		t.Errorf("joined again: %+v", again)
	}
	exported := export(t, s)
	fresh := open(t)
	sound(t, load(t, fresh, loader.Options{}, text("export", exported)))
	if diff := cmp.Diff(exported, export(t, fresh)); diff != "" {
		t.Errorf("export of the import (-want +got):\n%s", diff)
	}
}

func TestRejects(t *testing.T) {
	var rejects bytes.Buffer
	bad := `{"entity": "x", "kind": "Sate", "name": "Ա` + "\\n" + `"}`
	r := load(t, open(t), loader.Options{Rejects: &rejects}, text("f", arm+bad+"\r\n"+sign+"\xff\n"))
	if want := bad + "\n" + "\xff\n" + sign; rejects.String() != want {
		t.Errorf("rejects = %q, want %q", rejects.String(), want)
	}
	if r.Rejected != 3 || len(r.Groups) != 3 {
		t.Errorf("%+v", r)
	}
	rejects.Reset()
	document := "{\"entities\": [\n{\"entity\":\n \"x\",\n\"kind\": \"Sate\"}]}"
	load(t, open(t), loader.Options{Rejects: &rejects}, text("f", document))
	if want := `{"entity":  "x", "kind": "Sate"}` + "\n"; rejects.String() != want {
		t.Errorf("rejects = %q, want %q", rejects.String(), want)
	}
	_, err := loader.Import(t.Context(), open(t), []loader.Input{text("f", bad)}, loader.Options{Dataset: "t", Rejects: failing{}})
	if !errors.Is(err, errFull) {
		t.Errorf("error = %v", err)
	}
}

var errFull = errors.New("full")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }

func TestReport(t *testing.T) {
	var b strings.Builder
	for i := range 300 {
		fmt.Fprintf(&b, `{"claim": "signed", "from": "ARM", "to": "deal", "qualifiers": {"between": ["a", "b %d"]}}`+"\n", i)
	}
	r := load(t, open(t), loader.Options{}, text("f", b.String()+`{"retract": "x"}`))
	if len(r.Problems) != loader.ProblemsKept || r.ProblemCount() != 301 || len(r.Groups) != 2 || r.Groups[0].Count != 300 {
		t.Fatalf("%d kept of %d in %d groups", len(r.Problems), r.ProblemCount(), len(r.Groups))
	}
	r.Elapsed = 0
	var out strings.Builder
	if err := r.Write(&out); err != nil {
		t.Fatal(err)
	}
	start := strings.Split(out.String(), "\n")[:6]
	want := []string{
		"read      300 claims, 1 retraction (0.0 MB in 0s)",
		"claims    0 added",
		"commits   0",
		"rejected  301 records, 301 problems",
		`     300  f:1: /qualifiers/between/1: found "b 0", expected an id without spaces or control characters (U+0020)`,
		`       1  f:301: /retract: found "x", expected a claim id, a UUID such as "6fa459ea-ee8a-5ca4-894e-db77e160355e"`,
	}
	if diff := cmp.Diff(want, start); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}

// TestCancel checks that what was committed stays, and that the import can simply be run again.
func TestCancel(t *testing.T) {
	records := string(generated(5000))
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	calls := 0
	opts := loader.Options{Dataset: "t", CommitSize: 500, Progress: func(p loader.Progress) {
		if calls++; calls == 3 {
			cancel()
		}
	}}
	r, err := loader.Import(ctx, s, []loader.Input{text("f", records)}, opts)
	if !errors.Is(err, context.Canceled) || r.Commits != 3 || s.Head().Moment().Commit != 3 {
		t.Fatalf("%v, %d commits, head %d", err, r.Commits, s.Head().Moment().Commit)
	}
	sound(t, load(t, s, loader.Options{}, text("f", records)))
	whole := open(t)
	sound(t, load(t, whole, loader.Options{}, text("f", records)))
	if export(t, s) != export(t, whole) {
		t.Error("an import cut short and run again gives another graph")
	}
}

// TestCancelStdin checks that an import whose input never ends can be ended.
func TestCancelStdin(t *testing.T) {
	r, w := io.Pipe()
	defer w.Close()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	s := open(t)
	go func() {
		_, err := loader.Import(ctx, s, []loader.Input{loader.FileInput("-", r)}, loader.Options{Dataset: "t"})
		done <- err
	}()
	if _, err := io.WriteString(w, arm); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v", err)
	}
}

// TestSpool sends everything through the spool, and that through a file.
func TestSpool(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	lines := strings.SplitAfter(string(generated(4000)), "\n")
	want := open(t)
	sound(t, load(t, want, loader.Options{}, text("f", strings.Join(lines, ""))))
	slices.Reverse(lines)
	s := open(t)
	opts := loader.Options{CommitSize: 300}
	loader.SetSpoolBytes(&opts, 1000)
	r := load(t, s, opts, text("f", strings.Join(lines, "")))
	sound(t, r)
	if export(t, s) != export(t, want) {
		t.Error("the order of the records shows in the graph")
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestOptions(t *testing.T) {
	for _, opts := range []loader.Options{{}, {Dataset: "Ä"}, {Dataset: "t", CommitSize: -1}, {Dataset: "t", CommitSize: loader.MaxCommitSize + 1}} {
		if _, err := loader.Import(t.Context(), open(t), nil, opts); !errors.Is(err, loader.ErrOptions) {
			t.Errorf("Import(%+v) = %v", opts, err)
		}
	}
	if _, err := loader.DecodeRecord([]byte(arm), "No Dataset"); err == nil {
		t.Error("a bad dataset was taken")
	}
}

// TestShuffled checks on the curated records that their order does not matter.
func TestShuffled(t *testing.T) {
	want := open(t)
	load(t, want, loader.Options{Dataset: "entente"}, curated(t)...)
	var lines []string
	for _, in := range curated(t) {
		file, err := in.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.SplitAfter(string(content), "\n")...)
	}
	for seed := range uint64(5) {
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		s := open(t)
		sound(t, load(t, s, loader.Options{Dataset: "entente", CommitSize: 20}, text("f", strings.Join(lines, ""))))
		if diff := cmp.Diff(export(t, want), export(t, s)); diff != "" {
			t.Errorf("seed %d (-want +got):\n%s", seed, diff)
		}
	}
}

package loader_test

import (
	"bytes"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/data"
	"entente/graph/kv/memkv"
	"entente/graph/store"
	"entente/loader"
)

// text is an input of the records given.
func text(name, records string) loader.Input {
	return loader.Input{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(records)), nil }}
}

func open(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func load(t testing.TB, s *store.Store, opts loader.Options, inputs ...loader.Input) *loader.Report {
	t.Helper()
	if opts.Dataset == "" {
		opts.Dataset = "t"
	}
	report, err := loader.Import(t.Context(), s, inputs, opts)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func export(t testing.TB, s *store.Store) string {
	t.Helper()
	var b bytes.Buffer
	if err := loader.Export(t.Context(), s.Head(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sound fails the test if the report tells of a problem.
func sound(t testing.TB, r *loader.Report) {
	t.Helper()
	for i := range r.Problems {
		t.Error(r.Problems[i].String())
	}
	if r.Rejected > 0 {
		t.Fatalf("%d records rejected", r.Rejected)
	}
}

// curated are the inputs of the records that come with the program.
func curated(t testing.TB) (inputs []loader.Input) {
	t.Helper()
	files, err := fs.Glob(data.Files, "*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		inputs = append(inputs, loader.Input{Name: name, Open: func() (io.ReadCloser, error) { return data.Files.Open(name) }})
	}
	return inputs
}

func TestCuratedTwice(t *testing.T) {
	s := open(t)
	first := load(t, s, loader.Options{Dataset: data.Dataset}, curated(t)...)
	sound(t, first)
	if first.Added < 100 || first.Commits == 0 {
		t.Errorf("first import: %+v", first)
	}
	text1 := export(t, s)

	second := load(t, s, loader.Options{Dataset: data.Dataset}, curated(t)...)
	sound(t, second)
	if second.Added != 0 || second.Commits != 0 || second.Reopened != 0 {
		t.Errorf("the second import added %d claims in %d commits", second.Added, second.Commits)
	}
	if second.Repeated != first.Added-first.Joined+first.Repeated {
		t.Errorf("the second import repeated %d claims of %d", second.Repeated, first.Added)
	}

	other := open(t)
	sound(t, load(t, other, loader.Options{}, text("export", text1)))
	if diff := cmp.Diff(text1, export(t, other)); diff != "" {
		t.Errorf("the export of what an export was imported to (-want +got):\n%s", diff)
	}
}

package match_test

import (
	"io"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/match"
	"entente/graph/store"
	"entente/loader"
)

// view is the graph of some records, all of which must be sound.
func view(t interface {
	Helper()
	Fatalf(format string, args ...any)
}, records ...string,
) *store.View {
	t.Helper()
	ctx := contextOf(t)
	st, err := store.Open(ctx, memkv.New(), store.Options{})
	if err != nil {
		t.Fatalf("open a store in memory: %v", err)
	}
	in := loader.Input{Name: "records.jsonl", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(strings.Join(records, "\n"))), nil
	}}
	report, err := loader.Import(ctx, st, []loader.Input{in}, loader.Options{Dataset: "x"})
	if err != nil || report.ProblemCount() > 0 {
		t.Fatalf("import: %v, problems %v", err, report.Problems)
	}
	return st.Head()
}

// profile is the profile of an entity of the view, meetings included.
func profile(t *testing.T, v *store.View, id graph.ID) *match.Profile {
	t.Helper()
	e, ok := v.Entity(id)
	if !ok {
		t.Fatalf("%s is not in the graph", id)
	}
	return match.NewMatcher(v).Profile(e)
}

// compare compares two entities of the view.
func compare(t *testing.T, v *store.View, a, b graph.ID) match.Match {
	t.Helper()
	return match.Compare(profile(t, v, a), profile(t, v, b))
}

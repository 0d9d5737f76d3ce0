package trace_test

import (
	"io"
	"os"
	"testing"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/trace"
	"entente/loader"
	"entente/loader/format/formattest"
	"entente/loader/paax"
)

// TestReachOfSignatories counts the pairs of actors that chains through the agreements of PAA-X connect: without regard to time, with
// days that never run back, and strictly forward.
func TestReachOfSignatories(t *testing.T) {
	path := formattest.Dataset(t, "paax/paax_v0.2_signatories_slim.csv")
	engine := memkv.New()
	s, err := store.Open(t.Context(), engine, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	in := loader.Input{Name: path, Format: &paax.Format, Open: func() (io.ReadCloser, error) { return os.Open(path) }}
	report, err := loader.Import(t.Context(), s, []loader.Input{in}, loader.Options{Dataset: paax.Format.Dataset})
	if err != nil || report.Rejected > 0 {
		t.Fatal(err, report.Problems)
	}
	withdrawFound(t, s)
	snap := s.Head().Snapshot()
	var actors []ledger.EntityNo
	for e := range snap.Entities() {
		if kinds := snap.Kinds(e); len(kinds) > 0 && kinds[0].Party() {
			actors = append(actors, e)
		}
	}
	for order, want := range map[trace.TimeOrder]int{trace.AnyOrder: 1_629_250, trace.NonDecreasing: 942_077, trace.Strict: 939_863} {
		got, err := trace.Reach(t.Context(), snap, order, actors)
		if err != nil || got != want {
			t.Errorf("%s: %d ordered pairs, want %d (%v)", order, got, want, err)
		}
	}
}

// withdrawFound withdraws the dates as they were found where there is one that was mended.
func withdrawFound(t *testing.T, s *store.Store) {
	t.Helper()
	mended := make(map[graph.ID]bool)
	found := make(map[graph.ID]graph.ClaimID)
	for c, err := range s.Head().Export(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if c.Predicate != graph.DatePredicate {
			continue
		}
		if _, inferred := c.Qualifier(graph.Inferred); inferred {
			mended[c.From] = true
		} else {
			found[c.From] = c.ClaimID
		}
	}
	var changes []store.Change
	for id := range mended {
		if claim, ok := found[id]; ok {
			changes = append(changes, store.Change{Op: ledger.Withdraw, ID: claim})
		}
	}
	if _, err := s.Commit(t.Context(), changes, store.CommitOptions{}); err != nil {
		t.Fatal(err)
	}
}

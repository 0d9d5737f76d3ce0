package loader_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/loader"
)

// A state is what a model knows of a claim: nothing if it never came.
type state struct {
	came, stands bool
	op           store.Op // what ended it last
	owner        string   // the dataset whose import made it stand last, "" for a person
	changed      int      // the step that changed it last
}

// A model is what a graph should be after steps of imports, editions, retractions and undoings.
type model struct {
	claims map[graph.ClaimID]state
	past   []map[graph.ClaimID]state // after each step; the first is the empty graph
	heads  []uint64                  // the newest commit after each step
}

func (m *model) set(id graph.ClaimID, stands bool, op store.Op, owner string) {
	m.claims[id] = state{came: true, stands: stands, op: op, owner: owner, changed: len(m.past)}
}

func (m *model) edition(ids []graph.ClaimID, dataset string, replace bool) {
	again := false // Replace compares with what earlier imports of the dataset brought
	for _, s := range m.claims {
		again = again || s.came && s.owner == dataset
	}
	for _, id := range ids {
		if s := m.claims[id]; !s.came || !s.stands && s.op != ledger.Withdraw {
			m.set(id, true, 0, dataset)
		}
	}
	if !replace || !again {
		return
	}
	for id, s := range maps.Clone(m.claims) {
		if s.stands && s.owner == dataset && !slices.Contains(ids, id) {
			m.set(id, false, ledger.Replace, "")
		}
	}
}

func (m *model) undo(from, to int) {
	before := m.past[from-1]
	for id, s := range maps.Clone(m.claims) {
		op := before[id].op
		if !before[id].came {
			op = ledger.Undo
		}
		withdrawn := !s.stands && (s.op == ledger.Withdraw) != (op == ledger.Withdraw) && !before[id].stands
		if s.changed < from || s.changed > to || s.stands == before[id].stands && !withdrawn {
			continue
		}
		owner := "" // what ends is nobody's, what is restored is whose it was
		if before[id].stands {
			owner = before[id].owner
		}
		m.set(id, before[id].stands, op, owner)
	}
}

// record is the i-th record of the universe that steps draw from.
func universe(i int) string {
	if i == 0 {
		return `{"entity":"a","kind":"State"}` + "\n" + `{"entity":"b","kind":"State"}` + "\n"
	}
	if i%3 == 0 {
		return fmt.Sprintf(`{"claim":"sameAs","from":"a","to":"b","when":"%d"}`+"\n", 2000+i)
	}
	return fmt.Sprintf(`{"claim":"recognized","from":"a","to":"b","when":"%d","key":"k%d"}`+"\n", 2000+i, i%4)
}

func idsOf(t *rapid.T, record string) (ids []graph.ClaimID) {
	t.Helper()
	for line := range strings.Lines(record) {
		changes, err := loader.DecodeRecord([]byte(line), "d")
		if err != nil {
			t.Fatal(err)
		}
		for i := range changes {
			ids = append(ids, changes[i].ID)
		}
	}
	return ids
}

// TestCorrections draws steps and compares the graph with the model after each, and at the end at every commit of the past.
// Then the history of it makes an equal graph.
func TestCorrections(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		st, err := store.Open(t.Context(), memkv.New(), store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		m := &model{claims: map[graph.ClaimID]state{}, past: []map[graph.ClaimID]state{{}}, heads: []uint64{0}}
		const records = 8
		base := idsOf(t, universe(0))
		load := func(records, dataset string, replace bool) {
			r, err := loader.Import(t.Context(), st, []loader.Input{text("f", records)}, loader.Options{Dataset: "d", Source: dataset, Replace: replace})
			if err != nil || r.ProblemCount() > 0 {
				t.Fatalf("import of %s: %v, %v", records, err, problems(r))
			}
		}
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			switch rapid.IntRange(0, 5).Draw(t, "step") {
			case 0, 1, 2:
				lines, ids := universe(0), slices.Clone(base)
				for i := 1; i < records; i++ {
					if rapid.Bool().Draw(t, "in") {
						lines += universe(i)
						ids = append(ids, idsOf(t, universe(i))...)
					}
				}
				dataset, replace := rapid.SampledFrom([]string{"one", "two"}).Draw(t, "dataset"), rapid.Bool().Draw(t, "replace")
				// The declarations are each dataset's, so that none can take them from under the other.
				load(universe(0), "base", false)
				m.edition(base, "base", false)
				load(lines, dataset, replace)
				m.edition(ids, dataset, replace)
			case 3, 4:
				id := idsOf(t, universe(rapid.IntRange(1, records-1).Draw(t, "record")))[0]
				s := m.claims[id]
				if !s.came {
					continue
				}
				form, op := "retract", ledger.Withdraw
				switch {
				case s.stands:
				case rapid.Bool().Draw(t, "reassert"):
					form, op = "reassert", 0
				case s.op == ledger.Withdraw:
					continue
				}
				changes, err := loader.DecodeRecord(fmt.Appendf(nil, `{%q:%q,"reason":"r"}`, form, id), "d")
				if err != nil {
					t.Fatal(err)
				}
				if _, err := st.Commit(t.Context(), changes, store.CommitOptions{}); err != nil {
					t.Fatal(err)
				}
				m.set(id, form == "reassert", op, "")
			case 5:
				to := rapid.IntRange(0, len(m.heads)-1).Draw(t, "to")
				from := rapid.IntRange(0, to).Draw(t, "from")
				if from == 0 || m.heads[from-1] == m.heads[to] {
					continue
				}
				if _, err := st.Undo(t.Context(), m.heads[from-1]+1, m.heads[to], store.UndoOptions{}); err != nil {
					t.Fatal(err)
				}
				m.undo(from, to)
			}
			m.past = append(m.past, maps.Clone(m.claims))
			m.heads = append(m.heads, st.Head().Moment().Commit)
			compare(t, st.Head(), m.claims)
		}
		for i, head := range m.heads {
			v, err := st.View(store.At{Commit: &head})
			if err != nil {
				t.Fatal(err)
			}
			compare(t, v, m.past[i])
		}
		sameHistory(t, st)
	})
}

// compare fails unless the view has the claims as the model does.
func compare(t *rapid.T, v *store.View, want map[graph.ClaimID]state) {
	t.Helper()
	got, stands := map[graph.ClaimID]bool{}, map[graph.ClaimID]bool{}
	for id, s := range want {
		if s.came {
			stands[id] = s.stands
		}
		no, found, err := v.ClaimByID(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if !found {
			continue
		}
		c, err := v.ReadClaims(t.Context(), []store.ClaimNo{no})
		if err != nil {
			t.Fatal(err)
		}
		if c[0].Commit <= v.Moment().Commit {
			got[id] = c[0].Standing
		}
	}
	if diff := cmp.Diff(stands, got); diff != "" {
		t.Fatalf("at commit %d (-want +got):\n%s", v.Moment().Commit, diff)
	}
}

// sameHistory copies a graph by its history and compares the two at every commit.
func sameHistory(t *rapid.T, st *store.Store) {
	t.Helper()
	if st.Head().Moment().Commit == 0 {
		return
	}
	history := historyOf(t, st)
	copied, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	n, err := loader.ImportHistory(t.Context(), copied, text("history", history), nil)
	if err != nil || n != st.Head().Moment().Commit {
		t.Fatalf("%d commits, %v", n, err)
	}
	if diff := cmp.Diff(history, historyOf(t, copied)); diff != "" {
		t.Fatalf("the history of the copy:\n%s", diff)
	}
	for commit := range n + 1 {
		var texts [2]string
		for i, s := range []*store.Store{st, copied} {
			v, err := s.View(store.At{Commit: &commit})
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := loader.Export(t.Context(), v, &b); err != nil {
				t.Fatal(err)
			}
			texts[i] = b.String()
		}
		if texts[0] != texts[1] {
			t.Fatalf("at commit %d:\n%s", commit, cmp.Diff(texts[0], texts[1]))
		}
	}
	report, err := copied.Verify(t.Context(), nil)
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("verify: %v, %v", err, report.Problems)
	}
}

func historyOf(t *rapid.T, s *store.Store) string {
	t.Helper()
	var b bytes.Buffer
	if err := loader.ExportHistory(t.Context(), s.Head(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

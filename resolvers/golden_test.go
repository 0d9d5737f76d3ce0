package resolvers

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/store"
)

var update = flag.Bool("update", false, "rewrite the golden answers in testdata")

// TestGolden asks every question of testdata/*.graphql over HTTP and compares the whole answer with the file beside it; those of
// testdata/later after one commit more, and those of testdata/merged after another.
func TestGolden(t *testing.T) {
	servers := map[string]*server{"testdata": serve(t, smallStore(t)), "later": serve(t, laterStore(t)), "merged": serve(t, mergedStore(t))}
	for _, file := range questions(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".graphql"), func(t *testing.T) {
			srv := servers[filepath.Base(filepath.Dir(file))]
			got := prettyAnswer(t, srv.store, srv.ask(t, question(t, file)))
			golden := strings.TrimSuffix(file, ".graphql") + ".golden.json"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("answer to %s (-want +got):\n%s", file, diff)
			}
		})
	}
}

func questions(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.graphql")
	more, err2 := filepath.Glob("testdata/*/*.graphql")
	if err := errors.Join(err, err2); err != nil || len(files) < 10 || len(more) < 5 {
		t.Fatalf("found %d questions, and %d to be asked later: %v", len(files), len(more), err)
	}
	return append(files, more...)
}

// question reads a question. It may name by a word what is computed: ids of claims and UUIDs.
func question(t testing.TB, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	name := graph.Claim{Predicate: graph.NamePredicate, From: "entente:ARM", Value: "Armenia", Stance: graph.Asserted}
	return strings.NewReplacer("UUID-OF-ARM", graph.ID("entente:ARM").UUID().String(), "CLAIM-OF-NAME", name.ID().String()).Replace(string(text))
}

// prettyAnswer lays an answer out for people. The ledger's id is another in every graph.
func prettyAnswer(t testing.TB, s *store.Store, r *reply) string {
	t.Helper()
	body := []byte(r.body)
	if id := s.LedgerID(); id != "" {
		body = bytes.ReplaceAll(body, []byte(id), []byte("ledger-id"))
	}
	value := jsontext.Value(body)
	if err := value.Indent(jsontext.WithIndent(" ")); err != nil {
		t.Fatal(err)
	}
	return string(value) + "\n"
}

package resolvers

import (
	"bytes"
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

// TestGolden asks every question of testdata/*.graphql over HTTP and compares the whole answer with the file beside it.
func TestGolden(t *testing.T) {
	s := smallStore(t)
	srv := serve(t, s)
	for _, file := range questions(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".graphql"), func(t *testing.T) {
			got := prettyAnswer(t, s, srv.ask(t, question(t, file)))
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
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d questions: %v", len(files), err)
	}
	return files
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

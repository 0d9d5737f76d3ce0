package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestRedactLiterals redacts a number, an address and an exact external id by which two entities were joined. Nothing says them
// afterwards, the entities are two again, and the history that is exported can be imported.
func TestRedactLiterals(t *testing.T) {
	dir := t.TempDir()
	folder, records := filepath.Join(dir, "data"), filepath.Join(dir, "x.jsonl")
	writeFile(t, records, []byte(`{"entity":"a","kind":"State","name":"Alpha","ids":{"wikidata":"Q7654321"}}
{"entity":"b","kind":"State","name":"Beta","ids":{"wikidata":"Q7654321"}}
{"entity":"f","kind":"PeacekeepingForce","name":"Force"}
{"entity":"doc","kind":"Document","name":"A document"}
{"claim":"strength","from":"f","value":"19604711"}
{"claim":"url","from":"doc","value":"https://example.org/qzjvkxwy"}
`))
	must(t, "", "import", "--data", folder, records)
	texts := []string{"19604711", "example.org/qzjvkxwy", "Q7654321"}
	var answer struct {
		Claims struct {
			Edges []struct{ Node struct{ ID, Value string } }
		}
	}
	s := serve(t, "--data", folder, "--no-seed")
	err := json.Unmarshal(s.ask(t, `{ claims(first: 100) { edges { node { id value } } } }`, ""), &answer)
	s.stop()
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"redact", "--data", folder, "--reason", "r"}
	for _, e := range answer.Claims.Edges {
		if slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(e.Node.Value, text) }) {
			args = append(args, e.Node.ID)
		}
	}
	if out := must(t, "", args...); !strings.Contains(out, "the texts of 5 claims") { // the fifth is the one that joined
		t.Errorf("four claims and a join:\n%s", out)
	}
	must(t, "", "verify", "--data", folder)
	history := must(t, "", "export", "--history", "--data", folder)
	for _, text := range texts {
		if in := holds(t, folder, text); len(in) > 0 || strings.Contains(history, text) {
			t.Errorf("%q is still in %v, or in the history", text, in)
		}
	}
	s = serve(t, "--data", folder, "--no-seed")
	names := string(s.ask(t, `{ a: entity(id: "x:a") { name } b: entity(id: "x:b") { name } }`, ""))
	s.stop()
	if !strings.Contains(names, "Alpha") || !strings.Contains(names, "Beta") {
		t.Errorf("the two are %s", names)
	}
	exported, copied := filepath.Join(dir, "history.jsonl"), filepath.Join(dir, "copy")
	writeFile(t, exported, []byte(history))
	must(t, "", "import", "--history", "--data", copied, exported)
	must(t, "", "verify", "--data", copied)
	if again := must(t, "", "export", "--history", "--data", copied); again != history {
		t.Errorf("the copy's history is\n%s\nnot\n%s", again, history)
	}
}

package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/graph/kv/badgerkv"
	"entente/graph/ledger"
)

// holds reports which files of a folder hold the text.
func holds(t *testing.T, dir, text string) (found []string) {
	t.Helper()
	for _, name := range files(t, dir) {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), text) {
			found = append(found, name)
		}
	}
	return found
}

// TestRedact erases a claim and a document. Neither the API, nor an export, nor the bytes of the folder have the texts afterwards, at no
// commit; what was not to be erased is there; and nothing brings them back.
func TestRedact(t *testing.T) {
	folder, records := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "x.jsonl")
	// The texts are of letters that no compressor shortens, so that a search of bytes would find them.
	const claimText, quote, other = "Qzjvkxwy-Bpfghmtr", "Wkzqjxvbn dlprtsgh", "Hxqzwvkj stays"
	writeFile(t, records, []byte(`{"entity":"a","kind":"State","name":"Alpha","aliases":["`+claimText+`"]}
{"entity":"b","kind":"State","name":"Beta"}
{"entity":"doc","kind":"Document","name":"A document","description":"About `+quote+`"}
{"entity":"doc2","kind":"Document","name":"Another"}
{"claim":"recognized","from":"a","to":"b","when":"2001","source":{"document":"doc","locator":"page 7","quote":"`+quote+`"}}
{"claim":"recognized","from":"b","to":"a","when":"2002","source":{"document":"doc2","quote":"`+other+`"}}
`))
	must(t, "", "import", "--data", folder, records)
	ask := func(t *testing.T, query string) string {
		t.Helper()
		s := serve(t, "--data", folder, "--no-seed")
		defer s.stop()
		return string(s.ask(t, query, ""))
	}
	found := ask(t, `{ claims(filter: {predicates: [ALIAS]}) { edges { node { id } } } }`)
	id := found[strings.Index(found, `"id":"`)+6:][:36]
	for _, text := range []string{claimText, quote, other} {
		if len(holds(t, folder, text)) == 0 {
			t.Fatalf("a search of bytes does not find %q even before", text)
		}
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"redact", "--data", folder, id}, exitUsage, "--reason"},
		{[]string{"redact", "--data", folder, "--reason", "r", "x:a"}, exitFailed, "neither the id of a claim nor of a document"},
		{[]string{"redact", "--data", folder, "--reason", "r", "6fa459ea-ee8a-5ca4-894e-db77e160355e"}, exitFailed, "neither"},
		{[]string{"redact", "--data", folder, "--reason", "r", "--dry-run", id, "x:doc"}, exitDone, "would erase    the texts of 2 claims, which are withdrawn; locator and quote of 1 claims"},
	} {
		if code, out, errs := entente(t, "", c.args...); code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%v: %d\n%s%s", c.args, code, out, errs)
		}
	}
	if len(holds(t, folder, claimText)) == 0 {
		t.Fatal("a dry run has erased")
	}
	out := must(t, "", "redact", "--data", folder, "--reason", "a court's order", id, "x:doc")
	t.Log(out)
	check := func(when string) {
		t.Helper()
		for _, text := range []string{claimText, quote} {
			if in := holds(t, folder, text); len(in) > 0 {
				t.Errorf("%s, %q is in %v", when, text, in)
			}
		}
		if len(holds(t, folder, other)) == 0 {
			t.Errorf("%s, %q is gone too", when, other)
		}
		for _, query := range []string{
			`{ claims(filter: {includeRetracted: true}, first: 100) { edges { node { id value source { locator quote } known { reason } } } } }`,
			`{ entity(id: "x:a", at: {commit: 1}) { name names { text } claims(first: 50) { edges { node { value source { quote } } } } } }`,
		} {
			answer := ask(t, query)
			if !strings.Contains(answer, `"quote":"[redacted]"`) {
				t.Errorf("%s, %s does not tell of the erasure: %s", when, query, answer)
			}
			if strings.Contains(answer, claimText) || strings.Contains(answer, quote) || !strings.Contains(answer, "[redacted]") && !strings.Contains(answer, "Alpha") {
				t.Errorf("%s, %s answers %s", when, query, answer)
			}
		}
		must(t, "", "verify", "--data", folder)
	}
	check("after the erasure")

	export := must(t, "", "export", "--data", folder)
	if strings.Contains(export, claimText) || strings.Contains(export, quote) || !strings.Contains(export, `"erased":"quote"`) || !strings.Contains(export, other) {
		t.Errorf("the export has\n%s", export)
	}
	if out := must(t, "", "import", "--data", folder, records); !strings.Contains(out, "2 withdrawn, skipped") {
		t.Errorf("importing again:\n%s", out)
	}
	check("after importing again")
	code, out, errs := entente(t, `{"reassert":"`+id+`"}`, "import", "--data", folder, "--dataset", "x", "-")
	if all := out + errs; code != exitFailed || !strings.Contains(all, "erased") {
		t.Errorf("reasserting: %d, %s", code, all)
	}

	// The export makes an equal graph, and says itself what is missing.
	copied := filepath.Join(t.TempDir(), "copy")
	exported := filepath.Join(t.TempDir(), "copy.jsonl")
	writeFile(t, exported, []byte(export))
	must(t, "", "import", "--data", copied, exported)
	must(t, "", "verify", "--data", copied)
	if again := must(t, "", "export", "--data", copied); again != export {
		t.Errorf("the copy exports\n%s\nnot\n%s", again, export)
	}
}

// TestRedactStopped stops an erasure between its order and its execution. Verify says so, and a repair finishes it.
func TestRedactStopped(t *testing.T) {
	folder, records := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "x.jsonl")
	const text = "Qzjvkxwy-Bpfghmtr"
	writeFile(t, records, []byte(`{"entity":"a","kind":"State","name":"Alpha","description":"`+text+`"}`+"\n"))
	must(t, "", "import", "--data", folder, records)
	opts, err := folderOptions(0, newLogger(os.Stderr))
	if err != nil {
		t.Fatal(err)
	}
	engine, err := badgerkv.Open(folder, opts)
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), engine, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	batch := ledger.Batch{After: l.Head().Number}
	for no := range l.Head().Claims {
		batch.Changes = append(batch.Changes, ledger.Change{Claim: no, Op: ledger.TakeDown})
	}
	batch.Changes[len(batch.Changes)-1].Op = ledger.Redact // the description came last
	if _, err := l.Append(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(l.Close(), engine.Close()); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := entente(t, "", "verify", "--data", folder); code != exitFailed || !strings.Contains(out, "was to be erased") || !strings.Contains(out, "--repair") {
		t.Errorf("verify: %d\n%s", code, out)
	}
	if len(holds(t, folder, text)) == 0 {
		t.Fatal("nothing left to erase")
	}
	if out := must(t, "", "verify", "--repair", "--data", folder); !strings.Contains(out, "what was left of an erasure in 1 blocks") {
		t.Error(out)
	}
	must(t, "", "verify", "--data", folder)
	if in := holds(t, folder, text); len(in) > 0 {
		t.Errorf("the text is still in %v", in)
	}
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"entente/graph/kv/memkv"
	"entente/graph/store"
)

// TestUpgrade: a new release of the curated records takes the place of the old one, and brings back nothing that the user
// withdrew, nor ends what the user said.
func TestUpgrade(t *testing.T) {
	st, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	release := func(records string) {
		t.Helper()
		files := fstest.MapFS{"a.jsonl": {Data: []byte(records)}}
		if err := seed(t.Context(), st, files, streams{err: os.Stderr}); err != nil {
			t.Fatal(err)
		}
	}
	user := func(record string) *store.Result {
		t.Helper()
		changes, err := decodeRecord([]byte(record), "entente")
		if err != nil {
			t.Fatal(err)
		}
		result, err := st.Commit(t.Context(), changes, store.CommitOptions{Author: "user"})
		if err != nil || len(result.Problems) > 0 {
			t.Fatal(err, result)
		}
		return result
	}
	const (
		kinds = `{"entity":"a","kind":"State"}` + "\n" + `{"entity":"b","kind":"State"}` + "\n"
		keep  = `{"claim":"recognized","from":"a","to":"b","when":"2001"}` + "\n"
		bad   = `{"claim":"recognized","from":"a","to":"b","when":"2002"}` + "\n"
		drop  = `{"claim":"recognized","from":"a","to":"b","when":"2003"}` + "\n"
		fresh = `{"claim":"recognized","from":"a","to":"b","when":"2004"}` + "\n"
	)
	release(kinds + keep + bad + drop)
	changes, err := decodeRecord([]byte(bad), "entente")
	if err != nil {
		t.Fatal(err)
	}
	user(`{"retract":"` + changes[0].ID.String() + `","reason":"wrong"}`)
	user(`{"claim":"recognized","from":"a","to":"b","when":"1999"}`)
	commit := st.Head().Moment().Commit
	release(kinds + keep + bad + drop)
	if now := st.Head().Moment().Commit; now != commit {
		t.Errorf("the same release made commits %d to %d", commit+1, now)
	}
	for range 2 {
		release(kinds + keep + bad + fresh)
		claims, err := st.Head().Claims(t.Context(), store.ClaimFilter{Predicates: nil}, store.Page{First: 100})
		if err != nil {
			t.Fatal(err)
		}
		read, err := st.Head().ReadClaims(t.Context(), claims.Items)
		if err != nil {
			t.Fatal(err)
		}
		var years []string
		for _, c := range read {
			if c.To != "" {
				years = append(years, c.When.String())
			}
		}
		if got := strings.Join(years, " "); !strings.Contains(got, "2001") || !strings.Contains(got, "2004") || !strings.Contains(got, "1999") || len(years) != 3 {
			t.Errorf("after the upgrade there stand %s, want 1999, 2001, 2004", got)
		}
	}
}

// TestCorrect corrects a folder by commands: undo, a new edition, and its history into another folder.
func TestCorrect(t *testing.T) {
	dir := t.TempDir()
	folder, records := filepath.Join(dir, "data"), filepath.Join(dir, "x.jsonl")
	const kinds = `{"entity":"a","kind":"State"}` + "\n" + `{"entity":"b","kind":"State"}` + "\n"
	const claim = `{"claim":"recognized","from":"a","to":"b","when":"2001"}` + "\n"
	writeFile(t, records, []byte(kinds))
	must(t, "", "import", "--data", folder, records)
	writeFile(t, records, []byte(kinds+claim))
	if out := must(t, "", "import", "--data", folder, records); !strings.Contains(out, "commits   1, number 2") {
		t.Error(out)
	}
	stands := func() bool { return strings.Contains(must(t, "", "export", "--data", folder), `"2001"`) }
	if out := must(t, "", "undo", "--data", folder, "--dry-run", "2"); !strings.Contains(out, "1 would be ended") || !stands() {
		t.Error(out)
	}
	if out := must(t, "", "undo", "--data", folder, "2"); !strings.Contains(out, "1 ended, 0 restored") || stands() {
		t.Error(out)
	}
	if out := must(t, "", "undo", "--data", folder, "3"); !strings.Contains(out, "0 ended, 1 restored") || !stands() {
		t.Error(out)
	}
	if out := must(t, "", "undo", "--data", folder, "2"); !strings.Contains(out, "\n          1 left as is: changed by a later commit\n") || !stands() {
		t.Error(out)
	}
	must(t, "", "undo", "--data", folder, "4")
	if out := must(t, "", "import", "--data", folder, records); !strings.Contains(out, "1 stand again") || !stands() {
		t.Error(out)
	}
	writeFile(t, records, []byte(kinds))
	if out := must(t, "", "import", "--data", folder, "--replace", records); !strings.Contains(out, "1 replaced, no longer in the source") || stands() {
		t.Error(out)
	}

	history := filepath.Join(dir, "history.jsonl")
	must(t, "", "export", "--data", folder, "--history", "-o", history)
	copied := filepath.Join(dir, "copy")
	if out := must(t, "", "import", "--data", copied, "--history", history); !strings.Contains(out, "commits   7") {
		t.Error(out)
	}
	if a, b := must(t, "", "export", "--data", folder, "--history"), must(t, "", "export", "--data", copied, "--history"); a != b {
		t.Errorf("the copy's history is\n%s\nnot\n%s", b, a)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"undo", "--data", folder}, exitUsage, "say what to undo"},
		{[]string{"undo", "--data", folder, "--dataset", "x", "1"}, exitUsage, "say what to undo"},
		{[]string{"undo", "--data", folder, "--dataset", "none"}, exitFailed, `no commit is of the dataset "none"`},
		{[]string{"undo", "--data", copied, "--dataset", "x"}, 0, "2 ended"},
		{[]string{"undo", "--data", folder, "x"}, exitUsage, `"x" is no commit`},
		{[]string{"undo", "--data", folder, "3..2"}, exitUsage, "no commit"},
		{[]string{"undo", "--data", folder, "99"}, exitFailed, "commits 99 to 99 of 7"},
		{[]string{"undo", "--data", filepath.Join(dir, "none"), "1"}, exitFailed, "no data in"},
		{[]string{"import", "--data", folder, "--history", history}, exitFailed, "has 7 commits"},
		{[]string{"import", "--data", folder, "--history", "--replace", history}, exitUsage, "a history is one file"},
		{[]string{"import", "--data", copied, "--replace", "--dry-run", records}, exitUsage, "--replace"},
		{[]string{"import", "--data", filepath.Join(dir, "new"), "--history", records}, exitFailed, "x.jsonl:1"},
	} {
		if code, out, errs := entente(t, "", c.args...); code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%v: %d\n%s%s", c.args, code, out, errs)
		}
	}
}

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMatchReview goes the way of a person: match a file, accept one proposal, deny another, undo.
func TestMatchReview(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	do := func(args ...string) string {
		t.Helper()
		code, out, errs := entente(t, "", append(args[:1:1], append([]string{"--data", data}, args[1:]...)...)...)
		if code != exitDone {
			t.Fatalf("%q: exit code %d\n%s%s", args, code, out, errs)
		}
		return out
	}
	there := write("there.jsonl", `{"entity": "ARM", "kind": "State", "name": "Armenia", "ids": {"iso3": "ARM"}}
{"entity": "kocharyan", "kind": "Leader", "name": "Robert Kocharyan"}
{"entity": "front", "kind": "ArmedGroup", "name": "Arvanian Front"}
`)
	mine := write("mine.jsonl", `{"entity": "1", "kind": "State", "name": "Republic of Armenia", "ids": {"iso3": "ARM"}}
{"entity": "2", "kind": "Leader", "name": "Роберт Кочарян"}
{"entity": "3", "kind": "ArmedGroup", "name": "Front of Arvania"}
{"entity": "4", "kind": "Leader", "name": "Somebody Else"}
`)
	do("import", "--dataset", "there", there)
	before := do("export")
	proposals := do("match", "--dataset", "mine", mine)
	golden(t, "testdata/match.golden", proposals+do("match", "--dataset", "mine", "--table", mine))
	if diff := cmp.Diff(before, do("export")); diff != "" {
		t.Errorf("matching changed the folder (-before +after):\n%s", diff)
	}

	lines := strings.SplitAfter(strings.TrimSpace(proposals), "\n")
	denied := strings.Replace(lines[1], `{"claim"`, `{"stance": "DENIED", "claim"`, 1)
	reviewed := write("reviewed.jsonl", lines[0]+denied)
	do("import", "--dataset", "mine", mine)
	if diff := cmp.Diff(proposals, do("match", "--dataset", "mine")); diff != "" {
		t.Errorf("the same proposals of what is imported (-of the file +within the graph):\n%s", diff)
	}
	do("import", "--dataset", "mine", reviewed)
	if left := do("match", "--min-score", "0"); strings.Contains(left, "kocharyan") || strings.Contains(left, "front") {
		t.Errorf("what was decided is proposed again:\n%s", left)
	}
	// The first import is commit 1, mine 2, and the joins of its ids 3.
	do("undo", "4")
	if diff := cmp.Diff(proposals, do("match", "--dataset", "mine")); diff != "" {
		t.Errorf("the same proposals after undoing the review (-then +now):\n%s", diff)
	}
}

// TestMatchRecordsAreComplete shows that what is written can be accepted as it stands, and that --coder names who does.
func TestMatchRecordsAreComplete(t *testing.T) {
	dir := t.TempDir()
	data, file := filepath.Join(dir, "data"), filepath.Join(dir, "two.jsonl")
	records := `{"entity": "a", "kind": "State", "name": "Armenia"}
{"entity": "b", "kind": "State", "name": "Government of Armenia"}
{"entity": "me", "kind": "Organization", "name": "Reviewers"}
`
	if err := os.WriteFile(file, []byte(records), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := entente(t, "", "import", "--data", data, file); code != exitDone {
		t.Fatal(code, out, errs)
	}
	_, out, _ := entente(t, "", "match", "--data", data, "--coder", "two:me", "--kind", "state")
	var record map[string]any
	if err := json.Unmarshal([]byte(out), &record); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got := record["coder"]; got != "two:me" {
		t.Errorf("coder is %v, want two:me", got)
	}
	if code, out, errs := entente(t, out, "import", "--data", data, "--dataset", "review", "-"); code != exitDone || !strings.Contains(out, "1 added") {
		t.Errorf("importing the proposal: exit code %d\n%s%s", code, out, errs)
	}
	if _, out, errs := entente(t, "", "match", "--data", data, "--kind", "State"); out != "" || errs != "0 proposals score 0.5 or more\n" {
		t.Errorf("after that match proposes %q, %q", out, errs)
	}
}

func TestMatchUsage(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	if code, _, errs := entente(t, `{"entity": "a", "kind": "State", "name": "Armenia"}`, "import", "--data", data, "--dataset", "x", "-"); code != exitDone {
		t.Fatal(errs)
	}
	tests := []struct {
		args []string
		code int
		want string
	}{
		{[]string{"--min-score", "1.5"}, exitUsage, "--min-score is 1.5; it is from 0 to 1"},
		{[]string{"--limit=-1"}, exitUsage, "--limit is -1; it is a number of proposals, or 0 for all"},
		{[]string{"--kind", "Country"}, exitUsage, `--kind is "Country"; it is one of State`},
		{[]string{"--dataset", "A B"}, exitUsage, `--dataset is "A B", which is no scheme of ids`},
		{[]string{filepath.Join(dir, "none.jsonl")}, exitFailed, "no such file"},
		{[]string{"--data", filepath.Join(dir, "nothing")}, exitFailed, "no data in"},
		{[]string{"--dataset", "y", "-"}, exitFailed, "the files were not matched whole:\nread      1 entity ("},
	}
	for _, tt := range tests {
		args := append([]string{"match", "--data", data}, tt.args...)
		code, _, errs := entente(t, `{"entity": "b", "kind": "Country", "name": "Armenia"}`, args...)
		if code != tt.code || !strings.Contains(errs, tt.want) {
			t.Errorf("%q: exit code %d and %q, want %d and %q", tt.args, code, errs, tt.code, tt.want)
		}
	}
}

// TestMatchLimit shows that a limit keeps the likeliest and says how many it left out.
func TestMatchLimit(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	records := `{"entity": "a", "kind": "State", "name": "Armenia"}
{"entity": "b", "kind": "State", "name": "Armenia"}
{"entity": "c", "kind": "State", "name": "Armenja"}
`
	if code, _, errs := entente(t, records, "import", "--data", data, "--dataset", "x", "-"); code != exitDone {
		t.Fatal(errs)
	}
	_, all, _ := entente(t, "", "match", "--data", data, "--min-score", "0.1", "--limit", "0", "--all")
	_, one, errs := entente(t, "", "match", "--data", data, "--min-score", "0.1", "--limit", "1", "--all")
	lines := slices.Collect(strings.Lines(all))
	if len(lines) != 3 || one != lines[0] || !strings.Contains(one, `"x:b"`) {
		t.Errorf("of\n%s--limit 1 keeps\n%s", all, one)
	}
	if want := "3 proposals score 0.1 or more, of which 2 of the lowest score are left out by --limit\n"; errs != want {
		t.Errorf("it says %q, want %q", errs, want)
	}
}

// TestMatchImplied shows that of three that are alike two pairs are proposed, and the third once one of these is denied.
func TestMatchImplied(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	records := `{"entity": "a", "kind": "Leader", "name": "Rudolf Rassendyll"}
{"entity": "b", "kind": "Leader", "name": "Rudolf Rassendyll"}
{"entity": "c", "kind": "Leader", "name": "Rudolf Rassendyll"}
`
	must(t, records, "import", "--data", data, "--dataset", "x", "-")
	code, two, errs := entente(t, "", "match", "--data", data)
	if want := "2 proposals score 0.5 or more, without 1 that follow from these\n"; code != exitDone || strings.Count(two, "\n") != 2 || errs != want {
		t.Fatalf("exit code %d, %q:\n%s", code, errs, two)
	}
	first, _, _ := strings.Cut(two, "\n")
	must(t, strings.Replace(first, `{"claim"`, `{"stance": "DENIED", "claim"`, 1), "import", "--data", data, "--dataset", "review", "-")
	if again := must(t, "", "match", "--data", data); strings.Count(again, "\n") != 2 || strings.Contains(again, first) {
		t.Errorf("after denying\n%s\nmatch proposes\n%s", first, again)
	}
}

// TestMatchFile shows what is taken into account of a file: what it says of what is there, the ids that it shares, its format.
func TestMatchFile(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	there := `{"entity": "ILL", "kind": "State", "name": "Illyria"}
{"entity": "RUR", "kind": "State", "name": "Ruritania", "ids": {"cow": "912"}}
{"entity": "group", "kind": "Organization", "name": "Zenda Group"}
{"entity": "deal", "kind": "Agreement", "name": "Treaty of Zenda"}
{"entity": "talks", "kind": "Event", "eventType": "TALKS", "name": "Talks at Strelsau"}
{"entity": "one", "kind": "Organization", "name": "One"}
{"claim": "mediated", "from": "group", "to": "deal", "coder": "one"}
{"claim": "mediated", "from": "group", "to": "talks", "coder": "one"}
`
	must(t, there, "import", "--data", data, "--dataset", "there", "-")
	mine := `{"entity": "g", "kind": "Organization", "name": "Contact Zenda Group of Five"}
{"entity": "two", "kind": "Organization", "name": "Two"}
{"claim": "mediated", "from": "g", "to": "there:deal", "coder": "two"}
{"claim": "mediated", "from": "g", "to": "there:talks", "coder": "two"}
`
	if out := must(t, mine, "match", "--data", data, "--dataset", "mine", "--min-score", "0.1", "-"); !strings.Contains(out, "different sources name them on the same side of 2 meetings (+2.0)") {
		t.Errorf("meetings that the folder has are left out of account:\n%s", out)
	}
	table := filepath.Join(dir, "states.csv")
	rows := "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\nILL,911,Illyria,1902,5,20,1906,9,25,2016\nRUR,912,Ruritania,1991,12,26,2016,12,31,2016\n"
	if err := os.WriteFile(table, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := entente(t, "", "match", "--data", data, "--format", "cow-states", "--kind", "State", table)
	if lines := strings.Count(out, "\n"); code != exitDone || lines != 1 || !strings.Contains(out, `"from":"there:ILL","to":"cow:911"`) {
		t.Errorf("exit code %d, of two states, one of which shares an id:\n%s%s", code, out, errs)
	}
	if want := "1 entities of the files are new and share no exact id with one that is there; 1 proposals score 0.5 or more\n"; errs != want {
		t.Errorf("it says %q, want %q", errs, want)
	}
}

// TestTableName shortens by letters, not bytes, and only what is too long.
func TestTableName(t *testing.T) {
	long := strings.Repeat("Ж", 48)
	for _, test := range []struct{ name, want string }{
		{"Armenia", "Armenia"},
		{long, long},
		{long + "Ж", long[:2*47] + "…"},
	} {
		if got := tableName(test.name); got != test.want {
			t.Errorf("tableName(%q) = %q, want %q", test.name, got, test.want)
		}
	}
}

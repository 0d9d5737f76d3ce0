package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ownTables is the section of the README about tables, with its blocks of code by their language.
func ownTables(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(text), "\n## Your own tables\n")
	section, _, ends := strings.Cut(section, "\n## ")
	if !ok || !ends {
		t.Fatal("the README has no section about tables")
	}
	blocks := make(map[string]string)
	for _, b := range regexp.MustCompile("(?s)```([a-z]+)\n(.*?)```").FindAllStringSubmatch(section, -1) {
		blocks[b[1]] = b[2]
	}
	return blocks
}

// TestOwnTables runs the example of the README as it stands there.
func TestOwnTables(t *testing.T) {
	blocks := ownTables(t)
	for language, file := range map[string]string{"csv": "examples/ceasefires.csv", "yaml": "examples/ceasefires.yaml"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(text), blocks[language]); diff != "" {
			t.Errorf("%s (-file +README):\n%s", file, diff)
		}
	}
	data := filepath.Join(t.TempDir(), "data")
	var outs []string
	for line := range strings.Lines(blocks["sh"]) {
		command, _, _ := strings.Cut(line, "#")
		args := strings.Fields(command)
		if len(args) == 0 || args[0] != "entente" {
			t.Fatalf("%q is no command of ours", line)
		}
		outs = append(outs, must(t, "", append([]string{args[1], "--data", data}, args[2:]...)...))
	}
	if len(outs) != 2 {
		t.Fatalf("%d commands, want two", len(outs))
	}
	shown := strings.ReplaceAll(strings.TrimSpace(blocks["json"]), ",\n ", ",")
	for line := range strings.SplitSeq(shown, "\n") {
		if !strings.Contains(outs[0], "\n  "+line+"\n") {
			t.Errorf("the README has\n%s\nwhich is not among\n%s", line, outs[0])
		}
	}
	for _, want := range []string{"rows      3\n", "unmapped  1 column, with so many filled cells:\n          3: page\n", "commits   1, number 1\n"} {
		if !strings.Contains(outs[1], want) {
			t.Errorf("the import reports\n%s\nwithout %q", outs[1], want)
		}
	}
	export := must(t, "", "export", "--data", data)
	if again := must(t, "", "import", "--data", data, "--mapping", "examples/ceasefires.yaml", "examples/ceasefires.csv"); !strings.Contains(again, "claims    0 added") {
		t.Errorf("importing again reports\n%s", again)
	}
	if diff := cmp.Diff(export, must(t, "", "export", "--data", data)); diff != "" {
		t.Errorf("importing again changed the export:\n%s", diff)
	}
}

// TestNewEditionOfOwnTable ends what a new edition of a table no longer has, and says what has changed at the source.
func TestNewEditionOfOwnTable(t *testing.T) {
	dir := t.TempDir()
	data, file := filepath.Join(dir, "data"), filepath.Join(dir, "ceasefires.csv")
	text, err := os.ReadFile("examples/ceasefires.csv")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, file, text)
	must(t, "", "import", "--data", data, "--mapping", "examples/ceasefires.yaml", file)
	newer := strings.Replace(string(text), "President; Regent", "President; Queen", 1)
	newer = strings.Replace(newer, "3,Appeal of the Elders", "4,Appeal of the Elders", 1)
	writeFile(t, file, []byte(newer))
	out := must(t, "", "import", "--data", data, "--mapping", "examples/ceasefires.yaml", "--replace", file)
	if !strings.Contains(out, `key "no 1, party 2"`) || !strings.Contains(out, "replaced, no longer in the source") {
		t.Errorf("the report is\n%s", out)
	}
	export := must(t, "", "export", "--data", data)
	if strings.Contains(export, "Regent") || strings.Contains(export, `"to":"strelsau:agreement-3"`) || !strings.Contains(export, "Queen") {
		t.Errorf("the export is\n%s", export)
	}
}

func TestMappingFlags(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	broken := filepath.Join(dir, "broken.yaml")
	writeFile(t, broken, []byte("dataset: x\nmakers: {}\n"))
	csv, good := "examples/ceasefires.csv", "examples/ceasefires.yaml"
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--mapping", good, "--format", "cow-states", csv}, exitUsage, "beside --format cow-states"},
		{[]string{"--dataset", "mine", csv}, exitUsage, "is a table by its name and no file of records; say with --format or --mapping"},
		{[]string{"--mapping", good, "--dataset", "X", csv}, exitUsage, `--dataset is "X"`},
		{[]string{"--mapping", filepath.Join(dir, "none.yaml"), csv}, exitFailed, "none.yaml"},
		{[]string{"--mapping", broken, csv}, exitFailed, broken + `:2: /makers: found "makers", expected a member of a mapping; did you mean "maker"?`},
		{[]string{"--show", "3", csv}, exitUsage, "--show takes a number of rows"},
		{[]string{"--mapping", good, "--show=-1", csv}, exitUsage, "--show takes a number of rows"},
		{[]string{"--mapping", good, "--show", "1", filepath.Join(dir, "none.csv")}, exitFailed, "none.csv"},
		{[]string{"--mapping", good, "--show", "1", good}, exitDone, `problem: row 1: found the columns`},
		{[]string{"--mapping", good, "--dry-run", good}, exitFailed, `expected also "no" (ceasefires.yaml:10, /tables/0/locator)`},
		{[]string{"--mapping", good, "--dry-run", csv}, exitDone, "would be added"},
	} {
		if code, out, errs := entente(t, "", append([]string{"import", "--data", data}, c.args...)...); code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%v: %d, want %d and %q\n%s%s", c.args, code, c.code, c.says, out, errs)
		}
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("none of these should have made the folder")
	}
}

package main

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
)

func TestCSLDate(t *testing.T) {
	tests := []struct {
		edtf string
		want *cslDate
	}{
		{"2020-11-09", &cslDate{Parts: [][]int{{2020, 11, 9}}}},
		{"2020-11", &cslDate{Parts: [][]int{{2020, 11}}}},
		{"2020", &cslDate{Parts: [][]int{{2020}}}},
		{"2020~", &cslDate{Parts: [][]int{{2020}}, Circa: true}},
		{"-0044-03-15", &cslDate{Parts: [][]int{{-44, 3, 15}}}},
		{"199X", &cslDate{Literal: "199X"}},
		{"[2020-11-09,2020-11-10]", &cslDate{Literal: "[2020-11-09,2020-11-10]"}},
		{"1994/1996", &cslDate{Literal: "1994/1996"}},
		{"", nil},
	}
	for _, tt := range tests {
		var date graph.Date
		if err := date.UnmarshalText([]byte(tt.edtf)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, cslDateOf(date)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.edtf, diff)
		}
	}
}

// awkward are records whose names, locators and quotes have all that a format may stumble over.
const awkward = `{"entity": "a", "kind": "State", "name": "A \"B\" \\N & <b>C</b> {D} $5 100%"}
{"entity": "b", "kind": "State", "name": "Ærø’s 中国 \\"}
{"entity": "m", "kind": "Organization", "name": "M_1 #2 ~3 ^4"}
{"entity": "d", "kind": "Document", "name": "Notes & \"Queries\" <i>x</i> \\n", "url": "https://example.org/?a=1&b=2", "published": "1999-12", "status": "version 3"}
{"entity": "t", "kind": "Agreement", "name": "Treaty &amp; \"Protocol\""}
{"claim": "date", "from": "t", "value": "2000-01-01", "source": {"document": "d", "locator": "p. 0 <1>"}}
{"claim": "signed", "from": "a", "to": "t", "source": {"document": "d", "locator": "p. 1 \"2\"", "quote": "line one\nline \"two\"\u009b31mred \\\\ end\\"}}
{"claim": "mediated", "from": "m", "to": "t", "source": {"document": "d"}}
{"claim": "signed", "from": "b", "to": "t"}
`

// TestAwkwardTexts writes awkward texts in every form, and has those read that others are to read.
func TestAwkwardTexts(t *testing.T) {
	folder := t.TempDir()
	must(t, awkward, "import", "--data", folder, "--dataset", "x", "-")
	ask := func(form string) (out, errs string) {
		t.Helper()
		code, out, errs := entente(t, "", "trace", "--data", folder, "x:a", "x:b", form)
		if code != exitDone {
			t.Fatal(code, errs)
		}
		return out, errs
	}
	table, _ := ask("--table")
	if want := `Notes & "Queries" <i>x</i> \n, p. 1 "2": "line one line "two" 31mred \\ end\"`; !strings.Contains(table, want) {
		t.Errorf("the table lacks %s:\n%s", want, table)
	}

	cited, errs := ask("--cite")
	var items []map[string]any
	if err := json.Unmarshal([]byte(cited), &items); err != nil || len(items) != 2 {
		t.Fatalf("%v in\n%s", err, cited)
	}
	want := map[string]any{
		"id": "x:d", "type": "document", "title": `Notes & "Queries" <i>x</i> \n`, "URL": "https://example.org/?a=1&b=2", "version": "3",
		"issued": map[string]any{"date-parts": []any{[]any{1999., 12.}}},
		"note": `Treaty &amp; "Protocol" is dated 2000-01-01 (p. 0 <1>)` + ";\n" +
			`A "B" \N & <b>C</b> {D} $5 100% signed Treaty &amp; "Protocol" (p. 1 "2": "line one line "two" 31mred \\ end\")` + ";\n" +
			`M_1 #2 ~3 ^4 mediated Treaty &amp; "Protocol"`,
	}
	if diff := cmp.Diff(want, items[1]); diff != "" {
		t.Errorf("the document (-want +got):\n%s", diff)
	}
	if errs != "entente: 1 claim names no document and cannot be cited\n" {
		t.Errorf("it says %q", errs)
	}
	t.Run("pandoc", func(t *testing.T) {
		read := through(t, "pandoc", cited, "-f", "csljson", "-t", "biblatex")
		if !strings.Contains(read, "@misc{x:d,") || !strings.Contains(read, "date = {1999-12}") {
			t.Errorf("pandoc makes of it\n%s", read)
		}
	})

	drawing, _ := ask("--dot")
	t.Run("graphviz", func(t *testing.T) {
		picture := through(t, "dot", drawing, "-Tsvg")
		for _, text := range []string{
			`A &quot;B&quot; \N &amp; &lt;b&gt;C&lt;/b&gt; {D} $5 100%`, `Ærø’s 中国 \`, `M_1 #2 ~3 ^4`, `Treaty &amp;amp; &quot;Protocol&quot;`,
		} {
			if !strings.Contains(picture, ">"+text+"</text>") {
				t.Errorf("the picture lacks %s:\n%s", text, picture)
			}
		}
	})
}

// through has a program of the system read a text; without the program the test is skipped.
func through(t *testing.T, program, text string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Skipf("there is no %s: installed, it reads what is written here", program)
	}
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(text), &out, &errs
	if err := cmd.Run(); err != nil || errs.Len() > 0 {
		t.Fatalf("%s: %v, %s\nof\n%s", program, err, &errs, text)
	}
	return out.String()
}

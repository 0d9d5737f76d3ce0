package mapping_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"entente/loader/format/formattest"
	"entente/loader/mapping"
)

// TestJSON reads members by their paths, lists of objects among them.
func TestJSON(t *testing.T) {
	const tables = `- locator: record $(id)
  records:
  - {entity: $(id), name: $(title/en), date: $(day)}
  - each: {party: $(parties/name), role: $(parties/role)}
    claim: {column: role, lookup: {signatory: signed, observer: observed}}
    from: $(party|slug)
    to: $(id)
    source: {quote: $(party)}
  - {entity: $(id), aliases: $(names), status: $(names)}
`
	for name, content := range map[string]string{
		"list": `[{"id": 7, "title": {"en": "Deal", "fr": "Accord"}, "day": "1991", "parties": [{"name": "A", "role": "signatory"},
			{"name": "B"}, {"name": "C", "role": "observer", "seat": 3}], "names": ["x", "y"]}, {"id": 8, "names": ["z"], "parties": [{"name": "D", "role": "host"}]}]`,
		"lines": `{"id": 7, "title": {"en": "Deal", "fr": "Accord"}, "day": "1991", "parties": [{"name": "A", "role": "signatory"}, {"name": "B"}, {"name": "C", "role": "observer", "seat": 3}], "names": ["x", "y"]}
{"id": 8, "names": ["z"], "parties": [{"name": "D", "role": "host"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			r := reading(t, tables, "file.json", content)
			want := []string{
				"name test:7 = Deal (record 7)", "date test:7 = 1991 (record 7)",
				"signed test:a -> test:7 'A' (record 7, member parties/name)", "observed test:c -> test:7 'C' (record 7, member parties/name)",
				"alias test:7 = x (record 7)", "alias test:7 = y (record 7)", "status test:7 = x (record 7)", "status test:7 = y (record 7)",
				"alias test:8 = z (record 8)", "status test:8 = z (record 8)",
			}
			if diff := cmp.Diff(want, made(r)); diff != "" {
				t.Errorf("claims (-want +got):\n%s", diff)
			}
			problems := []string{`record 2, member parties/role: found "host", expected one of "signatory", "observer" (m.yaml:9, /tables/0/records/1/claim)`}
			if diff := cmp.Diff(problems, r.Problems); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			notes := map[string]int{"m.yaml:9, /tables/0/records/1/claim: left out, since nothing tells the predicate": 1}
			if diff := cmp.Diff(notes, r.NoteCounts()); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
			unmapped := map[string]int{}
			for _, c := range r.Summary.Unmapped() {
				unmapped[c.Name] = c.Cells
			}
			if diff := cmp.Diff(map[string]int{"title/fr": 1, "parties/seat": 1}, unmapped); diff != "" {
				t.Errorf("unmapped (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSeveralWhereOneBelongs shows that of a list none is taken for all.
func TestSeveralWhereOneBelongs(t *testing.T) {
	r := reading(t, "- records: [{claim: signed, from: $(a), to: x}]", "file.json", `[{"a": ["p", "q"]}, {"a": ["", "r"]}]`)
	want := []string{"record 1, member a: found 2 texts, expected one; a record for each of several is made with each (m.yaml:5, /tables/0/records/0/from)"}
	if diff := cmp.Diff(want, r.Problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"signed test:r -> test:x (record 2)"}, made(r)); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
}

// TestSheets reads each sheet by its own table of the mapping.
func TestSheets(t *testing.T) {
	f := excelize.NewFile()
	for _, sheet := range []string{"actors", "codebook"} {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
	}
	for cell, value := range map[string]any{
		"Sheet1!A1": "no", "Sheet1!A2": 1, "actors!A1": "id", "actors!B1": "name", "actors!A3": 5, "actors!B3": "Five", "codebook!A1": "term",
	} {
		sheet, cell, _ := bytes.Cut([]byte(cell), []byte("!"))
		if err := f.SetCellValue(string(sheet), string(cell), value); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	const agreements = "- {sheet: Sheet1, records: [{entity: a$(no), kind: Agreement}]}\n"
	const actors = "- {sheet: actors, records: [{entity: $(id), name: $(name)}]}\n"
	tests := []struct {
		name, tables, file string
		want, problems     []string
		notes              map[string]int
	}{
		{
			"two of three", actors + agreements, "dir/x.xlsx",
			[]string{"kind test:a1 = Agreement (sheet Sheet1, row 2)", "name test:5 = Five (sheet actors, row 3)"},
			nil,
			map[string]int{"a sheet that the mapping has no table for": 1},
		},
		{
			"one that is not there", agreements + "- {sheet: Actors, records: [{entity: a, kind: State}]}", "x.xlsx",
			[]string{"kind test:a1 = Agreement (sheet Sheet1, row 2)"},
			[]string{`found the sheets ["Sheet1" "actors" "codebook"], expected one called "Actors" (m.yaml:6, /tables/1)`},
			map[string]int{"a sheet that the mapping has no table for": 2},
		},
		{
			"of another file", "- {file: y*.xlsx, sheet: Sheet1, records: [{entity: a, kind: State}]}\n" + actors, "dir/x.xlsx",
			[]string{"name test:5 = Five (sheet actors, row 3)"},
			nil,
			map[string]int{"a sheet that the mapping has no table for": 2},
		},
		{
			"of other files alone", "- {file: y*.xlsx, records: [{entity: a, kind: State}]}", "dir/x.xlsx", nil,
			[]string{"found a file that no table of the mapping is for, expected one that a table of m.yaml names"},
			map[string]int{"a sheet that the mapping has no table for": 3},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := reading(t, test.tables, test.file, b.String())
			if diff := cmp.Diff(test.want, made(r)); diff != "" {
				t.Errorf("claims (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.problems, r.Problems); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.notes, r.NoteCounts()); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOnWhoseWord looks at what claims share: the maker's word, unless a record says another's.
func TestOnWhoseWord(t *testing.T) {
	r := reading(t, "- records:\n  - {entity: press, kind: Organization}\n  - {claim: signed, from: $(a), to: b, claimant: $(c), coder: x-$(c), source: {document: d$(c)}, key: k}",
		"file.csv", "a,c\np,press\nq,\n")
	var got []string
	for _, c := range r.Claims {
		got = append(got, string(c.Predicate)+" "+string(c.Claimant)+" "+string(c.Coder)+" "+string(c.Source.Document)+" "+c.Key)
	}
	want := []string{
		"kind test:maker test:maker test:doc ", "name test:maker test:maker test:doc ", "kind test:maker test:maker test:doc ", "name test:maker test:maker test:doc ",
		"kind test:maker test:maker test:doc ",
		"signed test:press test:x-press test:dpress k", "signed  test:maker test:doc k",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if f := load(t, "testdata/cow-states.yaml"); f.Name != "cow:states" || f.Dataset != "cow" {
		t.Errorf("the format is %q with ids of %q", f.Name, f.Dataset)
	}
}

// FuzzMapping loads anything as a mapping, and reads anything by what is one.
func FuzzMapping(f *testing.F) {
	for _, tables := range []string{
		"- records: [{entity: $(a), name: '$(b|slug) $(#)', aliases: {column: b, separator: ;, match: (x)}}]",
		"- where: {a: [x], b: {filled: true}}\n  locator: $(a)\n  records:\n  - {claim: {column: b, words: {x*: signed}, otherwise: $(a)}, from: $(a), to: x, each: {a: {separator: ;}}}",
		"- records: [{claim: signed, from: a, to: b, when: {start: {year: $(a), month: $(b)}, end: {column: a, format: [dd/mm/yyyy, mmm yyyy, excel, iso], ongoing: x}}}]",
	} {
		f.Add(head+tables, "a,b\nx,x;y\n1991,2\n")
		f.Add(head+tables, `[{"a": "x", "b": ["x", 5]}]`)
	}
	f.Fuzz(func(t *testing.T, text, content string) {
		m, err := mapping.Load("m.yaml", []byte(text))
		if err != nil {
			return
		}
		for _, c := range formattest.Read(t, m.Format(), "file", content).Claims {
			if c.Source.Document == "" {
				t.Errorf("%v is from no document", c)
			}
		}
	})
}

package table_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/loader/table"
)

func TestJSON(t *testing.T) {
	const array = `[{"id": 1, "title": "Truce", "open": true, "ended": null}, {"id": 2.50, "place": {"name": " Bishkek ", "at": {"lat": -1e3}}}]`
	tests := []struct {
		name, content string
		want          []string
	}{
		{"a list", array, []string{"id|title|open|ended|place/name|place/at/lat", "1: 1|Truce|true|||", "2: 2.50||||Bishkek|-1e3"}},
		{"lines", "{\"a\": 1}\n\n{\"b\": 2}\n", []string{"a|b", "1: 1|", "2: |2"}},
		{"objects on several lines each", "{\n\"a\":\n1}\n{\"a\":\n2\n}", []string{"a", "1: 1", "2: 2"}},
		{"with a mark, on carriage returns", "\ufeff{\"a\": 1}\r{\"a\": 2}\r", []string{"a", "1: 1", "2: 2"}},
		{"nothing in a record", `[{"a": 1}, {}, {"a": ""}, {"a": 2}]`, []string{"a", "1: 1", "4: 2"}},
		{"names that paths have signs for", `[{"a/b": 1, "~": 2, "": 3, "c": {"": {"d/": 4}}}]`, []string{"a~1b|~0|~|c/~/d~1", "1: 1|2|3|4"}},
		{"a text in one record, an object in another", `[{"a": "x"}, {"a": {"b": "y"}}]`, []string{"a|a/b", "1: x|", "2: |y"}},
		{"several texts are a line each", `[{"a": ["x", "", "y"]}]`, []string{"a", "1: x\ny"}},
		{"what is no object", `[{"a": 1}, 5, "x", [], {"a": 2}]`, []string{
			"a", "1: 1",
			`problem: record 2: found "5", expected an object`, `problem: record 3: found "\"x\"", expected an object`,
			`problem: record 4: found "[]", expected an object`, "5: 2",
		}},
		{"a member twice", `[{"a": 1, "a": 2}, {"a": 3}]`, []string{
			"a", `problem: record 1: found the member "a" a second time, expected JSON, each member of an object once`, "2: 3",
		}},
		{"not UTF-8", "{\"a\": \"\xe9\"}\n{\"a\": 3}", []string{
			"a", `problem: record 1: found invalid UTF-8 before "\xe9\"}", expected JSON, each member of an object once`, "2: 3",
		}},
		{"a line that is broken off", "{\"a\": 1}\n{\"a\": \n{\"a\": 3}\n", []string{
			"a", "1: 1",
			"problem: record 2: found unexpected EOF, expected JSON, each member of an object once", "3: 3",
		}},
		{"a list that is broken off", `[{"a": 1}, {"a": `, []string{
			"a", "1: 1",
			"problem: record 2: found unexpected EOF; nothing behind it is read, expected JSON, each member of an object once",
		}},
		{"a list with a fault", `[{"a": 1}, {"a": nix}, {"a": 2}]`, []string{
			"a", "1: 1",
			`problem: record 2: found invalid character 'i' in literal null (expecting 'u') before "ix}, {\"a\": 2}]"; nothing behind it is read, expected JSON, each member of an object once`,
		}},
		{"more behind a list", `[{"a": 1}] {"a": 2}`, []string{"a", "1: 1", `problem: record 2: found "{\"a\": 2}" behind the list, expected nothing`}},
		{"an empty list", " [ ] ", []string{"fault: found an empty list, expected a list of objects"}},
		{"a list of texts is no table of JSON", `["a","b"]`, []string{`fault: row 1: found bare " in non-quoted-field in line 1 at byte 2, expected separated values, quoted as RFC 4180 says`}},
		{"brackets in the names of separated values", "[id],{name}\n1,2\n", []string{"[id]|{name}", "2: 1|2"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, read(t, test.content)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestTexts shows that the lists of a record stay side by side.
func TestTexts(t *testing.T) {
	const content = `{"parties": [{"name": "A", "role": "x"}, {"name": "B"}, {"role": "z", "in": [["p"], ["q", "r"]]}], "none": [], "one": "o"}`
	file, err := table.Open(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range file.Tables[0].Rows() {
		if err != nil {
			t.Fatal(err)
		}
		for column, want := range map[string][]string{
			"parties/name": {"A", "B", ""},
			"parties/role": {"x", "", "z"},
			"parties/in":   {"", "", "p", "q", "r"},
			"parties":      {"", "", ""},
			"none":         nil,
			"one":          {"o"},
			"one/more":     nil,
			"absent":       nil,
		} {
			if diff := cmp.Diff(want, row.Texts(column)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", column, diff)
			}
		}
		if got, want := row.Place("parties/role").String(), "record 1, member parties/role"; got != want {
			t.Errorf("the place is %q, want %q", got, want)
		}
	}
}

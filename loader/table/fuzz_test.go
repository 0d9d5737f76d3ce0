package table_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"entente/loader/table"
)

// FuzzOpen reads anything to its end: rows have rising numbers, cells are UTF-8 without white space around them, and whatever is wrong
// is said with the place.
func FuzzOpen(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "a;b\n\"1\n2\";3\n\n4;5", "\xff\xfea\x00,\x00b\x00\n\x00", "a\tb\n\"x\"y\t1\n", "a,b\r1,\xe9\r",
		`[{"a": {"b": [1, null, {"c/d": "x"}]}}, 5]`, "{\"a\": 1}\n{\"a\": \n{\"a\": [[2]]}", "{\"\": {}}",
		workbook(f, func(w *excelize.File) error { return rows(w, "Sheet1", []any{"a", "b"}, nil, []any{1, "x"}) }),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		file, err := table.Open(strings.NewReader(content))
		if err != nil {
			if _, ok := errors.AsType[*table.Error](err); !ok {
				t.Fatalf("%v is not about the file", err)
			}
			return
		}
		defer file.Close()
		for _, tab := range file.Tables {
			last := tab.Place().Row
			for row, err := range tab.Rows() {
				if row.Number <= last {
					t.Fatalf("row %d comes after row %d", row.Number, last)
				}
				last = row.Number
				wrong, ok := errors.AsType[*table.Error](err)
				if err != nil && (!ok || wrong.Place.Row != row.Number || wrong.Place.Sheet != tab.Sheet) {
					t.Fatalf("row %d: %v, without its place", row.Number, err)
				}
				if err != nil {
					continue
				}
				filled := false
				for _, column := range tab.Columns {
					for _, text := range append(row.Texts(column), row.Text(column)) {
						if !utf8.ValidString(text) || strings.TrimSpace(text) != text {
							t.Fatalf("row %d, column %s: %q", row.Number, column, text)
						}
						filled = filled || text != ""
					}
				}
				if !filled {
					t.Fatalf("row %d has nothing in any of the columns %q", row.Number, tab.Columns)
				}
			}
		}
	})
}

package loader_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader"
	"entente/loader/format"
	"entente/loader/table"
)

// TestReportTables imports one table twice over, under two names: what is met in both is counted in both and said to be, and columns of
// which nothing is made stand together if they have equally many filled cells.
func TestReportTables(t *testing.T) {
	coded := format.Format{Name: "coded", Dataset: "t", Read: func(in format.Input, out *format.Out) error {
		for n := range 2 {
			if err := out.Row(); err != nil {
				return err
			}
			place := table.Place{Row: n + 2}
			out.Claim(place, graph.Claim{Predicate: graph.KindPredicate, From: graph.ID(fmt.Sprint("t:", n)), Value: "State"})
			out.Note("a word that is no name, left out", place, "")
			for code := range 30 {
				out.Unmapped(fmt.Sprintf("code %02d", code))
			}
		}
		out.Note("an odd row", table.Place{Row: 3}, "x")
		out.Unmapped("remark")
		return nil
	}}
	one, two := text("one", "x"), text("two", "x")
	one.Format, two.Format = &coded, &coded
	r := load(t, open(t), loader.Options{}, one, two)
	r.Elapsed, r.Bytes = 0, 0
	var out strings.Builder
	if err := r.Write(&out); err != nil {
		t.Fatal(err)
	}
	const want = `read      4 claims (0.0 MB in 0s)
claims    2 added, 2 repeated
commits   1, number 1
rows      4
       4  a word that is no name, left out (in 2 files)
          one: row 2
          one: row 3
          two: row 2
       2  an odd row (in 2 files)
          one: row 3: x
          two: row 3: x
unmapped  31 columns, with so many filled cells:
          4: code 00, code 01, code 02, code 03, code 04, code 05, code 06, code 07, code 08, code 09, code 10, code 11,
          code 12, code 13, code 14, code 15, code 16, code 17, code 18, code 19, code 20, code 21, code 22, code 23,
          code 24, code 25, code 26, code 27, code 28, code 29; 2: remark
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}

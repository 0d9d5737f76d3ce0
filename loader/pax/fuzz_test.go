package pax_test

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzTexts reads free texts as they may come. Whatever they are, claims have a normal form, and quote nothing that the cell does not say.
func FuzzTexts(f *testing.F) {
	for _, cell := range []string{
		"For Illyria:\nA. Flavia\n\n(signed by R. Guliyev, Chairman)", "President of the Republic of Armenia N.V. Pashinyan; To Mr. B. C, Ministry",
		"Page 1. Agreement witnessed by: President Macron, President of the French Republic", "Recalling the Zenda Agreement of 5 May 1994 (as amended",
		"X, signed for by Y\n((\n[", "Governments of France, and and Peru as such", "; ;\n\n: - –\u200b", "For the : , A. B\nFor the Government",
	} {
		f.Add(cell, cell, cell)
	}
	f.Fuzz(func(t *testing.T, part, third, other string) {
		cells := map[string]string{"Part": part, "ThrdPart": third, "OthAgr": other}
		for _, cell := range cells {
			if !utf8.ValidString(cell) || strings.ContainsAny(cell, "\r\x00") {
				return // what a table is decoded from is its own matter
			}
		}
		r := read(t, "Con", "Armenia/Azerbaijan", "Part", part, "ThrdPart", third, "OthAgr", other)
		for _, p := range r.Problems {
			if !strings.Contains(p, "control") {
				t.Errorf("problem: %s", p)
			}
		}
		for i := range r.Claims {
			c := &r.Claims[i]
			_, column, found := strings.Cut(c.Source.Locator, "column ")
			if cell, ok := cells[column]; found && ok && c.Source.Quote != "" && len(c.Source.Quote) < 600 {
				for quoted := range strings.SplitSeq(c.Source.Quote, " […] ") {
					if !strings.Contains(cell, strings.TrimSuffix(quoted, " […]")) && !strings.Contains(cell, "[…]") {
						t.Errorf("%s quotes %q, which is not in %q", c.Predicate, quoted, cell)
					}
				}
			}
		}
	})
}

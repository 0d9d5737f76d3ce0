package loader

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"entente/loader/format"
)

// writeTables prints what formats counted.
func (r *Report) writeTables(b *strings.Builder) {
	if r.Tables == nil || r.Tables.Rows == 0 {
		return
	}
	fmt.Fprintf(b, "rows      %d\n", r.Tables.Rows)
	for _, note := range r.Tables.Notes() {
		fmt.Fprintf(b, "%8d  %s", note.Count, note.What)
		if note.Files > 1 {
			fmt.Fprintf(b, " (in %d files)", note.Files)
		}
		b.WriteString("\n")
		for _, e := range note.Examples {
			fmt.Fprintf(b, "          %s: %s", e.File, e.Place)
			if e.Detail != "" {
				b.WriteString(": " + e.Detail)
			}
			b.WriteString("\n")
		}
	}
	r.writeUnmapped(b)
}

// writeUnmapped prints the columns of which nothing was made. Those of codes have a value in every row, so the columns that have
// equally many filled cells stand together.
func (r *Report) writeUnmapped(b *strings.Builder) {
	const width = 120
	columns := r.Tables.Unmapped()
	if len(columns) == 0 {
		return
	}
	slices.SortStableFunc(columns, func(a, b format.Column) int { return cmp.Compare(b.Cells, a.Cells) })
	fmt.Fprintf(b, "unmapped  %s, with so many filled cells:", amount(len(columns), "column", "columns"))
	used := width // so that the first one begins a line
	for i, c := range columns {
		word := c.Name
		if i == 0 || columns[i-1].Cells != c.Cells {
			word = fmt.Sprintf("%d: %s", c.Cells, c.Name)
		}
		switch {
		case i+1 == len(columns):
		case columns[i+1].Cells == c.Cells:
			word += ","
		default:
			word += ";"
		}
		if used+1+len(word) > width {
			b.WriteString("\n         ")
			used = 9
		}
		b.WriteString(" " + word)
		used += 1 + len(word)
	}
	b.WriteString("\n")
}

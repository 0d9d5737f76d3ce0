package format

import (
	"errors"
	"fmt"
	"slices"

	"entente/loader/table"
)

// Require is an error that names the columns which a table should have and does not.
func Require(t *table.Table, columns ...string) error {
	var missing []string
	for _, c := range columns {
		if !t.Has(c) {
			missing = append(missing, c)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return &table.Error{
		Place:    t.Place(),
		Found:    fmt.Sprintf("a table without %q; its columns are %q", missing, t.Columns),
		Expected: "a table with them",
	}
}

// Rows calls use with each row. It counts the cells of columns that are not among the mapped ones, and reports rows that cannot be
// read.
func Rows(t *table.Table, out *Out, mapped []string, use func(*table.Row)) error {
	var rest []string
	for _, c := range t.Columns {
		if !slices.Contains(mapped, c) {
			rest = append(rest, c)
		}
	}
	for row, err := range t.Rows() {
		if wrong, ok := errors.AsType[*table.Error](err); ok {
			out.Problem(wrong.Place, wrong.Found, wrong.Expected)
			continue
		}
		if err != nil {
			return err
		}
		if err := out.Row(); err != nil {
			return err
		}
		for _, c := range rest {
			if Known(row.Text(c)) != "" {
				out.Unmapped(c)
			}
		}
		use(row)
	}
	return nil
}

// Package table reads tables as strangers keep them: CSV and TSV in whatever encoding they come, and the sheets of xlsx
// workbooks. It gives cells as texts, with the place of each, so that whatever is wrong with one can be named as a person
// looking at the table in a spreadsheet would name it.
//
// A table has one row of column names and rows below it. Cells lose the white space around them and nothing else: what
// stands for "missing" differs from source to source, so it is for the formats to say.
package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// An Error says what is wrong at a place of a table.
type Error struct {
	Place    Place
	Found    string
	Expected string
}

func (e *Error) Error() string {
	text := fmt.Sprintf("found %s, expected %s", e.Found, e.Expected)
	if place := e.Place.String(); place != "" {
		return place + ": " + text
	}
	return text
}

// A Place names a cell, or what contains it where its parts are empty.
type Place struct {
	Sheet  string // of a workbook
	Row    int    // as a spreadsheet counts: the names of the columns are row 1
	Column string
}

// String is the place as people name it: "row 812, column ThrdPart".
func (p Place) String() string {
	var parts []string
	if p.Sheet != "" {
		parts = append(parts, "sheet "+p.Sheet)
	}
	if p.Row > 0 {
		parts = append(parts, "row "+strconv.Itoa(p.Row))
	}
	if p.Column != "" {
		parts = append(parts, "column "+p.Column)
	}
	return strings.Join(parts, ", ")
}

// A Table is one table of a file.
type Table struct {
	Sheet   string // its name in a workbook; empty for a text
	Columns []string

	index map[string]int
	rows  iter.Seq2[[]string, error]
}

// newTable names the columns. A name that stands twice is told apart by its number, one that is missing by its place.
func newTable(sheet string, header []string, rows iter.Seq2[[]string, error]) *Table {
	t := &Table{Sheet: sheet, index: make(map[string]int, len(header)), rows: rows}
	for i, name := range header {
		name = strings.TrimSpace(name)
		if name == "" {
			name = "#" + strconv.Itoa(i+1)
		}
		unique := name
		for n := 2; ; n++ {
			if _, taken := t.index[unique]; !taken {
				break
			}
			unique = fmt.Sprintf("%s (%d)", name, n)
		}
		t.index[unique] = i
		t.Columns = append(t.Columns, unique)
	}
	return t
}

// Has reports whether the table has all of the columns.
func (t *Table) Has(columns ...string) bool {
	for _, c := range columns {
		if _, ok := t.index[c]; !ok {
			return false
		}
	}
	return true
}

// Rows gives the rows in their order. An error that is an [*Error] is about one row, which is left out, and reading goes on;
// any other ends the table. A row is good until the next one. Rows without any text are passed over.
func (t *Table) Rows() iter.Seq2[*Row, error] {
	return func(yield func(*Row, error) bool) {
		row := &Row{table: t, Number: 1}
		for cells, err := range t.rows {
			row.Number++
			if err == nil && isBlank(cells) {
				continue
			}
			if err == nil && len(cells) > len(t.Columns) && !isBlank(cells[len(t.Columns):]) {
				err = &Error{Found: fmt.Sprintf("%d cells", len(cells)), Expected: fmt.Sprintf("at most %d, one for each column", len(t.Columns))}
			}
			wrong, ofRow := errors.AsType[*Error](err)
			if ofRow {
				wrong.Place.Sheet, wrong.Place.Row = t.Sheet, row.Number
			}
			row.cells = cells
			if !yield(row, err) || err != nil && !ofRow {
				return
			}
		}
	}
}

func isBlank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// A Row is one row of a table.
type Row struct {
	Number int // as a spreadsheet counts

	table *Table
	cells []string
}

// Text is the text of a cell, without white space around it; empty if the table has no such column or the row ends before it.
func (r *Row) Text(column string) string {
	i, ok := r.table.index[column]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

// Place is where a cell stands.
func (r *Row) Place(column string) Place {
	return Place{Sheet: r.table.Sheet, Row: r.Number, Column: column}
}

// A File is an opened file.
type File struct {
	Tables []*Table

	close func() error
}

// Close gives back what a large workbook keeps outside memory.
func (f *File) Close() error {
	if f.close == nil {
		return nil
	}
	return f.close()
}

// Open reads the tables of a file, which is told by how it begins: a workbook, or a text of separated values. A workbook is kept in
// memory as a whole, a text is streamed. Sheets without any text are left out. The error is an [*Error] if the file is not what
// it should be.
func Open(r io.Reader) (*File, error) {
	b := bufio.NewReaderSize(r, 1<<16)
	start, err := b.Peek(1 << 12)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return openWorkbook(b)
	case bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		return nil, &Error{Found: "a workbook of the old xls form", Expected: "xlsx, or a text of separated values"}
	case len(bytes.TrimSpace(start)) == 0:
		return nil, &Error{Found: "an empty file", Expected: "a table with the names of its columns in the first row"}
	}
	t, err := openText(b)
	if err != nil {
		return nil, err
	}
	return &File{Tables: []*Table{t}}, nil
}

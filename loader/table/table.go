// Package table reads tables as strangers keep them: CSV and TSV in whatever encoding they come, and the sheets of xlsx
// workbooks. It gives cells as texts, with the place of each, so that whatever is wrong with one can be named as a person
// looking at the table in a spreadsheet would name it.
//
// A table has one row of column names, the first that is not blank, and rows below it. Cells lose the white space around them
// and nothing else: what stands for "missing" differs from source to source, so it is for the formats to say.
//
// JSON is read, too: a record is a row, and a column is a path of members; see [Row.Texts].
package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
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
	Sheet string // of a workbook
	Row   int    // as a spreadsheet counts: the names of the columns are mostly row 1
	// Column is the name of a column. In JSON it is a path of members.
	Column string
	// Record says that the file is JSON: rows are records, counted from 1.
	Record bool
}

// String is the place as people name it: "row 812, column ThrdPart", or "record 12, member actor/name".
func (p Place) String() string {
	row, column := "row ", "column "
	if p.Record {
		row, column = "record ", "member "
	}
	var parts []string
	if p.Sheet != "" {
		parts = append(parts, "sheet "+p.Sheet)
	}
	if p.Row > 0 {
		parts = append(parts, row+strconv.Itoa(p.Row))
	}
	if p.Column != "" {
		parts = append(parts, column+p.Column)
	}
	return strings.Join(parts, ", ")
}

// A Table is one table of a file.
type Table struct {
	Sheet   string // its name in a workbook; empty for a text
	Columns []string

	header int // the row of the names; 0 for JSON
	index  map[string]int
	rows   iter.Seq2[[]string, error] // but for JSON
	json   []record                   // for JSON alone
}

// newTable names the columns. A name that stands twice is told apart by its number, one that is missing by its place.
func newTable(header []string, rows iter.Seq2[[]string, error]) *Table {
	t := &Table{header: 1, index: make(map[string]int, len(header)), rows: rows}
	met := make(map[string]int)
	for i, name := range header {
		name = strings.TrimSpace(name)
		if name == "" {
			name = "#" + strconv.Itoa(i+1)
		}
		unique := name
		for taken := true; taken; _, taken = t.index[unique] {
			if met[name]++; met[name] > 1 {
				unique = fmt.Sprintf("%s (%d)", name, met[name])
			}
		}
		t.index[unique] = i
		t.Columns = append(t.Columns, unique)
	}
	return t
}

// Place is where the names of the columns stand.
func (t *Table) Place() Place { return Place{Sheet: t.Sheet, Row: t.header, Record: t.json != nil} }

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
	if t.json != nil {
		return t.records
	}
	return func(yield func(*Row, error) bool) {
		row := &Row{table: t, Number: t.header}
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
				wrong.Place = row.Place(wrong.Place.Column)
			}
			row.cells = cells
			if !yield(row, err) || err != nil && !ofRow {
				return
			}
		}
	}
}

// isNames reports whether a row has the names of the columns, if they are to be in the row names, or in the first that is not blank if
// that is 0.
func isNames(cells []string, row, names int) bool {
	return names == 0 && !isBlank(cells) || row == names
}

func noNames(rows, names int) *Error {
	return &Error{Found: fmt.Sprintf("a table of %d rows", rows), Expected: fmt.Sprintf("the names of its columns in row %d", names)}
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
	value *value // of a record of JSON, in place of cells
}

// Text is the text of a cell, without white space around it; empty if the table has no such column or the row ends before it. Of
// several, which only JSON has, it is all that are not empty, one a line.
func (r *Row) Text(column string) string {
	if r.value != nil {
		return strings.Join(slices.DeleteFunc(r.Texts(column), func(text string) bool { return text == "" }), "\n")
	}
	i, ok := r.table.index[column]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

// Texts are the texts at a path of members, for JSON has lists: of "parties/name" one for each party, empty for a party that has no
// name, so that the lists of one record can be read side by side. Of other tables it is the text of the cell, if it has one.
func (r *Row) Texts(column string) []string {
	if r.value != nil {
		return r.value.at(column)
	}
	if text := r.Text(column); text != "" {
		return []string{text}
	}
	return nil
}

// Place is where a cell stands.
func (r *Row) Place(column string) Place {
	return Place{Sheet: r.table.Sheet, Row: r.Number, Column: column, Record: r.table.json != nil}
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

// Open reads the tables of a file, which is told by how it begins: a workbook, JSON, or a text of separated values. Workbooks and
// JSON are kept in memory as a whole, a text of separated values is streamed. Sheets without any text are left out. The error is an
// [*Error] if the file is not what it should be.
func Open(r io.Reader) (*File, error) {
	return OpenNamed(r, func(string) int { return 0 })
}

// OpenNamed is Open for files that have other things above the names of the columns: names gives the row of the names in a sheet, or 0
// for the first that is not blank. A text has no sheets, so that it is asked for the empty name; JSON has no such row.
func OpenNamed(r io.Reader, names func(sheet string) int) (*File, error) {
	b := bufio.NewReaderSize(r, 1<<16)
	start, err := b.Peek(1 << 12)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return openWorkbook(b, names)
	case bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		return nil, &Error{Found: "a workbook of the old xls form, or one with a password", Expected: "xlsx without a password, JSON, or a text of separated values"}
	}
	text, err := openText(b)
	if err != nil {
		return nil, err
	}
	var t *Table
	if isJSON(text) {
		t, err = openJSON(text)
	} else {
		t, err = openSeparated(text, names(""))
	}
	if err != nil {
		return nil, err
	}
	return &File{Tables: []*Table{t}}, nil
}

package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// openSeparated reads separated values, with the names of the columns in a row, or the first that is not blank if that is 0. Which byte
// separates them is told by that line.
func openSeparated(b *bufio.Reader, names int) (*Table, error) {
	start, err := peek(b, peekSize)
	if err != nil {
		return nil, err
	}
	e := &ending{Reader: b}
	text := bufio.NewReaderSize(e, peekSize)
	r := &separated{Reader: csv.NewReader(text), text: text, ending: e, next: 1}
	for range names - 1 {
		_, start, _ = bytes.Cut(start, []byte("\n"))
	}
	r.Comma = separator(start)
	r.FieldsPerRecord = -1 // the rows say themselves what is wrong with them
	number := 0
	for header, err := range r.rows {
		number++
		wrong, ofRow := errors.AsType[*Error](err)
		if ofRow {
			wrong.Place.Row = number
		}
		if err != nil && (!ofRow || number >= names) {
			return nil, err
		}
		if isNames(header, number, names) {
			t := newTable(header, r.rows)
			t.header = number
			r.columns = len(header)
			return t, nil
		}
	}
	if number > 0 && names > 0 {
		return nil, noNames(number, names)
	}
	return nil, &Error{Found: "an empty file", Expected: "a table with the names of its columns in the first row"}
}

// separator is the one of tab, semicolon and comma that the line of names has most of, outside quotation marks.
func separator(text []byte) rune {
	counts := map[byte]int{}
	quoted := false
	for _, c := range text {
		if c == '"' {
			quoted = !quoted
		}
		if c == '\n' && !quoted && len(counts) > 0 {
			break
		}
		if !quoted && c != '\n' && c != '\r' {
			counts[c]++
		}
	}
	best := byte(',')
	for _, c := range []byte{'\t', ';'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return rune(best)
}

// A separated gives the rows of a text, blank ones too, over which the package csv passes: a row is to have the number by which a
// spreadsheet knows it.
type separated struct {
	*csv.Reader
	text    *bufio.Reader // what the reader reads
	ending  *ending
	next    int // the line in which the next row begins
	columns int // once their names have been read
}

// An ending remembers the last byte of a text.
type ending struct {
	io.Reader
	last byte
}

func (e *ending) Read(p []byte) (int, error) {
	n, err := e.Reader.Read(p)
	if n > 0 {
		e.last = p[n-1]
	}
	return n, err
}

// cut reports whether the text ends within a row of so many cells, as that of a file that did not arrive whole. A row with fewer cells than there are
// columns is otherwise one whose last cells are empty, for Excel leaves those out.
func (r *separated) cut(cells int) bool {
	if cells >= r.columns || r.ending.last == '\n' || r.ending.last == '\r' {
		return false
	}
	_, err := r.text.Peek(1)
	return errors.Is(err, io.EOF)
}

// rows gives the rows that have not been read yet.
func (r *separated) rows(yield func([]string, error) bool) {
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		begins, ends := r.lines(cells, err)
		for ; r.next < begins; r.next++ {
			if !yield(nil, nil) {
				return
			}
		}
		r.next = ends + 1
		if fault := csvFault(err); fault != nil {
			err = fault
		}
		if err == nil && r.cut(len(cells)) {
			err = &Error{Found: fmt.Sprintf("the end of the text in cell %d of the row", len(cells)), Expected: fmt.Sprintf("%d cells, or a line break", r.columns)}
		}
		decode(cells)
		if !yield(cells, err) {
			return
		}
	}
}

// lines are the first and the last line of a row that was read.
func (r *separated) lines(cells []string, err error) (begins, ends int) {
	if p, ok := errors.AsType[*csv.ParseError](err); ok {
		return p.StartLine, p.Line
	}
	if err != nil {
		return r.next, r.next
	}
	last := len(cells) - 1
	begins, _ = r.FieldPos(0)
	ends, _ = r.FieldPos(last)
	return begins, ends + strings.Count(cells[last], "\n")
}

// csvFault is what is wrong with one row; nil for any other error. Reading goes on behind it.
func csvFault(err error) *Error {
	p, ok := errors.AsType[*csv.ParseError](err)
	if !ok {
		return nil
	}
	found := fmt.Sprintf("%v in line %d at byte %d", p.Err, p.Line, p.Column)
	if p.Line > p.StartLine {
		found += fmt.Sprintf(", in a row that begins in line %d", p.StartLine)
	}
	return &Error{Found: found, Expected: "separated values, quoted as RFC 4180 says"}
}

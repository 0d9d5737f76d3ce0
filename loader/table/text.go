package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// openText reads separated values. Which byte separates them is told by the first line.
func openText(b *bufio.Reader) (*Table, error) {
	start, err := b.Peek(3)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, err
	case bytes.Equal(start, []byte("\xef\xbb\xbf")):
		_, _ = b.Discard(3) // what was peeked at is there
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
		b = bufio.NewReaderSize(utf16.NewDecoder().Reader(b), 1<<16)
	}
	line, err := b.Peek(1 << 14)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	r := csv.NewReader(b)
	r.Comma = separator(line)
	r.FieldsPerRecord = -1 // the rows say themselves what is wrong with them
	header, err := r.Read()
	if err != nil {
		if fault := csvFault(err); fault != nil {
			fault.Place.Row = 1
			return nil, fault
		}
		return nil, err
	}
	decode(header)
	return newTable("", header, textRows(r)), nil
}

// separator is the one of tab, semicolon and comma that the line of names has most of, outside quotation marks.
func separator(text []byte) rune {
	counts := map[byte]int{}
	quoted := false
	for _, c := range text {
		if c == '"' {
			quoted = !quoted
		}
		if c == '\n' && !quoted {
			break
		}
		if !quoted {
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

// textRows gives the rows below the names.
func textRows(r *csv.Reader) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for {
			cells, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if fault := csvFault(err); fault != nil {
				err = fault
			}
			decode(cells)
			if !yield(cells, err) {
				return
			}
		}
	}
}

// csvFault is what is wrong with one row; nil for any other error. Reading goes on in the next line.
func csvFault(err error) *Error {
	p, ok := errors.AsType[*csv.ParseError](err)
	if !ok {
		return nil
	}
	return &Error{Found: fmt.Sprintf("%v in line %d at byte %d", p.Err, p.Line, p.Column), Expected: "separated values, quoted as RFC 4180 says"}
}

// decode makes cells UTF-8. What is not is read as Windows-1252, which Latin-1 texts are part of: files that were saved so mostly
// hold a few such letters among thousands of cells.
func decode(cells []string) {
	for i, c := range cells {
		if utf8.ValidString(c) {
			continue
		}
		if text, err := charmap.Windows1252.NewDecoder().String(c); err == nil {
			cells[i] = text
		}
	}
}

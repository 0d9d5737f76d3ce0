package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// peekSize is how much of a text is looked at to tell what it is: more than any row of names.
const peekSize = 1 << 16

// openText makes a text UTF-8 without a byte-order mark, as far as that is told by its beginning, with lines that end as Go reads them.
func openText(b *bufio.Reader) (*bufio.Reader, error) {
	start, err := peek(b, 3)
	switch {
	case err != nil:
		return nil, err
	case bytes.Equal(start, []byte("\xef\xbb\xbf")):
		_, _ = b.Discard(3) // what was peeked at is there
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
		b = bufio.NewReaderSize(utf16.NewDecoder().Reader(b), peekSize)
	}
	if start, err = peek(b, peekSize); err != nil {
		return nil, err
	}
	if at := bytes.IndexByte(start, 0); at >= 0 {
		return nil, &Error{
			Found:    fmt.Sprintf("a zero byte at byte %d", at),
			Expected: "a text in UTF-8, in Windows-1252, or in UTF-16 with a byte-order mark",
		}
	}
	if bytes.IndexByte(start, '\n') < 0 && bytes.IndexByte(start, '\r') >= 0 {
		b = bufio.NewReaderSize(carriageReturns{b}, peekSize)
	}
	return b, nil
}

// peek gives as many of the next n bytes as there are.
func peek(b *bufio.Reader, n int) ([]byte, error) {
	start, err := b.Peek(n)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return start, err
}

// carriageReturns makes line feeds of carriage returns, with which alone some spreadsheets of old end lines.
type carriageReturns struct{ io.Reader }

func (c carriageReturns) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	for i, b := range p[:n] {
		if b == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
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

package graph

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// ErrDate marks a text that is no date of the supported part of EDTF, or that names a day there never was.
var ErrDate = errors.New("graph: bad date")

// A DateError says where a text stops being a date. It wraps [ErrDate].
type DateError struct {
	Text     string // the text, cut short if it is long
	Offset   int    // in bytes, of what was found
	Found    string // empty at the end of the text
	Expected string // "a month, 01 to 12"
}

func (e *DateError) Error() string {
	found := "the end"
	if e.Found != "" {
		found = fmt.Sprintf("%q", e.Found)
	}
	return fmt.Sprintf("%v %q: found %s at byte %d, expected %s", ErrDate, e.Text, found, e.Offset, e.Expected)
}

func (e *DateError) Unwrap() error { return ErrDate }

// Limits of what an error quotes, in bytes: whoever sends a megabyte need not get it back.
const (
	quotedDate  = 80
	quotedFound = 16
)

// fail is the error for what stands at an offset. It copies what it quotes, so that no text that is parsed has to
// be kept, or live on the heap, for the sake of an error.
func (p *dateParser) fail(at int, expected string) error {
	rest := p.text[at:]
	// Most of what is wrong is a number or a sign: quote the run of digits and letters, or the one sign.
	n := strings.IndexFunc(rest, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	switch n {
	case -1:
		n = len(rest)
	case 0:
		_, n = utf8.DecodeRuneInString(rest)
	}
	return &DateError{
		Text:     shorten(p.text, quotedDate),
		Offset:   at,
		Found:    shorten(rest[:n], quotedFound),
		Expected: expected,
	}
}

// shorten copies the text, cut after a whole character.
func shorten(text string, limit int) string {
	if len(text) <= limit {
		return strings.Clone(text)
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return text[:limit] + "…"
}

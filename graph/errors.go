package graph

import (
	"errors"
	"fmt"
)

var (
	// ErrID marks an identifier that is not of the form scheme:name.
	ErrID = errors.New("graph: bad id")
	// ErrClaim marks a claim that breaks the vocabulary or the limits of its parts.
	ErrClaim = errors.New("graph: bad claim")
)

// A FieldError says which part of a record is wrong, what stood there and what was expected. Path is a JSON
// Pointer into the record ("/qualifiers/between/1"), so that whoever read the record can point at it.
type FieldError struct {
	Path     string
	Found    string
	Expected string
	Err      error // the sentinel this belongs to, ErrClaim or ErrID
}

func (e *FieldError) Error() string {
	return fmt.Sprintf("%s: found %s, expected %s", e.Path, e.Found, e.Expected)
}

func (e *FieldError) Unwrap() error { return e.Err }

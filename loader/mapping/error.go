package mapping

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v4"

	"entente/graph"
)

// A place is where something stands in a mapping.
type place struct {
	file string
	line int
	path string // a JSON Pointer: "/tables/0/records/2/claim"
}

// String is the place for people: "ceasefires.yaml:12, /tables/0/records/2/claim".
func (p place) String() string {
	return fmt.Sprintf("%s:%d, %s", filepath.Base(p.file), p.line, p.path)
}

// An Error says what is wrong at a place of a mapping.
type Error struct {
	File string
	Line int
	// Path is a JSON Pointer.
	Path     string
	Found    string
	Expected string
	Nearest  string // the right name that looks most like what was found; empty if none does
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	if e.Path != "" {
		b.WriteString(": " + e.Path)
	}
	fmt.Fprintf(&b, ": found %s, expected %s", e.Found, e.Expected)
	if e.Nearest != "" {
		fmt.Fprintf(&b, "; did you mean %q?", e.Nearest)
	}
	return b.String()
}

// errorList makes one error of all that is wrong with a mapping.
func errorList(list []*Error) error {
	errs := make([]error, len(list))
	for i, e := range list {
		errs[i] = e
	}
	return errors.Join(errs...)
}

// syntaxError is what the YAML library says of a text.
func syntaxError(name string, err error) *Error {
	e := &Error{File: name, Found: err.Error(), Expected: "one document of YAML"}
	if load, ok := errors.AsType[*yaml.LoadError](err); ok {
		e.Line, e.Found = load.Mark.Line, load.Message
	}
	e.Found = strings.TrimPrefix(e.Found, "yaml: ")
	return e
}

// fieldText is what package graph says of a text, in its two parts.
func fieldText(err error) (found, expected string) {
	if f, ok := errors.AsType[*graph.FieldError](err); ok {
		return f.Found, f.Expected
	}
	return graph.Quoted(err.Error()), "a sound value"
}

// dateFault says where a text stops being a date.
func dateFault(err error) string {
	if d, ok := errors.AsType[*graph.DateError](err); ok {
		return fmt.Sprintf(" (at byte %d: %s)", d.Offset, d.Expected)
	}
	return ""
}

package loader

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"entente/graph"
	"entente/graph/store"
)

// A Problem says what is wrong with a record or a file, where it stands, and what would be right. It is an error,
// too.
type Problem struct {
	File   string // empty for a record that came from no file
	Line   int    // where the record begins, from 1; 0 for a file as a whole
	Record int    // the record's place among those of its file, from 1; 0 for a file as a whole
	// Cell is the place in a table that the record was made of, in place of a line: "row 812, column ThrdPart".
	Cell string
	// Offset is where a file broke off or stopped being what it should be, in bytes of its decompressed text; 0 for a
	// problem of a record.
	Offset int64
	// Path is a JSON Pointer: into the record, or into the document that the record is part of. Empty means the whole.
	Path     string
	Found    string
	Expected string
	Nearest  string // the right name that looks most like what was found; empty if none does

	syntax bool // the record is no JSON at all: a document cannot be followed beyond it
}

// String is the problem as one line: `data.jsonl:812: /qualifiers/betwen: found "betwen", expected a qualifier of the
// vocabulary; did you mean "between"?`
func (p *Problem) String() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File)
		if p.Line > 0 && p.Cell == "" {
			b.WriteString(":" + strconv.Itoa(p.Line))
		}
		b.WriteString(": ")
	}
	if p.Cell != "" {
		b.WriteString(p.Cell + ": ")
	}
	if p.Offset > 0 {
		fmt.Fprintf(&b, "byte %d: ", p.Offset)
	}
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	fmt.Fprintf(&b, "found %s, expected %s", p.Found, p.Expected)
	if p.Nearest != "" {
		fmt.Fprintf(&b, "; did you mean %q?", p.Nearest)
	}
	return b.String()
}

func (p *Problem) Error() string { return p.String() }

// group is what problems of one sort have in common: the place, without the positions in lists, and what was
// expected, without the details in brackets.
func (p *Problem) group() string {
	var b strings.Builder
	for part := range strings.SplitSeq(p.Path, "/") {
		if _, err := strconv.Atoi(part); err != nil {
			b.WriteString(part)
		}
		b.WriteByte('/')
	}
	expected, _, _ := strings.Cut(p.Expected, " (")
	return b.String() + expected
}

// fieldProblem turns an error of package graph about a part of a record into a problem.
func fieldProblem(path string, err error) *Problem {
	if f, ok := errors.AsType[*graph.FieldError](err); ok {
		return &Problem{Path: path, Found: f.Found, Expected: f.Expected}
	}
	return &Problem{Path: path, Found: err.Error(), Expected: "a sound value"}
}

// dateProblem tells of a text that is no date.
func dateProblem(path, text string, err error) *Problem {
	p := &Problem{Path: path, Found: graph.Quoted(text), Expected: "an EDTF date"}
	if d, ok := errors.AsType[*graph.DateError](err); ok {
		p.Expected = fmt.Sprintf("an EDTF date (at byte %d: %s)", d.Offset, d.Expected)
	}
	return p
}

// storeProblem places what the store says about a change in the record that the change came from.
func storeProblem(s *store.Problem, r *record) *Problem {
	path := s.Path
	switch {
	case r.form == entityForm && path == "/from":
		path = "/entity"
	case r.form == reassertForm && path == "/retract":
		path = "/reassert"
	}
	return &Problem{Path: r.path(path), Found: s.Found, Expected: s.Expected}
}

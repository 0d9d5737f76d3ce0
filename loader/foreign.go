package loader

import (
	"errors"
	"slices"
	"strings"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// foreign reads an input in a format of its own into chunks: each claim that the format makes becomes a record, so that all that
// is asked of records is asked of it, too, and one that is rejected can be written, mended and imported.
func (r *reader) foreign(in Input, summary *format.Summary) {
	c := &chunk{input: r.input}
	emit := func(result format.Result) bool {
		if result.Problem != nil {
			c.problem = tableProblem(result.Problem)
		} else {
			s := span{start: len(c.data), line: result.Place.Row, cell: result.Place.String()}
			c.data = appendRecord(c.data, &result.Claim)
			s.end = len(c.data)
			c.spans = append(c.spans, s)
		}
		if c.problem == nil && len(c.data) < readSize {
			return true
		}
		full := c
		c = &chunk{input: r.input}
		return r.emit(full)
	}
	source := format.Input{Name: in.Name, Reader: r.source}
	err := in.Format.Read(source, format.NewOut(in.Name, summary, emit))
	switch wrong, ofFile := errors.AsType[*table.Error](err); {
	case err == nil, errors.Is(err, format.ErrStopped):
	case ofFile:
		c.problem = tableProblem(wrong)
	default:
		c.problem = r.damage(err)
	}
	r.emit(c)
}

// appendRecord appends a claim that need not be normal as a record.
func appendRecord(b []byte, c *graph.Claim) []byte {
	c.Qualifiers = slices.Clone(c.Qualifiers)
	slices.SortStableFunc(c.Qualifiers, func(a, b graph.Qualifier) int { return strings.Compare(string(a.Name), string(b.Name)) })
	return appendClaim(b, c)
}

func tableProblem(e *table.Error) *Problem {
	return &Problem{Line: e.Place.Row, Cell: e.Place.String(), Found: e.Found, Expected: e.Expected}
}

// Package format is what the readers of other people's files have in common: a format turns the rows of a file into claims,
// and says of each from which cell it is, in the cell's own words.
//
// # How a format maps
//
//   - Entities have ids in the scheme of the data set, made of the set's own keys: "pax:2324". The same key is an external id of the
//     entity, and so are the codes of other schemes that the row gives: exact ones join what several sets know, whatever the order of loading.
//   - The data set's makers are claimant and coder, an Organization; each of its files is a Document. Neither has a version in
//     its id, and no locator has the number of a row where the row has a key of its own: what the next release codes alike is the
//     same claim, known on from one release to the next, and what a person withdrew stays withdrawn. Which release said what is
//     told by the commits.
//   - What stands in a row decides alone what is made of it; so the order of files makes no difference.
//   - A value that a column contradicts is claimed as found, and what it is believed to be stands beside it, with inferred and the reason.
//   - What a format has no use for is counted by column, and what it mends or leaves out by reason; the report names both.
package format

import (
	"errors"
	"fmt"
	"io"

	"entente/graph"
	"entente/loader/table"
)

// A Format reads one sort of file.
type Format struct {
	Name    string // as --format takes it
	Title   string // for people
	Dataset string // the scheme of its ids
	// Read makes claims of a file. An error that is a [table.Error] is about the file and ends its reading, as does any other; what
	// is wrong with a row or a cell goes to [Out.Problem].
	Read func(in Input, out *Out) error
}

// An Input is a file to read, unpacked.
type Input struct {
	Name string // for messages, and where it says which file of a set it is
	io.Reader
}

// ErrStopped means that nobody wants more of the file.
var ErrStopped = errors.New("format: stopped")

// A Result is a claim or a problem that came of a place.
type Result struct {
	Place   table.Place
	Claim   graph.Claim
	Problem *table.Error // in place of a claim
}

// An Out takes what is made of a file. It serves one goroutine.
type Out struct {
	file    string
	summary *Summary
	emit    func(Result) bool
	stopped bool
}

// NewOut counts into a summary and hands what is made to emit, which is false once nobody wants more.
func NewOut(file string, summary *Summary, emit func(Result) bool) *Out {
	return &Out{file: file, summary: summary, emit: emit}
}

// Row counts a row. A format calls it for each, and ends with its error.
func (o *Out) Row() error {
	if err := o.Err(); err != nil {
		return err
	}
	o.summary.Rows++
	return nil
}

// Err is [ErrStopped] once nobody wants more. A format that makes many claims of one row asks for it meanwhile.
func (o *Out) Err() error {
	if o.stopped {
		return ErrStopped
	}
	return nil
}

// Claim hands on a claim that rests on a place.
func (o *Out) Claim(place table.Place, c graph.Claim) {
	o.stopped = o.stopped || !o.emit(Result{Place: place, Claim: c})
}

// Entity hands on what a place says of an entity, a claim for each. The base has what the claims share: on whose word, from where.
func (o *Out) Entity(place table.Place, e Entity, base graph.Claim) {
	for c := range e.claims(base) {
		o.Claim(place, c)
	}
}

// Problem tells of a place that cannot be read. What else its row says is not lost by that.
func (o *Out) Problem(place table.Place, found, expected string) {
	o.stopped = o.stopped || !o.emit(Result{Place: place, Problem: &table.Error{Place: place, Found: found, Expected: expected}})
}

// Date reads a date, as EDTF writes it. If the text is none, that is a problem of the place, and ok is false.
func (o *Out) Date(place table.Place, text string) (date graph.Date, ok bool) {
	date, err := graph.ParseDate(text)
	if err == nil {
		return date, true
	}
	expected := "a date"
	if wrong, known := errors.AsType[*graph.DateError](err); known {
		expected = fmt.Sprintf("a date (at byte %d: %s)", wrong.Offset, wrong.Expected)
	}
	o.Problem(place, graph.Quoted(text), expected)
	return date, false
}

// Note counts what was done with a place that is not as it should be, or left out on purpose, by what that is: "Dat has day and
// month exchanged, agt_name has them right". The detail is kept of the first ones.
func (o *Out) Note(what string, place table.Place, detail string) {
	o.summary.note(what, Example{o.file, place, detail})
}

// Unmapped counts a filled cell of which nothing is made.
func (o *Out) Unmapped(column string) { o.summary.unmapped(column) }

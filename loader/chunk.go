package loader

import (
	"bytes"
	"fmt"
	"strconv"

	"entente/graph/store"
)

// A chunk is a stretch of an input that one decoder takes at a time.
type chunk struct {
	input int
	data  []byte
	line  int // of the first byte
	// spans are the records of a document, or of what a format read; none for lines, which the decoder finds itself.
	spans    []span
	document bool
	// problem is what the reader met after the records of the chunk; nil nearly always.
	problem *Problem
	ready   chan struct{} // closed once the decoder is done with it

	records []record
	changes []store.Change
}

// A freelist keeps the slices of changes of chunks that were taken in: they are large, and the batch holds copies.
type freelist chan []store.Change

func (f freelist) take() []store.Change {
	select {
	case kept := <-f:
		return kept
	default:
		return make([]store.Change, 0, readSize/128)
	}
}

// give keeps the changes of a chunk, or leaves them to the garbage collector if there are enough.
func (f freelist) give(changes []store.Change) {
	clear(changes)
	select {
	case f <- changes[:0]:
	default:
	}
}

// A span is where a record stands in the data of its chunk.
type span struct {
	start, end int
	line       int
	cell       string // of the table that the record was made of
	list       string
	index      int
	tooLong    bool
}

// A record is what became of one record of a chunk.
type record struct {
	form         form
	line         int
	cell         string // of the table that the record was made of; empty for records of files of records
	number       int    // in its input, from 1
	start, end   int    // in the chunk's data
	list         string
	index        int
	first, count int // of the chunk's changes
	problem      *Problem
}

// path makes a JSON Pointer into the record one into the document, if the record is part of one.
func (r *record) path(pointer string) string {
	if r.list == "" {
		return pointer
	}
	return "/" + r.list + "/" + strconv.Itoa(r.index) + pointer
}

// decode decodes all records of the chunk.
func (c *chunk) decode(d *decoder, free freelist) {
	d.changes = free.take()
	if len(c.spans) > 0 {
		for _, s := range c.spans {
			c.decodeOne(d, record{line: s.line, start: s.start, end: s.end, list: s.list, index: s.index, cell: s.cell}, s.tooLong)
		}
	} else {
		c.decodeLines(d)
	}
	c.changes = d.changes
	close(c.ready)
}

func (c *chunk) decodeLines(d *decoder) {
	line := c.line
	for at := 0; at < len(c.data); line++ {
		end := len(c.data)
		if n := bytes.IndexByte(c.data[at:], '\n'); n >= 0 {
			end = at + n
		}
		if len(skipSpace(c.data[at:end])) > 0 {
			c.decodeOne(d, record{line: line, start: at, end: end}, false)
		}
		at = end + 1
	}
}

func (c *chunk) decodeOne(d *decoder, r record, isTooLong bool) {
	r.first = len(d.changes)
	if isTooLong {
		r.problem = tooLong(0)
	} else {
		r.form, r.problem = d.record(c.data[r.start:r.end], r.list)
	}
	r.count = len(d.changes) - r.first
	if r.problem != nil {
		r.problem.Line, r.problem.Cell, r.problem.Path = r.line, r.cell, r.path(r.problem.Path)
	}
	c.records = append(c.records, r)
}

// brokenDocument is a document that cannot be followed further.
func brokenDocument(found, expected string) *Problem {
	return &Problem{Found: found, Expected: expected, syntax: true}
}

func quotedByte(c byte) string { return fmt.Sprintf("%q", rune(c)) }

package ftm

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// Format is the format "ftm".
var Format = format.Format{
	Name:    "ftm",
	Title:   "FollowTheMoney, entities or statements (JSON Lines), or statements (CSV)",
	Dataset: "ftm",
	Read:    read,
}

const (
	// mostGroup and mostGroupBytes bound the statements that are held to be looked at together.
	mostGroup      = 1 << 14
	mostGroupBytes = 8 << 20
	// mostUnmapped bounds the names that are counted one by one. FollowTheMoney has some 400 properties.
	mostUnmapped = 2000
)

// A reader reads one file.
type reader struct {
	out       *format.Out
	bases     map[string]graph.Claim // by dataset
	countries map[string]graph.ID    // declared so far
	group     []statement            // of one canonical id
	bytes     int                    // of their values
	names     map[string]struct{}    // of schemata, properties and members that are not mapped
	things    *shelf                 // what relations may be about, by id
	relations *shelf                 // statements of relations, by the relation's id
	err       error                  // of the shelves
}

func read(in format.Input, out *format.Out) error {
	r := &reader{
		out: out, bases: make(map[string]graph.Claim), countries: make(map[string]graph.ID), names: make(map[string]struct{}),
		things: newShelf(), relations: newShelf(),
	}
	defer r.things.close()
	defer r.relations.close()
	b := bufio.NewReaderSize(in, 1<<18)
	start, err := b.Peek(1 << 10)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	start = bytes.TrimLeft(bytes.TrimPrefix(start, mark), " \t\r\n")
	if len(start) > 0 && start[0] == '{' {
		err = r.lines(b)
	} else {
		err = r.table(b)
	}
	if err != nil {
		return err
	}
	r.flush()
	if r.err != nil {
		return r.err
	}
	return r.relate()
}

// add takes a statement. Those of one canonical id that follow each other are looked at together.
func (r *reader) add(s *statement) error {
	if s.canonical == "" {
		s.canonical = s.entity
	}
	for _, required := range [][2]string{{s.entity, "entity_id"}, {s.schema, "schema"}, {s.prop, "prop"}} {
		if required[0] == "" {
			place := s.place
			place.Column = required[1]
			r.out.Problem(place, "nothing", "a text")
			return nil
		}
	}
	if len(r.group) > 0 && (r.group[0].canonical != s.canonical || len(r.group) >= mostGroup || r.bytes >= mostGroupBytes) {
		r.flush()
	}
	r.group = append(r.group, *s)
	r.bytes += len(s.value) + len(s.original)
	return r.err
}

// unmapped counts what has no place in the vocabulary, by name.
func (r *reader) unmapped(name string) {
	if _, known := r.names[name]; !known {
		if len(r.names) >= mostUnmapped {
			name = "any other"
		}
		r.names[name] = struct{}{}
	}
	r.out.Unmapped(name)
}

// columns are those of a table that are read, and those that say nothing about the world.
var columns = []string{
	"entity_id", "canonical_id", "schema", "prop", "value", "original_value", "lang", "dataset", "first_seen",
	"id", "prop_type", "last_seen", "external", "origin", "target",
}

// table reads statements as separated values.
func (r *reader) table(in io.Reader) error {
	file, err := table.Open(in)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	for _, t := range file.Tables {
		if err := format.Require(t, "entity_id", "prop", "value", "dataset"); err != nil {
			return err
		}
		var failed error
		err := format.Rows(t, r.out, columns, func(row *table.Row) {
			if failed == nil {
				failed = r.row(row)
			}
		})
		if err := errors.Join(failed, err); err != nil {
			return err
		}
	}
	return nil
}

// row reads one row of a table. Where there is no column for the schema, the property has it: "Person:name".
func (r *reader) row(row *table.Row) error {
	s := statement{
		place: row.Place(row.Text("prop")), entity: row.Text("entity_id"), canonical: row.Text("canonical_id"), schema: row.Text("schema"),
		prop: row.Text("prop"), value: row.Text("value"), original: row.Text("original_value"), lang: row.Text("lang"),
		dataset: row.Text("dataset"), seen: row.Text("first_seen"),
	}
	if schema, prop, ok := strings.Cut(s.prop, ":"); ok && s.schema == "" {
		s.schema, s.prop = schema, prop
	}
	return r.add(&s)
}

package mapping

import (
	"slices"
	"strconv"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// A scope is what a record is made in: a row, or none for a record that is made once for its table, and the items of each.
type scope struct {
	table  *tableRule
	row    *table.Row
	place  table.Place // of the row
	out    *format.Out
	items  []item
	number int // of the items, from 1; 0 without each
	failed bool
	// locator tells the row.
	locator string
}

// An item is one of a list that each takes apart.
type item struct {
	name, column, text string
}

// item finds an item by its name.
func (s *scope) item(name string) *item {
	i := slices.IndexFunc(s.items, func(it item) bool { return it.name == name })
	if i < 0 {
		return nil
	}
	return &s.items[i]
}

// text is what a template's reference stands for.
func (s *scope) text(name string) string {
	if name == theNumber {
		return strconv.Itoa(s.number)
	}
	if it := s.item(name); it != nil {
		return it.text
	}
	text := s.row.Text(name)
	if s.isMissing(text) {
		return ""
	}
	return text
}

// texts are those of a column, of which JSON may have several.
func (s *scope) texts(name string) []string {
	if it := s.item(name); it != nil {
		return []string{it.text}
	}
	return s.row.Texts(name)
}

// isMissing reports whether a text is one of those that stand for nothing.
func (s *scope) isMissing(text string) bool { return slices.Contains(s.table.missing, text) }

// at is where the first of some columns stands.
func (s *scope) at(columns []string) table.Place {
	place := s.place
	if len(columns) > 0 {
		place.Column = columns[0]
		if it := s.item(columns[0]); it != nil {
			place.Column = it.column
		}
	}
	return place
}

// A source is a part of a mapping that a text comes of.
type source interface {
	columns() []string
	String() string
}

// problem tells of a text that is not what the mapping has to have. The record that it was for is not made.
func (s *scope) problem(of source, found, expected string) {
	s.fault(of, graph.Quoted(found), expected)
}

// fault is problem for what is found to be described in words.
func (s *scope) fault(of source, found, expected string) {
	s.failed = true
	s.out.Problem(s.at(of.columns()), found, expected+" ("+of.String()+")")
}

// note counts a text that is not used as it stands.
func (s *scope) note(of source, what, text string) {
	s.out.Note(of.String()+": "+what, s.at(of.columns()), graph.Quoted(text))
}

// date reads EDTF.
func (s *scope) date(t *date, text string) (graph.Date, bool) {
	d, err := graph.ParseDate(text)
	if err != nil {
		s.problem(t, text, "a date"+dateFault(err))
	}
	return d, err == nil
}

// id reads an id. A bare one belongs to the dataset.
func (s *scope) id(v *value, text string) graph.ID {
	id, err := graph.ParseID(text, s.table.dataset)
	if err != nil {
		found, expected := fieldText(err)
		s.fault(v, found, expected)
	}
	return id
}

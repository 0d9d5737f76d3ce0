package format

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"entente/loader/table"
)

// A Summary counts what a format met beside the claims that it made.
type Summary struct {
	Rows  int
	notes map[string]*Note
	cells map[string]int // of which nothing was made, by column
}

// A Note counts places of one sort.
type Note struct {
	What     string
	Count    int
	Files    int       // in which they are; two that hold the same rows have each place twice
	Examples []Example // the first ones
	file     string    // of the last one
}

// An Example is one place that a note counts.
type Example struct {
	File   string
	Place  table.Place
	Detail string
}

// examplesKept is how many places a note names.
const examplesKept = 3

// A Column counts filled cells.
type Column struct {
	Name  string
	Cells int
}

func (s *Summary) note(what string, e Example) {
	if s.notes == nil {
		s.notes = make(map[string]*Note)
	}
	n := s.notes[what]
	if n == nil {
		n = &Note{What: what}
		s.notes[what] = n
	}
	n.Count++
	// Files are read one after the other.
	if n.Files == 0 || n.file != e.File {
		n.Files++
		n.file = e.File
	}
	if len(n.Examples) < examplesKept {
		n.Examples = append(n.Examples, e)
	}
}

func (s *Summary) unmapped(column string) {
	if s.cells == nil {
		s.cells = make(map[string]int)
	}
	s.cells[column]++
}

// Notes are all notes, the most frequent first.
func (s *Summary) Notes() []Note {
	list := make([]Note, 0, len(s.notes))
	for _, n := range s.notes {
		list = append(list, *n)
	}
	slices.SortFunc(list, func(a, b Note) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.What, b.What))
	})
	return list
}

// Unmapped are the columns of which nothing was made, by name, those without any filled cell left out.
func (s *Summary) Unmapped() []Column {
	var list []Column
	for _, name := range slices.Sorted(maps.Keys(s.cells)) {
		list = append(list, Column{name, s.cells[name]})
	}
	return list
}

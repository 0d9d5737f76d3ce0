package mapping

import (
	"regexp"
	"slices"
)

// A condition is one that a column has to meet.
type condition struct {
	place
	column         string
	is, isNot      []string
	filled         string
	match, noMatch *regexp.Regexp
}

func (c *condition) fields() []field {
	return []field{
		{"is", func(d *decoder, n node) { c.is = d.texts(n) }},
		{"isNot", func(d *decoder, n node) { c.isNot = d.texts(n) }},
		{"filled", func(d *decoder, n node) { c.filled = d.oneOf(n, "true", "false") }},
		{"match", func(d *decoder, n node) { c.match = d.pattern(n) }},
		{"noMatch", func(d *decoder, n node) { c.noMatch = d.pattern(n) }},
	}
}

// Conditions have to be met all together.
type conditions []condition

// where reads an object of columns, each with the text it has to have, a list of them, or an object of conditions.
func (d *decoder) where(n node) conditions {
	var list conditions
	d.members(n, "an object of columns and their conditions", func(column string, n node) {
		c := condition{place: n.place, column: column}
		if isMapping(n) {
			d.object(n, "a condition", c.fields())
		} else {
			c.is = d.texts(n)
		}
		list = append(list, c)
	})
	return list
}

// columns are the columns that have conditions.
func (list conditions) columns() []string {
	columns := make([]string, len(list))
	for i := range list {
		columns[i] = list[i].column
	}
	return columns
}

// met reports whether a row meets all conditions.
func (list conditions) met(s *scope) bool {
	return !slices.ContainsFunc(list, func(c condition) bool {
		text := s.text(c.column)
		return c.is != nil && !slices.Contains(c.is, text) ||
			slices.Contains(c.isNot, text) ||
			c.filled != "" && (c.filled == "true") != (text != "") ||
			c.match != nil && !c.match.MatchString(text) ||
			c.noMatch != nil && c.noMatch.MatchString(text)
	})
}

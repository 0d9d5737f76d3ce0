package mapping

import (
	"fmt"
	"slices"
	"strings"

	"entente/graph"
	"entente/loader/format"
)

// A date says how a date, or a list of dates, comes of a row: of one text, of the parts of a date, or of the two ends of a time.
type date struct {
	value
	forms            []dateForm
	year, month, day *value
	start, end       *date
	// Of an end alone.
	dataEnd *template
	ongoing []string
}

func (t *date) fields() []field {
	return append(t.value.fields(),
		field{"format", func(d *decoder, n node) {
			for _, text := range d.texts(n) {
				t.forms = append(t.forms, d.dateForm(n, text))
			}
		}},
		field{"year", func(d *decoder, n node) { t.year = d.single(n) }},
		field{"month", func(d *decoder, n node) { t.month = d.single(n) }},
		field{"day", func(d *decoder, n node) { t.day = d.single(n) }},
		field{"start", func(d *decoder, n node) { t.start = d.date(n) }},
		field{"end", func(d *decoder, n node) { t.end = d.end(n) }},
		field{"dataEnd", func(d *decoder, n node) { t.dataEnd = d.template(n) }},
		field{"ongoing", func(d *decoder, n node) { t.ongoing = d.texts(n) }},
	)
}

// date reads a date that is not the end of a time.
func (d *decoder) date(n node) *date {
	t := d.end(n)
	if t.dataEnd != nil || t.ongoing != nil {
		d.fail(n.place, "dataEnd or ongoing", "one of them in the end of a time alone")
	}
	return t
}

// end reads a date: a template alone, which gives EDTF, or an object.
func (d *decoder) end(n node) *date {
	t := &date{value: value{place: n.place}}
	if isText(n) {
		t.text = d.template(n)
		return t
	}
	if !d.object(n, "a date", t.fields()) {
		return t
	}
	ways := 0
	for _, is := range []bool{t.origins() > 0, t.year != nil, t.start != nil || t.end != nil} {
		if is {
			ways++
		}
	}
	switch {
	case ways != 1:
		d.fail(n.place, fmt.Sprintf("%d of column, columns or text, year, and start or end", ways), "one of them")
	case t.year == nil && (t.month != nil || t.day != nil):
		d.fail(n.place, "month or day", "year beside it")
	case t.day != nil && t.month == nil:
		d.fail(n.place, "day", "month beside it")
	case t.origins() > 0:
		t.check(d)
	}
	return t
}

// columns are the names that the date refers to.
func (t *date) columns() []string {
	if t == nil {
		return nil
	}
	return slices.Concat(t.value.columns(), t.year.columns(), t.month.columns(), t.day.columns(),
		t.start.columns(), t.end.columns(), t.dataEnd.columns())
}

// one is the date in a row, which may be none.
func (t *date) one(s *scope) graph.Date {
	if t == nil {
		return graph.Date{}
	}
	for _, date := range t.all(s) {
		if !date.IsZero() {
			return date
		}
	}
	return graph.Date{}
}

// all are the dates in a row.
func (t *date) all(s *scope) []graph.Date {
	var list []graph.Date
	for _, text := range t.texts(s) {
		if text == "" {
			continue
		}
		if date, ok := s.date(t, text); ok {
			list = append(list, date)
		}
	}
	return list
}

// texts are the dates as EDTF, empty ones among them.
func (t *date) texts(s *scope) []string {
	switch {
	case t.year != nil:
		return []string{t.ofParts(s)}
	case t.start != nil || t.end != nil:
		return []string{t.ofEnds(s)}
	}
	texts := t.value.all(s)
	for i := range texts {
		texts[i] = t.ofForm(s, texts[i])
	}
	return texts
}

// ofForm reads a text in the first of the forms that fits it.
func (t *date) ofForm(s *scope, text string) string {
	if slices.Contains(t.ongoing, text) {
		return open
	}
	if text == "" || len(t.forms) == 0 {
		return text
	}
	names := make([]string, len(t.forms))
	for i, form := range t.forms {
		if date, ok := form.read(text); ok {
			return date
		}
		names[i] = form.name
	}
	s.problem(&t.value, text, "a date of the form "+strings.Join(names, " or "))
	return ""
}

// ofParts puts a date together.
func (t *date) ofParts(s *scope) string {
	month := format.Code(t.month.one(s))
	number, ok := monthNumber(month)
	if !ok {
		number = month // which is none, as the reader of dates will say
	}
	year := format.Code(t.year.one(s))
	if year == "" {
		return ""
	}
	return edtfOf(year, number, format.Code(t.day.one(s)))
}

// ofEnds is the time between two dates. Without its start or its end, that end is not known.
func (t *date) ofEnds(s *scope) string {
	start, end := t.start.first(s), t.end.first(s)
	if t.end != nil && t.end.dataEnd != nil && end != "" && end == t.end.dataEnd.fill(s, "") {
		s.note(&t.end.value, "the end is that of the data, so it is not known", end)
		end = ""
	}
	if start == "" && (end == "" || end == open) {
		return ""
	}
	return start + "/" + end
}

// open is the end of a time that goes on.
const open = ".."

// first is the first text that is not empty.
func (t *date) first(s *scope) string {
	if t == nil {
		return ""
	}
	for _, text := range t.texts(s) {
		if text != "" {
			return text
		}
	}
	return ""
}

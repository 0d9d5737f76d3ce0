package mapping

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/nearest"
	"entente/loader/table"
)

// read makes claims of a file.
func (m *Mapping) read(in format.Input, out *format.Out) error {
	file, err := table.OpenNamed(in, func(sheet string) int {
		if rule := m.rule(in.Name, sheet); rule != nil {
			return rule.header
		}
		return 0
	})
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	base := m.declare(out)
	var read []*tableRule
	for _, t := range file.Tables {
		rule := m.rule(in.Name, t.Sheet)
		if rule == nil {
			out.Note("a sheet that the mapping has no table for", table.Place{Sheet: t.Sheet}, "")
			continue
		}
		bound := *rule
		bound.base = base
		if err := bound.read(t, out); err != nil {
			return err
		}
		read = append(read, rule)
	}
	return m.unread(in.Name, file, read)
}

// declare says what the maker and the document are, and gives what all claims share.
func (m *Mapping) declare(out *format.Out) graph.Claim {
	base := m.set.Declare(out, m.status)
	out.Entity(table.Place{}, format.Entity{ID: m.set.Document, Literals: []format.Literal{{Predicate: graph.Published, Value: m.published}}}, base)
	return base
}

// rule is the first table of the mapping that a sheet of a file fits, nil if there is none.
func (m *Mapping) rule(file, sheet string) *tableRule {
	i := slices.IndexFunc(m.tables, func(rule *tableRule) bool {
		return rule.fits(file) && (rule.sheet == "" || rule.sheet == sheet)
	})
	if i < 0 {
		return nil
	}
	return m.tables[i]
}

func (t *tableRule) fits(file string) bool {
	if t.file == "" {
		return true
	}
	ok, _ := path.Match(t.file, filepath.Base(file)) // the pattern is sound
	return ok
}

// unread is an error if a table of the mapping that names a sheet of the file has not been read, or none has.
func (m *Mapping) unread(name string, file *table.File, read []*tableRule) error {
	var sheets []string
	for _, t := range file.Tables {
		sheets = append(sheets, t.Sheet)
	}
	for _, rule := range m.tables {
		if rule.fits(name) && rule.sheet != "" && !slices.Contains(read, rule) {
			return &table.Error{
				Found:    fmt.Sprintf("the sheets %q", sheets),
				Expected: fmt.Sprintf("one called %q (%s)", rule.sheet, rule.place),
			}
		}
	}
	if len(read) == 0 {
		return &table.Error{Found: "a file that no table of the mapping is for", Expected: fmt.Sprintf("one that a table of %s names", filepath.Base(m.name))}
	}
	return nil
}

// read makes claims of the rows of a table.
func (t *tableRule) read(from *table.Table, out *format.Out) error {
	mapped, err := t.bind(from)
	if err != nil {
		return err
	}
	s := &scope{table: t, out: out, place: table.Place{Sheet: from.Sheet}}
	for _, r := range t.records {
		if r.isConstant() {
			r.make(s)
		}
	}
	return format.Rows(from, out, mapped, func(row *table.Row) {
		t.readRow(&scope{table: t, out: out, row: row, place: row.Place("")})
	})
}

func (t *tableRule) readRow(s *scope) {
	if !t.where.met(s) {
		s.out.Note("rows that where leaves out", s.place, "")
		return
	}
	s.locator = s.place.String()
	if t.locator != nil {
		if s.locator = t.locator.one(s); s.failed {
			return
		}
		if s.locator == "" {
			s.fault(t.locator, "nothing", "what tells the row from the others")
			return
		}
	}
	for _, r := range t.records {
		if !r.isConstant() {
			r.make(s)
		}
	}
}

// bind gives the columns that the mapping refers to. It is an error if the table has not got one of them.
func (t *tableRule) bind(from *table.Table) (mapped []string, err error) {
	var wrong []string
	refer := func(s source, items []named) {
		for _, column := range s.columns() {
			isItem := slices.ContainsFunc(items, func(e named) bool { return e.name == column })
			if isItem || slices.Contains(mapped, column) {
				continue
			}
			mapped = append(mapped, column)
			if from.Has(column) || slices.Contains(t.optional, column) {
				continue
			}
			text := fmt.Sprintf("%q (%s", column, s)
			if near := nearest.Name(column, from.Columns); near != "" {
				text += fmt.Sprintf("; did you mean %q?", near)
			}
			wrong = append(wrong, text+")")
		}
	}
	refer(bound{t.where, t.place}, nil)
	if t.locator != nil {
		refer(t.locator, nil)
	}
	for _, r := range t.records {
		for _, e := range r.each {
			refer(e.value, nil)
		}
		refer(bound{r.where, r.place}, r.each)
		for _, s := range r.sources() {
			refer(s, r.each)
		}
	}
	if wrong != nil {
		return nil, &table.Error{
			Place:    from.Place(),
			Found:    fmt.Sprintf("the columns %q", from.Columns),
			Expected: "also " + strings.Join(wrong, ", "),
		}
	}
	return mapped, nil
}

// bound are conditions and where they stand.
type bound struct {
	conditions
	place
}

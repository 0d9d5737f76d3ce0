package mapping

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strconv"

	"entente/graph"
	"entente/loader/format"
)

// A Mapping says what is made of the tables of a set of files.
type Mapping struct {
	name      string // of its own file
	dataset   string
	set       format.Set
	status    string // of the document
	published string
	missing   []string
	tables    []*tableRule
}

// A tableRule says what is made of the rows of one table.
type tableRule struct {
	place
	dataset string
	missing []string
	base    graph.Claim

	file, sheet string
	header      int // the row of the names; 0 for the first that is not blank
	optional    []string
	where       conditions
	locator     *value
	records     []*record
}

// Load reads a mapping. The error has all that is wrong with it, each an [*Error].
func Load(name string, data []byte) (*Mapping, error) {
	top, wrong := parse(name, data)
	if wrong != nil {
		return nil, wrong
	}
	d := &decoder{lookups: make(map[string]*lookup)}
	if d.aliases(top); len(d.errs) > 0 {
		return nil, errorList(d.errs)
	}
	m := &Mapping{name: name, missing: []string{"NA", "N/A", "NaN", "NULL", "-"}}
	d.early(top)
	m.dataset = d.dataset
	d.object(top, "a mapping", m.fields())
	m.check(d, top.place)
	if len(d.errs) > 0 {
		return nil, errorList(d.errs)
	}
	for _, t := range m.tables {
		t.dataset, t.missing = m.dataset, slices.Concat(m.missing, t.missing)
	}
	return m, nil
}

// early reads what others refer to, wherever it stands.
func (d *decoder) early(top node) {
	for i := 0; i+1 < len(top.Content); i += 2 {
		n := top.below(top.Content[i].Value, top.Content[i+1])
		switch top.Content[i].Value {
		case "dataset":
			if text := d.text(n); graph.ValidDataset(text) {
				d.dataset = text
			} else if isText(n) {
				d.fail(n.place, graph.Quoted(text), "a name of a-z, 0-9, '.', '_' or '-' that begins with a letter, at most 31 bytes")
			}
		case "lookups":
			d.members(n, "an object of lookups by their names", func(name string, n node) { d.lookups[name] = d.lookup(n) })
		}
	}
}

func (m *Mapping) fields() []field {
	none := func(*decoder, node) {} // read early
	return []field{
		{"dataset", none},
		{"maker", func(d *decoder, n node) { d.object(n, "a maker", m.makerFields()) }},
		{"document", func(d *decoder, n node) { d.object(n, "a document", m.documentFields()) }},
		{"missing", func(d *decoder, n node) { m.missing = d.texts(n) }},
		{"lookups", none},
		{"tables", func(d *decoder, n node) {
			d.list(n, "a list of tables", func(n node) { m.tables = append(m.tables, d.table(n)) })
		}},
	}
}

func (m *Mapping) makerFields() []field {
	return []field{
		{"id", func(d *decoder, n node) { m.set.Maker = d.id(n) }},
		{"name", func(d *decoder, n node) { m.set.MakerName = d.literalText(n, graph.NamePredicate) }},
	}
}

func (m *Mapping) documentFields() []field {
	return []field{
		{"id", func(d *decoder, n node) { m.set.Document = d.id(n) }},
		{"name", func(d *decoder, n node) { m.set.Title = d.literalText(n, graph.NamePredicate) }},
		{"url", func(d *decoder, n node) { m.set.URL = d.literalText(n, graph.URL) }},
		{"published", func(d *decoder, n node) { m.published = d.literalText(n, graph.Published) }},
		{"status", func(d *decoder, n node) { m.status = d.literalText(n, graph.Status) }},
	}
}

// literalText reads a text that is to be the value of a predicate.
func (d *decoder) literalText(n node, p graph.Predicate) string {
	text, err := graph.NormalizeLiteral(p.Info().Literal, d.text(n))
	if err != nil {
		d.failField(n.place, err)
	}
	return text
}

// check finds what a mapping has to have and does not.
func (m *Mapping) check(d *decoder, at place) {
	for _, part := range []struct {
		missing        bool
		path, expected string
	}{
		{m.dataset == "", "/dataset", "the scheme of the ids that have none"},
		{m.set.Maker == "" && m.dataset != "", "/maker/id", "the id of whoever made the files, on whose word they are"},
		{m.set.MakerName == "", "/maker/name", "the maker's name"},
		{m.set.Document == "" && m.dataset != "", "/document/id", "the id of the document that the files are"},
		{m.set.Title == "", "/document/name", "the document's title"},
		{len(m.tables) == 0, "/tables", "a list of tables"},
	} {
		at.path = part.path
		if part.missing && !slices.ContainsFunc(d.errs, func(e *Error) bool { return e.Path == part.path }) {
			d.fail(at, "nothing", part.expected)
		}
	}
}

func (t *tableRule) fields() []field {
	return []field{
		{"file", func(d *decoder, n node) {
			if t.file = d.text(n); !validPattern(t.file) {
				d.fail(n.place, graph.Quoted(t.file), `the name of a file, in which "*" stands for any letters`)
			}
		}},
		{"sheet", func(d *decoder, n node) { t.sheet = d.text(n) }},
		{"header", func(d *decoder, n node) {
			var err error
			if t.header, err = strconv.Atoi(d.text(n)); isText(n) && (err != nil || t.header < 1) {
				d.fail(n.place, n.describe(), "the number of a row, from 1")
			}
		}},
		{"missing", func(d *decoder, n node) { t.missing = d.texts(n) }},
		{"optional", func(d *decoder, n node) { t.optional = d.texts(n) }},
		{"where", func(d *decoder, n node) { t.where = d.where(n) }},
		{"locator", func(d *decoder, n node) { t.locator = d.single(n) }},
		{"records", func(d *decoder, n node) {
			d.list(n, "a list of records", func(n node) { t.records = append(t.records, d.record(n)) })
		}},
	}
}

func (d *decoder) table(n node) *tableRule {
	t := &tableRule{place: n.place}
	d.object(n, "a table", t.fields())
	if isMapping(n) && !hasMember(n, "records") {
		d.fail(n.place, "no records", "a list of records")
	}
	return t
}

func validPattern(pattern string) bool {
	_, err := path.Match(pattern, "")
	return err == nil
}

// Format is the format that reads files as the mapping says. An edition of a data set is compared with earlier imports under the
// same dataset and document.
func (m *Mapping) Format() *format.Format {
	return &format.Format{
		Name:    string(m.set.Document),
		Title:   fmt.Sprintf("tables by the mapping %s", filepath.Base(m.name)),
		Dataset: m.dataset,
		Read:    m.read,
	}
}

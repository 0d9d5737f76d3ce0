package mend

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

var processColumns = []string{conflictColumn, groupingColumn, "STARTDATE", "ENDDATE", partyColumn, "third_party_id_GLOPAD", "description"}

// processID is the id of a grouping in the conflict of a country: "Quad" and "QUAD" are one, those of Sudan and of Israel are not.
func processID(country, name string) graph.ID {
	return graph.ID("mend:process-" + slug(country) + "-" + slug(name))
}

// groupings claims which processes the event belongs to.
func (e *event) groupings() {
	for n, name := range e.list(groupingColumn) {
		if !e.isName(groupingColumn, name) {
			continue
		}
		id := processID(e.scope(), name)
		declare(e.out, e.place(groupingColumn), format.Entity{ID: id, Kind: graph.Process, Name: name}, e.of(groupingColumn, name+" in "+e.scope()))
		c := e.claim(groupingColumn, n, name)
		c.Predicate, c.To = graph.BelongsTo, id
		e.out.Claim(e.place(groupingColumn), c)
	}
}

// readProcesses reads the table of processes.
func readProcesses(t *table.Table, out *format.Out) error {
	if err := format.Require(t, processColumns...); err != nil {
		return err
	}
	base := processSet.Declare(out, "")
	return format.Rows(t, out, processColumns, func(row *table.Row) {
		name, country := format.Line(row.Text(groupingColumn)), row.Text(conflictColumn)
		if slug(name) == "" || slug(country) == "" {
			out.Note("a row without a process: the text of the row before it goes on there", row.Place("description"), row.Text("description"))
			return
		}
		p := &process{id: processID(country, name), row: row, base: base, out: out}
		p.base.From = p.id
		p.base.Source.Locator = groupingColumn + " " + name + " in " + country
		declare(out, row.Place(groupingColumn), format.Entity{ID: p.id, Kind: graph.Process, Name: name, Literals: []format.Literal{
			{Predicate: graph.Description, Value: row.Text("description")},
		}}, p.base)
		p.concerns(country)
		p.dates()
		p.members()
	})
}

// A process is a row.
type process struct {
	id   graph.ID
	row  *table.Row
	base graph.Claim
	out  *format.Out
}

// claim is a claim that rests on a column, in the cell's own words.
func (p *process) claim(column, quote string) graph.Claim {
	c := p.base
	c.Key = p.base.Source.Locator + ", " + column
	c.Source.Locator += ", column " + column
	c.Source.Quote = quote
	return c
}

func (p *process) concerns(name string) {
	place := p.row.Place(conflictColumn)
	code := countryCode(name)
	if code == "" {
		p.out.Note("the name of a country that is not known", place, name)
		return
	}
	entity := country(code, name)
	base := p.base
	base.Source.Locator = "column " + conflictColumn + ", " + name
	p.out.Entity(place, entity, base)
	c := p.claim(conflictColumn, name)
	c.Predicate, c.To = graph.Concerns, entity.ID
	p.out.Claim(place, c)
}

// dates claims from when to when it lasted.
func (p *process) dates() {
	start, end := p.row.Text("STARTDATE"), p.row.Text("ENDDATE")
	words := format.Line(start)
	if end != "" {
		words = strings.TrimRight(words, " -") + " - " + format.Line(end)
	}
	if words == "" {
		return
	}
	place := p.row.Place("STARTDATE")
	text, ok := months(words)
	if !ok {
		p.out.Problem(place, graph.Quoted(words), "months with their years, such as \"September 21 - February 2024\"")
		return
	}
	date, ok := p.out.Date(place, text)
	if !ok {
		return
	}
	c := p.claim("STARTDATE", words)
	c.Predicate, c.Value = graph.DatePredicate, date.String()
	c.Qualifiers = []graph.Qualifier{inferred("two figures after a month are taken for the year, and no end for one that is not known")}
	p.out.Claim(place, c)
}

var monthSpan = regexp.MustCompile(`^([A-Za-z]+) ([0-9]{2}|[0-9]{4}) ?-(?: ?([A-Za-z]+) ([0-9]{2}|[0-9]{4}))?$`)

// months reads a span between two months, "June 23- Oct 23", of which the second may be missing.
func months(words string) (string, bool) {
	m := monthSpan.FindStringSubmatch(words)
	if m == nil {
		return "", false
	}
	start, ok := month(m[1], m[2])
	if !ok || m[3] == "" {
		return start + "/", ok
	}
	end, ok := month(m[3], m[4])
	return start + "/" + end, ok
}

// month is a month, in full or by its first three letters, of a year, in full or by its last two figures.
func month(name, year string) (string, bool) {
	for m := time.January; m <= time.December; m++ {
		if strings.EqualFold(name, m.String()) || strings.EqualFold(name, m.String()[:3]) {
			if len(year) == 2 {
				year = "20" + year
			}
			return fmt.Sprintf("%s-%02d", year, int(m)), true
		}
	}
	return "", false
}

var glopadID = regexp.MustCompile(`^(?:(?:CON|IGO|NGO|OTH|ENT|POL)_|GP-)[0-9]+$`)

// members claims who the grouping consists of. The ids of states and organizations are PAA-X's; those that begin with GP are of
// another list, and "NM" is none.
func (p *process) members() {
	names, ids := format.List(p.row.Text(partyColumn), ";"), format.List(p.row.Text("third_party_id_GLOPAD"), ";")
	place := p.row.Place(partyColumn)
	// An id that stands twice in a row stands there once too often.
	if short := slices.Compact(slices.Clone(ids)); len(short) == len(names) && len(ids) != len(names) {
		p.out.Note("an id of a member stands twice, one after the other; once it is left out", p.row.Place("third_party_id_GLOPAD"), p.row.Text("third_party_id_GLOPAD"))
		ids = short
	}
	if len(ids) != len(names) || slices.ContainsFunc(ids, func(id string) bool { return id != "NM" && !glopadID.MatchString(id) }) {
		if len(names) > 0 {
			p.out.Note("members without an id for each, so the names alone are taken", place, p.row.Text("third_party_id_GLOPAD"))
		}
		ids = make([]string, len(names))
	}
	for n, name := range names {
		if name == "" {
			continue
		}
		entity := member(format.Line(name), ids[n])
		base := p.base
		base.Source.Locator = "column " + partyColumn + ", " + name
		declare(p.out, place, entity, base)
		c := p.claim(partyColumn, name)
		c.Key += fmt.Sprintf(" %d", n+1)
		c.Predicate, c.From, c.To = graph.MemberOf, entity.ID, p.id
		p.out.Claim(place, c)
	}
}

// member is an actor by its id; without one a country, or what has the name.
func member(name, id string) format.Entity {
	code := countryCode(name)
	switch {
	case strings.Contains(id, "_"):
		return actor{paax: id}.named(name)
	case id != "" && id != "NM":
		e := actor{mend: id}.entity(name)
		e.Name = name // the list of actors does not have it
		return e
	case code != "":
		return country(code, name)
	}
	return format.Entity{ID: graph.ID("mend:actor-" + slug(name)), Kind: graph.Organization, Name: name}
}

package mend

import (
	"fmt"
	"strings"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// The columns of the events that are read by more than one function.
const (
	eventIDColumn   = "med_event_ID"
	conflictColumn  = "conflict_country"
	locationColumn  = "med_location - MULTISELECT"
	partyColumn     = "third_party"
	personColumn    = "individual_med_named"
	personIDColumn  = "med_scope" // is where their ids stand
	localColumn     = "local_parties"
	summaryColumn   = "Summary"
	groupingColumn  = "groupings_mechanisms"
	agreementColumn = "agmt_name"
)

// eventColumns are those of which something is made.
var eventColumns = []string{
	eventIDColumn, conflictColumn, "conflict_counry_ID", "conflict_id", locationColumn, "med_loc_cty", "Day", "Month", "Year",
	partyColumn, "third_party_id_MEND", "third_party_id_PAAX", personIDColumn, personColumn, groupingColumn, localColumn,
	"local_party_id", "agmt", agreementColumn, "agmt_id_PAX", summaryColumn, "source_urls", "med_type",
}

// An event is a row. It is kept until all rows are read, for which ids are of one event alone shows only then.
type event struct {
	id      graph.ID
	key     string      // the row's own words for it, in locators and keys
	base    graph.Claim // what its claims share
	cells   map[string]string
	place   func(column string) table.Place
	out     *format.Out
	actors  []actor           // the third parties
	role    graph.Predicate   // theirs
	between []graph.Qualifier // the local parties
}

// readEvents reads the table of events.
func readEvents(t *table.Table, out *format.Out) error {
	if err := format.Require(t, eventColumns...); err != nil {
		return err
	}
	base := eventSet.Declare(out, "")
	var list []*event
	rows := make(map[string]int) // by id
	err := format.Rows(t, out, eventColumns, func(row *table.Row) {
		if row.Text(eventIDColumn) == "" {
			out.Problem(row.Place(eventIDColumn), "nothing", "the id of an event")
			return
		}
		e := newEvent(row, base, out)
		rows[e.key]++
		list = append(list, e)
	})
	if err != nil {
		return err
	}
	for _, e := range list {
		e.name(rows[e.key] > 1)
		e.claims()
	}
	return nil
}

func newEvent(row *table.Row, base graph.Claim, out *format.Out) *event {
	e := &event{key: row.Text(eventIDColumn), base: base, cells: make(map[string]string, len(eventColumns)), out: out}
	for _, c := range eventColumns {
		e.cells[c] = format.Known(row.Text(c))
	}
	place := row.Place("")
	e.place = func(column string) table.Place {
		place.Column = column
		return place
	}
	return e
}

// name gives the event its id. One that several rows have identifies none of them, so theirs are made of the whole row.
func (e *event) name(shared bool) {
	e.id = graph.ID("mend:" + e.key)
	if shared {
		var row strings.Builder
		for _, c := range eventColumns {
			fmt.Fprintf(&row, "%q\n", e.cells[c])
		}
		e.out.Note("the id of the event is that of another row, too, so it identifies neither", e.place(eventIDColumn), e.key)
		e.id += graph.ID("/" + hash(row.String()))
		e.key = fmt.Sprintf("%s of %s", e.key, e.words())
	}
	e.key = eventIDColumn + " " + e.key
	e.base.From = e.id
	e.base.Source.Locator = e.key
	entity := format.Entity{ID: e.id, Kind: graph.Event, Literals: []format.Literal{
		{Predicate: graph.EventTypeOf, Value: string(graph.Mediation)}, {Predicate: graph.Description, Value: e.cells[summaryColumn]},
	}}
	if !shared {
		entity.IDs = []string{string(e.id)}
	}
	e.out.Entity(e.place(eventIDColumn), entity, e.base)
}

// claims makes all else of the row.
func (e *event) claims() {
	e.date()
	e.concerns()
	e.location()
	e.localParties()
	e.actors, e.role = e.listed(), e.typed()
	e.thirdParties()
	e.individuals()
	e.groupings()
	e.agreements()
	e.sources()
}

// list is a cell of several values.
func (e *event) list(column string) []string {
	list := format.List(e.cells[column], ";")
	for i := range list {
		list[i] = format.Line(list[i])
	}
	return list
}

// isName reports whether an entity can be known by a name. One that is left out is noted; an empty place in a list is none.
func (e *event) isName(column, name string) bool {
	if slug(name) != "" {
		return true
	}
	if name != "" {
		e.out.Note("a name without letters", e.place(column), name)
	}
	return false
}

// claim is a claim on the event's behalf: the nth of a column, in the cell's own words.
func (e *event) claim(column string, n int, quote string) graph.Claim {
	c := e.base
	c.Key = fmt.Sprintf("%s, %s %d", e.key, column, n+1)
	c.Source.Locator += ", column " + column
	c.Source.Quote = quote
	return c
}

// of is what claims about an entity share that comes again in other rows: they are from the column, not from the row.
func (e *event) of(column, key string) graph.Claim {
	c := e.base
	c.Source.Locator = fmt.Sprintf("column %s, %s", column, key)
	return c
}

// words are the date in the words of the row.
func (e *event) words() string {
	return strings.Join(strings.Fields(e.cells["Day"]+" "+e.cells["Month"]+" "+e.cells["Year"]), " ")
}

// date claims the day as far as the row has it. A day that its month does not have leaves the month.
func (e *event) date() {
	day, month, year := e.cells["Day"], e.cells["Month"], e.cells["Year"]
	text := year
	for _, part := range []string{month, day} {
		if part == "" {
			break
		}
		text += "-" + strings.Repeat("0", max(0, 2-len(part))) + part
	}
	c := e.claim("date", 0, e.words())
	c.Predicate = graph.DatePredicate
	c.Source.Locator = e.key + ", columns Day to Year"
	if without, wrong := withoutDay(text); wrong {
		e.out.Note("the day is none of the month, so the month alone is claimed", e.place("Day"), e.words())
		c.Qualifiers = append(c.Qualifiers, inferred("the month has no day "+day+", so the month alone is taken to be right"))
		text = without
	}
	date, ok := e.out.Date(e.place("Year"), text)
	if !ok {
		return
	}
	c.Value = date.String()
	e.out.Claim(e.place("Year"), c)
}

// withoutDay is the month of a date, if that is one and the date is none.
func withoutDay(date string) (month string, wrong bool) {
	dash := strings.LastIndex(date, "-")
	if dash < len("2006-01") {
		return "", false
	}
	_, errDate := graph.ParseDate(date)
	_, errMonth := graph.ParseDate(date[:dash])
	return date[:dash], errDate != nil && errMonth == nil
}

// concerns claims which countries and which conflict the event is about.
func (e *event) concerns() {
	names := e.list(conflictColumn)
	number := format.Code(e.cells["conflict_counry_ID"])
	for n, name := range names {
		entity, ok := e.country(conflictColumn, name)
		if !ok {
			continue
		}
		if number != "" && len(names) == 1 {
			entity.IDs = append(entity.IDs, "gw:"+number)
		}
		e.out.Entity(e.place(conflictColumn), entity, e.of(conflictColumn, name))
		c := e.claim(conflictColumn, n, name)
		c.Predicate, c.To = graph.Concerns, entity.ID
		e.out.Claim(e.place(conflictColumn), c)
	}
	if conflict := format.Code(e.cells["conflict_id"]); conflict != "" {
		id := "ucdp-conflict:" + conflict
		e.out.Entity(e.place("conflict_id"), format.Entity{ID: graph.ID(id), Kind: graph.Conflict, IDs: []string{id}}, e.of("conflict_id", conflict))
		c := e.claim("conflict_id", 0, conflict)
		c.Predicate, c.To = graph.Concerns, graph.ID(id)
		e.out.Claim(e.place("conflict_id"), c)
	}
}

// country is the country that a cell names in whole.
func (e *event) country(column, name string) (format.Entity, bool) {
	code := countryCode(name)
	if code == "" {
		if name != "" {
			e.out.Note("the name of a country that is not known", e.place(column), name)
		}
		return format.Entity{}, false
	}
	return country(code, name), true
}

// scope is the country of the conflict, the first if there are several: the names of local parties and groupings mean the same
// within it.
func (e *event) scope() string {
	country, _, _ := strings.Cut(e.cells[conflictColumn], ";")
	return strings.TrimSpace(country)
}

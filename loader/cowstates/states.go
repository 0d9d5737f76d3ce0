// Package cowstates reads the State System Membership table of the Correlates of War project: the states of the world and the
// spells for which they were members of the interstate system.
package cowstates

import (
	"fmt"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// Format is the format "cow-states".
var Format = format.Format{
	Name:    "cow-states",
	Title:   "Correlates of War, State System Membership (CSV)",
	Dataset: "cow",
	Read:    read,
}

var set = format.Set{
	Maker:     "cow:COW",
	MakerName: "Correlates of War Project",
	Document:  "cow:states",
	Title:     "State System Membership",
	URL:       "https://correlatesofwar.org/data-sets/state-system-membership/",
}

const system graph.ID = "cow:interstate-system"

var columns = []string{"stateabb", "ccode", "statenme", "styear", "stmonth", "stday", "endyear", "endmonth", "endday", "version"}

func read(in format.Input, out *format.Out) error {
	file, err := table.Open(in)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	for _, t := range file.Tables {
		if err := format.Require(t, columns...); err != nil {
			return err
		}
		if err := states(t, out); err != nil {
			return err
		}
	}
	return nil
}

func states(t *table.Table, out *format.Out) error {
	base := set.Declare(out, "")
	out.Entity(table.Place{}, format.Entity{ID: system, Kind: graph.Organization, Name: "Interstate system"}, base)
	return format.Rows(t, out, columns, func(row *table.Row) {
		base := base
		state(row, base, out)
	})
}

// state reads a row: a state, and one spell of its membership.
func state(row *table.Row, base graph.Claim, out *format.Out) {
	code := format.Code(row.Text("ccode"))
	if code == "" {
		out.Problem(row.Place("ccode"), "nothing", "the number of a state")
		return
	}
	id := graph.ID("cow:" + code)
	base.Source.Locator = "ccode " + code
	out.Entity(row.Place("statenme"), format.Entity{
		ID: id, Kind: graph.State, Name: row.Text("statenme"), Aliases: []string{row.Text("stateabb")}, IDs: []string{"cow:" + code},
	}, base)
	if version := row.Text("version"); version != "" {
		release := base
		release.From, release.Predicate, release.Value = set.Document, graph.Status, "version "+version
		release.Source.Locator = ""
		out.Claim(row.Place("version"), release)
	}
	spell(row, id, base, out)
}

// spell claims the membership of a row.
func spell(row *table.Row, id graph.ID, base graph.Claim, out *format.Out) {
	start, end := day(row, "st"), day(row, "end")
	text := start + "/" + end
	// The table ends with the last day of the year that it is named for: that is where the data end, and no member left.
	if end == row.Text("version")+"-12-31" {
		text = start + "/"
		out.Note("the last day is that of the table, so the end is not known", row.Place("endyear"), end)
	}
	when, ok := out.Date(row.Place("styear"), text)
	if !ok {
		return
	}
	c := base
	c.Predicate, c.From, c.To, c.When = graph.MemberOf, id, system, when
	c.Key = fmt.Sprintf("%s from %s", base.Source.Locator, start)
	c.Source.Locator += ", columns styear to endday, from " + start
	c.Source.Quote = start + " to " + end
	out.Claim(row.Place("styear"), c)
}

// day is the day that three columns tell.
func day(row *table.Row, prefix string) string {
	year, month, day := row.Text(prefix+"year"), row.Text(prefix+"month"), row.Text(prefix+"day")
	if len(month) == 1 {
		month = "0" + month
	}
	if len(day) == 1 {
		day = "0" + day
	}
	return year + "-" + month + "-" + day
}

// Package archigos reads Archigos, the data set of political leaders: who effectively led which state, from which day to which.
package archigos

import (
	"strings"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// Format is the format "archigos".
var Format = format.Format{
	Name:    "archigos",
	Title:   "Archigos, political leaders and their terms of office (CSV)",
	Dataset: "archigos",
	Read:    read,
}

var set = format.Set{
	Maker:     "archigos:Archigos",
	MakerName: "Archigos",
	Document:  "archigos:leaders",
	Title:     "Archigos: a data set on political leaders",
	URL:       "https://www.rochester.edu/college/faculty/hgoemans/data.htm",
}

var columns = []string{"obsid", "gwcode", "leadid", "leader", "yrborn", "startdate", "enddate", "exit"}

const (
	// lastDay is the day on which version 4.1 ends. It stands for the end of each term that had not ended by then.
	lastDay = "2015-12-31"
	// inOffice is what the column exit has of a term that had not ended when its row was last looked after.
	inOffice = "Still in Office"
)

// twoPersons are leadids that the published file gives to two persons each: Baez of the Dominican Republic and King of Canada,
// Gillis and Carl Bildt of Sweden. Their years of birth tell them apart. Other leadids with several years of birth are of one
// person, on whose year the file does not agree with itself.
var twoPersons = map[string]bool{
	"81de4823-1e42-11e4-b4cd-db5882bf8def": true,
	"35debe98-3bbd-11e5-afeb-eb6f07f9fec7": true,
}

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
		base := set.Declare(out, "")
		use := func(row *table.Row) { term(row, base, out) }
		if err := format.Rows(t, out, columns, use); err != nil {
			return err
		}
	}
	return nil
}

// term reads a row: one term of one leader in one state.
func term(row *table.Row, base graph.Claim, out *format.Out) {
	obsid := format.Known(row.Text("obsid"))
	person := leader(row, base, out)
	country := state(row, obsid, base, out)
	if obsid == "" {
		out.Problem(row.Place("obsid"), "nothing", "the id of a term")
		return
	}
	start, end := format.Known(row.Text("startdate")), format.Known(row.Text("enddate"))
	when, ok := out.Date(row.Place("startdate"), start+"/"+lastKnown(row, end, out))
	if !ok || person == "" || country == "" {
		return
	}
	c := base
	c.Predicate, c.From, c.To, c.When = graph.Leads, person, country, when
	c.Key = "obsid " + obsid
	c.Source.Locator = "obsid " + obsid + ", columns startdate and enddate"
	c.Source.Quote = start + " to " + end
	out.Claim(row.Place("startdate"), c)
}

// lastKnown is the day on which the term ended, nothing if the data end before it.
func lastKnown(row *table.Row, end string, out *format.Out) string {
	exit := format.Known(row.Text("exit"))
	switch {
	case exit == inOffice && end == lastDay:
		out.Note("the last day is that of the data, so the end is not known", row.Place("enddate"), end)
		return ""
	case exit == inOffice:
		out.Note("the leader is still in office after enddate, so the end is not known", row.Place("enddate"), end)
		return ""
	}
	if exit != "" {
		out.Unmapped("exit")
	}
	if end == lastDay {
		out.Note("the last day is that of the data, so the end is not known, whatever exit says", row.Place("exit"), exit)
		return ""
	}
	return end
}

// leader claims what a row says of the person, which is the same in each of the person's rows but for slips. Without a leadid it is a
// problem, and the id is empty.
func leader(row *table.Row, base graph.Claim, out *format.Out) graph.ID {
	id, born := format.Known(row.Text("leadid")), format.Known(row.Text("yrborn"))
	if id == "" {
		out.Problem(row.Place("leadid"), "nothing", "the id of a leader")
		return ""
	}
	e := format.Entity{ID: graph.ID("archigos:" + id), Kind: graph.Leader, Name: format.Line(row.Text("leader"))}
	base.Source.Locator = "leadid " + id
	if twoPersons[id] {
		// The leadid would join the two, so that neither has it.
		e.ID += graph.ID("-" + born)
		base.Source.Locator += ", yrborn " + born
		out.Note("leadid is that of two persons, whom yrborn tells apart", row.Place("leadid"), e.Name+", "+born)
	} else {
		e.IDs = []string{"archigos:" + id}
		if born != "" {
			out.Unmapped("yrborn")
		}
	}
	if e.Name == "" {
		out.Problem(row.Place("leader"), "nothing", "the name of a leader")
	}
	base.Source.Locator += ", column leader"
	out.Entity(row.Place("leader"), e, base)
	return e.ID
}

// state claims what a row says of the state, of which the file has no name, but the abbreviation that ids of terms begin with.
// Without a code it is a problem, and the id is empty.
func state(row *table.Row, obsid string, base graph.Claim, out *format.Out) graph.ID {
	code := format.Code(row.Text("gwcode"))
	if code == "" {
		out.Problem(row.Place("gwcode"), "nothing", "the number of a state")
		return ""
	}
	e := format.Entity{ID: graph.ID("gw:" + code), Kind: graph.State, IDs: []string{"gw:" + code}}
	if abbreviation, _, ok := strings.Cut(obsid, "-"); ok {
		e.Aliases = []string{abbreviation}
	}
	base.Source.Locator = "gwcode " + code + ", column obsid"
	out.Entity(row.Place("gwcode"), e, base)
	return e.ID
}

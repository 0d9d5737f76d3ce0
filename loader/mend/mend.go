// Package mend reads the Mediation Event and Negotiators Database: its table of mediation events, the list of the actors that they
// name, and the list of mediation processes. The three are told apart by their columns.
//
// # Who is who
//
//   - Third parties are named by ids. What PAA-X knows is paax:<id>, as everywhere; what it does not is mend:<id>.
//   - Local parties are named in words. Beside each stands either the list in which the coders found it (PAAX, ACLED, MEND, NL for "not
//     listed") or a number. Most numbers are those of UCDP actors, but not all: 122 is the Government of Saudi Arabia and the Rapid
//     Support Forces, 6288 the SDF and Jamiat-e Islami. So a number joins nothing; it is kept in a scheme of its own, which is not exact.
//   - So a local party is known by its name and by the conflict, for "Civil Society (Default)" is not the same in Sudan and in
//     Yemen. Countries are the exception: what the table calls Israel is the same in all of its columns, so a country is one
//     entity, known by its code, and the columns that give its ISO or its Gleditsch-Ward code tie it to other data sets.
//   - Individuals are known by their names. The column med_scope has numbers of theirs, but none for those "NL", and two for each name
//     that begins with W to Z; where the numbers of a row fit its names they are external ids. A person acted for the third party
//     of the row if it names one alone.
//   - A grouping ("Qatar-Egypt-USA Process") is a process that events belong to. Its members are not mediators by that.
//   - The numbers of states in the list of actors are Gleditsch and Ward's for most, but some states share one: Slovenia and Slovakia, Norway
//     and Iceland. Those identify none.
package mend

import (
	"fmt"

	"entente/loader/format"
	"entente/loader/table"
)

// Format is the format "mend".
var Format = format.Format{
	Name:    "mend",
	Title:   "MEND: mediation events, their actors, mediation processes (CSV)",
	Dataset: "mend",
	Read:    read,
}

const (
	maker     = "mend:MEND"
	makerName = "Mediation Event and Negotiators Database"
	address   = "https://peacerep.org/mend"
)

var (
	eventSet   = format.Set{Maker: maker, MakerName: makerName, Document: "mend:events", Title: "MEND, mediation events", URL: address}
	actorSet   = format.Set{Maker: maker, MakerName: makerName, Document: "mend:actors", Title: "MEND, actors", URL: address}
	processSet = format.Set{Maker: maker, MakerName: makerName, Document: "mend:processes", Title: "MEND, mediation processes", URL: address}
)

func read(in format.Input, out *format.Out) error {
	file, err := table.Open(in)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	for _, t := range file.Tables {
		if err := readTable(t, out); err != nil {
			return err
		}
	}
	return nil
}

func readTable(t *table.Table, out *format.Out) error {
	switch {
	case t.Has("med_event_ID"):
		return readEvents(t, out)
	case t.Has("MEND_ID"):
		return readActors(t, out)
	case t.Has("groupings_mechanisms"):
		return readProcesses(t, out)
	}
	return &table.Error{
		Place:    table.Place{Sheet: t.Sheet, Row: 1},
		Found:    fmt.Sprintf("the columns %q", t.Columns),
		Expected: "med_event_ID (events), MEND_ID (actors) or groupings_mechanisms (processes) among them",
	}
}

// Package paax reads PAA-X, the Peace Agreement Actors data set: who signed the agreements of PA-X, and as what.
//
// The published workbook has three sheets (signatories, actors, and variables, the codebook); the two tables also go about as texts. Which is which
// is told by their columns.
//
//   - A signatory whose type is party signed, one whose type is third party is a thirdParty: PAA-X does not say in what role, so none is
//     claimed. A party that is a practical third party is both.
//   - The condition of a practical third party (C1 to C4) is defined in a methodology that the workbook does not hold. It is quoted, and
//     nothing is concluded from it.
//   - Dat was lost or spoilt where a spreadsheet took the day for the month: it is blank wherever the day is over 12, and else has the two
//     exchanged. The name of the agreement ends with the date as it should be.
//   - A country's codes are those of the country. For any other actor they tell where it is based, so Nagorno-Karabakh does not become
//     Azerbaijan by its code.
//   - The table of actors is judged as a whole in three things, since no row shows them: a Gleditsch-Ward number that two
//     countries have, a UCDP id that two actors have or that is of two countries by its name, and an alternative name that names another actor are left
//     out, and noted. Each would make one of two: Slovenia has the number of Slovakia, UCDP knows one government of "Serbia (Yugoslavia)",
//     and Armenia is also called "Republic Azerbaijan" with a name of its president.
package paax

import (
	"slices"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// Format is the format "paax".
var Format = format.Format{
	Name:    "paax",
	Title:   "PAA-X Peace Agreement Actors (xlsx, or one of its sheets as CSV)",
	Dataset: "paax",
	Read:    read,
}

var signatoriesSet = format.Set{
	Maker:     "paax:PAA-X",
	MakerName: "PAA-X",
	Document:  "paax:signatories",
	Title:     "PAA-X Peace Agreement Actors, signatories",
	URL:       "https://www.peaceagreements.org/",
}

var actorsSet = format.Set{
	Maker:     "paax:PAA-X",
	MakerName: "PAA-X",
	Document:  "paax:actors",
	Title:     "PAA-X Peace Agreement Actors, actors",
	URL:       "https://www.peaceagreements.org/",
}

// codebookColumns tell the sheet that describes the others.
var codebookColumns = []string{"Field Name", "Variable Name", "Description"}

func read(in format.Input, out *format.Out) error {
	file, err := table.Open(in)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	isCodebook := func(t *table.Table) bool { return t.Has(codebookColumns...) }
	if slices.ContainsFunc(file.Tables, func(t *table.Table) bool { return !isCodebook(t) }) {
		file.Tables = slices.DeleteFunc(file.Tables, isCodebook) // it says what the columns mean, and nothing of the world
	}
	for _, t := range file.Tables {
		read := actors
		if t.Has("AgtId") {
			read = signatories
		}
		if err := read(t, out); err != nil {
			return err
		}
	}
	return nil
}

// claim is a claim of an entity's property or relation, with the place that it rests on in words.
func claim(base graph.Claim, p graph.Predicate, from graph.ID, locator, quote string) graph.Claim {
	base.Predicate, base.From = p, from
	base.Source.Locator, base.Source.Quote = locator, quote
	return base
}

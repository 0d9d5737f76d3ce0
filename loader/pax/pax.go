package pax

import (
	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// Format is the format "pax".
var Format = format.Format{
	Name:    "pax",
	Title:   "PA-X Peace Agreements Database (CSV or xlsx: agreements, with codes or with links; countries and entities)",
	Dataset: "pax",
	Read:    read,
}

// set is what both tables of agreements are: one list, whichever of its columns a file has.
var set = format.Set{
	Maker:     "pax:PA-X",
	MakerName: "PA-X Peace Agreements Database",
	Document:  "pax:agreements",
	Title:     "PA-X Peace Agreements Database and Dataset",
	URL:       "https://www.peaceagreements.org/",
}

// countrySet is the table of the countries and entities.
var countrySet = format.Set{
	Maker:     set.Maker,
	MakerName: set.MakerName,
	Document:  "pax:countries",
	Title:     "Countries and entities of the PA-X agreements",
	URL:       set.URL,
}

func read(in format.Input, out *format.Out) error {
	file, err := table.Open(in)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	for _, t := range file.Tables {
		read := agreements
		if !t.Has(agreementColumns...) && t.Has(countryColumns...) {
			read = countries
		}
		if err := read(t, out); err != nil {
			return err
		}
	}
	return nil
}

// numbered is the number that a column of a row has, nothing if it has none. What is no number is a problem of the cell.
func numbered(row *table.Row, column string, out *format.Out) string {
	code := format.Code(row.Text(column))
	if code == "" || isNumber(code) {
		return code
	}
	out.Problem(row.Place(column), graph.Quoted(code), "a number")
	return ""
}

func isNumber(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

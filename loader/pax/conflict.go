package pax

import (
	"entente/graph"
	"entente/loader/format"
)

// packages are the UCDP agreements that PA-X keeps as several, each with the number of the whole: the Paris agreements on
// Cambodia of 1991, and the joint proposals of San Andrés of 1996. A part is not the same as its whole, and the number as an id of each would
// make all of them one.
var packages = map[string]bool{"1070": true, "1113": true}

// mostDigits is how long numbers of UCDP agreements are. Longer ones are of an older scheme, which UCDP has left.
const mostDigits = 6

// conflicts claims what the row says in the numbers of other data sets.
func (a *agreement) conflicts() {
	if number := numbered(a.row, "UcdpCon", a.out); number != "" {
		a.conflict("UcdpCon", graph.ID("ucdp-conflict:"+number))
	}
	if number := numbered(a.row, "CowWar", a.out); number != "" {
		a.conflict("CowWar", graph.ID("cow-war:"+number))
	}
	if number := numbered(a.row, "PamAgr", a.out); number != "" {
		a.literal("PamAgr", graph.ExternalID, "pam:"+number)
	}
	for _, number := range format.List(a.text("UcdpAgr"), ";") {
		a.ucdp(format.Code(number))
	}
}

// conflict claims that the agreement concerns a conflict that is known by its number.
func (a *agreement) conflict(column string, id graph.ID) {
	base := a.base
	base.Source.Locator = column + " " + id.Name()
	a.out.Entity(a.row.Place(column), format.Entity{ID: id, Kind: graph.Conflict, IDs: []string{string(id)}}, base)
	c := a.at(column)
	c.From, c.Predicate, c.To = a.id, graph.Concerns, id
	a.out.Claim(a.row.Place(column), c)
}

// ucdp claims that the agreement is one of UCDP's, or a part of one.
func (a *agreement) ucdp(number string) {
	place := a.row.Place("UcdpAgr")
	switch {
	case number == "":
	case !isNumber(number):
		a.out.Problem(place, graph.Quoted(number), "a number")
	case len(number) > mostDigits:
		a.out.Note("UcdpAgr has an id of UCDP's former scheme, left out", place, number)
	case packages[number]:
		whole := graph.ID("ucdp:" + number)
		base := a.base
		base.Source.Locator = "UcdpAgr " + number
		a.out.Entity(place, format.Entity{ID: whole, Kind: graph.Agreement, IDs: []string{string(whole)}}, base)
		c := a.at("UcdpAgr")
		c.From, c.Predicate, c.To = a.id, graph.PartOf, whole
		c.Qualifiers = []graph.Qualifier{{Name: graph.Inferred, Value: "PA-X gives the number to each of several agreements, which UCDP counts as one"}}
		a.out.Claim(place, c)
	default:
		a.literal("UcdpAgr", graph.ExternalID, "ucdp:"+number)
	}
}

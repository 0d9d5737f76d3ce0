package pax

import (
	"regexp"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// agreementColumns are those that both tables of agreements have.
var agreementColumns = []string{"Con", "PP", "PPName", "AgtId", "Agt", "Dat", "Status", "Agtp", "Stage", "StageSub", "Part", "ThrdPart", "OthAgr"}

// otherColumns are those of which something is made where they are.
var otherColumns = []string{"UcdpCon", "UcdpAgr", "PamAgr", "CowWar", "description", "PAX_Hyperlink", "PDF_Hyperlink"}

func agreements(t *table.Table, out *format.Out) error {
	if err := format.Require(t, agreementColumns...); err != nil {
		return err
	}
	base := set.Declare(out, "")
	mapped := append(append(provisionColumns(), agreementColumns...), otherColumns...)
	return format.Rows(t, out, mapped, func(row *table.Row) {
		number := numbered(row, "AgtId", out)
		if number == "" {
			out.Problem(row.Place("AgtId"), "no number", "the number of an agreement")
			return
		}
		a := &agreement{row: row, out: out, id: graph.ID("pax:" + number), name: "AgtId " + number, base: base}
		a.itself()
		a.process()
		a.concerns()
		a.conflicts()
		a.links()
		a.signatories()
		a.citations()
		a.provisions()
	})
}

// An agreement is one row of either table.
type agreement struct {
	row  *table.Row
	out  *format.Out
	id   graph.ID
	name string // as locators name it
	base graph.Claim
}

// at is the base of what a column says.
func (a *agreement) at(column string) graph.Claim {
	c := a.base
	c.Source.Locator = a.name + ", column " + column
	return c
}

// text is a cell, nothing if it says that nothing is known.
func (a *agreement) text(column string) string { return format.Known(a.row.Text(column)) }

// itself claims what the row says of the agreement alone.
func (a *agreement) itself() {
	base := a.base
	base.Source.Locator = a.name
	a.out.Entity(a.row.Place("AgtId"), format.Entity{ID: a.id, Kind: graph.Agreement, IDs: []string{string(a.id)}}, base)
	a.literal("Agt", graph.NamePredicate, format.Line(a.text("Agt")))
	a.literal("Status", graph.Status, format.Line(a.text("Status")))
	a.literal("description", graph.Description, a.text("description"))
	if code := a.text("Agtp"); code != "" {
		a.coded("Agtp", graph.AssessmentOf, agreementTypes, code)
	}
	a.stage()
	a.date()
}

// literal claims a property of the agreement, if there is a value.
func (a *agreement) literal(column string, p graph.Predicate, value string) {
	if value == "" {
		return
	}
	c := a.at(column)
	c.From, c.Predicate, c.Value = a.id, p, value
	a.out.Claim(a.row.Place(column), c)
}

// coded claims what a code means. A code that is not in the list stands for itself.
func (a *agreement) coded(column string, p graph.Predicate, meanings map[string]string, code string) {
	meaning, ok := meanings[code]
	if !ok {
		a.out.Note(column+" has a code that is not in our list, kept as it is", a.row.Place(column), code)
		meaning = code
	}
	c := a.at(column)
	c.From, c.Predicate, c.Value, c.Source.Quote = a.id, p, meaning, code
	a.out.Claim(a.row.Place(column), c)
}

// dayFirst is a date as one of the tables writes it.
var dayFirst = regexp.MustCompile(`^([0-9]{2})/([0-9]{2})/([0-9]{4})$`)

// date claims the date. Both ways of writing it give the same claim, so the cell is not quoted.
func (a *agreement) date() {
	text := a.text("Dat")
	if text == "" {
		a.out.Note("Dat is empty", a.row.Place("Dat"), a.name)
		return
	}
	if day, ok := a.out.Date(a.row.Place("Dat"), dayFirst.ReplaceAllString(text, "$3-$2-$1")); ok {
		a.literal("Dat", graph.DatePredicate, day.String())
	}
}

// process claims to which peace process the agreement belongs. That it does is PA-X's word: the label need not be that of the people who made it.
func (a *agreement) process() {
	number := numbered(a.row, "PP", a.out)
	if number == "" {
		return
	}
	id := graph.ID("pax-process:" + number)
	base := a.base
	base.Source.Locator = "PP " + number + ", column PPName"
	a.out.Entity(a.row.Place("PPName"), format.Entity{
		ID: id, Kind: graph.Process, Name: format.Line(a.text("PPName")), IDs: []string{string(id)},
	}, base)
	c := a.at("PP")
	c.From, c.Predicate, c.To = a.id, graph.BelongsTo, id
	a.out.Claim(a.row.Place("PP"), c)
}

// links claims where the agreement and its text are found.
func (a *agreement) links() {
	a.literal("PAX_Hyperlink", graph.URL, a.text("PAX_Hyperlink"))
	url := a.text("PDF_Hyperlink")
	if url == "" {
		return
	}
	pdf := a.id + "/pdf"
	a.out.Entity(a.row.Place("PDF_Hyperlink"), format.Entity{
		ID: pdf, Kind: graph.Document, Name: format.Line(a.text("Agt")), Literals: []format.Literal{{Predicate: graph.URL, Value: url}},
	}, a.at("PDF_Hyperlink"))
	c := a.at("PDF_Hyperlink")
	c.From, c.Predicate, c.To = pdf, graph.Concerns, a.id
	a.out.Claim(a.row.Place("PDF_Hyperlink"), c)
}

package ucdp

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// Agreements is the format "ucdp-peace-agreements".
var Agreements = format.Format{
	Name:    "ucdp-peace-agreements",
	Title:   "UCDP Peace Agreement Dataset (xlsx)",
	Dataset: "ucdp",
	Read:    readAgreements,
}

var agreementSet = format.Set{
	Maker:     maker,
	MakerName: makerName,
	Document:  "ucdp:peace-agreements",
	Title:     "UCDP Peace Agreement Dataset",
	URL:       "https://ucdp.uu.se/downloads/",
}

var agreementColumns = []string{
	"paid", "gwno", "conflict_id", "conflict_name", "dyad_id", "dyad_name", "actor_id", "actor_name", "pa_name", "year", "pa_date", "pa_comment",
	"pa_sign", "pa_3rd", "c_3rd", "ended", "duration", "c_duration", "linktofulltextagreement", "pa_type", "procID", "version",
}

func readAgreements(in format.Input, out *format.Out) error {
	file, err := table.Open(in)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	for _, t := range file.Tables {
		if err := format.Require(t, "paid", "pa_name", "pa_date", "actor_id", "actor_name", "dyad_name", "pa_3rd"); err != nil {
			return err
		}
		if err := readAgreementRows(t, source{agreementSet.Declare(out, ""), out}); err != nil {
			return err
		}
	}
	return nil
}

// readAgreementRows keeps the rows until all are read: the number of a third party that is named in words may stand in any of them.
func readAgreementRows(t *table.Table, s source) error {
	mapped := slices.Clone(agreementColumns)
	for _, p := range provisions {
		mapped = append(mapped, p.column)
	}
	var all []*agreement
	err := format.Rows(t, s.out, mapped, func(row *table.Row) {
		a := &agreement{source: s, at: row.Place(""), id: format.Code(row.Text("paid")), cells: make(map[string]string, len(mapped))}
		if a.id == "" {
			s.out.Problem(row.Place("paid"), "nothing", "the number of an agreement")
			return
		}
		for _, column := range mapped {
			a.cells[column] = row.Text(column)
		}
		all = append(all, a)
	})
	if errors.Is(err, format.ErrStopped) {
		return err
	}
	known := make(register)
	for _, a := range all {
		a.readSignatories()
		for i := range a.signatories {
			known.add(&a.signatories[i])
		}
	}
	for _, a := range all { // also what came before an error
		a.read(known)
	}
	return err
}

// An agreement is a row being read.
type agreement struct {
	source
	at          table.Place
	id          string
	cells       map[string]string
	signatories []signatory
}

func (a *agreement) text(column string) string { return a.cells[column] }

func (a *agreement) place(column string) table.Place {
	place := a.at
	place.Column = column
	return place
}

func (a *agreement) entity() graph.ID { return graph.ID("ucdp:" + a.id) }

// locator names a cell.
func (a *agreement) locator(column string) string { return "paid " + a.id + ", column " + column }

// say claims a property in the words of a cell.
func (a *agreement) say(p graph.Predicate, column, value string) {
	a.literal(a.place(column), p, a.entity(), value, a.locator(column), a.text(column))
}

func (a *agreement) note(what, column, detail string) {
	a.out.Note(what, a.place(column), "paid "+a.id+": "+detail)
}

func (a *agreement) read(known register) {
	a.declare(a.place("paid"), a.entity(), graph.Agreement, "paid "+a.id)
	a.say(graph.NamePredicate, "pa_name", format.Line(a.text("pa_name")))
	a.say(graph.URL, "linktofulltextagreement", a.text("linktofulltextagreement"))
	// A comment is its own quotation.
	a.literal(a.place("pa_comment"), graph.Description, a.entity(), a.text("pa_comment"), a.locator("pa_comment"), "")
	a.literal(a.place("c_duration"), graph.AssessmentOf, a.entity(), a.text("c_duration"), a.locator("c_duration"), "")
	if version := a.text("version"); version != "" {
		a.literal(a.place("version"), graph.Status, agreementSet.Document, "version "+version, "column version", version)
	}
	a.date()
	a.stage()
	a.status()
	a.conflicts()
	a.process()
	a.provisions()
	a.actors(known)
}

func (a *agreement) date() {
	day, year := a.text("pa_date"), format.Code(a.text("year"))
	if _, ok := a.out.Date(a.place("pa_date"), day); !ok {
		return
	}
	a.say(graph.DatePredicate, "pa_date", day)
	if year != "" && !strings.HasPrefix(day, year) {
		a.note("year is not that of pa_date", "year", year+", "+day)
	}
}

// types are the values of pa_type, as the first words of the comments give them.
var types = map[string]string{"1": "Full peace agreement", "2": "Partial peace agreement", "3": "Peace process agreement"}

func (a *agreement) stage() {
	code := format.Code(a.text("pa_type"))
	stage, known := types[code]
	if !known {
		if code != "" {
			a.out.Problem(a.place("pa_type"), graph.Quoted(code), "1, 2 or 3")
		}
		return
	}
	a.say(graph.Stage, "pa_type", stage)
	comment := strings.ToLower(a.text("pa_comment"))
	for _, other := range types {
		if other != stage && strings.HasPrefix(comment, strings.ToLower(other)) {
			a.note("pa_comment begins with another type than pa_type has: both are claimed", "pa_comment", other+", "+stage)
			a.literal(a.place("pa_comment"), graph.Stage, a.entity(), other, a.locator("pa_comment"), a.text("pa_comment")[:len(other)])
		}
	}
}

// status claims that the agreement ended, from the day on which it did.
func (a *agreement) status() {
	day := a.text("duration")
	switch ended := strings.ToLower(a.text("ended")); ended {
	case "":
	case "false", "0":
		a.say(graph.Status, "ended", "not ended")
	case "true", "1":
		c := a.base
		c.Predicate, c.From, c.Value = graph.Status, a.entity(), "ended"
		c.Source.Locator, c.Source.Quote = a.locator("ended"), a.text("ended")
		c.Key = c.Source.Locator
		if day != "" {
			c.When, _ = a.out.Date(a.place("duration"), day)
			c.Source.Locator, c.Source.Quote = "paid "+a.id+", columns ended and duration", a.text("ended")+", "+day
		} else {
			a.note("the agreement ended, on a day that duration does not give", "duration", a.text("ended"))
		}
		a.out.Claim(a.place("ended"), c)
	default:
		a.out.Problem(a.place("ended"), graph.Quoted(ended), "True or False")
	}
}

// conflicts claims what the agreement is about: conflicts, and the states that they are in.
func (a *agreement) conflicts() {
	ids, names := list(a.text("conflict_id")), list(a.text("conflict_name"))
	if len(ids) == 1 { // the name of one conflict may have a comma inside
		names = []string{a.text("conflict_name")}
	}
	for i, id := range ids {
		place := a.place("conflict_id")
		a.declare(place, conflictID(id), graph.Conflict, "conflict_id "+id)
		if len(ids) == len(names) {
			a.literal(a.place("conflict_name"), graph.NamePredicate, conflictID(id), names[i], "conflict_id "+id+", column conflict_name", names[i])
		}
		a.relation(place, graph.Concerns, a.entity(), conflictID(id), graph.Date{}, a.locator("conflict_id"), a.text("conflict_name"), "")
	}
	if len(ids) != len(names) {
		a.note("conflict_id and conflict_name have not as many items: no name is claimed", "conflict_name", a.text("conflict_name"))
	}
	for _, gw := range list(a.text("gwno")) {
		a.declare(a.place("gwno"), stateID(gw), graph.State, "gwno "+gw)
		a.relation(a.place("gwno"), graph.Concerns, a.entity(), stateID(gw), graph.Date{}, a.locator("gwno"), a.text("gwno"), "")
	}
}

// process claims the process that the agreement belongs to. It has a number and no name.
func (a *agreement) process() {
	code := format.Code(a.text("procID"))
	if code == "" {
		return
	}
	id := graph.ID("ucdp-process:" + code)
	a.declare(a.place("procID"), id, graph.Process, "procID "+code)
	a.relation(a.place("procID"), graph.BelongsTo, a.entity(), id, graph.Date{}, a.locator("procID"), code, "")
}

func (a *agreement) provisions() {
	for _, p := range provisions {
		switch value := format.Code(a.text(p.column)); value {
		case "", "0":
		case "1":
			a.say(graph.ProvisionContent, p.column, fmt.Sprintf("%s (%s = 1)", p.words, p.column))
		default:
			a.out.Problem(a.place(p.column), graph.Quoted(value), "0 or 1")
		}
	}
}

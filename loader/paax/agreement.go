package paax

import (
	"regexp"
	"strings"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// An agreement is what a row of signatories says of the agreement.
type agreement struct {
	id, name, date, year, stage, url string
}

// lineEnds are what is left of the ends of lines in a text that was made of a workbook.
var lineEnds = strings.NewReplacer("_x000D_", "\n")

func agreementOf(row *table.Row) agreement {
	return agreement{
		id: format.Code(row.Text("AgtId")), name: format.Line(lineEnds.Replace(row.Text("agt_name"))), date: format.Known(row.Text("Dat")),
		year: format.Code(row.Text("year")), stage: format.Known(row.Text("stage_process")), url: format.Known(row.Text("PAX_Hyperlink")),
	}
}

func (a *agreement) read(row *table.Row, base graph.Claim, out *format.Out) {
	id := graph.ID("pax:" + a.id)
	title, day := a.split()
	base.Source.Locator = "AgtId " + a.id
	out.Entity(row.Place("AgtId"), format.Entity{ID: id, Kind: graph.Agreement, IDs: []string{string(id)}}, base)
	say := func(p graph.Predicate, column, value, quote string) {
		if value != "" {
			c := claim(base, p, id, "AgtId "+a.id+", column "+column, quote)
			c.Value, c.Key = value, "AgtId "+a.id+", "+string(p)
			out.Claim(row.Place(column), c)
		}
	}
	say(graph.NamePredicate, "agt_name", title, a.name)
	say(graph.Stage, "stage_process", a.stage, a.stage)
	say(graph.URL, "PAX_Hyperlink", a.url, a.url)
	a.dates(id, day, row, base, out)
}

// dateOfName is the date at the end of an agreement's name, day first.
var dateOfName = regexp.MustCompile(`^(.*?)\s*\(([0-9]{2})/([0-9]{2})/([0-9]{4})\)$`)

// split takes the name and the day, as ISO 8601 writes it, apart; the day is empty if there is none.
func (a *agreement) split() (title, day string) {
	m := dateOfName.FindStringSubmatch(a.name)
	if m == nil {
		return a.name, ""
	}
	return m[1], m[4] + "-" + m[3] + "-" + m[2]
}

// dates claims what Dat says, and what the name says; where they differ it says how.
func (a *agreement) dates(id graph.ID, day string, row *table.Row, base graph.Claim, out *format.Out) {
	say := func(column, value, quote, inferred string) {
		if _, ok := out.Date(row.Place(column), value); !ok {
			return
		}
		c := claim(base, graph.DatePredicate, id, "AgtId "+a.id+", column "+column, quote)
		c.Value, c.Key = value, "AgtId "+a.id+", date of "+column
		if inferred != "" {
			c.Qualifiers = []graph.Qualifier{{Name: graph.Inferred, Value: inferred}}
		}
		out.Claim(row.Place(column), c)
	}
	note := func(what string) { out.Note(what, row.Place("Dat"), "AgtId "+a.id+": "+a.date+", "+day) }
	if a.date != "" {
		say("Dat", a.date, a.date, "")
	}
	var why string
	switch {
	case day == "":
		note("agt_name does not end with a date, so that Dat cannot be checked")
		return
	case a.date == "":
		note("Dat is blank, the date is that in agt_name")
	case a.date == day:
	case a.date == exchanged(day):
		why = "Dat is " + a.date + ", which has day and month exchanged: agt_name writes the day first, and agrees with PA-X throughout"
		note("Dat has day and month exchanged, agt_name has them right")
	default:
		note("Dat and the date in agt_name differ otherwise than by exchange of day and month")
	}
	say("agt_name", day, a.name[strings.LastIndexByte(a.name, '('):], why)
	if a.year != "" && !strings.HasPrefix(day, a.year) {
		note("year is not that of the date in agt_name")
	}
}

// exchanged is a date with day and month exchanged.
func exchanged(day string) string {
	if len(day) != len("2006-01-02") {
		return day
	}
	return day[:5] + day[8:] + "-" + day[5:7]
}

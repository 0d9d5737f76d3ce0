package mend

import (
	"cmp"
	"slices"
	"strings"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

var actorColumns = []string{"MEND_ID", "PAAX_ID", "GW_ID", "ActorName"}

// A listed actor is what the rows of one actor say together.
type listed struct {
	actor
	number string // of Gleditsch and Ward
	names  []string
	place  table.Place // of the first row
}

// readActors reads the list of actors: a row for each name of each.
func readActors(t *table.Table, out *format.Out) error {
	if err := format.Require(t, actorColumns...); err != nil {
		return err
	}
	base := actorSet.Declare(out, "")
	var list []*listed
	known := make(map[actor]*listed)
	err := format.Rows(t, out, actorColumns, func(row *table.Row) {
		a := actor{mend: format.Code(row.Text("MEND_ID")), paax: format.Code(row.Text("PAAX_ID"))}
		if a.mend == "" {
			out.Problem(row.Place("MEND_ID"), "nothing", "the id of an actor")
			return
		}
		l := known[a]
		if l == nil {
			l = &listed{actor: a, place: row.Place("MEND_ID")}
			known[a] = l
			list = append(list, l)
		}
		l.number = max(l.number, format.Code(row.Text("GW_ID")))
		if name := format.Line(row.Text("ActorName")); name != "" && !slices.Contains(l.names, name) {
			l.names = append(l.names, name)
		}
	})
	if err != nil {
		return err
	}
	shared := sharedNumbers(list)
	for _, l := range list {
		l.claims(shared, base, out)
	}
	return nil
}

// sharedNumbers are those that several states have.
func sharedNumbers(list []*listed) map[string]bool {
	holders := make(map[string]int)
	for _, l := range list {
		if l.kind(l.bestName()) == graph.State {
			holders[l.number]++
		}
	}
	shared := make(map[string]bool)
	for number, n := range holders {
		shared[number] = n > 1
	}
	return shared
}

// claims makes of an actor what its rows say. The number of what is no state is that of the state in which it is; those beside the
// ids that MEND coined are of no known list.
func (l *listed) claims(shared map[string]bool, base graph.Claim, out *format.Out) {
	base.Source.Locator = "MEND_ID " + l.mend
	name := l.bestName()
	entity := l.entity(name)
	switch {
	case l.number == "":
	case entity.Kind != graph.State:
		out.Note("the number of the state in which an actor is, or to which it belongs", l.place, l.mend+" "+name+", GW_ID "+l.number)
	case l.coined(), shared[l.number], l.number == format.GermanyTo1945:
		out.Note("the number of a state that another one has, too, or that is not Gleditsch and Ward's: it identifies none", l.place, l.mend+" "+name+", GW_ID "+l.number)
	default:
		entity.IDs = append(entity.IDs, "gw:"+l.number)
	}
	entity.Name = name
	for _, alias := range l.names {
		if l.state() && countryCode(name) != "" && countryCode(alias) == "" && !isAbbreviation(alias) {
			out.Note("a name of a state that is not a country's; it is left out", l.place, l.mend+" "+alias)
		} else if alias != name {
			entity.Aliases = append(entity.Aliases, alias)
		}
	}
	declare(out, l.place, entity, base)
}

// bestName is the name of a country, else the longest that is no abbreviation, else the longest; of several the first in the
// alphabet.
func (l *listed) bestName() string {
	if len(l.names) == 0 {
		return ""
	}
	rank := func(name string) int {
		switch {
		case isAbbreviation(name):
			return 2
		case countryCode(name) == "":
			return 1
		}
		return 0
	}
	return slices.MinFunc(l.names, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(len(b), len(a)), strings.Compare(a, b))
	})
}

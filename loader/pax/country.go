package pax

import (
	"strings"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// countryColumns are those of the table of countries and entities that are read.
var countryColumns = []string{"AgtId", "name", "iso_code", "gwno", "entity"}

// countries reads the table that says which countries and entities an agreement concerns.
func countries(t *table.Table, out *format.Out) error {
	base := countrySet.Declare(out, "")
	return format.Rows(t, out, countryColumns, func(row *table.Row) {
		agreement, name := numbered(row, "AgtId", out), format.Line(row.Text("name"))
		if agreement == "" || name == "" {
			out.Problem(row.Place("AgtId"), graph.Quoted(agreement+" "+name), "the number of an agreement and the name of a country or entity")
			return
		}
		concerned := concernedOf(row, name, out)
		base := base
		base.Source.Locator = "name " + name
		out.Entity(row.Place("name"), concerned, base)
		base.Source.Locator = "AgtId " + agreement + ", name " + name
		about := format.Entity{ID: graph.ID("pax:" + agreement), Kind: graph.Agreement, IDs: []string{"pax:" + agreement}}
		entityBase := base
		entityBase.Source.Locator = "AgtId " + agreement
		out.Entity(row.Place("AgtId"), about, entityBase)
		c := base
		c.From, c.Predicate, c.To = about.ID, graph.Concerns, concerned.ID
		out.Claim(row.Place("name"), c)
	})
}

// concernedOf is the country or entity of a row.
func concernedOf(row *table.Row, name string, out *format.Out) format.Entity {
	number, iso := numbered(row, "gwno", out), format.Known(row.Text("iso_code"))
	isEntity := strings.EqualFold(row.Text("entity"), "true") || number == "" && iso == ""
	switch {
	case isEntity && number != "":
		// East Timor, which was none yet when it made its agreements. By its number the land would be the state that it is now.
		out.Note("an entity has the number of a state, left out", row.Place("gwno"), name+", "+number)
		return entityNamed(name)
	case isEntity:
		return entityNamed(name)
	case number == yugoslavia:
		out.Note("the number of Yugoslavia as it was until 2006 is no other state's, left out", row.Place("gwno"), name+", "+number)
		return country{name: name, iso3: iso}.entity()
	case number == "":
		return country{name: name, iso3: iso}.entity()
	}
	return country{name: name, gw: number, iso3: iso}.entity()
}

// yugoslavia is the number by Gleditsch and Ward of Yugoslavia from 1918 to 2006. PA-X gives it to two others: to the federation that broke
// up in 1992, and to Serbia, which has 340. With it Serbia would be one with the Yugoslavia of the other sets.
const yugoslavia = "345"

// A country is a state by its name, its number by Gleditsch and Ward and its ISO code, where it has them.
type country struct {
	name, gw, iso3 string
	// forms are other names, and adjectives what it is called before a noun: "Russian".
	forms, adjectives string // each separated by "|"
}

// id is by the number, which several data sets have, or else by the name.
func (c country) id() graph.ID {
	if c.gw == "" {
		return namedID(c.name)
	}
	return graph.ID("gw:" + c.gw)
}

func (c country) entity() format.Entity {
	e := format.Entity{ID: c.id(), Kind: graph.State, Name: c.name}
	if c.gw != "" {
		e.IDs = append(e.IDs, "gw:"+c.gw)
	}
	if c.iso3 != "" {
		e.IDs = append(e.IDs, "iso3:"+c.iso3)
	}
	return e
}

// namedID is the id of what PA-X knows by a name.
func namedID(name string) graph.ID { return graph.ID("pax:con/" + format.Slug(name)) }

// otherKinds are the few entities that are no land.
var otherKinds = map[graph.ID]graph.Kind{
	namedID("Taliban"):        graph.ArmedGroup,
	namedID("United Nations"): graph.Organization,
	namedID("Rebolusyonaryong Alyansang Makabansa (SFP-YOU)"):                   graph.ArmedGroup,
	namedID("Rebolusyonaryong Partido ng Manggagawa-Pilipineas (RPMP-RPA-ABB)"): graph.ArmedGroup,
}

// entityNamed is what PA-X calls an entity: mostly a territory that is no state.
func entityNamed(name string) format.Entity {
	e := format.Entity{ID: namedID(name), Kind: graph.Territory, Name: name}
	if kind, ok := otherKinds[e.ID]; ok {
		e.Kind = kind
	}
	return e
}

// concerns claims what Con names: "Armenia/Azerbaijan/(Nagorno-Karabakh)", where what stands in parentheses is an entity.
func (a *agreement) concerns() {
	place := a.row.Place("Con")
	for _, part := range conParts(a.text("Con")) {
		var e format.Entity
		name, isEntity := strings.CutPrefix(part, "(")
		if isEntity {
			e = entityNamed(strings.TrimSuffix(name, ")"))
		} else if c := countryNamed(part); c != nil {
			e = c.entity()
		} else {
			a.out.Note("Con has a country that is not in our list, known by its name alone", place, part)
			e = country{name: part}.entity()
		}
		base := a.base
		base.Source.Locator = "Con " + e.Name
		a.out.Entity(place, e, base)
		c := a.at("Con")
		c.From, c.Predicate, c.To, c.Source.Quote = a.id, graph.Concerns, e.ID, part
		a.out.Claim(place, c)
	}
}

// conParts takes Con apart at its slashes, but for those within parentheses.
func conParts(con string) []string {
	var parts []string
	depth, start := 0, 0
	add := func(end int) {
		if part := format.Line(con[start:end]); part != "" {
			parts = append(parts, part)
		}
		start = end + 1
	}
	for i := range len(con) {
		switch c := con[i]; {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == '/' && depth <= 0:
			add(i)
		}
	}
	if start <= len(con) {
		add(len(con))
	}
	return parts
}

// countryNamed is the country of a name as Con has it; nil if there is none of that name in the list.
func countryNamed(name string) *country {
	if name == formerYugoslavia.name {
		return &formerYugoslavia
	}
	for i := range states {
		if states[i].name == name {
			return &states[i]
		}
	}
	return nil
}

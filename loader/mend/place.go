package mend

import (
	"strings"

	"entente/graph"
	"entente/loader/format"
)

// namesakes are places of which the table's gazetteer took another of the same name for the one meant, if the event concerns
// the country.
var namesakes = []struct{ found, country, meant, code string }{
	{"Tripoli, Lebanon", "Libya", "Tripoli, Libya", "LBY"},
}

// location claims where the event was.
func (e *event) location() {
	codes := e.list("med_loc_cty")
	for n, name := range e.list(locationColumn) {
		switch name {
		case "", "unknown":
			continue
		case "Virtual":
			e.out.Note("held at a distance, so that it has no place", e.place(locationColumn), name)
			continue
		}
		code := ""
		if n < len(codes) && isISO3(codes[n]) {
			code = codes[n]
		}
		c := e.claim(locationColumn, n, name)
		c.Predicate, c.To = graph.LocatedIn, e.locality(name, code)
		e.out.Claim(e.place(locationColumn), c)
		e.namesake(name, c)
	}
}

// namesake claims the place that is believed to be meant beside the one found.
func (e *event) namesake(name string, c graph.Claim) {
	for _, k := range namesakes {
		if name != k.found || !strings.Contains(e.cells[conflictColumn], k.country) {
			continue
		}
		e.out.Note("a place of the same name in another country than the event is about", e.place(locationColumn), name)
		c.To = e.locality(k.meant, k.code)
		c.Qualifiers = append(c.Qualifiers, inferred("the event concerns "+k.country+"; the place found is a namesake"))
		e.out.Claim(e.place(locationColumn), c)
	}
}

// locality declares a place of the form "Cairo, Egypt" with what it lies in, or a country, and gives its id.
func (e *event) locality(name, code string) graph.ID {
	base := e.of(locationColumn, name)
	town, land, inLand := strings.Cut(name, ", ")
	if !inLand {
		return e.land(name, code)
	}
	place := format.Entity{ID: graph.ID("mend:place-" + slug(name)), Kind: graph.Place, Name: strings.TrimSpace(town)}
	e.out.Entity(e.place(locationColumn), place, base)
	in := base
	in.Predicate, in.From, in.To = graph.LocatedIn, place.ID, e.land(land, code)
	in.Source.Quote = name
	e.out.Claim(e.place(locationColumn), in)
	return place.ID
}

// land declares a country, if there is a code for it, or a territory.
func (e *event) land(name, code string) graph.ID {
	entity := format.Entity{ID: graph.ID("mend:territory-" + slug(name)), Kind: graph.Territory, Name: name}
	if code != "" {
		entity = country(code, name)
		entity.IDs = []string{"iso3:" + code}
	}
	e.out.Entity(e.place(locationColumn), entity, e.of(locationColumn, name))
	return entity.ID
}

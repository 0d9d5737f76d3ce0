package mend

import (
	"entente/graph"
	"entente/loader/format"
)

const participated graph.Predicate = "participated"

// localParties claims who of the parties to the conflict took part.
func (e *event) localParties() {
	names, lists := e.list(localColumn), e.list("local_party_id")
	if len(lists) != len(names) {
		if len(names) > 0 {
			e.out.Note("local_party_id does not have one entry for each of local_parties, so the names alone are taken", e.place("local_party_id"), e.cells["local_party_id"])
		}
		lists = make([]string, len(names))
	}
	for n, name := range names {
		if !e.isName(localColumn, name) {
			continue
		}
		id := e.localParty(name, lists[n])
		c := e.claim(localColumn, n, name)
		c.Predicate, c.From, c.To = participated, id, e.id
		c.Qualifiers = []graph.Qualifier{{Name: graph.AsNamed, Value: name}}
		e.out.Claim(e.place(localColumn), c)
		e.between = append(e.between, graph.Qualifier{Name: graph.Between, Entity: id})
	}
}

// localParty declares one and gives its id: a country, or what has the name in this conflict. The entry beside it is the list
// that has the name, or a number.
func (e *event) localParty(name, entry string) graph.ID {
	base := e.of(localColumn, name)
	place := e.place(localColumn)
	var ids []string
	switch {
	case entry == "ACLED":
		ids = []string{"acled:" + name}
	case isNumber(entry):
		ids = []string{"mend-party:" + entry}
	}
	if code := countryCode(name); code != "" {
		entity := country(code, name)
		entity.IDs = ids
		e.out.Entity(place, entity, base)
		return entity.ID
	}
	base.Source.Locator += " in " + e.scope()
	id := graph.ID("mend:party-" + slug(e.scope()) + "-" + slug(name))
	kind := base
	kind.Qualifiers = []graph.Qualifier{inferred("MEND does not say of what kind its local parties are")}
	e.out.Entity(place, format.Entity{ID: id, Kind: graph.Organization}, kind)
	declare(e.out, place, format.Entity{ID: id, Name: name, IDs: ids}, base)
	return id
}

func isNumber(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

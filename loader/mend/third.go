package mend

import (
	"cmp"
	"slices"

	"entente/graph"
)

// typed is the role of all third parties of the event: med_type says whether it was mediation ("M") or related to mediation ("MR").
func (e *event) typed() graph.Predicate {
	switch e.cells["med_type"] {
	case "M":
		return graph.Mediated
	case "MR":
		return graph.ThirdParty
	}
	e.out.Note("med_type is neither M nor MR, so the role of the third parties is not stated", e.place("med_type"), e.cells["med_type"])
	return graph.ThirdParty
}

// thirdParties claims who mediated, or took part as a third party. Which they are is told by the ids; names that do not go with
// them one by one are left out.
func (e *event) thirdParties() {
	names := e.list(partyColumn)
	actors := e.actors
	if len(actors) != len(names) {
		e.out.Note("third_party does not have one name for each of the ids, so the ids alone are taken", e.place(partyColumn), e.cells[partyColumn])
		names = make([]string, len(actors))
	}
	for n, a := range actors {
		if a == (actor{}) {
			e.out.Note("a third party without an id", e.place(partyColumn), names[n])
			continue
		}
		if slices.Contains(actors[:n], a) {
			e.out.Note("a third party that is named twice", e.place(partyColumn), names[n])
			continue
		}
		e.thirdParty(n, a, names[n])
	}
}

// listed are the third parties by their ids. PAA-X's stand in the places of MEND's, with gaps for those that it does not have.
func (e *event) listed() []actor {
	ids, known := e.list("third_party_id_MEND"), e.list("third_party_id_PAAX")
	if len(known) > 0 && len(known) != len(ids) {
		e.out.Note("third_party_id_PAAX does not have one place for each of third_party_id_MEND, so it is left out", e.place("third_party_id_PAAX"), e.cells["third_party_id_PAAX"])
	}
	actors := make([]actor, len(ids))
	for n, id := range ids {
		actors[n].mend = id
		if len(known) == len(ids) {
			actors[n].paax = known[n]
		}
	}
	return actors
}

func (e *event) thirdParty(n int, a actor, name string) {
	place := e.place(partyColumn)
	c := e.tie(partyColumn, n, name, e.role)
	c.From = a.id()
	code := countryCode(name)
	if code == "" || a.state() || a.coined() {
		declare(e.out, place, a.named(name), e.of("third_party_id_MEND", cmp.Or(a.mend, a.paax)))
		e.out.Claim(place, c)
		return
	}
	// What is called "US" has the id of a party of that abbreviation.
	e.out.Note("a third party with the name of a country and the id of another actor; both are claimed", place, name+", "+string(a.id()))
	declare(e.out, place, a.entity(""), e.of("third_party_id_MEND", cmp.Or(a.mend, a.paax)))
	e.out.Claim(place, c)
	meant := country(code, "")
	meant.Aliases = []string{name}
	e.out.Entity(place, meant, e.of(partyColumn, name))
	c.From = meant.ID
	c.Qualifiers = append(slices.Clone(c.Qualifiers), inferred("the name is that of a country, the id is that of "+string(a.id())))
	e.out.Claim(place, c)
}

// tie is the part that somebody of a list had in the event. Its quote is the sentence of the summary that names him, if there is
// one.
func (e *event) tie(column string, n int, name string, role graph.Predicate) graph.Claim {
	c := e.claim(column, n, name)
	c.Predicate, c.To = role, e.id
	c.Qualifiers = slices.Clone(e.between)
	if name != "" {
		c.Qualifiers = append(c.Qualifiers, graph.Qualifier{Name: graph.AsNamed, Value: name})
	}
	if sentence := passage(e.cells[summaryColumn], name); sentence != "" {
		c.Source.Quote = sentence
		c.Source.Locator += " and " + summaryColumn
	}
	return c
}

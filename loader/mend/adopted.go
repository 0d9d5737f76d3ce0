package mend

import (
	"entente/graph"
	"entente/loader/format"
)

// agreements claims what was adopted at the event.
func (e *event) agreements() {
	names, ids := e.list(agreementColumn), e.list("agmt_id_PAX")
	if len(ids) != len(names) {
		if len(ids) > 0 {
			e.out.Note("agmt_id_PAX does not have one id for each of agmt_name, so the names alone are taken", e.place("agmt_id_PAX"), e.cells["agmt_id_PAX"])
		}
		ids = make([]string, len(names))
	}
	if len(names) == 0 && e.cells["agmt"] == "1" {
		e.out.Note("an agreement that is not named", e.place("agmt"), e.key)
	}
	for n, name := range names {
		if !e.isName(agreementColumn, name) {
			continue
		}
		agreement := e.agreement(name, format.Code(ids[n]))
		declare(e.out, e.place(agreementColumn), agreement, e.of(agreementColumn, clip(name)))
		c := e.claim(agreementColumn, n, name)
		c.Predicate, c.From, c.To = graph.AdoptedAt, agreement.ID, e.id
		e.out.Claim(e.place(agreementColumn), c)
	}
}

// agreement is one of PA-X if the row has its id there, else one that is known by its name.
func (e *event) agreement(name, pax string) format.Entity {
	agreement := format.Entity{ID: graph.ID("mend:agreement-" + slug(name)), Kind: graph.Agreement, Name: name}
	if pax == "" {
		e.out.Note("an agreement without an id of PA-X is known by its name", e.place("agmt_id_PAX"), name)
		return agreement
	}
	agreement.ID = graph.ID("pax:" + pax)
	agreement.IDs = []string{"pax:" + pax}
	return agreement
}

package mend

import (
	"slices"

	"entente/graph"
	"entente/loader/format"
)

// individuals claims which persons acted. They act for the third party if the row has one alone; else it does not say for whom.
func (e *event) individuals() {
	names := e.list(personColumn)
	if len(names) == 0 {
		return
	}
	ids := e.personIDs(names)
	principal, alone := e.onlyActor()
	if !alone {
		e.out.Note("persons beside several third parties: the row does not say for whom they acted", e.place(personColumn), e.cells[personColumn])
	}
	for n, name := range names {
		if !e.isName(personColumn, name) {
			continue
		}
		e.individual(n, name, ids[n])
		c := e.tie(personColumn, n, name, e.role)
		c.From = personID(name)
		if alone {
			c.Qualifiers = append(c.Qualifiers, graph.Qualifier{Name: graph.OnBehalfOf, Entity: principal},
				inferred("the row has no other third party"))
		}
		e.out.Claim(e.place(personColumn), c)
	}
}

func personID(name string) graph.ID { return graph.ID("mend:person-" + slug(name)) }

// individual declares a person.
func (e *event) individual(n int, name string, numbers []string) {
	entity := format.Entity{ID: personID(name), Kind: graph.Leader, Name: name}
	for _, number := range numbers {
		entity.IDs = append(entity.IDs, "mend:"+number)
	}
	declare(e.out, e.place(personColumn), entity, e.of(personColumn, name))
}

// personIDs are the numbers of the persons: those beside their names, all of them if there is one name, and none where they cannot
// be told apart.
func (e *event) personIDs(names []string) [][]string {
	numbers := e.list(personIDColumn)
	ids := make([][]string, len(names))
	listed := func(number string) bool { return number != "" && number != "NL" }
	switch {
	case len(numbers) == len(names):
		for n, number := range numbers {
			if listed(number) {
				ids[n] = []string{number}
			}
		}
	case len(names) == 1:
		ids[0] = slices.DeleteFunc(numbers, func(number string) bool { return !listed(number) })
	default:
		e.out.Note("med_scope does not have one number for each of individual_med_named, so the names alone are taken", e.place(personIDColumn), e.cells[personIDColumn])
	}
	return ids
}

// onlyActor is the third party, if there is one alone.
func (e *event) onlyActor() (graph.ID, bool) {
	actors := slices.DeleteFunc(slices.Clone(e.actors), func(a actor) bool { return a == (actor{}) })
	if len(actors) != 1 {
		return "", false
	}
	return actors[0].id(), true
}

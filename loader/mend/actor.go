package mend

import (
	"cmp"
	"strings"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/paax"
)

// An actor is one that MEND has an id for.
type actor struct{ mend, paax string }

// id is PAA-X's where it has one.
func (a actor) id() graph.ID {
	if a.paax != "" {
		return graph.ID("paax:" + a.paax)
	}
	return graph.ID("mend:" + a.mend)
}

// state reports whether the id is of those that states have.
func (a actor) state() bool { return strings.HasPrefix(cmp.Or(a.paax, a.mend), "CON_") }

// coined reports whether MEND made the id, for an actor that PAA-X does not have.
func (a actor) coined() bool { return a.paax == "" && strings.HasPrefix(a.mend, "MEND-") }

// kind is told by an id of PAA-X's form, and by the name where MEND made the id.
func (a actor) kind(name string) graph.Kind {
	if kind, ok := paax.Kind(cmp.Or(a.paax, a.mend)); ok {
		return kind
	}
	if a.coined() && countryCode(name) != "" {
		return graph.State
	}
	return graph.Organization
}

// entity is the actor without its names.
func (a actor) entity(name string) format.Entity {
	e := format.Entity{ID: a.id(), Kind: a.kind(name)}
	if a.mend != "" {
		e.IDs = append(e.IDs, "mend:"+a.mend)
	}
	if a.paax != "" {
		e.IDs = append(e.IDs, "paax:"+a.paax)
	}
	return e
}

// named is the actor with a name that a row has for it: an abbreviation is an alias.
func (a actor) named(name string) format.Entity {
	e := a.entity(name)
	if isAbbreviation(name) {
		e.Aliases = append(e.Aliases, name)
	} else {
		e.Name = name
	}
	return e
}

// isAbbreviation reports whether a name is of capitals alone, as "UNSMIL" is.
func isAbbreviation(name string) bool { return strings.ToUpper(name) == name }

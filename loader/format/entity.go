package format

import (
	"iter"

	"entente/graph"
)

// An Entity is what a source says of an entity itself. Empty fields say nothing.
type Entity struct {
	ID      graph.ID
	Kind    graph.Kind
	Name    string
	Aliases []string
	IDs     []string // external ids with their schemes: "iso3:ARM"
	// Literals are other properties, a value each.
	Literals []Literal
}

// A Literal is one property.
type Literal struct {
	Predicate graph.Predicate
	Value     string
}

// claims are the entity's claims with what the base has.
func (e *Entity) claims(base graph.Claim) iter.Seq[graph.Claim] {
	return func(yield func(graph.Claim) bool) {
		say := func(p graph.Predicate, value string) bool {
			c := base
			c.From, c.Predicate, c.Value = e.ID, p, value
			return value == "" || yield(c)
		}
		if !say(graph.KindPredicate, string(e.Kind)) || !say(graph.NamePredicate, e.Name) {
			return
		}
		for _, alias := range e.Aliases {
			if !say(graph.Alias, alias) {
				return
			}
		}
		for _, id := range e.IDs {
			if !say(graph.ExternalID, id) {
				return
			}
		}
		for _, l := range e.Literals {
			if !say(l.Predicate, l.Value) {
				return
			}
		}
	}
}

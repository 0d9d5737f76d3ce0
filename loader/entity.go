package loader

import (
	"slices"
	"strings"

	"entente/graph"
)

// entityFields gives the predicate of each literal field of an entity record, by the field's name: the predicate's own,
// and plurals of those that often come in numbers.
var entityFields = literalFields()

var entityFieldNames = allEntityFields()

func literalFields() map[string]graph.Predicate {
	fields := map[string]graph.Predicate{"aliases": graph.Alias, "transliterations": graph.Transliteration, "metonyms": graph.Metonym}
	for _, p := range graph.Predicates() {
		if p.Literal != "" && !p.Relation && p.Name != graph.ExternalID {
			fields[string(p.Name)] = p.Name
		}
	}
	return fields
}

func allEntityFields() []string {
	list := append([]string{"entity", "ids"}, sharedFields...)
	for name := range entityFields {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// entity reads a record that is about one entity: a claim for each of its literals.
func (d *decoder) entity() *Problem {
	var base graph.Claim
	for i := range d.members {
		m := &d.members[i]
		var p *Problem
		if m.name == "entity" {
			base.From, p = d.id("/entity", m.value)
		} else {
			_, p = d.sharedField(&base, m)
		}
		if p != nil {
			return p
		}
	}
	before := len(d.changes)
	for i := range d.members {
		m := &d.members[i]
		if p := d.literals(&base, m, before); p != nil {
			return p
		}
	}
	if len(d.changes) == before {
		return &Problem{Found: "nothing that is said of the entity", Expected: "a kind, a name or another literal of the vocabulary"}
	}
	return nil
}

// literals reads a field that stands for claims.
func (d *decoder) literals(base *graph.Claim, m *member, before int) *Problem {
	predicate, literal := entityFields[m.name]
	add := func(path string, p graph.Predicate, text string) *Problem {
		if len(d.changes)-before == maxValues {
			return tooMany(maxValues)
		}
		c := *base
		c.Predicate, c.Value = p, text
		return d.add(c, path)
	}
	switch {
	case literal:
		return d.texts("/"+m.name, m.value, func(path string, value []byte) *Problem {
			text, p := d.someText(path, value)
			if p != nil {
				return p
			}
			return add(path, predicate, text)
		})
	case m.name == "ids":
		if m.value[0] != '{' {
			return wrongType("/ids", m.value, `an object such as {"iso3": "ARM"}`)
		}
		d.inner = members(d.inner[:0], m.value)
		for _, id := range d.inner {
			if strings.Contains(id.name, ":") {
				return &Problem{Path: "/ids/" + clip(pointer(id.name)), Found: graph.Quoted(id.name), Expected: "a scheme without a colon"}
			}
			p := d.texts("/ids/"+clip(pointer(id.name)), id.value, func(path string, value []byte) *Problem {
				text, p := d.someText(path, value)
				if p != nil {
					return p
				}
				return add(path, graph.ExternalID, id.name+":"+text)
			})
			if p != nil {
				return p
			}
		}
		return nil
	case m.name == "entity" || isShared(m.name):
		return nil
	}
	return unknownField(m.name, entityFieldNames)
}

func isShared(name string) bool { return slices.Contains(sharedFields, name) }

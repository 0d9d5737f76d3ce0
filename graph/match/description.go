package match

import (
	"slices"

	"entente/graph"
	"entente/graph/store"
)

// A Description is what somebody says of something that is not in the graph, to find it there.
type Description struct {
	Names   []string // the first is the name, the others are aliases
	Kind    graph.Kind
	IDs     []string // scheme:value
	Date    graph.Date
	Related []RelatedTo
}

// A RelatedTo says what something is located in, leads, is part of. It is an entity, or somebody known by name alone.
type RelatedTo struct {
	Predicate graph.Predicate
	Entity    store.Entity // [store.NoEntity] if a name is all there is
	Name      string
}

// Profile is the profile of what is described. Of an actor the date is a day on which it was active.
func (d *Description) Profile(v *store.View) *Profile {
	p := &Profile{Entity: store.NoEntity, Kind: d.Kind, date: d.Date, active: span{0, -1}}
	if len(d.Names) > 0 {
		p.Name = d.Names[0]
	}
	for i, text := range d.Names {
		p.names = appendNames(p.names, text, i == 0)
	}
	p.names = sortNames(p.names)
	p.ids = slices.Clone(d.IDs)
	slices.Sort(p.ids)
	p.ids = slices.Compact(p.ids)
	p.active.include(d.Date)
	for _, r := range d.Related {
		names := appendNames(nil, r.Name, true)
		if r.Entity != store.NoEntity {
			names = append(names, namesOf(v, r.Entity)...)
		}
		p.related = append(p.related, related{r.Predicate, r.Entity, names})
	}
	return p
}

package store

import (
	"cmp"
	"slices"
	"strings"

	"entente/graph"
)

// An EntityOrder orders lists of entities.
type EntityOrder string

// The orders of entities: by name, or by how much is said of them, most first.
const (
	ByName      EntityOrder = "NAME"
	ByRelations EntityOrder = "RELATIONS"
)

// Entities lists the entities of the kinds, or of all kinds. Merged entities are listed once.
func (v *View) Entities(kinds []graph.Kind, order EntityOrder, page Page) (List[Entity], error) {
	type row struct {
		entity Entity
		key    string
	}
	var rows []row
	for e := range v.snap.Entities() {
		if v.snap.Group(e) != e || kinds != nil && !slices.Contains(kinds, v.Kind(e)) {
			continue
		}
		r := row{entity: e}
		if order == ByRelations {
			r.key = sortable(^uint64(v.degree(e)), uint64(e))
		} else {
			r.key = nameKey(v.Name(e)) + sortable(uint64(e))
		}
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.key, b.key) })
	list, err := Paginate("entities "+string(order), rows, page, func(r row) string { return r.key })
	items := make([]Entity, len(list.Items))
	for i, r := range list.Items {
		items[i] = r.entity
	}
	return relist(&list, items), err
}

func (v *View) degree(e Entity) int {
	total := 0
	for _, m := range v.snap.Members(e) {
		total += v.snap.Degree(m)
	}
	return total
}

// nameKey sorts names without regard to case; its end sorts before any text that goes on.
func nameKey(name string) string { return strings.ToLower(name) + "\x00" }

package store

import "entente/graph"

// Declared lists the kinds by which an entity, as named, counts as declared: those that stand, of the entity and of all
// it is merged with, or else the last one of those that have ended. It is empty for what nobody has declared. The list is the
// caller's.
func (v *View) Declared(id graph.ID) []graph.Kind {
	e, ok := v.snap.Entity(id)
	if !ok {
		return nil
	}
	return v.snap.Declared(e)
}

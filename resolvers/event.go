package resolvers

import "entente/graph"

// EventType is what sort of thing happened; null if no claim says.
func (e *Entity) EventType() *string {
	t, ok := e.graph.EventType(e.no)
	if !ok || t.Validate() != nil {
		return nil
	}
	return textPointer(string(t))
}

// Place is where the event was.
func (e *Entity) Place() *Entity { return e.object(graph.LocatedIn) }

// Adopted are the agreements adopted at the event.
func (e *Entity) Adopted() []*Entity { return e.subjects(graph.AdoptedAt) }

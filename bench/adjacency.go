package bench

import "entente/graph/store"

// An adjacency holds the neighbours of all entities, end to end.
type adjacency struct {
	offsets []uint32 // of entity e: to[offsets[e]:offsets[e+1]]
	to      []uint32
}

// An arc leads from an entity to a neighbour.
type arc struct{ from, to uint32 }

// newAdjacency lays out arcs by where they begin, those of one entity in the order given.
func newAdjacency(entities int, arcs []arc) adjacency {
	a := adjacency{make([]uint32, entities+1), make([]uint32, len(arcs))}
	for _, x := range arcs {
		a.offsets[x.from+1]++
	}
	for e := range entities {
		a.offsets[e+1] += a.offsets[e]
	}
	next := make([]uint32, entities)
	copy(next, a.offsets)
	for _, x := range arcs {
		a.to[next[x.from]] = x.to
		next[x.from]++
	}
	return a
}

func (a *adjacency) of(e store.Entity) []uint32 { return a.to[a.offsets[e]:a.offsets[e+1]] }

package bench

// A walker walks a plain graph, one question after the other.
type walker struct {
	*plain
	found  []uint32     // scratch
	latest []*plainWord // scratch
	table  []uint32     // scratch: of pairs of mediators

	sides [2]side
	tides [2]tide
	// mediations are for chains of mediation, whose doors are entrances.
	mediations [2]tide
}

func newWalker(g *plain) *walker {
	w := &walker{plain: g}
	for i := range w.tides {
		w.tides[i].doors = &g.byDay
		w.mediations[i].doors, w.mediations[i].shift = &g.entrances, 1
	}
	return w
}

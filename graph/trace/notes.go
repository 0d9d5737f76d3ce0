package trace

// Notes are kept of the nodes that a search comes to. They lie together, so that forgetting them takes as long as noting them did, however
// large the graph is.
type notes[T any] struct {
	place []uint32 // of each node, that of its note, plus one; 0 if there is none
	all   []note[T]
}

type note[T any] struct {
	of   node
	says T
}

// begin forgets all notes.
func (ns *notes[T]) begin() {
	for i := range ns.all {
		ns.place[ns.all[i].of] = 0
	}
	ns.all = ns.all[:0]
}

// of is the note of a node, good until the next one is made; nil if there is none.
func (ns *notes[T]) of(n node) *T {
	if int(n) >= len(ns.place) || ns.place[n] == 0 {
		return nil
	}
	return &ns.all[ns.place[n]-1].says
}

// at is the note of a node, which is a copy of blank if there was none.
func (ns *notes[T]) at(n node, blank T) *T {
	if says := ns.of(n); says != nil {
		return says
	}
	ns.place = reaching(ns.place, n)
	ns.all = append(ns.all, note[T]{n, blank})
	ns.place[n] = uint32(len(ns.all))
	return &ns.all[len(ns.all)-1].says
}

// reaching is a list of zeros and other things made long enough for a node.
func reaching[T any](list []T, n node) []T {
	if int(n) < len(list) {
		return list
	}
	return append(list, make([]T, int(n)+1-len(list))...)
}

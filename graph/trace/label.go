package trace

// A label says that an actor is reached with so many hops, and from when on it is free then.
type label struct {
	actor node
	no    uint32
	hops  int
	free  instant
	// until is when one must be free at the latest to go on to the end on a best chain; shut if no best chain leads through here.
	until instant
	slot  uint32 // in its layer
	// before is the actor's label of fewer hops, plus one; 0 if there is none.
	before uint32
}

// Labels are those of all actors.
type labels struct {
	all    []label
	newest []uint32 // of each actor, the label of most hops, plus one; 0 if it is not reached
}

func (ls *labels) begin() { ls.all, ls.newest = ls.all[:0], ls.newest[:0] }

// reached is the actor's label of most hops; nil if it is not reached.
func (ls *labels) reached(x node) *label {
	if newest := *at(&ls.newest, x, 0); newest > 0 {
		return &ls.all[newest-1]
	}
	return nil
}

// add gives an actor a label of more hops than those it has, and returns its number.
func (ls *labels) add(x node, l label) uint32 {
	newest := at(&ls.newest, x, 0)
	l.actor, l.no, l.until, l.before = x, uint32(len(ls.all)), shut, *newest
	ls.all = append(ls.all, l)
	*newest = l.no + 1
	return l.no
}

// upTo finds the actor's label of most hops, but not of more than so many; nil if there is none.
func (ls *labels) upTo(x node, hops int) *label {
	for no := *at(&ls.newest, x, 0); no > 0; no = ls.all[no-1].before {
		if l := &ls.all[no-1]; l.hops <= hops {
			return l
		}
	}
	return nil
}

// labelled finds the actor's label of just so many hops; nil if there is none.
func (ls *labels) labelled(x node, hops int) *label {
	if l := ls.upTo(x, hops); l != nil && l.hops == hops {
		return l
	}
	return nil
}

// A searchDesk is the memory that a search works with: what it knows of actors and meetings by their nodes.
type searchDesk struct {
	labels
	entered  []entrance
	doors    []door
	open     []node
	layers   [][]uint32 // of each number of hops, the labels that lie on best chains
	byHop    [][]node   // of each number of hops, the meetings by which the last of them may be made
	frontier []node
	entries  []entry
	counts   [2][][]waysTo
	coming   []coming

	sides [2]flood
	ebb   ebb
}

// begin forgets the search before.
func (d *searchDesk) begin() {
	d.labels.begin()
	d.entered, d.doors = d.entered[:0], d.doors[:0]
	d.frontier, d.entries = d.frontier[:0], d.entries[:0]
}

// at is the element for a node of a list that grows as nodes are come to; what is new in it is a copy of blank.
func at[T any](list *[]T, n node, blank T) *T {
	for int(n) >= len(*list) {
		*list = append(*list, blank)
	}
	return &(*list)[n]
}

package trace

// A label says that an actor is reached with so many hops, and from when on it is free then.
type label struct {
	actor node
	hops  int
	free  instant
	// until is when one must be free at the latest to go on to the end on a best chain; shut if no best chain leads through here.
	until instant
	slot  uint32 // in its layer
	// before is the actor's label of fewer hops, plus one; 0 if there is none.
	before uint32
}

// A searchDesk is the memory that a search works with: what it knows of actors and meetings by their nodes.
type searchDesk struct {
	labels   []label
	newest   []uint32 // of each actor, the label of most hops, plus one; 0 if it is not reached
	entered  []entrance
	doors    []door
	open     []node
	layers   [][]uint32 // of each number of hops, the labels that lie on best chains
	byHop    [][]node   // of each number of hops, the meetings by which the last of them may be made
	counts   [2][][]waysTo
	coming   []coming
	sides    [2]flood
	frontier []node
	entries  []entry
}

// begin forgets the search before.
func (d *searchDesk) begin() {
	d.labels, d.newest, d.entered, d.doors = d.labels[:0], d.newest[:0], d.entered[:0], d.doors[:0]
	d.frontier, d.entries = d.frontier[:0], d.entries[:0]
}

// at is the element for a node of a list that grows as nodes are come to; what is new in it is a copy of blank.
func at[T any](list *[]T, n node, blank T) *T {
	for int(n) >= len(*list) {
		*list = append(*list, blank)
	}
	return &(*list)[n]
}

// reached is the number of hops and the time of the actor's label of most hops; nil if it is not reached.
func (d *searchDesk) reached(x node) *label {
	if last := *at(&d.newest, x, 0); last > 0 {
		return &d.labels[last-1]
	}
	return nil
}

// add gives an actor a label of more hops than those it has, and returns its number.
func (d *searchDesk) add(x node, l label) uint32 {
	last := at(&d.newest, x, 0)
	l.actor, l.until, l.before = x, shut, *last
	d.labels = append(d.labels, l)
	*last = uint32(len(d.labels))
	return *last - 1
}

// labelled finds the actor's label of so many hops.
func (d *searchDesk) labelled(x node, hops int) (no uint32, ok bool) {
	for no := *at(&d.newest, x, 0); no > 0; no = d.labels[no-1].before {
		if l := &d.labels[no-1]; l.hops <= hops {
			return no - 1, l.hops == hops
		}
	}
	return 0, false
}

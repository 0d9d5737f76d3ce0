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

// begin forgets all labels.
func (ls *labels) begin() {
	for i := range ls.all {
		ls.newest[ls.all[i].actor] = 0
	}
	ls.all = ls.all[:0]
}

// last is the number of the actor's label of most hops, plus one; 0 if it is not reached.
func (ls *labels) last(x node) uint32 {
	if int(x) >= len(ls.newest) {
		return 0
	}
	return ls.newest[x]
}

// reached is the actor's label of most hops; nil if it is not reached.
func (ls *labels) reached(x node) *label {
	if newest := ls.last(x); newest > 0 {
		return &ls.all[newest-1]
	}
	return nil
}

// add gives an actor a label of more hops than those it has, and returns its number.
func (ls *labels) add(x node, l label) uint32 {
	ls.newest = reaching(ls.newest, x)
	l.actor, l.no, l.until, l.before = x, uint32(len(ls.all)), shut, ls.newest[x]
	ls.all = append(ls.all, l)
	ls.newest[x] = l.no + 1
	return l.no
}

// upTo finds the actor's label of most hops, but not of more than so many; nil if there is none.
func (ls *labels) upTo(x node, hops int) *label {
	for no := ls.last(x); no > 0; no = ls.all[no-1].before {
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
	entered  notes[entrance] // of each meeting that was entered
	doors    notes[door]
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
	d.entered.begin()
	d.doors.begin()
	d.frontier, d.entries = d.frontier[:0], d.entries[:0]
}

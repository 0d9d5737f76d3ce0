package ucdp

import (
	"slices"
	"strings"
)

// A naming is what is known of the names that belong to numbers. A cell of one number has its name; the names of several stand in an
// order of their own.
type naming struct {
	names map[string][]string // sorted
	mixed map[string]mixture  // by their cells: those of several
	// settled are the numbers whose names are known by the others' of a mixture alone.
	settled map[string]bool
}

// A mixture is a cell of several numbers, and the names of them.
type mixture struct{ ids, names []string }

func newNaming() naming {
	return naming{names: make(map[string][]string), mixed: make(map[string]mixture), settled: make(map[string]bool)}
}

// of lists the names of a number.
func (n *naming) of(id string) []string { return n.names[id] }

func (n *naming) learn(ids []string, names string) {
	switch {
	case len(ids) == 0 || names == "":
	case len(ids) == 1:
		n.name(ids[0], names)
	default:
		if m := (mixture{ids, list(names)}); len(m.names) == len(ids) {
			n.mixed[strings.Join(ids, ",")+":"+names] = m
		}
	}
}

func (n *naming) name(id, name string) {
	if i, known := slices.BinarySearch(n.names[id], name); !known {
		n.names[id] = slices.Insert(n.names[id], i, name)
	}
}

// settle finds the names of numbers that never stand alone: a name that is in every mixture with the number, and in one at least no name of the others,
// is its name if there is only one such. What it finds may settle the next one.
func (n *naming) settle() {
	var open []string // in an order of their own, so that the rows' order makes no difference
	for _, m := range n.mixed {
		for _, id := range m.ids {
			if len(n.names[id]) == 0 && !slices.Contains(open, id) {
				open = append(open, id)
			}
		}
	}
	slices.Sort(open)
	for before := len(open) + 1; len(open) < before; {
		before = len(open)
		open = slices.DeleteFunc(open, func(id string) bool {
			candidates := n.candidates(id)
			if len(candidates) != 1 {
				return false
			}
			n.name(id, candidates[0])
			n.settled[id] = true
			return true
		})
	}
}

// candidates are the names that are in all mixtures with a number, and that no known number of them has.
func (n *naming) candidates(id string) []string {
	var candidates []string
	first := true
	for _, m := range n.mixed {
		if !slices.Contains(m.ids, id) {
			continue
		}
		if first {
			candidates, first = slices.Clone(m.names), false
		}
		candidates = slices.DeleteFunc(candidates, func(name string) bool {
			return !slices.Contains(m.names, name) ||
				slices.ContainsFunc(m.ids, func(other string) bool { return slices.Contains(n.names[other], name) })
		})
	}
	return candidates
}

package topology

import (
	"sync/atomic"

	"entente/graph/ledger"
)

// A layout is where edges are: in the base, unless the entity has a node of its own.
type layout struct {
	base  *base
	nodes *column[atomic.Pointer[node]]
}

// rebuild lays all edges out anew, so that memory and reading are as after a bulk load. Readers go on with the layout they hold.
func (t *Topology) rebuild() {
	old := t.state.Load()
	b := &base{offsets: make([]uint32, t.entities.n+1), edges: make([]edge, 0, len(old.base.edges)+t.loose)}
	for e := range t.entities.n {
		old.each(ledger.EntityNo(e), 0, 255, func(x edge) bool {
			b.edges = append(b.edges, x)
			return true
		})
		b.offsets[e+1] = uint32(len(b.edges))
	}
	t.state.Store(&layout{base: b, nodes: new(column[atomic.Pointer[node]])})
	t.loose = 0
}

// insert gives an entity a node that also has the edges.
func (t *Topology) insert(entity ledger.EntityNo, edges []edge) {
	l := t.state.Load()
	l.nodes.reach(int(entity) + 1)
	at := l.nodes.at(uint32(entity))
	old := at.Load()
	if old == nil {
		old = newNode(l.base.of(entity))
	}
	sortEdges(edges)
	at.Store(old.with(edges))
	t.loose += len(edges)
}

// node is the entity's own node; nil if its edges are in the base, or if it has none.
func (l *layout) node(entity ledger.EntityNo) *node {
	if !l.nodes.has(uint32(entity)) {
		return nil
	}
	return l.nodes.at(uint32(entity)).Load()
}

// each yields the entity's edges in slots first to last, in order; false if yield ended it.
func (l *layout) each(entity ledger.EntityNo, first, last slot8, yield func(edge) bool) bool {
	if n := l.node(entity); n != nil {
		return n.each(first, last, yield)
	}
	edges := l.base.of(entity)
	for i := firstIn(edges, first); i < len(edges) && edges[i].slot() <= last; i++ {
		if !yield(edges[i]) {
			return false
		}
	}
	return true
}

// flat is all edges of an entity whose edges lie in the base; false if they do not.
func (l *layout) flat(entity ledger.EntityNo) ([]edge, bool) {
	if l.node(entity) != nil {
		return nil, false
	}
	return l.base.of(entity), true
}

// span yields the edges of an entity whose keys are from low to high, the latter not among them, in runs that follow each other.
func (l *layout) span(e ledger.EntityNo, low, high uint32, yield func(run []edge)) {
	cut := func(edges []edge) {
		edges = edges[keysBelow(edges, low):]
		if to := keysBelow(edges, high); to > 0 {
			yield(edges[:to])
		}
	}
	n := l.node(e)
	if n == nil {
		cut(l.base.of(e))
		return
	}
	for _, leaf := range n.leaves {
		if len(leaf) > 0 && leaf[len(leaf)-1].key >= low && leaf[0].key < high {
			cut(leaf)
		}
	}
}

// degree counts the entity's edges.
func (l *layout) degree(e ledger.EntityNo) int {
	if n := l.node(e); n != nil {
		return n.n
	}
	return len(l.base.of(e))
}

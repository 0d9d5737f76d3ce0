package trace

import (
	"sync"

	"entente/graph/ledger"
	"entente/graph/topology"
)

// A desk is the memory that a question for chains works with: some bytes for each entity of the graph, and more for each that the question
// comes to. It is handed on to later questions.
type desk struct {
	actorNos, meetingNos numbering
	ofParty              []party
	ofUnit               []venue
	links                []link
	stubs                []topology.Stub
}

// What searches work with is apart, for a network may come without a desk.
var (
	desks       = sync.Pool{New: func() any { return new(desk) }}
	searchDesks = sync.Pool{New: func() any { return new(searchDesk) }}
)

// borrow gives a desk for a graph of so many entities, which is to be given back to desks.
func borrow(entities ledger.EntityNo) *desk {
	d := desks.Get().(*desk)
	d.actorNos.begin(entities)
	d.meetingNos.begin(entities)
	d.ofParty, d.ofUnit, d.links = d.ofParty[:0], d.ofUnit[:0], d.links[:0]
	return d
}

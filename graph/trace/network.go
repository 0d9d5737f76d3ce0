package trace

import (
	"entente/graph"
	"entente/graph/ledger"
)

// A node is an actor or a unit of meetings, by a small number that it has in one network. Actors and meetings are numbered apart.
type node = uint32

// A link leads from an actor to a meeting that it has a tie to, or back: the other's node, and below it how strong a third party the actor
// is there by the strongest of its ties, 0 if it is none. Nodes have 28 bits, which is more than of a graph that fits into memory.
type link uint32

const strengthBits = 4

func linkTo(n node, strength int) link { return link(n)<<strengthBits | link(strength) }

func (l link) to() node      { return node(l >> strengthBits) }
func (l link) strength() int { return int(l & (1<<strengthBits - 1)) }

// A network is who met whom, as a question sees it: which ties count, who stands for whom and which meetings are looked at has
// been decided. Neither list has a node twice, and both are in a fixed order. A slice must not be changed.
type network interface {
	meetings(actor node) []link
	actors(meeting node) []link
	// between are the links of an actor to meetings among which are all but those with an exact day that is before the first day or after
	// the last, in two lists.
	between(actor node, first, last graph.Day) (some, others []link)
	when(meeting node) graph.Date
	// exact is the day of a meeting whose date is just one day, without a doubt about it; false for any other.
	exact(meeting node) (graph.Day, bool)
	// work is about how many links there are from an actor.
	work(actor node) int
	// actorEntity and meetingEntity are the entities of nodes, of a unit that of its first meeting. By them answers are ordered.
	actorEntity(actor node) ledger.EntityNo
	meetingEntity(meeting node) ledger.EntityNo
}

package trace

import "entente/graph/ledger"

// A numbering gives entities small numbers, in the order in which a question comes to them, so that what the question knows of each lies
// together.
type numbering struct {
	at       []numbered // by entity
	question uint32     // numbers of another one are void
	entities []ledger.EntityNo
}

type numbered struct {
	question uint32
	number   node
}

// begin forgets all numbers.
func (n *numbering) begin(entities ledger.EntityNo) {
	if len(n.at) < int(entities) {
		n.at, n.question = make([]numbered, entities), 0
	}
	if n.question++; n.question == 0 {
		clear(n.at)
		n.question = 1
	}
	n.entities = n.entities[:0]
}

// of is the number of an entity, a fresh one if the question has not come to it before.
func (n *numbering) of(e ledger.EntityNo) (number node, fresh bool) {
	at := &n.at[e]
	if at.question != n.question {
		*at = numbered{n.question, node(len(n.entities))}
		n.entities = append(n.entities, e)
		fresh = true
	}
	return at.number, fresh
}

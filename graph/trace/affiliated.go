package trace

import "entente/graph"

// Affiliated is the network that affiliations are with roll-up, or where there are lists of their own, without it.
type affiliated struct {
	*Affiliations
	ownOfActor, ownOfUnit map[node][]link
}

func (n affiliated) meetings(actor node) []link {
	if own, apart := n.ownOfActor[actor]; apart {
		return own
	}
	return n.ofActor.of(actor)
}

func (n affiliated) actors(unit node) []link {
	if own, apart := n.ownOfUnit[unit]; apart {
		return own
	}
	return n.ofUnit.of(unit)
}

func (n affiliated) work(actor node) int { return len(n.meetings(actor)) }

func (n affiliated) between(actor node, first, last graph.Day) (some, others []link) {
	const few = 8 // are as soon looked through
	links := n.meetings(actor)
	if len(links) <= few {
		return links, nil
	}
	exact := placeOf(n.exactly, links)
	return n.stretch(links[:exact], first, last), links[exact:]
}

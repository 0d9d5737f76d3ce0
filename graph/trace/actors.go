package trace

import (
	"cmp"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
)

// A meetingNet is the graph as a network of actors and meetings. A node is the number of an entity, of a unit that of its first
// meeting.
type meetingNet struct {
	*graphView
	minimum    int  // the strength from which on a third party leads on
	anyMeeting bool // every tie leads on
	window     Window

	ofActor, ofUnit map[node][]link
}

func newNet(g *graphView, minimum graph.Predicate, anyMeeting bool, window Window) *meetingNet {
	return &meetingNet{
		graphView: g, minimum: minimum.Info().Strength, anyMeeting: anyMeeting, window: window,
		ofActor: make(map[node][]link), ofUnit: make(map[node][]link),
	}
}

func (n *meetingNet) meetings(actor node) []link {
	if links, ok := n.ofActor[actor]; ok {
		return links
	}
	var links []link
	for _, t := range n.countingFor(ledger.EntityNo(actor)) {
		if u := n.unit(t.Meeting); n.window.Has(u.Date) {
			links = append(links, link{node(u.Meetings[0]), n.leads(t)})
		}
	}
	links = once(links)
	n.ofActor[actor] = links
	return links
}

func (n *meetingNet) actors(unit node) []link {
	if links, ok := n.ofUnit[unit]; ok {
		return links
	}
	var links []link
	for _, t := range n.at(n.unit(ledger.EntityNo(unit))) {
		links = append(links, link{node(t.For), n.leads(t)})
	}
	links = once(links)
	n.ofUnit[unit] = links
	return links
}

func (n *meetingNet) when(unit node) graph.Date { return n.unit(ledger.EntityNo(unit)).Date }

// leads reports whether a tie is that of a third party which leads on.
func (n *meetingNet) leads(t Tie) bool {
	strength := graph.PredicateOf(t.Role).Strength
	return n.anyMeeting || strength > 0 && strength >= n.minimum
}

// once sorts links and makes one of those to the same node.
func once(links []link) []link {
	slices.SortFunc(links, func(a, b link) int { return cmp.Compare(a.to, b.to) })
	kept := links[:0]
	for _, l := range links {
		if n := len(kept); n > 0 && kept[n-1].to == l.to {
			kept[n-1].third = kept[n-1].third || l.third
			continue
		}
		kept = append(kept, l)
	}
	return kept
}

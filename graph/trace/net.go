package trace

import (
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A meetingNet is the graph as a network of actors and meetings, of which each is looked at when a question comes to it.
type meetingNet struct {
	*graphView
	*desk
	window Window
	plain  bool // whether a tie counts, and for whom, does not depend on when it was nor on who is excluded
	pass   uint32
}

// A party is an actor as a network knows it.
type party struct {
	list list
	mark mark
	// itself says that its ties count for itself and for nobody else, unless their claims say on whose behalf they were.
	itself bool
}

// A venue is a unit as a network knows it, or a meeting that is not the first of its unit.
type venue struct {
	list    list
	mark    mark
	out     bool // it has no part in the question
	settled bool // its date is known
	dayOnly bool // its date is just a day
	day     graph.Day
	unit    node // of which it is the first meeting, or another
	several *Unit
}

// A list is a stretch of links, if it has been made.
type list struct {
	from, to uint32
	made     bool
}

// A mark says where the list that is being made has a node.
type mark struct{ pass, at uint32 }

func newNet(g *graphView, window Window) *meetingNet {
	return &meetingNet{
		graphView: g, desk: borrow(g.Entities()), window: window,
		plain: g.filter.AsOf.IsZero() && len(g.filter.Exclude) == 0,
	}
}

// close gives back the memory. The network must not be used any more.
func (n *meetingNet) close() {
	clear(n.ofUnit) // of what points elsewhere
	desks.Put(n.desk)
	n.desk = nil
}

func (n *meetingNet) actorEntity(actor node) ledger.EntityNo  { return n.actorNos.entities[actor] }
func (n *meetingNet) meetingEntity(unit node) ledger.EntityNo { return n.meetingNos.entities[unit] }

func (n *meetingNet) work(actor node) int {
	if l := n.ofParty[actor].list; l.made {
		return int(l.to - l.from)
	}
	return n.Degree(n.actorNos.entities[actor])
}

// actor is the node of an actor.
func (n *meetingNet) actor(e ledger.EntityNo) node {
	no, fresh := n.actorNos.of(e)
	if fresh {
		n.ofParty = append(n.ofParty, party{itself: !n.filter.RollUp || !n.leadsUp(e)})
	}
	return no
}

// meeting is the node of a meeting's unit; false if it has no part in the question.
func (n *meetingNet) meeting(e ledger.EntityNo) (node, bool) {
	no, fresh := n.meetingNos.of(e)
	if fresh {
		n.ofUnit = append(n.ofUnit, venue{unit: no})
		n.look(no, e)
	}
	p := &n.ofUnit[no]
	return p.unit, !p.out
}

// look finds out about a meeting that the question has come to.
func (n *meetingNet) look(no node, e ledger.EntityNo) {
	single := n.single(e)
	if single && n.plain {
		n.ofUnit[no].out = !n.IsMeeting(e)
	} else {
		n.ofUnit[no].out = !n.allowed(e)
	}
	if n.ofUnit[no].out {
		return
	}
	if !single {
		if u := n.graphView.unit(e); len(u.Meetings) > 1 {
			n.ofUnit[no].several = u
			if u.Meetings[0] != e {
				first, in := n.meeting(u.Meetings[0])
				n.ofUnit[no].unit, n.ofUnit[no].out = first, !in
				return
			}
		}
	}
	if !n.window.isZero() {
		n.ofUnit[no].out = !n.window.Has(n.when(no))
	}
}

func (n *meetingNet) when(no node) graph.Date {
	if u := n.ofUnit[no].several; u != nil {
		return u.Date
	}
	return n.Date(n.meetingNos.entities[no])
}

func (n *meetingNet) exact(no node) (graph.Day, bool) {
	p := &n.ofUnit[no]
	if !p.settled {
		if p.several == nil {
			p.day, p.dayOnly = n.Day(n.meetingNos.entities[no])
		}
		if !p.dayOnly {
			p.day, p.dayOnly = n.when(no).Exact()
		}
		p.settled = true
	}
	return p.day, p.dayOnly
}

func (n *meetingNet) meetings(actor node) []link {
	if l := n.ofParty[actor].list; l.made {
		return n.links[l.from:l.to:l.to]
	}
	n.pass++
	from := len(n.links)
	head := n.actorNos.entities[actor]
	for _, b := range n.takers(head) {
		n.meetingsBy(b, head, from)
	}
	return n.made(&n.ofParty[actor].list, from)
}

// meetingsBy links an actor to the meetings of one who may stand for it, or of itself.
func (n *meetingNet) meetingsBy(actor, head ledger.EntityNo, from int) {
	itself := n.plain && n.ofParty[n.actor(actor)].itself
	for _, m := range n.Members(actor) {
		n.stubs = n.Stubs(n.stubs[:0], m, n.firstRole, n.lastRole, topology.Out)
		for _, x := range n.stubs {
			if !n.roles[x.Predicate()] || x.Other() == ledger.NoEntity || !n.counts(x.Claim()) {
				continue
			}
			meeting := n.Group(x.Other())
			to, in := n.meeting(meeting)
			if !in {
				continue
			}
			if itself && !(x.Qualified() && n.filter.RollUp) {
				if actor != head {
					continue
				}
			} else if !slices.ContainsFunc(n.appendTies(nil, x, actor, meeting), func(t Tie) bool { return t.For == head }) {
				continue
			}
			n.link(&n.ofUnit[to].mark, to, x.Predicate(), from)
		}
	}
}

func (n *meetingNet) between(actor node, _, _ graph.Day) (all, none []link) {
	return n.meetings(actor), nil
}

func (n *meetingNet) actors(unit node) []link {
	if l := n.ofUnit[unit].list; l.made {
		return n.links[l.from:l.to:l.to]
	}
	n.pass++
	from := len(n.links)
	if u := n.ofUnit[unit].several; u != nil {
		for _, m := range u.Meetings {
			n.actorsAt(m, from)
		}
	} else {
		n.actorsAt(n.meetingNos.entities[unit], from)
	}
	return n.made(&n.ofUnit[unit].list, from)
}

// actorsAt links a meeting's unit to those for whom ties to the meeting count.
func (n *meetingNet) actorsAt(meeting ledger.EntityNo, from int) {
	for _, m := range n.Members(meeting) {
		n.stubs = n.Stubs(n.stubs[:0], m, n.firstRole, n.lastRole, topology.In)
		for _, x := range n.stubs {
			if !n.roles[x.Predicate()] || !n.counts(x.Claim()) {
				continue
			}
			actor := n.Group(x.Other())
			to := n.actor(actor)
			if n.plain && n.ofParty[to].itself && !(x.Qualified() && n.filter.RollUp) {
				n.link(&n.ofParty[to].mark, to, x.Predicate(), from)
				continue
			}
			for _, t := range n.appendTies(nil, x, actor, meeting) {
				to := n.actor(t.For)
				n.link(&n.ofParty[to].mark, to, x.Predicate(), from)
			}
		}
	}
}

// link adds a link to the list that is being made, or makes one of it and the one that is there.
func (n *meetingNet) link(m *mark, to node, role uint8, from int) {
	l := linkTo(to, graph.PredicateOf(role).Strength)
	if m.pass == n.pass {
		n.links[m.at] = max(n.links[m.at], l)
		return
	}
	*m = mark{n.pass, uint32(len(n.links))}
	n.links = append(n.links, l)
}

// made ends a list.
func (n *meetingNet) made(l *list, from int) []link {
	*l = list{uint32(from), uint32(len(n.links)), true}
	return n.links[from:len(n.links):len(n.links)]
}

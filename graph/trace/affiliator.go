package trace

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// ErrTooLarge means that a graph has more entities or ties than affiliations have numbers for.
var ErrTooLarge = errors.New("trace: the graph is too large for affiliations")

// AffiliationsOf lays out the affiliations of a snapshot. The error is the context's, or [ErrTooLarge].
func AffiliationsOf(ctx context.Context, s *topology.Snapshot) (*Affiliations, error) {
	if most := ledger.EntityNo(1) << (32 - strengthBits); s.Entities() > most {
		return nil, fmt.Errorf("%w: it has %d entities, at most %d can be numbered", ErrTooLarge, s.Entities(), most)
	}
	b := &affiliator{
		loners: newLoners(newView(s, Filter{RollUp: true})), dateNos: make(map[graph.Date]int32),
		apart: make(map[uint32][]link), out: &Affiliations{snapshot: s},
	}
	defer b.close()
	for e := range s.Entities() {
		if e%stride == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			b.forget()
		}
		b.meeting(e)
		if len(b.links) > math.MaxUint32 {
			return nil, fmt.Errorf("%w: it has more than %d ties", ErrTooLarge, math.MaxUint32)
		}
	}
	b.number()
	return b.out, nil
}

// An affiliator gathers units in ledger order, and then numbers them.
type affiliator struct {
	loners
	stubs []topology.Stub

	met     []gathered
	links   []link            // to entities, not to nodes; those of the units end to end
	own     []link            // those of the unit that is being gathered, without roll-up
	apart   map[uint32][]link // the same of units of which they are others, by their places
	dateNos map[graph.Date]int32
	out     *Affiliations
}

// A gathered unit is one before it has a number.
type gathered struct {
	first ledger.EntityNo // its first meeting
	links uint32          // where its links end
	day   graph.Day       // or the place of its date
	exact bool
}

// forget keeps what was remembered of meetings and terms from growing with the graph.
func (b *affiliator) forget() {
	clear(b.tops)
	clear(b.units)
	clear(b.inside)
}

// meeting takes in the unit of which an entity is the first meeting, if it is that and anybody was there.
func (b *affiliator) meeting(e ledger.EntityNo) {
	from := len(b.links)
	b.own = b.own[:0]
	if b.single(e) {
		b.gatherAt(e)
		if len(b.links) > from && b.IsMeeting(e) {
			b.add(e, from, b.Date(e))
			return
		}
	} else if b.Group(e) == e && b.IsMeeting(e) {
		if u := b.unit(e); u.Meetings[0] == e {
			for _, t := range b.at(u) {
				b.gather(t.Actor, t.For, t.Role)
			}
			if len(b.links) > from {
				b.add(e, from, u.Date)
				return
			}
		}
	}
	b.links = b.links[:from]
}

// gatherAt gathers those for whom ties to a meeting that is a unit by itself count.
func (b *affiliator) gatherAt(meeting ledger.EntityNo) {
	b.stubs = b.Stubs(b.stubs[:0], meeting, b.firstRole, b.lastRole, topology.In)
	for _, x := range b.stubs {
		if !b.roles[x.Predicate()] {
			continue
		}
		actor := b.Group(x.Other())
		if b.countsForItself(x.Claim(), x.Qualified(), actor) {
			b.gather(actor, actor, x.Predicate())
			continue
		}
		b.found = b.countsFor(b.found[:0], x.Claim(), x.Qualified(), b.When(x), actor, meeting)
		for _, head := range b.found {
			b.gather(actor, head, x.Predicate())
		}
	}
}

// gather takes in a tie of an actor that counts for another, or for itself.
func (b *affiliator) gather(actor, head ledger.EntityNo, role uint8) {
	strength := graph.PredicateOf(role).Strength
	b.links = append(b.links, linkTo(node(head), strength))
	b.own = append(b.own, linkTo(node(actor), strength))
}

// strongest keeps of each actor the strongest link, and sorts those of a unit.
func strongest(links []link) []link {
	slices.SortFunc(links, func(x, y link) int { return cmp.Or(cmp.Compare(x.to(), y.to()), cmp.Compare(y, x)) })
	links = slices.CompactFunc(links, func(x, y link) bool { return x.to() == y.to() })
	slices.SortFunc(links, func(x, y link) int { return cmp.Or(cmp.Compare(y.strength(), x.strength()), cmp.Compare(x, y)) })
	return links
}

// add takes in a unit whose links begin at a place.
func (b *affiliator) add(first ledger.EntityNo, from int, date graph.Date) {
	same := slices.Equal(b.links[from:], b.own)
	links := strongest(b.links[from:])
	if !same {
		if own := strongest(b.own); !slices.Equal(links, own) {
			b.apart[uint32(len(b.met))] = slices.Clone(own)
		}
	}
	b.links = b.links[:from+len(links)]
	u := gathered{first: first, links: uint32(len(b.links))}
	if u.day, u.exact = date.Exact(); !u.exact {
		no, known := b.dateNos[date]
		if !known {
			no = int32(len(b.out.dates))
			b.dateNos[date] = no
			b.out.dates = append(b.out.dates, date)
		}
		u.day = graph.Day(no)
	}
	b.met = append(b.met, u)
}

// number gives units and actors their nodes, and lays out the links of both.
func (b *affiliator) number() {
	a, order := b.out, b.inOrder()
	actors := b.actorNodes()
	a.unitNos, a.days = make([]ledger.EntityNo, len(order)), make([]graph.Day, len(order))
	a.ofUnit = adjacency{make([]uint32, len(order)+1), make([]link, 0, len(b.links))}
	for unit, i := range order {
		from := uint32(0)
		if i > 0 {
			from = b.met[i-1].links
		}
		a.unitNos[unit], a.days[unit] = b.met[i].first, b.met[i].day
		for _, l := range b.links[from:b.met[i].links] {
			a.ofUnit.links = append(a.ofUnit.links, linkTo(actors[l.to()], l.strength()))
		}
		a.ofUnit.offsets[unit+1] = uint32(len(a.ofUnit.links))
		if severalThirds(a.ofUnit.of(node(unit))) || severalThirds(b.apart[i]) {
			a.mediated = append(a.mediated, node(unit))
		}
	}
	a.ofActor = a.ofUnit.turned(len(a.actorNos))
	b.numberApart(order, actors)
}

// severalThirds reports whether there are two third parties or more among the links of a unit.
func severalThirds(links []link) bool { return len(links) > 1 && links[1].strength() > 0 }

// inOrder lists the places of units in the order of their nodes.
func (b *affiliator) inOrder() []uint32 {
	keys, others := make([]uint64, 0, len(b.met)), []uint32(nil)
	for i := range b.met {
		if u := &b.met[i]; u.exact {
			keys = append(keys, uint64(int64(u.day)-math.MinInt32)<<32|uint64(i))
		} else {
			others = append(others, uint32(i))
		}
	}
	slices.Sort(keys)
	b.out.exactly = node(len(keys))
	order := make([]uint32, 0, len(b.met))
	for _, key := range keys {
		order = append(order, uint32(key))
	}
	return append(order, others...)
}

// actorNodes numbers all actors that have links, and returns the node of each by its entity.
func (b *affiliator) actorNodes() []node {
	nodes, count := make([]node, b.Entities()), 0
	mark := func(links []link) {
		for _, l := range links {
			if nodes[l.to()] == 0 {
				nodes[l.to()] = 1
				count++
			}
		}
	}
	mark(b.links)
	for _, own := range b.apart {
		mark(own)
	}
	b.out.actorNos = make([]ledger.EntityNo, 0, count)
	for e, there := range nodes {
		if there > 0 {
			nodes[e] = node(len(b.out.actorNos))
			b.out.actorNos = append(b.out.actorNos, ledger.EntityNo(e))
		}
	}
	return nodes
}

// turned is the adjacency from the other side, of so many nodes.
func (a *adjacency) turned(nodes int) adjacency {
	back := adjacency{make([]uint32, nodes+1), make([]link, len(a.links))}
	for _, l := range a.links {
		back.offsets[l.to()+1]++
	}
	for n := range nodes {
		back.offsets[n+1] += back.offsets[n]
	}
	next := slices.Clone(back.offsets[:nodes])
	for n := range node(len(a.offsets) - 1) {
		for _, l := range a.of(n) {
			back.links[next[l.to()]] = linkTo(n, l.strength())
			next[l.to()]++
		}
	}
	return back
}

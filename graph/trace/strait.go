package trace

import (
	"iter"
	"math/bits"
	"slices"

	"entente/graph/ledger"
)

// meetAt notes at which nodes the sides met: what both have in their last layers.
func (s *search) meetAt() {
	a, b := &s.sides[0], &s.sides[1]
	near, far := a, b
	if len(b.last()) < len(a.last()) {
		near, far = b, a
	}
	a.on = emptied(a.on, a.size)
	met := a.on[a.size-1]
	for _, n := range near.last() {
		if far.of(far.size-1, n) == markOf(far.size-1) {
			met = append(met, n)
		}
	}
	a.on[a.size-1] = met
}

// metWays is the number of shortest chains; false if it is too large to be counted so.
func (s *search) metWays() (total uint64, few bool) {
	a, b := &s.sides[0], &s.sides[1]
	few = !a.many && !b.many
	for _, n := range a.on[a.size-1] {
		over, ways := bits.Mul64(a.ways[(a.size-1)%2][n], b.ways[(b.size-1)%2][n])
		sum, more := bits.Add64(total, ways, 0)
		total, few = sum, few && over == 0 && more == 0
	}
	return total, few
}

// trace marks what lies on shortest chains between their beginning and where the sides met. Between there and the end that is whatever is one
// link nearer to the end.
func (s *search) trace() error {
	a := &s.sides[0]
	for _, n := range a.on[a.size-1] {
		a.marks[(a.size-1)%2][n] |= onChain
	}
	for layer := a.size - 2; layer >= 0; layer-- {
		find := s.onByLayer
		if s.toDo(layer+1, a.on[layer+1]) < a.looked[layer] {
			find = s.onByNext
		}
		if err := find(a, layer); err != nil {
			return err
		}
	}
	return nil
}

// onByLayer finds the nodes in a layer from which a link leads to one that is on a shortest chain in the next, by looking at all in the layer.
func (s *search) onByLayer(f *flood, layer int) error {
	next := markOf(layer+1) | onChain
	for _, n := range f.layers[layer] {
		links := s.linked(layer, n)
		if err := s.look(len(links)); err != nil {
			return err
		}
		if slices.ContainsFunc(links, func(l link) bool { return f.of(layer+1, l.to()) == next }) {
			f.marks[layer%2][n] |= onChain
			f.on[layer] = append(f.on[layer], n)
		}
	}
	return nil
}

// onByNext is onByLayer by looking at all that are on shortest chains in the next layer, which may have fewer links.
func (s *search) onByNext(f *flood, layer int) error {
	here := markOf(layer)
	for _, n := range f.on[layer+1] {
		links := s.linked(layer+1, n)
		if err := s.look(len(links)); err != nil {
			return err
		}
		for _, l := range links {
			if f.of(layer, l.to()) == here {
				f.marks[layer%2][l.to()] |= onChain
				f.on[layer] = append(f.on[layer], l.to())
			}
		}
	}
	return nil
}

// leadsOn reports whether a node that is linked to one on a shortest chain is the next on one, so many links from the beginning.
func (s *search) leadsOn(links int, n node) bool {
	a, b := &s.sides[0], &s.sides[1]
	if links < a.size {
		return a.of(links, n) == markOf(links)|onChain
	}
	toGo := 2*s.hops - links
	return b.of(toGo, n) == markOf(toGo)
}

// mayLeadOn are nodes among which are all that lie on shortest chains so many links from the beginning.
func (s *search) mayLeadOn(links int) []node {
	if a := &s.sides[0]; links < a.size {
		return a.on[links]
	}
	return s.sides[1].layers[2*s.hops-links]
}

// straitMoves yields the moves that lead on from a state where two sides met, in order. Whoever is met by chains, is by just one number of hops.
func (s *search) straitMoves(from state) iter.Seq2[move, error] {
	return func(yield func(move, error) bool) {
		hops := from.hops + 1
		meetings, err := s.nextMeetings(from.actor, 2*hops-1)
		if err != nil {
			yield(move{}, err)
			return
		}
		for m := range ascending(meetings) {
			links := s.actors(m.node())
			if err := s.look(len(links)); err != nil {
				yield(move{}, err)
				return
			}
			var actors []placing
			for _, l := range links {
				if s.leadsOn(2*hops, l.to()) {
					actors = append(actors, placingOf(s.actorEntity(l.to()), l.to()))
				}
			}
			for y := range ascending(actors) {
				if !yield(move{m.node(), dawn, state{hops, y.node(), none, dawn}}, nil) {
					return
				}
			}
		}
	}
}

// nextMeetings are the meetings by which an actor on a shortest chain goes on, so many links from the beginning.
func (s *search) nextMeetings(x node, links int) (meetings []placing, err error) {
	take := func(m node) { meetings = append(meetings, placingOf(s.meetingEntity(m), m)) }
	if may := s.mayLeadOn(links); perMeeting*len(may) < s.work(x) {
		for _, m := range may {
			there := s.actors(m)
			if err := s.look(len(there)); err != nil {
				return nil, err
			}
			if slices.ContainsFunc(there, func(l link) bool { return l.to() == x }) {
				take(m)
			}
		}
		return meetings, nil
	}
	all := s.meetings(x)
	if err := s.look(len(all)); err != nil {
		return nil, err
	}
	for _, l := range all {
		if s.leadsOn(links, l.to()) {
			take(l.to())
		}
	}
	return meetings, nil
}

// A placing is a node below the entity by which it has its place in answers.
type placing uint64

func placingOf(e ledger.EntityNo, n node) placing { return placing(e)<<32 | placing(n) }

func (p placing) node() node { return node(p) }

// ascending yields placings in order. The least is found by itself: often nobody wants another.
func ascending(list []placing) iter.Seq[placing] {
	return func(yield func(placing) bool) {
		if len(list) == 0 {
			return
		}
		least := 0
		for i := range list {
			if list[i] < list[least] {
				least = i
			}
		}
		list[0], list[least] = list[least], list[0]
		if !yield(list[0]) {
			return
		}
		slices.Sort(list[1:])
		for _, p := range list[1:] {
			if !yield(p) {
				return
			}
		}
	}
}

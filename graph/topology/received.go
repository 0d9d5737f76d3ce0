package topology

import "entente/graph/ledger"

// A Received claim is one as seen from its object, when a whole graph is gone over: no more is worked out than is asked for.
type Received struct {
	Object, Other ledger.EntityNo // Other is the subject
	Claim         ledger.ClaimNo
	Predicate     uint8
	Qualified     bool // as in an [Edge]

	stored edge
}

// Edge is the claim as [Snapshot.Edges] tells it.
func (s *Snapshot) Edge(r *Received) Edge { return s.edge(r.stored) }

// Received yields the standing claims with predicates from first to last that the entities from..to, to not among them, are the
// objects of: entity by entity, and of each by predicate and date. What is yielded is good until the next.
func (s *Snapshot) Received(from, to ledger.EntityNo, first, last uint8, yield func(*Received)) {
	var r Received
	each := func(x edge) bool {
		no := ledger.ClaimNo(x.claim)
		if no < s.claims && s.t.history.stands(no, s.commit) {
			r.Other, r.Claim, r.Predicate, r.Qualified, r.stored = ledger.EntityNo(x.other), no, x.slot()-inbound, x.key&flagQualified != 0, x
			yield(&r)
		}
		return true
	}
	l := s.t.state.Load()
	low := slotKey(inbound + first)
	for e := from; e < min(to, s.entities); e++ {
		r.Object = e
		if n := l.node(e); n != nil {
			n.each(inbound+first, inbound+last, each)
			continue
		}
		// The edges of most entities end before, which one look tells.
		edges := l.base.of(e)
		if len(edges) == 0 || edges[len(edges)-1].key < low {
			continue
		}
		for i := firstIn(edges, inbound+first); i < len(edges) && edges[i].slot() <= inbound+last; i++ {
			each(edges[i])
		}
	}
}

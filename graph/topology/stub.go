package topology

import (
	"slices"

	"entente/graph"
	"entente/graph/ledger"
)

// A Stub is a claim of a relation as seen from its subject or object, told by the edge almost alone. It is for those who walk many.
//
// It does not tell from which of the two it is seen, and where an edge's key tells that, its own tells whether the claim is accepted.
type Stub struct{ edge edge }

// acceptedKey marks the key of a stub whose claim is accepted.
const acceptedKey = uint32(inbound) << (dayShift + dayBits)

// stub makes a stub of an edge of either direction.
func (s *Snapshot) stub(x edge) Stub {
	if x.key |= acceptedKey; s.t.apart.get(x.claim) {
		x.key &^= acceptedKey
	}
	return Stub{x}
}

// Claim is the claim's number.
func (x Stub) Claim() ledger.ClaimNo { return ledger.ClaimNo(x.edge.claim) }

// Other is the entity at the other end, as the claim names it; [ledger.NoEntity] for a literal.
func (x Stub) Other() ledger.EntityNo { return ledger.EntityNo(x.edge.other) }

// Predicate is the predicate's code.
func (x Stub) Predicate() uint8 { return x.edge.slot() % inbound }

// Accepted reports whether the claim's stance is one of those that count as facts, as [Snapshot.Accepted] does.
func (x Stub) Accepted() bool { return x.edge.key&acceptedKey != 0 }

// Qualified reports whether the claim has a qualifier that names an entity, or asIndependent.
func (x Stub) Qualified() bool { return x.edge.key&flagQualified != 0 }

// Dated reports whether the claim has a date of its own, which [Snapshot.When] gives.
func (x Stub) Dated() bool {
	_, dated := x.edge.day()
	return dated
}

// Day is the day of a claim whose own date is just one day, without a doubt about it; false for one with another date, and for one
// without.
func (x Stub) Day() (graph.Day, bool) {
	day, dated := x.edge.day()
	return day, dated && x.edge.key&flagWhen == 0
}

// Later reports whether the claim's own date is later than a day in every reading. Of the stubs of one predicate that an entity has, in their order,
// all that are later come last.
func (x Stub) Later(day graph.Day) bool {
	own, dated := x.edge.day()
	return dated && own > max(day, -dayBias+1) // the least that a key has stands for any day up to it
}

// Compare orders stubs as an entity's lie: by predicate, date and number. Of the claims of several entities those that are accepted come last.
func (x Stub) Compare(y Stub) int { return compareEdges(x.edge, y.edge) }

// When is the date of a stub's claim; absent if it has none of its own.
func (s *Snapshot) When(x Stub) graph.Date { return s.when(x.edge) }

// Stubs appends the entity's standing claims with the predicates first to last, all of them relations, in the direction (Out or In), by
// predicate, date and number. Claims of every stance are among them.
func (s *Snapshot) Stubs(to []Stub, e ledger.EntityNo, first, last uint8, d Direction) []Stub {
	if d == In {
		first, last = first+inbound, last+inbound
	}
	l := s.t.state.Load()
	edges, whole := l.flat(e)
	if !whole {
		s.raw(e, first, last, false, func(x edge) bool {
			to = append(to, s.stub(x))
			return true
		})
		return to
	}
	// What stands and what a stub is are written out here and in [Course.Next]: calls in these loops take a tenth of a short question.
	history, apart := &s.t.history, &s.t.apart
	for i := firstIn(edges, first); i < len(edges) && edges[i].slot() <= last; i++ {
		x := edges[i]
		if no := ledger.ClaimNo(x.claim); no >= s.claims || history.some.near(x.claim) && !history.stood(no, s.commit) {
			continue
		}
		if x.key |= acceptedKey; apart.near(x.claim) && apart.bits.get(x.claim) {
			x.key &^= acceptedKey
		}
		to = append(to, Stub{x})
	}
	return to
}

// Others appends the entities at the other ends of the entity's claims with the predicates first to last, all of them relations, as the claims
// name them. Claims that have ended are among them: it is for those who look where something may be.
func (s *Snapshot) Others(to []ledger.EntityNo, e ledger.EntityNo, first, last uint8, d Direction) []ledger.EntityNo {
	if d == In {
		first, last = first+inbound, last+inbound
	}
	l := s.t.state.Load()
	edges, whole := l.flat(e)
	if !whole {
		l.each(e, first, last, func(x edge) bool {
			if ledger.ClaimNo(x.claim) < s.claims {
				to = append(to, ledger.EntityNo(x.other))
			}
			return true
		})
		return to
	}
	for i := firstIn(edges, first); i < len(edges) && edges[i].slot() <= last; i++ {
		if ledger.ClaimNo(edges[i].claim) < s.claims { // later ones may be of entities that the snapshot does not have
			to = append(to, ledger.EntityNo(edges[i].other))
		}
	}
	return to
}

// Receiving keeps of a list of entities, in its place, those to which a claim with the predicates first to last, all of them relations, may lead from
// another one, or count as if it did, as far as one look at each tells: it drops only those to which there is certainly none.
//
// Their edges lie wide apart in memory, and the processor waits for those of many at a time here, where it would wait for one after the other if
// they were asked for singly.
func (s *Snapshot) Receiving(list []ledger.EntityNo, from ledger.EntityNo, first, last uint8) []ledger.EntityNo {
	var keys [32]uint32 // the last ones: the claims that lead to an entity are at the end
	low := slotKey(first + inbound)
	l := s.t.state.Load()
	kept := list[:0]
	for some := range slices.Chunk(list, len(keys)) {
		for i, e := range some {
			if keys[i] = l.base.last(e); s.MayCountElsewhere(e) {
				keys[i] = ^uint32(0)
			}
		}
		for i, e := range some {
			if keys[i] == ^uint32(0) || (keys[i] >= low || l.node(e) != nil) && s.mayReceive(l, e, from, first, last) {
				kept = append(kept, e)
			}
		}
	}
	return kept
}

// mayReceive reports whether there may be a claim that leads to the entity from another one, or from somebody for whom that one may stand.
func (s *Snapshot) mayReceive(l *layout, e, from ledger.EntityNo, first, last uint8) bool {
	may := func(x *edge) bool {
		return x.other == uint32(from) || x.key&flagQualified != 0 || s.t.traits.elsewhere.get(x.other)
	}
	edges, whole := l.flat(e)
	if !whole {
		return !l.each(e, first+inbound, last+inbound, func(x edge) bool { return !may(&x) })
	}
	for i := firstIn(edges, first+inbound); i < len(edges) && edges[i].slot() <= last+inbound; i++ {
		if may(&edges[i]) {
			return true
		}
	}
	return false
}

// Accepted reports whether the claim's stance is one of those that count as facts.
func (s *Snapshot) Accepted(c ledger.ClaimNo) bool { return !s.t.apart.get(uint32(c)) }

// SourceNo is the number of a claim's source: claims of equal sources have the same, and numbers are dense.
func (s *Snapshot) SourceNo(c ledger.ClaimNo) uint32 { return *s.t.claimSource.at(uint32(c)) }

// Sources appends the sources of the stubs' claims, in their order. They lie wide apart in memory, and the processor waits for many of them at a
// time here, where it would wait for one after the other if they were asked for singly.
func (s *Snapshot) Sources(to []Source, of []Stub) []Source {
	var numbers [64]uint32
	for stubs := range slices.Chunk(of, len(numbers)) {
		for i, x := range stubs {
			numbers[i] = *s.t.claimSource.at(x.edge.claim)
		}
		for _, no := range numbers[:len(stubs)] {
			to = append(to, *s.t.sources.values.at(no))
		}
	}
	return to
}

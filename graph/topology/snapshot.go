package topology

import (
	"iter"
	"slices"
	"time"

	"github.com/google/uuid"

	"entente/graph"
	"entente/graph/ledger"
)

// A Snapshot is the graph as it was known at a commit. It never changes and costs nothing to keep. Entities are
// ledger numbers; unless said otherwise a method speaks of the one entity it is given and not of those merged with it.
type Snapshot struct {
	t        *Topology
	commit   uint64
	entities ledger.EntityNo
	claims   ledger.ClaimNo
}

// Commit is the snapshot's commit, 0 for the empty graph.
func (s *Snapshot) Commit() uint64 { return s.commit }

// Time is when the commit was made; the zero time for the empty graph.
func (s *Snapshot) Time() time.Time {
	if s.commit == 0 {
		return time.Time{}
	}
	return time.UnixMicro(s.t.commits.at(uint32(s.commit)).time).UTC()
}

// Entities and Claims count what the ledger held at the commit, claims that had ended included.
func (s *Snapshot) Entities() ledger.EntityNo { return s.entities }

// Claims counts the ledger's claims at the commit, those that had ended included.
func (s *Snapshot) Claims() ledger.ClaimNo { return s.claims }

// ID is the entity's own id.
func (s *Snapshot) ID(e ledger.EntityNo) graph.ID {
	return graph.ID(s.t.ids.at(*s.t.entities.at(uint32(e))))
}

// Entity finds an entity by its own id.
func (s *Snapshot) Entity(id graph.ID) (ledger.EntityNo, bool) { return s.ByUUID(id.UUID()) }

// ByUUID finds an entity by the UUID of its own id.
func (s *Snapshot) ByUUID(u uuid.UUID) (found ledger.EntityNo, ok bool) {
	s.t.byUUID.find(hashUUID(u), func(n uint32) bool {
		if e := ledger.EntityNo(n); e < s.entities && s.ID(e).UUID() == u {
			found, ok = e, true
		}
		return !ok
	})
	return found, ok
}

// External yields the entities that carry an external id, "scheme:value", and the claims that say so.
func (s *Snapshot) External(id string) iter.Seq2[ledger.EntityNo, ledger.ClaimNo] {
	return func(yield func(ledger.EntityNo, ledger.ClaimNo) bool) {
		s.t.byText.find(hashText(id), func(n uint32) bool {
			x := s.t.externals.at(n)
			if !s.Stands(x.claim) || !accepted(s.Source(x.claim).Stance) || s.t.texts.at(x.text) != id {
				return true
			}
			return yield(x.entity, x.claim)
		})
	}
}

// Candidates yields the claims that may have the id: nearly always one or none. The ledger tells which has it.
func (s *Snapshot) Candidates(id graph.ClaimID) iter.Seq[ledger.ClaimNo] {
	return func(yield func(ledger.ClaimNo) bool) {
		s.t.claimByID.find(hashClaim(id), func(n uint32) bool {
			return ledger.ClaimNo(n) >= s.claims || yield(ledger.ClaimNo(n))
		})
	}
}

// Stands reports whether the claim stands at the snapshot.
func (s *Snapshot) Stands(c ledger.ClaimNo) bool {
	return c < s.claims && s.t.history.stands(c, s.commit)
}

// CommitOf is the commit that a claim came with.
func (s *Snapshot) CommitOf(c ledger.ClaimNo) uint64 {
	low, high := uint64(1), s.commit
	for low < high {
		if mid := (low + high) / 2; s.t.commits.at(uint32(mid)).claims > c {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}

// Predicate is the claim's predicate code.
func (s *Snapshot) Predicate(c ledger.ClaimNo) uint8 { return *s.t.predicates.at(uint32(c)) }

// Source tells how the claim is meant and on whose word.
func (s *Snapshot) Source(c ledger.ClaimNo) Source {
	return *s.t.sources.values.at(*s.t.claimSource.at(uint32(c)))
}

// Said is the claim's own date of utterance; absent if it has none.
func (s *Snapshot) Said(c ledger.ClaimNo) graph.Date {
	if n, ok := s.t.saids.get(uint32(c)); ok {
		return *s.t.dates.values.at(n)
	}
	return graph.Date{}
}

// Principals lists on whose behalf the subject of a claim acted, as the claim names them, in ledger order; nil if it does not
// say.
func (s *Snapshot) Principals(c ledger.ClaimNo) (principals []ledger.EntityNo) {
	for e := range s.t.behalf.each(uint32(c)) {
		principals = append(principals, ledger.EntityNo(e))
	}
	slices.Sort(principals)
	return principals
}

// Regarded tells as what the claim recognizes its object: as part of an entity, as the claim names it, or as independent. Without
// either qualifier it is [ledger.NoEntity] and false.
func (s *Snapshot) Regarded(c ledger.ClaimNo) (asPartOf ledger.EntityNo, asIndependent bool) {
	asPartOf = ledger.NoEntity
	for e := range s.t.regarded.each(uint32(c)) {
		if e == uint32(ledger.NoEntity) {
			asIndependent = true
		} else {
			asPartOf = ledger.EntityNo(e)
		}
	}
	return asPartOf, asIndependent
}

// Delegated reports whether a claim says on whose behalf its subject acted.
func (s *Snapshot) Delegated(c ledger.ClaimNo) bool {
	_, ok := s.t.behalf.get(uint32(c))
	return ok
}

// A Direction says at which end of a claim an entity stands.
type Direction uint8

const (
	// Out edges are claims that the entity is the subject of.
	Out Direction = iota
	// In edges are claims that the entity is the object of.
	In
	// Mention edges are claims that name the entity in a qualifier.
	Mention
)

// An Edge is a claim as seen from one of its entities.
type Edge struct {
	Claim ledger.ClaimNo
	// Other is the object of an Out edge, [ledger.NoEntity] for a literal, and the subject of an In or Mention edge.
	Other     ledger.EntityNo
	Predicate uint8
	Direction Direction
	Qualifier uint8 // of a Mention
	Qualified bool  // the claim has a qualifier that names an entity, or asIndependent
	When      graph.Date
}

// Edges yields the entity's standing claims with the predicate in the direction (Out or In), by date and then
// number. Claims of every stance are among them.
func (s *Snapshot) Edges(e ledger.EntityNo, predicate uint8, d Direction) iter.Seq[Edge] {
	return s.Between(e, predicate, predicate, d)
}

// Between is Edges of several predicates whose codes lie side by side, from first to last, by predicate first.
func (s *Snapshot) Between(e ledger.EntityNo, first, last uint8, d Direction) iter.Seq[Edge] {
	if d == In {
		first, last = first+inbound, last+inbound
	}
	return s.edges(e, first, last, false)
}

// Mentions yields the standing claims that name the entity in the qualifier.
func (s *Snapshot) Mentions(e ledger.EntityNo, qualifier uint8) iter.Seq[Edge] {
	return s.edges(e, mentioned+qualifier, mentioned+qualifier, false)
}

// All yields every claim about the entity as subject, object or in a qualifier, by predicate and date; those that
// have ended only if asked for.
func (s *Snapshot) All(e ledger.EntityNo, ended bool) iter.Seq[Edge] {
	return s.edges(e, 0, 255, ended)
}

// Within is All without those that stand and whose own date is a single day outside of a stretch of days: most of what does not
// belong into a narrow one. Claims of dates are left in whatever their own date, for it is not what they tell.
func (s *Snapshot) Within(e ledger.EntityNo, from, to graph.Day) iter.Seq[Edge] {
	return func(yield func(Edge) bool) {
		s.raw(e, 0, 255, false, func(x edge) bool {
			if x.key&flagWhen == 0 {
				if day, ok := x.day(); ok && (day < from || day > to) {
					if p := s.Predicate(ledger.ClaimNo(x.claim)); p != dateCode && p != publishedCode {
						return true
					}
				}
			}
			return yield(s.edge(x))
		})
	}
}

func (s *Snapshot) edges(e ledger.EntityNo, first, last slot8, ended bool) iter.Seq[Edge] {
	return func(yield func(Edge) bool) {
		s.raw(e, first, last, ended, func(x edge) bool { return yield(s.edge(x)) })
	}
}

// raw yields edges as stored, those that the snapshot knows.
func (s *Snapshot) raw(e ledger.EntityNo, first, last slot8, ended bool, yield func(edge) bool) {
	s.t.state.Load().each(e, first, last, func(x edge) bool {
		no := ledger.ClaimNo(x.claim)
		return no >= s.claims || !ended && !s.t.history.stands(no, s.commit) || yield(x)
	})
}

func (s *Snapshot) edge(x edge) Edge {
	out := Edge{Claim: ledger.ClaimNo(x.claim), Other: ledger.EntityNo(x.other), Qualified: x.key&flagQualified != 0}
	out.Predicate = s.Predicate(out.Claim)
	switch slot := x.slot(); {
	case slot >= mentioned:
		out.Direction, out.Qualifier, out.Qualified = Mention, slot-mentioned, true
	case slot >= inbound:
		out.Direction = In
	default:
		if info := graph.PredicateOf(out.Predicate); info == nil || !info.Relation {
			out.Other = ledger.NoEntity
		}
	}
	out.When = s.when(x)
	return out
}

// when is the claim's own date.
func (s *Snapshot) when(x edge) graph.Date {
	if x.key&flagWhen != 0 {
		if n, ok := s.t.whens.get(x.claim); ok {
			return *s.t.dates.values.at(n)
		}
	}
	if day, ok := x.day(); ok {
		return day.Date()
	}
	return graph.Date{}
}

// Group is the entity that stands for all that e is merged with: e itself if it is not merged.
func (s *Snapshot) Group(e ledger.EntityNo) ledger.EntityNo {
	return s.t.groups.first(e, s.commit)
}

// Members lists the entities that are one with e, e among them, in ledger order. The caller must not change it.
//
// It is short enough to be compiled into its callers, where the list of an entity that is not merged needs no memory.
func (s *Snapshot) Members(e ledger.EntityNo) []ledger.EntityNo {
	if members := s.t.groups.members(e, s.commit); members != nil {
		return members
	}
	return []ledger.EntityNo{e}
}

// Alone reports whether e is merged with no other.
func (s *Snapshot) Alone(e ledger.EntityNo) bool {
	_, merged := s.t.groups.at(e, s.commit)
	return !merged
}

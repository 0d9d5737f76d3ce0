package topology

import (
	"sync/atomic"

	"entente/graph"
	"entente/graph/ledger"
)

// Traits are what a walk asks of every entity that it comes to, kept so that the answer takes one look instead of one at the edges and one
// at each source: the kind, the date and the name where there is just one claim of each, and which sorts of edges there are none of.
// Where an entity is out of the ordinary they say so, and its edges tell.
//
// What tells of one thing is one word, so that a reader sees all of it or nothing. A word of a kind, a date or a name names the claim that it rests on, by which a
// reader whose snapshot is older, or at which the claim does not stand, knows that it tells him nothing.
type traits struct {
	of column[trait]
	// Entities that may have edges of these sorts, a bit each, for those who ask of many.
	elsewhere, partaking bitset
}

// A trait is what is kept of one entity; all of it lies together.
type trait struct {
	kind, date, name atomic.Uint64
	sorts            atomic.Uint32
	courses          atomic.Uint32 // one more than the place of the entity's courses, 0 if none was asked for
}

// A word is 0 where there is no claim, manyClaims where one is not enough to tell, and else the claim's number, plus one, in the high half
// and what it says in the low half.
const manyClaims = ^uint64(0)

// A Sort is a set of sorts of edges, whatever their stance and whether or not they stand.
type Sort uint32

// The sorts of edges.
const (
	Adopting    Sort = 1 << iota // adoptedAt, from either end
	StandingFor                  // by which an actor may stand for another: represents, leads, partOf, and contributedTo for a force
	Standing                     // the same from the other end, and onBehalfOf in claims of others
	Taking                       // ties to meetings
	Represented                  // onBehalfOf in claims of others, alone
	Backed                       // from those who may have had parts in meetings for the entity: on its behalf, or standing for it
	merging                      // sameAs
)

// elsewhere are the sorts by which what is said of an entity may count for another.
const elsewhere = Adopting | StandingFor | merging

// exactDay marks the low half of a word of dates as a day; any other is the number of a date. publication marks the one claim as one of when
// the entity was published: an entity that has such a claim and one of a date, too, has many.
const (
	exactDay    = 1 << 31
	publication = 1 << 30
)

// note enters a claim.
func (t *Topology) noteTraits(no ledger.ClaimNo, c *ledger.HotClaim, literal uint32) {
	x := &t.traits
	switch info := graph.PredicateOf(c.Predicate); {
	case info == nil:
	case info.Tie:
		t.partake(c.From, Taking)
	case info.Code == kindCode:
		note(&x.at(c.From).kind, no, literal, accepted(c.Stance))
	case info.Code == nameCode:
		// A name with dates of its own is not that of every day.
		note(&x.at(c.From).name, no, literal, accepted(c.Stance) && c.When.IsZero())
	case info.Code == dateCode || info.Code == publishedCode:
		if literal != noOther {
			literal = packDate(literal, *t.dates.values.at(literal))
			if info.Code == publishedCode {
				literal |= publication
			}
		}
		t.movesOn(c.From)
		note(&x.at(c.From).date, no, literal, accepted(c.Stance))
	case info.Name == graph.AdoptedAt:
		x.sort(c.From, Adopting)
		x.sort(c.To, Adopting)
	case info.Upward:
		t.standFor(c.From, c.To)
	case info.Name == graph.ContributedTo:
		t.standFor(c.To, c.From)
	case info.Name == graph.SameAs:
		t.movesOn(c.From)
		t.movesOn(c.To)
		t.partake(c.From, merging)
		t.partake(c.To, merging)
	}
	for i := range c.Qualifiers {
		if q := &c.Qualifiers[i]; q.Name == onBehalfOf {
			t.partake(q.Entity, Standing|Represented|Backed)
		}
	}
}

// at is the trait of an entity, for the writer.
func (x *traits) at(e ledger.EntityNo) *trait {
	x.of.reach(int(e) + 1)
	return x.of.at(uint32(e))
}

// tells reports whether one claim alone told the date of an entity before its commit, for the writer.
func (x *traits) tells(e ledger.EntityNo) bool {
	if int(e) >= x.of.n {
		return false
	}
	word := x.of.at(uint32(e)).date.Load()
	return word != 0 && word != manyClaims
}

// note enters a claim of a kind, a date or a name into a word.
func note(word *atomic.Uint64, no ledger.ClaimNo, says uint32, fact bool) {
	if word.Load() != 0 || !fact || says == noOther {
		word.Store(manyClaims)
		return
	}
	word.Store(uint64(no+1)<<32 | uint64(says))
}

func (x *traits) sort(e ledger.EntityNo, s Sort) {
	if e == ledger.NoEntity {
		return
	}
	x.at(e).sorts.Or(uint32(s))
	if s&elsewhere != 0 {
		x.elsewhere.set(uint32(e))
	}
}

// packDate is what a word tells of a date of a number.
func packDate(no uint32, d graph.Date) uint32 {
	if day, ok := d.Exact(); ok && day > -dayBias && day < dayBias {
		return exactDay | uint32(day+dayBias)
	}
	return no
}

// trait is what is kept of an entity; nil if there is nothing.
func (s *Snapshot) trait(e ledger.EntityNo) *trait {
	if !s.t.traits.of.has(uint32(e)) {
		return nil
	}
	return s.t.traits.of.at(uint32(e))
}

// told is what the one claim says of which a word of an entity's trait tells; ok is false if the edges have to be asked.
func (s *Snapshot) told(x *trait, word uint64) (says uint32, ok bool) {
	no := ledger.ClaimNo(word>>32) - 1
	if word == 0 || word == manyClaims || no >= s.claims || s.t.history.some.get(uint32(no)) || Sort(x.sorts.Load())&merging != 0 {
		return 0, false
	}
	return uint32(word), true
}

// Sorts are the sorts of edges of which the entity may have some. It has none of the others.
func (s *Snapshot) Sorts(e ledger.EntityNo) Sort {
	if x := s.trait(e); x != nil {
		return Sort(x.sorts.Load())
	}
	return 0
}

// MayCountElsewhere reports whether what is said of the entity may count for another one: one that it is merged with, or that it stands for
// as an actor, or that is the same meeting, since one was adopted at the other. It is so if any claim says so, standing or not. Of
// nearly all there is none, and asking takes no time.
func (s *Snapshot) MayCountElsewhere(e ledger.EntityNo) bool {
	return s.t.traits.elsewhere.get(uint32(e))
}

// toldKind, toldDate and toldAppearance are what an entity's trait tells of its kind, of its date, and of its date whether it is that of its publication
// or not.
func (s *Snapshot) toldKind(e ledger.EntityNo) (says uint32, ok bool) {
	if x := s.trait(e); x != nil {
		return s.told(x, x.kind.Load())
	}
	return 0, false
}

func (s *Snapshot) toldDate(e ledger.EntityNo) (says uint32, ok bool) {
	if x := s.trait(e); x != nil {
		says, ok = s.told(x, x.date.Load())
	}
	return says, ok && says&publication == 0
}

func (s *Snapshot) toldAppearance(e ledger.EntityNo) (says uint32, ok bool) {
	if x := s.trait(e); x != nil {
		says, ok = s.told(x, x.date.Load())
	}
	return says &^ publication, ok
}

// saidDate is the date that the low half of a word of dates says.
func (s *Snapshot) saidDate(says uint32) graph.Date {
	if says&exactDay != 0 {
		return dayOf(says).Date()
	}
	return *s.t.dates.values.at(says)
}

func dayOf(says uint32) graph.Day { return graph.Day(int32(says&^exactDay) - dayBias) }

// Day is the day of an entity whose date is just one day, without a doubt about it; false for any other, and for some that have one, of
// which [Snapshot.Date] tells.
func (s *Snapshot) Day(e ledger.EntityNo) (graph.Day, bool) {
	says, ok := s.toldDate(e)
	return dayOf(says), ok && says&exactDay != 0
}

// Name is the name of an entity that has just one, on every day; false for any other, of which [Snapshot.Values] tells.
func (s *Snapshot) Name(e ledger.EntityNo) (string, bool) {
	if x := s.trait(e); x != nil {
		if says, ok := s.told(x, x.name.Load()); ok {
			return s.t.names.Text(says), true
		}
	}
	return "", false
}

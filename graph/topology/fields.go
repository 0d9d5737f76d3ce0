package topology

import (
	"cmp"
	"iter"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology/names"
)

// A Value is one claimed value of a field.
type Value struct {
	Claim ledger.ClaimNo
	Text  string          // of a literal
	Other ledger.EntityNo // of a relation, the group of it; otherwise [ledger.NoEntity]
	Date  graph.Date      // of a date
	When  graph.Date      // when the claim holds
}

// Values lists what stands claimed of a field with an accepted stance, for all that e is merged with, best first:
// what is asserted before what is implied, then what most claimants say, then what was said last, then what is
// claimed of the entity that stands for those it is merged with, then the earliest claim. It serves names, ids, kinds, event types, stages, statuses, dates and relations; other literals have no
// text here and are read from the ledger.
func (s *Snapshot) Values(e ledger.EntityNo, predicate graph.Predicate) []Value {
	info := predicate.Info()
	var values []Value
	var own map[ledger.ClaimNo]bool // only what is merged needs it
	members, first := s.Members(e), s.Group(e)
	if len(members) > 1 {
		own = make(map[ledger.ClaimNo]bool)
	}
	for _, m := range members {
		s.raw(m, info.Code, info.Code, false, func(x edge) bool {
			if accepted(s.Source(ledger.ClaimNo(x.claim)).Stance) {
				values = append(values, s.value(info, x))
				if own != nil {
					own[ledger.ClaimNo(x.claim)] = m == first
				}
			}
			return true
		})
	}
	if len(values) > 1 {
		s.rank(values, own)
	}
	return values
}

func (s *Snapshot) value(info *graph.PredicateInfo, x edge) Value {
	v := Value{Claim: ledger.ClaimNo(x.claim), Other: ledger.NoEntity, When: s.when(x)}
	if info.Relation && x.other != noOther {
		v.Other = s.Group(ledger.EntityNo(x.other))
		return v
	}
	if x.other == noOther {
		return v
	}
	switch info.Literal {
	case graph.NameLiteral:
		if info.Name == graph.Stage || info.Name == graph.Status {
			v.Text = s.t.texts.at(x.other)
		} else {
			v.Text = s.t.names.Text(x.other)
		}
	case graph.ExternalIDLiteral:
		v.Text = s.t.texts.at(s.t.externals.at(x.other).text)
	case graph.KindLiteral:
		kind, _ := graph.KindOf(uint8(x.other))
		v.Text = string(kind)
	case graph.EventTypeLiteral:
		v.Text = s.t.texts.at(x.other)
	case graph.DateLiteral:
		v.Date = *s.t.dates.values.at(x.other)
		v.Text = v.Date.String()
	}
	return v
}

// rank sorts values best first; see [Snapshot.Values].
func (s *Snapshot) rank(values []Value, own map[ledger.ClaimNo]bool) {
	type key struct {
		text  string
		other ledger.EntityNo
	}
	type score struct {
		asserted  bool
		claimants map[ledger.EntityNo]bool
		said      graph.Day
		own       bool
		first     ledger.ClaimNo
	}
	scores := make(map[key]*score)
	of := func(v Value) *score { return scores[key{v.Text, v.Other}] }
	for _, v := range values {
		sc := of(v)
		if sc == nil {
			sc = &score{claimants: make(map[ledger.EntityNo]bool), said: graph.DayMin, first: v.Claim}
			scores[key{v.Text, v.Other}] = sc
		}
		source := s.Source(v.Claim)
		sc.asserted = sc.asserted || source.Stance == graph.Asserted.Code()
		if source.Claimant != ledger.NoEntity {
			sc.claimants[s.Group(source.Claimant)] = true
		}
		sc.said = max(sc.said, s.saidDay(v.Claim, source))
		sc.own = sc.own || own[v.Claim]
		sc.first = min(sc.first, v.Claim)
	}
	slices.SortFunc(values, func(a, b Value) int {
		x, y := of(a), of(b)
		return cmp.Or(
			trueFirst(x.asserted, y.asserted),
			cmp.Compare(len(y.claimants), len(x.claimants)),
			cmp.Compare(y.said, x.said),
			trueFirst(x.own, y.own),
			cmp.Compare(x.first, y.first),
			cmp.Compare(a.Claim, b.Claim),
		)
	})
}

func trueFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// IsMeeting reports whether actors come together in the entity: an agreement, or an event of a meeting type.
func (s *Snapshot) IsMeeting(e ledger.EntityNo) bool {
	switch s.Kind(e) {
	case graph.Agreement:
		return true
	case graph.Event:
		types := s.Values(e, graph.EventTypeOf)
		return len(types) > 0 && graph.EventType(types[0].Text).Meeting()
	}
	return false
}

// Kind is the best of the kinds claimed of the entity, empty if none is.
func (s *Snapshot) Kind(e ledger.EntityNo) graph.Kind {
	if says, ok := s.toldKind(e); ok {
		kind, _ := graph.KindOf(uint8(says)) // of a newer version it may be none
		return kind
	}
	if kinds := s.Kinds(e); len(kinds) > 0 {
		return kinds[0]
	}
	return ""
}

// Kinds lists the kinds claimed of the entity, best first, without repetition.
func (s *Snapshot) Kinds(e ledger.EntityNo) []graph.Kind {
	var kinds []graph.Kind
	for _, v := range s.Values(e, graph.KindPredicate) {
		if k := graph.Kind(v.Text); k != "" && !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// Declared lists the kinds by which the entity counts as declared: those that stand, or else the last one of those that
// have ended, for whoever was declared once stays so. It is empty for what nobody has declared. The list is the caller's.
func (s *Snapshot) Declared(e ledger.EntityNo) []graph.Kind {
	kinds := s.Kinds(e)
	if len(kinds) == 0 {
		if last := s.LastKind(e); last != "" {
			kinds = append(kinds, last)
		}
	}
	return kinds
}

// LastKind is the kind that was claimed last of an entity whose claims of a kind have all ended.
func (s *Snapshot) LastKind(e ledger.EntityNo) (kind graph.Kind) {
	last := ledger.ClaimNo(0)
	for _, m := range s.Members(e) {
		s.raw(m, kindCode, kindCode, true, func(x edge) bool {
			if c := ledger.ClaimNo(x.claim); accepted(s.Source(c).Stance) && (kind == "" || c > last) {
				last = c
				kind, _ = graph.KindOf(uint8(x.other))
			}
			return true
		})
	}
	return kind
}

// A NameHit is a name that a search found.
type NameHit struct {
	Entity ledger.EntityNo // the entity the name is claimed of
	Claim  ledger.ClaimNo
	Text   string
	Score  float64
}

// Search finds standing names. Rank weighs an entity's name, ok false leaves it out; it is asked only for names that
// stand with an accepted stance.
func (s *Snapshot) Search(text string, fuzzy bool, limit int, rank func(ledger.EntityNo, ledger.ClaimNo) (weight float32, ok bool)) iter.Seq[NameHit] {
	return func(yield func(NameHit) bool) {
		s.t.Wait()
		hits := s.t.names.Search(names.Query{
			Text: text, Fuzzy: fuzzy, Prefix: true, Limit: limit,
			Rank: func(n uint32) (float32, bool) {
				name := s.t.named.at(n)
				if name.claim >= s.claims || !s.Stands(name.claim) || !accepted(s.Source(name.claim).Stance) {
					return 0, false
				}
				return rank(name.entity, name.claim)
			},
		})
		for _, h := range hits {
			name := s.t.named.at(h.Name)
			if !yield(NameHit{name.entity, name.claim, s.t.names.Text(h.Name), h.Score}) {
				return
			}
		}
	}
}

// Degree counts the entity's edges, those that have ended included: a measure of how much is said of it. At a snapshot
// that is not the newest it takes time in proportion.
func (s *Snapshot) Degree(e ledger.EntityNo) int {
	n := s.t.state.Load().degree(e)
	if s.t.inserting.Load() <= s.commit {
		return n // no edge of a later commit had got there when n was read
	}
	n = 0
	s.raw(e, 0, 255, true, func(edge) bool {
		n++
		return true
	})
	return n
}

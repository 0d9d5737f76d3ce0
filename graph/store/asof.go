package store

import (
	"context"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// accepts reports whether the claim is meant in one of the stances; none given are those that count as facts,
// asserted and implied.
func (v *View) accepts(c ClaimNo, stances []graph.Stance) bool {
	stance, ok := graph.StanceOf(v.snap.Source(c).Stance)
	if !ok {
		return false
	}
	if stances == nil {
		return stance == graph.Asserted || stance == graph.Implied
	}
	return slices.Contains(stances, stance)
}

// onDay reports whether a claim that holds when counts on the view's day.
func (v *View) onDay(info *graph.PredicateInfo, when graph.Date) bool {
	return info.Counts(when, v.asOf)
}

// tieWhen is when a tie happened: its own date, else that of its meeting.
func (v *View) tieWhen(own graph.Date, meeting Entity) graph.Date {
	if !own.IsZero() {
		return own
	}
	return v.snap.Date(meeting)
}

// holdsEdge reports whether an edge of a relation that is no tie counts on the view's day.
func (v *View) holdsEdge(x topology.Edge) bool {
	return v.onDay(graph.PredicateOf(x.Predicate), x.When)
}

// later reports whether a begins after b; what has no date begins before all.
func later(a, b graph.Date) bool {
	return !a.IsZero() && (b.IsZero() || a.Earliest() > b.Earliest())
}

func (v *View) sameEntity(a, b ledger.EntityNo) bool {
	if a == NoEntity || b == NoEntity {
		return a == b
	}
	return v.snap.Group(a) == v.snap.Group(b)
}

// A succession tells which claims count on the view's day. Of what lasts it finds those that a later claim of the same
// claimant about the same thing replaces: of the subject's only value, or of the relation of the same two entities. It is
// asked about many claims, in stretches, so each subject's claims are walked once and rivals are read together.
type succession struct {
	v      *View
	edges  map[successionKey][]topology.Edge
	walked map[successionKey]bool // by subject and predicate
}

type successionKey struct {
	predicate       uint8
	subject, object Entity
}

func newSuccession(v *View) *succession {
	return &succession{v, make(map[successionKey][]topology.Edge), make(map[successionKey]bool)}
}

// counting tells of each claim whether it counts.
func (s *succession) counting(ctx context.Context, claims []Claim) ([]bool, error) {
	counts := make([]bool, len(claims))
	rivals := make(map[int][]ClaimNo)
	var nos []ClaimNo
	for i := range claims {
		c := &claims[i]
		info := c.Predicate.Info()
		when := c.When
		if info.Tie {
			when = s.v.tieWhen(c.When, c.Object)
		}
		counts[i] = s.v.onDay(info, when)
		if counts[i] && !s.v.asOf.IsZero() && info.Aspect == graph.Lasting && info.Single {
			counts[i], rivals[i] = s.unrivalled(c, info)
			nos = append(nos, rivals[i]...)
		}
	}
	slices.Sort(nos)
	nos = slices.Compact(nos)
	read, err := s.v.ReadClaims(ctx, nos)
	if err != nil {
		return nil, err
	}
	for i := range rivals {
		for _, no := range rivals[i] {
			at, _ := slices.BinarySearch(nos, no)
			counts[i] = counts[i] && !s.v.otherwise(&read[at], &claims[i])
		}
	}
	return counts, nil
}

// unrivalled is false if memory tells that a later claim says otherwise; rivals are those that have to be read for it.
func (s *succession) unrivalled(c *Claim, info *graph.PredicateInfo) (counts bool, rivals []ClaimNo) {
	s.walk(c.Subject, info)
	_, part := c.Qualifier(graph.AsPartOf)
	_, independent := c.Qualifier(graph.AsIndependent)
	for _, x := range s.edges[successionKey{info.Code, c.Subject, c.Object}] {
		source := s.v.snap.Source(x.Claim)
		switch {
		case x.Claim == c.No || !later(x.When, c.When) || !s.v.sameEntity(source.Claimant, c.ClaimantEntity):
		case source.Stance != c.Stance.Code():
			return false, nil
		case c.Object == NoEntity || part || independent || x.Qualified:
			rivals = append(rivals, x.Claim)
		}
	}
	return true, rivals
}

// walk gathers the subject's dated claims of the predicate, by object.
func (s *succession) walk(subject Entity, info *graph.PredicateInfo) {
	key := successionKey{info.Code, subject, NoEntity}
	if s.walked[key] {
		return
	}
	s.walked[key] = true
	for _, m := range s.v.snap.Members(subject) {
		for x := range s.v.snap.Edges(m, info.Code, topology.Out) {
			if !x.When.IsZero() && s.v.onDay(info, x.When) {
				key.object = s.v.group(x.Other)
				s.edges[key] = append(s.edges[key], x)
			}
		}
	}
}

// otherwise reports whether two claims about one thing say different things.
func (v *View) otherwise(a, b *Claim) bool {
	if a.Value != b.Value || a.Stance != b.Stance {
		return true
	}
	for _, name := range []graph.QualifierName{graph.AsPartOf, graph.AsIndependent} {
		x, _ := a.Qualifier(name)
		y, _ := b.Qualifier(name)
		if x.Value != y.Value || (x.Entity == "") != (y.Entity == "") {
			return true
		}
		if x.Entity != "" {
			m, _ := v.Entity(x.Entity)
			n, _ := v.Entity(y.Entity)
			if m != n {
				return true
			}
		}
	}
	return false
}

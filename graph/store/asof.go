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

// onDay reports whether a claim that holds when counts on the view's day, by the aspect of its predicate: what
// happened is there from its earliest day on, what spans a time if the day may lie in it, what lasts from its
// earliest day on. A claim without a date may always count.
func (v *View) onDay(info *graph.PredicateInfo, when graph.Date) bool {
	if v.asOf.IsZero() || when.IsZero() {
		return true
	}
	if info.Aspect == graph.Span && when.Latest() < v.asOf.Earliest() {
		return false
	}
	return when.Earliest() <= v.day
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

// holding drops the values that do not count on the view's day: those of another time, and those that a later
// claim of the same claimant replaces.
func (v *View) holding(p graph.Predicate, values []topology.Value) []topology.Value {
	info := p.Info()
	var kept []topology.Value
	for _, value := range values {
		if v.onDay(info, value.When) && !(info.Single && v.outlived(info, value, values)) {
			kept = append(kept, value)
		}
	}
	return kept
}

// outlived reports whether another value of the same claimant took the place of this one by the view's day. Relations have
// no text and are never outlived here: one to another entity is about another thing.
func (v *View) outlived(info *graph.PredicateInfo, value topology.Value, values []topology.Value) bool {
	claimant := v.snap.Source(value.Claim).Claimant
	for _, other := range values {
		if later(other.When, value.When) && v.onDay(info, other.When) &&
			v.sameEntity(v.snap.Source(other.Claim).Claimant, claimant) && other.Text != value.Text {
			return true
		}
	}
	return false
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

// counts reports whether a whole claim counts on the view's day.
func (v *View) counts(ctx context.Context, c *Claim) (bool, error) {
	if v.asOf.IsZero() {
		return true, nil
	}
	info := c.Predicate.Info()
	when := c.When
	if info.Tie {
		when = v.tieWhen(c.When, c.Object)
	}
	if !v.onDay(info, when) {
		return false, nil
	}
	if info.Aspect != graph.Lasting || !info.Single {
		return true, nil
	}
	replaced, err := v.replaced(ctx, c, info)
	return !replaced, err
}

// replaced reports whether a later claim of the same claimant about the same thing says otherwise by the view's
// day. The same thing is the subject's only value, or the relation of the same two entities.
func (v *View) replaced(ctx context.Context, c *Claim, info *graph.PredicateInfo) (bool, error) {
	var rivals []ClaimNo
	for _, m := range v.snap.Members(c.Subject) {
		for x := range v.snap.Edges(m, info.Code, topology.Out) {
			if x.Claim != c.No && later(x.When, c.When) && v.onDay(info, x.When) &&
				v.sameEntity(v.snap.Source(x.Claim).Claimant, c.ClaimantEntity) &&
				(c.Object == NoEntity || v.sameEntity(x.Other, c.Object)) {
				rivals = append(rivals, x.Claim)
			}
		}
	}
	if len(rivals) == 0 {
		return false, nil
	}
	claims, err := v.ReadClaims(ctx, rivals)
	if err != nil {
		return false, err
	}
	for i := range claims {
		if v.otherwise(&claims[i], c) {
			return true, nil
		}
	}
	return false, nil
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

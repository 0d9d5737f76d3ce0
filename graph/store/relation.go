package store

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"

	"github.com/google/uuid"

	"entente/graph"
	"entente/graph/topology"
)

// A RelationFilter asks for an entity's relations of one predicate, from the subject's end or, inverse, the object's.
type RelationFilter struct {
	Entity    Entity
	Predicate graph.Predicate
	Inverse   bool
	Stances   []graph.Stance // nil: asserted and implied
}

// A Relation is one relation of two entities with all claims that say so.
type Relation struct {
	ID              string // the same for the same relation at every commit
	Predicate       graph.Predicate
	Subject, Object Entity
	When            graph.Date // the one-of set of all that are claimed; absent if none is
	Capacity        string
	Under           []Entity // the texts under which a force is deployed
	Stance          graph.Stance
	Inferred        bool // every claim is an inference
	Disputed        bool // somebody denies it
	Claims          []ClaimNo
}

// Relations lists relations that count on the view's day by date, then by claim. Relations without a literal
// object only: a reference in words has no second entity.
func (v *View) Relations(ctx context.Context, f RelationFilter) ([]Relation, error) {
	info := f.Predicate.Info()
	direction := topology.Out
	if f.Inverse {
		direction = topology.In
	}
	var nos []ClaimNo
	for _, m := range v.snap.Members(f.Entity) {
		for x := range v.snap.Edges(m, info.Code, direction) {
			if x.Other != NoEntity {
				nos = append(nos, x.Claim)
			}
		}
	}
	claims, err := v.ReadClaims(ctx, nos)
	if err != nil {
		return nil, err
	}
	byEnds := make(map[[2]Entity][]Claim)
	denied := make(map[[2]Entity]bool)
	counts, err := newSuccession(v).counting(ctx, claims)
	if err != nil {
		return nil, err
	}
	for i := range claims {
		c := &claims[i]
		ends := [2]Entity{c.Subject, c.Object}
		if counts[i] && v.accepts(c.No, f.Stances) {
			byEnds[ends] = append(byEnds[ends], *c)
		} else if counts[i] && c.Stance == graph.Denied {
			denied[ends] = true
		}
	}
	var relations []Relation
	for ends, own := range byEnds {
		relation := v.relation(info, own)
		relation.Disputed = denied[ends]
		relations = append(relations, relation)
	}
	slices.SortFunc(relations, func(a, b Relation) int {
		return cmp.Or(cmp.Compare(a.When.Earliest(), b.When.Earliest()), cmp.Compare(a.Claims[0], b.Claims[0]))
	})
	return relations, nil
}

func (v *View) relation(info *graph.PredicateInfo, claims []Claim) Relation {
	slices.SortFunc(claims, func(a, b Claim) int { return cmp.Compare(a.No, b.No) })
	r := Relation{
		Predicate: info.Name, Subject: claims[0].Subject, Object: claims[0].Object,
		Stance: strongest(claims), Inferred: allInferred(claims),
	}
	var dates []graph.Date
	for i := range claims {
		c := &claims[i]
		r.Claims = append(r.Claims, c.No)
		if !c.When.IsZero() {
			dates = append(dates, c.When)
		}
		if q, ok := c.Qualifier(graph.Capacity); ok && r.Capacity == "" {
			r.Capacity = q.Value
		}
		for _, q := range c.Qualifiers {
			if e, ok := v.Entity(q.Entity); q.Name == graph.Under && ok && !slices.Contains(r.Under, e) {
				r.Under = append(r.Under, e)
			}
		}
	}
	r.When = graph.OneOf(dates...)
	subject, object := v.UUID(r.Subject), v.UUID(r.Object)
	key := binary.BigEndian.AppendUint16(append(subject[:], object[:]...), uint16(info.Code))
	r.ID = "relation:" + uuid.NewSHA1(uuid.Nil, key).String()
	return r
}

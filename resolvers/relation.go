package resolvers

import (
	"context"

	"entente/graph"
	"entente/graph/store"
)

// Relation is a relation between two entities, such as who leads whom. Claims of the same predicate between the same two are
// one relation.
type Relation struct {
	evidence evidence

	ID              ID
	Predicate       string
	Subject, Object *Entity
	When            *Date
	WhenBounds      *DateBounds
	Capacity        *string
	Stance          string
	Inferred        bool
	Disputed        bool
	ClaimCount      int32
}

// atArgs is the argument of what is asked at a moment.
type atArgs struct{ At *atInput }

// Leaders are those who lead the entity.
func (e *Entity) Leaders(ctx context.Context, args atArgs) ([]*Relation, error) {
	return e.relations(ctx, args.At, graph.Leads, true)
}

// Leads are those whom the entity leads.
func (e *Entity) Leads(ctx context.Context, args atArgs) ([]*Relation, error) {
	return e.relations(ctx, args.At, graph.Leads, false)
}

// Represents are those whom the entity acts for.
func (e *Entity) Represents(ctx context.Context, args atArgs) ([]*Relation, error) {
	return e.relations(ctx, args.At, graph.Represents, false)
}

// Contributors are those who contributed to the force.
func (e *Entity) Contributors(ctx context.Context, args atArgs) ([]*Relation, error) {
	return e.relations(ctx, args.At, graph.ContributedTo, true)
}

// Mandates are what the force has its mandate from.
func (e *Entity) Mandates(ctx context.Context, args atArgs) ([]*Relation, error) {
	return e.relations(ctx, args.At, graph.MandatedBy, false)
}

// relations lists relations of one predicate; inverse asks for those of which the entity is the object.
func (e *Entity) relations(ctx context.Context, at *atInput, p graph.Predicate, inverse bool) ([]*Relation, error) {
	v, no, known, err := e.at(ctx, at)
	if err != nil || !known {
		return []*Relation{}, err
	}
	found, err := v.Relations(ctx, store.RelationFilter{Entity: no, Predicate: p, Inverse: inverse})
	if err != nil {
		return nil, err
	}
	batch := newBatch(v)
	list := make([]*Relation, len(found))
	for i := range found {
		list[i] = newRelation(v, &found[i], batch)
	}
	return list, batch.readFor(ctx, "Relation.claims")
}

// newRelation takes its claims from the batch of the list it stands in.
func newRelation(v *view, r *store.Relation, batch *claimBatch) *Relation {
	own := batch.add(r.Claims...)
	return &Relation{
		evidence: own, ClaimCount: own.count(),
		ID: ID(r.ID), Predicate: predicateEnums[r.Predicate], Subject: entityAt(v, r.Subject), Object: entityAt(v, r.Object),
		When: dateOf(r.When), WhenBounds: boundsOf(r.When), Capacity: textPointer(r.Capacity),
		Stance: string(r.Stance), Inferred: r.Inferred, Disputed: r.Disputed,
	}
}

// Claims are the claims that say so.
func (r *Relation) Claims() []*Claim { return r.evidence.all() }

package resolvers

import (
	"context"
	"slices"

	"entente/graph"
	"entente/graph/store"
)

// Deployment is a force in a land. All claims that put the force there are one deployment, whoever makes them and whatever
// dates they give; the dates are one-of.
type Deployment struct {
	evidence evidence

	Moment     *Moment
	ID         ID
	Force      *Entity
	Territory  *Entity
	When       *Date
	WhenBounds *DateBounds
	Under      *Entity
	Stance     string
	Inferred   bool
	Disputed   bool
	ClaimCount int32
}

// Deployments are where the force is or was deployed: a list, and so of any day if none is asked for. Which forces are in a land is a
// question about a day, as recognition is.
func (e *Entity) Deployments(ctx context.Context, args atArgs) ([]*Deployment, error) {
	v, no, known, err := e.at(ctx, args.At)
	if err != nil || !known {
		return []*Deployment{}, err
	}
	found, err := v.Relations(ctx, store.RelationFilter{Entity: no, Predicate: graph.Deployed})
	if err != nil {
		return nil, err
	}
	return deploymentsOf(ctx, v, found)
}

// Forces are the deployments in the land on one day, today if none is asked for, or those under the agreement.
func (e *Entity) Forces(ctx context.Context, args atArgs) ([]*Deployment, error) {
	if e.Kind == kindEnums[graph.Agreement] {
		return e.deployedUnder(ctx, args.At)
	}
	v, no, known, err := e.at(ctx, args.At)
	if err != nil || !known {
		return []*Deployment{}, err
	}
	v = v.AsOf(pinOf(ctx).today)
	found, err := v.Relations(ctx, store.RelationFilter{Entity: no, Predicate: graph.Deployed, Inverse: true})
	if err != nil {
		return nil, err
	}
	return deploymentsOf(ctx, v, found)
}

// deployedUnder lists the deployments whose claims name the agreement as the text they are under, and those of
// forces with a mandate from it that name none.
func (e *Entity) deployedUnder(ctx context.Context, at *atInput) ([]*Deployment, error) {
	v, no, known, err := e.at(ctx, at)
	if err != nil || !known {
		return []*Deployment{}, err
	}
	naming, err := v.Claims(ctx, store.ClaimFilter{About: &no, Predicates: []graph.Predicate{graph.Deployed}}, store.Page{First: maxPage})
	if err != nil {
		return nil, err
	}
	claims, err := v.ReadClaims(ctx, naming.Items)
	if err != nil {
		return nil, err
	}
	mandated := v.Subjects(no, graph.MandatedBy)
	forces := slices.Clone(mandated)
	for i := range claims {
		forces = append(forces, claims[i].Subject)
	}
	slices.Sort(forces)
	var under []store.Relation
	for _, force := range slices.Compact(forces) {
		found, err := v.Relations(ctx, store.RelationFilter{Entity: force, Predicate: graph.Deployed})
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			if slices.Contains(r.Under, no) || len(r.Under) == 0 && slices.Contains(mandated, force) {
				under = append(under, r)
			}
		}
	}
	return deploymentsOf(ctx, v, under)
}

// deploymentsOf makes deployments of relations, and reads their claims if they are asked for.
func deploymentsOf(ctx context.Context, v *view, found []store.Relation) ([]*Deployment, error) {
	batch, moment := newBatch(v), newMoment(v.Moment())
	list := make([]*Deployment, len(found))
	for i, r := range found {
		own := batch.add(r.Claims...)
		list[i] = &Deployment{
			evidence: own, ClaimCount: own.count(), Moment: moment,
			ID: ID(r.ID), Force: entityAt(v, r.Subject), Territory: entityAt(v, r.Object),
			When: dateOf(r.When), WhenBounds: boundsOf(r.When),
			Stance: string(r.Stance), Inferred: r.Inferred, Disputed: r.Disputed,
		}
		if len(r.Under) > 0 {
			list[i].Under = entityAt(v, r.Under[0])
		}
	}
	return list, batch.readFor(ctx, "Deployment.claims")
}

// Claims are the claims that say so.
func (d *Deployment) Claims() []*Claim { return d.evidence.all() }

// Tasks are the claims about what the force is to do.
func (e *Entity) Tasks(ctx context.Context, args atArgs) ([]*Claim, error) {
	return e.values(ctx, args.At, graph.Task)
}

// Activities are the claims about what the force is doing.
func (e *Entity) Activities(ctx context.Context, args atArgs) ([]*Claim, error) {
	return e.values(ctx, args.At, graph.Activity)
}

// values are the claims of a literal with an accepted stance, the best first.
func (e *Entity) values(ctx context.Context, at *atInput, p graph.Predicate) ([]*Claim, error) {
	v, no, known, err := e.at(ctx, at)
	if err != nil || !known {
		return []*Claim{}, err
	}
	return readClaims(ctx, v, v.Values(no, p))
}

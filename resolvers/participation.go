package resolvers

import (
	"context"

	"entente/graph/store"
)

// Participation is one actor's part in one meeting, in one role and on one principal's behalf, with all claims that say so. Who
// signs for two principals has two parts.
type Participation struct {
	evidence evidence
	rolled   evidence

	ID         ID
	Role       string
	Actor      *Entity
	Meeting    *Meeting
	OnBehalfOf *Entity
	Capacity   *string
	Between    []*Entity
	When       *Date
	WhenBounds *DateBounds
	Stance     string
	Inferred   bool
	Disputed   bool
	ClaimCount int32
}

// participations lists the parts that the filter lets through.
func participations(ctx context.Context, v *store.View, f store.ParticipationFilter, page store.Page) (*Connection[*Participation], error) {
	list, err := v.Participations(ctx, f, page)
	if err != nil {
		return nil, err
	}
	batch := newBatch(v)
	parts := make([]*Participation, len(list.Items))
	for i := range list.Items {
		parts[i] = newParticipation(v, &list.Items[i], batch)
	}
	return connect(list, parts), nil
}

// noParts is the page of a list without any.
func noParts() *Connection[*Participation] {
	return connect(store.List[store.Participation]{}, []*Participation{})
}

// newParticipation takes its claims from the batch of the page it stands in.
func newParticipation(v *store.View, p *store.Participation, batch *claimBatch) *Participation {
	own := batch.add(p.Claims...)
	return &Participation{
		evidence: own, ClaimCount: own.count(), rolled: batch.beside().add(p.RolledUpBy...),
		ID: ID(p.ID), Role: predicateEnums[p.Role], Stance: string(p.Stance),
		Actor: entityAt(v, p.Actor), Meeting: meetingAt(v, p.Meeting), OnBehalfOf: entityAt(v, p.OnBehalfOf),
		Capacity: textPointer(p.Capacity), Between: entitiesAt(v, p.Between),
		When: dateOf(p.When), WhenBounds: boundsOf(p.When), Inferred: p.Inferred, Disputed: p.Disputed,
	}
}

// Claims are the claims that say so.
func (p *Participation) Claims(ctx context.Context) ([]*Claim, error) { return p.evidence.all(ctx) }

// RolledUpBy are the claims by which the part counts for another in this answer.
func (p *Participation) RolledUpBy(ctx context.Context) ([]*Claim, error) { return p.rolled.all(ctx) }

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
	graph    *store.View
	part     *store.Participation

	Role       string
	Actor      *Entity
	Meeting    *Meeting
	OnBehalfOf *Entity
	When       *Date
	WhenBounds *DateBounds
	ClaimCount int32
}

// participations lists the parts that the filter lets through.
func participations(v *store.View, f store.ParticipationFilter, page store.Page) (*Connection[*Participation], error) {
	list, err := v.Participations(f, page)
	if err != nil {
		return nil, err
	}
	return connect(list, participationsOf(v, list.Items, newBatch(v))), nil
}

// noParts is the page of a list without any.
func noParts() *Connection[*Participation] {
	return connect(store.List[store.Participation]{}, []*Participation{})
}

// participationsOf take their claims from the batch of the list they stand in.
func participationsOf(v *store.View, list []store.Participation, batch *claimBatch) []*Participation {
	parts := make([]*Participation, len(list))
	for i := range list {
		p := &list[i]
		own := batch.add(p.Claims...)
		parts[i] = &Participation{
			evidence: own, graph: v, part: p, ClaimCount: own.count(), rolled: batch.beside().add(p.RolledUpBy...),
			Role:  predicateEnums[p.Role()],
			Actor: entityAt(v, p.Actor), Meeting: meetingAt(v, p.Meeting), OnBehalfOf: entityAt(v, p.OnBehalfOf),
			When: dateOf(p.When), WhenBounds: boundsOf(p.When),
		}
	}
	return parts
}

// ID is computed, so only when asked for.
func (p *Participation) ID() ID { return ID(p.graph.PartID(p.part)) }

// Stance is that of the claim that weighs most.
func (p *Participation) Stance() string {
	stance, _ := p.graph.Standing(p.part)
	return string(stance)
}

// Disputed reports whether some claim denies it.
func (p *Participation) Disputed() bool {
	_, disputed := p.graph.Standing(p.part)
	return disputed
}

// Capacity is the office acted in.
func (p *Participation) Capacity(ctx context.Context) (*string, error) {
	told, err := p.particulars(ctx)
	return textPointer(told.Capacity), err
}

// Between are the parties mediated between.
func (p *Participation) Between(ctx context.Context) ([]*Entity, error) {
	told, err := p.particulars(ctx)
	return entitiesAt(p.graph, told.Between), err
}

// Inferred reports whether every claim is an inference.
func (p *Participation) Inferred(ctx context.Context) (bool, error) {
	told, err := p.particulars(ctx)
	return told.Inferred, err
}

// particulars are read from the ledger, so only when one of them is asked for.
func (p *Participation) particulars(ctx context.Context) (store.Particulars, error) {
	claims, err := p.evidence.whole(ctx)
	if err != nil {
		return store.Particulars{}, err
	}
	return p.graph.Particulars(claims), nil
}

// Claims are the claims that say so.
func (p *Participation) Claims(ctx context.Context) ([]*Claim, error) { return p.evidence.all(ctx) }

// RolledUpBy are the claims by which the part counts for another in this answer.
func (p *Participation) RolledUpBy(ctx context.Context) ([]*Claim, error) { return p.rolled.all(ctx) }

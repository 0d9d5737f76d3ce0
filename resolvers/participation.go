package resolvers

import (
	"cmp"
	"context"

	"entente/graph/store"
)

// Participation is one actor's part in one meeting, in one role and on one principal's behalf, with all claims that say so. Who
// signs for two principals has two parts.
type Participation struct {
	evidence evidence
	rolled   evidence
	graph    *view
	part     *store.Participation

	Role       string
	Actor      *Entity
	Meeting    *Meeting
	OnBehalfOf *Entity
	When       *Date
	ClaimCount int32
}

// participations lists the parts that the filter lets through.
func participations(ctx context.Context, v *view, f store.ParticipationFilter, page store.Page) (*Connection[*Participation], error) {
	list, err := v.Participations(f, page)
	if err != nil {
		return nil, err
	}
	batch := newBatch(v)
	parts := participationsOf(v, list.Items, batch)
	return connect(list, parts), batch.readParts(ctx)
}

// readParts reads what participations tell by their claims, if they are asked for it.
func (b *claimBatch) readParts(ctx context.Context) error {
	return cmp.Or(
		b.readFor(ctx, "Participation.claims", "Participation.capacity", "Participation.between", "Participation.inferred"),
		b.beside().readFor(ctx, "Participation.rolledUpBy"),
	)
}

// noParts is the page of a list without any.
func noParts() *Connection[*Participation] {
	return connect(store.List[store.Participation]{}, []*Participation{})
}

// A partTeller makes participations, which take their claims from the batch of the list they stand in. Those of one meeting that follow each
// other share it.
type partTeller struct {
	v       *view
	batch   *claimBatch
	meeting *Meeting
}

func (t *partTeller) tell(p *store.Participation, rolledUpBy []store.ClaimNo) *Participation {
	if t.meeting == nil || t.meeting.no != p.Meeting {
		t.meeting = meetingAt(t.v, p.Meeting)
	}
	own := t.batch.add(p.Claims...)
	return &Participation{
		evidence: own, graph: t.v, part: p, ClaimCount: own.count(), rolled: t.batch.beside().add(rolledUpBy...),
		Role:  predicateEnums[p.Role()],
		Actor: entityAt(t.v, p.Actor), Meeting: t.meeting, OnBehalfOf: entityAt(t.v, p.OnBehalfOf),
		When: dateOf(p.When),
	}
}

// participationsOf are those of a list.
func participationsOf(v *view, list []store.Participation, batch *claimBatch) []*Participation {
	t, parts := partTeller{v: v, batch: batch}, make([]*Participation, len(list))
	for i := range list {
		parts[i] = t.tell(&list[i], nil)
	}
	return parts
}

// tracedParts are those of an answer of tracing.
func tracedParts(v *view, list []store.TracedPart, batch *claimBatch) []*Participation {
	t, parts := partTeller{v: v, batch: batch}, make([]*Participation, len(list))
	for i := range list {
		parts[i] = t.tell(&list[i].Participation, list[i].RolledUpBy)
	}
	return parts
}

// ID is computed, so only when asked for.
func (p *Participation) ID() ID { return ID(p.graph.PartID(p.part)) }

// WhenBounds are the days of the date.
func (p *Participation) WhenBounds() *DateBounds { return boundsOf(p.part.When) }

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
func (p *Participation) Capacity() *string { return textPointer(p.particulars().Capacity) }

// Between are the parties mediated between.
func (p *Participation) Between() []*Entity { return entitiesAt(p.graph, p.particulars().Between) }

// Inferred reports whether every claim is an inference.
func (p *Participation) Inferred() bool { return p.particulars().Inferred }

// particulars are what only the claims tell.
func (p *Participation) particulars() store.Particulars {
	return p.graph.Particulars(p.evidence.whole())
}

// Claims are the claims that say so.
func (p *Participation) Claims() []*Claim { return p.evidence.all() }

// RolledUpBy are the claims by which the part counts for whom it does in this answer.
func (p *Participation) RolledUpBy() []*Claim { return p.rolled.all() }

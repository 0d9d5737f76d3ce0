package resolvers

import (
	"context"

	"entente/graph"
	"entente/graph/store"
)

// Meeting is an entity where the schema promises a meeting. What no claim gives a kind can be the meeting of a
// participation, too; it answers as an Event then, of the kind UNKNOWN.
type Meeting struct{ Entity }

func meetingAt(v *view, no store.Entity) *Meeting { return &Meeting{*entityAt(v, no)} }

// ToEvent takes every meeting that is no agreement.
func (m *Meeting) ToEvent() (*Entity, bool) { return &m.Entity, m.Kind != kindEnums[graph.Agreement] }

// Date is the date; where claims disagree, one of what they say.
func (e *Entity) Date() *Date { return dateOf(e.graph.Date(e.no)) }

// DateBounds are the days of the date.
func (e *Entity) DateBounds() *DateBounds { return boundsOf(e.graph.Date(e.no)) }

// Dates are the claims about the date.
func (e *Entity) Dates(ctx context.Context) ([]*Claim, error) {
	return readClaims(ctx, e.graph, e.graph.Dates(e.no))
}

// Process is the peace process it belongs to.
func (e *Entity) Process() *Entity { return e.object(graph.BelongsTo) }

// object is the object of a relation that has one; nil if there is none.
func (e *Entity) object(p graph.Predicate) *Entity {
	if no, ok := e.graph.Object(e.no, p); ok {
		return entityAt(e.graph, no)
	}
	return nil
}

// subjects are the subjects of a relation to the entity.
func (e *Entity) subjects(p graph.Predicate) []*Entity {
	return entitiesAt(e.graph, e.graph.Subjects(e.no, p))
}

// partiesArgs are the arguments of parties and mediators.
type partiesArgs struct {
	At      *atInput
	Stances *[]string
	pageArgs
}

// Parties lists those who were party to the meeting.
func (e *Entity) Parties(ctx context.Context, args partiesArgs) (*Connection[*Participation], error) {
	return e.brings(ctx, args, partyRoles)
}

// ThirdParties lists those who were there as neither side.
func (e *Entity) ThirdParties(ctx context.Context, args struct {
	Roles *[]string
	partiesArgs
},
) (*Connection[*Participation], error) {
	roles, err := thirdPartyList(args.Roles)
	if err != nil {
		return nil, err
	}
	return e.brings(ctx, args.partiesArgs, roles)
}

// Mediators lists those who mediated, and nobody in a weaker role.
func (e *Entity) Mediators(ctx context.Context, args partiesArgs) (*Connection[*Participation], error) {
	return e.brings(ctx, args, []graph.Predicate{graph.Mediated})
}

func (e *Entity) brings(ctx context.Context, args partiesArgs, roles []graph.Predicate) (*Connection[*Participation], error) {
	page, err := args.page(50)
	if err != nil {
		return nil, err
	}
	v, no, known, err := e.at(ctx, args.At)
	if err != nil || !known {
		return noParts(), err
	}
	return participations(ctx, v, store.ParticipationFilter{Meeting: &no, Roles: roles, Stances: stanceList(args.Stances)}, page)
}

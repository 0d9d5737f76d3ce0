package resolvers

import (
	"context"

	"entente/graph"
	"entente/graph/store"
)

// Party has no type of its own: its fields are methods of [Entity].

// signedArgs are the arguments of signed.
type signedArgs struct {
	At      *atInput
	Window  *rangeInput
	Stances *[]string
	pageArgs
}

// Signed lists, in spite of its name in the schema, every role of a party: the meetings the entity was a party to.
func (e *Entity) Signed(ctx context.Context, args signedArgs) (*Connection[*Participation], error) {
	return e.takesPart(ctx, args, partyRoles)
}

// Mediated lists the meetings the entity was a third party to.
func (e *Entity) Mediated(ctx context.Context, args struct {
	Roles *[]string
	signedArgs
},
) (*Connection[*Participation], error) {
	roles, err := thirdPartyList(args.Roles)
	if err != nil {
		return nil, err
	}
	return e.takesPart(ctx, args.signedArgs, roles)
}

// takesPart lists the entity's parts in meetings, and those others had on its behalf.
func (e *Entity) takesPart(ctx context.Context, args signedArgs, roles []graph.Predicate) (*Connection[*Participation], error) {
	page, err := args.page(50)
	if err != nil {
		return nil, err
	}
	window, err := args.Window.window("window")
	if err != nil {
		return nil, err
	}
	v, no, known, err := e.at(ctx, args.At)
	if err != nil || !known {
		return noParts(), err
	}
	return participations(ctx, v, store.ParticipationFilter{Actor: &no, Roles: roles, Window: window, Stances: stanceList(args.Stances)}, page)
}

package resolvers

import (
	"context"

	"entente/graph"
	"entente/graph/store"
)

// Entity is whatever claims are made about, at a moment. It serves every type of the schema that implements Entity: the
// schema says which of the methods here and in party.go, meeting.go, agreement.go, force.go, event.go and
// document.go each of them has.
type Entity struct {
	graph *view
	no    store.Entity

	ID   ID
	Kind string
	Name string
}

// entityAt is the entity of a number; nil for none.
func entityAt(v *view, no store.Entity) *Entity {
	if no == store.NoEntity {
		return nil
	}
	v.note(no)
	return &Entity{graph: v, no: no, ID: ID(v.ID(no)), Kind: kindEnum(v.Kind(no)), Name: v.Name(no)}
}

func entitiesAt(v *view, nos []store.Entity) []*Entity {
	list := make([]*Entity, len(nos))
	for i, no := range nos {
		list[i] = entityAt(v, no)
	}
	return list
}

// entityOf is the entity of an argument that must name one.
func entityOf(v *view, name string, id ID) (store.Entity, error) {
	no, ok := v.Resolve(string(id))
	if !ok {
		return store.NoEntity, badInput("%s is %s; no entity has that id", name, graph.Quoted(string(id)))
	}
	return no, nil
}

func idsOf(v *view, entities []store.Entity) []ID {
	ids := make([]ID, len(entities))
	for i, e := range entities {
		ids[i] = ID(v.ID(e))
	}
	return ids
}

// at is the entity at another moment. Merges differ between moments, so it is found by its id; false if it is not
// known then.
func (e *Entity) at(ctx context.Context, at *atInput) (*view, store.Entity, bool, error) {
	v, err := viewAt(ctx, e.graph, at)
	if err != nil || at == nil {
		return v, e.no, err == nil, err
	}
	no, ok := v.Entity(graph.ID(e.ID))
	return v, no, ok, nil
}

// UUID is computed, so only when asked for.
func (e *Entity) UUID() ID { return ID(e.graph.UUID(e.no).String()) }

// Description is read from the ledger; null if there is none.
func (e *Entity) Description(ctx context.Context) (*string, error) {
	text, err := e.graph.Text(ctx, e.no, graph.Description)
	return textPointer(text), err
}

// MergedFrom lists the other ids of a merged entity.
func (e *Entity) MergedFrom() []ID {
	ids := []ID{}
	for _, id := range e.graph.MergedFrom(e.no) {
		ids = append(ids, ID(id))
	}
	return ids
}

// MergedBy are the claims by which the other ids are one with the entity.
func (e *Entity) MergedBy(ctx context.Context) ([]*Claim, error) { return e.graph.mergedBy(ctx, e.no) }

// claimsArgs are the arguments of a list of claims.
type claimsArgs struct {
	Filter *claimFilterInput
	At     *atInput
	pageArgs
}

// Claims lists the claims that mention the entity and pass the filter.
func (e *Entity) Claims(ctx context.Context, args claimsArgs) (*Connection[*Claim], error) {
	v, no, known, err := e.at(ctx, args.At)
	if err != nil {
		return nil, err
	}
	return claims(ctx, v, args, func(f *store.ClaimFilter) bool {
		if !known || f.About != nil && *f.About != no {
			return false // about this and about another: asked for as a filter, both must be there
		}
		f.About = &no
		return true
	})
}

// Timeline lists the dated claims, earliest first.
func (e *Entity) Timeline(ctx context.Context, args struct {
	At     *atInput
	Window *rangeInput
	pageArgs
},
) (*Connection[*Claim], error) {
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
		return connect(store.List[store.ClaimNo]{}, []*Claim{}), err
	}
	list, err := v.Timeline(ctx, no, window, page)
	if err != nil {
		return nil, err
	}
	return claimPage(ctx, v, list)
}

// The methods below tell the library which type of the schema the entity is. A nil entity is none of them.

func (e *Entity) is(k graph.Kind) (*Entity, bool) { return e, e != nil && e.Kind == kindEnums[k] }

// ToState reports whether the entity is a State.
func (e *Entity) ToState() (*Entity, bool) { return e.is(graph.State) }

// ToOrganization reports whether the entity is an Organization.
func (e *Entity) ToOrganization() (*Entity, bool) { return e.is(graph.Organization) }

// ToArmedGroup reports whether the entity is an ArmedGroup.
func (e *Entity) ToArmedGroup() (*Entity, bool) { return e.is(graph.ArmedGroup) }

// ToLeader reports whether the entity is a Leader.
func (e *Entity) ToLeader() (*Entity, bool) { return e.is(graph.Leader) }

// ToTerritory reports whether the entity is a Territory.
func (e *Entity) ToTerritory() (*Entity, bool) { return e.is(graph.Territory) }

// ToPlace reports whether the entity is a Place.
func (e *Entity) ToPlace() (*Entity, bool) { return e.is(graph.Place) }

// ToAgreement reports whether the entity is an Agreement.
func (e *Entity) ToAgreement() (*Entity, bool) { return e.is(graph.Agreement) }

// ToProcess reports whether the entity is a Process.
func (e *Entity) ToProcess() (*Entity, bool) { return e.is(graph.Process) }

// ToConflict reports whether the entity is a Conflict.
func (e *Entity) ToConflict() (*Entity, bool) { return e.is(graph.Conflict) }

// ToPeacekeepingForce reports whether the entity is a PeacekeepingForce.
func (e *Entity) ToPeacekeepingForce() (*Entity, bool) { return e.is(graph.PeacekeepingForce) }

// ToEvent reports whether the entity is an Event.
func (e *Entity) ToEvent() (*Entity, bool) { return e.is(graph.Event) }

// ToDocument reports whether the entity is a Document.
func (e *Entity) ToDocument() (*Entity, bool) { return e.is(graph.Document) }

// ToUnknownEntity takes what has no kind.
func (e *Entity) ToUnknownEntity() (*Entity, bool) { return e, e != nil && e.Kind == unknownKind }

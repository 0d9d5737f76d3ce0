package resolvers

import (
	"context"

	"entente/graph"
	"entente/graph/store"
)

// Stage is the stage of negotiation the agreement stands for.
func (e *Entity) Stage() *string { return textPointer(e.graph.Field(e.no, graph.Stage)) }

// Status is the agreement's status.
func (e *Entity) Status() *string { return textPointer(e.graph.Field(e.no, graph.Status)) }

// AdoptedAt is the event at which the agreement was adopted.
func (e *Entity) AdoptedAt() *Entity { return e.object(graph.AdoptedAt) }

// agreementFilterInput is an AgreementFilter.
type agreementFilterInput struct {
	Between    *[]ID
	MediatedBy *[]ID
	Process    *ID
	Concerns   *ID
	Signed     *rangeInput
	Stage      *[]string
	Text       *string
}

// filter reads the input; false if it names something that is not there, so that nothing can match.
func (in *agreementFilterInput) filter(v *view) (f store.AgreementFilter, some bool, err error) {
	if in == nil {
		return f, true, nil
	}
	if f.Signed, err = in.Signed.window("filter.signed"); err != nil {
		return f, false, err
	}
	if in.Stage != nil {
		f.Stage = *in.Stage
	}
	f.Text = orElse(in.Text, "")
	if len(f.Text) > maxSearchText {
		return f, false, badInput("filter.text has %d bytes; at most %d are searched for", len(f.Text), maxSearchText)
	}
	f.Between, f.MediatedBy = anyOf(v, in.Between), anyOf(v, in.MediatedBy)
	some = all(in.Between, f.Between) && all(in.MediatedBy, f.MediatedBy) &&
		resolve(v, in.Process, &f.Process) && resolve(v, in.Concerns, &f.Concerns)
	return f, some && (in.Stage == nil || len(f.Stage) > 0), nil
}

// all reports whether every id of an argument was found: where all must hold, one that finds nothing leaves nothing.
func all(ids *[]ID, found []store.Entity) bool { return ids == nil || len(*ids) == len(found) }

// Agreements lists the agreements that match, the latest first unless asked otherwise: what is new is what people come for.
func (q *Query) Agreements(ctx context.Context, args struct {
	Filter  *agreementFilterInput
	At      *atInput
	OrderBy *string
	pageArgs
},
) (*Connection[*Entity], error) {
	page, err := args.page(50)
	if err != nil {
		return nil, err
	}
	v, err := viewAt(ctx, pinOf(ctx).view(), args.At)
	if err != nil {
		return nil, err
	}
	f, some, err := args.Filter.filter(v)
	if err != nil || !some {
		return connect(store.List[store.Entity]{}, []*Entity{}), err
	}
	order := store.AgreementOrder(orElse(args.OrderBy, string(store.DateDescending)))
	list, err := v.Agreements(f, order, page)
	return connect(list, entitiesAt(v, list.Items)), err
}

package resolvers

import (
	"context"

	"entente/graph/ledger"
	"entente/graph/store"
)

// Query answers questions, each at the pin of its request. It holds nothing of a request.
type Query struct{ store *store.Store }

// Node finds anything by its global id.
func (q *Query) Node(ctx context.Context, args struct{ ID ID }) (*Node, error) {
	return nodeAt(ctx, pinOf(ctx).view(), args.ID)
}

// Nodes finds several; null stands where there is none.
func (q *Query) Nodes(ctx context.Context, args struct{ IDs []ID }) ([]*Node, error) {
	if len(args.IDs) > maxPage {
		return nil, badInput("ids has %d ids; at most %d are found at once", len(args.IDs), maxPage)
	}
	nodes := make([]*Node, len(args.IDs))
	for i, id := range args.IDs {
		var err error
		if nodes[i], err = nodeAt(ctx, pinOf(ctx).view(), id); err != nil {
			return nil, err
		}
	}
	return nodes, nil
}

// Entity finds an entity by any of its ids, external ones too. A merged entity answers by every id it ever had. Nil, which the
// client sees as null, if there is none at the moment.
func (q *Query) Entity(ctx context.Context, args struct {
	ID ID
	At *atInput
},
) (*Entity, error) {
	v, err := viewAt(ctx, pinOf(ctx).view(), args.At)
	if err != nil {
		return nil, err
	}
	if no, ok := v.Resolve(string(args.ID)); ok {
		return entityAt(v, no), nil
	}
	return nil, nil
}

// Entities lists entities, those merged into one once.
func (q *Query) Entities(ctx context.Context, args struct {
	Kinds   *[]string
	OrderBy *string
	At      *atInput
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
	list, err := v.Entities(kindList(args.Kinds), store.EntityOrder(orElse(args.OrderBy, string(store.ByName))), page)
	return connect(list, entitiesAt(v, list.Items)), err
}

// Claims lists claims, in the order in which they became known. Without stances in the filter it lists those of every stance:
// here a denial is shown as what it is, and never as a fact.
func (q *Query) Claims(ctx context.Context, args claimsArgs) (*Connection[*Claim], error) {
	v, err := viewAt(ctx, pinOf(ctx).view(), args.At)
	if err != nil {
		return nil, err
	}
	return claims(ctx, v, args, func(*store.ClaimFilter) bool { return true })
}

// Commits lists the commits up to the pin, newest first.
func (q *Query) Commits(ctx context.Context, args struct{ pageArgs }) (*Connection[*Commit], error) {
	page, err := args.page(20)
	if err != nil {
		return nil, err
	}
	list, err := pinOf(ctx).view().Commits(ctx, page)
	if err != nil {
		return nil, err
	}
	return connect(list, commitsOf(list.Items)), nil
}

// commitsOf converts a page of commits.
func commitsOf(infos []ledger.Info) []*Commit {
	commits := make([]*Commit, len(infos))
	for i, info := range infos {
		commits[i] = newCommit(info)
	}
	return commits
}

// Moment says which commit and day a moment comes to.
func (q *Query) Moment(ctx context.Context, args atArgs) (*Moment, error) {
	v, err := viewAt(ctx, pinOf(ctx).view(), args.At)
	if err != nil {
		return nil, err
	}
	return newMoment(v.Moment()), nil
}

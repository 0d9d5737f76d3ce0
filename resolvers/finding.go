package resolvers

import (
	"context"

	"entente/graph/store"
	"entente/graph/trace"
)

// findingBudget is how many claims one search for findings looks at, at most: a graph of some million relations, in a few seconds.
const findingBudget = 50_000_000

// Finding is something that cannot be as the claims say.
type Finding struct {
	evidence evidence

	Kind  string
	About *Entity
	Says  string
}

// Claims are those that do not hold together.
func (f *Finding) Claims() []*Claim { return f.evidence.all() }

// FindingConnection is a page of findings.
type FindingConnection struct {
	Connection[*Finding]
	Partial bool
}

// Findings lists what does not hold together.
func (q *Query) Findings(ctx context.Context, args struct {
	Kinds *[]string
	About *ID
	At    *atInput
	pageArgs
},
) (*FindingConnection, error) {
	page, err := args.page(50)
	if err != nil {
		return nil, err
	}
	v, err := viewAt(ctx, pinOf(ctx).view(), args.At)
	if err != nil {
		return nil, err
	}
	filter := store.FindingFilter{
		Kinds: listOf(args.Kinds, func(enum string) trace.FindingKind { return trace.FindingKind(enum) }), Budget: findingBudget,
	}
	if !resolve(v, args.About, &filter.About) {
		return &FindingConnection{Connection: *connect(store.List[store.Finding]{}, []*Finding{})}, nil
	}
	list, err := v.Findings(ctx, filter, page)
	if err != nil {
		return nil, err
	}
	batch := newBatch(v)
	found := make([]*Finding, len(list.Items))
	for i := range list.Items {
		f := &list.Items[i]
		found[i] = &Finding{batch.add(f.Claims...), string(f.Kind), entityAt(v, f.About), f.Says}
	}
	return &FindingConnection{*connect(list.List, found), list.Partial}, batch.readFor(ctx, "Finding.claims")
}

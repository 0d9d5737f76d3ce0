package resolvers

import (
	"context"
	"slices"

	"github.com/graph-gophers/graphql-go"

	"entente/graph/store"
	"entente/graph/trace"
)

// Joints are the claims by which the meetings of units are one. They are worked out only if one of the fields that tell of them is asked for.
type joints struct {
	batch *claimBatch
	paths []string // of the fields, from the one that is being resolved
	asked bool
}

func newJoints(ctx context.Context, v *store.View, paths ...string) *joints {
	asked := slices.ContainsFunc(paths, func(path string) bool { return graphql.HasSelectedField(ctx, path) })
	return &joints{newBatch(v), paths, asked}
}

// of gives the unit its claims. It is not to be called once any are read.
func (j *joints) of(u *trace.Unit) evidence {
	if !j.asked {
		return j.batch.add()
	}
	return j.batch.add(j.batch.view.JoinedBy(u.Meetings[0])...)
}

// read reads the claims of all units.
func (j *joints) read(ctx context.Context) error { return j.batch.readFor(ctx, j.paths...) }

package store

import (
	"context"

	"entente/graph/trace"
)

// Lineage answers what an agreement rests on and what rests on it, as of the view's day.
func (v *View) Lineage(ctx context.Context, q trace.LineageQuestion) (*trace.Lineage, error) {
	q.AsOf = v.asOf
	return trace.LineageOf(ctx, v.snap, q)
}

// RolledUp lets ties count for those at the top, which a lineage does not do by itself.
func (v *View) RolledUp(ties []trace.Tie) []trace.Tie { return trace.RolledUp(v.snap, ties) }

package store

import (
	"context"
	"slices"

	"entente/graph"
	"entente/graph/trace"
)

// A Diff is what is different about an entity between two views.
type Diff struct {
	Added     []ClaimNo // claims that count at the later view alone, in the order in which they became known
	Removed   []ClaimNo // likewise at the earlier one
	Positions []trace.PositionChange
}

// Diff compares what counts about an entity with what does at another view of the same store, which may be at another moment in
// either time. There is the entity's number at that one; [NoEntity] stands for an entity that a view does not know. Claims
// of all stances count, as in [View.Claims]. Positions are those of today where a view is as of no day.
func (v *View) Diff(ctx context.Context, e Entity, to *View, there Entity, today graph.Date) (Diff, error) {
	before, positions, err := v.about(ctx, e, today)
	if err != nil {
		return Diff{}, err
	}
	after, changed, err := to.about(ctx, there, today)
	if err != nil {
		return Diff{}, err
	}
	later := v.snap
	if to.snap.Commit() > later.Commit() {
		later = to.snap
	}
	return Diff{
		Added: missing(after, before), Removed: missing(before, after),
		Positions: trace.ChangesOf(later, positions, changed),
	}, nil
}

// about lists the claims about an entity that count, by number, and its positions.
func (v *View) about(ctx context.Context, e Entity, today graph.Date) ([]ClaimNo, []trace.Position, error) {
	if e == NoEntity {
		return nil, nil, nil
	}
	claims, err := v.filtered(ctx, &ClaimFilter{About: &e})
	if err != nil {
		return nil, nil, err
	}
	positions, err := trace.PositionsAbout(ctx, v.snap, e, v.AsOf(today).day)
	return claims, positions, err
}

// missing are the claims of a sorted list that another has not.
func missing(list, other []ClaimNo) []ClaimNo {
	var only []ClaimNo
	for _, no := range list {
		if _, both := slices.BinarySearch(other, no); !both {
			only = append(only, no)
		}
	}
	return only
}

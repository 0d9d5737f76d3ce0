package resolvers

import (
	"context"
	"time"

	"entente/graph/store"
)

// Moment is where in time an answer stands.
type Moment struct {
	AsOf    *Date
	Commit  int32
	KnownAt DateTime
	Ledger  ID
}

func newMoment(m store.Moment) *Moment {
	known := m.KnownAt
	if known.IsZero() {
		known = time.Unix(0, 0)
	}
	return &Moment{AsOf: dateOf(m.AsOf), Commit: int32(m.Commit), KnownAt: dateTimeOf(known), Ledger: ID(m.Ledger)}
}

// atInput is the argument at.
type atInput struct {
	AsOf    *dateInput
	KnownAt *dateTimeInput
	Commit  *int32
}

// viewAt is the view that at asks for. Without at it is the surrounding answer's; what at leaves open is as that one
// has it, but for the day.
func viewAt(ctx context.Context, around *view, at *atInput) (*view, error) {
	if at == nil {
		return around, nil
	}
	var want store.At
	var err error
	if want.AsOf, err = at.AsOf.date("asOf"); err != nil {
		return nil, err
	}
	if want.KnownAt, err = at.KnownAt.time("knownAt"); err != nil {
		return nil, err
	}
	// What was committed since the request came in is not there for it.
	pinned := pinOf(ctx).view().Moment()
	switch {
	case at.Commit == nil:
		if !want.KnownAt.IsZero() && !want.KnownAt.Before(pinned.KnownAt) {
			want.KnownAt, want.Commit = time.Time{}, &pinned.Commit
		}
	case *at.Commit < 0:
		return nil, badInput("commit is %d; commits are numbered from 1, and 0 is before the first", *at.Commit)
	case uint64(*at.Commit) > pinned.Commit:
		return nil, badInput("commit %d is not there yet; the newest is %d", *at.Commit, pinned.Commit)
	default:
		commit := uint64(*at.Commit)
		want.Commit = &commit
	}
	return around.With(want)
}

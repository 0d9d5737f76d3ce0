package store

import (
	"fmt"
	"time"

	"entente/graph"
	"entente/graph/topology"
)

// At says when a question is asked. The zero value is: whatever the day, as known now.
type At struct {
	AsOf    graph.Date // the day in the world; absent is no restriction
	KnownAt time.Time  // as known at this time: the last commit not after it; zero is now
	Commit  *uint64    // as known at this commit; not together with KnownAt
}

// A Moment is where in time an answer stands, so that it can be cited and asked again.
type Moment struct {
	AsOf    graph.Date
	Commit  uint64
	KnownAt time.Time // when that commit was made; zero for the empty graph
	Ledger  string
}

// Head is the graph as known now, of any day.
func (s *Store) Head() *View { return s.view(At{}, s.topology.Head().Commit()) }

// View is the graph at a moment. The error is [ErrMoment].
func (s *Store) View(at At) (*View, error) {
	head := s.topology.Head().Commit()
	switch {
	case at.Commit != nil && !at.KnownAt.IsZero():
		return nil, fmt.Errorf("%w: knownAt and commit are two ways to say the same; give one", ErrMoment)
	case at.Commit != nil && *at.Commit > head:
		return nil, fmt.Errorf("%w: commit %d is not there yet; the newest is %d", ErrMoment, *at.Commit, head)
	case at.Commit != nil:
		head = *at.Commit
	case !at.KnownAt.IsZero():
		head = s.topology.Commit(at.KnownAt)
	}
	return s.view(at, head), nil
}

func (s *Store) view(at At, commit uint64) *View {
	v := &View{s: s, snap: s.topology.At(commit), asOf: at.AsOf}
	if !at.AsOf.IsZero() {
		v.day = at.AsOf.Latest()
	}
	return v
}

// With is the graph at another moment of the same store. A moment that names no commit and no time keeps the
// view's, so that one answer never mixes two.
func (v *View) With(at At) (*View, error) {
	if at.Commit == nil && at.KnownAt.IsZero() {
		commit := v.snap.Commit()
		at.Commit = &commit
	}
	return v.s.View(at)
}

// Moment is where in time the view stands.
func (v *View) Moment() Moment {
	return Moment{AsOf: v.asOf, Commit: v.snap.Commit(), KnownAt: v.snap.Time(), Ledger: v.s.LedgerID()}
}

// Snapshot is what the view sees of the topology, for questions that package trace answers.
func (v *View) Snapshot() *topology.Snapshot { return v.snap }

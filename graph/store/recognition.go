package store

import (
	"context"

	"entente/cache"
	"entente/graph"
	"entente/graph/trace"
)

// AsOf is the view as of a day where it is as of none; what is asked of one day only is answered for today then. The others
// stay as they are.
func (v *View) AsOf(today graph.Date) *View {
	if !v.asOf.IsZero() {
		return v
	}
	dated := *v
	dated.asOf, dated.day = today, today.Latest()
	return &dated
}

// Recognitions answers who recognizes whom on the view's day; a view as of no day is of the last of all. Nil By asks for all.
func (v *View) Recognitions(ctx context.Context, of Entity, by []Entity) ([]trace.Position, error) {
	q, key := v.recognition(of, by), testimonyKey{of, v.snap.Commit()}
	t, kept := v.s.testimonies.Get(key)
	if kept {
		return t.Positions(by, q.On), nil
	}
	if by != nil { // all that was said may be far more than is asked for
		return trace.Recognitions(ctx, v.snap, q)
	}
	t, err := trace.TestimonyOf(ctx, v.snap, of)
	if err != nil {
		return nil, err
	}
	v.s.testimonies.Put(key, t, t.Size()+cache.EntrySize)
	return t.Positions(by, q.On), nil
}

// testimoniesKept is how many bytes the testimonies may take that are kept.
const testimoniesKept = 16 << 20

// A testimonyKey says of what a testimony is, and at which commit: another commit may have other words, other dates of documents and
// other leaders, and of each it is made anew.
type testimonyKey struct {
	of     Entity
	commit uint64
}

// Unrecorded counts those of whom nothing is recorded in an answer of Recognitions: of By, or if that is nil of all states.
func (v *View) Unrecorded(ctx context.Context, of Entity, by []Entity, positions []trace.Position) (int, error) {
	return trace.Unrecorded(ctx, v.snap, v.recognition(of, by), positions)
}

func (v *View) recognition(of Entity, by []Entity) trace.RecognitionQuestion {
	q := trace.RecognitionQuestion{Of: of, By: by, On: graph.DayMax}
	if !v.asOf.IsZero() {
		q.On = v.day
	}
	return q
}

package store

import (
	"context"
	"fmt"
	"iter"

	"entente/graph"
	"entente/graph/ledger"
)

// A Committed is what one commit did, in the order in which the ledger has it.
type Committed struct {
	Info    ledger.Info
	Changes []Change // Origin is not set
}

// History yields all commits up to the view's, in order, with all that they did: a ledger that [Store.Replay] fills from it
// answers the same at every commit. An error ends it. What is yielded is valid until the next.
func (v *View) History(ctx context.Context) iter.Seq2[*Committed, error] {
	return func(yield func(*Committed, error) bool) {
		for n := uint64(1); n <= v.snap.Commit(); n++ {
			c, err := v.committed(ctx, n)
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

func (v *View) committed(ctx context.Context, n uint64) (*Committed, error) {
	info, err := v.s.ledger.Info(ctx, n)
	if err != nil {
		return nil, err
	}
	c := &Committed{Info: info}
	nos := make([]ClaimNo, 0, info.Claims-info.FirstClaim)
	for no := info.FirstClaim; no < info.Claims; no++ {
		nos = append(nos, no)
	}
	claims, err := v.s.ledger.Read(ctx, nos)
	if err != nil {
		return nil, err
	}
	for i := range claims {
		c.Changes = append(c.Changes, Change{Claim: v.claim(&claims[i]), ID: claims[i].ID, Erased: claims[i].Erased})
	}
	changes, err := v.s.ledger.Changes(ctx, n)
	if err != nil {
		return nil, err
	}
	nos = nos[:0]
	for i := range changes {
		nos = append(nos, changes[i].Claim)
	}
	ids, err := v.s.ledger.IDs(ctx, nos)
	if err != nil {
		return nil, err
	}
	for i := range changes {
		c.Changes = append(c.Changes, Change{Op: changes[i].Op, ID: ids[i], Reason: changes[i].Reason})
	}
	return c, nil
}

// Replay commits what a commit of another ledger did, with its time, author and all: [View.History] gives it. Commits must come in order,
// from the first, into a store that has no others. Claims must be normal; that they were fit to be committed is taken
// from where they come.
func (s *Store) Replay(ctx context.Context, c *Committed) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	head := s.topology.Head().Commit()
	if c.Info.Number != head+1 {
		return fmt.Errorf("%w: commit %d after commit %d", ErrArgument, c.Info.Number, head)
	}
	d := newDraft(s, CommitOptions{Author: c.Info.Author, Note: c.Info.Note, Dataset: c.Info.Dataset})
	d.batch.Time = c.Info.Time
	if err := d.lookUp(ctx, c.Changes); err != nil {
		return err
	}
	for i := range c.Changes {
		if err := d.replay(&c.Changes[i]); err != nil {
			return err
		}
	}
	info, err := s.ledger.Append(ctx, d.batch)
	if err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	s.enter(hotBlock(&d.batch, &info))
	return nil
}

// replay adds a change as it was.
func (d *draft) replay(c *Change) error {
	no, known := d.known[c.ID]
	if !known {
		no, known = d.ids[c.ID]
	}
	switch {
	case c.Op != Assert && !known:
		return fmt.Errorf("%w: a change of claim %s, which has not come", graph.ErrClaim, c.ID)
	case c.Op != Assert:
		d.batch.Changes = append(d.batch.Changes, ledger.Change{Claim: no, Op: c.Op, Reason: c.Reason})
	case known:
		return fmt.Errorf("%w: claim %s comes a second time", graph.ErrClaim, c.ID)
	default:
		d.ids[c.ID] = d.snap.Claims() + ClaimNo(len(d.batch.Claims))
		stored := d.stored(c.ID, &c.Claim)
		stored.Erased = c.Erased
		d.batch.Claims = append(d.batch.Claims, stored)
	}
	return nil
}

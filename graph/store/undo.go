package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"entente/graph/ledger"
)

// UndoOptions say how [Store.Undo] commits.
type UndoOptions struct {
	Author string
	Reason string // of each change; empty: which commits are undone
	DryRun bool   // report and change nothing
}

// Undone says what became of what commits had done.
type Undone struct {
	Ended    int // claims that had come, or come back, and end again
	Restored int // claims that had ended and stand again
	Left     int // claims that later commits have changed since, which are left as they are
	Erased   int // claims that were redacted, which nothing brings back
	Commits  []ledger.Info
}

// Undo takes back what the commits from one to another did: what they made stand ends, so that an import brings it back, and what they ended
// stands again. A claim that a later commit has ended or made stand is left as it is. To undo the undoing restores
// what there was.
//
// It makes a commit for each dataset whose claims it restores, so that they are that dataset's again, and one for all else, each of at
// most [MaxChanges] changes. Stopped in between, it is finished by undoing the same commits again.
func (s *Store) Undo(ctx context.Context, from, to uint64, opts UndoOptions) (*Undone, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if head := s.topology.Head().Commit(); from == 0 || from > to || to > head {
		return nil, fmt.Errorf("%w: commits %d to %d of %d", ErrMoment, from, to, head)
	}
	u := &undo{s: s, from: from, to: to, done: &Undone{}, changes: map[string][]ledger.Change{}}
	reason := fmt.Sprintf("undo of commit %d", from)
	if to > from {
		reason = fmt.Sprintf("undo of commits %d to %d", from, to)
	}
	u.reason = cmp.Or(opts.Reason, reason)
	claims, err := u.touched(ctx)
	if err != nil {
		return nil, err
	}
	for _, no := range claims {
		u.revert(no)
	}
	if opts.DryRun {
		return u.done, nil
	}
	for _, dataset := range slices.Sorted(maps.Keys(u.changes)) {
		infos, err := s.change(ctx, u.changes[dataset], ledger.Batch{Author: opts.Author, Note: u.reason, Dataset: dataset})
		u.done.Commits = append(u.done.Commits, infos...)
		if err != nil {
			return u.done, err
		}
	}
	return u.done, nil
}

// change commits changes, in as many commits as they need. The caller holds the lock.
func (s *Store) change(ctx context.Context, changes []ledger.Change, batch ledger.Batch) (infos []ledger.Info, err error) {
	for part := range slices.Chunk(changes, MaxChanges) {
		batch.After, batch.Changes = s.topology.Head().Commit(), part
		info, err := s.ledger.Append(ctx, batch)
		if err != nil {
			return infos, fmt.Errorf("commit: %w", err)
		}
		s.enter(hotBlock(&batch, &info))
		infos = append(infos, info)
	}
	return infos, nil
}

// An undo is one under way.
type undo struct {
	s        *Store
	from, to uint64
	reason   string
	changes  map[string][]ledger.Change // by the dataset whose claims they restore, "" for all others
	done     *Undone
}

// touched lists the claims that the commits brought or changed.
func (u *undo) touched(ctx context.Context) (claims []ClaimNo, err error) {
	for n := u.from; n <= u.to; n++ {
		if claims, err = u.s.touched(ctx, n, claims); err != nil {
			return nil, err
		}
	}
	slices.Sort(claims)
	return slices.Compact(claims), nil
}

// touched appends the claims that a commit brought or changed.
func (s *Store) touched(ctx context.Context, n uint64, claims []ClaimNo) ([]ClaimNo, error) {
	info, err := s.ledger.Info(ctx, n)
	if err != nil {
		return nil, err
	}
	for no := info.FirstClaim; no < info.Claims; no++ {
		claims = append(claims, no)
	}
	if info.Added+info.Retracted == int(info.Claims-info.FirstClaim) {
		return claims, nil // without changes, or with such as end nothing
	}
	changes, err := s.ledger.Changes(ctx, n)
	for i := range changes {
		claims = append(claims, changes[i].Claim)
	}
	return claims, err
}

// revert brings a claim back to where it was before the commits, if nobody changed it after them.
func (u *undo) revert(no ClaimNo) {
	known := u.s.topology.Head().Known(no)
	last := known[len(known)-1]
	if max(last.From, last.Until) > u.to {
		u.done.Left++
		return
	}
	// Where it was before: the last interval that began by then.
	stood, ended, owner := false, ledger.Undo, ""
	for _, k := range known {
		if k.From >= u.from {
			break
		}
		if stood = k.Until == 0 || k.Until >= u.from; !stood {
			ended = k.Op // as it had ended, so that a withdrawn claim is withdrawn again
		}
		owner = u.s.datasets[k.From-1]
	}
	switch stands := last.Until == 0; {
	case stands && !stood:
		u.done.Ended++
		u.add("", ledger.Change{Claim: no, Op: ended, Reason: u.reason})
	case !stands && stood && last.Op == ledger.Redact:
		u.done.Erased++
	case !stands && stood:
		u.done.Restored++
		u.add(owner, ledger.Change{Claim: no, Op: ledger.Reassert, Reason: u.reason})
	}
}

func (u *undo) add(dataset string, c ledger.Change) {
	u.changes[dataset] = append(u.changes[dataset], c)
}

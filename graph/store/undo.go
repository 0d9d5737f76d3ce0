package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"entente/graph/ledger"
	"entente/graph/topology"
)

// UndoOptions say how [Store.Undo] commits.
type UndoOptions struct {
	Author string
	Reason string // of each change; empty: which commits are undone
	DryRun bool   // report and change nothing
}

// Undone says what became of what commits had done.
type Undone struct {
	Ended     int // claims that had come, or come back, and end again
	Restored  int // claims that had ended and stand again
	Freed     int // claims that stay ended and are no longer withdrawn, so that an import may bring them back
	Withdrawn int // claims that stay ended and are withdrawn again, so that no import brings them back
	Left      int // claims that later commits have changed since, which are left as they are
	Erased    int // claims that were redacted, which nothing brings back
	Commits   []ledger.Info
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
	u := &undo{s: s, reason: fmt.Sprintf("undo of commits %d to %d", from, to)}
	if to == from {
		u.reason = fmt.Sprintf("undo of commit %d", from)
	}
	for n := from; n <= to; n++ {
		u.commits = append(u.commits, n)
	}
	return u.run(ctx, opts)
}

// UndoDataset takes back what all imports of a dataset did, as [Store.Undo] does. There must have been one.
func (s *Store) UndoDataset(ctx context.Context, dataset string, opts UndoOptions) (*Undone, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	u := &undo{s: s, reason: "undo of the dataset " + dataset}
	for i, d := range s.datasets {
		if d == dataset {
			u.commits = append(u.commits, uint64(i+1))
		}
	}
	if dataset == "" || len(u.commits) == 0 {
		return nil, fmt.Errorf("%w: no commit is of the dataset %q", ErrMoment, dataset)
	}
	return u.run(ctx, opts)
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
	s       *Store
	commits []uint64 // to be undone, in order
	reason  string
	changes map[string][]ledger.Change // by the dataset whose claims they restore, "" for all others
	done    *Undone
}

func (u *undo) run(ctx context.Context, opts UndoOptions) (*Undone, error) {
	u.done, u.changes = &Undone{}, make(map[string][]ledger.Change)
	u.reason = cmp.Or(opts.Reason, u.reason)
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
		infos, err := u.s.change(ctx, u.changes[dataset], ledger.Batch{Author: opts.Author, Note: u.reason, Dataset: dataset})
		u.done.Commits = append(u.done.Commits, infos...)
		if err != nil {
			return u.done, err
		}
	}
	return u.done, nil
}

// touched lists the claims that the commits brought or changed.
func (u *undo) touched(ctx context.Context) (claims []ClaimNo, err error) {
	for _, n := range u.commits {
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
		if op := changes[i].Op; op == ledger.Reassert || op.Ends() { // a quote that was taken down is no matter here
			claims = append(claims, changes[i].Claim)
		}
	}
	return claims, err
}

// revert brings a claim back to where it was before the commits, if nobody changed it after them.
func (u *undo) revert(no ClaimNo) {
	head := u.s.topology.Head()
	turns := head.Turns(no)
	before := len(turns) // turns that the commits did not make, nor any after them
	for before > 0 && u.undoes(turns[before-1].Commit) {
		before--
	}
	came := head.CommitOf(no)
	fresh := before == 0 && u.undoes(came)
	if before == len(turns) && !fresh {
		u.done.Left++
		return
	}
	redacted := slices.ContainsFunc(turns, func(t topology.Turn) bool { return t.Op == ledger.Redact })
	then, owner := ledger.Undo, "" // what had not come then, an import may bring
	if !fresh {
		then, owner = u.stood(came, turns[:before])
	}
	now, _ := u.stood(came, turns)
	switch stood, stands := then == ledger.Reassert, now == ledger.Reassert; {
	case stands && !stood:
		u.done.Ended++
		u.add("", ledger.Change{Claim: no, Op: then, Reason: u.reason}) // as it had ended, so that a withdrawn claim is withdrawn again
	case stands == stood && (now == ledger.Withdraw) == (then == ledger.Withdraw):
		// It is as it was.
	case redacted:
		u.done.Erased++
	case stood:
		u.done.Restored++
		u.add(owner, ledger.Change{Claim: no, Op: ledger.Reassert, Reason: u.reason})
	default:
		if then == ledger.Withdraw {
			u.done.Withdrawn++
		} else {
			u.done.Freed++
		}
		u.add("", ledger.Change{Claim: no, Op: then, Reason: u.reason})
	}
}

// stood tells where turns left a claim: Reassert if it stood, else how it had ended; and whose it was when it stood last.
func (u *undo) stood(came uint64, turns []topology.Turn) (op ledger.Op, owner string) {
	op, owner = ledger.Reassert, u.s.datasets[came-1]
	for _, t := range turns {
		if t.Op == ledger.Reassert && op != ledger.Reassert {
			owner = u.s.datasets[t.Commit-1]
		}
		op = t.Op
	}
	return op, owner
}

func (u *undo) undoes(commit uint64) bool {
	_, found := slices.BinarySearch(u.commits, commit)
	return found
}

func (u *undo) add(dataset string, c ledger.Change) {
	u.changes[dataset] = append(u.changes[dataset], c)
}

package store

import (
	"context"
	"errors"
	"fmt"

	"entente/graph"
	"entente/graph/ledger"
)

// An Op says what a change does. The zero Op asserts a claim; the others end one or make it stand again.
type Op = ledger.Op

// Assert is the op of a change that brings a claim.
const Assert Op = 0

// A Change is one thing to commit.
type Change struct {
	Op     Op
	Claim  graph.Claim    // to assert; normal (see [graph.Claim.Normalize])
	ID     graph.ClaimID  // of the claim to end or reassert; to assert it may be set to the claim's id to save working it out
	Erased ledger.Erasure // of a claim to assert: what is gone of it for good, so that its ID is of a content it no longer has
	Reason string         // why it ends or stands again
	Origin int            // for the caller: problems name it
}

// CommitOptions say how changes are committed.
type CommitOptions struct {
	Author, Note string
	// Dataset is what an import takes the claims from: see [Store.Replace].
	Dataset string
	// Expect, if set, is the commit the head must be: otherwise [ErrExpect].
	Expect *uint64
	// DryRun reports what would happen and commits nothing.
	DryRun bool
	// Atomic commits nothing if there is any problem; otherwise what is sound is committed.
	Atomic bool
	// Join are exact external ids whose carriers are to be joined by sameAs claims; JoinOwn adds those that the changes
	// themselves name.
	Join    []string
	JoinOwn bool
}

// A Result says what became of changes.
type Result struct {
	Commit *ledger.Info // nil if nothing was committed
	Added  int          // claims that are new
	// Repeated claims and changes were there already.
	Repeated int
	// Reopened claims had been undone or replaced and stand again. ReopenedNumbers are those that were asserted, in the
	// order of the changes, and then joins.
	Reopened        int
	ReopenedNumbers []ClaimNo
	// WithdrawnSkipped claims had been withdrawn by a person, and stay so.
	WithdrawnSkipped int
	Retracted        int
	Joined           int      // sameAs claims made for exact ids, counted in Added, too
	Exact            []string // the exact external ids that the changes name
	// Numbers are those of the claims that the changes assert, new or not, in the order of the changes, and [NoClaim]
	// for the other changes. Numbers of new claims hold once there is a Commit.
	Numbers  []ClaimNo
	Problems []Problem
}

// A Problem is a change that cannot be committed. Missing is set if it may be fine once other records have come: an
// entity it names has not been declared, or not as a kind that fits.
type Problem struct {
	Origin                int
	Path, Found, Expected string
	Missing               bool
}

// NoClaim is no claim's number.
const NoClaim = ^ClaimNo(0)

// MaxChanges is the most changes in one commit.
const MaxChanges = 1 << 16

// Commit checks changes and commits them, all at once. A claim is known by its content: one that is there already
// changes nothing. Every entity that a claim names must be declared, by a claim of its kind, in the graph or among
// the changes. The result is valid, and its problems are complete, whenever the error is nil.
func (s *Store) Commit(ctx context.Context, changes []Change, opts CommitOptions) (*Result, error) {
	if len(changes) > MaxChanges {
		return nil, fmt.Errorf("%w: %d changes in one commit, at most %d", ErrArgument, len(changes), MaxChanges)
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	for {
		head := s.topology.Head()
		if opts.Expect != nil && *opts.Expect != head.Commit() {
			return nil, fmt.Errorf("%w: expected commit %d, the newest is %d", ErrExpect, *opts.Expect, head.Commit())
		}
		d := newDraft(s, opts)
		if err := d.build(ctx, changes); err != nil {
			return nil, err
		}
		if opts.DryRun || d.empty() || opts.Atomic && len(d.result.Problems) > 0 {
			return d.result, nil
		}
		info, err := s.ledger.Append(ctx, d.batch)
		if errors.Is(err, ledger.ErrStale) {
			// Another writer came first: take in its commits and check everything again.
			if err := s.refresh(ctx); err != nil {
				return nil, err
			}
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("commit: %w", err)
		}
		s.enter(hotBlock(&d.batch, &info))
		d.result.Commit = &info
		if !s.swept {
			// What a writer before this one had begun when it died. Left there, it takes space and does no harm.
			_, err := s.ledger.Sweep(ctx)
			s.swept = err == nil
		}
		return d.result, nil
	}
}

// hotBlock is what reading the batch back from the ledger would give, in one block.
func hotBlock(b *ledger.Batch, info *ledger.Info) *ledger.Block {
	block := &ledger.Block{
		Commit: info.Number, FirstEntity: info.FirstEntity, Entities: b.Entities, FirstClaim: info.FirstClaim,
		Changes: b.Changes, End: info, Claims: make([]ledger.HotClaim, len(b.Claims)),
	}
	for i := range b.Claims {
		block.Claims[i] = b.Claims[i].Hot()
	}
	return block
}

package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
)

// RedactOptions say how [Store.Redact] commits.
type RedactOptions struct {
	Author, Reason string
	// DryRun reports what would be erased and changes nothing.
	DryRun bool
}

// A Redaction says what [Store.Redact] did.
type Redaction struct {
	Claims  int // ended, with all their texts erased
	Quotes  int // claims that lost locator and quote, and stand
	Commits []ledger.Info
	Blocks  int // of the ledger that were written again
}

// Redact erases for good. A claim, given by its id, is withdrawn and loses all its texts; importing it again does not
// bring it back. Of a document, given by an id of the entity, all claims that cite it lose locator and quote and stand, and
// what the graph holds of its text and description is erased like a claim. The texts are gone at every commit.
//
// Nobody else may have the ledger open. This store itself keeps names in memory that are no longer in the ledger: close it
// afterwards. What has been redacted before changes nothing, but an erasure that was stopped is finished.
func (s *Store) Redact(ctx context.Context, refs []string, opts RedactOptions) (*Redaction, error) {
	orders := make(map[ClaimNo]ledger.Op)
	v := s.Head()
	for _, ref := range refs {
		if err := v.orders(ctx, ref, orders); err != nil {
			return nil, err
		}
	}
	r := &Redaction{}
	for no, op := range orders {
		claim, err := v.ReadClaims(ctx, []ClaimNo{no})
		if err != nil {
			return nil, err
		}
		switch erased := claim[0].Erased; {
		case op == ledger.Redact && erased == ledger.ErasedText, op == ledger.TakeDown && erased != 0:
			delete(orders, no)
		case op == ledger.Redact:
			r.Claims++
		default:
			r.Quotes++
		}
	}
	if opts.DryRun {
		return r, nil
	}
	for numbers := range slices.Chunk(slices.Sorted(maps.Keys(orders)), MaxChanges) {
		batch := ledger.Batch{Author: opts.Author, Note: opts.Reason}
		for _, no := range numbers {
			batch.Changes = append(batch.Changes, ledger.Change{Claim: no, Op: orders[no]})
		}
		info, err := s.order(ctx, batch)
		if err != nil {
			return r, err
		}
		r.Commits = append(r.Commits, info)
	}
	var err error
	r.Blocks, err = s.ledger.Erase(ctx)
	return r, err
}

// order commits changes that hold whatever the head is.
func (s *Store) order(ctx context.Context, batch ledger.Batch) (ledger.Info, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	batch.After = s.topology.Head().Commit()
	info, err := s.ledger.Append(ctx, batch)
	if err == nil {
		s.enter(hotBlock(&batch, &info))
	}
	return info, err
}

// orders adds what is to be erased for one reference.
func (v *View) orders(ctx context.Context, ref string, orders map[ClaimNo]ledger.Op) error {
	if id, err := graph.ParseClaimID(ref); err == nil {
		no, found, err := v.ClaimByID(ctx, id)
		if err != nil {
			return err
		}
		if found {
			if v.snap.Predicate(no) == graph.KindPredicate.Info().Code {
				return fmt.Errorf("%w: claim %s says of which kind an entity is, which is no text; redact the claims of its names and texts", ErrArgument, ref)
			}
			orders[no] = ledger.Redact
			return nil
		}
	}
	document, found := v.Resolve(ref)
	if !found || v.Kind(document) != graph.Document {
		return fmt.Errorf("%w: %q is neither the id of a claim nor of a document", ErrArgument, ref)
	}
	all := Page{First: int(^uint(0) >> 1)}
	citing, err := v.Claims(ctx, ClaimFilter{Source: &document, IncludeRetracted: true}, all)
	if err != nil {
		return err
	}
	for _, no := range citing.Items {
		if orders[no] == 0 {
			orders[no] = ledger.TakeDown
		}
	}
	texts := []graph.Predicate{graph.Description, graph.TextPredicate}
	own, err := v.Claims(ctx, ClaimFilter{Subject: &document, Predicates: texts, IncludeRetracted: true}, all)
	if err != nil {
		return err
	}
	for _, no := range own.Items {
		orders[no] = ledger.Redact
	}
	return nil
}

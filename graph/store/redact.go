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
// bring it back. If it is of an exact external id, so are the claims that join its subject with others for it. Of a document, given by an id of the entity, all claims that cite it lose locator and quote and stand, and
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
	changes, err := v.erasing(ctx, orders, r)
	if err != nil || opts.DryRun {
		return r, err
	}
	s.writing.Lock()
	r.Commits, err = s.change(ctx, changes, ledger.Batch{Author: opts.Author, Note: opts.Reason})
	s.writing.Unlock()
	if err != nil {
		return r, err
	}
	r.Blocks, err = s.ledger.Erase(ctx)
	return r, err
}

// erasing are the changes for the orders, less those that have been carried out, counted in r.
func (v *View) erasing(ctx context.Context, orders map[ClaimNo]ledger.Op, r *Redaction) (changes []ledger.Change, err error) {
	for part := range slices.Chunk(slices.Sorted(maps.Keys(orders)), 1<<12) {
		claims, err := v.ReadClaims(ctx, part)
		if err != nil {
			return nil, err
		}
		for i := range claims {
			c := &claims[i]
			switch op := orders[c.No]; {
			case op == ledger.Redact && c.Erased == ledger.ErasedText, op == ledger.TakeDown && c.Erased != 0:
				continue
			case op == ledger.Redact:
				r.Claims++
			default:
				r.Quotes++
			}
			changes = append(changes, ledger.Change{Claim: c.No, Op: orders[c.No]})
		}
	}
	return changes, nil
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
			return v.joinsOrdered(ctx, no, orders)
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

// joinsOrdered adds what was made of a claim of an exact external id: the claims that its subject is the same as another, which
// say the id in words. Without the id nothing speaks for them.
func (v *View) joinsOrdered(ctx context.Context, no ClaimNo, orders map[ClaimNo]ledger.Op) error {
	if v.snap.Predicate(no) != graph.ExternalID.Info().Code {
		return nil
	}
	claims, err := v.ReadClaims(ctx, []ClaimNo{no})
	if err != nil {
		return err
	}
	c := &claims[0]
	exact := exactOf(&c.Claim)
	subject, found := v.Resolve(string(c.From))
	if exact == "" || !found {
		return nil
	}
	same, err := v.Claims(ctx, ClaimFilter{About: &subject, Predicates: []graph.Predicate{graph.SameAs}, IncludeRetracted: true}, Page{First: int(^uint(0) >> 1)})
	if err != nil {
		return err
	}
	joins, err := v.ReadClaims(ctx, same.Items)
	if err != nil {
		return err
	}
	for i := range joins {
		j := &joins[i]
		if (j.From == c.From || j.To == c.From) && j.ClaimID == joinClaim(j.From, j.To, exact).ID {
			orders[j.No] = ledger.Redact
		}
	}
	return nil
}

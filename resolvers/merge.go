package resolvers

import (
	"context"
	"fmt"
	"strings"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/store"
)

// Merge states that two ids mean one and the same. The claim has neither claimant nor coder, for the program knows
// no persons; the reason is why it was inferred. It is committed again if it was taken back before, for whoever
// asks for it now means it.
func (m *Mutation) Merge(ctx context.Context, args struct {
	Keep, Absorb ID
	Reason       string
},
) (*CommitPayload, error) {
	if err := checkReason(args.Reason); err != nil {
		return nil, err
	}
	v := pinOf(ctx).view()
	keep, ok := idOf(v, args.Keep)
	if !ok {
		return nil, notFound("keep is %s, which is no entity", graph.Quoted(string(args.Keep)))
	}
	absorb, ok := idOf(v, args.Absorb)
	if !ok {
		return nil, notFound("absorb is %s, which is no entity", graph.Quoted(string(args.Absorb)))
	}
	if err := mergeable(v, keep, &absorb); err != nil {
		return nil, err
	}
	claim := graph.Claim{
		Predicate: graph.SameAs, From: keep, To: absorb,
		Qualifiers: []graph.Qualifier{{Name: graph.Inferred, Value: args.Reason}},
	}
	if err := claim.Normalize(); err != nil {
		return nil, badInput("keep and absorb cannot be merged: %v", err)
	}
	change := store.Change{Claim: claim, ID: claim.ID()}
	no, known, err := v.ClaimByID(ctx, change.ID)
	if err != nil {
		return nil, err
	}
	// An assertion of what a person withdrew would be skipped, as in an import; this is a person's word against it.
	if known {
		found, err := v.ReadClaims(ctx, []store.ClaimNo{no})
		if err != nil {
			return nil, err
		}
		if !found[0].Standing {
			change = store.Change{Op: ledger.Reassert, ID: change.ID, Reason: args.Reason}
		}
	}
	note := fmt.Sprintf("merge %s and %s", keep, absorb)
	return m.commit(ctx, []store.Change{change}, store.CommitOptions{Author: author, Note: note, Atomic: true})
}

// mergeable says why two entities should not be merged. What is absorbed is the entity that stands for all it is merged with, or
// it would go on standing for them.
func mergeable(v *view, keep graph.ID, absorb *graph.ID) error {
	k, _ := v.Entity(keep)
	a, _ := v.Entity(*absorb)
	switch kept, absorbed := v.Kind(k), v.Kind(a); {
	case k == a && v.ID(k) == keep:
		return nil // as asked for: merging again changes nothing
	case k == a:
		return badInput("keep and absorb are merged already, as %s; to have another stand for them, unmerge them first", v.ID(k))
	case kept != absorbed:
		return badInput("keep is of the kind %s and absorb of the kind %s; what is the same is of one kind", kindEnum(kept), kindEnum(absorbed))
	}
	*absorb = v.ID(a)
	return nil
}

// Unmerge withdraws a sameAs claim. It says so of any other claim, since whoever names the wrong id would lose a fact by it.
// Entities joined by several claims stay joined by the others.
func (m *Mutation) Unmerge(ctx context.Context, args struct {
	Claim  ID
	Reason string
},
) (*CommitPayload, error) {
	if err := checkReason(args.Reason); err != nil {
		return nil, err
	}
	id, err := graph.ParseClaimID(string(args.Claim))
	if err != nil {
		return nil, badInput("claim is %s; the id of a claim is a UUID", graph.Quoted(string(args.Claim)))
	}
	v := pinOf(ctx).view()
	no, ok, err := v.ClaimByID(ctx, id)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, notFound("claim is %s, and there is no such claim", id)
	}
	found, err := v.ReadClaims(ctx, []store.ClaimNo{no})
	if err != nil {
		return nil, err
	}
	if p := found[0].Predicate; p != graph.SameAs {
		return nil, badInput("claim is a claim that states %s; only one that states %s is a merge", predicateEnums[p], predicateEnums[graph.SameAs])
	}
	note := fmt.Sprintf("unmerge %s and %s", found[0].From, found[0].To)
	change := store.Change{Op: ledger.Withdraw, ID: id, Reason: args.Reason}
	return m.commit(ctx, []store.Change{change}, store.CommitOptions{Author: author, Note: note, Atomic: true})
}

// idOf is the id that an argument means: its own if it is an entity's, for claims keep the entity they name.
func idOf(v *view, ref ID) (graph.ID, bool) {
	if _, ok := v.Entity(graph.ID(ref)); ok {
		return graph.ID(ref), true
	}
	no, ok := v.Resolve(string(ref))
	if !ok {
		return "", false
	}
	return v.ID(no), true
}

// checkReason asks for a reason: who looks at the history later has nothing else to go by.
func checkReason(reason string) error {
	switch {
	case strings.TrimSpace(reason) == "":
		return badInput("reason is empty; say why")
	case len(reason) > maxNote:
		return badInput("reason has %d bytes; at most %d are kept", len(reason), maxNote)
	}
	return nil
}

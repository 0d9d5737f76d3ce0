package store

import (
	"context"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
)

// A Claim is a claim as read from the ledger, with what the view knows of it. The embedded claim names entities as it
// was made; Subject and the others are the entities that stand for them at the view.
type Claim struct {
	graph.Claim
	No      ClaimNo
	ClaimID graph.ClaimID

	Subject, Object             Entity // NoEntity where there is none
	ClaimantEntity, CoderEntity Entity
	Document                    Entity

	Commit   uint64 // the commit it came with
	Known    []Interval
	Standing bool
	// Erased says what of the claim is gone for good. Its id is that of the content it had.
	Erased ledger.Erasure
}

// An Interval is a time during which a claim was known: from the commit From until before the commit Until, or on if
// Until is 0. Reason says why it ended.
type Interval struct {
	From, Until uint64
	Reason      string
}

// ReadClaims reads whole claims, in the order asked.
func (v *View) ReadClaims(ctx context.Context, nos []ClaimNo) ([]Claim, error) {
	if len(nos) == 0 {
		return nil, nil
	}
	stored, err := v.s.ledger.Read(ctx, nos)
	if err != nil {
		return nil, err
	}
	claims := make([]Claim, len(stored))
	for i := range stored {
		c := &claims[i]
		*c = Claim{Claim: v.claim(&stored[i]), No: nos[i], ClaimID: stored[i].ID, Erased: stored[i].Erased}
		c.Subject, c.Object = v.group(stored[i].From), v.group(stored[i].To)
		c.ClaimantEntity, c.CoderEntity, c.Document = v.group(stored[i].Claimant), v.group(stored[i].Coder), v.group(stored[i].Document)
		c.Commit, c.Standing = v.snap.CommitOf(nos[i]), v.snap.Stands(nos[i])
		if c.Known, err = v.known(ctx, nos[i]); err != nil {
			return nil, err
		}
	}
	return claims, nil
}

// claim turns a stored claim back into the words of package graph.
func (v *View) claim(c *ledger.Claim) graph.Claim {
	out := graph.Claim{
		From: v.snap.ID(c.From), To: v.id(c.To), Value: c.Value,
		When: c.When, Said: c.Said, Claimant: v.id(c.Claimant), Coder: v.id(c.Coder), Confidence: c.Confidence,
		Source: graph.Source{Document: v.id(c.Document), Locator: c.Locator, Quote: c.Quote}, Key: c.Key,
	}
	if info := graph.PredicateOf(c.Predicate); info != nil {
		out.Predicate = info.Name
	}
	out.Stance, _ = graph.StanceOf(c.Stance)
	for _, q := range c.Qualifiers {
		if info := graph.QualifierOf(q.Name); info != nil {
			out.Qualifiers = append(out.Qualifiers, graph.Qualifier{Name: info.Name, Entity: v.id(q.Entity), Value: q.Value})
		}
	}
	return out
}

func (v *View) id(e ledger.EntityNo) graph.ID {
	if e == NoEntity {
		return ""
	}
	return v.snap.ID(e)
}

func (v *View) group(e ledger.EntityNo) Entity {
	if e == NoEntity {
		return NoEntity
	}
	return v.snap.Group(e)
}

// known lists when the claim was known; the reasons are read from the commits that ended it.
func (v *View) known(ctx context.Context, no ClaimNo) ([]Interval, error) {
	var known []Interval
	for _, k := range v.snap.Known(no) {
		interval := Interval{From: k.From, Until: k.Until}
		if k.Until != 0 {
			changes, err := v.s.ledger.Changes(ctx, k.Until)
			if err != nil {
				return nil, err
			}
			if i := slices.IndexFunc(changes, func(c ledger.Change) bool { return c.Claim == no }); i >= 0 {
				interval.Reason = changes[i].Reason
			}
		}
		known = append(known, interval)
	}
	return known, nil
}

// ClaimByID finds a claim, standing or not, that was known by the view's commit.
func (v *View) ClaimByID(ctx context.Context, id graph.ClaimID) (ClaimNo, bool, error) {
	candidates := slices.Collect(v.snap.Candidates(id))
	if len(candidates) == 0 {
		return 0, false, nil
	}
	ids, err := v.s.ledger.IDs(ctx, candidates)
	if err != nil {
		return 0, false, err
	}
	for i, found := range ids {
		if found == id {
			return candidates[i], true, nil
		}
	}
	return 0, false, nil
}

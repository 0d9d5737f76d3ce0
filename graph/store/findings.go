package store

import (
	"context"
	"slices"

	"entente/graph"
	"entente/graph/trace"
)

// A FindingFilter says which findings are meant; what is not set does not restrict.
type FindingFilter struct {
	Kinds []trace.FindingKind
	About *Entity // only what concerns it
	// Budget is how many claims are looked at, at most.
	Budget int
}

// A Finding is something that cannot be as the claims say.
type Finding struct {
	Kind   trace.FindingKind
	About  Entity
	Says   string    // in one sentence what is wrong
	Claims []ClaimNo // that it rests on: those that do not hold together, and then what else
}

// FindingList is a page of findings.
type FindingList struct {
	List[Finding]
	// Partial says that the budget was used up: what is listed is right, but there may be more.
	Partial bool
}

// Findings lists what does not hold together by kind, and of a kind in the order of the ledger.
func (v *View) Findings(ctx context.Context, f FindingFilter, page Page) (FindingList, error) {
	answer, err := v.found(ctx, &f)
	if err != nil {
		return FindingList{}, err
	}
	list, err := Paginate("findings", answer.findings, page, func(f trace.Finding) string {
		with := uint64(0)
		if len(f.With) > 0 {
			with = uint64(f.With[0]) + 1
		}
		return sortable(uint64(slices.Index(trace.FindingKinds(), f.Kind)), uint64(f.About), with, uint64(f.Claims[0]))
	})
	if err != nil {
		return FindingList{}, err
	}
	items, err := v.tellFindings(ctx, list.Items)
	return FindingList{List: relist(&list, items), Partial: answer.partial}, err
}

// found looks for all findings, unless they were asked for lately.
func (v *View) found(ctx context.Context, f *FindingFilter) (*found, error) {
	key := v.findingKey(f)
	if answer, ok := v.s.found.Get(key); ok {
		return answer, nil
	}
	all, err := trace.Findings(ctx, v.snap, trace.FindingQuestion{Kinds: f.Kinds, About: f.About, AsOf: v.asOf, Budget: f.Budget})
	if err != nil {
		return nil, err
	}
	answer := &found{partial: all.Partial}
	if answer.findings, err = v.inThatOffice(ctx, all.Findings); err != nil {
		return nil, err
	}
	v.s.found.Put(key, answer, answer.size())
	return answer, nil
}

// tellFindings reads the claims of findings, all at once, and says what is wrong.
func (v *View) tellFindings(ctx context.Context, found []trace.Finding) ([]Finding, error) {
	var nos []ClaimNo
	for i := range found {
		nos = append(nos, found[i].Claims...)
	}
	claims, err := v.ReadClaims(ctx, nos)
	if err != nil {
		return nil, err
	}
	items := make([]Finding, len(found))
	for i := range found {
		f := &found[i]
		items[i] = Finding{f.Kind, f.About, v.findingSays(f, claims[:len(f.Claims)]), slices.Concat(f.Claims, f.Grounds)}
		claims = claims[len(f.Claims):]
	}
	return items, nil
}

// Dating tells how those who date an entity agree.
func (v *View) Dating(e Entity) trace.Dating { return trace.DatingOf(v.snap, e, graph.DatePredicate) }

package trace

import (
	"context"
	"iter"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A finder looks for findings.
type finder struct {
	*graphView
	question FindingQuestion
	budget   work
	err      error // with which the work stopped: nothing is looked at any more
	found    []Finding
}

// Findings answers a question. The error is the context's.
func Findings(ctx context.Context, s *topology.Snapshot, q FindingQuestion) (*FindingAnswer, error) {
	f := &finder{graphView: newView(s, Filter{RollUp: true, AsOf: q.AsOf}), question: q, budget: work{ctx, q.Budget}}
	defer f.close()
	f.examineAll()
	partial, err := ranOut(f.err)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(f.found, Finding.order)
	return &FindingAnswer{Findings: f.found, Partial: partial}, nil
}

// examineAll looks at every entity that a finding could be about.
func (f *finder) examineAll() {
	if f.asks(SharedAlias) {
		f.sharedAliases()
	}
	if f.question.About != nil {
		for _, e := range f.near(*f.question.About) {
			f.examine(e)
		}
		return
	}
	for e := range f.Entities() {
		if f.Group(e) == e {
			f.examine(e)
		}
	}
}

// examine looks for what there is about one entity.
func (f *finder) examine(e ledger.EntityNo) {
	if !f.spend(1) {
		return
	}
	for _, c := range []struct {
		asked bool
		check func(ledger.EntityNo)
	}{
		{f.asks(NotInOffice), f.outOfOffice},
		{f.asks(DatesDisagree) || f.asks(DayMonthSwapped), f.datesOf},
		{f.asks(PartyOrThirdParty) || f.asks(TwoRoles), f.rolesAt},
		{f.asks(DanglingReference), f.danglingFrom},
		{f.asks(OutsideLifetime), f.outsideLifetimeOf},
		{f.asks(TwoKinds), f.kindsOf},
	} {
		if c.asked && f.spend(0) {
			c.check(e)
		}
	}
}

func (f *finder) asks(k FindingKind) bool {
	return f.question.Kinds == nil || slices.Contains(f.question.Kinds, k)
}

// spend takes from the budget; false if nothing more is to be looked at.
func (f *finder) spend(n int) bool {
	if f.err == nil {
		f.err = f.budget.spend(n)
	}
	return f.err == nil
}

// add keeps a finding that was asked for. What was found as the budget ran out may lack what speaks against it.
func (f *finder) add(found Finding) {
	if f.spend(0) && f.asks(found.Kind) && (f.question.About == nil || found.Concerns(*f.question.About)) {
		f.found = append(f.found, found)
	}
}

// near are the entities that a finding which concerns e can be about: itself, what claims bind to it, and the meetings of those who stand
// for it.
func (f *finder) near(e ledger.EntityNo) []ledger.EntityNo {
	near := []ledger.EntityNo{e}
	for _, m := range f.Members(e) {
		for x := range f.edges(m) {
			if x.Other != ledger.NoEntity {
				near = append(near, f.Group(x.Other))
			}
			if x.Direction == topology.Out {
				for _, p := range f.Principals(x.Claim) {
					near = append(near, f.Group(p))
				}
			}
		}
	}
	if f.asks(PartyOrThirdParty) || f.asks(TwoRoles) {
		for _, t := range f.countingFor(e) {
			if f.spend(1) {
				near = append(near, t.Meeting)
			}
		}
	}
	return inOrder(near)
}

// edges yields the claims about an entity that count, as long as the budget lasts.
func (f *finder) edges(e ledger.EntityNo) iter.Seq[topology.Edge] {
	return func(yield func(topology.Edge) bool) {
		for x := range f.All(e, false) {
			if !f.spend(1) || f.countsBy(x) && !yield(x) {
				return
			}
		}
	}
}

// countsBy reports whether a claim is meant as a fact, and of something that had begun by the date that was asked for. What was over by
// then counts too: it is what contradicts.
func (f *finder) countsBy(x topology.Edge) bool {
	return graph.PredicateOf(x.Predicate) != nil && f.counts(x.Claim) && f.begun(x.When)
}

func (f *finder) begun(when graph.Date) bool {
	asOf := f.question.AsOf
	return asOf.IsZero() || when.IsZero() || when.Earliest() <= asOf.Latest()
}

// values are those of a field that count.
func (f *finder) values(e ledger.EntityNo, p graph.Predicate) []topology.Value {
	values := f.ValuesAsOf(e, p, f.question.AsOf)
	if !f.spend(1 + len(values)) {
		return nil
	}
	return values
}

// A timing is when something was that a claim says.
type timing struct {
	date   graph.Date
	values []topology.Value // of the meeting's date, where it is that
}

// timingOf is when a claim's own date says that something was or, without one, the date of the meeting where it was, among what counts.
func (f *finder) timingOf(own graph.Date, meeting ledger.EntityNo) timing {
	if !own.IsZero() {
		return timing{date: own}
	}
	values := f.values(meeting, graph.DatePredicate)
	return timing{f.DateAmong(values), values}
}

func datesAmong(values []topology.Value) []graph.Date {
	dates := make([]graph.Date, len(values))
	for i := range values {
		dates[i] = values[i].Date
	}
	return dates
}

// certainlyApart reports whether two dates have no day in common in any reading.
func certainlyApart(a, b graph.Date) bool { return !doubtful(a) && !doubtful(b) && !a.Overlaps(b) }

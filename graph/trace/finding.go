package trace

import (
	"cmp"
	"context"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A FindingKind says what does not hold together.
type FindingKind string

// The kinds of findings, in the order in which they are listed.
const (
	NotInOffice       FindingKind = "NOT_IN_OFFICE"
	DatesDisagree     FindingKind = "DATES_DISAGREE"
	DayMonthSwapped   FindingKind = "DAY_MONTH_SWAPPED"
	PartyOrThirdParty FindingKind = "PARTY_OR_THIRD_PARTY"
	TwoRoles          FindingKind = "TWO_ROLES"
	DanglingReference FindingKind = "DANGLING_REFERENCE"
	OutsideLifetime   FindingKind = "OUTSIDE_LIFETIME"
	SharedAlias       FindingKind = "SHARED_ALIAS"
	TwoKinds          FindingKind = "TWO_KINDS"
)

var findingKinds = []FindingKind{
	NotInOffice, DatesDisagree, DayMonthSwapped, PartyOrThirdParty, TwoRoles, DanglingReference, OutsideLifetime, SharedAlias, TwoKinds,
}

// FindingKinds lists the kinds in their order.
func FindingKinds() []FindingKind { return slices.Clone(findingKinds) }

// A Finding is something that cannot be as the claims say, whatever day of a coarse date is the right one and whatever is true beside
// them. What only may be wrong is none.
type Finding struct {
	Kind  FindingKind
	About ledger.EntityNo
	// With are the others that it concerns, the principal or the actor first; see the kinds' own files.
	With []ledger.EntityNo
	// Claims are those that do not hold together, in ledger order but for that which is wrong by the others, which comes first.
	Claims []ledger.ClaimNo
}

// Concerns reports whether it is about an entity or with it.
func (f *Finding) Concerns(e ledger.EntityNo) bool { return f.About == e || slices.Contains(f.With, e) }

// A FindingQuestion asks what does not hold together. Only what is asserted or implied counts, since nobody else says that it is
// so.
type FindingQuestion struct {
	Kinds []FindingKind    // nil is all
	About *ledger.EntityNo // only what concerns it; nil is everything
	AsOf  graph.Date       // only claims that count by then; absent is all
	// Budget is how many claims are looked at, at most.
	Budget int
}

// A FindingAnswer has what was found, by kind, entity, the first of those that it is with, and claim: no two agree in all of them.
type FindingAnswer struct {
	Findings []Finding
	// Partial says that the budget was used up: what is listed is right, but there may be more.
	Partial bool
}

// Findings answers a question. The error is the context's.
func Findings(ctx context.Context, s *topology.Snapshot, q FindingQuestion) (*FindingAnswer, error) {
	f := &finder{graphView: newView(s, Filter{RollUp: true, AsOf: q.AsOf}), question: q, ctx: ctx, left: q.Budget}
	f.examineAll()
	if f.err != nil {
		return nil, f.err
	}
	slices.SortFunc(f.found, Finding.order)
	return &FindingAnswer{Findings: f.found, Partial: f.left < 0}, nil
}

// order is the order of findings.
func (f Finding) order(g Finding) int {
	return cmp.Or(
		cmp.Compare(slices.Index(findingKinds, f.Kind), slices.Index(findingKinds, g.Kind)), cmp.Compare(f.About, g.About),
		slices.Compare(f.With[:min(len(f.With), 1)], g.With[:min(len(g.With), 1)]), cmp.Compare(f.Claims[0], g.Claims[0]),
	)
}

// A finder looks for findings.
type finder struct {
	*graphView
	question FindingQuestion
	ctx      context.Context
	err      error
	left     int // of the budget; below 0 nothing is looked at any more
	spent    int
	found    []Finding
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
	f.left -= n
	if f.spent += n; f.spent >= 1<<12 {
		f.spent = 0
		f.err = cmp.Or(f.err, f.ctx.Err())
	}
	return f.left >= 0 && f.err == nil
}

// add keeps a finding that was asked for.
func (f *finder) add(found Finding) {
	if f.asks(found.Kind) && (f.question.About == nil || found.Concerns(*f.question.About)) {
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
	if f.asks(PartyOrThirdParty) || f.asks(TwoRoles) || f.asks(NotInOffice) {
		for _, t := range f.countingFor(e) {
			if f.spend(1) {
				near = append(near, t.Meeting, t.Actor)
			}
		}
	}
	slices.Sort(near)
	return slices.Compact(near)
}

// edges yields the claims about an entity that count, as long as the budget lasts.
func (f *finder) edges(e ledger.EntityNo) func(func(topology.Edge) bool) {
	return func(yield func(topology.Edge) bool) {
		for x := range f.All(e, false) {
			if !f.spend(1) {
				return
			}
			info := graph.PredicateOf(x.Predicate)
			if info != nil && f.counts(x.Claim) && info.Counts(x.When, f.question.AsOf) && !yield(x) {
				return
			}
		}
	}
}

// values are those of a field that count.
func (f *finder) values(e ledger.EntityNo, p graph.Predicate) []topology.Value {
	values := f.ValuesAsOf(e, p, f.question.AsOf)
	if !f.spend(1 + len(values)) {
		return nil
	}
	return values
}

// when is when a claim's edge holds: by itself, or a tie by the date of its meeting.
func (f *finder) when(own graph.Date, meeting ledger.EntityNo) graph.Date {
	if !own.IsZero() {
		return own
	}
	return graph.OneOf(datesAmong(f.values(meeting, graph.DatePredicate))...)
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

// sortedClaims puts claims in ledger order, each once.
func sortedClaims(claims []ledger.ClaimNo) []ledger.ClaimNo {
	slices.Sort(claims)
	return slices.Compact(claims)
}

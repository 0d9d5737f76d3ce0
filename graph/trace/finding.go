package trace

import (
	"cmp"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
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
	// Grounds are what else it rests on, in ledger order: the claims of a meeting's date, where that tells when something was, and those by which
	// somebody's part or office is another's, too.
	Grounds []ledger.ClaimNo
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

// order is the order of findings.
func (f Finding) order(g Finding) int {
	return cmp.Or(
		cmp.Compare(slices.Index(findingKinds, f.Kind), slices.Index(findingKinds, g.Kind)), cmp.Compare(f.About, g.About),
		slices.Compare(f.With[:min(len(f.With), 1)], g.With[:min(len(g.With), 1)]), cmp.Compare(f.Claims[0], g.Claims[0]),
	)
}

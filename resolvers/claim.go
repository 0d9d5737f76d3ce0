package resolvers

import (
	"context"

	"github.com/graph-gophers/graphql-go"

	"entente/graph"
	"entente/graph/store"
)

// Claim is one statement by somebody, as it was recorded: stance, claimant and source are the coder's words, and nothing is
// worked out but which entity now stands for each that it names.
type Claim struct {
	first     uint64 // the commit it came with
	intervals []store.Interval

	ID         ID
	Predicate  string
	SubjectID  ID
	ObjectID   *ID
	Subject    *Entity
	Object     *Entity
	Value      *string
	Qualifiers []*Qualifier
	When       *Date
	WhenBounds *DateBounds
	Said       *Date
	Inferred   bool
	Stance     string
	Claimant   *Entity
	Coder      *Entity
	Source     *Source
	Confidence *float64
}

// Qualifier narrows a claim. It has an entity or a value. A qualifier that may stand several times comes as often in the
// list, in the order of the claim.
type Qualifier struct {
	Name   string
	Entity *Entity
	Value  *string
}

// Source is where a claim stands. A claim without one has none of the fields, and a null source.
type Source struct {
	Document *Entity
	Locator  *string
	Quote    *string
}

// KnownInterval is a time in which a claim is known.
type KnownInterval struct {
	From   *Commit
	Until  *Commit
	Reason *string
}

// readClaims reads claims in the order of the numbers given, in one read of the ledger. It is the one way in which
// evidence comes into an answer, besides a batch.
func readClaims(ctx context.Context, v *store.View, nos []store.ClaimNo) ([]*Claim, error) {
	read, err := v.ReadClaims(ctx, nos)
	if err != nil {
		return nil, err
	}
	return newClaims(v, read), nil
}

func newClaims(v *store.View, read []store.Claim) []*Claim {
	list := make([]*Claim, len(read))
	for i := range read {
		list[i] = newClaim(v, &read[i])
	}
	return list
}

func newClaim(v *store.View, c *store.Claim) *Claim {
	claim := &Claim{
		first: c.Commit, intervals: c.Known,
		ID: ID(c.ClaimID.String()), Predicate: predicateEnums[c.Predicate], Stance: string(c.Stance),
		Subject: entityAt(v, c.Subject), Object: entityAt(v, c.Object), Value: textPointer(c.Value),
		Qualifiers: make([]*Qualifier, len(c.Qualifiers)),
		When:       dateOf(c.When), WhenBounds: boundsOf(c.When), Said: dateOf(c.Said),
		Claimant: entityAt(v, c.ClaimantEntity), Coder: entityAt(v, c.CoderEntity),
	}
	claim.SubjectID = ID(c.From)
	if c.To != "" {
		id := ID(c.To)
		claim.ObjectID = &id
	}
	for i, q := range c.Qualifiers {
		claim.Qualifiers[i] = &Qualifier{Name: string(q.Name), Value: textPointer(q.Value)}
		if no, ok := v.Entity(q.Entity); ok {
			claim.Qualifiers[i].Entity = entityAt(v, no)
		}
		claim.Inferred = claim.Inferred || q.Name == graph.Inferred
	}
	if c.Source != (graph.Source{}) {
		claim.Source = &Source{Document: entityAt(v, c.Document), Locator: textPointer(c.Source.Locator), Quote: textPointer(c.Source.Quote)}
		if c.Erased != 0 {
			claim.Source.Quote = new(erasedText)
		}
	}
	if c.Confidence != 0 {
		claim.Confidence = &c.Confidence
	}
	return claim
}

// Commit is the commit the claim came with.
func (c *Claim) Commit(ctx context.Context) (*Commit, error) { return pinOf(ctx).info(ctx, c.first) }

// Known lists the times in which the claim is known, up to the view's commit: what ended it later is not known there.
func (c *Claim) Known(ctx context.Context) ([]*KnownInterval, error) {
	list := make([]*KnownInterval, len(c.intervals))
	for i, k := range c.intervals {
		from, err := pinOf(ctx).info(ctx, k.From)
		if err != nil {
			return nil, err
		}
		list[i] = &KnownInterval{From: from, Reason: textPointer(k.Reason)}
		if k.Until == 0 {
			continue
		}
		if list[i].Until, err = pinOf(ctx).info(ctx, k.Until); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// claimFilterInput is a ClaimFilter.
type claimFilterInput struct {
	Subject, Object, About *ID
	Predicates, Stances    *[]string
	Claimants, Coders      *[]ID
	Source                 *ID
	When, Said             *rangeInput
	IncludeRetracted       graphql.NullBool
}

// filter reads the input; false if it names something that is not there, so that nothing can match.
func (in *claimFilterInput) filter(v *store.View) (f store.ClaimFilter, some bool, err error) {
	if in == nil {
		return f, true, nil
	}
	f.Predicates, f.Stances = predicateList(in.Predicates), stanceList(in.Stances)
	f.Claimants, f.Coders = anyOf(v, in.Claimants), anyOf(v, in.Coders)
	f.IncludeRetracted = in.IncludeRetracted.Value != nil && *in.IncludeRetracted.Value
	if f.When, err = in.When.window("filter.when"); err != nil {
		return f, false, err
	}
	if f.Said, err = in.Said.window("filter.said"); err != nil {
		return f, false, err
	}
	some = resolve(v, in.Subject, &f.Subject) && resolve(v, in.Object, &f.Object) &&
		resolve(v, in.About, &f.About) && resolve(v, in.Source, &f.Source)
	return f, some, nil
}

// resolve finds the entity of an argument. A null argument leaves it as it is; false if there is no such entity.
func resolve(v *store.View, id *ID, entity **store.Entity) bool {
	if id == nil {
		return true
	}
	no, ok := v.Resolve(string(*id))
	*entity = &no
	return ok
}

// anyOf finds the entities of an argument that any of is enough; null is nil, which restricts nothing.
func anyOf(v *store.View, ids *[]ID) []store.Entity {
	if ids == nil {
		return nil
	}
	list := []store.Entity{}
	for _, id := range *ids {
		if no, ok := v.Resolve(string(id)); ok {
			list = append(list, no)
		}
	}
	return list
}

// claims lists claims, for the query and for an entity, whose own claims are a filter more; narrow adds to the
// filter, and says whether anything can match.
func claims(ctx context.Context, v *store.View, args claimsArgs, narrow func(*store.ClaimFilter) bool) (*Connection[*Claim], error) {
	page, err := args.page(50)
	if err != nil {
		return nil, err
	}
	f, some, err := args.Filter.filter(v)
	if err != nil || !some || !narrow(&f) {
		return connect(store.List[store.ClaimNo]{}, []*Claim{}), err
	}
	list, err := v.Claims(ctx, f, page)
	if err != nil {
		return nil, err
	}
	return claimPage(ctx, v, list)
}

func claimPage(ctx context.Context, v *store.View, list store.List[store.ClaimNo]) (*Connection[*Claim], error) {
	read, err := readClaims(ctx, v, list.Items)
	if err != nil {
		return nil, err
	}
	return connect(list, read), nil
}

// erasedText stands where a quote may have been before it was erased for good.
const erasedText = "[redacted]"

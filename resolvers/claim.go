package resolvers

import (
	"context"

	"github.com/graph-gophers/graphql-go"

	"entente/graph"
	"entente/graph/store"
)

// Claim is one statement by somebody, as it was recorded: stance, claimant and source are the coder's words, and nothing is
// worked out but which entity now stands for each that it names. What takes more than a look is a method: of a page of five hundred claims most
// fields are never asked for.
type Claim struct {
	graph *view
	claim *store.Claim

	Predicate  string
	SubjectID  ID
	Value      *string
	Stance     string
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
	graph    *view
	document store.Entity

	Locator *string
	Quote   *string
}

// Document is the document.
func (s *Source) Document() *Entity { return entityAt(s.graph, s.document) }

// KnownInterval is a time in which a claim is known.
type KnownInterval struct {
	From   *Commit
	Until  *Commit
	Reason *string
}

// readClaims reads claims in the order of the numbers given, in one read of the ledger. It is the one way in which
// evidence comes into an answer, besides a batch.
func readClaims(ctx context.Context, v *view, nos []store.ClaimNo) ([]*Claim, error) {
	read, err := v.ReadClaims(ctx, nos)
	if err != nil {
		return nil, err
	}
	v.noteNamed(read)
	return newClaims(v, read), nil
}

// newClaims shares the memory of the claims read.
func newClaims(v *view, read []store.Claim) []*Claim {
	claims, list := make([]Claim, len(read)), make([]*Claim, len(read))
	for i := range read {
		list[i] = &claims[i]
		claims[i].tell(v, &read[i])
	}
	return list
}

func (c *Claim) tell(v *view, read *store.Claim) {
	*c = Claim{
		graph: v, claim: read, Predicate: predicateEnums[read.Predicate], SubjectID: ID(read.From), Value: sharedText(&read.Value), Stance: string(read.Stance),
	}
	if read.Source != (graph.Source{}) {
		c.Source = &Source{graph: v, document: read.Document, Locator: sharedText(&read.Source.Locator), Quote: sharedText(&read.Source.Quote)}
		if read.Erased != 0 {
			c.Source.Quote = new(erasedText)
		}
	}
	if read.Confidence != 0 {
		c.Confidence = &read.Confidence
	}
}

// ID is the claim's id.
func (c *Claim) ID() ID { return ID(c.claim.ClaimID.String()) }

// Subject is the entity that stands for the one that the claim is about.
func (c *Claim) Subject() *Entity { return entityAt(c.graph, c.claim.Subject) }

// Object is the entity that stands for the one that the claim relates it to; nil for a literal.
func (c *Claim) Object() *Entity { return entityAt(c.graph, c.claim.Object) }

// ObjectID is the id by which the claim names its object.
func (c *Claim) ObjectID() *ID {
	if c.claim.To == "" {
		return nil
	}
	id := ID(c.claim.To)
	return &id
}

// Claimant is whose word it is.
func (c *Claim) Claimant() *Entity { return entityAt(c.graph, c.claim.ClaimantEntity) }

// Coder is who read it out of the source.
func (c *Claim) Coder() *Entity { return entityAt(c.graph, c.claim.CoderEntity) }

// When is the date of what the claim says.
func (c *Claim) When() *Date { return dateOf(c.claim.When) }

// WhenBounds are the days of the date.
func (c *Claim) WhenBounds() *DateBounds { return boundsOf(c.claim.When) }

// Said is when it was said.
func (c *Claim) Said() *Date { return dateOf(c.claim.Said) }

// Inferred reports whether the source does not say it itself.
func (c *Claim) Inferred() bool {
	_, inferred := c.claim.Qualifier(graph.Inferred)
	return inferred
}

// Qualifiers are what narrows the claim.
func (c *Claim) Qualifiers() []*Qualifier {
	list := make([]*Qualifier, len(c.claim.Qualifiers))
	for i, q := range c.claim.Qualifiers {
		list[i] = &Qualifier{Name: string(q.Name), Value: textPointer(q.Value)}
		if no, ok := c.graph.Entity(q.Entity); ok {
			list[i].Entity = entityAt(c.graph, no)
		}
	}
	return list
}

// Commit is the commit the claim came with.
func (c *Claim) Commit(ctx context.Context) (*Commit, error) {
	return pinOf(ctx).info(ctx, c.claim.Commit)
}

// Known lists the times in which the claim is known, up to the view's commit: what ended it later is not known there.
func (c *Claim) Known(ctx context.Context) ([]*KnownInterval, error) {
	list := make([]*KnownInterval, len(c.claim.Known))
	for i, k := range c.claim.Known {
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
func (in *claimFilterInput) filter(v *view) (f store.ClaimFilter, some bool, err error) {
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
func resolve(v *view, id *ID, entity **store.Entity) bool {
	if id == nil {
		return true
	}
	no, ok := v.Resolve(string(*id))
	*entity = &no
	return ok
}

// anyOf finds the entities of an argument that any of is enough; null is nil, which restricts nothing.
func anyOf(v *view, ids *[]ID) []store.Entity {
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
func claims(ctx context.Context, v *view, args claimsArgs, narrow func(*store.ClaimFilter) bool) (*Connection[*Claim], error) {
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

func claimPage(ctx context.Context, v *view, list store.List[store.ClaimNo]) (*Connection[*Claim], error) {
	read, err := readClaims(ctx, v, list.Items)
	if err != nil {
		return nil, err
	}
	return connect(list, read), nil
}

// erasedText stands where a quote may have been before it was erased for good.
const erasedText = "[redacted]"

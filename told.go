package main

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// What is told here are answers ready to be written out, with names and evidence read. As JSON they have the shape of the API's
// types, every field always there and null where there is nothing to say.

// A toldMoment is where in time an answer stands.
type toldMoment struct {
	AsOf    *string `json:"asOf"`
	Commit  uint64  `json:"commit"`
	KnownAt string  `json:"knownAt"`
	Ledger  string  `json:"ledger"`
}

func tellMoment(m store.Moment) toldMoment {
	known := m.KnownAt
	if known.IsZero() {
		known = time.Unix(0, 0)
	}
	return toldMoment{dateText(m.AsOf), m.Commit, known.UTC().Format(time.RFC3339Nano), m.Ledger}
}

// A toldEntity is an entity by what it is called.
type toldEntity struct {
	ID   graph.ID `json:"id"`
	Kind string   `json:"kind"`
	Name string   `json:"name"`

	entity store.Entity
}

// tellEntity is nil for no entity.
func tellEntity(v *store.View, e store.Entity) *toldEntity {
	if e == store.NoEntity {
		return nil
	}
	kind := cmp.Or(graph.UpperSnake(string(v.Kind(e))), "UNKNOWN")
	return &toldEntity{v.ID(e), kind, v.Name(e), e}
}

// A toldClaim is one claim that an answer rests on.
type toldClaim struct {
	ID         string           `json:"id"`
	Claimant   *toldEntity      `json:"claimant"`
	Coder      *toldEntity      `json:"coder"`
	Stance     graph.Stance     `json:"stance"`
	When       *string          `json:"when"`
	Said       *string          `json:"said"`
	Inferred   bool             `json:"inferred"`
	Qualifiers []*toldQualifier `json:"qualifiers"`
	Source     *toldSource      `json:"source"`
}

// A toldQualifier narrows a claim.
type toldQualifier struct {
	Name   graph.QualifierName `json:"name"`
	Entity *toldEntity         `json:"entity"`
	Value  *string             `json:"value"`
}

// A toldSource is where a claim stands.
type toldSource struct {
	Document *toldEntity `json:"document"`
	Locator  *string     `json:"locator"`
	Quote    *string     `json:"quote"`
}

// redacted stands for words that were erased for good.
const redacted = "[redacted]"

func tellClaim(v *store.View, c *store.Claim) toldClaim {
	told := toldClaim{
		ID: c.ClaimID.String(), Claimant: tellEntity(v, c.ClaimantEntity), Coder: tellEntity(v, c.CoderEntity), Stance: c.Stance,
		When: dateText(c.When), Said: dateText(c.Said), Qualifiers: make([]*toldQualifier, len(c.Qualifiers)),
	}
	for i, q := range c.Qualifiers {
		told.Qualifiers[i] = &toldQualifier{Name: q.Name, Value: textOrNil(q.Value)}
		if e, ok := v.Entity(q.Entity); ok {
			told.Qualifiers[i].Entity = tellEntity(v, e)
		}
		told.Inferred = told.Inferred || q.Name == graph.Inferred
	}
	if c.Source != (graph.Source{}) {
		told.Source = &toldSource{tellEntity(v, c.Document), textOrNil(c.Source.Locator), textOrNil(c.Source.Quote)}
		if c.Erased != 0 {
			told.Source.Quote = new(redacted)
		}
	}
	return told
}

// A toldPart is an actor's part in a meeting, with all claims that say so.
type toldPart struct {
	Role       string        `json:"role"`
	Actor      *toldEntity   `json:"actor"`
	OnBehalfOf *toldEntity   `json:"onBehalfOf"`
	Meeting    *toldEntity   `json:"meeting"`
	Capacity   *string       `json:"capacity"`
	Between    []*toldEntity `json:"between"`
	When       *string       `json:"when"`
	Stance     graph.Stance  `json:"stance"`
	Inferred   bool          `json:"inferred"`
	Disputed   bool          `json:"disputed"`
	Claims     []toldClaim   `json:"claims"`
	RolledUpBy []toldBond    `json:"rolledUpBy"`

	role, label string // in words, alone and before a meeting
}

// A toldBond is a claim by which one stands for another, a meeting is one with another or dated, or two ids are one. It is told with the ids that it
// names itself, too.
type toldBond struct {
	Predicate string      `json:"predicate"`
	Subject   *toldEntity `json:"subject"`
	SubjectID graph.ID    `json:"subjectId"`
	Object    *toldEntity `json:"object"`
	ObjectID  *graph.ID   `json:"objectId"`
	Value     *string     `json:"value"`
	toldClaim

	label string // of the predicate
}

func tellPart(ctx context.Context, v *store.View, p *store.TracedPart) (*toldPart, error) {
	claims, err := v.ReadClaims(ctx, slices.Concat(p.Claims, p.RolledUpBy))
	if err != nil {
		return nil, err
	}
	particulars := v.Particulars(claims[:len(p.Claims)])
	stance, disputed := v.Standing(&p.Participation)
	told := &toldPart{
		Role: p.Role().Info().Enum(), Actor: tellEntity(v, p.Actor), OnBehalfOf: tellEntity(v, p.OnBehalfOf), Meeting: tellEntity(v, p.Meeting),
		Capacity: textOrNil(particulars.Capacity), Between: make([]*toldEntity, len(particulars.Between)), When: dateText(p.When), Stance: stance,
		Inferred: particulars.Inferred, Disputed: disputed, Claims: make([]toldClaim, len(p.Claims)), RolledUpBy: make([]toldBond, len(p.RolledUpBy)),
		role: graph.Words(string(p.Role())), label: p.Role().Info().Label,
	}
	for i, e := range particulars.Between {
		told.Between[i] = tellEntity(v, e)
	}
	for i := range told.Claims {
		told.Claims[i] = tellClaim(v, &claims[i])
	}
	for i := range told.RolledUpBy {
		told.RolledUpBy[i] = tellBond(v, &claims[len(p.Claims)+i])
	}
	return told, nil
}

func tellBond(v *store.View, c *store.Claim) toldBond {
	info := c.Predicate.Info()
	bond := toldBond{
		Predicate: info.Enum(), Subject: tellEntity(v, c.Subject), SubjectID: c.From, Object: tellEntity(v, c.Object), Value: textOrNil(c.Value),
		toldClaim: tellClaim(v, c), label: info.Label,
	}
	if c.To != "" {
		bond.ObjectID = &c.To
	}
	return bond
}

// tellBonds tells claims in their order.
func tellBonds(ctx context.Context, v *store.View, nos []store.ClaimNo) ([]toldBond, error) {
	claims, err := v.ReadClaims(ctx, nos)
	if err != nil {
		return nil, err
	}
	bonds := make([]toldBond, len(claims))
	for i := range claims {
		bonds[i] = tellBond(v, &claims[i])
	}
	return bonds, nil
}

// tellUnit tells by which claims meetings of a unit are one, and by which it is dated.
func tellUnit(ctx context.Context, v *store.View, u *trace.Unit) (joined, dated []toldBond, err error) {
	joins := v.JoinedBy(u.Meetings[0])
	bonds, err := tellBonds(ctx, v, slices.Concat(joins, v.DatedBy(u.Meetings[0])))
	if err != nil {
		return nil, nil, err
	}
	return bonds[:len(joins):len(joins)], bonds[len(joins):], nil
}

// textOrNil is nil for no text.
func textOrNil(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func dateText(d graph.Date) *string { return textOrNil(d.String()) }

// oneLine is a stranger's text as a terminal may show it: on one line, and without the control characters that claims may have,
// those from U+0080 to U+009F, some of which terminals obey.
func oneLine(text string) string {
	blank := func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}
	return strings.Join(strings.Fields(strings.Map(blank, text)), " ")
}

package resolvers

import (
	"cmp"
	"context"
	"encoding/base64"
	"math/big"
	"strings"

	"github.com/graph-gophers/graphql-go"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// chainBudget is how many links of the graph one question may look at: some seconds of work.
const chainBudget = 1 << 25

// BigInt is a whole number of any size, as a text.
type BigInt string

// ImplementsGraphQLType says which scalar it is.
func (BigInt) ImplementsGraphQLType(name string) bool { return name == "BigInt" }

// UnmarshalGraphQL takes nothing: no argument is of the type.
func (*BigInt) UnmarshalGraphQL(any) error { return badInput("no argument is a BigInt") }

func bigInt(n *big.Int) *BigInt {
	if n == nil {
		return nil
	}
	text := BigInt(n.String())
	return &text
}

// chainOptions are the options of a question for chains. The schema gives the defaults, for which null stands, too.
type chainOptions struct {
	Order         enumInput
	Certain       graphql.NullBool
	Objective     enumInput
	MediationHops graphql.NullBool
	MinimumRole   enumInput
	Roles         *[]string
	Window        *rangeInput
	Stances       *[]string
	Claimants     *[]ID
	Coders        *[]ID
	Exclude       *[]ID
	MaxHops       graphql.NullInt
	RollUp        graphql.NullBool
}

const (
	// someHops is the limit to hops if none is given.
	someHops = 6
	// mostHops is the highest limit to hops that makes sense.
	mostHops = 1000
)

// question is what the options ask of a view.
func (o *chainOptions) question(v *view) (trace.ChainQuestion, error) {
	q := trace.ChainQuestion{
		Order: trace.TimeOrder(cmp.Or(string(o.Order), string(trace.NonDecreasing))), Objective: trace.Objective(cmp.Or(string(o.Objective), string(trace.FewestHops))),
		Certain: o.Certain.Value != nil && *o.Certain.Value, AnyMeeting: o.MediationHops.Value != nil && !*o.MediationHops.Value,
		MaxHops: someHops, Budget: chainBudget,
		Filter: trace.Filter{
			RollUp: o.RollUp.Value == nil || *o.RollUp.Value, Stances: stanceList(o.Stances), Roles: predicateList(o.Roles),
		},
	}
	if o.MaxHops.Value != nil {
		q.MaxHops = int(*o.MaxHops.Value)
	}
	if q.MaxHops < 0 || q.MaxHops > mostHops {
		return q, badInput("maxHops is %d; it can be 1 to %d, or 0 for no limit", q.MaxHops, mostHops)
	}
	var err error
	if q.MinimumRole, err = minimumRole(cmp.Or(string(o.MinimumRole), predicateEnums[graph.Mediated])); err != nil {
		return q, err
	}
	window, err := o.Window.window("window")
	if err != nil {
		return q, err
	}
	q.Window = trace.Window(window)
	q.Claimants, q.Coders = among(v, o.Claimants), among(v, o.Coders)
	q.Exclude = among(v, o.Exclude)
	return q, nil
}

// minimumRole is a third party's role.
func minimumRole(enum string) (graph.Predicate, error) {
	role := predicates[enum]
	if !role.Info().ThirdParty() {
		return "", badInput("minimumRole is %s; it is the role of a third party, such as MEDIATED", enum)
	}
	return role, nil
}

// among are entities of ids; nil, which restricts nothing, for a null argument. An id that finds nothing is none of them.
func among(v *view, ids *[]ID) []store.Entity {
	if ids == nil {
		return nil
	}
	list := make([]store.Entity, 0, len(*ids))
	for _, id := range *ids {
		if no, ok := v.Resolve(string(id)); ok {
			list = append(list, no)
		}
	}
	return list
}

// ChainResult is the answer to who brought two together.
type ChainResult struct {
	Moment   *Moment
	From, To *Entity
	Total    *BigInt
	Hops     *int32
	Chains   []*Chain
	WhyNot   *WhyNot
	Partial  bool
	PageInfo *PageInfo
}

// Chain is a sequence of actors and meetings.
type Chain struct {
	Key     ID
	Hops    []*Hop
	Departs *Date
	Arrives *Date
	Order   string
}

// Hop leads from one actor of a meeting to another.
type Hop struct {
	unitEvidence

	From, To   *Entity
	FromTies   []*Participation
	ToTies     []*Participation
	Meeting    *Meeting
	When       *Date
	WhenBounds *DateBounds
	Order      *string
	WaitMin    *int32
	WaitMax    *int32
}

// MediationChains finds the best chains of meetings from one actor to another.
func (q *Query) MediationChains(ctx context.Context, args struct {
	From, To ID
	Options  *chainOptions
	At       *atInput
	First    graphql.NullInt
	After    *string
},
) (*ChainResult, error) {
	v, err := viewAt(ctx, pinOf(ctx).view(), args.At)
	if err != nil {
		return nil, err
	}
	question, err := cmp.Or(args.Options, &chainOptions{}).question(v)
	if err != nil {
		return nil, err
	}
	if question.From, question.To, err = ends(v, args.From, args.To); err != nil {
		return nil, err
	}
	if question.First, err = pageSize(args.First, 10); err != nil {
		return nil, err
	}
	if question.Skip, err = chainsAfter(args.After); err != nil {
		return nil, err
	}
	answer, err := v.Chains(ctx, question)
	if err != nil {
		return nil, err
	}
	return newChainResult(ctx, v, &question, answer)
}

// ends are the two actors of a question.
func ends(v *view, from, to ID) (a, b store.Entity, err error) {
	for _, end := range []struct {
		name string
		id   ID
		no   *store.Entity
	}{{"from", from, &a}, {"to", to, &b}} {
		no, ok := v.Resolve(string(end.id))
		switch {
		case !ok:
			return a, b, badInput("%s is %s; no entity has that id", end.name, graph.Quoted(string(end.id)))
		case !v.Kind(no).Party():
			return a, b, badInput("%s is %s, a %s; a chain leads from party to party", end.name, end.id, kindEnum(v.Kind(no)))
		}
		*end.no = no
	}
	if a == b {
		return a, b, badInput("from and to are one and the same entity, %s", v.ID(a))
	}
	return a, b, nil
}

func newChainResult(ctx context.Context, v *view, q *trace.ChainQuestion, a *trace.ChainAnswer) (*ChainResult, error) {
	r := &ChainResult{
		Moment: newMoment(v.Moment()), From: entityAt(v, q.From), To: entityAt(v, q.To),
		Total: bigInt(a.Total), Chains: make([]*Chain, len(a.Chains)), Partial: a.Partial, PageInfo: chainPage(q, a),
	}
	if a.Hops > 0 {
		hops := int32(a.Hops)
		r.Hops = &hops
	}
	t := &chainTeller{v, q.RollUp, newBatch(v), newUnitTeller(ctx, v, "Hop")}
	for i := range a.Chains {
		r.Chains[i] = t.chain(&a.Chains[i])
	}
	r.WhyNot = t.whyNot(a.WhyNot)
	return r, cmp.Or(t.units.read(ctx), t.batch.readParts(ctx))
}

// chainMark begins the cursor of a chain, which is its place in the list.
const chainMark = "e1chain:"

// chainPage tells which part of the list is there.
func chainPage(q *trace.ChainQuestion, a *trace.ChainAnswer) *PageInfo {
	page := &PageInfo{HasPreviousPage: q.Skip.Sign() > 0}
	if len(a.Chains) == 0 {
		return page
	}
	place := func(n int) *string {
		at := new(big.Int).Add(q.Skip, big.NewInt(int64(n)))
		cursor := base64.RawURLEncoding.EncodeToString([]byte(chainMark + at.String()))
		return &cursor
	}
	page.StartCursor, page.EndCursor = place(1), place(len(a.Chains))
	// Without a count, a full page may not be the last.
	page.HasNextPage = len(a.Chains) == q.First
	if a.Total != nil {
		page.HasNextPage = new(big.Int).Add(q.Skip, big.NewInt(int64(len(a.Chains)))).Cmp(a.Total) < 0
	}
	return page
}

// chainsAfter is how many chains stand before those that are asked for.
func chainsAfter(after *string) (*big.Int, error) {
	if after == nil {
		return new(big.Int), nil
	}
	text, err := base64.RawURLEncoding.DecodeString(*after)
	digits, ours := strings.CutPrefix(string(text), chainMark)
	n, ok := new(big.Int).SetString(digits, 10)
	if err != nil || !ours || !ok || n.Sign() < 0 || len(digits) > 400 {
		return nil, store.ErrCursor
	}
	return n, nil
}

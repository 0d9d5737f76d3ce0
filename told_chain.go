package main

import (
	"context"

	"entente/graph/store"
	"entente/graph/trace"
)

// A toldChains is the answer to who brought two together, in the shape of the API's ChainResult. Again is the command that asks
// once more, as it was known then.
type toldChains struct {
	Moment  toldMoment   `json:"moment"`
	From    *toldEntity  `json:"from"`
	To      *toldEntity  `json:"to"`
	Total   *string      `json:"total"` // a text, since it can be huge; null if the work allowed did not suffice to count
	Hops    *int         `json:"hops"`
	Chains  []*toldChain `json:"chains"`
	WhyNot  *toldWhyNot  `json:"whyNot"`
	Partial bool         `json:"partial"`
	// Merged are those in the chains who are merged from several ids. The API tells it of each of them by itself.
	Merged []*toldMerged `json:"merged"`
	Again  string        `json:"again"`

	mediation bool // every hop is one of mediation
}

// A toldChain is a sequence of actors and meetings.
type toldChain struct {
	Hops    []*toldHop `json:"hops"`
	Departs *string    `json:"departs"`
	Arrives *string    `json:"arrives"`
	Order   string     `json:"order"`
}

// A toldHop leads from one actor of a meeting to another.
type toldHop struct {
	From     *toldEntity `json:"from"`
	FromTies []*toldPart `json:"fromTies"`
	Meeting  *toldEntity `json:"meeting"`
	ToTies   []*toldPart `json:"toTies"`
	To       *toldEntity `json:"to"`
	When     *string     `json:"when"`
	Order    *string     `json:"order"` // null in the first hop
	WaitMin  *int        `json:"waitMin"`
	WaitMax  *int        `json:"waitMax"`
	JoinedBy []toldBond  `json:"joinedBy"`
	DatedBy  []toldBond  `json:"datedBy"`

	unit *trace.Unit // of the meeting; the same as the hop's before if it serves for both
}

// A toldWhyNot says why there is no chain.
type toldWhyNot struct {
	Reason   string            `json:"reason"`
	Text     string            `json:"text"`
	Chain    *toldChain        `json:"chain"`
	BrokenAt *int              `json:"brokenAt"`
	BackDays *int              `json:"backDays"`
	Nearest  []*toldRelaxation `json:"nearest"`
}

// A toldRelaxation is one option changed, and what the answer is then.
type toldRelaxation struct {
	Option string `json:"option"`
	Value  string `json:"value"`
	Hops   int    `json:"hops"`
	Total  string `json:"total"`
}

func tellChains(ctx context.Context, v *store.View, q *trace.ChainQuestion, a *trace.ChainAnswer) (*toldChains, error) {
	told := &toldChains{
		Moment: tellMoment(v.Moment()), From: tellEntity(v, q.From), To: tellEntity(v, q.To), Chains: make([]*toldChain, len(a.Chains)),
		Partial: a.Partial, mediation: !q.AnyMeeting,
	}
	if a.Total != nil {
		told.Total = new(a.Total.String())
	}
	if a.Hops > 0 {
		told.Hops = &a.Hops
	}
	t := &teller{v, q.RollUp}
	var err error
	for i := range a.Chains {
		if told.Chains[i], err = t.chain(ctx, &a.Chains[i]); err != nil {
			return nil, err
		}
	}
	if told.WhyNot, err = t.whyNot(ctx, a.WhyNot); err != nil {
		return nil, err
	}
	merged := newMergedSet(v)
	merged.noteTold(told.From, told.To)
	for _, s := range told.steps() {
		merged.noteStep(s)
	}
	told.Merged, err = merged.tell(ctx)
	return told, err
}

// A teller tells what an answer of tracing is made of.
type teller struct {
	view   *store.View
	rollUp bool // the question rolls ties up
}

func (t *teller) chain(ctx context.Context, c *trace.Chain) (*toldChain, error) {
	v := t.view
	told := &toldChain{Hops: make([]*toldHop, len(c.Hops)), Departs: dateText(c.Departs), Arrives: dateText(c.Arrives), Order: string(c.Order)}
	for i := range c.Hops {
		h := &c.Hops[i]
		hop := &toldHop{
			From: tellEntity(v, h.From), Meeting: tellEntity(v, h.Meeting()), To: tellEntity(v, h.To), When: dateText(h.When), unit: h.Unit,
		}
		var err error
		if hop.FromTies, err = t.parts(ctx, h.FromTies); err != nil {
			return nil, err
		}
		if hop.ToTies, err = t.parts(ctx, h.ToTies); err != nil {
			return nil, err
		}
		if hop.JoinedBy, hop.DatedBy, err = tellUnit(ctx, v, h.Unit); err != nil {
			return nil, err
		}
		if i > 0 {
			hop.Order = new(string(h.Order))
			hop.WaitMin, hop.WaitMax = known(h.Wait.Min, h.Wait.MinKnown), known(h.Wait.Max, h.Wait.MaxKnown)
		}
		told.Hops[i] = hop
	}
	return told, nil
}

func (t *teller) parts(ctx context.Context, ties []trace.Tie) ([]*toldPart, error) {
	parts := t.view.Parts(ties, t.rollUp)
	told := make([]*toldPart, len(parts))
	for i := range parts {
		var err error
		if told[i], err = tellPart(ctx, t.view, &parts[i]); err != nil {
			return nil, err
		}
	}
	return told, nil
}

// whyNot is nil if there is a chain.
func (t *teller) whyNot(ctx context.Context, w *trace.WhyNot) (*toldWhyNot, error) {
	if w == nil {
		return nil, nil
	}
	told := &toldWhyNot{Reason: string(w.Reason), Text: w.Text, Nearest: make([]*toldRelaxation, len(w.Nearest))}
	for i, r := range w.Nearest {
		told.Nearest[i] = &toldRelaxation{Option: r.Option, Value: r.Value, Hops: r.Hops, Total: r.Total.String()}
	}
	if w.Chain == nil {
		return told, nil
	}
	var err error
	told.Chain, err = t.chain(ctx, w.Chain)
	told.BrokenAt, told.BackDays = known(w.BrokenAt, true), known(w.BackDays, w.BackDays > 0)
	return told, err
}

func known(n int, is bool) *int {
	if !is {
		return nil
	}
	return &n
}

// drawn are the chains to show: those found, or else the one that shows why there is none.
func (a *toldChains) drawn() []*toldChain {
	if a.WhyNot != nil && a.WhyNot.Chain != nil {
		return []*toldChain{a.WhyNot.Chain}
	}
	return a.Chains
}

// steps are those of all chains to show.
func (a *toldChains) steps() (steps []*toldStep) {
	for _, c := range a.drawn() {
		steps = append(steps, c.steps()...)
	}
	return steps
}

// account is the answer with all that the chains to show rest on.
func (a *toldChains) account() *account {
	return &account{a.title(), a.Again, a.steps(), a.Merged}
}

// A toldStep is one step in time: a meeting that serves for one hop or two, with everybody whom it brings into the chain; or a meeting of a history.
type toldStep struct {
	*toldHop // the first of its hops
	hop      int
	actors   []*toldEntity
	parts    map[store.Entity][]*toldPart
	belongs  []toldBond // in a history, why it is of the process or about the conflict that was asked for
}

// steps are the chain's hops, two through the same meeting as one.
func (c *toldChain) steps() []*toldStep {
	var steps []*toldStep
	for i, h := range c.Hops {
		if i == 0 || h.unit != c.Hops[i-1].unit {
			steps = append(steps, &toldStep{
				toldHop: h, hop: i, actors: []*toldEntity{h.From}, parts: map[store.Entity][]*toldPart{h.From.entity: h.FromTies},
			})
		}
		s := steps[len(steps)-1]
		s.actors = append(s.actors, h.To)
		s.parts[h.To.entity] = h.ToTies
	}
	return steps
}

// title says what the answer is about.
func (a *toldChains) title() string {
	what := "Chains of mediation"
	if !a.mediation {
		what = "Chains of meetings"
	}
	return what + " from " + oneLine(a.From.Name) + " to " + oneLine(a.To.Name)
}

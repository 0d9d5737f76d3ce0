package trace

import (
	"context"
	"math/big"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A ChainQuestion asks who brought whom together: for the best chains of meetings from one actor to another.
type ChainQuestion struct {
	From, To  ledger.EntityNo
	Order     TimeOrder
	Certain   bool // the meetings are in order in every reading of their dates, not only in some
	Objective Objective
	// MinimumRole is the third party's part that makes a hop one of mediation; AnyMeeting lets every shared meeting be a hop.
	MinimumRole graph.Predicate
	AnyMeeting  bool
	Window      Window // in which all meetings have to be
	MaxHops     int    // 0: no limit
	Filter
	// First is how many chains are listed, after Skip of them; the order never changes at a snapshot.
	First int
	Skip  *big.Int
	// Budget is how many links of the graph are looked at, at most. Where there is no chain, to find out why may take as many again in all:
	// each change of the question that is tried at most a quarter of what those before it left.
	Budget int
	// Affiliations of the snapshot make the answer come sooner, if there are any; they change nothing about it.
	Affiliations *Affiliations

	unexplained bool // nobody will read why there is no chain
}

// A ChainAnswer has the best chains.
type ChainAnswer struct {
	Hops   int      // 0: none was found
	Total  *big.Int // how many there are; nil if the budget did not suffice to count them
	Chains []Chain
	WhyNot *WhyNot // if there is none
	// Partial says that the budget was used up: what is listed is right, but there may be more.
	Partial bool
}

// A Chain is a sequence of actors and meetings.
type Chain struct {
	Hops []Hop
	// Departs is the date of the first meeting, Arrives that of the last one.
	Departs, Arrives graph.Date
	// Order says whether the meetings follow each other in time. A chain in answer to why there is none may not.
	Order graph.Certainty
}

// A Hop leads from one actor of a meeting to another.
type Hop struct {
	From, To ledger.EntityNo
	Unit     *Unit
	// FromTies and ToTies are the parts of the two in the unit's meetings.
	FromTies, ToTies []Tie
	When             graph.Date
	// Of all hops but the first: whether the meeting is certainly or possibly in order after that of the hop before, and how many
	// days lie between them at least and at most. The same meeting again is certainly in order, with no wait. Unknown ends
	// bound nothing.
	Order graph.Certainty
	Wait  Days
}

// Meeting is the meeting of the unit to show: the first in which both have a part, else the first.
func (h *Hop) Meeting() ledger.EntityNo {
	for _, m := range h.Unit.Meetings {
		in := func(t Tie) bool { return t.Meeting == m }
		if slices.ContainsFunc(h.FromTies, in) && slices.ContainsFunc(h.ToTies, in) {
			return m
		}
	}
	return h.Unit.Meetings[0]
}

// Days is how many days lie between two meetings; negative ones would run back, which no chain in order does.
type Days struct {
	Min, Max           int
	MinKnown, MaxKnown bool
}

// Chains answers a question. The error is the context's.
func Chains(ctx context.Context, s *topology.Snapshot, q ChainQuestion) (*ChainAnswer, error) {
	return chains(&work{ctx, q.Budget}, s, q)
}

// chains answers a question with so much work, whatever its budget.
func chains(w *work, s *topology.Snapshot, q ChainQuestion) (*ChainAnswer, error) {
	t := &tracer{graphView: newView(s, q.Filter), ChainQuestion: q}
	defer t.close()
	asked := t.asked()
	if !t.affiliated(&asked) {
		net := newNet(t.graphView, q.Window)
		defer net.close()
		t.net, asked.from, asked.to = net, net.actor(q.From), net.actor(q.To)
	}
	a, err := t.solve(w, asked)
	if err != nil {
		return nil, err
	}
	answer := &ChainAnswer{Hops: a.hops, Total: a.total, Partial: a.partial}
	for _, steps := range a.chains {
		answer.Chains = append(answer.Chains, t.chain(steps))
	}
	if a.hops == 0 && !q.unexplained {
		answer.WhyNot, err = t.whyNot(&work{w.ctx, q.Budget}, s, a.partial)
	}
	if a.hops == 0 && !a.partial {
		answer.Total = new(big.Int)
	}
	return answer, err
}

// solve answers the question as the network has it.
func (t *tracer) solve(w *work, asked question) (*answer, error) {
	desk := searchDesks.Get().(*searchDesk)
	defer searchDesks.Put(desk)
	return solve(w, t.net, desk, asked)
}

// affiliated makes the affiliations the network, if they are one for this question.
func (t *tracer) affiliated(asked *question) (ok bool) {
	all := t.Affiliations
	if !all.serve(t.Snapshot, &t.Filter) {
		return false
	}
	from, there := all.actor(t.From)
	to, too := all.actor(t.To)
	net := all.as(&t.Filter)
	t.net, asked.from, asked.to = net, from, to
	if !t.Window.isZero() {
		t.net = net.in(t.Window)
	}
	return there && too
}

// asked is the question as any network has it, but for the nodes of the two.
func (t *tracer) asked() question {
	q := &t.ChainQuestion
	skip := q.Skip
	if skip == nil {
		skip = new(big.Int)
	}
	return question{
		least: q.MinimumRole.Info().Strength, everyone: q.AnyMeeting, order: q.Order, certain: q.Certain, objective: q.Objective, window: q.Window,
		maxHops: q.MaxHops, skip: skip, first: q.First,
	}
}

// A tracer tells chains with what they rest on.
type tracer struct {
	ChainQuestion
	*graphView
	net network
}

// chain tells a chain.
func (t *tracer) chain(steps []step) Chain {
	c := Chain{Order: graph.Certain}
	from := t.From
	for i, s := range steps {
		unit := t.unit(t.net.meetingEntity(s.meeting))
		h := Hop{From: from, To: t.net.actorEntity(s.to), Unit: unit, When: unit.Date}
		all := t.at(unit)
		h.FromTies, h.ToTies = tiesFor(h.From, all), tiesFor(h.To, all)
		if i > 0 {
			t.follow(&h, &c.Hops[i-1])
			if c.Order != graph.Impossible && h.Order != graph.Certain {
				c.Order = h.Order
			}
		}
		c.Hops = append(c.Hops, h)
		from = h.To
	}
	c.Departs, c.Arrives = c.Hops[0].When, c.Hops[len(c.Hops)-1].When
	return c
}

// tiesFor are those among ties that count for an actor.
func tiesFor(actor ledger.EntityNo, all []Tie) (ties []Tie) {
	for _, t := range all {
		if t.For == actor {
			ties = append(ties, t)
		}
	}
	return ties
}

// follow tells how a hop follows the one before.
func (t *tracer) follow(h, before *Hop) {
	if h.Unit == before.Unit {
		h.Order, h.Wait = graph.Certain, Days{MinKnown: true, MaxKnown: true}
		return
	}
	strict := t.ChainQuestion.Order == Strict
	h.Order = graph.Order(before.When, h.When, strict)
	known := func(d graph.Day) bool { return d != graph.DayMin && d != graph.DayMax }
	from, to := before.When, h.When
	if known(from.Latest()) && known(to.Earliest()) {
		h.Wait.Min, h.Wait.MinKnown = int(to.Earliest()-from.Latest()), true
	}
	if known(from.Earliest()) && known(to.Latest()) {
		h.Wait.Max, h.Wait.MaxKnown = int(to.Latest()-from.Earliest()), true
	}
}

package trace

import (
	"context"
	"fmt"
	"math/big"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A Reason says why there is no chain.
type Reason string

// The reasons, in the order in which they are looked for: the first that holds is told.
const (
	NoTies        Reason = "NO_TIES"         // one of the two has no tie that counts
	RunsBack      Reason = "RUNS_BACK"       // there are chains, but all run back in time
	BeyondMaxHops Reason = "BEYOND_MAX_HOPS" // there are longer ones
	OutsideWindow Reason = "OUTSIDE_WINDOW"  // there are some through meetings outside the window
	NotConnected  Reason = "NOT_CONNECTED"   // there are none, whatever the dates
	OutOfBudget   Reason = "BUDGET"          // none was found with the work that was allowed
)

// A WhyNot says why there is no chain, and what would have to be asked instead.
type WhyNot struct {
	Reason Reason
	Text   string // the same for people
	// Chain, if it runs back, is the best one without regard to time; BrokenAt is the hop, from 0, that comes too early, and BackDays by
	// how many days at least.
	Chain              *Chain
	BrokenAt, BackDays int
	// Nearest are the smallest single changes of the question that have an answer.
	Nearest []Relaxation
}

// A Relaxation is one option of the question changed, and what the answer is then.
type Relaxation struct {
	Option, Value string
	Hops          int
	Total         *big.Int // nil if the budget did not suffice to count
}

// whyNot looks for the reason.
func (t *tracer) whyNot(ctx context.Context, s *topology.Snapshot, partial bool) (*WhyNot, error) {
	if partial {
		return &WhyNot{Reason: OutOfBudget, Text: "no chain was found with the work that one question may take"}, nil
	}
	w := &WhyNot{}
	if alone, ok := t.untied(s); ok {
		w.Reason, w.Text = NoTies, fmt.Sprintf("%s has no tie to a meeting that counts in this question", s.ID(alone))
		return w, nil
	}
	for _, r := range t.relaxations() {
		a, err := Chains(ctx, s, r.question)
		if err != nil {
			return nil, err
		}
		if a.Hops == 0 {
			continue
		}
		w.Nearest = append(w.Nearest, Relaxation{r.option, r.value, a.Hops, a.Total})
		if w.Reason == "" && r.reason != "" {
			w.Reason, w.Text = r.reason, r.text(a)
			if r.reason == RunsBack {
				w.Chain = &a.Chains[0]
				w.broken(t.ChainQuestion)
			}
		}
	}
	if w.Reason == "" {
		w.Reason, w.Text = NotConnected, "no chain of such meetings connects the two, whatever the dates, the window and the number of hops"
		return w, t.farther(ctx, s, w)
	}
	return w, nil
}

// untied finds which of the two has no tie that counts, in whatever window.
func (t *tracer) untied(s *topology.Snapshot) (actor ledger.EntityNo, ok bool) {
	n := newNet(newView(s, t.Filter), Window{})
	defer n.close()
	for _, actor := range []ledger.EntityNo{t.From, t.To} {
		if len(n.meetings(n.actor(actor))) == 0 {
			return actor, true
		}
	}
	return 0, false
}

// farther looks for chains with all that could be the reason relaxed at once: then there are some, but no single change brings one.
func (t *tracer) farther(ctx context.Context, s *topology.Snapshot, w *WhyNot) error {
	q := t.plain()
	q.MaxHops, q.Window = 0, Window{}
	a, err := Chains(ctx, s, q)
	if err != nil {
		return err
	}
	if a.Hops > 0 {
		w.Reason, w.Text = OutsideWindow, fmt.Sprintf("chains exist outside the window, the shortest of %d hops, more than maxHops %d", a.Hops, t.MaxHops)
		return nil
	}
	q.Order, q.Certain = AnyOrder, false
	if a, err = Chains(ctx, s, q); err != nil || a.Hops == 0 {
		return err
	}
	w.Reason, w.Text = RunsBack, fmt.Sprintf("chains of %d hops exist if window and maxHops are left out, but each of them runs back in time", a.Hops)
	w.Chain = &a.Chains[0]
	w.broken(t.ChainQuestion)
	return nil
}

// relaxed is the question with one option changed.
type relaxed struct {
	option, value string
	question      ChainQuestion
	reason        Reason // that it has an answer for, if any
	text          func(*ChainAnswer) string
}

// plain is the question without what only explains, so that asking it again ends.
func (t *tracer) plain() ChainQuestion {
	q := t.ChainQuestion
	q.First, q.Skip, q.unexplained = 1, nil, true
	return q
}

func (t *tracer) relaxations() []relaxed {
	var list []relaxed
	add := func(option, value string, reason Reason, change func(*ChainQuestion), text func(*ChainAnswer) string) {
		q := t.plain()
		change(&q)
		list = append(list, relaxed{option, value, q, reason, text})
	}
	if t.Certain {
		add("certain", "false", "", func(q *ChainQuestion) { q.Certain = false }, nil)
	}
	if t.ChainQuestion.Order == Strict {
		add("order", string(NonDecreasing), "", func(q *ChainQuestion) { q.Order = NonDecreasing }, nil)
	}
	if t.ChainQuestion.Order != AnyOrder {
		add("order", string(AnyOrder), RunsBack, func(q *ChainQuestion) { q.Order, q.Certain = AnyOrder, false }, func(a *ChainAnswer) string {
			return fmt.Sprintf("chains of %d hops exist, but each of them runs back in time", a.Hops)
		})
	}
	if t.MaxHops > 0 {
		add("maxHops", "0", BeyondMaxHops, func(q *ChainQuestion) { q.MaxHops = 0 }, func(a *ChainAnswer) string {
			return fmt.Sprintf("the shortest chain takes %d hops, more than maxHops %d", a.Hops, t.MaxHops)
		})
	}
	if !t.Window.isZero() {
		add("window", "null", OutsideWindow, func(q *ChainQuestion) { q.Window = Window{} }, func(a *ChainAnswer) string {
			return fmt.Sprintf("chains of %d hops exist, but all go through meetings outside the window", a.Hops)
		})
	}
	if !t.AnyMeeting {
		if t.MinimumRole != graph.ThirdParty {
			add("minimumRole", graph.ThirdParty.Info().Enum(), "", func(q *ChainQuestion) { q.MinimumRole = graph.ThirdParty }, nil)
		}
		add("mediationHops", "false", "", func(q *ChainQuestion) { q.AnyMeeting = true }, nil)
	}
	return list
}

// broken finds the hop of the chain that comes too early, and by how many days at least.
func (w *WhyNot) broken(q ChainQuestion) {
	c := clock{order: q.Order, certain: q.Certain, window: Window{}}
	free := dawn
	var last *Unit
	for i := range w.Chain.Hops {
		h := &w.Chain.Hops[i]
		if h.Unit == last {
			continue
		}
		_, after, ok := c.enter(h.When, free)
		if !ok {
			w.BrokenAt = i
			if latest := instant(h.When.Latest()); free < dusk && latest < free {
				w.BackDays = int(free - latest)
			}
			return
		}
		free, last = after, h.Unit
	}
}

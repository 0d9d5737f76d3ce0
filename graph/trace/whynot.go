package trace

import (
	"fmt"
	"math/big"
	"strings"

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
	// Nearest are the smallest single changes of the question that have an answer, of each option the smallest. One whose chains could not
	// be counted with the work that is allowed is left out.
	Nearest []Relaxation
}

// A Relaxation is one option of the question changed, and what the answer is then. The value "null" leaves the option out.
type Relaxation struct {
	Option, Value string
	Hops          int
	Total         *big.Int
}

// whyNot looks for the reason, and for what would have to be asked instead, with so much work in all.
func (t *tracer) whyNot(left *work, s *topology.Snapshot, partial bool) (*WhyNot, error) {
	if partial {
		return &WhyNot{Reason: OutOfBudget, Text: "no chain was found with the work that one question may take"}, nil
	}
	w := &WhyNot{}
	if alone, ok := t.untied(); ok {
		w.Reason, w.Text = NoTies, t.untiedText(alone)
	}
	unsure := false // whether a reason holds could not be found out
	answered := make(map[string]bool)
	for _, r := range t.relaxations(s) {
		if r.greater && answered[r.option] {
			continue
		}
		q, a, err := r.ask(left, s, t)
		if err != nil {
			return nil, err
		}
		if a.Hops == 0 {
			unsure = unsure || a.Partial && r.reason != ""
			continue
		}
		if w.Reason == "" && r.reason != "" {
			w.Reason, w.Text = r.reason, r.text(a, w)
			if r.reason == RunsBack {
				w.Chain = &a.Chains[0]
				w.broken(t.ChainQuestion)
			}
		}
		answered[r.option] = true
		if a.Total != nil {
			w.Nearest = append(w.Nearest, Relaxation{r.option, r.value(q), a.Hops, a.Total})
		}
	}
	switch {
	case w.Reason != "":
		return w, nil
	case unsure:
		w.Reason, w.Text = OutOfBudget, unexplained
		return w, nil
	}
	w.Reason, w.Text = NotConnected, "no chain of such meetings connects the two, whatever the dates, the window and the number of hops"
	return w, t.farther(left, s, w)
}

// unexplained is said where there is no chain, and no reason could be found.
const unexplained = "there is no such chain, but to find out why took more work than one question may take"

// untiedText tells of an actor without ties that count, and of whom those that it has count for.
func (t *tracer) untiedText(actor ledger.EntityNo) string {
	text := t.named(actor) + " has no tie to a meeting that counts in this question"
	var others []string
	for _, e := range t.countsForWhom(actor) {
		others = append(others, t.named(e))
	}
	if len(others) == 0 {
		return text
	}
	return text + "; those that it has count for " + strings.Join(others, " and ")
}

// named is an entity for people: its name and its id, or the id alone if it has no name.
func (g *graphView) named(e ledger.EntityNo) string {
	id := string(g.ID(e))
	if names := g.ValuesAsOf(e, graph.NamePredicate, g.filter.AsOf); len(names) > 0 {
		return names[0].Text + " (" + id + ")"
	}
	return id
}

// untied finds which of the two has no tie that counts, in whatever window.
func (t *tracer) untied() (actor ledger.EntityNo, ok bool) {
	if all := t.Affiliations; all.serve(t.Snapshot, &t.Filter) {
		for _, actor := range []ledger.EntityNo{t.From, t.To} {
			if no, ok := all.actor(actor); !ok || all.as(&t.Filter).work(no) == 0 {
				return actor, true
			}
		}
		return 0, false
	}
	n := newNet(t.graphView, Window{})
	defer n.close()
	for _, actor := range []ledger.EntityNo{t.From, t.To} {
		if len(n.meetings(n.actor(actor))) == 0 {
			return actor, true
		}
	}
	return 0, false
}

// farther looks for chains with all that could be the reason relaxed at once: then there are some, but no single change brings one.
func (t *tracer) farther(left *work, s *topology.Snapshot, w *WhyNot) error {
	q := t.plain()
	q.MaxHops, q.Window, q.Objective = 0, Window{}, FewestHops
	a, err := again(left, s, q)
	if err != nil {
		return err
	}
	if a.Hops == 0 && a.Partial {
		w.Reason, w.Text = OutOfBudget, unexplained
		return nil
	}
	if a.Hops > 0 {
		w.Reason, w.Text = OutsideWindow, fmt.Sprintf("chains exist outside the window, the shortest of %d hops, more than maxHops %d", a.Hops, t.MaxHops)
		return nil
	}
	q.Order, q.Certain = AnyOrder, false
	if a, err = again(left, s, q); err != nil || a.Hops == 0 {
		if err == nil && a.Partial {
			w.Reason, w.Text = OutOfBudget, unexplained
		}
		return err
	}
	w.Reason, w.Text = RunsBack, fmt.Sprintf("chains of %d hops exist if window and maxHops are left out, but each of them runs back in time", a.Hops)
	w.Chain = &a.Chains[0]
	w.broken(t.ChainQuestion)
	return nil
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

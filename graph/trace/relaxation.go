package trace

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// relaxed is the question with one option changed, so that more chains are answers to it.
type relaxed struct {
	option string
	change func(*ChainQuestion)
	value  func(*ChainQuestion) string        // that the option has then
	reason Reason                             // that it has an answer for, if any
	text   func(*ChainAnswer, *WhyNot) string // of the reason, from what it has been found to be so far
	// greater says that it is a greater change of the option than those before, and not told if one of them has an answer.
	greater bool
}

// without is the value of an option that is left out.
func without(*ChainQuestion) string { return "null" }

// plain is the question without what only explains, so that asking it again ends.
func (t *tracer) plain() ChainQuestion {
	q := t.ChainQuestion
	q.First, q.Skip, q.unexplained = 1, nil, true
	return q
}

// ask asks the question so changed.
func (r *relaxed) ask(w *work, s *topology.Snapshot, t *tracer) (*ChainQuestion, *ChainAnswer, error) {
	q := t.plain()
	r.change(&q)
	a, err := again(w, s, q)
	if err != nil || r.reason != BeyondMaxHops || a.Hops == 0 {
		return &q, a, err
	}
	// The limit that is just high enough is the smallest change, and the best chains within it need not be those without any.
	q.MaxHops, q.Objective = a.Hops, t.Objective
	if q.Objective != FewestHops {
		a, err = again(w, s, q)
	}
	return &q, a, err
}

// again asks a changed question with a part of what is left of the work, so that one that takes long leaves some for the others.
func again(w *work, s *topology.Snapshot, q ChainQuestion) (*ChainAnswer, error) {
	part := w.part(4)
	defer func() { w.giveBack(part) }()
	return chains(&part, s, q)
}

// relaxations are those to be tried, of each option the smaller changes first.
func (t *tracer) relaxations(s *topology.Snapshot) []relaxed {
	var list []relaxed
	list = append(list, t.inTime()...)
	if t.MaxHops > 0 {
		list = append(list, relaxed{
			option: "maxHops", reason: BeyondMaxHops,
			change: func(q *ChainQuestion) { q.MaxHops, q.Objective = 0, FewestHops },
			value:  func(q *ChainQuestion) string { return strconv.Itoa(q.MaxHops) },
			text: func(a *ChainAnswer, _ *WhyNot) string {
				return fmt.Sprintf("the shortest chain takes %d hops, more than maxHops %d", a.Hops, t.MaxHops)
			},
		})
	}
	if !t.Window.isZero() {
		list = append(list, relaxed{
			option: "window", value: without, reason: OutsideWindow, change: func(q *ChainQuestion) { q.Window = Window{} },
			text: func(a *ChainAnswer, _ *WhyNot) string {
				return fmt.Sprintf("chains of %s exist, but all go through meetings outside the window", inHops(a.Hops))
			},
		})
	}
	return slices.Concat(list, t.byRole(), t.byClaim(), t.withExcluded(s))
}

// inTime are changes of how meetings have to follow each other.
func (t *tracer) inTime() (list []relaxed) {
	order := func(q *ChainQuestion) string { return string(q.Order) }
	asked := t.ChainQuestion.Order
	if t.Certain {
		list = append(list, relaxed{option: "certain", change: func(q *ChainQuestion) { q.Certain = false }, value: func(*ChainQuestion) string { return "false" }})
	}
	if asked == Strict {
		list = append(list, relaxed{option: "order", change: func(q *ChainQuestion) { q.Order = NonDecreasing }, value: order})
	}
	if asked == AnyOrder {
		return list
	}
	return append(list, relaxed{
		option: "order", value: order, reason: RunsBack, change: func(q *ChainQuestion) { q.Order, q.Certain = AnyOrder, false },
		text: func(a *ChainAnswer, w *WhyNot) string {
			how := "each of them runs back in time"
			switch {
			case len(w.Nearest) == 0: // neither some reading of the dates nor meetings on one day would do
			case t.Certain:
				how = "none of them is in order in every reading of the dates"
			default:
				how = "in none of them is each meeting later than the one before"
			}
			return fmt.Sprintf("chains of %d hops exist, but %s", a.Hops, how)
		},
	})
}

// inHops is so many hops in words; a single one needs no order in time, but it can lie outside the window.
func inHops(n int) string {
	if n == 1 {
		return "1 hop"
	}
	return strconv.Itoa(n) + " hops"
}

// byRole are changes of whose parts in a meeting make a hop of it. Who was only copied in or addressed is not offered as somebody who was
// between.
func (t *tracer) byRole() (list []relaxed) {
	if !t.AnyMeeting {
		weakest, asked := graph.ThirdParty.Info().Strength, t.MinimumRole.Info().Strength
		for _, role := range slices.Backward(graph.Predicates()) { // the strongest third party's is the last of them
			if role.Strength >= weakest && role.Strength < asked {
				list = append(list, relaxed{
					option: "minimumRole", greater: true, change: func(q *ChainQuestion) { q.MinimumRole = role.Name },
					value: func(q *ChainQuestion) string { return q.MinimumRole.Info().Enum() },
				})
			}
		}
		list = append(list, relaxed{
			option: "mediationHops", change: func(q *ChainQuestion) { q.AnyMeeting = true }, value: func(*ChainQuestion) string { return "false" },
		})
	}
	if t.Roles != nil {
		list = append(list, relaxed{option: "roles", value: without, change: func(q *ChainQuestion) { q.Roles = nil }})
	}
	return append(list, relaxed{
		option: "rollUp", change: func(q *ChainQuestion) { q.RollUp = !t.RollUp }, value: func(q *ChainQuestion) string { return strconv.FormatBool(q.RollUp) },
	})
}

// byClaim are changes of which claims make ties.
func (t *tracer) byClaim() (list []relaxed) {
	for _, o := range []struct {
		option string
		given  bool
		change func(*ChainQuestion)
	}{
		{"stances", t.Stances != nil, func(q *ChainQuestion) { q.Stances = nil }},
		{"claimants", t.Claimants != nil, func(q *ChainQuestion) { q.Claimants = nil }},
		{"coders", t.Coders != nil, func(q *ChainQuestion) { q.Coders = nil }},
		{"asOf", !t.AsOf.IsZero(), func(q *ChainQuestion) { q.AsOf = graph.Date{} }},
	} {
		if o.given {
			list = append(list, relaxed{option: o.option, value: without, change: o.change})
		}
	}
	return list
}

// manyExcluded is how many exclusions are not tried one by one.
const manyExcluded = 8

// withExcluded are changes of who and what has no part: without one of the exclusions, or else without any.
func (t *tracer) withExcluded(s *topology.Snapshot) (list []relaxed) {
	value := func(q *ChainQuestion) string {
		ids := make([]string, len(q.Exclude))
		for i, e := range q.Exclude {
			ids[i] = strconv.Quote(string(s.ID(e)))
		}
		return "[" + strings.Join(ids, ", ") + "]"
	}
	if n := len(t.Exclude); n > 1 && n < manyExcluded {
		for i := range t.Exclude {
			list = append(list, relaxed{option: "exclude", value: value, change: func(q *ChainQuestion) {
				q.Exclude = slices.Delete(slices.Clone(q.Exclude), i, i+1)
			}})
		}
	}
	if len(t.Exclude) > 0 {
		list = append(list, relaxed{option: "exclude", value: value, greater: true, change: func(q *ChainQuestion) { q.Exclude = []ledger.EntityNo{} }})
	}
	return list
}

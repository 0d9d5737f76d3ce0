package trace_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/trace"
)

// strictQuestions draws questions for chains with so many conditions that often none meets them all.
func strictQuestions(t *rapid.T, v *store.View) trace.ChainQuestion {
	maybe := func(what string) bool { return rapid.IntRange(0, 5).Draw(t, what) == 0 }
	of := func(label string, list []graph.ID) ledger.EntityNo {
		e, _ := v.Entity(rapid.SampledFrom(list).Draw(t, label))
		return v.Snapshot().Group(e)
	}
	q := trace.ChainQuestion{
		From: of("from", actors), To: of("to", actors), First: 1, Budget: 1 << 20, MinimumRole: graph.Mediated,
		Order:     rapid.SampledFrom([]trace.TimeOrder{trace.AnyOrder, trace.NonDecreasing, trace.Strict}).Draw(t, "order"),
		Objective: rapid.SampledFrom([]trace.Objective{trace.FewestHops, trace.EarliestArrival, trace.LatestDeparture}).Draw(t, "objective"),
		MaxHops:   rapid.SampledFrom([]int{0, 1, 2, 3}).Draw(t, "maxHops"),
		Certain:   maybe("certain"), AnyMeeting: maybe("any meeting"), Filter: trace.Filter{RollUp: !maybe("no roll-up")},
	}
	if maybe("window") {
		q.Window = trace.Window{From: graph.MustParseDate("2002")}
	}
	if maybe("roles") {
		q.Roles = []graph.Predicate{graph.Mediated}
	}
	if maybe("stances") {
		q.Stances = []graph.Stance{graph.Implied}
	}
	if maybe("claimants") {
		q.Claimants = []ledger.EntityNo{of("claimant", actors)}
	}
	if maybe("coders") {
		q.Coders = []ledger.EntityNo{of("coder", actors)}
	}
	if maybe("as of") {
		q.AsOf = graph.MustParseDate("2001-03-05")
	}
	if maybe("exclude") {
		q.Exclude = []ledger.EntityNo{of("one excluded", slices.Concat(actors, meetings)), of("another", actors)}
	}
	return q
}

// someTie draws a part in one of a few dated meetings, or the date of one.
func someTie(t *rapid.T, label string) graph.Claim {
	meeting := rapid.SampledFrom(meetings[:4]).Draw(t, "at "+label)
	if rapid.IntRange(0, 4).Draw(t, "sort "+label) == 0 {
		return graph.Claim{Predicate: graph.DatePredicate, From: meeting, Stance: graph.Asserted, Value: rapid.SampledFrom(moments[2:]).Draw(t, "date "+label)}
	}
	return graph.Claim{
		Predicate: rapid.SampledFrom(tieRoles).Draw(t, "role "+label), From: rapid.SampledFrom(actors).Draw(t, "actor "+label), To: meeting,
		Stance: rapid.SampledFrom([]graph.Stance{graph.Asserted, graph.Implied}).Draw(t, "stance "+label),
	}
}

// relax changes an option as a relaxation says, by its words alone.
func relax(t *rapid.T, v *store.View, q *trace.ChainQuestion, option, value string) {
	null := value == "null"
	switch option {
	case "certain":
		q.Certain = value == "true"
	case "order":
		if q.Order = trace.TimeOrder(value); q.Order == trace.AnyOrder {
			q.Certain = false
		}
	case "maxHops":
		q.MaxHops, _ = strconv.Atoi(value)
	case "minimumRole":
		i := slices.IndexFunc(graph.Predicates(), func(p *graph.PredicateInfo) bool { return p.Enum() == value })
		q.MinimumRole = graph.Predicates()[i].Name
	case "mediationHops":
		q.AnyMeeting = value == "false"
	case "rollUp":
		q.RollUp = value == "true"
	case "exclude":
		var ids []graph.ID
		if err := json.Unmarshal([]byte(value), &ids); err != nil {
			t.Fatal(err)
		}
		q.Exclude = nil
		for _, id := range ids {
			e, _ := v.Entity(id)
			q.Exclude = append(q.Exclude, e)
		}
	default:
		q.Window, q.Roles, q.Stances, q.Claimants, q.Coders, q.AsOf = without(option, q)
		if !null {
			t.Fatalf("%s can be %s", option, value)
		}
	}
}

// without is what there is but for one option.
func without(option string, q *trace.ChainQuestion) (w trace.Window, roles []graph.Predicate, stances []graph.Stance, claimants, coders []ledger.EntityNo, asOf graph.Date) {
	w, roles, stances, claimants, coders, asOf = q.Window, q.Roles, q.Stances, q.Claimants, q.Coders, q.AsOf
	switch option {
	case "window":
		w = trace.Window{}
	case "roles":
		roles = nil
	case "stances":
		stances = nil
	case "claimants":
		claimants = nil
	case "coders":
		coders = nil
	case "asOf":
		asOf = graph.Date{}
	}
	return w, roles, stances, claimants, coders, asOf
}

// TestRelaxations asks again as each relaxation says, and once with each option taken away: whatever has an answer is told, with the number of
// its hops and of its chains, and of limits to hops and of roles no smaller change has one.
func TestRelaxations(t *testing.T) {
	told := make(map[string]int)
	rapid.Check(t, func(t *rapid.T) {
		s := graphs(t)
		more := []store.Change{}
		for i := range 20 {
			more = append(more, assertion(t, someTie(t, fmt.Sprint("tie ", i))))
		}
		commitDrawn(t, s, more)
		v := s.Head()
		q := strictQuestions(t, v)
		if q.From == q.To {
			t.Skip("the two are one")
		}
		ask := func(change func(q *trace.ChainQuestion)) *trace.ChainAnswer {
			again := q
			change(&again)
			a, err := trace.Chains(t.Context(), v.Snapshot(), again)
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		a := ask(func(*trace.ChainQuestion) {})
		if a.WhyNot == nil {
			return
		}
		has := make(map[string]string)
		for _, r := range a.WhyNot.Nearest {
			told[r.Option]++
			has[r.Option] = r.Value
			got := ask(func(q *trace.ChainQuestion) { relax(t, v, q, r.Option, r.Value) })
			if got.Hops == 0 || got.Hops != r.Hops || got.Total.Cmp(r.Total) != 0 {
				t.Fatalf("with %s %s: %d hops and %v chains, told of %d and %v", r.Option, r.Value, got.Hops, got.Total, r.Hops, r.Total)
			}
		}
		for option, value := range map[string]string{
			"certain": "false", "order": string(trace.AnyOrder), "maxHops": "0", "window": "null", "minimumRole": graph.ThirdParty.Info().Enum(),
			"mediationHops": "false", "roles": "null", "stances": "null", "claimants": "null", "coders": "null", "asOf": "null", "exclude": "[]",
			"rollUp": strconv.FormatBool(!q.RollUp),
		} {
			open := ask(func(q *trace.ChainQuestion) { relax(t, v, q, option, value) }).Hops > 0
			if _, named := has[option]; open != named {
				t.Fatalf("%s %s has an answer: %v; it is told: %v", option, value, open, named)
			}
		}
		if limit, err := strconv.Atoi(has["maxHops"]); err == nil && ask(func(q *trace.ChainQuestion) { q.MaxHops = limit - 1 }).Hops > 0 {
			t.Fatalf("maxHops %d has an answer, too", limit-1)
		}
		for _, p := range graph.Predicates() {
			if role, ok := has["minimumRole"]; ok && p.Enum() != role && p.ThirdParty() {
				if q := ask(func(q *trace.ChainQuestion) { q.MinimumRole = p.Name }); q.Hops > 0 && p.Strength > strengthOf(role) {
					t.Fatalf("minimumRole %s has an answer, but %s is told", p.Enum(), role)
				}
			}
		}
	})
	if len(told) < 4 {
		t.Errorf("only %v were told; the questions show little", told)
	}
}

func strengthOf(role string) int {
	i := slices.IndexFunc(graph.Predicates(), func(p *graph.PredicateInfo) bool { return p.Enum() == role })
	return graph.Predicates()[i].Strength
}

// TestRelaxationsOutOfBudget asks a question that has no chain with all budgets from none to enough: nothing else is told than with enough, and
// what was not found out for want of work is not taken for the reason.
func TestRelaxationsOutOfBudget(t *testing.T) {
	s := curated(t)
	q := question(t, s, "entente:ARM", "entente:AZE")
	q.Exclude = []ledger.EntityNo{entity(t, s, "entente:RUS"), entity(t, s, "entente:KAZ")}
	q.Window = trace.Window{To: graph.MustParseDate("1994-05-04")}
	ask := func(budget int) *trace.ChainAnswer {
		q.Budget = budget
		a, err := trace.Chains(t.Context(), s, q)
		if err != nil || a.WhyNot == nil {
			t.Fatalf("with a budget of %d: answer %+v, error %v", budget, a, err)
		}
		return a
	}
	whole, unexplained, fewer := ask(1<<20).WhyNot, false, false
	for budget := 0; ; budget++ {
		a := ask(budget)
		for _, r := range a.WhyNot.Nearest {
			if !slices.ContainsFunc(whole.Nearest, func(w trace.Relaxation) bool { return w.Option == r.Option }) {
				t.Fatalf("with a budget of %d it tells of %+v", budget, r)
			}
		}
		known := a.WhyNot.Reason != trace.OutOfBudget
		if known && a.WhyNot.Reason != whole.Reason || a.Partial && known {
			t.Fatalf("with a budget of %d the reason is %s, partial %t", budget, a.WhyNot.Reason, a.Partial)
		}
		unexplained = unexplained || !a.Partial && !known
		fewer = fewer || known && len(a.WhyNot.Nearest) < len(whole.Nearest)
		if known && len(a.WhyNot.Nearest) == len(whole.Nearest) {
			break
		}
	}
	if !unexplained || !fewer {
		t.Errorf("some budget sufficed for the question but not for the reason: %t; for the reason but not for all changes: %t", unexplained, fewer)
	}
}

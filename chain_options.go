package main

import (
	"fmt"
	"strconv"

	"github.com/alecthomas/kong"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// traceBudget is how many links of the graph one question may look at, eight times what the API allows: whoever sits at a terminal
// can wait, or stop the command. A fixed number, unlike a time, gives the same answer on every machine.
const traceBudget = 1 << 28

// chainOptions are the options of the API's ChainOptions as flags, with the same defaults.
type chainOptions struct {
	Order         string   `default:"${order}" help:"How the dates of the meetings follow each other: none, non-decreasing or strict. Default: ${default}."`
	Certain       bool     `help:"They follow so in every reading of the dates. Otherwise some reading is enough."`
	Objective     string   `default:"${objective}" help:"Which chains are the best: fewest-hops, earliest-arrival or latest-departure. Default: ${default}."`
	MediationHops bool     `default:"true" negatable:"" help:"One of the two actors of each hop is a third party of the meeting; --no-mediation-hops lets every shared meeting be a hop."`
	MinimumRole   string   `default:"${role}" placeholder:"ROLE" help:"The weakest role that makes such a third party. Default: ${default}."`
	Role          []string `help:"Look at ties of these roles alone."`
	Window        string   `placeholder:"DATES" help:"Where all meetings lie in time, such as 1994/2020-11, 2020-11-10/.. or 2020."`
	Stance        []string `help:"Stances of claims that make ties. Default: asserted and implied."`
	Claimant      []string `sep:"none" help:"Only ties on the word of this one; may be repeated."`
	Coder         []string `sep:"none" help:"Only ties as encoded by this one; may be repeated."`
	Exclude       []string `sep:"none" help:"An actor or a meeting that has no part; may be repeated."`
	MaxHops       int      `default:"${hops}" help:"At most so many hops; 0 is no limit. Default: ${default}."`
	RollUp        bool     `default:"true" negatable:"" help:"Count a tie for those on whose behalf it was, states and international organizations; --no-roll-up leaves it with who had it."`
}

// traceDefaults are defaults of flags, by their names in the flags' tags.
var traceDefaults = kong.Vars{
	"first": "10", "order": flagWord(trace.NonDecreasing), "objective": flagWord(trace.FewestHops), "role": flagWord(graph.Mediated.Info().Enum()), "hops": "6",
}

// question is what the options ask of a view, but for its two ends.
func (o *chainOptions) question(v *store.View) (q trace.ChainQuestion, err error) {
	q.Certain, q.AnyMeeting, q.MaxHops, q.RollUp, q.Budget = o.Certain, !o.MediationHops, o.MaxHops, o.RollUp, traceBudget
	if q.MaxHops < 0 {
		return q, fmt.Errorf("--max-hops is %d; it is a number of hops, or 0 for no limit: %w", q.MaxHops, errUsage)
	}
	if q.Order, err = enumOf("--order", o.Order, []trace.TimeOrder{trace.AnyOrder, trace.NonDecreasing, trace.Strict}); err != nil {
		return q, err
	}
	objectives := []trace.Objective{trace.FewestHops, trace.EarliestArrival, trace.LatestDeparture}
	if q.Objective, err = enumOf("--objective", o.Objective, objectives); err != nil {
		return q, err
	}
	if q.MinimumRole, err = roleOf("--minimum-role", o.MinimumRole, (*graph.PredicateInfo).ThirdParty); err != nil {
		return q, err
	}
	if q.Window, err = windowOf(o.Window); err != nil {
		return q, err
	}
	q.Filter, err = o.filter(v, q.Filter)
	return q, err
}

// windowOf is where meetings lie by a flag: from the first day of the date to its last.
func windowOf(flag string) (trace.Window, error) {
	if flag == "" {
		return trace.Window{}, nil
	}
	dates, err := graph.ParseDate(flag)
	if err != nil {
		return trace.Window{}, fmt.Errorf("--window is no EDTF date, such as 2020 or 1994/2020-11: %w: %w", err, errUsage)
	}
	return trace.Window{From: dates, To: dates}, nil
}

// filter says which ties count.
func (o *chainOptions) filter(v *store.View, f trace.Filter) (trace.Filter, error) {
	for _, text := range o.Role {
		role, err := roleOf("--role", text, func(p *graph.PredicateInfo) bool { return p.Tie })
		if err != nil {
			return f, err
		}
		f.Roles = append(f.Roles, role)
	}
	for _, text := range o.Stance {
		stance, err := enumOf("--stance", text, graph.Stances())
		if err != nil {
			return f, err
		}
		f.Stances = append(f.Stances, stance)
	}
	r := resolver{view: v}
	var err error
	if f.Claimants, err = r.entities("--claimant", o.Claimant); err != nil {
		return f, err
	}
	if f.Coders, err = r.entities("--coder", o.Coder); err != nil {
		return f, err
	}
	f.Exclude, err = r.entities("--exclude", o.Exclude)
	return f, err
}

// args are the flags that ask the same question again: those that differ from the defaults, with ids in place of names.
func (o *chainOptions) args(v *store.View, q *trace.ChainQuestion) []string {
	var args []string
	add := func(differs bool, flag ...string) {
		if differs {
			args = append(args, flag...)
		}
	}
	order, objective, role := flagWord(q.Order), flagWord(q.Objective), flagWord(q.MinimumRole.Info().Enum())
	hops := strconv.Itoa(q.MaxHops)
	add(order != traceDefaults["order"], "--order", order)
	add(q.Certain, "--certain")
	add(objective != traceDefaults["objective"], "--objective", objective)
	add(q.AnyMeeting, "--no-mediation-hops")
	add(role != traceDefaults["role"], "--minimum-role", role)
	for _, p := range q.Roles {
		add(true, "--role", flagWord(p.Info().Enum()))
	}
	add(o.Window != "", "--window", o.Window)
	for _, stance := range q.Stances {
		add(true, "--stance", flagWord(stance))
	}
	for _, list := range []struct {
		flag     string
		entities []store.Entity
	}{{"--claimant", q.Claimants}, {"--coder", q.Coders}, {"--exclude", q.Exclude}} {
		for _, e := range list.entities {
			add(true, list.flag, string(v.ID(e)))
		}
	}
	add(hops != traceDefaults["hops"], "--max-hops", hops)
	add(!q.RollUp, "--no-roll-up")
	return args
}

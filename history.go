package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/alecthomas/kong"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

type historyCommand struct {
	Data        string `default:"${data}" help:"Data folder."`
	Process     string `help:"Only meetings of this peace process, or of one that is part of it: an id or a name."`
	Conflict    string `help:"Only meetings about this conflict, or of a process about it: an id or a name."`
	Window      string `placeholder:"DATES" help:"Only meetings that may have been then, such as 1994/2020-11, 2020-11-10/.. or 2020."`
	MinimumRole string `default:"${third}" placeholder:"ROLE" help:"The weakest role of a third party that is told. Default: ${default}."`
	MinGapDays  int    `default:"${gap}" help:"How many days without a meeting make a gap. Default: ${default}."`
	NoRollUp    bool   `help:"Tell of those who were there themselves, and not of those on whose behalf."`
	First       int    `placeholder:"N" help:"How many meetings are listed. Default: all. What is read off them is read off all, listed or not."`
	Skip        int    `placeholder:"N" help:"How many meetings are passed over before those."`
	momentFlags `embed:""`
	Table       bool     `xor:"form" help:"A table to read. This is the default."`
	Quotes      bool     `xor:"form" help:"The table, and below it of each meeting listed on whose word who had which part in it, with the quotes."`
	JSON        bool     `name:"json" xor:"form" help:"JSON, with the ids of the claims that each part rests on."`
	Cite        bool     `xor:"form" help:"The sources of the meetings listed as CSL JSON, one entry a document, with what it says and where as note."`
	Parties     []string `arg:"" optional:"" help:"Ids or names of those who all were parties."`
}

// historyBudget is how many meetings and ties one history may tell, eight times what the API allows, as with chains.
const historyBudget = 1 << 25

// historyDefaults are defaults of flags, by their names in the flags' tags.
var historyDefaults = kong.Vars{"third": flagWord(graph.ThirdParty.Info().Enum()), "gap": "365"}

// Help shows under the flags.
func (historyCommand) Help() string {
	return `Each meeting is told in the order of time with its third parties and every role that is recorded of them. A summit and the texts adopted there are
one meeting. Then come the tracks, which are meetings joined by a common third party with at most three years between; where one track
ended and the next began; and the times in which no meeting is recorded, which is not to say that there was none.

A name that several bear, or that nobody bears as it is written, chooses nobody: the ids to choose from are listed. The answer names its commit and ledger, and
the command that asks the same again as it was known then.

Examples:
  entente history Armenia Azerbaijan
  entente history --as-of 2010 iso3:ARM iso3:AZE
  entente history Armenia Azerbaijan --window 2020/.. --first 10
  entente history --conflict "Nagorno-Karabakh conflict" --minimum-role mediated --json
  entente history Armenia Azerbaijan --window 2020/2021 --quotes
  entente history Armenia Azerbaijan --cite > sources.json`
}

// Run tells the history.
func (c *historyCommand) Run(ctx context.Context, s streams) error {
	switch {
	case len(c.Parties) == 0 && c.Process == "" && c.Conflict == "":
		return fmt.Errorf("history of whom? give parties, --process or --conflict: %w", errUsage)
	case c.MinGapDays < 1:
		return fmt.Errorf("--min-gap-days is %d; it is a number of days, at least 1: %w", c.MinGapDays, errUsage)
	case c.First < 0 || c.Skip < 0:
		return fmt.Errorf("--first is %d and --skip is %d; each is a number of meetings: %w", c.First, c.Skip, errUsage)
	}
	role, err := roleOf("--minimum-role", c.MinimumRole, (*graph.PredicateInfo).ThirdParty)
	if err != nil {
		return err
	}
	if err := existing(c.Data); err != nil {
		return err
	}
	return withStore(ctx, c.Data, 0, s, func(st *store.Store) error {
		v, err := c.view(st)
		if err != nil {
			return err
		}
		q := trace.HistoryQuestion{MinimumRole: role, MinGapDays: c.MinGapDays, Filter: trace.Filter{RollUp: !c.NoRollUp}, Budget: historyBudget}
		if q.Scope, err = c.scope(v); err != nil {
			return err
		}
		a, err := v.Mediation(ctx, q)
		if err != nil {
			return err
		}
		told := &pagedHistory{HistoryAnswer: a, view: v, question: &q, from: min(c.Skip, len(a.Meetings)), to: len(a.Meetings), again: c.again(v, &q), notes: elsewhere(v, &q, a)}
		if c.First > 0 {
			told.to = min(told.from+c.First, told.to)
		}
		return c.write(ctx, s, told)
	})
}

// write writes the answer in the form that was asked for.
func (c *historyCommand) write(ctx context.Context, s streams, told *pagedHistory) error {
	switch {
	case c.JSON:
		return told.writeJSON(ctx, s.out)
	case c.Cite:
		account, err := told.account(ctx)
		if err != nil {
			return err
		}
		return account.cite(ctx, s, told.view)
	case c.Quotes:
		account, err := told.account(ctx)
		if err != nil {
			return err
		}
		return writeAll(s.out, func(w io.Writer) error { return told.writeQuotes(w, account) })
	}
	return writeAll(s.out, told.writeTable)
}

// A pagedHistory is a history of which some of the meetings are listed, and the command that asks for it again.
type pagedHistory struct {
	*trace.HistoryAnswer
	view     *store.View
	question *trace.HistoryQuestion
	from, to int // the meetings listed
	again    string
	notes    []string // why there may be none
}

// elsewhere says of whom to ask in place of parties whose parts count for others, if a history has no meetings for that.
func elsewhere(v *store.View, q *trace.HistoryQuestion, a *trace.HistoryAnswer) (notes []string) {
	if len(a.Meetings) > 0 {
		return nil
	}
	for _, party := range q.Between {
		heads := v.CountsFor(q.Filter, party)
		if len(heads) > 0 && !slices.Contains(heads, party) {
			notes = append(notes, fmt.Sprintf("the parts of %s count for %s; ask of that, or with --no-roll-up", oneLine(v.Name(party)), oneLine(namesIn(v, heads))))
		}
	}
	return notes
}

// again is the command that asks the question once more of what was known to this answer.
func (c *historyCommand) again(v *store.View, q *trace.HistoryQuestion) string {
	var args []string
	add := func(differs bool, flag ...string) {
		if differs {
			args = append(args, flag...)
		}
	}
	for _, e := range q.Between {
		add(true, string(v.ID(e)))
	}
	if q.Process != store.NoEntity {
		add(true, "--process", string(v.ID(q.Process)))
	}
	if q.Conflict != store.NoEntity {
		add(true, "--conflict", string(v.ID(q.Conflict)))
	}
	add(c.Window != "", "--window", c.Window)
	role := flagWord(q.MinimumRole.Info().Enum())
	add(role != historyDefaults["third"], "--minimum-role", role)
	days := strconv.Itoa(q.MinGapDays)
	add(days != historyDefaults["gap"], "--min-gap-days", days)
	add(!q.RollUp, "--no-roll-up")
	add(c.First > 0, "--first", strconv.Itoa(c.First))
	add(c.Skip > 0, "--skip", strconv.Itoa(c.Skip))
	return askAgain(v, c.Data, append([]string{"history"}, args...)...)
}

func (c *historyCommand) scope(v *store.View) (sc trace.Scope, err error) {
	sc = trace.Everything()
	if sc.Window, err = windowOf(c.Window); err != nil {
		return sc, err
	}
	for _, text := range c.Parties {
		r := resolver{v, partyKinds}
		if called := r.called(text, []graph.Kind{graph.Process, graph.Conflict}); len(called) == 1 && len(r.called(text, partyKinds)) == 0 {
			e := called[0].Entity
			return sc, fmt.Errorf("a party is %s, which names %s, a %s; give it by --%s: %w",
				graph.Quoted(text), v.ID(e), v.Kind(e), flagWord(v.Kind(e)), errUsage)
		}
		e, err := r.entity("a party", text)
		if err != nil {
			return sc, err
		}
		sc.Between = append(sc.Between, e)
	}
	for _, one := range []struct {
		flag, text string
		kind       graph.Kind
		into       *store.Entity
	}{{"--process", c.Process, graph.Process, &sc.Process}, {"--conflict", c.Conflict, graph.Conflict, &sc.Conflict}} {
		if one.text == "" {
			continue
		}
		if *one.into, err = (resolver{v, []graph.Kind{one.kind}}).entity(one.flag, one.text); err != nil {
			return sc, err
		}
	}
	return sc, nil
}

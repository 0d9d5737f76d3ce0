package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

type historyCommand struct {
	Data        string `default:"${data}" help:"Data folder."`
	Process     string `help:"Only meetings of this peace process, or of one that is part of it: an id or a name."`
	Conflict    string `help:"Only meetings about this conflict, or of a process about it: an id or a name."`
	MinimumRole string `default:"third-party" placeholder:"ROLE" help:"The weakest role of a third party that is told. Default: ${default}."`
	MinGapDays  int    `default:"365" help:"How many days without a meeting make a gap. Default: ${default}."`
	NoRollUp    bool   `help:"Tell of those who were there themselves, and not of those on whose behalf."`
	momentFlags `embed:""`
	Table       bool     `xor:"form" help:"A table to read. This is the default."`
	JSON        bool     `name:"json" xor:"form" help:"JSON, with the ids of the claims that each part rests on."`
	Parties     []string `arg:"" optional:"" help:"Ids or names of those who all were parties."`
}

// Help shows under the flags.
func (historyCommand) Help() string {
	return `Each meeting is told in the order of time with its third parties and every role that is recorded of them. A summit and the texts adopted there are
one meeting. Then come the tracks, which are meetings joined by a common third party with at most three years between; where one track
ended and the next began; and the times in which no meeting is recorded, which is not to say that there was none.

A name that several bear, or that nobody bears as it is written, chooses nobody: the ids to choose from are listed.

Examples:
  entente history Armenia Azerbaijan
  entente history --as-of 2010 iso3:ARM iso3:AZE
  entente history --conflict "Nagorno-Karabakh conflict" --minimum-role mediated --json`
}

// Run tells the history.
func (c *historyCommand) Run(ctx context.Context, s streams) error {
	switch {
	case len(c.Parties) == 0 && c.Process == "" && c.Conflict == "":
		return fmt.Errorf("history of whom? give parties, --process or --conflict: %w", errUsage)
	case c.MinGapDays < 1:
		return fmt.Errorf("--min-gap-days is %d; it is a number of days, at least 1: %w", c.MinGapDays, errUsage)
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
		q := trace.HistoryQuestion{MinimumRole: role, MinGapDays: c.MinGapDays, Filter: trace.Filter{RollUp: !c.NoRollUp}}
		if q.Scope, err = c.scope(v); err != nil {
			return err
		}
		a, err := v.Mediation(ctx, q)
		if err != nil {
			return err
		}
		if c.JSON {
			return writeHistory(ctx, s.out, v, a)
		}
		return writeAll(s.out, func(w io.Writer) error { return tabulate(w, v, a) })
	})
}

func (c *historyCommand) scope(v *store.View) (trace.Scope, error) {
	sc := trace.Everything()
	for _, text := range c.Parties {
		e, err := resolver{v, partyKinds}.entity("a party", text)
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
		var err error
		if *one.into, err = (resolver{v, []graph.Kind{one.kind}}).entity(one.flag, one.text); err != nil {
			return sc, err
		}
	}
	return sc, nil
}

// tabulate writes a history as tables.
func tabulate(w io.Writer, v *store.View, a *trace.HistoryAnswer) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "DATE\tMEETING\tNAME\tTHIRD PARTIES")
	for i := range a.Meetings {
		m := &a.Meetings[i]
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", orNone(m.Unit.Date.String()), v.ID(m.Meeting), cut(v.Name(m.Meeting)), orNone(rolesIn(v, m)))
	}
	if len(a.Tracks) > 0 {
		fmt.Fprintln(out, "\nTRACK\tFROM\tTO\tMEETINGS\tPARALLEL TO\tTHIRD PARTIES")
	}
	for i := range a.Tracks {
		t := &a.Tracks[i]
		parallel := strings.Trim(fmt.Sprint(t.ParallelTo), "[]")
		fmt.Fprintf(out, "%d\t%s\t%s\t%d\t%s\t%s\n", i, orNone(t.From.String()), orNone(t.To.String()), len(t.Meetings), orNone(parallel), namesIn(v, t.ThirdParties))
	}
	if len(a.HandOvers) > 0 {
		fmt.Fprintln(out, "\nFROM\tTO\tLEFT\tJOINED\tSTAYED")
	}
	for _, h := range a.HandOvers {
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\n", v.ID(a.Meetings[h.After].Meeting), v.ID(a.Meetings[h.At].Meeting),
			orNone(namesIn(v, h.Left)), orNone(namesIn(v, h.Joined)), orNone(namesIn(v, h.Stayed)))
	}
	if len(a.Gaps) > 0 {
		fmt.Fprintln(out, "\nNONE RECORDED FROM\tTO\tDAYS")
	}
	for _, g := range a.Gaps {
		fmt.Fprintf(out, "%s\t%s\t%d\n", v.ID(a.Meetings[g.After].Meeting), v.ID(a.Meetings[g.Before].Meeting), g.Days)
	}
	m := v.Moment()
	fmt.Fprintf(out, "\nas known at commit %d", m.Commit)
	if !m.AsOf.IsZero() {
		fmt.Fprintf(out, ", as of %s", m.AsOf)
	}
	fmt.Fprintln(out)
	return out.Flush()
}

// rolesIn tells the third parties of a meeting with all their roles.
func rolesIn(v *store.View, m *trace.MediatedMeeting) string {
	var list []string
	for _, r := range trace.RolesOf(m.ThirdParties) {
		var roles []string
		for _, role := range r.Roles {
			roles = append(roles, string(role))
		}
		list = append(list, fmt.Sprintf("%s (%s)", v.Name(r.Actor), strings.Join(roles, ", ")))
	}
	return strings.Join(list, ", ")
}

func namesIn(v *store.View, entities []store.Entity) string {
	var names []string
	for _, e := range entities {
		names = append(names, v.Name(e))
	}
	return strings.Join(names, ", ")
}

// cut shortens a name to what a column holds.
func cut(name string) string {
	const most = 48
	if letters := []rune(name); len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return name
}

// orNone is a text, or a dash for none.
func orNone(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

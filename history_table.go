package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// writeTable writes a history as tables.
func (a *pagedHistory) writeTable(w io.Writer) error {
	if err := a.writeTables(w); err != nil {
		return err
	}
	return a.writeEnd(w)
}

// writeQuotes writes the tables and below them, of each meeting listed, who had which part in it on whose word.
func (a *pagedHistory) writeQuotes(w io.Writer, told *account) error {
	if err := a.writeTables(w); err != nil {
		return err
	}
	t := &table{w: w}
	for i, s := range told.steps {
		t.line(0, "")
		t.line(0, "%s", s.headline())
		t.meeting(s)
		if len(a.Meetings[a.from+i].ThirdParties) == 0 {
			t.line(1, "no third party is recorded in the role %q or a stronger one", graph.Words(string(a.question.MinimumRole)))
		}
	}
	t.merged(told.merged)
	if t.err != nil {
		return t.err
	}
	return a.writeEnd(w)
}

func (a *pagedHistory) writeTables(w io.Writer) error {
	v := a.view
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "DATE\tMEETING\tNAME\tTHIRD PARTIES")
	for i := a.from; i < a.to; i++ {
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
		fmt.Fprintln(out, "\nLAST MEETING OF A TRACK\tFIRST OF THE NEXT\tLEFT: AT THE LAST ONLY\tJOINED: AT THE FIRST ONLY\tSTAYED: AT BOTH")
	}
	for _, h := range a.HandOvers {
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\n", v.ID(a.Meetings[h.After].Meeting), v.ID(a.Meetings[h.At].Meeting),
			fewNames(v, h.Left), fewNames(v, h.Joined), fewNames(v, h.Stayed))
	}
	if len(a.Gaps) > 0 {
		fmt.Fprintln(out, "\nNONE RECORDED FROM\tTO\tDAYS")
	}
	for _, g := range a.Gaps {
		fmt.Fprintf(out, "%s\t%s\t%d\n", v.ID(a.Meetings[g.After].Meeting), v.ID(a.Meetings[g.Before].Meeting), g.Days)
	}
	return out.Flush()
}

// writeEnd writes how many meetings there are, and how the question is asked again.
func (a *pagedHistory) writeEnd(w io.Writer) error {
	_, err := fmt.Fprintf(w, "\n%s\ncommit  %s\nagain   %s\n", a.count(), tellMoment(a.view.Moment()), a.again)
	return err
}

// count says how many meetings there are and how many of them are listed.
func (a *pagedHistory) count() string {
	all := len(a.Meetings)
	text := plural(strconv.Itoa(all), "meeting")
	switch listed := a.to - a.from; {
	case listed == all:
	case listed == 0:
		text += ", none of them listed"
	default:
		text += fmt.Sprintf(", of which %d to %d are listed", a.from+1, a.to)
	}
	if a.Partial {
		text += "; the work that one question may take was used up: what is here is right, but there may be more, and so nothing is read off it"
	}
	return strings.Join(append([]string{text}, a.notes...), "\n")
}

// rolesIn tells the third parties of a meeting with all their roles.
func rolesIn(v *store.View, m *trace.MediatedMeeting) string {
	var list []string
	for _, r := range trace.RolesOf(m.ThirdParties) {
		var roles []string
		for _, role := range r.Roles {
			roles = append(roles, graph.Words(string(role)))
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

// fewNames are the names of some entities for a column that others follow: of many the first, and how many more there are.
func fewNames(v *store.View, entities []store.Entity) string {
	const most = 6
	if len(entities) > most {
		return fmt.Sprintf("%s and %d more", namesIn(v, entities[:most]), len(entities)-most)
	}
	return orNone(namesIn(v, entities))
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

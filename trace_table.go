package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// writeTable writes the answer for a terminal: each chain by its meetings, then each meeting with who had which part on whose word.
func (a *toldChains) writeTable(w io.Writer) error {
	t := &table{w: w}
	t.line(0, "%s", a.title())
	if a.WhyNot != nil {
		t.whyNot(a.WhyNot)
	} else {
		t.line(0, "%s", a.count())
	}
	for i, c := range a.drawn() {
		t.line(0, "")
		t.chain(i+1, c, a.WhyNot)
	}
	if a.WhyNot != nil && len(a.WhyNot.Nearest) > 0 {
		t.nearest(a.WhyNot.Nearest)
	}
	for i, m := range t.meetings {
		t.line(0, "")
		t.line(0, "[%d] %s", i+1, m.headline())
		t.meeting(m)
	}
	t.merged(a.Merged)
	t.line(0, "")
	t.line(0, "commit  %s", a.Moment)
	t.line(0, "again   %s", a.Again)
	return t.err
}

// String is the moment in words.
func (m toldMoment) String() string {
	ledger := "of an empty graph"
	if m.Ledger != "" {
		ledger = fmt.Sprintf("of ledger %s, made %s", m.Ledger, m.KnownAt)
	}
	day := "whatever the day"
	if m.AsOf != nil {
		day = "as of " + *m.AsOf
	}
	return fmt.Sprintf("%d %s; %s", m.Commit, ledger, day)
}

// count says how many chains there are and how many of them are shown.
func (a *toldChains) count() string {
	hops := plural(strconv.Itoa(*a.Hops), "hop")
	var text string
	switch shown := strconv.Itoa(len(a.Chains)); {
	case a.Total == nil:
		text = fmt.Sprintf("of %s, more than could be counted; %s shown", hops, shown)
	case *a.Total == shown:
		text = fmt.Sprintf("%s of %s", plural(*a.Total, "chain"), hops)
	default:
		text = fmt.Sprintf("%s of %s, %s shown", plural(*a.Total, "chain"), hops, shown)
	}
	if a.Partial {
		text += "; the work that one question may take was used up: what is here is right, but there may be more"
	}
	return text
}

func plural(n, noun string) string {
	if n != "1" {
		noun += "s"
	}
	return n + " " + noun
}

// chain tells a chain as the steps that it takes; the meetings are told once, below.
func (t *table) chain(number int, c *toldChain, why *toldWhyNot) {
	path := []string{oneLine(c.Hops[0].From.Name)}
	for _, h := range c.Hops {
		path = append(path, oneLine(h.To.Name))
	}
	t.line(0, "%d. %s", number, strings.Join(path, " > "))
	for i, s := range c.steps() {
		if i > 0 {
			t.line(2, "%s", s.follows(why))
		}
		actors := make([]string, len(s.actors))
		for i, actor := range s.actors {
			actors[i] = fmt.Sprintf("%s (%s)", oneLine(actor.Name), s.parts[actor.entity][0].role)
		}
		t.line(1, "%s  %s [%d]", s.date(), oneLine(s.Meeting.Name), t.number(s))
		t.line(3, "%s", strings.Join(actors, ", "))
	}
}

// number is that of a step's meeting among all that are told. Whoever comes into the chain there is noted with it.
func (t *table) number(s *toldStep) int {
	meeting := s.unit.Meetings[0]
	i := slices.IndexFunc(t.meetings, func(m *toldStep) bool { return m.unit.Meetings[0] == meeting })
	if i < 0 {
		i = len(t.meetings)
		t.meetings = append(t.meetings, &toldStep{toldHop: s.toldHop, parts: make(map[store.Entity][]*toldPart)})
	}
	m := t.meetings[i]
	for _, actor := range s.actors {
		if m.parts[actor.entity] == nil {
			m.actors = append(m.actors, actor)
			m.parts[actor.entity] = s.parts[actor.entity]
		}
	}
	return i + 1
}

// follows says how long after the step before a step is, and how certainly.
func (s *toldStep) follows(why *toldWhyNot) string {
	if why != nil && why.BrokenAt != nil && *why.BrokenAt == s.hop {
		if why.BackDays != nil {
			return fmt.Sprintf("here it breaks: what follows is at least %s too early", plural(strconv.Itoa(*why.BackDays), "day"))
		}
		return "here it breaks: what follows is not in order after it"
	}
	order := map[string]string{
		string(graph.Certain): "in order in every reading of the dates", string(graph.Possible): "in order in some reading of the dates",
		string(graph.Impossible): "not in order",
	}[*s.Order]
	days := func(n int) string { return plural(strconv.Itoa(n), "day") }
	switch least, most := s.WaitMin, s.WaitMax; {
	case least != nil && most != nil && *least == *most && *most >= 0:
		return fmt.Sprintf("%s later, %s", days(*least), order)
	case least != nil && most != nil && *least >= 0:
		return fmt.Sprintf("%d to %s later, %s", *least, days(*most), order)
	case most != nil && *most >= 0:
		return fmt.Sprintf("at most %s later, %s", days(*most), order)
	case least != nil && *least >= 0:
		return fmt.Sprintf("at least %s later, %s", days(*least), order)
	}
	return order
}

func (t *table) whyNot(w *toldWhyNot) {
	found := "None"
	if w.Reason == string(trace.OutOfBudget) {
		found = "Not known"
	}
	t.line(0, "%s: %s (%s).", found, oneLine(w.Text), w.Reason)
	if w.Chain != nil {
		t.line(0, "The best of them without regard to time:")
	}
}

func (t *table) nearest(list []*toldRelaxation) {
	t.line(0, "")
	t.line(0, "There are some with")
	for _, r := range list {
		t.line(1, "%-30s %s of %s", r.flag(), plural(r.Total, "chain"), plural(strconv.Itoa(r.Hops), "hop"))
	}
}

// flag is the changed option as the command takes it.
func (r *toldRelaxation) flag() string {
	switch r.Option {
	case "mediationHops":
		return "--no-mediation-hops"
	case "rollUp":
		if r.Value == "true" {
			return "no --no-roll-up"
		}
		return "--no-roll-up"
	case "certain":
		return "no --certain"
	case "exclude":
		return r.exclude()
	}
	flag := map[string]string{
		"maxHops": "--max-hops", "minimumRole": "--minimum-role", "order": "--order", "window": "--window", "asOf": "--as-of",
		"roles": "--role", "stances": "--stance", "claimants": "--claimant", "coders": "--coder",
	}[r.Option]
	if r.Value == "null" {
		return "no " + flag
	}
	return flag + " " + flagWord(r.Value)
}

// exclude is what there is to be left out still.
func (r *toldRelaxation) exclude() string {
	var ids []string
	if err := json.Unmarshal([]byte(r.Value), &ids); err != nil || len(ids) == 0 {
		return "no --exclude"
	}
	return "only --exclude " + strings.Join(ids, " --exclude ")
}

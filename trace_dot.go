package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"entente/graph/store"
)

// writeDot writes the answer as an undirected graph in the language of Graphviz: actors are boxes, meetings ellipses with their dates,
// and an edge is who was where, in which role; what that rests on are tooltips. What several chains share is drawn once.
func (a *toldChains) writeDot(w io.Writer) error {
	d := &drawing{w: w, nodes: make(map[store.Entity]string), ties: make(map[dotTie]bool)}
	d.line("graph %s {", dotQuoted(a.title()))
	d.line("  // Commit %s", a.Moment)
	d.line("  // Again: %s", oneLine(a.Again))
	label := []string{a.title()}
	if a.WhyNot != nil {
		label = append(label, "None: "+a.WhyNot.Text)
	} else {
		label = append(label, a.count())
	}
	d.line("  graph [rankdir=LR, label=%s]", dotQuoted(append(label, "commit "+a.Moment.String())...))
	d.line("  node [shape=box]")
	d.actor(a.From)
	d.actor(a.To)
	for _, c := range a.drawn() {
		for _, s := range c.steps() {
			broken := a.WhyNot != nil && a.WhyNot.BrokenAt != nil && *a.WhyNot.BrokenAt == s.hop
			d.step(s, broken)
		}
	}
	d.line("}")
	return d.err
}

// A drawing is a graph as it is written; the first error of writing stays.
type drawing struct {
	w     io.Writer
	err   error
	nodes map[store.Entity]string // names of those drawn; a meeting's is that of what was first drawn of its unit
	ties  map[dotTie]bool
}

// A dotTie is an actor at a meeting.
type dotTie struct{ actor, meeting store.Entity }

func (d *drawing) line(format string, args ...any) {
	if d.err == nil {
		_, d.err = fmt.Fprintf(d.w, format+"\n", args...)
	}
}

func (d *drawing) actor(e *toldEntity) string {
	name, drawn := d.nodes[e.entity]
	if !drawn {
		name = dotQuoted(string(e.ID))
		d.nodes[e.entity] = name
		d.line("  %s [label=%s]", name, dotQuoted(e.Name))
	}
	return name
}

func (d *drawing) meeting(s *toldStep, colour string) string {
	name, drawn := d.nodes[s.unit.Meetings[0]]
	if !drawn {
		name = dotQuoted(string(s.Meeting.ID))
		d.nodes[s.unit.Meetings[0]] = name
		tooltip := ""
		if words := bondWords(slices.Concat(s.DatedBy, s.JoinedBy)); len(words) > 0 {
			tooltip = ", tooltip=" + dotQuoted(words...)
		}
		d.line("  %s [shape=ellipse, label=%s%s%s]", name, dotQuoted(s.Meeting.Name, s.date()), tooltip, colour)
	}
	return name
}

// step draws a meeting and the ties to it; one that comes too early is red.
func (d *drawing) step(s *toldStep, broken bool) {
	colour := ""
	if broken {
		colour = ", color=red"
	}
	meeting := d.meeting(s, colour)
	for i, actor := range s.actors {
		// Ends are written in the order of the chain, which is that of the layout.
		ends := [2]string{d.actor(actor), meeting}
		if i > 0 {
			ends[0], ends[1] = ends[1], ends[0]
		}
		tie := dotTie{actor.entity, s.unit.Meetings[0]}
		if d.ties[tie] {
			continue
		}
		d.ties[tie] = true
		roles, words := tieWords(s.parts[actor.entity])
		d.line("  %s -- %s [label=%s, tooltip=%s%s]", ends[0], ends[1], dotQuoted(roles...), dotQuoted(words...), colour)
	}
}

// tieWords are the roles of parts, each once, and the words that they rest on.
func tieWords(parts []*toldPart) (roles, words []string) {
	seen := make(map[string]bool)
	for _, p := range parts {
		if !seen[p.role] {
			seen[p.role] = true
			roles = append(roles, p.role)
		}
		for i := range p.Claims {
			words = append(words, p.Claims[i].text())
		}
		words = append(words, bondWords(p.RolledUpBy)...)
	}
	return roles, words
}

func bondWords(bonds []toldBond) (words []string) {
	for i := range bonds {
		words = append(words, bonds[i].text())
	}
	return words
}

// dotQuoted is a text of several lines as a string of the language. In labels a backslash begins an escape and an ampersand a
// character reference, so both are escaped, too.
func dotQuoted(lines ...string) string {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;")
	escaped := make([]string, len(lines))
	for i, line := range lines {
		escaped[i] = escape.Replace(oneLine(line))
	}
	return `"` + strings.Join(escaped, `\n`) + `"`
}

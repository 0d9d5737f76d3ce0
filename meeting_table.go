package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"entente/graph"
)

// A table is text with an indent; the first error of writing stays.
type table struct {
	w        io.Writer
	err      error
	meetings []*toldStep // of the chains told so far, with all who come into one there
}

func (t *table) line(indent int, format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.w, strings.Repeat("  ", indent)+format+"\n", args...)
	}
}

// headline is a meeting with its date.
func (s *toldStep) headline() string {
	return fmt.Sprintf("%s  %s (%s)", s.date(), oneLine(s.Meeting.Name), s.Meeting.ID)
}

func (s *toldStep) date() string {
	if s.When == nil {
		return "no date"
	}
	return *s.When
}

// meeting tells, under the headline, who had which part in a meeting, and on whose word.
func (t *table) meeting(s *toldStep) {
	t.dated(s.toldHop)
	t.since(1, "it is one meeting with others", s.JoinedBy)
	t.since(1, "it belongs to what was asked for", s.belongs)
	for _, actor := range s.actors {
		t.line(1, "%s (%s)", oneLine(actor.Name), actor.ID)
		for _, p := range s.parts[actor.entity] {
			t.line(2, "%s", p.text(s.Meeting))
			for i := range p.Claims {
				t.line(3, "%s", p.Claims[i].text())
			}
			t.since(3, "it counts for "+oneLine(actor.Name), p.RolledUpBy)
		}
	}
}

// dated tells by which claims the meeting of a hop is dated; where it is another that is one with it, which.
func (t *table) dated(h *toldHop) {
	for i := range h.DatedBy {
		b := &h.DatedBy[i]
		what := "it"
		if b.Subject.entity != h.Meeting.entity {
			what = fmt.Sprintf("%s (%s)", oneLine(b.Subject.Name), b.Subject.ID)
		}
		t.line(1, "%s %s %s%s", what, b.label, b.states(), b.since())
	}
}

// since tells by which claims something is so, and nothing if there are none.
func (t *table) since(indent int, so string, bonds []toldBond) {
	if len(bonds) == 0 {
		return
	}
	t.line(indent, "%s, since", so)
	for i := range bonds {
		t.line(indent+1, "%s", bonds[i].text())
	}
}

// merged tells by which claims several ids are one. Of those made on import it tells as many as it takes, and where each of two has the id that both carry:
// once, though several may be made for it.
func (t *table) merged(list []*toldMerged) {
	if len(list) == 0 {
		return
	}
	t.line(0, "")
	t.line(0, "Several ids are one:")
	told := make(map[string]bool)
	for _, m := range list {
		t.line(1, "%s (%s)", oneLine(m.Name), m.ID)
		joined, more := make(joinedIDs), 0
		for _, merge := range m.MergedBy {
			if joins := joined.join(merge.SubjectID, *merge.ObjectID); len(merge.CarriedBy) == 0 {
				t.line(2, "%s%s", merge.byID(), merge.since())
				continue
			} else if !joins {
				more++
				continue
			}
			t.line(2, "%s%s", merge.byID(), merge.reserve())
			for i := range merge.CarriedBy {
				if by := &merge.CarriedBy[i]; !told[by.ID] {
					told[by.ID] = true
					t.line(3, "%s%s", by.byID(), by.since())
				}
			}
		}
		if more > 0 {
			t.line(2, "beside %s made on import", plural(strconv.Itoa(more), "more claim"))
		}
	}
}

// joinedIDs are ids of which some are one, each with another that it is one with, or none.
type joinedIDs map[graph.ID]graph.ID

// join makes two ids one, and reports whether they were not.
func (j joinedIDs) join(a, b graph.ID) bool {
	for j[a] != "" {
		a = j[a]
	}
	for j[b] != "" {
		b = j[b]
	}
	if a != b {
		j[a] = b
	}
	return a != b
}

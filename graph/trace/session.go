package trace

import (
	"cmp"
	"slices"

	"entente/graph/ledger"
)

// A session is a unit with all the ties to it that count: first those of third parties, and either sorted.
type session struct {
	*Unit
	ties []Tie
}

// sessionsIn lists the units of a narrow scope, each once, by their numbers. Where the work does not suffice, those found come with errBudget: what is
// charged for are the units that are told and their ties, in order, for where else one has to look changes with what later commits say. The list is good
// until the next call, or until the view is closed.
func (g *graphView) sessionsIn(w *work, sc *Scope) (sessions []session, err error) {
	units, err := g.unitsIn(w.ctx, sc)
	if err != nil {
		return nil, err
	}
	// Ties are found in memory that is used again, so that those told take what they need and in one piece.
	kept := units[:0]
	g.seated, g.ends = g.seated[:0], g.ends[:0]
	for i, number := range units {
		if (i+1)%stride == 0 && w.ctx.Err() != nil {
			return nil, w.ctx.Err()
		}
		from := len(g.seated)
		g.seat(number)
		if !isBetween(g.seated[from:], sc.Between) {
			g.seated = g.seated[:from]
			continue
		}
		if err = w.spend(1 + len(g.seated) - from); err != nil {
			g.seated = g.seated[:from]
			break
		}
		kept, g.ends = append(kept, number), append(g.ends, len(g.seated))
	}
	return g.told(kept), err
}

// told are the sessions of the units of some numbers, whose ties were found.
func (g *graphView) told(numbers []ledger.EntityNo) []session {
	clear(g.sessions)
	g.sessions = g.sessions[:0]
	if len(numbers) == 0 {
		return nil
	}
	// An empty list of ties is the same whether or not there is memory to be used again.
	alone, ties := make([]loneUnit, len(numbers)), append(make([]Tie, 0, len(g.seated)), g.seated...)
	from := 0
	for i, no := range numbers {
		u := &alone[i].Unit
		if g.single(no) {
			alone[i].set(no, g.Date(no))
		} else {
			u = g.unit(no)
		}
		to := g.ends[i]
		g.sessions = append(g.sessions, session{u, ties[from:to:to]})
		from = to
	}
	return g.sessions
}

// isBetween reports whether all of the actors were parties, as ties have it.
func isBetween(ties []Tie, actors []ledger.EntityNo) bool {
	for _, a := range actors {
		if !isParty(ties, a) {
			return false
		}
	}
	return true
}

func isParty(ties []Tie, actor ledger.EntityNo) bool {
	for i := range ties {
		if t := &ties[i]; t.For == actor && t.strength() == 0 {
			return true
		}
	}
	return false
}

// divided are the ties of third parties whose parts are as strong as that at least, and those of parties. The session's are used up.
func (s *session) divided(minimum int) (thirds, parties []Tie) {
	kept, n := 0, 0
	for ; n < len(s.ties) && s.ties[n].strength() > 0; n++ {
		if s.ties[n].strength() < minimum {
			continue
		}
		if kept < n {
			s.ties[kept] = s.ties[n]
		}
		kept++
	}
	return s.ties[:kept:kept], s.ties[n:]
}

// inTime sorts sessions by the days on which they are known to have been; those without a date come last.
func inTime(sessions []session) {
	slices.SortFunc(sessions, func(a, b session) int {
		if a.Date.IsZero() != b.Date.IsZero() {
			if a.Date.IsZero() {
				return 1
			}
			return -1
		}
		aFirst, aLast := a.Date.Known()
		bFirst, bLast := b.Date.Known()
		return cmp.Or(cmp.Compare(aFirst, bFirst), cmp.Compare(aLast, bLast), cmp.Compare(a.Meetings[0], b.Meetings[0]))
	})
}

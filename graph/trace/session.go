package trace

import (
	"cmp"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
)

// A session is a unit with all the ties to it that count: first those of third parties, and either sorted.
type session struct {
	*Unit
	ties []Tie
}

// sessionsIn lists the units of a narrow scope, each once, by their numbers. Where the work does not suffice, those found come with errBudget: what is
// charged for are the units that are told and their ties, in order, for where else one has to look changes with what later commits say.
func (g *graphView) sessionsIn(w *work, sc *Scope) (sessions []session, err error) {
	units, err := g.unitsIn(w.ctx, sc)
	if err != nil {
		return nil, err
	}
	// Ties are found in memory that is used again, so that those told take what they need and in one piece.
	kept := units[:0]
	g.seated, g.ends = g.seated[:0], g.ends[:0]
	for i, number := range units {
		if i%stride == 0 && w.ctx.Err() != nil {
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
	return g.sessions(kept), err
}

// seat finds the ties to a unit of a number.
func (g *graphView) seat(number ledger.EntityNo) {
	from := len(g.seated)
	if g.single(number) {
		g.seated = g.appendTiesTo(g.seated, number)
	} else {
		for _, m := range g.unit(number).Meetings {
			g.seated = g.appendTiesTo(g.seated, m)
		}
	}
	ties := g.seated[from:]
	for i := 1; i < len(ties); i++ {
		if compareSeats(&ties[i-1], &ties[i]) > 0 { // most are in order as they come
			slices.SortFunc(ties, func(a, b Tie) int { return compareSeats(&a, &b) })
			return
		}
	}
}

// compareSeats orders ties as a session has them.
func compareSeats(a, b *Tie) int {
	switch third := a.strength() > 0; {
	case third == (b.strength() > 0):
		return compareTies(a, b)
	case third:
		return -1
	}
	return 1
}

// sessions are those of the units of some numbers, whose ties were found.
func (g *graphView) sessions(numbers []ledger.EntityNo) []session {
	if len(numbers) == 0 {
		return nil
	}
	sessions, alone, ties := make([]session, len(numbers)), make([]loneUnit, len(numbers)), slices.Clone(g.seated)
	from := 0
	for i, no := range numbers {
		s := &sessions[i]
		if g.single(no) {
			s.Unit = alone[i].set(no, g.Date(no))
		} else {
			s.Unit = g.unit(no)
		}
		s.ties = ties[from:g.ends[i]:g.ends[i]]
		from = g.ends[i]
	}
	return sessions
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

// strengths are those of the roles of third parties, by code; 0 is none.
var strengths = strengthsOfRoles()

func strengthsOfRoles() (strengths [256]uint8) {
	for _, info := range graph.Predicates() {
		strengths[info.Code] = uint8(info.Strength)
	}
	return strengths
}

// strength is that of a third party's role; a party's is 0.
func (t *Tie) strength() int { return int(strengths[t.Role]) }

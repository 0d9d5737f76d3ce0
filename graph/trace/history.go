package trace

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A HistoryQuestion asks who was a third party to the meetings of a scope, from the first to the last.
type HistoryQuestion struct {
	Scope
	MinimumRole graph.Predicate // the weakest part of a third party that is told
	MinGapDays  int             // how long no meeting has to be recorded for it to be told
	Filter
	// Budget is how many meetings and ties are told, at most, and how many times one track is told to be parallel to another. Only what the answer has is
	// counted, so that an answer that was cut is the same for ever.
	Budget int
}

// A HistoryAnswer is the meetings in the order of time, those without a date last, and what can be read off them.
type HistoryAnswer struct {
	Meetings  []MediatedMeeting
	Tracks    []Track
	HandOvers []HandOver
	Gaps      []Gap
	// Partial says that the budget was used up: the meetings are right, but there may be more, and so nothing is read off them.
	Partial bool
}

// A MediatedMeeting is a meeting with its third parties, of which there may be none, and its parties; who was both in the words of
// different claims is among both.
type MediatedMeeting struct {
	Unit *Unit
	// Meeting is the one of the unit to show: the text that was adopted, the first of several; without one the first of all.
	Meeting               ledger.EntityNo
	ThirdParties, Parties []Tie
}

// A Gap is a time in which no meeting is recorded. That is all that it says: there may have been some.
type Gap struct {
	After, Before int // the meetings around it, by their place in the answer
	Days          int // from the last day of the one to the first of the other, at the least
}

// History answers a question, whose scope has to name parties, a process or a conflict. The error is the context's.
func History(ctx context.Context, s *topology.Snapshot, q HistoryQuestion) (*HistoryAnswer, error) {
	g := newView(s, q.Filter)
	defer g.close()
	w := &work{ctx, q.Budget}
	sessions, err := g.sessionsIn(w, &q.Scope)
	if err != nil && !errors.Is(err, errBudget) {
		return nil, err
	}
	inTime(sessions)
	a := &HistoryAnswer{Meetings: make([]MediatedMeeting, len(sessions))}
	minimum := q.MinimumRole.Info().Strength
	for i := range sessions {
		s := &sessions[i]
		m := &a.Meetings[i]
		m.Unit, m.Meeting = s.Unit, g.shown(s.Unit)
		m.ThirdParties, m.Parties = s.divided(minimum)
	}
	if err == nil {
		err = a.read(w, &g.tracker, q.MinGapDays)
	}
	if a.Partial, err = ranOut(err); a.Partial {
		a.Tracks, a.HandOvers, a.Gaps = nil, nil, nil
	}
	return a, cmp.Or(err, ctx.Err())
}

// read tells what can be read off all meetings.
func (a *HistoryAnswer) read(w *work, tr *tracker, minGapDays int) (err error) {
	if a.Tracks, err = tr.tracks(w, a.Meetings); err != nil {
		return err
	}
	a.HandOvers, err = tr.handOvers(w, a.Tracks, a.Meetings)
	a.Gaps = gaps(a.Meetings, minGapDays)
	return err
}

// shown is the meeting of a unit by which people know it.
func (g *graphView) shown(u *Unit) ledger.EntityNo {
	if len(u.Meetings) > 1 {
		if i := slices.IndexFunc(u.Meetings, func(m ledger.EntityNo) bool { return g.Kind(m) == graph.Agreement }); i > 0 {
			return u.Meetings[i]
		}
	}
	return u.Meetings[0]
}

// thirds are those for whom the third parties' ties count, each once, in ledger order.
func (m *MediatedMeeting) thirds() []ledger.EntityNo {
	var thirds []ledger.EntityNo
	for _, t := range m.ThirdParties {
		thirds = append(thirds, t.For)
	}
	return inOrder(thirds)
}

// gaps are the times of at least so many days between meetings. A meeting whose end is not known is taken to have gone on no longer
// than is known, and one of which only the month is known to have been on the day of it that leaves the shorter gap.
func gaps(meetings []MediatedMeeting, least int) []Gap {
	var found []Gap                 // with room for one before each of the others, once there is any
	last, until := -1, graph.DayMin // the meeting that went on for longest, and until when
	for i := range meetings {
		date := meetings[i].Unit.Date
		if date.IsZero() {
			break // so are all that follow
		}
		from, to := date.Known()
		if last >= 0 && until != graph.DayMin && from != graph.DayMax {
			if days := int(from) - int(until); days >= least {
				if found == nil {
					found = make([]Gap, 0, len(meetings)-i)
				}
				found = append(found, Gap{After: last, Before: i, Days: days})
			}
		}
		if last < 0 || to >= until {
			last, until = i, to
		}
	}
	return found
}

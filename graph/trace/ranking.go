package trace

import (
	"cmp"
	"context"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A RankingQuestion asks who was a third party to the meetings of a scope most often.
type RankingQuestion struct {
	Scope
	MinimumRole graph.Predicate // the weakest part of a third party that counts
	Filter
	First int // how many are listed
	// Affiliations are as in a [ChainQuestion].
	Affiliations *Affiliations
}

func (q *RankingQuestion) thirds(least int) thirdsQuestion {
	return thirdsQuestion{&q.Scope, q.MinimumRole.Info().Strength, least, q.Affiliations}
}

// A MediatorRank is a third party and how many meetings it had a part in.
type MediatorRank struct {
	Actor       ledger.EntityNo
	Meetings    int
	Exclusive   int        // those of which it was the only third party, of such a part
	First, Last graph.Date // of the first of them, and of that which went on for longest; absent if none has a date
}

// MediatorRanking answers a question: most meetings first, then most of its own, then in ledger order. The error is the context's.
func MediatorRanking(ctx context.Context, s *topology.Snapshot, q RankingQuestion) ([]MediatorRank, error) {
	g := newView(s, q.Filter)
	defer g.close()
	tallies := make(map[ledger.EntityNo]*tally)
	err := g.thirds(ctx, q.thirds(1), func(meeting ledger.EntityNo, thirds []ledger.EntityNo) {
		t := occasion{meeting: meeting, date: g.dateOf(meeting)}
		t.first, t.last = t.date.Known()
		for _, a := range thirds {
			if tallies[a] == nil {
				tallies[a] = &tally{}
			}
			tallies[a].add(t, len(thirds) == 1)
		}
	})
	if err != nil {
		return nil, err
	}
	first := ranked[MediatorRank]{n: q.First, compare: func(a, b MediatorRank) int {
		return cmp.Or(cmp.Compare(b.Meetings, a.Meetings), cmp.Compare(b.Exclusive, a.Exclusive), cmp.Compare(a.Actor, b.Actor))
	}}
	for a, t := range tallies {
		first.add(MediatorRank{a, t.meetings, t.exclusive, t.first.date, t.last.date})
	}
	return first.items, nil
}

// A tally counts the meetings of one third party.
type tally struct {
	meetings, exclusive int
	first, last         occasion // without a date if none has one
}

// An occasion is a meeting with the days on which it is known to have been.
type occasion struct {
	meeting     ledger.EntityNo
	date        graph.Date
	first, last graph.Day
}

func (t *tally) add(m occasion, alone bool) {
	t.meetings++
	if alone {
		t.exclusive++
	}
	if m.date.IsZero() {
		return
	}
	if t.first.date.IsZero() {
		t.first, t.last = m, m
		return
	}
	// Of two that began on one day the first is the one that ended first, and of two that ended on one the last is the one that
	// began last, whatever the order in which they come.
	if o := t.first; cmp.Or(cmp.Compare(m.first, o.first), cmp.Compare(m.last, o.last), cmp.Compare(m.meeting, o.meeting)) < 0 {
		t.first = m
	}
	if o := t.last; cmp.Or(cmp.Compare(m.last, o.last), cmp.Compare(m.first, o.first), cmp.Compare(o.meeting, m.meeting)) > 0 {
		t.last = m
	}
}

// A CoMediatorPair is two third parties, the first of them earlier in the ledger, and how many meetings both had a part in.
type CoMediatorPair struct {
	A, B     ledger.EntityNo
	Meetings int
}

// CoMediators answers which two were third parties to the same meetings most often: most meetings first, then in ledger order. The
// error is the context's.
func CoMediators(ctx context.Context, s *topology.Snapshot, q RankingQuestion) ([]CoMediatorPair, error) {
	g := newView(s, q.Filter)
	defer g.close()
	var together pairs
	err := g.thirds(ctx, q.thirds(2), func(_ ledger.EntityNo, thirds []ledger.EntityNo) { together.add(thirds) })
	if err != nil {
		return nil, err
	}
	first := ranked[CoMediatorPair]{n: q.First, compare: func(x, y CoMediatorPair) int {
		return cmp.Or(cmp.Compare(y.Meetings, x.Meetings), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	}}
	together.counted(func(a, b ledger.EntityNo, n int) { first.add(CoMediatorPair{a, b, n}) })
	return first.items, nil
}

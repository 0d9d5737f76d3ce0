package resolvers

import (
	"context"
	"slices"
	"sync"

	"github.com/graph-gophers/graphql-go"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// MediationHistory is who was between, meeting by meeting, and what can be read off it.
type MediationHistory struct {
	Moment    *Moment
	Meetings  []*MediatedMeeting
	Tracks    []*Track
	HandOvers []*HandOver
	Gaps      []*Gap
}

// MediatedMeeting is a meeting with its third parties and its parties.
type MediatedMeeting struct {
	told *toldHistory
	at   int

	Meeting    *Meeting
	Also       []*Meeting
	When       *Date
	WhenBounds *DateBounds
	Actors     []*ThirdParty
}

// ThirdParty is one for whom parts of third parties count, with the roles and the claims that say so.
type ThirdParty struct {
	told     *toldHistory
	at       int // the meeting's place
	no       store.Entity
	evidence evidence

	Actor      *Entity
	Roles      []string
	ClaimCount int32
}

// Claims are the claims that say so.
func (t *ThirdParty) Claims(ctx context.Context) ([]*Claim, error) { return t.evidence.all(ctx) }

// RolledUpBy are the claims by which parts of others count for the third party.
func (t *ThirdParty) RolledUpBy(ctx context.Context) ([]*Claim, error) {
	return t.told.rolledUpBy(t.at, t.no).all(ctx)
}

// Track is a series of meetings joined by common third parties.
type Track struct {
	ThirdParties []*Entity
	Meetings     []*Meeting
	From, To     *Date
	ParallelTo   []int32
}

// HandOver is where one track ended and the next began.
type HandOver struct {
	After, At            *Meeting
	Left, Joined, Stayed []*Entity
}

// Gap is a time in which no meeting is recorded.
type Gap struct {
	After, Before *Meeting
	Days          int32
}

// MediationHistory tells who was between parties, or between those of a process or a conflict.
func (q *Query) MediationHistory(ctx context.Context, args struct {
	scopeArgs
	MinGapDays graphql.NullInt
},
) (*MediationHistory, error) {
	v, err := viewAt(ctx, pinOf(ctx).view(), args.At)
	if err != nil {
		return nil, err
	}
	question := trace.HistoryQuestion{MinGapDays: 365}
	if question.Scope, question.Filter, question.MinimumRole, err = args.ask(v, graph.ThirdParty); err != nil {
		return nil, err
	}
	if args.Between == nil && args.Process == nil && args.Conflict == nil {
		return nil, badInput("say between whom, or of which process or conflict")
	}
	if days := args.MinGapDays.Value; days != nil {
		if *days < 1 {
			return nil, badInput("minGapDays is %d; it is a number of days, at least 1", *days)
		}
		question.MinGapDays = int(*days)
	}
	answer, err := v.Mediation(ctx, question)
	if err != nil {
		return nil, err
	}
	return newMediationHistory(v, answer), nil
}

func newMediationHistory(v *store.View, a *trace.HistoryAnswer) *MediationHistory {
	told := &toldHistory{v: v, answer: a}
	batch := newBatch(v)
	h := &MediationHistory{
		Moment: newMoment(v.Moment()), Meetings: make([]*MediatedMeeting, len(a.Meetings)), Tracks: make([]*Track, len(a.Tracks)),
		HandOvers: make([]*HandOver, len(a.HandOvers)), Gaps: make([]*Gap, len(a.Gaps)),
	}
	meeting := func(i int) *Meeting { return h.Meetings[i].Meeting }
	for i := range a.Meetings {
		h.Meetings[i] = told.meeting(i, batch)
	}
	for i, t := range a.Tracks {
		track := &Track{ThirdParties: entitiesAt(v, t.ThirdParties), From: dateOf(t.From), To: dateOf(t.To), ParallelTo: []int32{}}
		for _, m := range t.Meetings {
			track.Meetings = append(track.Meetings, meeting(m))
		}
		for _, p := range t.ParallelTo {
			track.ParallelTo = append(track.ParallelTo, int32(p))
		}
		h.Tracks[i] = track
	}
	for i, o := range a.HandOvers {
		h.HandOvers[i] = &HandOver{meeting(o.After), meeting(o.At), entitiesAt(v, o.Left), entitiesAt(v, o.Joined), entitiesAt(v, o.Stayed)}
	}
	for i, g := range a.Gaps {
		h.Gaps[i] = &Gap{meeting(g.After), meeting(g.Before), int32(g.Days)}
	}
	return h
}

// A toldHistory makes the participations of a history, of all its meetings at once when the first is asked for.
type toldHistory struct {
	v      *store.View
	answer *trace.HistoryAnswer

	thirds, parties toldParts
	rolled          toldRolls
}

// toldRolls are the claims by which third parties' ties count for others, of all meetings, by the meeting's place and for whom they count.
type toldRolls struct {
	once sync.Once
	of   []map[store.Entity]evidence
}

// toldParts are those of all meetings, by the meeting that each is in.
type toldParts struct {
	once sync.Once
	in   map[store.Entity][]*Participation
}

func (t *toldHistory) meeting(i int, batch *claimBatch) *MediatedMeeting {
	m := &t.answer.Meetings[i]
	told := &MediatedMeeting{
		told: t, at: i, Meeting: meetingAt(t.v, m.Meeting), When: dateOf(m.Unit.Date), WhenBounds: boundsOf(m.Unit.Date),
		Also: []*Meeting{}, Actors: []*ThirdParty{},
	}
	for _, other := range m.Unit.Meetings {
		if other != m.Meeting {
			told.Also = append(told.Also, meetingAt(t.v, other))
		}
	}
	for _, r := range trace.RolesOf(m.ThirdParties) {
		own := batch.add(r.Claims...)
		actor := &ThirdParty{told: t, at: i, no: r.Actor, evidence: own, Actor: entityAt(t.v, r.Actor), ClaimCount: own.count()}
		for _, role := range r.Roles {
			actor.Roles = append(actor.Roles, predicateEnums[role])
		}
		told.Actors = append(told.Actors, actor)
	}
	return told
}

// ThirdParties are the parts of third parties.
func (m *MediatedMeeting) ThirdParties() []*Participation {
	return m.told.parts(&m.told.thirds, m.at, func(m *trace.MediatedMeeting) []trace.Tie { return m.ThirdParties })
}

// Parties are the parts of parties.
func (m *MediatedMeeting) Parties() []*Participation {
	return m.told.parts(&m.told.parties, m.at, func(m *trace.MediatedMeeting) []trace.Tie { return m.Parties })
}

func (t *toldHistory) parts(of *toldParts, at int, ties func(*trace.MediatedMeeting) []trace.Tie) []*Participation {
	of.once.Do(func() {
		var all []trace.Tie
		for i := range t.answer.Meetings {
			all = append(all, ties(&t.answer.Meetings[i])...)
		}
		list := t.v.Parts(all)
		of.in = make(map[store.Entity][]*Participation)
		for i, p := range participationsOf(t.v, list, newBatch(t.v)) {
			of.in[list[i].Meeting] = append(of.in[list[i].Meeting], p)
		}
	})
	parts := []*Participation{}
	for _, meeting := range t.answer.Meetings[at].Unit.Meetings {
		parts = append(parts, of.in[meeting]...)
	}
	slices.SortStableFunc(parts, func(a, b *Participation) int {
		return predicates[b.Role].Info().Strength - predicates[a.Role].Info().Strength
	})
	return parts
}

func (t *toldHistory) rolledUpBy(at int, actor store.Entity) evidence {
	t.rolled.once.Do(func() {
		batch := newBatch(t.v)
		for i := range t.answer.Meetings {
			of := make(map[store.Entity]evidence)
			for e, claims := range t.v.RolledUpBy(t.answer.Meetings[i].ThirdParties) {
				of[e] = batch.add(claims...)
			}
			t.rolled.of = append(t.rolled.of, of)
		}
	})
	return t.rolled.of[at][actor]
}

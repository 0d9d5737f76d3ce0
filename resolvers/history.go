package resolvers

import (
	"cmp"
	"context"
	"slices"

	"github.com/graph-gophers/graphql-go"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

// historyBudget is how many meetings and ties one history may tell: some seconds of work.
const historyBudget = 1 << 22

// MediationHistory is who was between, meeting by meeting, and what can be read off it.
type MediationHistory struct {
	Moment    *Moment
	Meetings  []*MediatedMeeting
	Tracks    []*Track
	HandOvers []*HandOver
	Gaps      []*Gap
	Partial   bool
}

// MediatedMeeting is a meeting with its third parties and its parties.
type MediatedMeeting struct {
	unitEvidence
	belongs evidence

	Meeting      *Meeting
	Also         []*Meeting
	When         *Date
	WhenBounds   *DateBounds
	Actors       []*ThirdParty
	ThirdParties []*Participation // if they are asked for, as Parties
	Parties      []*Participation
}

// BelongsBy are the claims by which it is of the process or about the conflict that was asked for.
func (m *MediatedMeeting) BelongsBy() []*Claim { return m.belongs.all() }

// ThirdParty is one for whom parts of third parties count, with the roles and the claims that say so.
type ThirdParty struct {
	evidence evidence
	rolled   evidence

	Actor      *Entity
	Roles      []string
	ClaimCount int32
}

// Claims are the claims that say so.
func (t *ThirdParty) Claims() []*Claim { return t.evidence.all() }

// RolledUpBy are the claims by which parts of others count for the third party.
func (t *ThirdParty) RolledUpBy() []*Claim { return t.rolled.all() }

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
	question := trace.HistoryQuestion{MinGapDays: 365, Budget: historyBudget}
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
	return newMediationHistory(ctx, v, &question, answer)
}

func newMediationHistory(ctx context.Context, v *view, q *trace.HistoryQuestion, a *trace.HistoryAnswer) (*MediationHistory, error) {
	told := newToldHistory(ctx, v, q, a)
	h := &MediationHistory{
		Moment: newMoment(v.Moment()), Meetings: make([]*MediatedMeeting, len(a.Meetings)), Tracks: make([]*Track, len(a.Tracks)),
		HandOvers: make([]*HandOver, len(a.HandOvers)), Gaps: make([]*Gap, len(a.Gaps)), Partial: a.Partial,
	}
	meeting := func(i int) *Meeting { return h.Meetings[i].Meeting }
	for i := range a.Meetings {
		h.Meetings[i] = told.meeting(&a.Meetings[i])
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
	return h, cmp.Or(
		told.batch.readFor(ctx, "ThirdParty.claims"), told.batch.beside().readFor(ctx, "ThirdParty.rolledUpBy"), told.batch.readParts(ctx),
		told.units.read(ctx), told.belongs.read(ctx),
	)
}

// A toldHistory has the participations of a history that are asked for, by the meeting that each is in.
type toldHistory struct {
	v               *view
	rollUp          bool // the question rolls ties up
	batch           *claimBatch
	thirds, parties map[store.Entity][]*Participation
	rolled          bool // it is asked by which claims parts of others count
	units           *unitTeller
	belongs         *unitClaims
}

func newToldHistory(ctx context.Context, v *view, q *trace.HistoryQuestion, a *trace.HistoryAnswer) *toldHistory {
	belongs := func(meetings ...store.Entity) []store.ClaimNo { return v.BelongsBy(&q.Scope, meetings...) }
	t := &toldHistory{
		v: v, rollUp: q.RollUp, batch: newBatch(v), rolled: asks(ctx, "ThirdParty.rolledUpBy"),
		units: newUnitTeller(ctx, v, "MediatedMeeting"), belongs: newUnitClaims(ctx, v, "MediatedMeeting.belongsBy", belongs),
	}
	var thirds, parties []trace.Tie
	for i := range a.Meetings {
		thirds, parties = append(thirds, a.Meetings[i].ThirdParties...), append(parties, a.Meetings[i].Parties...)
	}
	if asks(ctx, "MediatedMeeting.thirdParties") {
		t.thirds = t.parts(thirds)
	}
	if asks(ctx, "MediatedMeeting.parties") {
		t.parties = t.parts(parties)
	}
	return t
}

func (t *toldHistory) parts(ties []trace.Tie) map[store.Entity][]*Participation {
	in := make(map[store.Entity][]*Participation)
	list := t.v.Parts(ties, t.rollUp)
	for i, p := range tracedParts(t.v, list, t.batch) {
		in[list[i].Meeting] = append(in[list[i].Meeting], p)
	}
	return in
}

func (t *toldHistory) meeting(m *trace.MediatedMeeting) *MediatedMeeting {
	told := &MediatedMeeting{
		Meeting: meetingAt(t.v, m.Meeting), When: dateOf(m.Unit.Date), WhenBounds: boundsOf(m.Unit.Date), Also: []*Meeting{}, Actors: []*ThirdParty{},
		ThirdParties: inUnit(t.thirds, m.Unit.Meetings), Parties: inUnit(t.parties, m.Unit.Meetings),
		unitEvidence: t.units.of(m.Unit), belongs: t.belongs.of(m.Unit),
	}
	for _, other := range m.Unit.Meetings {
		if other != m.Meeting {
			told.Also = append(told.Also, meetingAt(t.v, other))
		}
	}
	var rolled map[store.Entity][]store.ClaimNo
	if t.rolled {
		rolled = t.v.RolledUpBy(m.ThirdParties, t.rollUp)
	}
	for _, r := range trace.RolesOf(m.ThirdParties) {
		own := t.batch.add(r.Claims...)
		actor := &ThirdParty{evidence: own, rolled: t.batch.beside().add(rolled[r.Actor]...), Actor: entityAt(t.v, r.Actor), ClaimCount: own.count()}
		for _, role := range r.Roles {
			actor.Roles = append(actor.Roles, predicateEnums[role])
		}
		told.Actors = append(told.Actors, actor)
	}
	return told
}

// inUnit are the parts in meetings that are told as one, the strongest role first.
func inUnit(in map[store.Entity][]*Participation, meetings []store.Entity) []*Participation {
	parts := []*Participation{}
	for _, meeting := range meetings {
		parts = append(parts, in[meeting]...)
	}
	slices.SortStableFunc(parts, func(a, b *Participation) int {
		return predicates[b.Role].Info().Strength - predicates[a.Role].Info().Strength
	})
	return parts
}

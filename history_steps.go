package main

import (
	"context"
	"slices"
	"strings"

	"entente/graph/store"
	"entente/graph/trace"
)

// steps are the meetings listed, with what each rests on: its third parties, and its parties, by whom it is one of those asked about.
func (a *pagedHistory) steps(ctx context.Context) ([]*toldStep, error) {
	t := &teller{a.view, a.question.RollUp}
	steps := make([]*toldStep, 0, a.to-a.from)
	for i := a.from; i < a.to; i++ {
		m := &a.Meetings[i]
		s, err := t.sitting(ctx, m)
		if err != nil {
			return nil, err
		}
		if s.belongs, err = tellBonds(ctx, a.view, a.view.BelongsBy(&a.question.Scope, m.Meeting)); err != nil {
			return nil, err
		}
		steps = append(steps, s)
	}
	return steps, nil
}

// sitting is a meeting of a history with those for whom the ties in it count, third parties first.
func (t *teller) sitting(ctx context.Context, m *trace.MediatedMeeting) (*toldStep, error) {
	s := &toldStep{
		toldHop: &toldHop{Meeting: tellEntity(t.view, m.Meeting), When: dateText(m.Unit.Date), unit: m.Unit},
		parts:   make(map[store.Entity][]*toldPart),
	}
	var err error
	if s.JoinedBy, s.DatedBy, err = tellUnit(ctx, t.view, m.Unit); err != nil {
		return nil, err
	}
	ties := slices.Concat(m.ThirdParties, m.Parties)
	for _, r := range trace.RolesOf(ties) {
		own := slices.DeleteFunc(slices.Clone(ties), func(t trace.Tie) bool { return t.For != r.Actor })
		if s.parts[r.Actor], err = t.parts(ctx, own); err != nil {
			return nil, err
		}
		s.actors = append(s.actors, tellEntity(t.view, r.Actor))
	}
	return s, nil
}

// asked are those who are merged, of those whom the question names.
func (a *pagedHistory) asked() *mergedSet {
	merged := newMergedSet(a.view)
	merged.note(a.question.Between...)
	merged.note(a.question.Process, a.question.Conflict)
	return merged
}

// account is the answer with all that the meetings listed rest on.
func (a *pagedHistory) account(ctx context.Context) (*account, error) {
	steps, err := a.steps(ctx)
	if err != nil {
		return nil, err
	}
	merged := a.asked()
	for _, s := range steps {
		merged.noteStep(s)
	}
	told, err := merged.tell(ctx)
	return &account{a.title(), a.again, steps, told}, err
}

// title says what the history is of.
func (a *pagedHistory) title() string {
	v, sc := a.view, &a.question.Scope
	title := "History of mediation"
	if len(sc.Between) > 0 {
		names := make([]*toldEntity, len(sc.Between))
		for i, e := range sc.Between {
			names[i] = tellEntity(v, e)
		}
		title += " with " + nameList(names)
	}
	var of []string
	for _, e := range []store.Entity{sc.Process, sc.Conflict} {
		if e != store.NoEntity {
			of = append(of, oneLine(v.Name(e)))
		}
	}
	if len(of) > 0 {
		title += ": " + strings.Join(of, ", ")
	}
	return title
}

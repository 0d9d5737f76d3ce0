package main

import (
	"context"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/trace"
)

// A toldHistory is a history as JSON. Meetings are numbered by their places among all, from 0; those listed come after the ones skipped.
type toldHistory struct {
	Moment    toldMoment     `json:"moment"`
	Total     int            `json:"total"`
	Skipped   int            `json:"skipped"`
	Meetings  []toldMeeting  `json:"meetings"`
	Tracks    []toldTrack    `json:"tracks"`
	HandOvers []toldHandOver `json:"handOvers"`
	Gaps      []toldGap      `json:"gaps"`
	Partial   bool           `json:"partial"`
	Merged    []*toldMerged  `json:"merged"` // of those in the question and the meetings listed
	Again     string         `json:"again"`
}

type toldMeeting struct {
	Meeting      graph.ID    `json:"meeting"`
	Name         string      `json:"name"`
	Also         []graph.ID  `json:"also,omitempty"`
	When         string      `json:"when,omitzero"`
	DatedBy      []string    `json:"datedBy,omitempty"`   // the claims that the date is made of
	JoinedBy     []string    `json:"joinedBy,omitempty"`  // the claims by which the others are one with it
	BelongsBy    []string    `json:"belongsBy,omitempty"` // the claims by which it is of the process or about the conflict
	ThirdParties []toldActor `json:"thirdParties"`
	Parties      []toldActor `json:"parties"`
}

type toldActor struct {
	Actor  graph.ID          `json:"actor"`
	Name   string            `json:"name"`
	Roles  []graph.Predicate `json:"roles"`
	Claims []string          `json:"claims"`
	// RolledUpBy are the claims by which parts of others, or of its own for others, count for the actor.
	RolledUpBy []string `json:"rolledUpBy,omitempty"`
}

type toldTrack struct {
	ThirdParties []graph.ID `json:"thirdParties"`
	Meetings     []int      `json:"meetings"`
	From         string     `json:"from,omitzero"`
	To           string     `json:"to,omitzero"`
	ParallelTo   []int      `json:"parallelTo"`
}

type toldHandOver struct {
	After  int        `json:"after"`
	At     int        `json:"at"`
	Left   []graph.ID `json:"left"`
	Joined []graph.ID `json:"joined"`
	Stayed []graph.ID `json:"stayed"`
}

type toldGap struct {
	After  int `json:"after"`
	Before int `json:"before"`
	Days   int `json:"days"`
}

// writeJSON writes a history as JSON.
func (a *pagedHistory) writeJSON(ctx context.Context, w io.Writer) error {
	v := a.view
	ids := claimIDs{named: a.asked()}
	told := toldHistory{Moment: tellMoment(v.Moment()), Total: len(a.Meetings), Skipped: a.from, Partial: a.Partial, Again: a.again}
	for i := a.from; i < a.to; i++ {
		told.Meetings = append(told.Meetings, a.tellMeeting(&a.Meetings[i], &ids))
	}
	if err := ids.read(ctx, v); err != nil {
		return err
	}
	var err error
	if told.Merged, err = ids.named.tell(ctx); err != nil {
		return err
	}
	for _, t := range a.Tracks {
		told.Tracks = append(told.Tracks, toldTrack{idsIn(v, t.ThirdParties), t.Meetings, t.From.String(), t.To.String(), t.ParallelTo})
	}
	for _, h := range a.HandOvers {
		told.HandOvers = append(told.HandOvers, toldHandOver{h.After, h.At, idsIn(v, h.Left), idsIn(v, h.Joined), idsIn(v, h.Stayed)})
	}
	for _, g := range a.Gaps {
		told.Gaps = append(told.Gaps, toldGap{g.After, g.Before, g.Days})
	}
	return writeAll(w, func(w io.Writer) error {
		if err := json.MarshalWrite(w, told, jsontext.WithIndent("  ")); err != nil {
			return err
		}
		_, err := io.WriteString(w, "\n")
		return err
	})
}

// claimIDs are ids of claims, which are read at once when all have been asked for, and whom the claims name.
type claimIDs struct {
	nos   []ledger.ClaimNo
	ids   []*string // of each, where it is to be
	named *mergedSet
}

// of makes room for the ids of claims.
func (c *claimIDs) of(nos []ledger.ClaimNo) []string {
	list := make([]string, len(nos))
	for i := range list {
		c.ids = append(c.ids, &list[i])
	}
	c.nos = append(c.nos, nos...)
	return list
}

// read reads the ids.
func (c *claimIDs) read(ctx context.Context, v *store.View) error {
	claims, err := v.ReadClaims(ctx, c.nos)
	for i := range claims {
		*c.ids[i] = claims[i].ClaimID.String()
		c.named.noteClaim(&claims[i])
	}
	return err
}

func (a *pagedHistory) tellMeeting(m *trace.MediatedMeeting, ids *claimIDs) toldMeeting {
	v := a.view
	actors := func(ties []trace.Tie) []toldActor {
		var told []toldActor
		rolled := v.RolledUpBy(ties, a.question.RollUp)
		for _, r := range trace.RolesOf(ties) {
			told = append(told, toldActor{v.ID(r.Actor), v.Name(r.Actor), r.Roles, ids.of(r.Claims), ids.of(rolled[r.Actor])})
		}
		return told
	}
	told := toldMeeting{
		Meeting: v.ID(m.Meeting), Name: v.Name(m.Meeting), When: m.Unit.Date.String(), ThirdParties: actors(m.ThirdParties), Parties: actors(m.Parties),
		DatedBy: ids.of(v.DatedBy(m.Meeting)), JoinedBy: ids.of(v.JoinedBy(m.Meeting)), BelongsBy: ids.of(v.BelongsBy(&a.question.Scope, m.Meeting)),
	}
	for _, other := range m.Unit.Meetings {
		if other != m.Meeting {
			told.Also = append(told.Also, v.ID(other))
		}
	}
	return told
}

func idsIn(v *store.View, entities []store.Entity) []graph.ID {
	var ids []graph.ID
	for _, e := range entities {
		ids = append(ids, v.ID(e))
	}
	return ids
}

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
	Again     string         `json:"again"`
}

type toldMeeting struct {
	Meeting      graph.ID    `json:"meeting"`
	Name         string      `json:"name"`
	Also         []graph.ID  `json:"also,omitempty"`
	When         string      `json:"when,omitzero"`
	DatedBy      []string    `json:"datedBy,omitempty"`  // the claims that the date is made of
	JoinedBy     []string    `json:"joinedBy,omitempty"` // the claims by which the others are one with it
	ThirdParties []toldActor `json:"thirdParties"`
	Parties      []toldActor `json:"parties"`
}

type toldActor struct {
	Actor  graph.ID          `json:"actor"`
	Name   string            `json:"name"`
	Roles  []graph.Predicate `json:"roles"`
	Claims []string          `json:"claims"`
	// RolledUpBy are the claims by which parts of others count for the actor.
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
	ids, err := claimIDs(ctx, v, a.Meetings[a.from:a.to])
	if err != nil {
		return err
	}
	told := toldHistory{Moment: tellMoment(v.Moment()), Total: len(a.Meetings), Skipped: a.from, Partial: a.Partial, Again: a.again}
	for i := a.from; i < a.to; i++ {
		told.Meetings = append(told.Meetings, tellMeeting(v, &a.Meetings[i], ids))
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

// claimIDs are the ids of all claims that meetings of a history rest on, read at once.
func claimIDs(ctx context.Context, v *store.View, meetings []trace.MediatedMeeting) (map[ledger.ClaimNo]string, error) {
	var nos []ledger.ClaimNo
	for i := range meetings {
		nos = append(append(nos, v.DatedBy(meetings[i].Meeting)...), v.JoinedBy(meetings[i].Meeting)...)
		for _, ties := range [][]trace.Tie{meetings[i].ThirdParties, meetings[i].Parties} {
			for _, t := range ties {
				nos = append(nos, t.Claim)
			}
			for _, by := range v.RolledUpBy(ties) {
				nos = append(nos, by...)
			}
		}
	}
	claims, err := v.ReadClaims(ctx, nos)
	if err != nil {
		return nil, err
	}
	ids := make(map[ledger.ClaimNo]string, len(claims))
	for i := range claims {
		ids[claims[i].No] = claims[i].ClaimID.String()
	}
	return ids, nil
}

func tellMeeting(v *store.View, m *trace.MediatedMeeting, ids map[ledger.ClaimNo]string) toldMeeting {
	actors := func(ties []trace.Tie) []toldActor {
		var told []toldActor
		rolled := v.RolledUpBy(ties)
		for _, r := range trace.RolesOf(ties) {
			actor := toldActor{Actor: v.ID(r.Actor), Name: v.Name(r.Actor), Roles: r.Roles}
			for _, c := range r.Claims {
				actor.Claims = append(actor.Claims, ids[c])
			}
			for _, c := range rolled[r.Actor] {
				actor.RolledUpBy = append(actor.RolledUpBy, ids[c])
			}
			told = append(told, actor)
		}
		return told
	}
	told := toldMeeting{
		Meeting: v.ID(m.Meeting), Name: v.Name(m.Meeting), When: m.Unit.Date.String(), ThirdParties: actors(m.ThirdParties), Parties: actors(m.Parties),
	}
	for _, c := range v.DatedBy(m.Meeting) {
		told.DatedBy = append(told.DatedBy, ids[c])
	}
	for _, c := range v.JoinedBy(m.Meeting) {
		told.JoinedBy = append(told.JoinedBy, ids[c])
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

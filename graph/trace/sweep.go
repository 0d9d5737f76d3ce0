package trace

import (
	"context"
	"maps"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A thirdsQuestion asks for the third parties of meetings.
type thirdsQuestion struct {
	*Scope
	strength int // of the part that each has, at least
	least    int // how many a meeting has, at least 1
	*Affiliations
}

// thirds calls yield with each meeting of the scope, or unit by its first meeting, that has as many third parties as were asked for, and
// with those for whom they count, each once, ascending. The slice is good until the next call.
func (g *graphView) thirds(ctx context.Context, q thirdsQuestion, yield func(meeting ledger.EntityNo, thirds []ledger.EntityNo)) error {
	if !q.narrow() && q.serve(g.Snapshot, &g.filter) {
		return q.as(&g.filter).thirds(ctx, q, yield)
	}
	if !q.narrow() {
		return newSweep(g, q, yield).run(ctx)
	}
	sessions, err := g.sessionsIn(unlimited(ctx), q.Scope)
	if err != nil {
		return err
	}
	for i := range sessions {
		sessions[i].thirds(q, yield)
	}
	return ctx.Err()
}

func (s *session) thirds(q thirdsQuestion, yield func(ledger.EntityNo, []ledger.EntityNo)) {
	var thirds []ledger.EntityNo
	for _, t := range s.ties {
		if strength := t.strength(); strength > 0 && strength >= q.strength {
			thirds = append(thirds, t.For)
		}
	}
	if thirds = inOrder(thirds); len(thirds) >= q.least {
		yield(s.Meetings[0], thirds)
	}
}

// A sweep goes over the third parties of a whole graph. Nearly every meeting is a unit by itself, whose ties lie together; those are
// told on the way, and the others afterwards.
type sweep struct {
	loners
	thirdsQuestion
	yield func(ledger.EntityNo, []ledger.EntityNo)

	wanted [256]bool // by code: the third parties' roles that count

	at     ledger.EntityNo // the meeting whose ties are coming
	passed bool            // it is not told here
	found  []ledger.EntityNo
	joined map[*Unit]bool // units of several meetings, or ids
}

func newSweep(g *graphView, q thirdsQuestion, yield func(ledger.EntityNo, []ledger.EntityNo)) *sweep {
	sw := &sweep{
		loners: newLoners(g), thirdsQuestion: q, yield: yield,
		at: ledger.NoEntity, joined: make(map[*Unit]bool),
	}
	for _, info := range graph.Predicates() {
		sw.wanted[info.Code] = g.roles[info.Code] && info.ThirdParty() && info.Strength >= q.strength
	}
	return sw
}

func (sw *sweep) run(ctx context.Context) error {
	first, last := sw.codes()
	for from := ledger.EntityNo(0); from < sw.Entities(); from += stride {
		if err := ctx.Err(); err != nil {
			return err
		}
		sw.Received(from, from+stride, first, last, sw.add)
	}
	sw.end()
	for _, u := range slices.SortedFunc(maps.Keys(sw.joined), byNumber) {
		if err := ctx.Err(); err != nil {
			return err
		}
		(&session{u, sw.tiesTo(u.Meetings)}).thirds(sw.thirdsQuestion, sw.yield)
	}
	return nil
}

// codes are the first and the last code of the roles that are wanted.
func (sw *sweep) codes() (first, last uint8) {
	first = 1 // with a last of 0: none
	for code, wanted := range sw.wanted {
		if wanted {
			widen(&first, &last, uint8(code))
		}
	}
	return first, last
}

// add takes a tie.
func (sw *sweep) add(r *topology.Received) {
	if r.Object != sw.at {
		sw.end()
		sw.begin(r.Object)
	}
	if sw.passed || !sw.wanted[r.Predicate] {
		return
	}
	actor := sw.Group(r.Other)
	if sw.countsForItself(r.Claim, r.Qualified, actor) {
		sw.found = append(sw.found, actor)
		return
	}
	sw.found = sw.countsFor(sw.found, r.Claim, r.Qualified, sw.Edge(r).When, actor, r.Object)
}

// begin comes to a meeting.
func (sw *sweep) begin(meeting ledger.EntityNo) {
	sw.at, sw.passed = meeting, true
	if !sw.single(meeting) {
		if m := sw.Group(meeting); sw.allowed(m) {
			if u := sw.unit(m); sw.isThen(u.Date, sw.Window) {
				sw.joined[u] = true
			}
		}
		return
	}
	sw.passed = slices.Contains(sw.filter.Exclude, meeting)
	if !sw.passed && (!sw.Window.isZero() || !sw.filter.AsOf.IsZero()) {
		sw.passed = !sw.isThen(sw.Date(meeting), sw.Window)
	}
}

// end tells the meeting whose ties have come. Whether it is a meeting at all is asked last, for that takes as long as all else.
func (sw *sweep) end() {
	if len(sw.found) > 1 {
		sw.found = inOrder(sw.found)
	}
	if len(sw.found) >= sw.least && sw.IsMeeting(sw.at) {
		sw.yield(sw.at, sw.found)
	}
	sw.found = sw.found[:0]
}

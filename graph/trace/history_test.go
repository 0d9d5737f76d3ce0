package trace_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
	"entente/graph/trace"
)

// historyQuestion is the one that the API asks by default, between parties.
func historyQuestion(t testing.TB, s *topology.Snapshot, between ...graph.ID) trace.HistoryQuestion {
	t.Helper()
	q := trace.HistoryQuestion{Scope: trace.Everything(), MinimumRole: graph.ThirdParty, MinGapDays: 365, Filter: trace.Filter{RollUp: true}, Budget: 1 << 20}
	for _, id := range between {
		q.Between = append(q.Between, entity(t, s, id))
	}
	return q
}

// told tells a history, a line a meeting: "1991-09-23 nk-611: RUS mediated thirdParty, KAZ mediated".
func told(s *topology.Snapshot, a *trace.HistoryAnswer) []string {
	var lines []string
	for i := range a.Meetings {
		m := &a.Meetings[i]
		var roles []string
		for _, r := range trace.RolesOf(m.ThirdParties) {
			text := short(s, r.Actor)
			for _, role := range r.Roles {
				text += " " + string(role)
			}
			roles = append(roles, text)
		}
		lines = append(lines, fmt.Sprintf("%s %s: %s", m.Unit.Date, short(s, m.Meeting), strings.Join(roles, ", ")))
	}
	return lines
}

func short(s *topology.Snapshot, e ledger.EntityNo) string {
	return strings.TrimPrefix(string(s.ID(e)), "entente:")
}

func shorts(s *topology.Snapshot, entities []ledger.EntityNo) []string {
	var ids []string
	for _, e := range entities {
		ids = append(ids, short(s, e))
	}
	return ids
}

// outline tells the tracks, hand-overs and gaps of a history, a line each.
func outline(s *topology.Snapshot, a *trace.HistoryAnswer) []string {
	var lines []string
	for i := range a.Tracks {
		tr := &a.Tracks[i]
		lines = append(lines, fmt.Sprintf("track %d of %v from %s to %s, %d meetings, parallel to %v", i, shorts(s, tr.ThirdParties), tr.From, tr.To, len(tr.Meetings), tr.ParallelTo))
	}
	name := func(i int) string { return short(s, a.Meetings[i].Meeting) }
	for _, h := range a.HandOvers {
		lines = append(lines, fmt.Sprintf("after %s at %s: left %v, joined %v, stayed %v", name(h.After), name(h.At), shorts(s, h.Left), shorts(s, h.Joined), shorts(s, h.Stayed)))
	}
	for _, gap := range a.Gaps {
		lines = append(lines, fmt.Sprintf("none recorded from %s to %s, %d days", name(gap.After), name(gap.Before), gap.Days))
	}
	return lines
}

// TestCuratedHistory asks the curated records who was between Armenia and Azerbaijan. Of 1993 they have no meeting that both were
// parties to: those of that summer are between Azerbaijan and the authorities of Nagorno-Karabakh, and are found by the conflict.
func TestCuratedHistory(t *testing.T) {
	s := curated(t)
	tests := []struct {
		name   string
		change func(*trace.HistoryQuestion)
		want   []string
	}{
		{"between the two", func(q *trace.HistoryQuestion) { q.MinGapDays = 1000 }, []string{
			"1991-09-23 nk-611: RUS mediated thirdParty, KAZ mediated thirdParty",
			"1992-05-07 nk-1683: IRN thirdParty",
			"1994-05-05 nk-310: RUS mediated thirdParty, KGZ thirdParty, ipa-cis thirdParty",
			"[1994-05-09..1994-05-11] nk-990: RUS mediated thirdParty",
			"1994-07-27 nk-1733: RUS thirdParty, OSCE thirdParty",
			"1995-02-04 nk-1684: OSCE mediated thirdParty",
			"2008-11-02 nk-823: RUS thirdParty, USA thirdParty, FRA thirdParty, OSCE thirdParty",
			"2010-10-27 nk-1685: RUS thirdParty",
			"2010-12-01 nk-1686: RUS thirdParty, USA thirdParty, FRA thirdParty, OSCE thirdParty",
			"2011-03-05 nk-1687: RUS thirdParty",
			"2016-06-20 nk-1925: RUS thirdParty",
			"2017-10-16 nk-1926: RUS convened thirdParty, USA convened thirdParty, FRA convened thirdParty, minsk-co-chairs convened, OSCE thirdParty",
			"2020-10-10 nk-2322: RUS thirdParty",
			"2020-10-25 nk-2321: USA thirdParty",
			"[2020-11-09,2020-11-10] stmt-2020-11-09: RUS mediated thirdParty",
			"2021-01-11 nk-2455: RUS witnessed thirdParty",
			"[2021-11-25,2021-11-26] nk-2396: RUS thirdParty",
			"2022/ talks-peace-treaty: RUS mediated, USA mediated, EU mediated",
			"[2022-10,2022-10-06] nk-2468: FRA witnessed thirdParty, european-council witnessed thirdParty, EU convened",
			"2022-10-31 nk-2454: RUS witnessed thirdParty",
			"2023-12-07 nk-2601: ",
			"2025-08-08 nk-2804: USA witnessed",
			"track 0 of [RUS KAZ KGZ OSCE ipa-cis] from 1991-09-23 to 1995-02-04, 5 meetings, parallel to [1]",
			"track 1 of [IRN] from 1992-05-07 to 1992-05-07, 1 meetings, parallel to [0]",
			"track 2 of [RUS USA FRA OSCE] from 2008-11-02 to 2011-03-05, 4 meetings, parallel to []",
			"track 3 of [RUS USA FRA OSCE minsk-co-chairs] from 2016-06-20 to 2022-10-31, 7 meetings, parallel to [4 5 6]",
			"track 4 of [USA] from 2020-10-25 to 2020-10-25, 1 meetings, parallel to [3]",
			"track 5 of [RUS USA EU] from 2022/ to 2022/, 1 meetings, parallel to [3 6]",
			"track 6 of [EU FRA european-council] from [2022-10,2022-10-06] to [2022-10,2022-10-06], 1 meetings, parallel to [3 5]",
			"track 7 of [USA] from 2025-08-08 to 2025-08-08, 1 meetings, parallel to []",
			"after nk-1684 at nk-823: left [], joined [RUS USA FRA], stayed [OSCE]",
			"after nk-1687 at nk-1925: left [], joined [], stayed [RUS]",
			"after nk-2321 at talks-peace-treaty: left [], joined [RUS EU], stayed [USA]",
			"after talks-peace-treaty at nk-2804: left [RUS EU], joined [], stayed [USA]",
			"none recorded from nk-1684 to nk-823, 5020 days",
			"none recorded from nk-1687 to nk-1925, 1934 days",
			"none recorded from nk-1926 to nk-2322, 1090 days",
		}},
		{"of the conflict, from 1993 to Bishkek, who mediated", func(q *trace.HistoryQuestion) {
			q.Between, q.Conflict, q.MinimumRole = nil, entity(t, s, "entente:nk-conflict"), graph.Mediated
			q.Window = trace.Window{From: date(t, "1993-06-20"), To: date(t, "1994-05")}
			q.MinGapDays = 200
		}, []string{
			"1993-06-27 nk-1722: RUS mediated", "1993-07-24 nk-1723: ", "1993-07-25 nk-1724: ", "1993-07-27 nk-1725: ",
			"1993-07-28 nk-1726: ", "1993-08-05 nk-1727: ", "1993-08-17 nk-1728: ", "1993-08-30 nk-1729: ", "1993-09-10 nk-1730: ",
			"1993-09-13 nk-1731: RUS mediated", "1994-04-28 nk-1732: ", "1994-05-05 nk-310: RUS mediated",
			"[1994-05-09..1994-05-11] nk-990: RUS mediated",
			"track 0 of [RUS] from 1993-06-27 to [1994-05-09..1994-05-11], 4 meetings, parallel to []",
			"none recorded from nk-1731 to nk-1732, 227 days",
		}},
		{"of a process, with all that is part of it, as of early 2021, without those on whose behalf", func(q *trace.HistoryQuestion) {
			q.Between, q.Process, q.RollUp = nil, entity(t, s, "entente:nk-settlement"), false
			q.AsOf = date(t, "2021-06")
		}, []string{
			"[2020-11-09,2020-11-10] stmt-2020-11-09: RUS mediated thirdParty",
			"2021-01-11 nk-2455: putin witnessed, RUS thirdParty",
			"track 0 of [RUS putin] from [2020-11-09,2020-11-10] to 2021-01-11, 2 meetings, parallel to []",
		}},
		{"of a process between two of its parties", func(q *trace.HistoryQuestion) {
			q.Process, q.Window = entity(t, s, "entente:nk-process-minsk"), trace.Window{From: date(t, "2020")}
		}, []string{
			"[2022-10,2022-10-06] nk-2468: FRA witnessed thirdParty, european-council witnessed thirdParty, EU convened",
			"2022-10-31 nk-2454: RUS witnessed thirdParty",
			"track 0 of [EU FRA european-council] from [2022-10,2022-10-06] to [2022-10,2022-10-06], 1 meetings, parallel to [1]",
			"track 1 of [RUS] from 2022-10-31 to 2022-10-31, 1 meetings, parallel to [0]",
		}},
		{"between those who never met", func(q *trace.HistoryQuestion) { q.Between[0] = entity(t, s, "entente:KGZ") }, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := historyQuestion(t, s, "entente:ARM", "entente:AZE")
			test.change(&q)
			a, err := trace.History(t.Context(), s, q)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, append(told(s, a), outline(s, a)...)); diff != "" {
				t.Errorf("history (-want +got):\n%s", diff)
			}
		})
	}
}

// TestHistoryOutOfBudget gives every budget from none to enough: what is told are meetings of the whole history in its order, and nothing is read
// off them unless they are all.
func TestHistoryOutOfBudget(t *testing.T) {
	s := curated(t)
	q := historyQuestion(t, s, "entente:ARM", "entente:AZE")
	whole, err := trace.History(t.Context(), s, q)
	if err != nil || whole.Partial {
		t.Fatal(whole, err)
	}
	lines := told(s, whole)
	several, unread := false, false // budgets that suffice for some of the meetings, and for all but not for what is read off them
	for q.Budget = 0; ; q.Budget++ {
		a, err := trace.History(t.Context(), s, q)
		if err != nil {
			t.Fatal(err)
		}
		rest := lines
		for _, line := range told(s, a) {
			i := slices.Index(rest, line)
			if i < 0 {
				t.Fatalf("with a budget of %d there is, or is too late, %s", q.Budget, line)
			}
			rest = rest[i+1:]
		}
		if !a.Partial {
			if diff := cmp.Diff(outline(s, whole), outline(s, a)); diff != "" || len(a.Meetings) != len(lines) {
				t.Errorf("a budget of %d is enough for %d meetings (-whole +told):\n%s", q.Budget, len(a.Meetings), diff)
			}
			break
		}
		spent := len(a.Meetings)
		for i := range a.Meetings {
			spent += len(a.Meetings[i].ThirdParties) + len(a.Meetings[i].Parties)
		}
		if spent > q.Budget {
			t.Fatalf("with a budget of %d it tells %d meetings and ties", q.Budget, spent)
		}
		if len(a.Tracks)+len(a.HandOvers)+len(a.Gaps) > 0 {
			t.Fatalf("with a budget of %d it reads something off %d meetings", q.Budget, len(a.Meetings))
		}
		several = several || len(a.Meetings) > 1 && len(a.Meetings) < len(lines)
		unread = unread || len(a.Meetings) == len(lines)
	}
	if !several || !unread {
		t.Errorf("some of the meetings: %v; all of them, with nothing read off: %v", several, unread)
	}
}

// TestHistoryGivenUp ends the context before a history is told.
func TestHistoryGivenUp(t *testing.T) {
	s := curated(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := trace.History(ctx, s, historyQuestion(t, s, "entente:ARM", "entente:AZE")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// TestHistoriesStay keeps the histories of all actors of a graph until all were asked for, one in the memory that another was found in.
func TestHistoriesStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, drawn := graphs(t).Head(), drawnQuestions(t)
		q := trace.HistoryQuestion{Scope: trace.Everything(), MinimumRole: graph.ThirdParty, MinGapDays: 365, Filter: drawn.at(v), Budget: 1 << 20}
		var kept []*trace.HistoryAnswer
		var texts []string
		for _, id := range ids(graph.State, graph.Leader, graph.Organization) {
			actor, _ := v.Entity(id)
			q.Between = []ledger.EntityNo{actor}
			a, err := trace.History(t.Context(), v.Snapshot(), q)
			if err != nil {
				t.Fatal(err)
			}
			kept, texts = append(kept, a), append(texts, written(a))
		}
		for i, a := range kept {
			if diff := cmp.Diff(texts[i], written(a)); diff != "" {
				t.Fatalf("history %d of %d changed (-as told +later):\n%s", i, len(kept), diff)
			}
		}
	})
}

// written is all that a history tells, as text.
func written(a *trace.HistoryAnswer) string {
	var text strings.Builder
	for i := range a.Meetings {
		m := &a.Meetings[i]
		fmt.Fprintln(&text, *m.Unit, m.Meeting, m.ThirdParties, m.Parties)
	}
	fmt.Fprintln(&text, a.Tracks, a.HandOvers, a.Gaps)
	return text.String()
}

package trace_test

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/store"
	"entente/graph/trace"
)

// A drawn question is one about a scope, as it is asked of the graph and of the naive one.
type drawn struct {
	between           []graph.ID
	process, conflict graph.ID
	window            trace.Window
	minimum           graph.Predicate
	filter            trace.Filter // but for the entities that it names

	claimants, coders, exclude []graph.ID
}

func drawnQuestions(t *rapid.T) drawn {
	q := drawn{minimum: rapid.SampledFrom([]graph.Predicate{graph.ThirdParty, graph.Mediated, "copied"}).Draw(t, "minimum")}
	maybe := func(what string) bool { return rapid.IntRange(0, 2).Draw(t, what) == 0 }
	if maybe("between") {
		q.between = rapid.SliceOfN(rapid.SampledFrom(ids(graph.State, graph.Leader)), 1, 2).Draw(t, "parties")
	}
	if maybe("of a process") {
		q.process = rapid.SampledFrom(ids(graph.Process)).Draw(t, "process")
	}
	if maybe("of the conflict") {
		q.conflict = "t:conflict"
	}
	if maybe("in a window") {
		q.window = trace.Window{From: graph.MustParseDate("2001-03-06"), To: graph.MustParseDate("2004-06-30")}
	}
	if maybe("as of a day") {
		q.filter.AsOf = graph.MustParseDate(rapid.SampledFrom([]string{"2001-03-05", "2003", "2006"}).Draw(t, "as of"))
	}
	if maybe("denied, too") {
		q.filter.Stances = []graph.Stance{graph.Asserted, graph.Denied}
	}
	q.filter.RollUp = !maybe("without roll-up")
	rarely := func(what string, of []graph.ID) []graph.ID {
		if rapid.IntRange(0, 6).Draw(t, what) < 6 {
			return nil
		}
		return []graph.ID{rapid.SampledFrom(of).Draw(t, what+" whom")}
	}
	q.claimants, q.coders = rarely("on the word of", words[1:]), rarely("encoded by", words[1:])
	q.exclude = slices.Concat(rarely("without an actor", actors), rarely("without a meeting", meetings))
	return q
}

// at is the question's filter at a view.
func (q *drawn) at(v *store.View) trace.Filter {
	f := q.filter
	find := func(ids []graph.ID) (list []ledger.EntityNo) {
		for _, id := range ids {
			e, _ := v.Entity(id)
			list = append(list, v.Snapshot().Group(e))
		}
		return list
	}
	f.Claimants, f.Coders, f.Exclude = find(q.claimants), find(q.coders), find(q.exclude)
	return f
}

// scope is the question's at a view.
func (q *drawn) scope(v *store.View) trace.Scope {
	find := func(id graph.ID) ledger.EntityNo {
		if id == "" {
			return ledger.NoEntity
		}
		e, _ := v.Entity(id)
		return e
	}
	sc := trace.Scope{Process: find(q.process), Conflict: find(q.conflict), Window: q.window}
	for _, id := range q.between {
		sc.Between = append(sc.Between, find(id))
	}
	return sc
}

func (q *drawn) has(n *naive, unit []graph.ID) bool {
	return n.inScope(unit, q.between, q.process, q.conflict, q.window)
}

// everyCommit asks one question at every commit of a graph from that of the cast on.
func everyCommit(t *rapid.T, ask func(v *store.View, n *naive, q *drawn)) {
	s, q := graphs(t), drawnQuestions(t)
	for commit := uint64(1); commit <= s.Head().Moment().Commit; commit++ {
		v := viewAt(t, s, commit)
		checkReplay(t, v, replayed(t, s, commit).Head(), &q)
		ask(v, naiveOf(t, v, q.at(v)), &q)
	}
}

// told is an answer by the ids of those that stand for others.
func (n *naive) told(v *store.View, entities []ledger.EntityNo) (list []graph.ID) {
	for _, e := range entities {
		list = append(list, n.rep[v.ID(e)])
	}
	slices.Sort(list)
	return list
}

// TestHistoryAgainstOracle compares meetings and third parties with what looking at every claim gives.
func TestHistoryAgainstOracle(t *testing.T) {
	type meeting struct {
		unit, thirds, parties []graph.ID
		date                  graph.Date
	}
	byUnit := func(a, b meeting) int { return slices.Compare(a.unit, b.unit) }
	rapid.Check(t, func(t *rapid.T) {
		everyCommit(t, func(v *store.View, n *naive, q *drawn) {
			if q.process == "" && q.conflict == "" && len(q.between) == 0 {
				q.process = "t:p0"
			}
			a, err := trace.History(t.Context(), v.Snapshot(), trace.HistoryQuestion{Scope: q.scope(v), MinimumRole: q.minimum, MinGapDays: 365, Filter: q.at(v), Budget: 1 << 20})
			if err != nil {
				t.Fatal(err)
			}
			var got, want []meeting
			for i := range a.Meetings {
				m := &a.Meetings[i]
				got = append(got, meeting{n.told(v, m.Unit.Meetings), n.told(v, forWhom(m.ThirdParties)), n.told(v, forWhom(m.Parties)), m.Unit.Date})
			}
			for _, u := range n.units() {
				if q.has(n, u) {
					want = append(want, meeting{u, n.thirds(u, q.minimum.Info().Strength), n.parties(u), n.date(u)})
				}
			}
			slices.SortFunc(got, byUnit)
			slices.SortFunc(want, byUnit)
			if diff := gocmp.Diff(want, got, gocmp.AllowUnexported(meeting{}), gocmp.Comparer(func(a, b graph.Date) bool { return a == b })); diff != "" {
				t.Fatalf("at commit %d (-want +got):\n%s", v.Moment().Commit, diff)
			}
			checkReading(t, a, 365)
		})
	})
}

func forWhom(ties []trace.Tie) (list []ledger.EntityNo) {
	for _, t := range ties {
		list = append(list, t.For)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// checkReading compares tracks and gaps with their definitions, taken pair by pair.
func checkReading(t *rapid.T, a *trace.HistoryAnswer, least int) {
	n := len(a.Meetings)
	joined := make([]int, n) // the number of the first meeting of each one's track
	for i := range joined {
		joined[i] = i
	}
	for range n {
		for i := range n {
			for j := range n {
				if i != j && common(&a.Meetings[i], &a.Meetings[j]) && within(a.Meetings[i].Unit.Date, a.Meetings[j].Unit.Date, 3*365+1) {
					joined[i] = min(joined[i], joined[j])
				}
			}
		}
	}
	want := make(map[int][]int)
	for i := range n {
		if len(a.Meetings[i].ThirdParties) > 0 {
			want[joined[i]] = append(want[joined[i]], i)
		}
	}
	got := make(map[int][]int)
	for _, tr := range a.Tracks {
		got[tr.Meetings[0]] = tr.Meetings
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Fatalf("tracks (-want +got):\n%s", diff)
	}
	for i := range a.Tracks {
		for j := range a.Tracks {
			if i != j && slices.Contains(a.Tracks[i].ParallelTo, j) != overlapping(a, i, j) {
				t.Fatalf("tracks %d and %d: parallel %v", i, j, !overlapping(a, i, j))
			}
		}
	}
	for _, h := range a.HandOvers {
		last, first := a.Meetings[h.After].Unit.Date, a.Meetings[h.At].Unit.Date
		if _, end := last.Known(); end >= earliest(first) {
			t.Fatalf("a hand-over from %s to %s", last, first)
		}
		thirds := func(i int) []ledger.EntityNo { return forWhom(a.Meetings[i].ThirdParties) }
		if all := slices.Sorted(slices.Values(slices.Concat(h.Left, h.Stayed))); !slices.Equal(all, thirds(h.After)) {
			t.Fatalf("left and stayed %v of %v", all, thirds(h.After))
		}
		if all := slices.Sorted(slices.Values(slices.Concat(h.Joined, h.Stayed))); !slices.Equal(all, thirds(h.At)) {
			t.Fatalf("joined and stayed %v of %v", all, thirds(h.At))
		}
	}
	for _, g := range a.Gaps {
		_, until := a.Meetings[g.After].Unit.Date.Known()
		from := earliest(a.Meetings[g.Before].Unit.Date)
		if g.Days < least || int(from)-int(until) != g.Days {
			t.Fatalf("a gap of %d days from %s to %s", g.Days, until, from)
		}
		for i := range a.Meetings {
			date := a.Meetings[i].Unit.Date
			if first, last := date.Known(); !date.IsZero() && first < from && last > until {
				t.Fatalf("%s in a gap from %s to %s", date, until, from)
			}
		}
	}
}

func earliest(d graph.Date) graph.Day {
	first, _ := d.Known()
	return first
}

func common(a, b *trace.MediatedMeeting) bool {
	return slices.ContainsFunc(forWhom(a.ThirdParties), func(e ledger.EntityNo) bool { return slices.Contains(forWhom(b.ThirdParties), e) })
}

// within reports whether two dates are certainly no more days apart, from the end of the one to the beginning of the other, however they are
// read, each by itself.
func within(a, b graph.Date, days int) bool {
	for _, d := range []graph.Date{a, b} {
		if bounds := d.Bounds(); d.IsZero() || bounds.Approximate || bounds.Uncertain || bounds.UnknownStart || bounds.UnknownEnd {
			return false
		}
	}
	aBegun, aEnded := a.Core()
	bBegun, bEnded := b.Core()
	return int(aBegun)-int(bEnded) <= days && int(bBegun)-int(aEnded) <= days && int(aBegun)-int(aEnded) <= days && int(bBegun)-int(bEnded) <= days
}

// overlapping reports whether a meeting of one track had begun before the last of the other was over, both ways.
func overlapping(a *trace.HistoryAnswer, i, j int) bool {
	span := func(k int) (first, last graph.Day, dated bool) {
		first, last = graph.DayMax, graph.DayMin
		for _, m := range a.Tracks[k].Meetings {
			if date := a.Meetings[m].Unit.Date; !date.IsZero() {
				from, to := date.Known()
				first, last, dated = min(first, from), max(last, to), true
			}
		}
		return first, last, dated
	}
	iFirst, iLast, iDated := span(i)
	jFirst, jLast, jDated := span(j)
	return iDated && jDated && iFirst <= jLast && jFirst <= iLast
}

// TestRankingsAgainstOracle compares both rankings with what counting over every unit gives.
func TestRankingsAgainstOracle(t *testing.T) {
	type rank struct {
		actor               graph.ID
		meetings, exclusive int
		first, last         graph.Day
	}
	type pair struct{ a, b graph.ID }
	rapid.Check(t, func(t *rapid.T) {
		everyCommit(t, func(v *store.View, n *naive, q *drawn) {
			ask := trace.RankingQuestion{Scope: q.scope(v), MinimumRole: q.minimum, Filter: q.at(v), First: 100}
			ranks := make(map[graph.ID]rank)
			pairs := make(map[pair]int)
			for _, u := range n.units() {
				if !q.has(n, u) {
					continue
				}
				thirds := n.thirds(u, q.minimum.Info().Strength)
				for i, a := range thirds {
					r, ok := ranks[a]
					if !ok {
						r = rank{actor: a, first: graph.DayMax, last: graph.DayMin}
					}
					r.meetings++
					if len(thirds) == 1 {
						r.exclusive++
					}
					if date := n.date(u); !date.IsZero() {
						first, last := date.Known()
						r.first, r.last = min(r.first, first), max(r.last, last)
					}
					ranks[a] = r
					for _, b := range thirds[i+1:] {
						pairs[pair{a, b}]++
					}
				}
			}
			gotRanks, err := trace.MediatorRanking(t.Context(), v.Snapshot(), ask)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.IsSortedFunc(gotRanks, func(a, b trace.MediatorRank) int {
				return cmp.Or(cmp.Compare(b.Meetings, a.Meetings), cmp.Compare(b.Exclusive, a.Exclusive))
			}) {
				t.Fatalf("not in order: %+v", gotRanks)
			}
			got := make(map[graph.ID]rank)
			for _, r := range gotRanks {
				one := rank{actor: n.rep[v.ID(r.Actor)], meetings: r.Meetings, exclusive: r.Exclusive, first: graph.DayMax, last: graph.DayMin}
				if !r.First.IsZero() {
					one.first = earliest(r.First)
					_, one.last = r.Last.Known()
				}
				got[one.actor] = one
			}
			if diff := gocmp.Diff(ranks, got, gocmp.AllowUnexported(rank{})); diff != "" {
				t.Fatalf("ranks at commit %d (-want +got):\n%s", v.Moment().Commit, diff)
			}
			gotPairs, err := trace.CoMediators(t.Context(), v.Snapshot(), ask)
			if err != nil {
				t.Fatal(err)
			}
			found := make(map[pair]int)
			for _, p := range gotPairs {
				checkClaims(t, v, ask, p)
				two := n.told(v, []ledger.EntityNo{p.A, p.B})
				found[pair{two[0], two[1]}] = p.Meetings
			}
			if diff := gocmp.Diff(pairs, found); diff != "" {
				t.Fatalf("pairs at commit %d (-want +got):\n%s", v.Moment().Commit, diff)
			}
			ask.First = 1
			if top, err := trace.CoMediators(t.Context(), v.Snapshot(), ask); err != nil || len(gotPairs) > 0 && top[0] != gotPairs[0] {
				t.Fatalf("the first pair is %v, of all %v (%v)", top, gotPairs, err)
			}
		})
	})
}

// checkClaims checks that what a pair rests on are claims of both as third parties, of no fewer meetings than they have together by
// themselves.
func checkClaims(t *rapid.T, v *store.View, q trace.RankingQuestion, p trace.CoMediatorPair) {
	ties, err := trace.RankingTies(t.Context(), v.Snapshot(), q, [][]ledger.EntityNo{{p.A, p.B}, {p.A}, {p.B}})
	if err != nil {
		t.Fatal(err)
	}
	both, a, b := trace.ClaimsOf(ties[0]), trace.ClaimsOf(ties[1]), trace.ClaimsOf(ties[2])
	if len(both) < p.Meetings || !slices.IsSorted(both) {
		t.Fatalf("%d meetings rest on the claims %v", p.Meetings, both)
	}
	for _, c := range both {
		strength := graph.PredicateOf(v.Snapshot().Predicate(c)).Strength
		if !slices.Contains(a, c) && !slices.Contains(b, c) || strength < q.MinimumRole.Info().Strength {
			t.Fatalf("claim %d is not of a part that counts for either: %v, %v", c, a, b)
		}
	}
}

// checkReplay checks that a graph answers at an earlier commit as one does that never heard of what came later.
func checkReplay(t *rapid.T, then, now *store.View, q *drawn) {
	answers := func(v *store.View) (all []any) {
		ask := trace.RankingQuestion{Scope: q.scope(v), MinimumRole: q.minimum, Filter: q.at(v), First: 100}
		ranks, err := trace.MediatorRanking(t.Context(), v.Snapshot(), ask)
		if err != nil {
			t.Fatal(err)
		}
		pairs, err := trace.CoMediators(t.Context(), v.Snapshot(), ask)
		if err != nil {
			t.Fatal(err)
		}
		ask.Conflict, _ = v.Entity("t:conflict")
		history, err := trace.History(t.Context(), v.Snapshot(), trace.HistoryQuestion{Scope: ask.Scope, MinimumRole: q.minimum, MinGapDays: 100, Filter: q.at(v), Budget: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		return []any{ranks, pairs, history}
	}
	if diff := gocmp.Diff(answers(now), answers(then), gocmp.Comparer(func(a, b graph.Date) bool { return a == b })); diff != "" {
		t.Fatalf("at commit %d (-replayed +asked):\n%s", then.Moment().Commit, diff)
	}
}

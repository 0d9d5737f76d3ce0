package trace

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
)

// A world is a small network that keeps its lists.
type world struct {
	byActor, byMeeting map[node][]link
	dates              map[node]graph.Date
}

func (w *world) meetings(actor node) []link { return w.byActor[actor] }
func (w *world) actors(meeting node) []link { return w.byMeeting[meeting] }

func (w *world) between(actor node, first, last graph.Day) (some, others []link) {
	for _, l := range w.byActor[actor] {
		if day, exact := w.exact(l.to()); !exact {
			others = append(others, l)
		} else if first <= day && day <= last {
			some = append(some, l)
		}
	}
	return some, others
}

func (w *world) when(meeting node) graph.Date { return w.dates[meeting] }

func (w *world) exact(meeting node) (graph.Day, bool) {
	b := w.dates[meeting].Bounds()
	return b.Earliest, b.Precision == graph.PrecisionDay && !b.Approximate && !b.Uncertain
}

func (w *world) work(actor node) int                        { return len(w.byActor[actor]) }
func (w *world) actorEntity(actor node) ledger.EntityNo     { return ledger.EntityNo(actor) }
func (w *world) meetingEntity(meeting node) ledger.EntityNo { return ledger.EntityNo(meeting) }

// within is the world without the meetings that cannot have been in a window.
func (w *world) within(window Window) *world {
	in := &world{map[node][]link{}, map[node][]link{}, w.dates}
	for _, m := range slices.Sorted(maps.Keys(w.byMeeting)) {
		if window.Has(w.dates[m]) {
			for _, l := range w.byMeeting[m] {
				in.tie(l.to(), m, l.strength() > 0)
			}
		}
	}
	return in
}

// ofThirdParties is the world in which all ties are those of third parties.
func (w *world) ofThirdParties() *world {
	all := &world{map[node][]link{}, map[node][]link{}, w.dates}
	for _, m := range slices.Sorted(maps.Keys(w.byMeeting)) {
		for _, l := range w.byMeeting[m] {
			all.tie(l.to(), m, true)
		}
	}
	return all
}

// firstMeeting is the number from which on nodes of small worlds are meetings.
const firstMeeting = 100

var someDates = []string{
	"2020-01-03", "2020-01-04", "2020-01-05", "2020-01-06", "2020-01-05", "2020-01-04/2020-01-06", "2020-01", "[2020-01-03,2020-01-06]",
	"2020-01-05?", "2020-01-04~", "../2020-01-05", "2020-01-04/..", "2020-01-04/", "/2020-01-05", "2020-01-03/2020-01-04", "[..2020-01-04]", "",
}

func worlds(t *rapid.T) *world {
	w := &world{map[node][]link{}, map[node][]link{}, map[node]graph.Date{}}
	actors := rapid.IntRange(2, 6).Draw(t, "actors")
	meetings := rapid.IntRange(1, 7).Draw(t, "meetings")
	for m := range node(meetings) {
		m += firstMeeting
		text := rapid.SampledFrom(someDates).Draw(t, fmt.Sprint("date of ", m))
		if text != "" {
			w.dates[m], _ = graph.ParseDate(text)
		}
		for a := range node(actors) {
			switch rapid.IntRange(0, 5).Draw(t, fmt.Sprint(a, " at ", m)) {
			case 0:
				w.tie(a, m, true)
			case 1, 2:
				w.tie(a, m, false)
			}
		}
	}
	return w
}

// lines are worlds in which chains are long: actors stand in a line from 0 to 1, and meet those beside them on one of few days. One end may
// have many meetings by itself, so that there is less to do from the other.
func lines(t *rapid.T) *world {
	w := &world{map[node][]link{}, map[node][]link{}, map[node]graph.Date{}}
	line := []node{0, 2, 3, 4, 5}[:rapid.IntRange(3, 5).Draw(t, "actors")]
	line = append(line, 1)
	for m := range node(rapid.IntRange(len(line)-1, 9).Draw(t, "meetings")) {
		m += firstMeeting
		w.dates[m] = graph.MustParseDate(fmt.Sprintf("2020-01-%02d", rapid.IntRange(1, 6).Draw(t, fmt.Sprint("day of ", m))))
		first := int(m-firstMeeting) % (len(line) - 1)
		for place := first; place < min(first+rapid.IntRange(2, 3).Draw(t, fmt.Sprint("actors at ", m)), len(line)); place++ {
			w.tie(line[place], m, rapid.Bool().Draw(t, fmt.Sprint(place, " as a third party at ", m)))
		}
	}
	if busy := rapid.SampledFrom([]node{0, 1, none}).Draw(t, "a busy end"); busy != none {
		for m := range node(20) {
			w.dates[2*firstMeeting+m] = graph.MustParseDate("2020-01-03")
			w.tie(busy, 2*firstMeeting+m, true)
		}
	}
	return w
}

func (w *world) tie(actor, meeting node, third bool) {
	strength := 0
	if third {
		strength = 1
	}
	w.byActor[actor] = append(w.byActor[actor], linkTo(meeting, strength))
	w.byMeeting[meeting] = append(w.byMeeting[meeting], linkTo(actor, strength))
}

var someWindows = []Window{{}, {}, {}, {From: day("2020-01-04")}, {To: day("2020-01-05")}, {From: day("2020-01-04"), To: day("2020-01")}}

func day(text string) graph.Date {
	d, err := graph.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func questions(t *rapid.T) question {
	return question{
		from: 0, to: 1, first: 1000, skip: new(big.Int),
		order:     rapid.SampledFrom([]TimeOrder{AnyOrder, NonDecreasing, Strict}).Draw(t, "order"),
		certain:   rapid.Bool().Draw(t, "certain"),
		objective: rapid.SampledFrom([]Objective{FewestHops, EarliestArrival, LatestDeparture}).Draw(t, "objective"),
		window:    rapid.SampledFrom(someWindows).Draw(t, "window"),
		everyone:  rapid.Bool().Draw(t, "everyone"),
		maxHops:   rapid.SampledFrom([]int{0, 0, 1, 2, 3, 4}).Draw(t, "maxHops"),
	}
}

// days are all days that matter for the dates of a small world: those around the ends of each date and of the window, and some at both ends of
// time. No chain of such a world has more meetings than there are days around an end.
func (w *world) days(window Window) (all []graph.Day) {
	const around = 8
	ends := []graph.Day{graph.DayMin + around, graph.DayMax - around}
	for _, date := range append(slices.Collect(maps.Values(w.dates)), window.From, window.To) {
		for _, choice := range date.Choices() {
			ends = append(ends, choice.Earliest(), choice.Latest())
		}
	}
	for _, end := range ends {
		end = min(max(end, graph.DayMin+around), graph.DayMax-around)
		for i := range graph.Day(2*around + 1) {
			all = append(all, end-around+i)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// An itinerary is a chain as the oracle finds it.
type itinerary struct {
	steps               []step
	arrives, departures graph.Day
}

// chainsOf enumerates every chain: no actor twice, no meeting twice but for two hops in a row through its third party, one end of
// each hop a third party, and the days of the meetings in order.
func (w *world) chainsOf(q question) (all []itinerary) {
	var walk func(at node, steps []step)
	walk = func(at node, steps []step) {
		if at == q.to {
			if i, ok := w.inOrder(steps, q); ok {
				all = append(all, i)
			}
			return
		}
		if q.maxHops > 0 && len(steps) == q.maxHops {
			return
		}
		for _, l := range w.byActor[at] {
			if !w.mayGo(steps, l) {
				continue
			}
			for _, y := range w.byMeeting[l.to()] {
				visited := y.to() == q.from || slices.ContainsFunc(steps, func(s step) bool { return s.to == y.to() })
				if !visited && (l.strength() > 0 || y.strength() > 0) {
					walk(y.to(), append(slices.Clone(steps), step{l.to(), y.to()}))
				}
			}
		}
	}
	walk(q.from, nil)
	return all
}

// mayGo reports whether a meeting may be the next: a new one, or the last one again through its third party, once.
func (w *world) mayGo(steps []step, l link) bool {
	n := len(steps)
	for i, s := range steps {
		if s.meeting == l.to() && (i != n-1 || l.strength() == 0 || n >= 2 && steps[n-2].meeting == l.to()) {
			return false
		}
	}
	return true
}

// inOrder tries the days on which the meetings may have been.
func (w *world) inOrder(steps []step, q question) (itinerary, bool) {
	var meetings []node
	for _, s := range steps {
		if n := len(meetings); n == 0 || meetings[n-1] != s.meeting {
			meetings = append(meetings, s.meeting)
		}
	}
	i := itinerary{steps: steps, arrives: graph.DayMax, departures: graph.DayMin}
	if q.order == AnyOrder {
		i.arrives, i.departures = 0, 0
		return i, true
	}
	if q.certain {
		for j := range len(meetings) - 1 {
			if graph.Order(w.dates[meetings[j]], w.dates[meetings[j+1]], q.order == Strict) != graph.Certain {
				return i, false
			}
		}
	}
	if q.certain && slices.ContainsFunc(meetings, func(m node) bool { return !certainlyIn(w.dates[m], q.window) }) {
		return i, false
	}
	days := w.days(q.window)
	last := w.along(meetings, days, q, func(before, d graph.Day) bool { return before < d || before == d && q.order == NonDecreasing })
	slices.Reverse(meetings)
	first := w.along(meetings, days, q, func(after, d graph.Day) bool { return d < after || d == after && q.order == NonDecreasing })
	for d := range last {
		i.arrives = min(i.arrives, d)
	}
	for d := range first {
		i.departures = max(i.departures, d)
	}
	return i, len(last) > 0
}

// along are the days on which one can be at the last of some meetings, if one was at each on a day and the days follow each other.
func (w *world) along(meetings []node, days []graph.Day, q question, follows func(at, then graph.Day) bool) map[graph.Day]bool {
	var reach map[graph.Day]bool
	for j, m := range meetings {
		next := map[graph.Day]bool{}
		for _, d := range days {
			on, ok := w.dates[m].FirstFrom(d)
			if !ok || on != d || d < q.window.From.Earliest() || d > q.window.To.Latest() {
				continue
			}
			possible := j == 0
			for at := range reach {
				possible = possible || follows(at, d)
			}
			if possible {
				next[d] = true
			}
		}
		reach = next
	}
	return reach
}

// certainlyIn asks whether all days of a date without doubts are in a window.
func certainlyIn(date graph.Date, window Window) bool {
	if window == (Window{}) {
		return true
	}
	b := date.Bounds()
	return !date.IsZero() && !b.Approximate && !b.Uncertain && b.Earliest >= window.From.Earliest() && b.Latest <= window.To.Latest()
}

// best are the best of chains, sorted by their steps.
func best(all []itinerary, objective Objective) [][]step {
	rank := func(a, b itinerary) int {
		hops := cmp.Compare(len(a.steps), len(b.steps))
		switch objective {
		case EarliestArrival:
			return cmp.Or(cmp.Compare(a.arrives, b.arrives), hops)
		case LatestDeparture:
			return cmp.Or(cmp.Compare(b.departures, a.departures), hops)
		}
		return hops
	}
	var steps [][]step
	for _, i := range all {
		if rank(i, slices.MinFunc(all, rank)) == 0 {
			steps = append(steps, i.steps)
		}
	}
	return sorted(steps)
}

func sorted(chains [][]step) [][]step {
	slices.SortFunc(chains, func(a, b []step) int {
		return slices.CompareFunc(a, b, func(x, y step) int { return cmp.Or(cmp.Compare(x.meeting, y.meeting), cmp.Compare(x.to, y.to)) })
	})
	return chains
}

// TestChainsAgainstOracle compares the search with an enumeration of every chain.
func TestChainsAgainstOracle(t *testing.T) {
	checkChains(t, func(t *rapid.T) (*world, question) { return worlds(t), questions(t) })
}

// TestChainsInLines does the same where chains are long and most searches come from both ends.
func TestChainsInLines(t *testing.T) {
	checkChains(t, func(t *rapid.T) (*world, question) {
		q := questions(t)
		q.window, q.maxHops = Window{}, 0
		q.order = rapid.SampledFrom([]TimeOrder{NonDecreasing, NonDecreasing, Strict}).Draw(t, "an order")
		q.objective = rapid.SampledFrom([]Objective{FewestHops, FewestHops, EarliestArrival, LatestDeparture}).Draw(t, "an objective")
		return lines(t), q
	})
}

func checkChains(t *testing.T, draw func(*rapid.T) (*world, question)) {
	t.Helper()
	desk := new(searchDesk) // the same for all, as one question finds it after another
	rapid.Check(t, func(t *rapid.T) {
		w, q := draw(t)
		if q.everyone {
			w = w.ofThirdParties()
		}
		w = w.within(q.window)
		if rapid.IntRange(0, 9).Draw(t, "another gives up") == 0 {
			few := rapid.IntRange(1, 40).Draw(t, "budget")
			if _, err := solve(&work{t.Context(), few}, w, desk, q); err != nil {
				t.Fatal(err)
			}
		}
		got, err := solve(unlimited(t.Context()), w, desk, q)
		if err != nil {
			t.Fatal(err)
		}
		want := best(w.chainsOf(q), q.objective)
		if diff := gocmp.Diff(want, sorted(slices.Clone(got.chains)), gocmp.AllowUnexported(step{})); diff != "" {
			t.Fatalf("chains (-want +got):\n%s", diff)
		}
		if len(want) > 0 && (got.total.Cmp(big.NewInt(int64(len(want)))) != 0 || got.hops != len(want[0])) {
			t.Fatalf("%v chains of %d hops, listed %d", got.total, got.hops, len(want))
		}
	})
}

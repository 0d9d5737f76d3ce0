package trace

import (
	"math"
	"math/big"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
)

// oneActor draws affiliations of one actor with many meetings.
func oneActor(t *rapid.T) *Affiliations {
	a := &Affiliations{days: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) graph.Day { return graph.Day(rapid.IntRange(0, 40).Draw(t, "day")) }), 0, 30).Draw(t, "days")}
	slices.Sort(a.days)
	a.exactly = node(len(a.days))
	for _, text := range rapid.SliceOfN(rapid.SampledFrom([]string{"", "1970", "1970-01-20/1970-02", "1970-01-15~"}), 0, 4).Draw(t, "other dates") {
		a.days = append(a.days, graph.Day(len(a.dates)))
		date := graph.Date{}
		if text != "" {
			date = graph.MustParseDate(text)
		}
		a.dates = append(a.dates, date)
	}
	for unit := range node(len(a.days)) {
		a.unitNos = append(a.unitNos, ledger.EntityNo(unit))
		if rapid.IntRange(0, 3).Draw(t, "there") > 0 {
			a.ofActor.links = append(a.ofActor.links, linkTo(unit, int(unit)%11))
		}
	}
	a.ofActor.offsets = []uint32{0, uint32(len(a.ofActor.links))}
	return a
}

// TestBetween: of an actor's meetings none is left out that is in the stretch or has no exact day, none is told twice, and of many none that is not
// in it; in a window none of outside.
func TestBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := oneActor(t)
		ends := rapid.SampledFrom([]graph.Day{math.MinInt32, -1, 0, 3, 12, 20, 39, 40, 41, math.MaxInt32})
		first, last := ends.Draw(t, "first"), ends.Draw(t, "last")
		w := Window{}
		n, all := network(a.as(&Filter{RollUp: true})), a.ofActor.links
		if rapid.Bool().Draw(t, "in a window") {
			w.From, w.To = graph.Day(5).Date(), graph.Day(rapid.IntRange(4, 45).Draw(t, "to")).Date()
			n = a.as(&Filter{RollUp: true}).in(w)
			all = slices.DeleteFunc(slices.Clone(all), func(l link) bool { return !w.Has(a.when(l.to())) })
		}
		if diff := gocmp.Diff(all, n.meetings(0)); diff != "" && len(all) > 0 {
			t.Fatalf("meetings (-want +got):\n%s", diff)
		}
		want := slices.DeleteFunc(slices.Clone(all), func(l link) bool {
			day, exact := n.exact(l.to())
			return exact && (day < first || day > last)
		})
		some, others := n.between(0, first, last)
		got := slices.Concat(some, others)
		if len(a.ofActor.links) <= 8 && w.isZero() {
			want = all // so few are not worth a look
		}
		if diff := gocmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
			t.Errorf("meetings from %d to %d (-want +got):\n%s", first, last, diff)
		}
	})
}

// TestLaterByMoreHops: one actor leads to the end by one hop until the 2nd, and by two until the 5th; the meeting by which one comes to it is on the
// day after the 2nd. The beginning, or the end, has so many meetings that the search comes from the other side.
func TestLaterByMoreHops(t *testing.T) {
	const from, x, y, to = 0, 2, 3, 1
	for _, objective := range []Objective{FewestHops, LatestDeparture, EarliestArrival} {
		for _, busy := range []node{from, to} {
			w := &world{map[node][]link{}, map[node][]link{}, map[node]graph.Date{}}
			meet := func(day graph.Day, actors ...node) {
				m := firstMeeting + node(len(w.dates))
				w.dates[m] = day.Date()
				for _, a := range actors {
					w.tie(a, m, true)
				}
			}
			meet(2, x, to)
			meet(3, from, x)
			meet(5, x, y)
			meet(6, y, to)
			for range 20 {
				meet(4, busy)
			}
			q := question{from: from, to: to, order: NonDecreasing, objective: objective, everyone: true, skip: new(big.Int), first: 10}
			a, err := solve(&work{t.Context(), 1 << 20}, w, new(searchDesk), q)
			if err != nil {
				t.Fatal(err)
			}
			want := [][]step{{{firstMeeting + 1, x}, {firstMeeting + 2, y}, {firstMeeting + 3, to}}}
			if diff := gocmp.Diff(want, a.chains, gocmp.AllowUnexported(step{})); diff != "" {
				t.Errorf("%s, from where there is less to do than at %d: chains (-want +got):\n%s", objective, busy, diff)
			}
		}
	}
}

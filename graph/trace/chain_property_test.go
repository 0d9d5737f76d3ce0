package trace

import (
	"math/big"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
)

func answered(t *rapid.T, w *world, q question) *answer {
	t.Helper()
	if q.everyone {
		w = w.ofThirdParties()
	}
	a, err := solve(unlimited(t.Context()), w.within(q.window), new(searchDesk), q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// exists reports whether there is any chain, however long.
func exists(t *rapid.T, w *world, q question) bool {
	q.maxHops, q.objective = 0, FewestHops
	return answered(t, w, q).hops > 0
}

// TestWeakerQuestions: what is feasible stays so if less is asked. Certain chains are possible ones, strict ones never run back, and those are
// chains without regard to time; more hops, a wider window and one tie more take none away.
func TestWeakerQuestions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, q := worlds(t), questions(t)
		if !exists(t, w, q) {
			return
		}
		weaker := map[string]question{"as it is": q}
		change := func(name string, f func(*question)) {
			c := q
			f(&c)
			weaker[name] = c
		}
		change("possible", func(q *question) { q.certain = false })
		change("without regard to time", func(q *question) { q.order = AnyOrder })
		if q.order == Strict {
			change("never back", func(q *question) { q.order = NonDecreasing })
		}
		change("in a wider window", func(q *question) { q.window.From = graph.Date{} })
		change("in any window", func(q *question) { q.window = Window{} })
		for name, c := range weaker {
			if !exists(t, w, c) {
				t.Errorf("a chain is lost by asking less: %s", name)
			}
		}
		actor := rapid.Uint32Range(0, 5).Draw(t, "another actor")
		meeting := rapid.Uint32Range(firstMeeting, firstMeeting+6).Draw(t, "another meeting")
		if !slices.ContainsFunc(w.byActor[actor], func(l link) bool { return l.to() == meeting }) {
			w.tie(actor, meeting, rapid.Bool().Draw(t, "as a third party"))
		}
		if !exists(t, w, q) {
			t.Error("a chain is lost by one tie more")
		}
	})
}

// mirror turns a date round: day d becomes day -d, as far as whole days without open ends go.
func mirror(d graph.Date) graph.Date {
	if d.IsZero() {
		return d
	}
	from, to := (-d.Latest()).Date().String(), (-d.Earliest()).Date().String()
	mirrored, err := graph.ParseDate("[" + from + ".." + to + "]")
	if err != nil {
		panic(err)
	}
	return mirrored
}

// TestMirror: to depart last is to arrive first in a world where time and chains run the other way.
func TestMirror(t *testing.T) {
	whole := []string{"2020-01-03", "2020-01-04", "2020-01-05", "2020-01-06", "[2020-01-03..2020-01-05]", "[2020-01-04..2020-01-09]"}
	rapid.Check(t, func(t *rapid.T) {
		w, q := worlds(t), questions(t)
		q.window = Window{}
		turned := &world{w.byActor, w.byMeeting, map[node]graph.Date{}}
		for m := range w.byMeeting {
			w.dates[m] = day(rapid.SampledFrom(whole).Draw(t, "date"))
			turned.dates[m] = mirror(w.dates[m])
		}
		q.objective = LatestDeparture
		back := q
		back.objective, back.from, back.to = EarliestArrival, q.to, q.from
		there, here := answered(t, w, q), answered(t, turned, back)
		if there.hops != here.hops || there.hops > 0 && there.total.Cmp(here.total) != 0 {
			t.Fatalf("%d hops, %v chains; turned round %d hops, %v chains", there.hops, there.total, here.hops, here.total)
		}
		for i, chain := range here.chains {
			here.chains[i] = reversed(chain, back.from)
		}
		if diff := gocmp.Diff(sorted(there.chains), sorted(here.chains), gocmp.AllowUnexported(step{})); diff != "" {
			t.Errorf("chains (-there +turned round):\n%s", diff)
		}
	})
}

// reversed is a chain from its other end.
func reversed(chain []step, from node) []step {
	actors := []node{from}
	for _, s := range chain {
		actors = append(actors, s.to)
	}
	var back []step
	for i, s := range slices.Backward(chain) {
		back = append(back, step{s.meeting, actors[i]})
	}
	return back
}

// TestResume lists chains page by page: together they are the list as a whole.
func TestResume(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, q := worlds(t), questions(t)
		whole := answered(t, w, q)
		var pages [][]step
		for q.first = rapid.IntRange(1, 3).Draw(t, "page"); ; q.skip = big.NewInt(int64(len(pages))) {
			page := answered(t, w, q)
			if len(page.chains) == 0 {
				break
			}
			pages = append(pages, page.chains...)
		}
		if diff := gocmp.Diff(whole.chains, pages, gocmp.AllowUnexported(step{})); diff != "" {
			t.Errorf("chains (-whole +pages):\n%s", diff)
		}
	})
}

// TestManyChains counts more chains than 64 bits hold: a ladder of forty rungs, each of which may be taken in three ways.
func TestManyChains(t *testing.T) {
	w := &world{map[node][]link{}, map[node][]link{}, map[node]graph.Date{}}
	meeting := node(1000)
	const rungs = 50
	for i := range node(rungs) {
		for range 3 {
			w.tie(i, meeting, true)
			w.tie(i+1, meeting, false)
			meeting++
		}
	}
	a, err := solve(&work{t.Context(), 1 << 20}, w, new(searchDesk), question{from: 0, to: rungs, order: NonDecreasing, objective: FewestHops, skip: new(big.Int), first: 1})
	want := new(big.Int).Exp(big.NewInt(3), big.NewInt(rungs), nil)
	if err != nil || a.hops != rungs || a.total.Cmp(want) != 0 {
		t.Fatalf("%d hops, %v chains, want %d and %v (%v)", a.hops, a.total, rungs, want, err)
	}
	last, err := solve(&work{t.Context(), 1 << 20}, w, new(searchDesk), question{from: 0, to: rungs, order: NonDecreasing, objective: FewestHops, skip: want.Sub(want, big.NewInt(1)), first: 5})
	if err != nil || len(last.chains) != 1 {
		t.Fatalf("%d chains after all but one (%v)", len(last.chains), err)
	}
}

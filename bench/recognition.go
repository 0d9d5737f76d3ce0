package bench

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/topology"
	"entente/graph/trace"
)

// recognitionQuestion asks who recognized a land or a state on a day.
func recognitionQuestion() question {
	return question{
		name: "Q7", asks: "who recognized a territory or a state on a day", unordered: true,
		draw: func(g *plain, r *rand.Rand, _ int) (draw, bool) {
			if len(g.words) == 0 {
				return draw{}, false
			}
			return draw{a: g.words[r.IntN(len(g.words))].of, from: graph.DayOf(1950, 1, 1) + graph.Day(r.IntN(75*365))}, true
		},
		limit: func(w *walker, d *draw, out answer) answer { return w.recognize(d.a, d.from, out) },
		engine: func(ctx context.Context, v *store.View, d *draw, out answer) (answer, error) {
			on, err := v.With(store.At{AsOf: d.from.Date()})
			if err != nil {
				return nil, err
			}
			positions, err := on.Recognitions(ctx, d.a, nil)
			for i := range positions {
				if positions[i].Status == trace.IsRecognized {
					out = append(out, uint64(positions[i].By))
				}
			}
			return out, err
		},
		document: "recognition.graphql",
		variables: func(v *store.View, d *draw) map[string]any {
			return map[string]any{"of": v.ID(d.a), "day": d.from.Date().String()}
		},
		read: func(r *reader, out answer) answer {
			var data struct {
				Recognition struct {
					Positions []struct {
						By     struct{ ID string }
						Status trace.RecognitionStatus
					}
				}
			}
			r.into(&data)
			for _, p := range data.Recognition.Positions {
				if p.Status == trace.IsRecognized {
					out = append(out, uint64(r.entity(p.By.ID)))
				}
			}
			return out
		},
	}
}

// A plainWord is what one state says of another entity: in this graph everybody speaks for himself.
type plainWord struct {
	of, by            store.Entity
	part              store.Entity // as part of which; none if it does not say
	said, from, until graph.Day
	claim             store.ClaimNo
	denied            bool
}

// readWords reads who says what of whom, sorted by whom, who, as part of what, and when it was said.
func (g *plain) readWords(v *store.View) {
	s := v.Snapshot()
	for e := range s.Entities() {
		for x := range s.Edges(e, graph.Recognized.Info().Code, topology.In) {
			w := plainWord{of: e, by: x.Other, claim: x.Claim, from: x.When.Earliest(), until: graph.DayMax, part: store.NoEntity}
			if x.When.Throughout() {
				w.until = x.When.Latest()
			}
			source := s.Source(x.Claim)
			w.denied = source.Stance == graph.Denied.Code()
			w.said = s.SaidOrPublished(x.Claim, source).Earliest()
			if x.Qualified {
				w.part, _ = s.Regarded(x.Claim)
			}
			g.words = append(g.words, w)
		}
	}
	slices.SortFunc(g.words, func(a, b plainWord) int {
		return cmp.Or(cmp.Compare(a.of, b.of), cmp.Compare(a.by, b.by), cmp.Compare(a.part, b.part),
			cmp.Compare(a.said, b.said), cmp.Compare(a.from, b.from), cmp.Compare(a.claim, b.claim))
	})
	var arcs []arc
	for i := range g.words {
		arcs = append(arcs, arc{uint32(g.words[i].of), uint32(i)})
	}
	g.wordsOf = newAdjacency(g.entities, arcs)
}

// recognize tells whose latest word on a day is that it recognizes. As part of one and as part of another exclude each other.
func (w *walker) recognize(of store.Entity, day graph.Day, out answer) answer {
	list := w.wordsOf.of(of)
	if len(list) == 0 {
		return out
	}
	words := w.words[list[0] : int(list[0])+len(list)]
	for len(words) > 0 {
		w.latest = w.latest[:0]
		by := words[0].by
		for len(words) > 0 && words[0].by == by {
			part, n := words[0].part, 0
			for n < len(words) && words[n].by == by && words[n].part == part {
				n++
			}
			if last := latest(words[:n], day); last != nil {
				w.latest = append(w.latest, last)
			}
			words = words[n:]
		}
		for _, l := range w.latest {
			if !l.denied && !slices.ContainsFunc(w.latest, func(o *plainWord) bool { return o.outdates(l, day) }) {
				out = append(out, uint64(by))
				break
			}
		}
	}
	return out
}

// latest is the last of the words that speak of a day, if there is one of those said by it.
func latest(words []plainWord, day graph.Day) (found *plainWord) {
	for i := len(words) - 1; i >= 0; i-- {
		x := &words[i]
		if x.from > day || day > x.until {
			continue
		}
		if x.said <= day {
			return x
		}
		if found == nil {
			found = x
		}
	}
	return found
}

// outdates reports whether a word affirms what another cannot be held with, and was said later.
func (x *plainWord) outdates(o *plainWord, day graph.Day) bool {
	if x.denied || x.part == o.part || x.part == store.NoEntity || o.part == store.NoEntity {
		return false
	}
	if (x.said <= day) != (o.said <= day) {
		return x.said <= day
	}
	return x.said > o.said || x.said == o.said && x.from > o.from
}

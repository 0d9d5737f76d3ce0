package trace

import (
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// readTogether is how many claims are read at a time: enough to wait for together, and few enough to stay near.
const readTogether = 256

// read gives what the claims that were taken say, sorted, each once for each for whom it counts. They are put in order first by those, which tells
// most of them apart and needs nothing but what was heard, and each is read into its place.
func (l *listener) read() ([]word, error) {
	p := l.pad
	p.spare = slices.Grow(p.spare[:0], len(p.order))[:len(p.order)]
	p.order, p.spare = sortHigh(p.order, p.spare)
	words := make([]word, 0, len(p.order))
	for order := range slices.Chunk(p.order, readTogether) {
		if err := l.ctx.Err(); err != nil {
			return nil, err
		}
		words = l.append(words, order)
	}
	settle(words)
	return words, nil
}

// append appends the words of claims. It goes over all of them for one thing after the other: each lies elsewhere in memory, and the processor waits
// for several at once.
func (l *listener) append(words []word, order []uint64) []word {
	p, first := l.pad, len(words)
	p.stubs = p.stubs[:0]
	for _, at := range order {
		p.stubs = append(p.stubs, p.heard[uint32(at)].Stub)
	}
	p.sources = l.Sources(p.sources[:0], p.stubs)
	for i, at := range order {
		heard, source := &p.heard[uint32(at)], &p.sources[i]
		said := l.SaidFrom(heard.Claim(), source)
		if _, known := graph.StanceOf(source.Stance); !known || said > l.On && !heard.Dated() {
			continue
		}
		words = append(words, word{
			Stub: heard.Stub, by: ledger.EntityNo(at >> 32), of: heard.what, who: heard.who, voice: l.voice(source),
			as: Regard{PartOf: ledger.NoEntity}, said: said, stance: source.Stance,
		})
		w := &words[len(words)-1]
		w.own = source.Claimant != ledger.NoEntity && (w.voice == heard.who || l.speaksFor(w))
	}
	added := words[first:]
	for i := range added {
		if w := &added[i]; w.Qualified() {
			w.as.PartOf, w.as.Independent = l.Regarded(w.Claim())
			if w.as.PartOf != ledger.NoEntity {
				w.as.PartOf = l.Group(w.as.PartOf)
			}
		}
	}
	for i := range added {
		w := &added[i]
		w.begins, w.until = l.span(w.Stub)
		if !w.Dated() {
			w.begins = w.said
		}
	}
	return words
}

// settle sorts words that are already in the order of those for whom they count.
func settle(words []word) {
	for from, to := 0, 0; from < len(words); from = to {
		for to < len(words) && words[to].by == words[from].by {
			to++
		}
		if to-from > 1 {
			slices.SortFunc(words[from:to], func(a, b word) int { return a.compare(&b) })
		}
	}
}

// voice is on whose word a claim is.
func (l *listener) voice(source *topology.Source) ledger.EntityNo {
	e := source.Claimant
	if e == ledger.NoEntity {
		e = source.Coder
	}
	if e == ledger.NoEntity {
		e = source.Document
	}
	if e == ledger.NoEntity {
		return e
	}
	return l.Group(e)
}

// speaksFor reports whether the claimant of a word speaks for who recognizes.
func (l *listener) speaksFor(w *word) bool {
	if !l.leadsUp(w.voice) && l.Kind(w.voice).Party() {
		return w.voice == w.by
	}
	return slices.Contains(l.speakersOf(w.voice, l.spoke(w.Stub)), w.by)
}

// span are the days from and until which a claim speaks.
func (l *listener) span(x topology.Stub) (from, until graph.Day) {
	if day, ok := x.Day(); ok {
		return day, graph.DayMax
	}
	when := l.When(x)
	return when.Earliest(), end(when)
}

// end is the last day of an interval that ends something. What only an account ends, without knowing of a start, it does not.
func end(when graph.Date) graph.Day {
	if when.Earliest() == graph.DayMin || !when.Throughout() {
		return graph.DayMax
	}
	return when.Latest()
}

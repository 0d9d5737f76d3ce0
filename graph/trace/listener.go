package trace

import (
	"context"
	"slices"
	"sort"
	"sync"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

var (
	recognized = graph.Recognized.Info().Code
	issued     = graph.Issued.Info().Code
)

// A listener gathers the words that a question of recognition is about.
type listener struct {
	*graphView
	RecognitionQuestion
	ctx      context.Context
	pad      *pad
	speakers map[standing][]ledger.EntityNo // of a claimant at a time: for whom it speaks
}

// A pad is the memory that a listener works with. It is handed on to later questions.
type pad struct {
	stubs   []topology.Stub
	sources []topology.Source // of those of the stubs that are being read
	words   []word            // what claims say, for each of those for whom it counts
	order   []uint64          // the words asked for: who recognizes in the high half, and the word's place in the low one
	spare   []uint64
	hearing hearing
}

var pads = sync.Pool{New: func() any { return new(pad) }}

// listen gives the words that a question is about, sorted. Those of a time after the day asked about say nothing of it, and are not among them.
func (p *pad) listen(ctx context.Context, s *topology.Snapshot, q RecognitionQuestion) ([]word, error) {
	l := &listener{graphView: newView(s, Filter{RollUp: true}), RecognitionQuestion: q, ctx: ctx, pad: p}
	defer l.close()
	p.words, p.order = p.words[:0], p.order[:0]
	if err := l.words(); err != nil {
		return nil, err
	}
	return p.sorted(), nil
}

// words takes in all the words asked for.
func (l *listener) words() error {
	if l.Of != ledger.NoEntity {
		return l.listen(l.Of, topology.In)
	}
	for _, by := range l.By {
		for _, who := range l.recognizers(by) {
			if err := l.listen(who, topology.Out); err != nil {
				return err
			}
		}
	}
	return nil
}

// recognizers are those whose recognitions may count for an actor.
func (l *listener) recognizers(by ledger.EntityNo) []ledger.EntityNo {
	subjects := l.below(by)
	for i := 0; i < len(subjects); i++ {
		for _, m := range l.Members(subjects[i]) {
			for x := range l.Mentions(m, onBehalfOf) {
				if other := l.Group(x.Other); x.Predicate == recognized && !slices.Contains(subjects, other) {
					subjects = append(subjects, other)
				}
			}
		}
	}
	return subjects
}

// readTogether is how many claims are read at a time: enough to wait for together, and few enough to stay near.
const readTogether = 256

// listen takes in the words at one end of which an entity is.
func (l *listener) listen(e ledger.EntityNo, d topology.Direction) error {
	p := l.pad
	for _, m := range l.Members(e) {
		p.stubs = l.Stubs(p.stubs[:0], m, recognized, recognized, d)
		p.stubs = p.stubs[:sort.Search(len(p.stubs), func(i int) bool { return p.stubs[i].Later(l.On) })]
		for stubs := range slices.Chunk(p.stubs, readTogether) {
			if err := l.ctx.Err(); err != nil {
				return err
			}
			first := len(p.words)
			l.read(stubs)
			for i, x := range stubs {
				who, what := e, l.Group(x.Other())
				if d == topology.In {
					who, what = what, who
				}
				l.hear(first+i, &p.sources[i], who, what)
			}
		}
	}
	return nil
}

// read reads what claims say, but for who and whom. It goes over all of them for one thing after the other: each lies elsewhere in memory, and
// the processor waits for several at once.
func (l *listener) read(stubs []topology.Stub) {
	p := l.pad
	p.sources = l.Sources(p.sources[:0], stubs)
	first := len(p.words)
	for i, x := range stubs {
		said := l.SaidFrom(x.Claim(), &p.sources[i])
		p.words = append(p.words, word{Stub: x, as: Regard{PartOf: ledger.NoEntity}, said: said, stance: p.sources[i].Stance})
	}
	words := p.words[first:]
	for i := range words {
		if w := &words[i]; w.Qualified() {
			w.as.PartOf, w.as.Independent = l.Regarded(w.Claim())
		}
	}
	for i := range words {
		w := &words[i]
		w.from, w.until = l.span(w.Stub)
	}
}

// hear takes in the word at a place, for each of those in whose name it was done.
func (l *listener) hear(place int, source *topology.Source, who, what ledger.EntityNo) {
	w := &l.pad.words[place]
	if _, ok := graph.StanceOf(w.stance); !ok {
		return
	}
	w.by, w.of, w.voice = who, what, l.voice(source)
	if w.as.PartOf != ledger.NoEntity {
		w.as.PartOf = l.Group(w.as.PartOf)
	}
	delegated := w.Qualified() && l.Delegated(w.Claim())
	if !delegated && !l.leadsUp(who) {
		l.take(place, source, who)
		return
	}
	acted := l.When(w.Stub)
	if acted.IsZero() {
		acted = l.SaidOrPublished(w.Claim(), *source)
	}
	said := *w
	for i, by := range l.heads(said.Claim(), delegated, who, acted) {
		if i > 0 {
			place = len(l.pad.words)
			l.pad.words = append(l.pad.words, said)
		}
		l.pad.words[place].by = by
		l.take(place, source, who)
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

// span are the days from and until which a claim speaks.
func (l *listener) span(x topology.Stub) (from, until graph.Day) {
	if day, ok := x.Day(); ok {
		return day, graph.DayMax
	}
	when := l.When(x)
	return when.Earliest(), end(when)
}

// take keeps the word at a place if it was asked for.
func (l *listener) take(place int, source *topology.Source, who ledger.EntityNo) {
	w := &l.pad.words[place]
	if l.By != nil && !slices.Contains(l.By, w.by) {
		return
	}
	w.own = source.Claimant != ledger.NoEntity && (w.voice == who || l.speaksFor(w, source))
	l.pad.order = append(l.pad.order, uint64(w.by)<<32|uint64(place))
}

// speaksFor reports whether the claimant of a word speaks for who recognizes.
func (l *listener) speaksFor(w *word, source *topology.Source) bool {
	if !l.leadsUp(w.voice) && l.Kind(w.voice).Party() {
		return w.voice == w.by
	}
	spoke := l.SaidOrPublished(w.Claim(), *source)
	if spoke.IsZero() {
		spoke = l.When(w.Stub)
	}
	return slices.Contains(l.speakersOf(w.voice, spoke), w.by)
}

// end is the last day of an interval that ends something. What only an account ends, without knowing of a start, it does not.
func end(when graph.Date) graph.Day {
	if when.Earliest() == graph.DayMin || !when.Throughout() {
		return graph.DayMax
	}
	return when.Latest()
}

// speakersOf are those whose own word is that of a claimant: whom it stands for, and of a text those who agreed on it or issued it.
func (l *listener) speakersOf(claimant ledger.EntityNo, said graph.Date) []ledger.EntityNo {
	key := standing{claimant, said}
	if known, ok := l.speakers[key]; ok {
		return known
	}
	var speakers []ledger.EntityNo
	if l.Kind(claimant).Party() {
		speakers = l.top(claimant, said)
	} else {
		for _, m := range l.Members(claimant) {
			for x := range l.Edges(m, issued, topology.In) {
				if l.Accepted(x.Claim) {
					speakers = append(speakers, l.top(l.Group(x.Other), said)...)
				}
			}
		}
		if l.IsMeeting(claimant) {
			for _, t := range l.at(l.unit(claimant)) {
				if !graph.PredicateOf(t.Role).ThirdParty() {
					speakers = append(speakers, t.For)
				}
			}
		}
	}
	if l.speakers == nil {
		l.speakers = make(map[standing][]ledger.EntityNo)
	}
	l.speakers[key] = speakers
	return speakers
}

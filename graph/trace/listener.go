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
	sources []topology.Source // of the stubs
	spoken  []word            // what the stubs' claims say
	heard   []word            // what counts of it for whom
	order   []uint64
}

var pads = sync.Pool{New: func() any { return new(pad) }}

// listen gives the words that a question is about, sorted. Those of a time after the day asked about say nothing of it, and are not among them.
func listen(ctx context.Context, s *topology.Snapshot, q RecognitionQuestion) ([]word, error) {
	l := &listener{
		graphView: newView(s, Filter{RollUp: true}), RecognitionQuestion: q, ctx: ctx, pad: pads.Get().(*pad),
		speakers: make(map[standing][]ledger.EntityNo),
	}
	defer pads.Put(l.pad)
	l.pad.heard = l.pad.heard[:0]
	if err := l.words(); err != nil {
		return nil, err
	}
	return l.pad.sorted(), nil
}

// words takes in all the words asked for.
func (l *listener) words() error {
	if l.Of != ledger.NoEntity {
		return l.listen(l.Of, topology.In)
	}
	for _, by := range l.By {
		for _, who := range l.subjects(by) {
			if err := l.listen(who, topology.Out); err != nil {
				return err
			}
		}
	}
	return nil
}

// subjects are those whose recognitions may count for an actor.
func (l *listener) subjects(by ledger.EntityNo) []ledger.EntityNo {
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

// listen takes in the words at one end of which an entity is.
func (l *listener) listen(e ledger.EntityNo, d topology.Direction) error {
	p := l.pad
	for _, m := range l.Members(e) {
		p.stubs = l.Stubs(p.stubs[:0], m, recognized, recognized, d)
		p.stubs = p.stubs[:sort.Search(len(p.stubs), func(i int) bool { return p.stubs[i].Later(l.On) })]
		p.sources = l.Sources(p.sources[:0], p.stubs)
		l.read()
		for i := range p.spoken {
			if i%1024 == 1023 && l.ctx.Err() != nil {
				return l.ctx.Err()
			}
			who, what := e, l.Group(p.stubs[i].Other())
			if d == topology.In {
				who, what = what, who
			}
			l.hear(&p.spoken[i], &p.sources[i], who, what)
		}
	}
	return nil
}

// read reads what the stubs' claims say, but for who and whom. It goes over all of them for one thing after the other: each lies elsewhere in
// memory, and the processor waits for many at a time.
func (l *listener) read() {
	p := l.pad
	p.spoken = slices.Grow(p.spoken[:0], len(p.stubs))
	for i, x := range p.stubs {
		p.spoken = append(p.spoken, word{Stub: x, as: Regard{PartOf: ledger.NoEntity}, said: l.SaidFrom(x.Claim(), &p.sources[i]), stance: p.sources[i].Stance})
	}
	for i := range p.spoken {
		if w := &p.spoken[i]; w.Qualified() {
			w.as.PartOf, w.as.Independent = l.Regarded(w.Claim())
		}
	}
	for i := range p.spoken {
		w := &p.spoken[i]
		w.from, w.until = l.span(w.Stub)
	}
}

// hear takes in what a claim says, for each of those in whose name it was done.
func (l *listener) hear(w *word, source *topology.Source, who, what ledger.EntityNo) {
	if _, ok := graph.StanceOf(w.stance); !ok {
		return
	}
	w.by, w.of, w.voice = who, what, l.voice(source)
	if w.as.PartOf != ledger.NoEntity {
		w.as.PartOf = l.Group(w.as.PartOf)
	}
	delegated := w.Qualified() && l.Delegated(w.Claim())
	if !delegated && !l.leadsUp(who) {
		l.take(w, source, who)
		return
	}
	acted := l.When(w.Stub)
	if acted.IsZero() {
		acted = l.SaidOrPublished(w.Claim(), *source)
	}
	for _, w.by = range l.heads(w.Claim(), delegated, who, acted) {
		l.take(w, source, who)
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

// take keeps a word if it was asked for.
func (l *listener) take(w *word, source *topology.Source, who ledger.EntityNo) {
	if l.By != nil && !slices.Contains(l.By, w.by) {
		return
	}
	w.own = source.Claimant != ledger.NoEntity && (w.voice == who || l.speaksFor(w, source))
	l.pad.heard = append(l.pad.heard, *w)
}

// speaksFor reports whether the claimant of a word speaks for who recognizes.
func (l *listener) speaksFor(w *word, source *topology.Source) bool {
	if !l.leadsUp(w.voice) && l.kind(w.voice).Party() {
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
	if !when.Throughout() {
		return graph.DayMax
	}
	if b := when.Bounds(); b.OpenStart || b.UnknownStart {
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
	if l.kind(claimant).Party() {
		speakers = l.top(claimant, said)
	} else {
		for _, m := range l.Members(claimant) {
			for x := range l.Edges(m, issued, topology.In) {
				if factual(l.Source(x.Claim).Stance) {
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
	l.speakers[key] = speakers
	return speakers
}

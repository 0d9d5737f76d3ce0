package trace

import (
	"context"
	"slices"

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
	looked   int
	heard    []word
	dated    map[ledger.EntityNo]graph.Date // of a document: when what it says was said
	speakers map[standing][]ledger.EntityNo // of a claimant at a time: for whom it speaks
}

func newListener(ctx context.Context, s *topology.Snapshot, q RecognitionQuestion) *listener {
	return &listener{
		graphView: newView(s, Filter{RollUp: true}), RecognitionQuestion: q, ctx: ctx,
		heard: make([]word, 0, 64), dated: make(map[ledger.EntityNo]graph.Date),
		speakers: make(map[standing][]ledger.EntityNo),
	}
}

// words are all the words asked for, sorted, of whatever day.
func (l *listener) words() ([]word, error) {
	var err error
	if l.Of != ledger.NoEntity {
		err = l.listen([]ledger.EntityNo{l.Of}, topology.In)
	} else {
		for _, by := range l.By {
			if err == nil {
				err = l.listen(l.subjects(by), topology.Out)
			}
		}
	}
	if err != nil {
		return nil, err
	}
	slices.SortFunc(l.heard, func(a, b word) int { return a.compare(&b) })
	return slices.CompactFunc(l.heard, func(a, b word) bool { return a.compare(&b) == 0 }), nil
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

// listen takes in the words at one end of which one of the entities is.
func (l *listener) listen(entities []ledger.EntityNo, d topology.Direction) error {
	for _, e := range entities {
		for _, m := range l.Members(e) {
			for x := range l.Edges(m, recognized, d) {
				if l.looked++; l.looked%1024 == 0 && l.ctx.Err() != nil {
					return l.ctx.Err()
				}
				who, what := e, l.Group(x.Other)
				if d == topology.In {
					who, what = what, who
				}
				l.hear(x, who, what)
			}
		}
	}
	return nil
}

// hear takes in what a claim says, for each of those in whose name it was done.
func (l *listener) hear(x topology.Edge, who, what ledger.EntityNo) {
	source := l.Source(x.Claim)
	stance, ok := graph.StanceOf(source.Stance)
	if !ok {
		return
	}
	said := l.said(x.Claim, source)
	w := word{
		claim: x.Claim, of: what, stance: stance, when: x.When, as: Regard{PartOf: ledger.NoEntity},
		from: x.When.Earliest(), until: end(x.When), said: said.Earliest(), voice: ledger.NoEntity,
	}
	if x.Qualified {
		if w.as.PartOf, w.as.Independent = l.Regarded(x.Claim); w.as.PartOf != ledger.NoEntity {
			w.as.PartOf = l.Group(w.as.PartOf)
		}
	}
	for _, e := range []ledger.EntityNo{source.Claimant, source.Coder, source.Document} {
		if e != ledger.NoEntity {
			w.voice = l.Group(e)
			break
		}
	}
	acted, spoke := x.When, said
	if acted.IsZero() {
		acted = said
	}
	if spoke.IsZero() {
		spoke = x.When
	}
	if w.by = who; !x.Qualified && l.standsAlone(who) {
		l.take(&w, who, source, spoke)
		return
	}
	for _, w.by = range l.heads(x.Claim, x.Qualified, who, acted) {
		l.take(&w, who, source, spoke)
	}
}

// take keeps a word if it was asked for.
func (l *listener) take(w *word, who ledger.EntityNo, source topology.Source, spoke graph.Date) {
	if l.By == nil || slices.Contains(l.By, w.by) {
		w.own = source.Claimant != ledger.NoEntity && (w.voice == who || slices.Contains(l.speaksFor(w.voice, spoke), w.by))
		l.heard = append(l.heard, *w)
	}
}

// said is when a claim was uttered.
func (l *listener) said(c ledger.ClaimNo, source topology.Source) graph.Date {
	if said := l.Said(c); !said.IsZero() || source.Document == ledger.NoEntity {
		return said
	}
	said, known := l.dated[source.Document]
	if !known {
		said = l.SaidOrPublished(c, source)
		l.dated[source.Document] = said
	}
	return said
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

// speaksFor are those whose own word is that of a claimant: whom it stands for, and of a text those who agreed on it or issued it.
func (l *listener) speaksFor(claimant ledger.EntityNo, said graph.Date) []ledger.EntityNo {
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

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
	heard   []heard
	order   []uint64 // those asked for: for whom a claim counts in the high half, and its place among those heard in the low one
	spare   []uint64
	sources []topology.Source // of the claims that are being read
}

// A heard claim is one of which is known what its edge tells.
type heard struct {
	topology.Stub
	who, what ledger.EntityNo
}

var pads = sync.Pool{New: func() any { return new(pad) }}

// listen gives the words that a question is about, sorted. Those of a time after the day asked about say nothing of it, and are not among them.
func (p *pad) listen(ctx context.Context, s *topology.Snapshot, q RecognitionQuestion) ([]word, error) {
	l := &listener{graphView: newView(s, Filter{RollUp: true}), RecognitionQuestion: q, ctx: ctx, pad: p}
	defer l.close()
	p.heard, p.order = p.heard[:0], p.order[:0]
	if err := l.all(); err != nil {
		return nil, err
	}
	return l.read()
}

// all hears all the claims asked for.
func (l *listener) all() error {
	if l.Of != ledger.NoEntity {
		return l.listen(l.Of, topology.In)
	}
	var subjects []ledger.EntityNo
	for _, by := range l.By {
		subjects = append(subjects, l.recognizers(by)...)
	}
	for _, who := range inOrder(subjects) {
		if err := l.listen(who, topology.Out); err != nil {
			return err
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

// listen hears the claims at one end of which an entity is.
func (l *listener) listen(e ledger.EntityNo, d topology.Direction) error {
	p := l.pad
	for _, m := range l.Members(e) {
		p.stubs = l.Stubs(p.stubs[:0], m, recognized, recognized, d)
		p.stubs = p.stubs[:sort.Search(len(p.stubs), func(i int) bool { return p.stubs[i].Later(l.On) })]
		for stubs := range slices.Chunk(p.stubs, readTogether) {
			if err := l.ctx.Err(); err != nil {
				return err
			}
			for _, x := range stubs {
				who, what := e, l.Group(x.Other())
				if d == topology.In {
					who, what = what, who
				}
				l.hear(x, who, what)
			}
		}
	}
	return nil
}

// hear takes in a claim, for each of those in whose name it was done.
func (l *listener) hear(x topology.Stub, who, what ledger.EntityNo) {
	l.pad.heard = append(l.pad.heard, heard{x, who, what})
	delegated := x.Qualified() && l.Delegated(x.Claim())
	if !delegated && !l.leadsUp(who) {
		l.take(who)
		return
	}
	for _, by := range l.heads(x.Claim(), delegated, who, l.acted(x)) {
		l.take(by)
	}
}

// take keeps the claim heard last for somebody for whom it counts, if that was asked for.
func (l *listener) take(by ledger.EntityNo) {
	if l.By == nil || slices.Contains(l.By, by) {
		l.pad.order = append(l.pad.order, uint64(by)<<32|uint64(len(l.pad.heard)-1))
	}
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

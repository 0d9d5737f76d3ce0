package trace

import (
	"cmp"
	"context"
	"slices"
	"unsafe"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A Testimony is what was said at a commit of how something is recognized, ready to be asked. It never changes; any number of goroutines may ask it.
type Testimony struct {
	snap  *topology.Snapshot
	of    ledger.EntityNo // [ledger.NoEntity]: whatever some recognize
	words []word          // sorted
	most  int             // positions that there can be
}

// TestimonyOf gathers all that was said of an entity, whoever recognizes it on whatever day. The error is the context's.
func TestimonyOf(ctx context.Context, s *topology.Snapshot, of ledger.EntityNo) (*Testimony, error) {
	return gather(ctx, s, RecognitionQuestion{Of: of, On: graph.DayMax})
}

// gather gathers no more than a question is about.
func gather(ctx context.Context, s *topology.Snapshot, q RecognitionQuestion) (*Testimony, error) {
	p := pads.Get().(*pad)
	defer pads.Put(p)
	words, err := p.listen(ctx, s, q)
	if err != nil {
		return nil, err
	}
	return &Testimony{snap: s, of: q.Of, words: words, most: mostPositions(words)}, nil
}

// Size is how many bytes of memory the testimony takes.
func (t *Testimony) Size() int64 {
	return int64(unsafe.Sizeof(*t)) + int64(cap(t.words))*int64(unsafe.Sizeof(word{}))
}

// Positions lists the positions that there were by a day, see [Recognitions]; nil By are those of all.
func (t *Testimony) Positions(by []ledger.EntityNo, on graph.Day) []Position {
	h := hearings.Get().(*hearing)
	defer h.close()
	l := &listing{Testimony: t, on: on}
	if by == nil {
		l.positions = make([]Position, 0, t.most)
		l.hear(h, 0, len(t.words))
		return l.positions
	}
	for _, b := range inOrder(slices.Clone(by)) {
		from := len(l.positions)
		l.hear(h, t.first(b), t.first(b+1))
		if t.of != ledger.NoEntity && len(l.positions) == from {
			l.positions = append(l.positions, Position{
				By: b, Of: t.of, As: Regard{PartOf: ledger.NoEntity}, Status: NoneRecorded, listing: l, since: noWord,
			})
		}
	}
	return l.positions
}

// first is the place of the first word that counts for an entity or one after it.
func (t *Testimony) first(by ledger.EntityNo) int {
	at, _ := slices.BinarySearchFunc(t.words, by, func(w word, by ledger.EntityNo) int { return cmp.Compare(w.by, by) })
	return at
}

// mostPositions is how many positions sorted words come to at most: one for each regard of each voice.
func mostPositions(words []word) int {
	n := 0
	for i := range words {
		w := &words[i]
		if i == 0 || w.by != words[i-1].by || w.of != words[i-1].of || w.voice != words[i-1].voice || w.as != words[i-1].as {
			n++
		}
	}
	return n
}

// A listing is what the positions of one day have in common.
type listing struct {
	*Testimony
	on        graph.Day
	positions []Position
	claims    []ledger.ClaimNo // that positions rest on
}

// hear works out the positions that words come to, all words of those for whom they count.
func (l *listing) hear(h *hearing, from, end int) {
	l.claims = slices.Grow(l.claims, end-from)
	for to := from; from < end; from = to {
		first := &l.words[from]
		for to < end && l.words[to].by == first.by && l.words[to].of == first.of {
			to++
		}
		stands, had := h.on(l.on, l.words[from:to]), len(l.positions)
		l.positions = slices.Grow(l.positions, len(stands))[:had+len(stands)]
		for i := range stands {
			p := &l.positions[had+i]
			p.By, p.Of, p.As, p.Status = first.by, first.of, stands[i].as, stands[i].status
			p.listing, p.from, p.to, p.since = l, uint32(from), uint32(to), noWord
			if at := h.first(&stands[i]); at != noWord {
				p.since = p.from + at
			}
			l.take(h, &stands[i], p)
		}
	}
}

// take gives a position the claims of a stand.
func (l *listing) take(h *hearing, st *stand, p *Position) {
	if len(st.words) > 1 {
		slices.SortFunc(st.words, func(x, y uint32) int {
			v, w := &h.words[x], &h.words[y]
			return cmp.Or(cmp.Compare(v.side(), w.side()), cmp.Compare(v.Claim(), w.Claim()))
		})
	}
	p.sides[0] = uint32(len(l.claims))
	next := ownWord
	for _, at := range st.words {
		w := &h.words[at]
		for ; next < w.side(); next++ {
			p.sides[next+1] = uint32(len(l.claims))
		}
		l.claims = append(l.claims, w.Claim())
	}
	for ; next <= opposing; next++ {
		p.sides[next+1] = uint32(len(l.claims))
	}
}

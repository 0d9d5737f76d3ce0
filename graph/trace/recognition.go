package trace

import (
	"cmp"
	"context"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A RecognitionStatus says how far somebody recognizes something.
type RecognitionStatus string

// The statuses. Of several words the strongest counts; they are in that order here, after the dispute.
const (
	Disputed     RecognitionStatus = "DISPUTED"
	IsRecognized RecognitionStatus = "RECOGNIZED"
	IsImplied    RecognitionStatus = "IMPLIED"
	IsIntended   RecognitionStatus = "INTENDED"
	IsDenied     RecognitionStatus = "DENIED"
	NoneRecorded RecognitionStatus = "NONE_RECORDED"
)

// A RecognitionQuestion asks who recognizes whom or what. At least one of Of and By is given.
type RecognitionQuestion struct {
	Of ledger.EntityNo   // [ledger.NoEntity]: of all that By recognize
	By []ledger.EntityNo // nil: by all of whom anything is recorded
	On graph.Day         // the day in the world
}

// A Regard is as what something is recognized: as part of an entity, as independent, or without saying.
type Regard struct {
	PartOf      ledger.EntityNo // [ledger.NoEntity] if it does not say
	Independent bool
}

// conflicts reports whether two regards cannot both be held.
func (r Regard) conflicts(o Regard) bool {
	said := func(r Regard) bool { return r.Independent || r.PartOf != ledger.NoEntity }
	return r != o && said(r) && said(o)
}

func (r Regard) compare(o Regard) int {
	return cmp.Or(cmp.Compare(r.PartOf, o.PartOf), cmp.Compare(bit(r.Independent), bit(o.Independent)))
}

// bit is 1 for true and 0 for false, so that what is true comes after what is not.
func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// A Position is how one recognizes another, as something, on the day asked about.
type Position struct {
	By, Of ledger.EntityNo
	As     Regard
	Status RecognitionStatus
	// Since is the earliest date that the words the status rests on give it; absent if they give none.
	Since graph.Date
	// OwnWord are the claims on the recognizer's own word, and Supporting and Opposing those on the word of others; all in ledger
	// order. A claimant's latest word counts, and what it had said to the same effect before.
	OwnWord, Supporting, Opposing []ledger.ClaimNo

	testimony *testimony
	from, to  uint32 // those of its words that are of the two, as anything
}

// A testimony is what positions that were listed together rest on.
type testimony struct {
	snap  *topology.Snapshot
	on    graph.Day
	words []word // sorted
}

// words are what was said of the two, as anything.
func (p *Position) words() []word { return p.testimony.words[p.from:p.to] }

// Recognitions lists the positions that there were by the day, also those that were over then, whose status is [NoneRecorded]. If Of and
// By are given it has one for each of By. They come in ledger order: by who recognizes, what, and as what. The error is the
// context's.
func Recognitions(ctx context.Context, s *topology.Snapshot, q RecognitionQuestion) ([]Position, error) {
	p := pads.Get().(*pad)
	defer pads.Put(p)
	words, err := p.listen(ctx, s, q)
	if err != nil {
		return nil, err
	}
	heard := &testimony{snap: s, on: q.On, words: words}
	positions := make([]Position, 0, mostPositions(words))
	claims := make([]ledger.ClaimNo, 0, len(words))
	for from, to := 0, 0; from < len(words); from = to {
		first := &words[from]
		for to < len(words) && words[to].by == first.by && words[to].of == first.of {
			to++
		}
		stands := p.hearing.on(q.On, words[from:to])
		for i := range stands {
			positions = positions[:len(positions)+1]
			position := &positions[len(positions)-1]
			position.By, position.Of = first.by, first.of
			position.testimony, position.from, position.to = heard, uint32(from), uint32(to)
			claims = position.take(&stands[i], claims)
		}
	}
	recorded := len(positions)
	if q.Of != ledger.NoEntity {
		for _, by := range q.By {
			if !slices.ContainsFunc(positions, func(p Position) bool { return p.By == by }) {
				positions = append(positions, Position{By: by, Of: q.Of, As: Regard{PartOf: ledger.NoEntity}, Status: NoneRecorded, testimony: heard})
			}
		}
	}
	if len(positions) > recorded {
		slices.SortStableFunc(positions, func(a, b Position) int { return cmp.Compare(a.By, b.By) })
	}
	return positions, nil
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

// take takes what the position is from a stand, with the claims of its words, which it appends to claims.
func (p *Position) take(st *stand, claims []ledger.ClaimNo) []ledger.ClaimNo {
	p.As, p.Status = st.as, st.status
	if first := st.first(); first != nil {
		p.Since = p.testimony.snap.When(first.Stub)
	}
	if len(st.words) > 1 {
		slices.SortFunc(st.words, func(a, b *word) int {
			return cmp.Or(cmp.Compare(a.side(), b.side()), cmp.Compare(a.Claim(), b.Claim()))
		})
	}
	lists := [...]*[]ledger.ClaimNo{ownWord: &p.OwnWord, supporting: &p.Supporting, opposing: &p.Opposing}
	from := len(claims)
	for i, w := range st.words {
		claims = append(claims, w.Claim())
		if to := len(claims); i+1 == len(st.words) || w.side() != st.words[i+1].side() {
			*lists[w.side()] = claims[from:to:to]
			from = to
		}
	}
	return claims
}

// Unrecorded counts those of whom nothing is recorded in positions: of the ones asked about or, if all were, of the states there are.
func Unrecorded(ctx context.Context, s *topology.Snapshot, q RecognitionQuestion, positions []Position) (int, error) {
	recorded := make(map[ledger.EntityNo]bool)
	for i := range positions {
		if positions[i].Status != NoneRecorded {
			recorded[positions[i].By] = true
		}
	}
	n := 0
	if q.By != nil {
		for _, by := range inOrder(slices.Clone(q.By)) {
			if !recorded[by] {
				n++
			}
		}
		return n, nil
	}
	for e := range s.Entities() {
		if e%stride == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		if s.Group(e) != e || e == q.Of || recorded[e] {
			continue
		}
		if kinds := s.Kinds(e); len(kinds) > 0 && kinds[0] == graph.State {
			n++
		}
	}
	return n, nil
}

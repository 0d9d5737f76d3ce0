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

	listing  *listing
	from, to uint32               // those of the words that are of the two, as anything
	since    uint32               // the word with the earliest date of those that the status rests on; noWord if they give none
	sides    [opposing + 2]uint32 // where its claims of each side begin among those of the listing, and where the last ones end
}

// noWord stands where there is no word.
const noWord = ^uint32(0)

// Since is the earliest date that the words the status rests on give it; absent if they give none.
func (p *Position) Since() graph.Date {
	if p.since == noWord {
		return graph.Date{}
	}
	return p.listing.snap.When(p.listing.words[p.since].Stub)
}

// OwnWord are the claims on the recognizer's own word, in ledger order. A claimant's latest word counts, and what it had said to the same effect
// before.
func (p *Position) OwnWord() []ledger.ClaimNo { return p.side(ownWord) }

// Supporting are the claims on the word of others that it is so, or will be, likewise.
func (p *Position) Supporting() []ledger.ClaimNo { return p.side(supporting) }

// Opposing are the claims on the word of others that deny it, likewise.
func (p *Position) Opposing() []ledger.ClaimNo { return p.side(opposing) }

func (p *Position) side(s side) []ledger.ClaimNo {
	from, to := p.sides[s], p.sides[s+1]
	return p.listing.claims[from:to:to]
}

// words are what was said of the two, as anything.
func (p *Position) words() []word { return p.listing.words[p.from:p.to] }

// Recognitions lists the positions that there were by the day, also those that were over then, whose status is [NoneRecorded]. If Of and
// By are given it has one for each of By. They come in ledger order: by who recognizes, what, and as what. The error is the
// context's. Whoever asks about one entity again and again gathers what was said of it once, with [TestimonyOf], and more than one question needs.
func Recognitions(ctx context.Context, s *topology.Snapshot, q RecognitionQuestion) ([]Position, error) {
	t, err := gather(ctx, s, q)
	if err != nil {
		return nil, err
	}
	return t.Positions(q.By, q.On), nil
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

package ledger

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"
)

// Blocks yields what start-up needs of all commits after the one given, up to the newest known when called, in the order of the ledger.
// A commit's blocks come one by one; it counts only when its last, with End set, has come. Every checksum, the chain of commits
// and all counts are checked; numbers of entities and claims never point beyond what has come. The first error is yielded once and ends it;
// to go on, call again with the last commit that came whole.
//
// Other goroutines decode ahead; they end with the iteration. Strings of a block share memory with one another.
func (l *Ledger) Blocks(ctx context.Context, after uint64) iter.Seq2[*Block, error] {
	v := l.current()
	return func(yield func(*Block, error) bool) {
		for s, err := range l.stream(ctx, v, after) {
			if err != nil {
				yield(nil, err)
				return
			}
			// A block of its own for a trailer has no records, but ends the commit.
			b := s.Block
			if s.last {
				b.End = &s.trailer.info
			}
			if !yield(&b, nil) {
				return
			}
		}
	}
}

// Follow is [Ledger.Blocks] without an end: when all is read it waits for more, looking at the head as often as given (200 ms
// if 0), and at once when this ledger itself commits. It ends without an error when the context does, and with any other error.
func (l *Ledger) Follow(ctx context.Context, after uint64, every time.Duration) iter.Seq2[*Block, error] {
	if every <= 0 {
		every = 200 * time.Millisecond
	}
	return func(yield func(*Block, error) bool) {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			for b, err := range l.Blocks(ctx, after) {
				if ctx.Err() != nil || !yield(b, err) || err != nil {
					return
				}
				if b.End != nil {
					after = b.End.Number
				}
			}
			select {
			case <-ctx.Done():
				return
			case <-l.wait(after):
			case <-tick.C:
				if _, err := l.Refresh(ctx); err != nil {
					if ctx.Err() == nil {
						yield(nil, err)
					}
					return
				}
			}
		}
	}
}

// stream yields the blocks after the commit, checked one against the other, and lets the index grow.
func (l *Ledger) stream(ctx context.Context, v *view, after uint64) iter.Seq2[*stored, error] {
	return func(yield func(*stored, error) bool) {
		if err := l.open(); err != nil {
			yield(nil, err)
			return
		}
		if after >= v.head.last {
			return
		}
		v, err := l.whole(ctx, v)
		if err != nil {
			yield(nil, err)
			return
		}
		w, err := l.walkFrom(ctx, v, after)
		if err != nil {
			yield(nil, err)
			return
		}
		for w.at.commit <= v.head.last {
			for s, err := range l.pipeline(ctx, v, w.at) {
				mended := false
				if w.at.commit > v.head.last || ctx.Err() != nil {
					break // nothing is left but to say that the context ended
				}
				if err != nil {
					// The scan may have been at fault: it ended too soon, or showed something else once. The key decides.
					if s, err = l.readBlock(ctx, v, w.at); err != nil {
						yield(nil, err)
						return
					}
					mended = true
				}
				if err := w.step(s); err != nil {
					yield(nil, err)
					return
				}
				if s.last {
					l.index.add(&s.trailer.info, w.entries)
				}
				if !yield(s, nil) {
					return
				}
				if mended {
					break
				}
			}
			if err := ctx.Err(); err != nil && w.at.commit <= v.head.last {
				yield(nil, err)
				return
			}
		}
	}
}

// A walk goes through the blocks in order and checks that they are what the trailers and the head say.
type walk struct {
	v        *view
	at       place // of the next block
	previous hash  // of the last commit walked
	time     time.Time
	// What came so far, and where the open commit began.
	entities, firstEntity EntityNo
	claims, firstClaim    ClaimNo
	// Of the open commit:
	changes, added, retracted int
	sums                      []checksum
	entries                   []blockEntry // kept after its end, until the next begins
	// After damage, for [Ledger.Verify] alone:
	lost      bool // how much came before is not known until the next block says it
	torn      bool // a block of the open commit is missing, so its trailer cannot be compared
	unchained bool // so is the commit before
}

// walkFrom is a walk that begins after the commit. What came before is known from that commit's trailer.
func (l *Ledger) walkFrom(ctx context.Context, v *view, after uint64) (*walk, error) {
	w := &walk{v: v, at: place{commit: after + 1}}
	if after == 0 {
		return w, nil
	}
	t, err := l.trailerOf(ctx, v, after)
	if err != nil {
		return nil, err
	}
	w.previous, w.time = t.hash, t.trailer.info.Time
	w.entities, w.claims = t.trailer.info.Entities, t.trailer.info.Claims
	w.firstEntity, w.firstClaim = w.entities, w.claims
	return w, nil
}

// step takes the next block, or says what is wrong with it.
func (w *walk) step(s *stored) error {
	bad := func(found string, args ...any) error {
		key := blockKey(w.v.runOf(s.commit).writer, s.commit, s.ordinal)
		return &CorruptError{Commit: s.commit, Block: s.ordinal, Key: key, Found: fmt.Sprintf(found, args...)}
	}
	if s.place != w.at {
		return bad("a block where commit %d, block %d was expected", w.at.commit, w.at.ordinal)
	}
	if s.ordinal == 0 {
		w.firstEntity, w.firstClaim = w.entities, w.claims
		w.changes, w.added, w.retracted, w.sums, w.entries = 0, 0, 0, w.sums[:0], w.entries[:0]
	}
	if s.payload.find(sectionHot) != nil {
		if w.lost {
			w.entities, w.claims = s.FirstEntity, s.FirstClaim
			w.lost = false
			if s.ordinal == 0 {
				w.firstEntity, w.firstClaim = w.entities, w.claims
			}
		}
		if s.FirstEntity != w.entities || s.FirstClaim != w.claims {
			return bad("entities from %d and claims from %d, expected %d and %d", s.FirstEntity, s.FirstClaim, w.entities, w.claims)
		}
	} else {
		s.FirstEntity, s.FirstClaim = w.entities, w.claims
	}
	w.entries = append(w.entries, blockEntry{s.FirstClaim, uint16(s.ordinal), len(s.Changes) > 0})
	w.entities += EntityNo(len(s.Entities))
	w.claims += ClaimNo(len(s.Claims))
	w.changes += len(s.Changes)
	w.added += len(s.Claims)
	for i := range s.Changes {
		switch op := s.Changes[i].Op; {
		case op == Reassert:
			w.added++
		case op.Ends():
			w.retracted++
		}
	}
	w.at = s.next()
	if !s.last {
		if w.sums = append(w.sums, s.sums...); len(w.sums) >= maxValues {
			return bad("a commit of more than %d values", maxValues)
		}
		return nil
	}
	if w.torn {
		w.adopt(s)
		return nil
	}
	w.sums = append(w.sums, s.sums[:len(s.sums)-1]...)
	t := s.trailer
	info := Info{
		Number: s.commit, Time: t.info.Time, Author: t.info.Author, Note: t.info.Note, Dataset: t.info.Dataset,
		FirstEntity: w.firstEntity, Entities: w.entities, FirstClaim: w.firstClaim, Claims: w.claims, Added: w.added, Retracted: w.retracted,
	}
	switch {
	case t.info != info || t.changes != w.changes:
		return bad("a trailer that counts %+v and %d changes, where there are %+v and %d", t.info, t.changes, info, w.changes)
	case !slices.Equal(t.sums, w.sums):
		return bad("a trailer that names other blocks than there are")
	case t.previous != w.previous && !w.unchained:
		return bad("a commit that does not follow the one before: the hash of that is another")
	case t.info.Time.Before(w.time):
		return bad("a commit of %v after one of %v", t.info.Time, w.time)
	case s.commit == w.v.head.last && s.hash != w.v.head.hash:
		return bad("another commit than the head names")
	}
	w.previous, w.time, w.unchained = s.hash, t.info.Time, false
	return nil
}

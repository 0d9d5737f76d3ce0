package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"entente/graph"
	"entente/graph/kv"
)

// batchKeys is how many blocks are asked for in one Get.
const batchKeys = 64

// reading is the view to read in, whole.
func (l *Ledger) reading(ctx context.Context) (*view, error) {
	if err := l.open(); err != nil {
		return nil, err
	}
	return l.whole(ctx, l.current())
}

// catchUp lets the index grow until it covers the view.
func (l *Ledger) catchUp(ctx context.Context, v *view) error {
	for known := l.index.known(); known < v.head.last; known = l.index.known() {
		for _, err := range l.stream(ctx, v, known) {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// Read returns the claims of the numbers, in their order, whole. A number may come several times. Claims come through a
// cache, so the qualifiers of what it returns are shared and must not be changed. The error is [ErrNoCommit] for a number
// that the newest commit known here does not have, [ErrCorrupt] if a block is missing or damaged.
func (l *Ledger) Read(ctx context.Context, nos []ClaimNo) ([]Claim, error) {
	if err := l.open(); err != nil {
		return nil, err
	}
	claims := make([]Claim, len(nos))
	kept := l.evidence.Load()
	missing := kept.find(nos, claims)
	if len(missing) == 0 {
		return claims, nil
	}
	err := l.eachBlock(ctx, nos, missing, func(v *view, w *wanted, value []byte) error {
		s, err := l.assembleWanted(ctx, v, w, value)
		if err != nil {
			return err
		}
		cold, _, err := s.decodeCold()
		if err != nil {
			return located(formatError(w.key, err), w.at)
		}
		for _, i := range w.which {
			at := nos[i] - s.FirstClaim
			claims[i] = join(&s.Claims[at], &cold[at])
			if len(nos) <= mostKept {
				kept.keep(nos[i], &claims[i])
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return claims, nil
}

// IDs returns the ids of the claims, in the order of the numbers. It unpacks nothing, so it is cheap where many numbers are
// of one block, and what it reads is not kept. Errors are as for [Ledger.Read].
func (l *Ledger) IDs(ctx context.Context, nos []ClaimNo) ([]graph.ClaimID, error) {
	ids := make([]graph.ClaimID, len(nos))
	all := make([]int, len(nos))
	for i := range all {
		all[i] = i
	}
	err := l.eachBlock(ctx, nos, all, func(v *view, w *wanted, value []byte) error {
		first, end := l.claimsOf(w.number)
		if section := idsIn(v.head.ledger, w.key, value); len(section) == int(end-first)*len(graph.ClaimID{}) {
			for _, i := range w.which {
				copy(ids[i][:], section[int(nos[i]-first)*len(graph.ClaimID{}):])
			}
			return nil
		}
		// A block in pieces, or damage: the long way tells.
		s, err := l.assembleWanted(ctx, v, w, value)
		if err != nil {
			return err
		}
		for _, i := range w.which {
			ids[i] = s.Claims[nos[i]-first].ID
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return ids, nil
}

// idsIn finds the section of ids in the value of a block, nil if there is anything odd about it.
func idsIn(ledger nonce, key kv.Key, value []byte) []byte {
	payload, flags, err := unseal(key, kindBlock, ledger, value)
	if err != nil || flags&(flagContinues|flagContinued) != 0 {
		return nil
	}
	p, err := parsePayload(payload)
	if err != nil {
		return nil
	}
	if ids := p.find(sectionIDs); ids != nil && ids.codec == codecNone {
		return ids.stored
	}
	return nil
}

// A wanted block has to be fetched.
type wanted struct {
	number uint32
	at     place
	key    kv.Key
	which  []int // of the numbers asked for
}

// eachBlock calls fetched for each block that holds one of the claims, with the indexes in nos of those it holds; order are the indexes that
// are wanted, and is changed. The value is as the store gave it, nil if it gave none.
func (l *Ledger) eachBlock(ctx context.Context, nos []ClaimNo, order []int, fetched func(v *view, w *wanted, value []byte) error) error {
	v, err := l.reading(ctx)
	if err != nil || len(order) == 0 {
		return err
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(nos[a], nos[b]) })
	last := nos[order[len(order)-1]]
	if last >= v.info.Claims {
		return fmt.Errorf("%w: claim %d of %d", ErrNoCommit, last, v.info.Claims)
	}
	if last >= l.index.covers() {
		if err := l.catchUp(ctx, v); err != nil {
			return err
		}
	}
	var missing []wanted
	for len(order) > 0 {
		number := l.index.blockOf(nos[order[0]])
		n := 1
		for end := l.index.firstClaimAfter(number); n < len(order) && nos[order[n]] < end; n++ {
		}
		at := l.index.placeOf(number)
		missing = append(missing, wanted{number, at, blockKey(v.runOf(at.commit).writer, at.commit, at.ordinal), order[:n]})
		order = order[n:]
		if len(missing) == batchKeys || len(order) == 0 {
			if err := l.fetch(ctx, v, missing, fetched); err != nil {
				return err
			}
			missing = missing[:0]
		}
	}
	return nil
}

// fetch gets many blocks at once.
func (l *Ledger) fetch(ctx context.Context, v *view, blocks []wanted, fetched func(v *view, w *wanted, value []byte) error) error {
	if len(blocks) == 0 {
		return nil
	}
	keys := make([]kv.Key, len(blocks))
	for i := range blocks {
		keys[i] = blocks[i].key
	}
	values, err := l.store.Get(ctx, keys...)
	if err != nil {
		values = make([][]byte, len(keys)) // one of them may be at fault: each is asked for by itself
	}
	for i := range blocks {
		if err := fetched(v, &blocks[i], values[i]); err != nil {
			return err
		}
	}
	return nil
}

// assembleWanted decodes the block from the value, or reads it again if that will not do. It holds the claims that the index has for it.
func (l *Ledger) assembleWanted(ctx context.Context, v *view, w *wanted, value []byte) (s *stored, err error) {
	if value != nil && headerFlags(value)&flagContinues == 0 {
		s, err = assemble(v.head.ledger, v.runOf(w.at.commit).writer, w.at, [][]byte{value})
	}
	if s == nil || err != nil {
		if s, err = l.readBlock(ctx, v, w.at); err != nil {
			return nil, err
		}
	}
	if first, end := l.claimsOf(w.number); s.FirstClaim != first || s.FirstClaim+ClaimNo(len(s.Claims)) != end {
		return nil, &CorruptError{Commit: w.at.commit, Block: w.at.ordinal, Key: w.key, Found: "other claims than were there before"}
	}
	return s, nil
}

// claimsOf is the range of claims that the index has for the block.
func (l *Ledger) claimsOf(number uint32) (first, end ClaimNo) {
	l.index.mu.RLock()
	first = l.index.blocks[number].firstClaim
	l.index.mu.RUnlock()
	return first, l.index.firstClaimAfter(number)
}

// Info describes a commit. The error is [ErrNoCommit] for 0 and for commits after the newest known here.
func (l *Ledger) Info(ctx context.Context, n uint64) (Info, error) {
	v, err := l.reading(ctx)
	if err != nil {
		return Info{}, err
	}
	if n == 0 || n > v.head.last {
		return Info{}, fmt.Errorf("%w: commit %d of %d", ErrNoCommit, n, v.head.last)
	}
	if n == v.head.last {
		return v.info, nil
	}
	s, err := l.trailerOf(ctx, v, n)
	if err != nil {
		return Info{}, err
	}
	return s.trailer.info, nil
}

// trailerOf reads the last block of a commit that is in the view.
func (l *Ledger) trailerOf(ctx context.Context, v *view, commit uint64) (*stored, error) {
	at := place{v.head.last, v.head.ordinal}
	if commit != v.head.last {
		if l.index.known() < commit {
			if err := l.catchUp(ctx, v); err != nil {
				return nil, err
			}
		}
		at = l.index.lastBlock(commit)
	}
	s, err := l.readBlock(ctx, v, at)
	if err != nil {
		return nil, err
	}
	if s.trailer == nil || s.trailer.info.Number != commit {
		return nil, &CorruptError{Commit: commit, Block: at.ordinal, Key: blockKey(v.runOf(commit).writer, commit, at.ordinal), Found: "no trailer where the commit ends"}
	}
	return s, nil
}

// At is the last commit not after t, 0 if there is none. It knows the commits that were streamed or appended here, and the newest.
func (l *Ledger) At(t time.Time) uint64 {
	v := l.current()
	if v.head.last > 0 && !v.info.Time.After(t) {
		return v.head.last
	}
	return l.index.at(t)
}

// Changes returns the changes of one commit with their reasons, none if it has none. They come through a cache, so they are shared and must
// not be changed. Errors are as for [Ledger.Info].
func (l *Ledger) Changes(ctx context.Context, n uint64) ([]Change, error) {
	v, err := l.reading(ctx)
	if err != nil {
		return nil, err
	}
	if n == 0 || n > v.head.last {
		return nil, fmt.Errorf("%w: commit %d of %d", ErrNoCommit, n, v.head.last)
	}
	if l.index.known() < n {
		if err := l.catchUp(ctx, v); err != nil {
			return nil, err
		}
	}
	kept := l.evidence.Load()
	if changes, ok := kept.changes.Get(n); ok {
		return changes, nil
	}
	var changes []Change
	for _, number := range l.index.blocksWithChanges(n) {
		at := l.index.placeOf(number)
		s, err := l.readBlock(ctx, v, at)
		if err != nil {
			return nil, err
		}
		_, inBlock, err := s.decodeCold()
		if err != nil {
			return nil, located(formatError(blockKey(v.runOf(at.commit).writer, at.commit, at.ordinal), err), at)
		}
		changes = append(changes, inBlock...)
	}
	kept.keepChanges(n, changes)
	return changes, nil
}

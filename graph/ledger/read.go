package ledger

import (
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

// Read returns the claims of the numbers, in their order, whole. A number may come several times. Blocks come through a
// cache, so the qualifiers of what it returns are shared and must not be changed. The error is [ErrNoCommit] for a number
// that the newest commit known here does not have, [ErrCorrupt] if a block is missing or damaged.
func (l *Ledger) Read(ctx context.Context, nos []ClaimNo) ([]Claim, error) {
	claims := make([]Claim, len(nos))
	err := l.eachBlock(ctx, nos, func(number uint32, s *stored, cached *cachedBlock, which []int) error {
		if cached == nil {
			var err error
			if cached, err = wholeBlock(number, s); err != nil {
				return err
			}
			l.cache.put(cached)
		}
		for _, i := range which {
			claims[i] = cached.claims[nos[i]-cached.first]
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return claims, nil
}

// IDs returns the ids of the claims, in the order of the numbers. It unpacks nothing, and is cheap where many numbers are of
// one block. Errors are as for [Ledger.Read].
func (l *Ledger) IDs(ctx context.Context, nos []ClaimNo) ([]graph.ClaimID, error) {
	ids := make([]graph.ClaimID, len(nos))
	err := l.eachBlock(ctx, nos, func(_ uint32, s *stored, cached *cachedBlock, which []int) error {
		for _, i := range which {
			if cached != nil {
				ids[i] = cached.claims[nos[i]-cached.first].ID
			} else {
				ids[i] = s.Claims[nos[i]-s.FirstClaim].ID
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return ids, nil
}

// eachBlock calls use for each block that holds one of the claims, with the indexes of those in nos, and the block either as
// stored or from the cache.
func (l *Ledger) eachBlock(ctx context.Context, nos []ClaimNo, use func(number uint32, s *stored, cached *cachedBlock, which []int) error) error {
	v, err := l.reading(ctx)
	if err != nil {
		return err
	}
	order := make([]int, len(nos))
	for i, n := range nos {
		if n >= v.info.Claims {
			return fmt.Errorf("%w: claim %d of %d", ErrNoCommit, n, v.info.Claims)
		}
		order[i] = i
		if n >= l.index.covers() {
			if err := l.catchUp(ctx, v); err != nil {
				return err
			}
		}
	}
	slices.SortFunc(order, func(a, b int) int { return int(int64(nos[a]) - int64(nos[b])) })
	var missing []wanted
	for len(order) > 0 {
		number := l.index.blockOf(nos[order[0]])
		n := 1
		for end := l.index.firstClaimAfter(number); n < len(order) && nos[order[n]] < end; n++ {
		}
		which := order[:n]
		order = order[n:]
		if cached := l.cache.get(number); cached != nil {
			if err := use(number, nil, cached, which); err != nil {
				return err
			}
			continue
		}
		at := l.index.placeOf(number)
		missing = append(missing, wanted{number, at, blockKey(v.runOf(at.commit).writer, at.commit, at.ordinal), which})
		if len(missing) == batchKeys || len(order) == 0 {
			if err := l.fetch(ctx, v, missing, use); err != nil {
				return err
			}
			missing = missing[:0]
		}
	}
	return l.fetch(ctx, v, missing, use)
}

// A wanted block has to be fetched.
type wanted struct {
	number uint32
	at     place
	key    kv.Key
	which  []int
}

func (l *Ledger) fetch(ctx context.Context, v *view, blocks []wanted, use func(uint32, *stored, *cachedBlock, []int) error) error {
	if len(blocks) == 0 {
		return nil
	}
	keys := make([]kv.Key, len(blocks))
	for i := range blocks {
		keys[i] = blocks[i].key
	}
	values, err := l.store.Get(ctx, keys...)
	if err != nil {
		values = make([][]byte, len(keys)) // one of them may be at fault: ask for each by itself
	}
	for i, b := range blocks {
		var s *stored
		err := errWire
		if headerFlags(values[i])&flagContinues == 0 && values[i] != nil {
			s, err = assemble(v.head.ledger, v.runOf(b.at.commit).writer, b.at, values[i:i+1])
		}
		if err != nil {
			if s, err = l.readBlock(ctx, v, b.at); err != nil {
				return err
			}
		}
		first, end := l.claimsOf(b.number)
		if s.FirstClaim != first || s.FirstClaim+ClaimNo(len(s.Claims)) != end {
			return &CorruptError{Commit: b.at.commit, Block: b.at.ordinal, Key: b.key, Found: "other claims than were there before"}
		}
		if err := use(b.number, s, nil, b.which); err != nil {
			return located(formatError(b.key, err), b.at)
		}
	}
	return nil
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

// Changes returns the changes of one commit with their reasons, none if it has none. Errors are as for [Ledger.Info].
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
	var changes []Change
	for _, number := range l.index.blocksWithChanges(n) {
		b := l.cache.get(number)
		if b == nil {
			at := l.index.placeOf(number)
			s, err := l.readBlock(ctx, v, at)
			if err != nil {
				return nil, err
			}
			if b, err = wholeBlock(number, s); err != nil {
				return nil, located(formatError(blockKey(v.runOf(at.commit).writer, at.commit, at.ordinal), err), at)
			}
			l.cache.put(b)
		}
		changes = append(changes, b.changes...)
	}
	return changes, nil
}

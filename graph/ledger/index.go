package ledger

import (
	"sort"
	"sync"
	"time"
)

// An index says where each block and commit stands, for commits from 1 on without gaps. It is kept small: a ledger may have
// a hundred thousand commits of one claim, or a million blocks.
type index struct {
	mu      sync.RWMutex
	commits []commitEntry
	blocks  []blockEntry
	// What the ledger holds at the end of the last commit here.
	entities EntityNo
	claims   ClaimNo
	latest   time.Time
}

type commitEntry struct {
	micros      int64 // the commit's time
	firstEntity EntityNo
	firstClaim  ClaimNo
	firstBlock  uint32
}

// A blockEntry has no commit, which is found by the number of the block.
type blockEntry struct {
	firstClaim ClaimNo
	ordinal    uint16
	changes    bool
}

// known is the number of commits that the index covers.
func (x *index) known() uint64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return uint64(len(x.commits))
}

// covers is the number of claims that the index covers.
func (x *index) covers() ClaimNo {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.claims
}

// add appends a commit, if it is the next. Readers that stream the same commits at the same time all offer them.
func (x *index) add(info *Info, blocks []blockEntry) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if info.Number != uint64(len(x.commits))+1 {
		return
	}
	x.commits = append(x.commits, commitEntry{info.Time.UnixMicro(), info.FirstEntity, info.FirstClaim, uint32(len(x.blocks))})
	x.blocks = append(x.blocks, blocks...)
	x.entities, x.claims, x.latest = info.Entities, info.Claims, info.Time
}

// blockOf is the number of the block that holds the claim, which the index must cover.
func (x *index) blockOf(claim ClaimNo) uint32 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	// A block without claims has the same first claim as the next one, and is never the last of those.
	return uint32(sort.Search(len(x.blocks), func(i int) bool { return x.blocks[i].firstClaim > claim }) - 1)
}

// firstClaimAfter is the first claim that is not in the block or one before.
func (x *index) firstClaimAfter(block uint32) ClaimNo {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if int(block)+1 < len(x.blocks) {
		return x.blocks[block+1].firstClaim
	}
	return x.claims
}

// placeOf is where the block stands.
func (x *index) placeOf(block uint32) place {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n := sort.Search(len(x.commits), func(i int) bool { return x.commits[i].firstBlock > block })
	return place{uint64(n), int(x.blocks[block].ordinal)}
}

// lastBlock is where the commit's last block begins.
func (x *index) lastBlock(commit uint64) place {
	x.mu.RLock()
	defer x.mu.RUnlock()
	_, end := x.span(commit)
	return place{commit, int(x.blocks[end-1].ordinal)}
}

// blocksWithChanges are the numbers of those of the commit's blocks that hold changes.
func (x *index) blocksWithChanges(commit uint64) []uint32 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var found []uint32
	first, end := x.span(commit)
	for i := first; i < end; i++ {
		if x.blocks[i].changes {
			found = append(found, i)
		}
	}
	return found
}

// span is the range of the commit's blocks. The caller holds the lock.
func (x *index) span(commit uint64) (first, end uint32) {
	end = uint32(len(x.blocks))
	if commit < uint64(len(x.commits)) {
		end = x.commits[commit].firstBlock
	}
	return x.commits[commit-1].firstBlock, end
}

// at is the last commit not after t, 0 if there is none.
func (x *index) at(t time.Time) uint64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return uint64(sort.Search(len(x.commits), func(i int) bool { return time.UnixMicro(x.commits[i].micros).After(t) }))
}

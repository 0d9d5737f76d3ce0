package ledger

import (
	"container/list"
	"sync"
	"unsafe"
)

// A cache keeps decoded blocks by their number, and drops those not asked for longest when they come to more than
// its limit of bytes. What it gives out is shared and must not be changed.
type cache struct {
	mu     sync.Mutex
	limit  int64
	size   int64
	blocks map[uint32]*list.Element
	recent *list.List // of *cachedBlock, the most recent first
}

// A cachedBlock is a whole block. Its claims are joined when asked for: most never are.
type cachedBlock struct {
	number  uint32
	first   ClaimNo
	hot     []HotClaim
	cold    []coldClaim
	changes []Change
	size    int64
}

func (b *cachedBlock) claim(n ClaimNo) Claim { return join(&b.hot[n-b.first], &b.cold[n-b.first]) }

func newCache(limit int64) *cache {
	return &cache{limit: limit, blocks: map[uint32]*list.Element{}, recent: list.New()}
}

func (c *cache) get(number uint32) *cachedBlock {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.blocks[number]
	if e == nil {
		return nil
	}
	c.recent.MoveToFront(e)
	return e.Value.(*cachedBlock)
}

// put keeps the block, unless it alone is over the limit.
func (c *cache) put(b *cachedBlock) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if b.size > c.limit || c.blocks[b.number] != nil {
		return
	}
	c.blocks[b.number] = c.recent.PushFront(b)
	for c.size += b.size; c.size > c.limit; {
		old := c.recent.Remove(c.recent.Back()).(*cachedBlock)
		delete(c.blocks, old.number)
		c.size -= old.size
	}
}

func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.blocks)
	c.recent.Init()
	c.size = 0
}

// wholeBlock decodes the cold part of a block and reckons what it takes in memory.
func wholeBlock(number uint32, s *stored) (*cachedBlock, error) {
	cold, changes, err := s.decodeCold()
	if err != nil {
		return nil, err
	}
	b := &cachedBlock{number: number, first: s.FirstClaim, hot: s.Claims, cold: cold, changes: changes}
	b.size = 256 + int64(len(b.hot))*int64(unsafe.Sizeof(HotClaim{})+unsafe.Sizeof(coldClaim{})) + int64(cap(changes))*int64(unsafe.Sizeof(Change{}))
	for _, kind := range []byte{sectionHot, sectionCold} {
		if p := s.payload.find(kind); p != nil {
			b.size += int64(p.raw) // the texts are most of it, and the qualifiers take about what the rest did
		}
	}
	return b, nil
}

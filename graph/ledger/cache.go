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

// A cachedBlock is a whole block, cold part and all.
type cachedBlock struct {
	number  uint32
	first   ClaimNo
	claims  []Claim
	changes []Change
	size    int64
}

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
	claims, changes, err := s.claims()
	if err != nil {
		return nil, err
	}
	b := &cachedBlock{number: number, first: s.FirstClaim, claims: claims, changes: changes}
	b.size = 256 + int64(cap(claims))*int64(unsafe.Sizeof(Claim{})) + int64(cap(changes))*int64(unsafe.Sizeof(Change{}))
	for i := range claims {
		c := &claims[i]
		b.size += int64(len(c.Qualifiers))*int64(unsafe.Sizeof(Qualifier{})) + int64(len(c.Value)+len(c.Locator)+len(c.Quote)+len(c.Key))
		for j := range c.Qualifiers {
			b.size += int64(len(c.Qualifiers[j].Value))
		}
	}
	for i := range changes {
		b.size += int64(len(changes[i].Reason))
	}
	return b, nil
}

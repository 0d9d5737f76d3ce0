package resolvers

import (
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
)

// A prepared document has passed all checks that do not depend on variables. It is shared by requests and must not be changed.
type prepared struct {
	document  *ast.QueryDocument
	operation *ast.OperationDefinition
	text      string // as the executing library is to have it
}

// A preparedKey is what a prepared document depends on.
type preparedKey struct{ query, operationName string }

// maxPrepared bounds the texts of the documents that are kept, in bytes. Parsed, a document takes some 25 times its text.
const maxPrepared = 256 << 10

// A preparedCache keeps the documents asked for of late, since a program asks the same ones again and again, and to parse and check one takes as
// long as a small answer. Documents are in two halves: when the newer one is full, it becomes the older one, which is dropped.
// What is found in the older one moves to the newer.
type preparedCache struct {
	mu           sync.Mutex
	newer, older map[preparedKey]*prepared
	size         int // of the texts in newer
}

// get is nil for a document that is not there.
func (c *preparedCache) get(key preparedKey) *prepared {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p := c.newer[key]; p != nil {
		return p
	}
	p := c.older[key]
	if p != nil {
		c.add(key, p)
	}
	return p
}

// put keeps a document, unless its texts alone would fill a half.
func (c *preparedCache) put(key preparedKey, p *prepared) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.newer[key] == nil && key.size(p) <= maxPrepared/2 {
		c.add(key, p)
	}
}

// add puts a document into the newer half, where it is not. The caller holds the lock.
func (c *preparedCache) add(key preparedKey, p *prepared) {
	size := key.size(p)
	if c.newer == nil || c.size+size > maxPrepared/2 {
		c.newer, c.older, c.size = make(map[preparedKey]*prepared), c.newer, 0
	}
	c.newer[key] = p
	c.size += size
}

// size is that of the texts.
func (key preparedKey) size(p *prepared) int {
	return len(key.query) + len(key.operationName) + len(p.text)
}

package resolvers

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"entente/graph"
	"entente/graph/store"
)

// A pin holds a request to one commit: every field of it is answered at the newest one there was when it came in,
// whatever is committed meanwhile. A mutation moves the pin to its own commit.
type pin struct {
	store *store.Store
	asked asked      // by its document
	today graph.Date // what is asked of one day only is answered for it where no day is given
	head  atomic.Pointer[view]

	mu      sync.Mutex // guards commits, while one is read too, so that each is read once
	commits map[uint64]*Commit
}

type pinKey struct{}

// pinned gives the context of a new request that comes in at a time and asks for some fields, and its pin.
func pinned(ctx context.Context, s *store.Store, now time.Time, asked asked) (context.Context, *pin) {
	p := &pin{store: s, asked: asked, today: graph.DayOf(now.UTC().Date()).Date()}
	p.advance()
	return context.WithValue(ctx, pinKey{}, p), p
}

// pinOf gives the pin of a request; every resolver runs in one.
func pinOf(ctx context.Context) *pin { return ctx.Value(pinKey{}).(*pin) }

// view is the graph at the pin.
func (p *pin) view() *view { return p.head.Load() }

// commit is the number of the pin's commit.
func (p *pin) commit() uint64 { return p.view().Moment().Commit }

// advance moves the pin to what is newest now.
func (p *pin) advance() { p.head.Store(viewFor(p.store.Head(), p.asked)) }

// info reads about a commit, once a request: a page of five hundred claims mostly names a handful of commits. Commits
// never change, so one read before a mutation of the same request is right after it, too.
func (p *pin) info(ctx context.Context, number uint64) (*Commit, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.commits[number]; c != nil {
		return c, nil
	}
	info, err := p.store.CommitInfo(ctx, number)
	if err != nil {
		return nil, err
	}
	c := newCommit(info)
	if p.commits == nil {
		p.commits = map[uint64]*Commit{}
	}
	p.commits[number] = c
	return c, nil
}

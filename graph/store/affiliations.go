package store

import (
	"context"
	"sync"
	"time"

	"entente/graph/topology"
	"entente/graph/trace"
)

// An affiliating keeps the affiliations of the newest commit for questions that ask for them. They are laid out beside, once a question has come
// for which there are none; until then it is answered without. They are dropped when the head moves on.
type affiliating struct {
	now func() time.Time

	mu     sync.Mutex
	head   *topology.Snapshot  // the newest that it was told of; nil before the first commit
	kept   *trace.Affiliations // of head; nil if there are none
	tried  bool                // to lay out those of head
	cancel context.CancelFunc  // of what is being laid out, be it of head or not; nil if nothing is
	idle   time.Time           // nothing is laid out before
	closed bool
	work   sync.WaitGroup
}

// restful is how many times as long as it took to lay out affiliations there is a rest before it is done again: a stream of commits with
// questions in between takes no more than a small part of a processor.
const restful = 10

// at is the affiliations of a snapshot; nil if there are none. If the snapshot is the newest there may be some later.
func (a *affiliating) at(snap *topology.Snapshot) *trace.Affiliations {
	a.mu.Lock()
	defer a.mu.Unlock()
	if snap != a.head {
		return nil
	}
	if !a.tried && a.cancel == nil && !a.closed && !a.now().Before(a.idle) {
		ctx, cancel := context.WithCancel(context.Background())
		a.tried, a.cancel = true, cancel
		a.work.Go(func() { a.layOut(ctx, snap) })
	}
	return a.kept
}

// layOut makes affiliations and keeps them, if they are still wanted.
func (a *affiliating) layOut(ctx context.Context, snap *topology.Snapshot) {
	began := a.now()
	made, err := trace.AffiliationsOf(ctx, snap)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.cancel()
	a.cancel = nil
	ended := a.now()
	a.idle = ended.Add(restful * ended.Sub(began))
	// An error is that nobody wants them any more, or that the graph is too large for them: then questions are answered without.
	if err == nil && a.head == snap && !a.closed {
		a.kept = made
	}
}

// moveOn takes the newest snapshot for the head. It drops the affiliations of the one before, and gives up laying them out.
func (a *affiliating) moveOn(head *topology.Snapshot) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.head, a.tried = head, false
	a.drop()
}

// drop is for those who hold the lock.
func (a *affiliating) drop() {
	a.kept = nil
	if a.cancel != nil {
		a.cancel()
	}
}

// close drops the affiliations. Nothing is being laid out then, and nothing will be any more.
func (a *affiliating) close() {
	a.mu.Lock()
	a.closed = true
	a.drop()
	a.mu.Unlock()
	a.work.Wait()
}

// affiliations are those of the view, for a question that they may serve; nil if there are none.
func (v *View) affiliations(f *trace.Filter) *trace.Affiliations {
	if !f.Ordinary() {
		return nil
	}
	return v.s.affiliating.at(v.snap)
}

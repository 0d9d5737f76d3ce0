package store

import (
	"context"
	"sync"
	"time"

	"entente/graph/ledger"
	"entente/graph/topology"
	"entente/graph/trace"
)

// An affiliating keeps the affiliations of the newest commit for questions that ask for them. They are laid out beside, once a question has come
// for which there are none; until then it is answered without. They go on with the head until a commit may have changed what they are made of.
type affiliating struct {
	now func() time.Time

	mu     sync.Mutex
	head   *topology.Snapshot  // the newest that it was told of; nil before the first commit
	kept   *trace.Affiliations // of head; nil if there are none
	tried  bool                // to lay out those of head, or of one before that were the same
	cancel context.CancelFunc  // of what is being laid out, be it wanted still or not; nil if nothing is
	idle   time.Time           // nothing is laid out before
	closed bool
	work   sync.WaitGroup

	disturbed bool // by what of the commit being entered has come so far; the writer's
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

// layOut makes affiliations and keeps them for what has become the head, if they are still wanted.
func (a *affiliating) layOut(ctx context.Context, snap *topology.Snapshot) {
	began := a.now()
	made, err := trace.AffiliationsOf(ctx, snap)
	a.mu.Lock()
	defer a.mu.Unlock()
	// An error is that nobody wants them any more, or that the graph is too large for them: then questions are answered without.
	if err == nil && ctx.Err() == nil {
		a.kept = made.At(a.head)
	}
	a.cancel()
	a.cancel = nil
	ended := a.now()
	a.idle = ended.Add(restful * ended.Sub(began))
}

// see takes in the next block after a snapshot, which the topology has taken in.
func (a *affiliating) see(block *ledger.Block, before *topology.Snapshot) {
	a.disturbed = a.disturbed || trace.Disturbs(block, before)
}

// moveOn takes the newest snapshot for the head, when the last block of its commit has been seen. If that may have changed affiliations it
// drops those that are there, and gives up laying them out.
func (a *affiliating) moveOn(head *topology.Snapshot) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.head = head
	switch {
	case a.disturbed:
		a.tried, a.disturbed = false, false
		a.drop()
	case a.kept != nil:
		a.kept = a.kept.At(head)
	}
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

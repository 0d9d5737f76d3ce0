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
	of     *topology.Snapshot // that which is kept, or being laid out, is of; nil if there is none
	kept   *trace.Affiliations
	cancel context.CancelFunc // of what is being laid out; nil if nothing is
	idle   time.Time          // nothing is laid out before
	closed bool
	work   sync.WaitGroup
}

// restful is how many times as long as it took to lay out affiliations there is a rest before it is done again: a stream of commits with
// questions in between takes no more than a small part of a processor.
const restful = 10

// at is the affiliations of a snapshot; nil if there are none. If the snapshot is the newest there may be some later.
func (a *affiliating) at(snap *topology.Snapshot, isHead bool) *trace.Affiliations {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.of == snap {
		return a.kept
	}
	if isHead && a.cancel == nil && !a.closed && !a.now().Before(a.idle) {
		ctx, cancel := context.WithCancel(context.Background())
		a.of, a.cancel = snap, cancel
		a.work.Go(func() { a.layOut(ctx, snap) })
	}
	return nil
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
	if err == nil && a.of == snap {
		a.kept = made
	}
}

// moveOn drops the affiliations of any snapshot but the head, and gives up laying them out.
func (a *affiliating) moveOn(head *topology.Snapshot) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.of != head {
		a.drop()
	}
}

// drop is for those who hold the lock.
func (a *affiliating) drop() {
	a.of, a.kept = nil, nil
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
	return v.s.affiliating.at(v.snap, v.snap == v.s.topology.Head())
}

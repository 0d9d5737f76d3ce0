// Package store keeps a ledger and its topology in step. It is what resolvers and loader talk to: a [View] answers
// questions as of a day in the world and as known at a commit; [Store.Commit] adds to what is known.
//
// The whole ledger is streamed into memory when a store is opened. Afterwards views answer from memory and read
// claims' texts and quotes from the ledger. One goroutine commits at a time; views go on meanwhile and never see
// part of a commit.
package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"entente/cache"
	"entente/graph/kv"
	"entente/graph/ledger"
	"entente/graph/topology"
	"entente/graph/trace"
)

var (
	// ErrMoment marks a moment that cannot be: both a commit and a time known at, or a commit that is not there.
	ErrMoment = errors.New("store: bad moment")
	// ErrExpect means that the head is not the commit the caller expected: others came first.
	ErrExpect = errors.New("store: the graph has changed since")
	// ErrCursor marks a cursor that no page of the same list gave.
	ErrCursor = errors.New("store: bad cursor")
	// ErrArgument marks a question whose parts do not fit.
	ErrArgument = errors.New("store: bad argument")
)

// Options of a store; the zero value is usable.
type Options struct {
	Now   func() time.Time // the clock for commit times; nil is the machine's
	Cache int64            // bytes of claims kept as evidence; 0 is the ledger's default
}

// A Store is a graph of agreements in a key-value engine.
type Store struct {
	ledger   *ledger.Ledger
	topology *topology.Topology
	writing  sync.Mutex // held by whoever commits or catches up
	datasets []string   // of each commit, the one it was imported from; guarded by writing
	swept    bool       // what other writers left unpublished is gone; guarded by writing

	affiliating affiliating
	// found are the answers to questions for findings asked for last, so that a second page does not take the work of the first once more. They
	// are numbers of entities and claims; what these say is read for each page.
	found *cache.LRU[findingKey, *found]
	// testimonies are what was said of those of whom it was asked last who recognizes them, sorted.
	testimonies *cache.LRU[testimonyKey, *trace.Testimony]
}

// Open reads the ledger in the engine into memory. It writes nothing; an empty engine is an empty graph. The engine
// stays the caller's to close, after the store.
func Open(ctx context.Context, engine kv.Store, opts Options) (*Store, error) {
	l, err := ledger.Open(ctx, engine, ledger.Options{Now: opts.Now, Cache: opts.Cache})
	if err != nil {
		return nil, fmt.Errorf("open the ledger: %w", err)
	}
	s := &Store{ledger: l, topology: topology.New(), affiliating: affiliating{now: time.Now}}
	s.found = cache.NewLRU[findingKey, *found](findingsKept)
	s.testimonies = cache.NewLRU[testimonyKey, *trace.Testimony](testimoniesKept)
	head := l.Head()
	s.topology.Expect(head.Entities, head.Claims)
	err = s.apply(ctx, 0)
	s.topology.Settle()
	if err != nil {
		s.topology.Wait()
		return nil, errors.Join(fmt.Errorf("read the ledger: %w", err), l.Close())
	}
	return s, nil
}

// apply streams the commits after the given one into the topology.
func (s *Store) apply(ctx context.Context, after uint64) error {
	for block, err := range s.ledger.Blocks(ctx, after) {
		if err != nil {
			return err
		}
		s.enter(block)
	}
	return nil
}

// enter takes in the next block.
func (s *Store) enter(block *ledger.Block) {
	before := s.topology.Head()
	s.topology.Apply(block)
	s.affiliating.see(block, before)
	if block.End == nil {
		return
	}
	s.affiliating.moveOn(s.topology.Head())
	dataset := block.End.Dataset
	if n := len(s.datasets); n > 0 && s.datasets[n-1] == dataset {
		dataset = s.datasets[n-1] // one string for all
	}
	s.datasets = append(s.datasets, dataset)
}

// Refresh takes in what other writers have committed to the same engine.
func (s *Store) Refresh(ctx context.Context) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.refresh(ctx)
}

func (s *Store) refresh(ctx context.Context) error {
	if _, err := s.ledger.Refresh(ctx); err != nil {
		return err
	}
	return s.apply(ctx, s.topology.Head().Commit())
}

// Bulk runs a series of large commits. Until it returns, searches do not find the names that came in it; nothing else
// is different, and other commits may come in between.
func (s *Store) Bulk(commits func() error) error {
	s.bulk(true)
	defer s.bulk(false)
	return commits()
}

func (s *Store) bulk(on bool) {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.topology.Bulk(on)
}

// Close waits for a commit under way and closes the ledger, not the engine.
func (s *Store) Close() error {
	s.affiliating.close()
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.ledger.Close()
}

// LedgerID identifies the data folder; empty before the first commit.
func (s *Store) LedgerID() string { return s.ledger.ID() }

// CommitInfo describes a commit.
func (s *Store) CommitInfo(ctx context.Context, number uint64) (ledger.Info, error) {
	return s.ledger.Info(ctx, number)
}

// Commits lists the commits up to the view's, newest first.
func (v *View) Commits(ctx context.Context, page Page) (List[ledger.Info], error) {
	head := v.snap.Commit()
	numbers := make([]uint64, head)
	for i := range numbers {
		numbers[i] = head - uint64(i)
	}
	// Newest first, so the cursor counts down: its key is how far the number is from the largest there can be.
	list, err := Paginate("commits", numbers, page, func(n uint64) string { return sortable(^n) })
	if err != nil {
		return List[ledger.Info]{}, err
	}
	infos := make([]ledger.Info, 0, len(list.Items))
	for _, n := range list.Items {
		info, err := v.s.ledger.Info(ctx, n)
		if err != nil {
			return List[ledger.Info]{}, err
		}
		infos = append(infos, info)
	}
	return relist(&list, infos), nil
}

// Verify re-reads the whole ledger from the engine and reports what does not hold.
func (s *Store) Verify(ctx context.Context, progress func(done, total uint64)) (ledger.Report, error) {
	return s.ledger.Verify(ctx, progress)
}

// Package topology is the ledger's projection in memory: who stands in which claim with whom, names, ids, dates
// and merges. Questions walk it and never the disk; only evidence is fetched from the ledger.
//
// A [Topology] is fed the ledger's blocks in order by one writer. A [Snapshot] is a commit number: everything in
// memory is either numbered in ledger order, so that a reader skips what came later by comparing numbers, or kept
// with the commits from which it holds. So a snapshot costs nothing to take, any commit of the past can be asked
// for, and readers take no locks while the writer goes on.
//
// The edges of each entity lie together, sorted by predicate and day. A bulk load lays them out in one array; an
// entity touched afterwards gets a node of its own whose leaves are shared from one commit to the next, so that
// a commit on an entity with a million edges copies one leaf. Ties without a date lie in the order of the ledger; their order by the day of
// their meetings is kept for an entity once somebody has asked for it. Merging entities touches no edge: which entities
// are one is kept beside, by commit.
package topology

import (
	"encoding/binary"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology/names"
)

// A Topology is the projection of one ledger. One goroutine calls Apply and Settle; any number use snapshots.
type Topology struct {
	head    atomic.Pointer[Snapshot]
	commits column[commitEntry]

	ids       arena
	entities  column[uint32] // the offset of each id in ids
	byUUID    index
	claimByID index
	// Of each claim, in two columns so that a byte takes a byte.
	predicates  column[uint8]
	claimSource column[uint32]
	sources     interner[Source]
	dates       interner[graph.Date]

	whens, saids sparse // dates of the claims that have more than a plain day
	behalf       sparse // on whose behalf the subject of a claim acted; a row for each
	regarded     sparse // as part of what a claim regards its object; no entity for as independent

	texts      arena // external ids, stages, statuses
	externals  column[externalEntry]
	byText     index
	names      *names.Index
	named      column[nameEntry]
	searchable atomic.Pointer[chan struct{}] // closed when the names of a bulk are indexed

	apart   fewBits // claims whose stance is not accepted
	traits  traits
	courses courses

	history histories
	groups  groups

	state       atomic.Pointer[layout]
	inserting   atomic.Uint64 // the newest commit of which there are, or soon will be, edges in nodes and broken courses
	loading     bool
	pending     [][]placed                      // while loading: all edges
	claimHashes []uint32                        // while loading: of all claims' ids
	touched     map[ledger.EntityNo][]edge      // otherwise: those of the commit being applied
	loose       int                             // edges in nodes of their own that the base does not have
	least       int                             // loose edges below which nothing is laid out anew
	changes     []ledger.Change                 // of the commit being applied
	same        map[ledger.EntityNo][]sameClaim // every sameAs claim, by both ends
	sameIn      map[ledger.ClaimNo][2]ledger.EntityNo
	fresh       []ledger.ClaimNo  // the sameAs claims of the commit being applied
	risen       []ledger.EntityNo // those who may have parts in meetings since the commit being applied and stand for others; while loading: all

	freshNames []nameText // of the commit being applied

	naming    sync.Mutex // guards what is written of names, and the two below
	bulk      bool
	gathering bool // names are being indexed beside
}

type (
	commitEntry struct {
		time     int64 // Unix microseconds, as the ledger keeps them
		entities ledger.EntityNo
		claims   ledger.ClaimNo
	}
	externalEntry struct {
		text   uint32
		entity ledger.EntityNo
		claim  ledger.ClaimNo
	}
	nameEntry struct {
		entity ledger.EntityNo
		claim  ledger.ClaimNo
	}
	nameText struct {
		number uint32
		text   string
	}
)

// A Source is what decides whether a claim counts in a question: how it is meant, on whose word, who encoded it and
// where it stands. Entities are as named in the claim, [ledger.NoEntity] where absent.
type Source struct {
	Claimant, Coder, Document ledger.EntityNo
	Stance                    uint8
}

// New returns the projection of an empty ledger, ready for a bulk load: until Settle is called, nothing may be read.
func New() *Topology {
	t := &Topology{
		names:   names.New(),
		loading: true,
		least:   1 << 16,
		same:    make(map[ledger.EntityNo][]sameClaim),
		sameIn:  make(map[ledger.ClaimNo][2]ledger.EntityNo),
	}
	t.commits.add(commitEntry{}) // commit 0, before everything
	t.state.Store(&layout{base: &base{}, nodes: new(column[atomic.Pointer[node]])})
	t.head.Store(&Snapshot{t: t})
	done := make(chan struct{})
	close(done)
	t.searchable.Store(&done)
	return t
}

// Expect makes room for so many entities and claims in all, so that a bulk load of known size grows nothing twice.
func (t *Topology) Expect(entities ledger.EntityNo, claims ledger.ClaimNo) {
	t.byUUID.reserve(int(entities))
	t.claimHashes = make([]uint32, 0, claims)
}

// indexFresh shows the commit's names to searches. Many are indexed at once, a few one by one, which is what costs
// least; in a bulk they wait for its end.
func (t *Topology) indexFresh() {
	const few = 32
	t.naming.Lock()
	defer t.naming.Unlock()
	later := t.bulk || t.gathering
	for _, n := range t.freshNames {
		if len(t.freshNames) <= few && !later {
			t.names.Add(n.number, n.text)
		} else {
			t.names.Load(n.number, n.text)
		}
	}
	switch {
	case later:
		t.names.Show()
	case len(t.freshNames) > few:
		t.names.Flush()
	}
	t.freshNames = t.freshNames[:0]
}

// Bulk begins or ends a series of large commits. During it searches do not find the names that come; all else is
// as ever. Indexing them all after the end takes a fraction of the time; until that is done searches wait.
func (t *Topology) Bulk(on bool) {
	t.naming.Lock()
	defer t.naming.Unlock()
	t.bulk = on
	if !on && !t.gathering { // else they are seen to when that ends
		t.gather()
	}
}

// gather indexes the names that are shown, beside whatever comes next. The caller holds the lock.
func (t *Topology) gather() {
	done := make(chan struct{})
	t.searchable.Store(&done)
	t.gathering = true
	go func() {
		defer close(done)
		adopt := t.names.Gather()
		t.naming.Lock()
		defer t.naming.Unlock()
		adopt()
		t.gathering = false
	}()
}

// Head is the newest snapshot.
func (t *Topology) Head() *Snapshot { return t.head.Load() }

// At is the snapshot of a commit, nil if the head has not come to it.
func (t *Topology) At(commit uint64) *Snapshot {
	head := t.Head()
	switch {
	case commit > head.commit:
		return nil
	case commit == head.commit:
		return head
	}
	entry := t.commits.at(uint32(commit))
	return &Snapshot{t: t, commit: commit, entities: entry.entities, claims: entry.claims}
}

// Commit is the last commit not after the time; 0 if there is none.
func (t *Topology) Commit(not time.Time) uint64 {
	low, high := uint64(0), t.Head().commit
	for low < high { // invariant: low is not after
		mid := (low + high + 1) / 2
		if t.commits.at(uint32(mid)).time <= not.UnixMicro() {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return low
}

// Apply enters the next block of the ledger. A commit shows to readers when its last block has been applied.
func (t *Topology) Apply(b *ledger.Block) {
	for _, id := range b.Entities {
		u := id.UUID()
		n := t.entities.add(t.ids.add(string(id)))
		t.byUUID.add(hashUUID(u), n)
	}
	for i := range b.Claims {
		t.addClaim(b.FirstClaim+ledger.ClaimNo(i), &b.Claims[i])
	}
	for _, c := range b.Changes {
		if c.Op == ledger.Reassert || c.Op.Ends() {
			t.changes = append(t.changes, c)
		}
	}
	if b.End != nil {
		t.endCommit(b.End)
	}
}

func (t *Topology) endCommit(info *ledger.Info) {
	number := uint32(info.Number)
	t.inserting.Store(info.Number)
	if !t.loading {
		t.breakCourses(info.Number)
	}
	for _, c := range t.changes {
		t.history.add(c.Claim, event{commit: number, op: c.Op})
	}
	for entity, edges := range t.touched {
		t.insert(entity, edges)
	}
	clear(t.touched)
	if !t.loading {
		t.back()
		t.indexFresh()
	}
	t.commits.add(commitEntry{time: info.Time.UnixMicro(), entities: info.Entities, claims: info.Claims})
	snapshot := &Snapshot{t: t, commit: info.Number, entities: info.Entities, claims: info.Claims}
	t.regroup(snapshot)
	t.changes, t.fresh = t.changes[:0], t.fresh[:0]
	t.head.Store(snapshot)
	if !t.loading && t.loose > len(t.state.Load().base.edges) && t.loose > t.least {
		t.rebuild()
	}
}

// Settle ends the bulk load: edges are laid out, and snapshots may be read. Names are indexed afterwards, which takes about as long
// as all else; until that is done searches wait.
func (t *Topology) Settle() {
	if !t.loading {
		return
	}
	var index sync.WaitGroup
	index.Go(func() { t.claimByID.fill(t.claimHashes) })
	t.state.Store(&layout{base: newBase(t.entities.n, t.pending), nodes: new(column[atomic.Pointer[node]])})
	t.back()
	index.Wait()
	t.pending, t.claimHashes, t.loading, t.touched = nil, nil, false, make(map[ledger.EntityNo][]edge)
	t.names.Show()
	t.naming.Lock()
	defer t.naming.Unlock()
	t.gather()
}

// Wait waits until names are indexed.
func (t *Topology) Wait() { <-*t.searchable.Load() }

// RebuildAfter sets how many edges must have come since edges were last laid out before they are laid out anew; they also must be
// more than those laid out. It is for the writer to call.
func (t *Topology) RebuildAfter(edges int) { t.least = edges }

func hashUUID(u uuid.UUID) uint32 { return binary.BigEndian.Uint32(u[:4]) }

func hashClaim(id graph.ClaimID) uint32 { return binary.BigEndian.Uint32(id[:4]) }

package topology

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"entente/graph"
	"entente/graph/ledger"
)

// A rehearsal writes commits on the ties of states to agreements.
type rehearsal struct {
	*Topology
	block *ledger.Block
}

// entity adds one to the commit.
func (r *rehearsal) entity() ledger.EntityNo {
	no := r.block.FirstEntity + ledger.EntityNo(len(r.block.Entities))
	r.block.Entities = append(r.block.Entities, graph.ID(fmt.Sprint("t:", no)))
	return no
}

// claim adds one to the commit.
func (r *rehearsal) claim(c ledger.HotClaim) ledger.ClaimNo {
	no := r.block.FirstClaim + ledger.ClaimNo(len(r.block.Claims))
	c.ID = graph.ClaimID(uuid.NewSHA1(uuid.Nil, fmt.Append(nil, no)))
	c.Claimant, c.Coder, c.Document = ledger.NoEntity, ledger.NoEntity, ledger.NoEntity
	r.block.Claims = append(r.block.Claims, c)
	return no
}

// date adds a claim of an agreement's date to the commit.
func (r *rehearsal) date(agreement ledger.EntityNo, day graph.Day) ledger.ClaimNo {
	return r.claim(ledger.HotClaim{Predicate: dateCode, From: agreement, To: ledger.NoEntity, Value: day.String()})
}

// signatory adds a state to the commit that signed as many agreements, each of a day of its own, as a course is made for. It gives the last of them and
// the claim of its date.
func (r *rehearsal) signatory() (state, agreement ledger.EntityNo, date ledger.ClaimNo) {
	state = r.entity()
	for i := range courseLeast {
		agreement = r.entity()
		r.claim(ledger.HotClaim{Predicate: graph.Signed.Info().Code, From: state, To: agreement})
		date = r.date(agreement, graph.Day(i))
	}
	return state, agreement, date
}

// commit ends the commit, and begins the next.
func (r *rehearsal) commit() {
	b := r.block
	entities, claims := b.FirstEntity+ledger.EntityNo(len(b.Entities)), b.FirstClaim+ledger.ClaimNo(len(b.Claims))
	b.End = &ledger.Info{Number: b.Commit, Time: time.Unix(int64(b.Commit), 0), Entities: entities, Claims: claims}
	r.Apply(b)
	r.block = &ledger.Block{Commit: b.Commit + 1, FirstEntity: entities, FirstClaim: claims}
}

// checkCourse compares a state's signatures by their course and beside it with those by its edges, and their days with those of the agreements. It counts
// those in the course.
func checkCourse(t *testing.T, s *Snapshot, state ledger.EntityNo) (inCourse int) {
	signs := graph.Signed.Info().Code
	course, got := s.Course(nil, state, signs)
	for day, more := course.Day(); more; day, more = course.Day() {
		for _, x := range course.Next(nil, day-1, 1) {
			inCourse++
			got = append(got, x.Stub)
			if of := s.Date(x.Other()); x.On != day || of != day.Date() {
				t.Errorf("at commit %d an agreement of %s is in the course under %s", s.Commit(), of, day)
			}
		}
	}
	byClaim := func(a, b Stub) int { return cmp.Compare(a.Claim(), b.Claim()) }
	slices.SortFunc(got, byClaim)
	want := s.Stubs(nil, state, signs, signs, Out)
	slices.SortFunc(want, byClaim)
	if !slices.Equal(want, got) {
		t.Errorf("at commit %d the course has %d signatures with those beside it, want %d:\n%v\n%v", s.Commit(), len(got), len(want), got, want)
	}
	return inCourse
}

// TestCoursesBesideWriter asks for the courses of states from several goroutines from their first commit on, while others date an agreement anew or take its
// date back, and bring one more: each snapshot has all of its own ties, and none under a day that it is not of.
func TestCoursesBesideWriter(t *testing.T) {
	r := &rehearsal{Topology: New(), block: &ledger.Block{Commit: 1}}
	r.signatory()
	r.commit()
	r.Settle()
	var newest atomic.Uint32
	var all sync.WaitGroup
	done := make(chan struct{})
	for range 3 {
		all.Go(func() {
			for !t.Failed() {
				select {
				case <-done:
					return
				default:
					state := ledger.EntityNo(newest.Load()) // the head, asked for after it, has it
					checkCourse(t, r.Head(), state)
				}
			}
		})
	}
	inCourse := 0
	for i := range 200 {
		state, agreement, date := r.signatory()
		r.commit()
		if i%2 == 0 {
			r.date(agreement, courseLeast)
		} else {
			r.block.Changes = append(r.block.Changes, ledger.Change{Op: ledger.Withdraw, Claim: date})
		}
		r.claim(ledger.HotClaim{Predicate: graph.Signed.Info().Code, From: state, To: r.entity()})
		newest.Store(uint32(state)) // they ask for its course while the commit comes
		r.commit()
		inCourse += checkCourse(t, r.Head(), state)
	}
	close(done)
	all.Wait()
	if inCourse == 0 {
		t.Error("no tie was in a course; this shows nothing")
	}
}

// TestCourseDuringACommit: while a commit that may date an agreement anew is being entered no course is made for the snapshot before it, and one that was
// being made then knows none of the commit's edges.
func TestCourseDuringACommit(t *testing.T) {
	r := &rehearsal{Topology: New(), block: &ledger.Block{Commit: 1}}
	state, _, _ := r.signatory()
	r.commit()
	r.Settle()
	signs, before := graph.Signed.Info().Code, r.Head()
	r.inserting.Store(before.Commit() + 1)
	if course, loose := before.Course(nil, state, signs); course.Len() > 0 || len(loose) != courseLeast {
		t.Errorf("a course of %d claims was made beside a commit, %d are left", course.Len(), len(loose))
	}
	r.claim(ledger.HotClaim{Predicate: signs, From: state, To: r.entity()})
	r.commit()
	c := before.newCourse(r.state.Load(), state, signs)
	since := 0
	r.state.Load().since(state, signs, c, func(edge) { since++ })
	if len(c.edges) != courseLeast || since != 1 {
		t.Errorf("a course of %d claims has %d after it, want %d and 1", len(c.edges), since, courseLeast)
	}
	if n := checkCourse(t, r.Head(), state); n != courseLeast {
		t.Errorf("%d claims are in the course that is made when nothing is being entered, want %d", n, courseLeast)
	}
}

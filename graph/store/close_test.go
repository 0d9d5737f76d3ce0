package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"entente/graph"
	"entente/graph/kv"
	"entente/graph/kv/badgerkv"
	"entente/graph/ledger"
)

// TestCloseUnderReaders closes a store and its engine, again and again, under sixty-four readers that walk the ledger on
// the disk and a writer. Each reader comes to the end of what it reads or is told that the store is closed; none reads what
// is not so, and what was acknowledged is there afterwards. With the race detector it also shows that nothing is
// read after it is given back.
func TestCloseUnderReaders(t *testing.T) {
	closes := 6
	if os.Getenv("ENTENTE_SOAK") != "" {
		closes = 100
	}
	const readers, first = 64, 12
	for round := range closes {
		folder := t.TempDir()
		s, engine := closeOpen(t, folder)
		known := 0 // claims acknowledged
		for known < first {
			if _, err := s.Commit(t.Context(), closeChanges(known), CommitOptions{}); err != nil {
				t.Fatal(err)
			}
			known++
		}
		var all, reading sync.WaitGroup
		var whole, cut atomic.Int64
		for r := range readers {
			reading.Add(1)
			all.Go(func() {
				for begun := false; ; begun = true {
					err := closeRead(t.Context(), s, r)
					if !begun {
						reading.Done()
					}
					if err == nil {
						whole.Add(1)
						continue
					}
					if !errors.Is(err, kv.ErrClosed) && !errors.Is(err, ledger.ErrClosed) {
						t.Errorf("round %d: a reader: %v", round, err)
					}
					cut.Add(1)
					return
				}
			})
		}
		all.Go(func() {
			for {
				_, err := s.Commit(t.Context(), closeChanges(known), CommitOptions{})
				if err != nil {
					if !errors.Is(err, kv.ErrClosed) && !errors.Is(err, ledger.ErrClosed) {
						t.Errorf("round %d: the writer: %v", round, err)
					}
					return
				}
				known++
			}
		})
		reading.Wait()
		// Every other time the engine goes first, as it does when a program ends in haste.
		closeBoth := []func() error{s.Close, engine.Close}
		for i := range closeBoth {
			if err := closeBoth[(i+round)%2](); err != nil {
				t.Errorf("round %d: Close: %v", round, err)
			}
		}
		all.Wait()
		if cut.Load() != readers || whole.Load() == 0 {
			t.Errorf("round %d: %d readings came to their end, %d of %d readers were told that the store is closed", round, whole.Load(), cut.Load(), readers)
		}
		s, engine = closeOpen(t, folder)
		if got := s.Head().Statistics().Claims; got != known {
			t.Errorf("round %d: there are %d claims, %d were acknowledged", round, got, known)
		}
		if err := errors.Join(closeRead(t.Context(), s, 0), s.Close(), engine.Close()); err != nil {
			t.Errorf("round %d: %v", round, err)
		}
		if t.Failed() {
			return
		}
	}
}

// closeOpen opens a store over the engine of a folder. It has no cache, so that every read of evidence is the engine's.
func closeOpen(t *testing.T, folder string) (*Store, kv.Store) {
	t.Helper()
	engine, err := badgerkv.Open(folder, badgerkv.Options{MemTableSize: badgerkv.MinMemTable, Reserve: -1})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), engine, Options{Cache: -1})
	if err != nil {
		t.Fatal(err)
	}
	return s, engine
}

// closeChanges is the claim number n, alone in its commit.
func closeChanges(n int) []Change {
	return []Change{assertion(graph.Claim{Predicate: graph.KindPredicate, From: graph.ID(fmt.Sprintf("t:place-%d", n)), Value: string(graph.Place)})}
}

// closeRead reads all there is in one of four ways, and checks what it reads. An error is the store's, or says what is
// not so.
func closeRead(ctx context.Context, s *Store, way int) error {
	v := s.Head()
	count := uint64(v.Statistics().Claims)
	got := uint64(0)
	switch way % 4 {
	case 0:
		for c, err := range v.Export(ctx) {
			if err != nil {
				return err
			}
			if want := graph.ID(fmt.Sprintf("t:place-%d", got)); c.From != want || c.Value != string(graph.Place) {
				return fmt.Errorf("claim %d is %+v, want that about %s", got, c.Claim, want)
			}
			got++
		}
	case 1:
		for b, err := range s.ledger.Blocks(ctx, 0) {
			if err != nil {
				return err
			}
			if b.End != nil && b.Commit <= v.Moment().Commit {
				got++
			}
		}
	case 2:
		for n := uint64(1); n <= v.Moment().Commit; n++ {
			if _, err := s.CommitInfo(ctx, n); err != nil {
				return err
			}
			got++
		}
	case 3:
		report, err := s.Verify(ctx, nil)
		if err != nil {
			return err
		}
		if len(report.Problems) > 0 || report.Claims < count {
			return fmt.Errorf("verify finds %d claims of %d, and %v", report.Claims, count, report.Problems)
		}
		return nil
	}
	if got != count {
		return fmt.Errorf("way %d gives %d of %d", way%4, got, count)
	}
	return nil
}

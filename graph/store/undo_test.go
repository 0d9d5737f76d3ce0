package store

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"entente/graph"
	"entente/graph/kv"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
)

// A stopping engine takes so many more commits, and then no more: what a kill leaves.
type stopping struct {
	kv.Store
	left int
}

var errStopped = errors.New("stopped")

func (e *stopping) Swap(ctx context.Context, key kv.Key, old, new []byte, with ...kv.Item) error {
	if e.left--; e.left < 0 {
		return errStopped
	}
	return e.Store.Swap(ctx, key, old, new, with...)
}

const never = 1 << 30

func openOn(t *testing.T, engine kv.Store) *Store {
	t.Helper()
	s, err := Open(t.Context(), engine, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// put commits changes, of a dataset or of nobody.
func put(t *testing.T, s *Store, dataset string, changes ...Change) *Result {
	t.Helper()
	r, err := s.Commit(t.Context(), changes, CommitOptions{Dataset: dataset, JoinOwn: true})
	if err != nil || len(r.Problems) > 0 {
		t.Fatal(err, r)
	}
	return r
}

func named(name string) Change {
	return assertion(graph.Claim{Predicate: graph.NamePredicate, From: "t:ARM", Value: name})
}

func stands(t *testing.T, s *Store, c Change) bool {
	t.Helper()
	no, found, err := s.Head().ClaimByID(t.Context(), c.ID)
	if err != nil || !found {
		t.Fatal(found, err)
	}
	return s.Head().snap.Stands(no)
}

// TestRedactedStays: nothing brings back a claim that was redacted after it had ended, however it had ended.
func TestRedactedStays(t *testing.T) {
	claim := named("secret")
	for _, op := range []Op{ledger.Withdraw, ledger.Undo, ledger.Replace} {
		for _, back := range []struct {
			name string
			try  func(s *Store) error
		}{
			{"an import", func(s *Store) error {
				r, err := s.Commit(t.Context(), []Change{claim}, CommitOptions{})
				if err == nil && r.WithdrawnSkipped != 1 {
					err = fmt.Errorf("%+v", r)
				}
				return err
			}},
			{"a reassertion", func(s *Store) error {
				r, err := s.Commit(t.Context(), []Change{{Op: ledger.Reassert, ID: claim.ID}}, CommitOptions{})
				if err == nil && len(r.Problems) != 1 {
					err = fmt.Errorf("%+v", r)
				}
				return err
			}},
			{"an undo of how it ended", func(s *Store) error {
				u, err := s.Undo(t.Context(), 3, 3, UndoOptions{})
				if err == nil && u.Left != 1 {
					err = fmt.Errorf("%+v", u)
				}
				return err
			}},
			{"an undo of that and the redaction", func(s *Store) error {
				u, err := s.Undo(t.Context(), 3, 4, UndoOptions{})
				if err == nil && u.Erased != 1 {
					err = fmt.Errorf("%+v", u)
				}
				return err
			}},
		} {
			s := openOn(t, memkv.New())
			put(t, s, "", declarations()...)
			put(t, s, "", claim)
			put(t, s, "", Change{Op: op, ID: claim.ID})
			if _, err := s.Redact(t.Context(), []string{claim.ID.String()}, RedactOptions{}); err != nil {
				t.Fatal(err)
			}
			if err := back.try(s); err != nil || stands(t, s, claim) {
				t.Errorf("ended by %v, redacted, then %s: stands %v, %v", op, back.name, stands(t, s, claim), err)
			}
		}
	}
}

// TestWithdrawEnded: a person may withdraw what was undone or replaced, so that an import no longer brings it back; and an
// undo of the withdrawal lets it come back again.
func TestWithdrawEnded(t *testing.T) {
	claim := named("x")
	for _, op := range []Op{ledger.Undo, ledger.Replace} {
		s := openOn(t, memkv.New())
		put(t, s, "", append(declarations(), claim)...)
		put(t, s, "", Change{Op: op, ID: claim.ID})
		if r := put(t, s, "", Change{Op: ledger.Withdraw, ID: claim.ID, Reason: "wrong"}); r.Retracted != 1 || r.Commit == nil {
			t.Errorf("ended by %v, then withdrawn: %+v", op, r)
		}
		if r := put(t, s, "", Change{Op: ledger.Withdraw, ID: claim.ID}); r.Repeated != 1 || r.Commit != nil {
			t.Errorf("withdrawn twice: %+v", r)
		}
		if r := put(t, s, "", claim); r.WithdrawnSkipped != 1 || stands(t, s, claim) {
			t.Errorf("ended by %v, withdrawn, imported: %+v", op, r)
		}
		if u, err := s.Undo(t.Context(), 2, 2, UndoOptions{}); err != nil || u.Left != 1 || stands(t, s, claim) {
			t.Errorf("undo of what a person's withdrawal came after: %+v, %v", u, err)
		}
		if u, err := s.Undo(t.Context(), 3, 3, UndoOptions{}); err != nil || u.Freed != 1 || u.Withdrawn != 0 || stands(t, s, claim) {
			t.Errorf("undo of the withdrawal: %+v, %v", u, err)
		}
		if u, err := s.Undo(t.Context(), 4, 4, UndoOptions{}); err != nil || u.Withdrawn != 1 || u.Freed != 0 || stands(t, s, claim) {
			t.Errorf("undo of that undo: %+v, %v", u, err)
		}
		if r := put(t, s, "", claim); r.WithdrawnSkipped != 1 || stands(t, s, claim) {
			t.Errorf("imported after it was withdrawn again: %+v", r)
		}
		if u, err := s.Undo(t.Context(), 5, 5, UndoOptions{}); err != nil || u.Freed != 1 || u.Withdrawn != 0 || stands(t, s, claim) {
			t.Errorf("undo of the undo of the undo: %+v, %v", u, err)
		}
		if r := put(t, s, "", claim); r.Reopened != 1 || !stands(t, s, claim) {
			t.Errorf("imported after the withdrawal was undone: %+v", r)
		}
	}
}

// TestUndoDataset takes back what a dataset brought in several imports, with others' commits between.
func TestUndoDataset(t *testing.T) {
	s := openOn(t, memkv.New())
	put(t, s, "", declarations()...)
	ours, theirs, touched := named("ours"), named("theirs"), named("touched")
	put(t, s, "one", ours, touched)
	put(t, s, "two", theirs)
	put(t, s, "", Change{Op: ledger.Withdraw, ID: touched.ID})
	put(t, s, "one", Change{Op: ledger.Withdraw, ID: theirs.ID})
	u, err := s.UndoDataset(t.Context(), "one", UndoOptions{})
	if err != nil || u.Ended != 1 || u.Restored != 1 || u.Left != 1 {
		t.Errorf("%+v, %v", u, err)
	}
	if stands(t, s, ours) || !stands(t, s, theirs) || stands(t, s, touched) {
		t.Error(stands(t, s, ours), stands(t, s, theirs), stands(t, s, touched))
	}
	if u, err := s.UndoDataset(t.Context(), "one", UndoOptions{}); err != nil || len(u.Commits) > 0 {
		t.Errorf("again: %+v, %v", u, err)
	}
	// What is restored is its dataset's again.
	if d, err := s.Replace(t.Context(), "two", func(ClaimNo) bool { return false }, ReplaceOptions{}); err != nil || d.Ended != 1 {
		t.Errorf("%+v, %v", d, err)
	}
	for _, dataset := range []string{"", "three"} {
		if _, err := s.UndoDataset(t.Context(), dataset, UndoOptions{}); !errors.Is(err, ErrMoment) {
			t.Errorf("the dataset %q: %v", dataset, err)
		}
	}
}

// TestUndoStopped stops an undo that takes several commits after each of them; undoing the same commits again finishes it.
func TestUndoStopped(t *testing.T) {
	engine := &stopping{Store: memkv.New(), left: never}
	s := openOn(t, engine)
	put(t, s, "", declarations()...)
	const parts, each = 3, 45_000
	var all []Change
	for part := range parts {
		for i := range each {
			all = append(all, named(fmt.Sprintf("n%d.%d", part, i)))
		}
		put(t, s, "", all[part*each:]...)
	}
	for stops := 1; ; stops++ {
		engine.left = 2 // an epoch, and one commit
		_, err := s.Undo(t.Context(), 2, 1+parts, UndoOptions{})
		if err == nil {
			if stops == 1 {
				t.Error("it took one commit, so nothing was stopped")
			}
			break
		}
		if !errors.Is(err, errStopped) || stops > 4 {
			t.Fatalf("after %d stops: %v", stops, err)
		}
		engine.left = never
		s = openOn(t, engine)
	}
	engine.left = never
	for no := range s.Head().snap.Claims() {
		if want := int(no) < len(cast); s.Head().snap.Stands(no) != want {
			t.Fatalf("claim %d stands: %v", no, !want)
		}
	}
}

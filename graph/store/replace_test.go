package store

import (
	"errors"
	"testing"

	"entente/graph"
	"entente/graph/kv/memkv"
)

func carries(id graph.ID, exact string) Change {
	return assertion(graph.Claim{Predicate: graph.ExternalID, From: id, Value: exact})
}

func one(s *Store, a, b string) bool {
	x, _ := s.Head().Resolve(a)
	y, _ := s.Head().Resolve(b)
	return x == y
}

// TestReplaceStopped stops a replacement at any of its commits: done again, nothing is left that should have ended, joins neither.
func TestReplaceStopped(t *testing.T) {
	for left := range 3 {
		engine := &stopping{Store: memkv.New(), left: never}
		s := openOn(t, engine)
		put(t, s, "", declarations()...)
		ours := carries("t:ARM", "iso3:ARM")
		put(t, s, "one", ours)
		put(t, s, "two", carries("u:ARM", "iso3:ARM"))
		if !one(s, "t:ARM", "u:ARM") {
			t.Fatal("not joined")
		}
		engine.left = left
		if _, err := s.Replace(t.Context(), "one", keepNone, ReplaceOptions{}); err != nil && !errors.Is(err, errStopped) {
			t.Fatal(err)
		}
		engine.left = never
		s = openOn(t, engine)
		if _, err := s.Replace(t.Context(), "one", keepNone, ReplaceOptions{}); err != nil {
			t.Fatal(err)
		}
		if one(s, "t:ARM", "u:ARM") || stands(t, s, ours) {
			t.Errorf("stopped after %d writes and done again: still one %v, still stands %v", left, one(s, "t:ARM", "u:ARM"), stands(t, s, ours))
		}
	}
}

func keepNone(ClaimNo) bool { return false }

// TestReplaceOwnID: an entity whose own id is the exact one carries it as long as it is declared itself, not by what it was joined with.
func TestReplaceOwnID(t *testing.T) {
	s := openOn(t, memkv.New())
	put(t, s, "", declarations()...)
	put(t, s, "one", assertion(graph.Claim{Predicate: graph.KindPredicate, From: "iso3:ARM", Value: "State"}))
	put(t, s, "two", carries("u:ARM", "iso3:ARM"))
	if !one(s, "iso3:ARM", "u:ARM") {
		t.Fatal("not joined")
	}
	done, err := s.Replace(t.Context(), "one", keepNone, ReplaceOptions{})
	if err != nil || done.Ended != 1 || done.Parted != 1 || len(done.Commits) != 1 || one(s, "iso3:ARM", "u:ARM") {
		t.Errorf("%+v, %v, still one %v", done, err, one(s, "iso3:ARM", "u:ARM"))
	}
}

// TestReplaceRepeated: an entity that carries an id by two claims is parted once.
func TestReplaceRepeated(t *testing.T) {
	s := openOn(t, memkv.New())
	put(t, s, "", declarations()...)
	twice := carries("t:ARM", "iso3:ARM")
	twice.Claim.Claimant = "t:RUS"
	put(t, s, "one", carries("t:ARM", "iso3:ARM"), assertion(twice.Claim))
	put(t, s, "two", carries("u:ARM", "iso3:ARM"))
	if done, err := s.Replace(t.Context(), "one", keepNone, ReplaceOptions{}); err != nil || done.Ended != 2 || done.Parted != 1 {
		t.Errorf("%+v, %v", done, err)
	}
}

package trace_test

import (
	"slices"

	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/kv"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
	"entente/graph/store"
)

// drawnCast are the entities of drawn graphs.
var drawnCast = map[graph.Kind][]graph.ID{
	graph.State:        {"t:s0", "t:s1", "t:s2"},
	graph.Leader:       {"t:l0", "t:l1"},
	graph.Territory:    {"t:x0", "t:x1"},
	graph.Agreement:    {"t:a0", "t:a1", "t:a2", "t:a3", "t:a4"},
	graph.Document:     {"t:doc"},
	graph.Organization: {"t:coder"},
}

// drawnDates are dates of every sort, few enough that they meet.
var drawnDates = []string{"", "", "2000", "2001-05", "2001-05-03", "2000/2001", "2001-02-01/2001-05-01", "2000-06/..", "/2001", "[2000,2001-05-03]", "2001~", "1999-12-31"}

// drawStore makes a graph of a few random commits: claims that drawClaim gives, withdrawals and merges. Time goes on a day a commit.
func drawStore(t *rapid.T, drawClaim func(*rapid.T) graph.Claim) *store.Store {
	s, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var changes []store.Change
	for _, kind := range graph.Kinds() {
		for _, id := range drawnCast[kind] {
			changes = append(changes, assertion(t, graph.Claim{Predicate: graph.KindPredicate, From: id, Value: string(kind)}))
		}
	}
	commitDrawn(t, s, changes)
	var made []graph.ClaimID
	for range rapid.IntRange(1, 4).Draw(t, "commits") {
		made = commitMore(t, s, made, drawClaim)
	}
	return s
}

// commitMore makes a random commit, which may withdraw what was made before, and returns all that was made.
func commitMore(t *rapid.T, s *store.Store, made []graph.ClaimID, drawClaim func(*rapid.T) graph.Claim) []graph.ClaimID {
	changes := []store.Change{}
	for range rapid.IntRange(1, 8).Draw(t, "changes") {
		switch what := rapid.IntRange(0, 9).Draw(t, "what"); {
		case what == 0 && len(made) > 0:
			changes = append(changes, store.Change{Op: ledger.Withdraw, ID: rapid.SampledFrom(made).Draw(t, "withdrawn")})
			continue
		case what == 1:
			kind := rapid.SampledFrom([]graph.Kind{graph.State, graph.Agreement, graph.Leader, graph.Territory}).Draw(t, "merged")
			one := drawOf(t, kind, "one")
			others := slices.DeleteFunc(slices.Clone(drawnCast[kind]), func(id graph.ID) bool { return id == one })
			other := rapid.SampledFrom(others).Draw(t, "other")
			changes = append(changes, assertion(t, graph.Claim{Predicate: graph.SameAs, From: one, To: other}))
		default:
			changes = append(changes, assertion(t, drawClaim(t)))
		}
		made = append(made, changes[len(changes)-1].ID)
	}
	commitDrawn(t, s, changes)
	return made
}

// drawOf draws an entity of a kind.
func drawOf(t *rapid.T, kind graph.Kind, label string) graph.ID {
	return rapid.SampledFrom(drawnCast[kind]).Draw(t, label)
}

// drawDate draws a date, absent now and then.
func drawDate(t *rapid.T, label string) graph.Date {
	if text := rapid.SampledFrom(drawnDates).Draw(t, label); text != "" {
		return graph.MustParseDate(text)
	}
	return graph.Date{}
}

func drawStance(t *rapid.T) graph.Stance {
	return rapid.SampledFrom([]graph.Stance{graph.Asserted, graph.Asserted, graph.Denied, graph.Implied, graph.Intended}).Draw(t, "stance")
}

func assertion(t *rapid.T, c graph.Claim) store.Change {
	if err := c.Normalize(); err != nil {
		t.Fatal(err)
	}
	return store.Change{Claim: c, ID: c.ID()}
}

// commitDrawn commits changes; those that repeat others are none.
func commitDrawn(t *rapid.T, s *store.Store, changes []store.Change) {
	if _, err := s.Commit(t.Context(), changes, store.CommitOptions{}); err != nil {
		t.Fatal(err)
	}
}

// replayed is the graph that the commits up to one make by themselves.
func replayed(t *rapid.T, s *store.Store, commit uint64) *store.Store {
	return replayedInto(t, memkv.New(), s, commit)
}

// reopened is the graph as it is after a start, when all edges are laid out at once.
func reopened(t *rapid.T, s *store.Store) *store.Store {
	engine := memkv.New()
	replayedInto(t, engine, s, s.Head().Moment().Commit)
	again, err := store.Open(t.Context(), engine, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return again
}

func replayedInto(t *rapid.T, engine kv.Store, s *store.Store, commit uint64) *store.Store {
	fresh, err := store.Open(t.Context(), engine, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for c, err := range viewAt(t, s, commit).History(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if err := fresh.Replay(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	return fresh
}

func viewAt(t *rapid.T, s *store.Store, commit uint64) *store.View {
	v, err := s.View(store.At{Commit: &commit})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// someCommit draws a commit of a graph, the newest most often: the first has nothing but the cast.
func someCommit(t *rapid.T, s *store.Store) uint64 {
	newest := s.Head().Moment().Commit
	return newest - rapid.Uint64Range(0, newest-1).Draw(t, "commits ago")
}

// standing are the claims of a view that stand, as the ledger has them.
func standing(t *rapid.T, v *store.View, p graph.Predicate) []store.Claim {
	list, err := v.Claims(t.Context(), store.ClaimFilter{Predicates: []graph.Predicate{p}}, store.Page{First: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	claims, err := v.ReadClaims(t.Context(), list.Items)
	if err != nil {
		t.Fatal(err)
	}
	return claims
}

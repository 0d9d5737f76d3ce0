package resolvers

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/ledger"
	"entente/graph/store"
)

// TestUnknownKind opens a ledger that another version wrote: an entity without a kind, and one of a kind that is not in the
// vocabulary. Both are there, by their ids and in lists, and as the meeting of a participation.
func TestUnknownKind(t *testing.T) {
	engine := memkv.New()
	l, err := ledger.Open(t.Context(), engine, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	claim := func(p graph.Predicate, from, to ledger.EntityNo, value string) ledger.Claim {
		// The content does not matter here, only that ids differ.
		id := graph.Claim{Predicate: p, From: graph.ID(rune('a' + from)), Value: value}
		return ledger.Claim{
			ID: id.ID(), Predicate: p.Info().Code, From: from, To: to, Value: value,
			Claimant: ledger.NoEntity, Coder: ledger.NoEntity, Document: ledger.NoEntity,
		}
	}
	_, err = l.Append(t.Context(), ledger.Batch{
		Entities: []graph.ID{"new:ARM", "new:gathering", "new:thing"},
		Claims: []ledger.Claim{
			claim(graph.KindPredicate, 0, ledger.NoEntity, "State"),
			claim(graph.Signed, 0, 1, ""),
			claim(graph.KindPredicate, 2, ledger.NoEntity, "Telescope"),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), engine, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	srv := serve(t, s)

	var got map[string]any
	srv.ask(t, `{
		gathering: entity(id: "new:gathering") { __typename kind name }
		thing: node(id: "new:thing") { __typename ... on Entity { kind } }
		entities(kinds: [UNKNOWN]) { totalCount }
		signed: entity(id: "new:ARM") { ... on Party { signed { edges { node { meeting { __typename id kind parties { totalCount } } } } } } }
	}`).data(t, &got)
	delete(got, "entities") // whether a later version's kind is listed here is the store's matter
	meeting := map[string]any{"__typename": "Event", "id": "new:gathering", "kind": "UNKNOWN", "parties": map[string]any{"totalCount": 1.0}}
	want := map[string]any{
		"gathering": map[string]any{"__typename": "UnknownEntity", "kind": "UNKNOWN", "name": "new:gathering"},
		"thing":     map[string]any{"__typename": "UnknownEntity", "kind": "UNKNOWN"},
		"signed": map[string]any{"signed": map[string]any{"edges": []any{
			map[string]any{"node": map[string]any{"meeting": meeting}},
		}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

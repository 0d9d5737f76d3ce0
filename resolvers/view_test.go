package resolvers

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"entente/graph/kv"
	"entente/graph/kv/memkv"
	"entente/graph/store"
)

// A counted engine counts how often it is read from.
type counted struct {
	*memkv.Store
	reads atomic.Int64
}

func (c *counted) Get(ctx context.Context, keys ...kv.Key) ([][]byte, error) {
	c.reads.Add(1)
	return c.Store.Get(ctx, keys...)
}

// TestMergesAreReadTogether asks for the merges of one entity and of a hundred, wherever they stand in an answer, of a server that has read none yet: it
// reads from the engine as often, and not at all if there is none or nobody asks.
func TestMergesAreReadTogether(t *testing.T) {
	const pairs = 100
	engine := &counted{Store: memkv.New()}
	made, err := store.Open(t.Context(), engine, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := &strings.Builder{}
	fmt.Fprintln(text, `{"entity": "small", "kind": "State"}
{"entity": "large", "kind": "State"}
{"claim": "leads", "from": "b0", "to": "small"}
{"entity": "paper", "kind": "Document"}`)
	for i := range pairs {
		fmt.Fprintf(text, `{"entity": "a%[1]d", "kind": "Leader", "name": "Leader %[1]d"}
{"entity": "b%[1]d", "kind": "Leader"}
{"claim": "sameAs", "from": "a%[1]d", "to": "b%[1]d", "source": {"document": "paper", "quote": "one and the same, as number %[1]d"}}
{"entity": "deal%[1]d", "kind": "Agreement"}
{"claim": "signed", "from": "b%[1]d", "to": "deal%[1]d"}
{"claim": "leads", "from": "b%[1]d", "to": "large"}
{"claim": "agreed", "from": "large", "to": "deal%[1]d", "qualifiers": {"onBehalfOf": "b%[1]d"}}
{"claim": "hosted", "from": "large", "to": "deal%[1]d", "claimant": "b%[1]d"}
{"claim": "participated", "from": "large", "to": "deal%[1]d", "coder": "b%[1]d"}
{"claim": "memberOf", "from": "large", "to": "there%[1]d"}
{"claim": "ratified", "from": "large", "to": "deal%[1]d", "source": {"document": "copy%[1]d"}}
{"entity": "here%[1]d", "kind": "Organization"}
{"entity": "there%[1]d", "kind": "Organization"}
{"claim": "sameAs", "from": "here%[1]d", "to": "there%[1]d", "source": {"document": "paper", "quote": "one and the same organization, as number %[1]d"}}
{"entity": "page%[1]d", "kind": "Document"}
{"entity": "copy%[1]d", "kind": "Document"}
{"claim": "sameAs", "from": "page%[1]d", "to": "copy%[1]d", "source": {"document": "paper", "quote": "one and the same page, as number %[1]d"}}
`, i)
	}
	commitLines(t, made, text.String())
	reads := func(question string, want int) int64 {
		t.Helper()
		// What was read before is kept, so each question is put to a graph that was just opened.
		s, err := store.Open(t.Context(), engine, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		srv := serve(t, s)
		before := engine.reads.Load()
		got := srv.ask(t, question)
		if got.status != 200 || len(got.Errors) > 0 || strings.Count(got.body, "one and the same") != want {
			t.Errorf("%s: status %d, want %d quotes: %s", question, got.status, want, got.body)
		}
		return engine.reads.Load() - before
	}
	const merges = `mergedBy { source { quote } }`
	entity := `{ entity(id: "entente:%s") { ... on State { leaders { subject { ` + merges + ` } } } } }`
	hosted := `{ entity(id: "entente:large") { ... on State { mediated(first: %d, roles: [HOSTED]) { edges { node { claims { claimant { ` + merges + ` } } } } } } } }`
	type pair struct{ one, many string }
	questions := []pair{
		{`{ entity(id: "entente:a7") { ` + merges + ` } }`, `{ entities(first: 500, kinds: [LEADER]) { edges { node { ` + merges + ` } } } }`},
		{fmt.Sprintf(entity, "small"), fmt.Sprintf(entity, "large")},
		{fmt.Sprintf(hosted, 1), fmt.Sprintf(hosted, pairs)},
	}
	for predicate, named := range map[string]string{
		"SIGNED": "subject { %s }", "MEMBER_OF": "object { %s }", "AGREED": "qualifiers { entity { %s } }", "HOSTED": "claimant { %s }",
		"PARTICIPATED": "coder { %s }", "RATIFIED": "source { document { %s } }",
	} {
		claims := `{ claims(first: %d, filter: {predicates: [` + predicate + `]}) { edges { node { ` + fmt.Sprintf(named, merges) + ` } } } }`
		questions = append(questions, pair{fmt.Sprintf(claims, 1), fmt.Sprintf(claims, pairs)})
	}
	for _, tt := range questions {
		if few, many := reads(tt.one, 1), reads(tt.many, pairs); few == 0 || many != few {
			t.Errorf("%s reads %d times, and %s does %d times", tt.one, few, tt.many, many)
		}
	}
	if none := reads(`{ entities(first: 500) { edges { node { id mergedFrom } } } }`, 0); none != 0 {
		t.Errorf("it reads %d times though nobody asks", none)
	}
	if none := reads(`{ entities(first: 500, kinds: [STATE]) { edges { node { `+merges+` } } } }`, 0); none != 0 {
		t.Errorf("it reads %d times though nobody is merged", none)
	}
}

// TestMergesAreOfTheirMoment asks in one request by which claims an entity is one with others now, and with which it was before.
func TestMergesAreOfTheirMoment(t *testing.T) {
	s, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	commitLines(t, s, `{"entity": "a", "kind": "State"}
{"entity": "b", "kind": "State"}
{"entity": "c", "kind": "State"}
{"claim": "sameAs", "from": "a", "to": "b"}`)
	commitLines(t, s, `{"claim": "sameAs", "from": "a", "to": "c"}`)
	const now, then = `now: entity(id: "entente:a") { mergedBy { objectId } }`, `then: entity(id: "entente:a", at: {commit: 1}) { mergedBy { objectId } }`
	const isNow, wasThen = `"now":{"mergedBy":[{"objectId":"entente:b"},{"objectId":"entente:c"}]}`, `"then":{"mergedBy":[{"objectId":"entente:b"}]}`
	srv := serve(t, s)
	for _, question := range []string{"{ " + now + " " + then + " }", "{ " + then + " " + now + " }"} {
		if got := srv.ask(t, question).body; !strings.Contains(got, isNow) || !strings.Contains(got, wasThen) {
			t.Errorf("%s: %s, want %s and %s", question, got, isNow, wasThen)
		}
	}
}

// TestMergesAreBounded asks for the merges of everybody in the merges of an entity with many ids: that is refused when it becomes too much, and the merges alone
// are not.
func TestMergesAreBounded(t *testing.T) {
	const ids = 40
	s, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := &strings.Builder{}
	for i := range ids {
		fmt.Fprintf(text, `{"entity": "a%d", "kind": "State"}`+"\n", i)
		for j := range i {
			fmt.Fprintf(text, `{"claim": "sameAs", "from": "a%d", "to": "a%d"}`+"\n", i, j)
		}
	}
	commitLines(t, s, text.String())
	srv := serve(t, s)
	if got := srv.ask(t, `{ entity(id: "entente:a0") { mergedBy { id } } }`); len(got.Errors) > 0 || strings.Count(got.body, `"id"`) != ids*(ids-1)/2 {
		t.Errorf("%v and %d claims, want one for each two ids", got.Errors, strings.Count(got.body, `"id"`))
	}
	got := srv.ask(t, `{ entity(id: "entente:a0") { mergedBy { subject { mergedBy { id } } } } }`)
	if len(got.Errors) == 0 || got.Errors[0].Extensions.Code != codeTooComplex || len(got.body) > 1<<20 {
		t.Errorf("%d bytes of answer with %v, want an error of code %s", len(got.body), got.Errors, codeTooComplex)
	}
}

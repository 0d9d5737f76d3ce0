package resolvers

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
)

// TestPreparedBound asks more documents than there is room for, one of them again after each: it is checked once, and the texts of those kept are
// within the bound.
func TestPreparedBound(t *testing.T) {
	h, err := Handler(Options{Schema: schemaText(t), Store: smallStore(t), Decode: decodeRecord})
	if err != nil {
		t.Fatal(err)
	}
	a := h.(*api)
	prepare := func(query string) preparedKey {
		t.Helper()
		if _, err := a.prepare(&params{Query: query}); err != nil {
			t.Fatal(err)
		}
		return preparedKey{query: query}
	}
	const document, many = "{ moment { commit } }", 100
	again := prepare(document)
	first, _ := a.prepared.Get(again)
	var keys []preparedKey
	for n := range many {
		keys = append(keys, prepare(fmt.Sprintf("%s # %d%s", document, n, strings.Repeat(" ", maxPrepared/many))))
		prepare(document)
	}
	if p, _ := a.prepared.Get(again); p == nil || p != first {
		t.Errorf("the document asked for again and again is %p, want %p", p, first)
	}
	size, kept := again.size(first), 0
	for _, key := range keys {
		if p, ok := a.prepared.Get(key); ok {
			size += key.size(p)
			kept++
		}
	}
	if size > maxPrepared || kept == 0 || kept == many {
		t.Errorf("%d of %d documents are kept, with %d bytes of texts, of at most %d", kept, many, size, maxPrepared)
	}
	if _, ok := a.prepared.Get(keys[many-1]); !ok {
		t.Error("the document asked for last is not kept")
	}
}

// TestPreparedAgain asks the same documents many times at once, with other variables or none: each answer is as if the document had never been
// asked before.
func TestPreparedAgain(t *testing.T) {
	s := laterStore(t)
	srv := serve(t, s)
	type asked struct {
		document  string
		variables []any
	}
	const (
		first   = `query A($n: Int! = 2) { entities(first: $n) { edges { node { id ... on Party { mediated(first: $n) { totalCount } } } } } }`
		options = `query($o: ChainOptions = {maxHops: 2}) { mediationChains(from: "entente:ARM", to: "entente:AZE", options: $o) { total } }`
	)
	all := []asked{
		{first, nil},
		{first, []any{"n", 3}},
		{first, []any{"n", "three"}},
		{first, []any{"n", 499}},
		{options, nil},
		{options, []any{"o", map[string]any{"maxHops": 1}}},
		{`{ nothing }`, nil},
	}
	for _, file := range questions(t) {
		all = append(all, asked{question(t, file), nil})
	}
	want := make([]string, len(all))
	for i, q := range all {
		want[i] = serve(t, s).ask(t, q.document, q.variables...).body
	}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for range 2 {
				for i, q := range all {
					if got := srv.ask(t, q.document, q.variables...); got.body != want[i] {
						t.Errorf("%s: the answer is %.300s, want %.300s", q.document, got.body, want[i])
					}
				}
			}
		})
	}
	wg.Wait()
	for name, number := range map[string]string{"A": "entities", "B": "moment"} {
		body, err := json.Marshal(map[string]any{"query": first + " query B { moment { commit } }", "operationName": name})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if got := srv.do(t, srv.post(t, string(body))); !strings.Contains(string(got.Data), number) {
				t.Errorf("operation %s answers %s", name, got.body)
			}
		}
	}
}

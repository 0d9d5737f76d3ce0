package resolvers

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
)

// TestPreparedCache keeps what is asked for again, and no more texts than it may, whatever comes between.
func TestPreparedCache(t *testing.T) {
	var c preparedCache
	key := func(n, size int) preparedKey { return preparedKey{query: fmt.Sprint(n, strings.Repeat(" ", size))} }
	again := key(0, 100)
	c.put(again, &prepared{text: "again"})
	for n := 1; n < 2000; n++ {
		c.put(key(n, n), &prepared{text: strings.Repeat("a", n)})
		if p := c.get(again); p == nil || p.text != "again" {
			t.Fatalf("after %d others the document that is asked for each time is %v", n, p)
		}
		size := 0
		for _, half := range []map[preparedKey]*prepared{c.newer, c.older} {
			for k, p := range half {
				size += len(k.query) + len(p.text)
			}
		}
		if size > maxPrepared {
			t.Fatalf("after %d documents there are %d bytes of texts, more than %d", n, size, maxPrepared)
		}
	}
	if c.get(key(1, 1)) != nil {
		t.Errorf("a document is kept that was asked for once, long ago")
	}
	if c.get(key(1999, 1999)) == nil {
		t.Errorf("the document asked for last is not kept")
	}
	large := key(1, maxPrepared/2)
	c.put(large, &prepared{})
	if c.get(large) != nil || c.get(again) == nil {
		t.Errorf("a document as large as a half drove out others")
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

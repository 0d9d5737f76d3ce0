package resolvers

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"entente/graph"
	"entente/graph/store"
)

// manyStore is a graph of 500 agreements, each with four signatories and a mediator, and a quote for each claim.
func manyStore(b *testing.B) *store.Store {
	b.Helper()
	s := emptyStore(b)
	var changes []store.Change
	add := func(c graph.Claim) {
		if err := c.Normalize(); err != nil {
			b.Fatal(err)
		}
		changes = append(changes, store.Change{Claim: c})
	}
	declare := func(id graph.ID, kind graph.Kind, name string) {
		add(graph.Claim{Predicate: graph.KindPredicate, From: id, Value: string(kind)})
		add(graph.Claim{Predicate: graph.NamePredicate, From: id, Value: name})
	}
	declare("b:doc", graph.Document, "Document")
	for i := range 100 {
		declare(graph.ID(fmt.Sprintf("b:s%d", i)), graph.State, fmt.Sprintf("State %d", i))
	}
	for i := range 500 {
		id := graph.ID(fmt.Sprintf("b:a%d", i))
		declare(id, graph.Agreement, fmt.Sprintf("Agreement %d", i))
		add(graph.Claim{Predicate: graph.DatePredicate, From: id, Value: fmt.Sprintf("%d-%02d-%02d", 1990+i%30, 1+i%12, 1+i%28)})
		for j := range 5 {
			c := graph.Claim{Predicate: graph.Signed, From: graph.ID(fmt.Sprintf("b:s%d", (i*7+j*13)%100)), To: id, Source: graph.Source{Document: "b:doc", Quote: "they signed it"}}
			if j == 0 {
				c.Predicate = graph.Mediated
			}
			add(c)
		}
	}
	commitAll(b, s, changes)
	return s
}

// BenchmarkAnswer measures whole answers, without the network.
func BenchmarkAnswer(b *testing.B) {
	srv := serve(b, manyStore(b))
	for _, bb := range []struct{ name, document string }{
		{"small", `{ entity(id: "b:a7") { id name kind } }`},
		{"entities", `{ entities(first: 500) { totalCount edges { cursor node { id name kind uuid } } } }`},
		{"claims", `{ claims(first: 500) { edges { node { id predicate stance when subject { id name } object { id name } source { quote } } } } }`},
		{"agreements", `{ agreements(first: 100) { edges { node { name date parties { edges { node { role actor { name } claims { source { quote } } } } } mediators { edges { node { actor { name } } } } } } } }`},
	} {
		b.Run(bb.name, func(b *testing.B) {
			body, err := json.Marshal(map[string]string{"query": bb.document})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			size := 0
			for b.Loop() {
				r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(string(body)))
				r.Header.Set("Content-Type", "application/json")
				w := httptest.NewRecorder()
				srv.Config.Handler.ServeHTTP(w, r)
				if w.Code != http.StatusOK || strings.Contains(w.Body.String(), `"errors"`) {
					b.Fatalf("status %d: %.300s", w.Code, w.Body)
				}
				size = w.Body.Len()
			}
			b.ReportMetric(float64(size), "B/answer")
		})
	}
}

package resolvers

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

func many(n int, item func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(item(i))
	}
	return b.String()
}

// TestAttacks sends documents made to cost more than they are worth. Each is refused before it runs; what the
// limits let through is small enough for the validators, whatever its shape.
func TestAttacks(t *testing.T) {
	srv := serve(t, smallStore(t))
	chain := func(n int, last string) string {
		return "{...f0}" + many(n, func(i int) string {
			next := fmt.Sprintf("...f%d", i+1)
			if i == n-1 {
				next = last
			}
			return fmt.Sprintf("fragment f%d on Query{%s}", i, next)
		})
	}
	doubling := func(n int) string {
		return "{...f0}" + many(n, func(i int) string {
			return fmt.Sprintf("fragment f%d on Query{...f%d ...f%d}", i, i+1, i+1)
		}) + fmt.Sprintf("fragment f%d on Query{moment{commit}}", n)
	}
	nested := func(n int) string {
		return `{entity(id:"iso3:ARM"){` + strings.Repeat("claims{edges{node{subject{", n) + "id" + strings.Repeat("}}}}", n) + "}}"
	}
	tests := []struct {
		name, document string
		code           string
	}{
		{"one field very often", "{" + strings.Repeat("a ", 8_000) + "}", codeTooComplex},
		{"one field often, within the tokens", "{" + strings.Repeat("vocabulary{tie}", 450) + "}", codeTooComplex},
		{"one field with arguments often", "{" + strings.Repeat(`node(id:"a"){id}`, 250) + "}", codeTooComplex},
		{"nested fields often", "{" + strings.Repeat(`node(id:"a"){...on State{claims{edges{node{id}}}}}`, 80) + "}", codeTooComplex},
		{"a document too long", "{moment{commit}}" + strings.Repeat(" ", maxDocument), codeTooComplex},
		{"a comment too long", "#" + strings.Repeat("a", maxDocument) + "\n{moment{commit}}", codeTooComplex},
		{"aliases", "{" + many(maxAliases+1, func(i int) string { return fmt.Sprintf("a%d:moment{commit}", i) }) + "}", codeTooComplex},
		{"directives", "{moment" + strings.Repeat("@include(if:true)", maxDirectives+1) + "{commit}}", codeTooComplex},
		{"a directive twice", "{moment @include(if:true) @include(if:true) {commit}}", codeValidation},
		{"unknown directives", "{moment" + strings.Repeat("@a", maxDirectives) + "{commit}}", codeValidation},
		{"fragments in one place", "{" + many(400, func(i int) string { return fmt.Sprintf("...f%d ", i) }) + "}" +
			many(400, func(i int) string { return fmt.Sprintf("fragment f%d on Query{a}", i) }), codeTooComplex},
		{"a chain of fragments", chain(300, "moment{commit}"), codeTooComplex},
		{"a chain of as many as may be", chain(maxFragments, "moment{commit}"), ""},
		{"a cycle of fragments", chain(600, "...f0"), codeTooComplex},
		{"a cycle of as many as may be", chain(maxFragments, "...f0"), codeValidation},
		{"a fragment in itself", "{...a} fragment a on Query{...a}", codeValidation},
		{"fragments that double, 24 times", doubling(24), codeTooComplex},
		{"fragments that double, 16 times", doubling(16), codeTooComplex},
		{"unknown fields", "{" + many(900, func(i int) string { return fmt.Sprintf("f%d ", i) }) + "}", codeValidation},
		{"fields too deep", nested(6), codeTooComplex},
		{"fields far too deep", "{" + strings.Repeat("a{", 1_000) + "a" + strings.Repeat("}", 1_001), codeTooComplex},
		{"lists too deep", "{a(b:" + strings.Repeat("[", 1_000) + strings.Repeat("]", 1_000) + ")}", codeTooComplex},
		{"objects too deep", "{a(b:" + strings.Repeat("{c:", 1_000) + "1" + strings.Repeat("}", 1_000) + ")}", codeTooComplex},
		{"types too deep", "query($a:" + strings.Repeat("[", 1_000) + "Int" + strings.Repeat("]", 1_000) + "){a}", codeTooComplex},
		{"inline fragments too deep", "{" + strings.Repeat("...{", 1_000) + "a" + strings.Repeat("}", 1_001), codeTooComplex},
		{"introspection in circles", "{__schema{types{fields{type{fields{type{fields{type{fields{name}}}}}}}}}}", codeValidation},
		{"pages of pages of pages", `{entities(first:500){edges{node{claims(first:500){edges{node{subject{claims(first:500){totalCount edges{node{id}}}}}}}}}}}`, codeTooComplex},
		{"pages of pages in a fragment", `{entities(first:500){edges{node{...a}}}} fragment a on Entity{claims(first:500){edges{node{subject{...b}}}}} fragment b on Entity{claims(first:500){edges{node{id}}}}`, codeTooComplex},
		{"pages of pages by default", `{entities{edges{node{claims{edges{node{subject{claims{edges{node{subject{claims{totalCount edges{node{id}}}}}}}}}}}}}}}`, codeTooComplex},
		{"pages of many nodes", `{nodes(ids:[` + strings.Repeat(`"a",`, 400) + `]){...on Entity{claims(first:500){edges{node{id predicate stance value}}}}}}`, codeTooComplex},
		{"pages of pages of one", `{entities(first:1){edges{node{claims(first:1){edges{node{subject{claims(first:1){edges{node{subject{claims{totalCount}}}}}}}}}}}}}`, ""},
		{"closed before opened", strings.Repeat("}", 500) + strings.Repeat("{a", 500), codeParse},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := srv.ask(t, tt.document)
			if tt.code == "" {
				if got.status != http.StatusOK {
					t.Errorf("status %d: %.300s", got.status, got.body)
				}
				return
			}
			if got.status != http.StatusBadRequest || len(got.Errors) == 0 || got.Errors[0].Extensions.Code != tt.code {
				t.Errorf("status %d, want 400 with %s: %.300s", got.status, tt.code, got.body)
			}
			if len(got.Errors) > maxErrors || len(got.body) > 16<<10 {
				t.Errorf("%d errors in %d bytes", len(got.Errors), len(got.body))
			}
			if strings.Contains(got.body, "mean") {
				t.Errorf("the refusal suggests names: %.300s", got.body)
			}
		})
	}
}

// TestCostOfVariables checks that a page's size counts in a variable, too.
func TestCostOfVariables(t *testing.T) {
	srv := serve(t, smallStore(t))
	const document = `query($n: Int) { entities(first: $n) { edges { node { claims(first: $n) { edges { node { subject { claims(first: $n) { totalCount edges { cursor } } } } } } } } } }`
	got := srv.ask(t, document, "n", 500)
	if got.status != http.StatusBadRequest || len(got.Errors) != 1 || got.Errors[0].Extensions.Code != codeTooComplex {
		t.Fatalf("pages of 500 three deep: status %d: %.200s", got.status, got.body)
	}
	// A page counts for its field and, 500 times, for what is selected of it: of the innermost totalCount, edges and cursor.
	innermost := 1 + 500*(1+1+1)
	want := fmt.Sprintf("may have %d fields if every page is full, and the most is 1000000; smaller first arguments", 1+500*(1+1+1+500*(1+1+1+innermost)))
	if said := got.Errors[0].Message; !strings.Contains(said, want) {
		t.Errorf("the refusal is %q, want %q in it", said, want)
	}
	if got = srv.ask(t, document, "n", 2); got.status != http.StatusOK || len(got.Errors) > 0 {
		t.Errorf("pages of 2 three deep: status %d: %.200s", got.status, got.body)
	}
}

// BenchmarkPrepare measures what a document costs before it runs, for those that the limits just let through, too.
func BenchmarkPrepare(b *testing.B) {
	srv := serve(b, emptyStore(b))
	a := srv.Config.Handler.(*api)
	fragments := func(spread func(i int) string) string {
		return "{...f0}" + many(maxFragments, func(i int) string { return fmt.Sprintf("fragment f%d on Query{%s}", i, spread(i)) })
	}
	for name, document := range map[string]string{
		"question":      question(b, "testdata/who-signed.graphql"),
		"introspection": introspection,
		"fields":        "{" + strings.Repeat("vocabulary{tie}", 450) + "}",
		"unknown":       "{" + strings.Repeat("a ", 1_900) + "}",
		"chain": fragments(func(i int) string {
			if i == maxFragments-1 {
				return "moment{commit}"
			}
			return fmt.Sprintf("moment{commit} ...f%d", i+1)
		}),
		"cycle":  fragments(func(i int) string { return fmt.Sprintf("moment{commit} ...f%d", (i+1)%maxFragments) }),
		"spread": "{" + many(maxFragments, func(i int) string { return fmt.Sprintf("...f%d ", i) }) + "}" + fragments(func(int) string { return "moment{commit}" })[7:],
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if checkSize(document) == nil {
					if d, err := a.prepare(&params{Query: document}); err == nil {
						a.schema.Validate(d.text)
					}
				}
			}
		})
	}
}

// TestManyFieldErrors checks that an answer tells of a bounded number of errors.
func TestManyFieldErrors(t *testing.T) {
	srv := serve(t, smallStore(t))
	got := srv.ask(t, `{entities(first:500){edges{node{claims(first:0){totalCount}}}}}`)
	if len(got.Errors) != maxErrors {
		t.Errorf("the answer tells of %d errors, want %d", len(got.Errors), maxErrors)
	}
}

// FuzzDocument sends any document: it is answered or refused, and never breaks anything inside.
func FuzzDocument(f *testing.F) {
	srv := serve(f, smallStore(f))
	for _, file := range questions(f) {
		f.Add(question(f, file))
	}
	f.Add(introspection)
	f.Add(`mutation { merge(keep: "a", absorb: "b", reason: "\u0000") { added } }`)
	f.Add("{" + strings.Repeat("...{", 40))
	f.Fuzz(func(t *testing.T, document string) {
		body, err := json.Marshal(map[string]string{"query": document}, jsontext.AllowInvalidUTF8(true))
		if err != nil {
			t.Fatal(err)
		}
		srv.fuzz(t, string(body))
	})
}

// FuzzVariables sends any variables, as JSON or not.
func FuzzVariables(f *testing.F) {
	srv := serve(f, smallStore(f))
	for _, seed := range []string{
		`{"n":3,"k":["STATE"],"f":{"when":{"from":"2020"},"predicates":["SIGNED"]},"i":"iso3:ARM","d":"2020-11/..","t":"2023-10-04T12:00:00Z"}`,
		`{"n":null,"f":{"subject":1}}`, `{"n":1e400}`, `{"i":99999999999999999999}`, `{"d":"[..2020]","k":"STATE"}`, `{"i":"\u0000"}`, `[]`, `{"f":[[[]]]}`,
	} {
		f.Add(seed)
	}
	const document = `query($n: Int, $k: [Kind!], $f: ClaimFilter, $i: ID = \"\", $d: Date, $t: DateTime) {` +
		` entities(first: $n, kinds: $k, at: {asOf: $d, knownAt: $t}) { totalCount } claims(filter: $f) { totalCount } node(id: $i) { id } }`
	f.Fuzz(func(t *testing.T, variables string) {
		srv.fuzz(t, `{"query":"`+document+`","variables":`+variables+`}`)
	})
}

// fuzz sends a body past the network, whose goroutines would make every run look new. The answer is JSON of a known form,
// and what went wrong is never the server's fault.
func (s *server) fuzz(t *testing.T, body string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.Config.Handler.ServeHTTP(w, r)
	var got reply
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatalf("the answer is no JSON: %v: %s", err, w.Body)
	}
	if w.Code >= 500 || strings.Contains(w.Body.String(), codeInternal) {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
}

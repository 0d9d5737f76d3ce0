package reconcile_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"entente/graph/kv/memkv"
	"entente/graph/store"
	"entente/loader"
	"entente/reconcile"
)

// graph are the records that the tests ask about.
const graph = `
{"entity": "ARM", "kind": "State", "name": "Armenia", "aliases": ["Republic of Armenia"], "metonyms": ["Yerevan"], "ids": {"iso3": "ARM", "wikidata": "Q399", "fips": "AM"}}
{"entity": "AZE", "kind": "State", "name": "Azerbaijan", "ids": {"iso3": "AZE", "iso2": "AZ"}}
{"entity": "pashinyan", "kind": "Leader", "name": "Nikol Pashinyan", "transliterations": ["Никол Пашинян"]}
{"entity": "h-aliyev", "kind": "Leader", "name": "Heydar Aliyev"}
{"entity": "i-aliyev", "kind": "Leader", "name": "Ilham Aliyev"}
{"entity": "deal", "kind": "Agreement", "name": "Ceasefire statement", "date": "2020-11-09", "description": "Ends the <war> & more."}
{"entity": "old-deal", "kind": "Agreement", "name": "Ceasefire statement", "date": "1994-05-12"}
{"entity": "front-1", "kind": "ArmedGroup", "name": "National Front", "strength": "1200"}
{"entity": "front-2", "kind": "ArmedGroup", "name": "National Front"}
{"entity": "script", "kind": "Organization", "name": "</script><script>alert(1)</script>"}
{"claim": "leads", "from": "pashinyan", "to": "ARM", "when": "2018-05-08/.."}
{"claim": "leads", "from": "i-aliyev", "to": "AZE"}
{"claim": "signed", "from": "ARM", "to": "deal"}
{"claim": "signed", "from": "AZE", "to": "deal"}
{"claim": "locatedIn", "from": "front-1", "to": "ARM"}
{"claim": "locatedIn", "from": "front-2", "to": "AZE"}
`

func openStore(t testing.TB) *store.Store {
	t.Helper()
	st, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	in := loader.Input{Name: "graph.jsonl", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(graph)), nil }}
	report, err := loader.Import(t.Context(), st, []loader.Input{in}, loader.Options{Dataset: "t"})
	if err != nil || report.ProblemCount() > 0 {
		t.Fatal(err, report.Problems)
	}
	return st
}

// server is the service on a loopback address, as the program serves it.
type server struct{ *httptest.Server }

func serve(t testing.TB) *server {
	t.Helper()
	srv := httptest.NewServer(reconcile.Handler(reconcile.Options{Store: openStore(t), Version: "entente test"}))
	t.Cleanup(srv.Close)
	return &server{srv}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// do sends a request; headers are names and values in turn.
func (s *server) do(t testing.TB, method, target, form string, headers ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+target, strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, body}
}

// post sends one parameter as a form, as OpenRefine does.
func (s *server) post(t testing.TB, name, value string) answer {
	t.Helper()
	return s.do(t, http.MethodPost, reconcile.Path, url.Values{name: {value}}.Encode())
}

// get sends a GET below the path of the service.
func (s *server) get(t testing.TB, below string) answer {
	t.Helper()
	return s.do(t, http.MethodGet, reconcile.Path+below, "")
}

// fits checks an answer's status and its body against a schema of testdata, and reads it into target if there is one.
func (a *answer) fits(t testing.TB, status int, schema string, target any) {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
	if got := a.header.Get("Content-Type"); got != "application/json; charset=utf-8" {
		t.Errorf("Content-Type is %q", got)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	compiled, err := compiler.Compile(filepath.Join("testdata", "schemas", schema+".json"))
	if err != nil {
		t.Fatal(err)
	}
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.body))
	if err != nil {
		t.Fatalf("%v: %s", err, a.body)
	}
	if err := compiled.Validate(instance); err != nil {
		t.Errorf("%v\n%s", err, a.body)
	}
	if target == nil {
		return
	}
	if err := json.Unmarshal(a.body, target); err != nil {
		t.Fatal(err)
	}
}

// errorOf is the error of an answer.
type errorOf struct {
	Error struct{ Code, Message, Path string }
}

package resolvers

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/store"
	"entente/loader"
)

// A server is the API over HTTP on a loopback port, as a program finds it.
type server struct {
	*httptest.Server
	store *store.Store
	log   *bytes.Buffer
}

// serve starts the API over a graph. Faults, if any, are those of the options.
func serve(t testing.TB, s *store.Store, faults ...Fault) *server {
	t.Helper()
	return serveWith(t, Options{Store: s, Decode: decodeRecord, Faults: faults})
}

// serveWith starts the API with these options, but for the schema, the clock and the logger, which are set here.
func serveWith(t testing.TB, opts Options) *server {
	t.Helper()
	log := &bytes.Buffer{}
	opts.Now = func() time.Time { return time.Date(2023, 10, 5, 1, 0, 0, 0, time.UTC) }
	opts.Schema, opts.Logger = schemaText(t), slog.New(slog.NewTextHandler(log, nil))
	h, err := Handler(opts)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return &server{srv, opts.Store, log}
}

func schemaText(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("../schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// emptyStore is a graph without anything, whose clock goes on an hour a commit.
func emptyStore(t testing.TB) *store.Store {
	t.Helper()
	now := time.Date(2023, 10, 4, 12, 0, 0, 0, time.UTC)
	s, err := store.Open(context.Background(), memkv.New(), store.Options{Now: func() time.Time {
		now = now.Add(time.Hour)
		return now
	}})
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

// smallStore is the graph of testdata/graph: a file a commit.
func smallStore(t testing.TB) *store.Store {
	t.Helper()
	s := emptyStore(t)
	files, err := filepath.Glob("testdata/graph/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files of the small graph: %v", err)
	}
	slices.Sort(files)
	for _, file := range files {
		commitFile(t, s, file)
	}
	return s
}

// laterStore is the same with the commit of testdata/later: agreements that rest on others, and words about who recognizes whom.
func laterStore(t testing.TB) *store.Store {
	t.Helper()
	s := smallStore(t)
	commitFile(t, s, "testdata/later/graph.jsonl")
	return s
}

// mergedStore is that with the commit of testdata/merged: of each kind one that is merged from two ids, and a state from three.
func mergedStore(t testing.TB) *store.Store {
	t.Helper()
	s := laterStore(t)
	commitFile(t, s, "testdata/merged/graph.jsonl")
	return s
}

func commitFile(t testing.TB, s *store.Store, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	commitLines(t, s, string(text))
}

func commitLines(t testing.TB, s *store.Store, text string) {
	t.Helper()
	var changes []store.Change
	for line := range strings.Lines(text) {
		decoded, err := decodeRecord([]byte(line), "entente")
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		changes = append(changes, decoded...)
	}
	commitAll(t, s, changes)
}

func commitAll(t testing.TB, s *store.Store, changes []store.Change) *store.Result {
	t.Helper()
	result, err := s.Commit(context.Background(), changes, store.CommitOptions{Author: "test", Note: "fixture", Atomic: true})
	if err != nil || len(result.Problems) > 0 {
		t.Fatalf("commit: %v, problems %+v", err, result)
	}
	return result
}

// decodeRecord is the loader's, which this package itself must not know, with its errors in the form that [Options]
// asks for: as the program wires it.
func decodeRecord(text []byte, dataset string) ([]store.Change, error) {
	changes, err := loader.DecodeRecord(text, dataset)
	if p, ok := errors.AsType[*loader.Problem](err); ok {
		return nil, &graph.FieldError{Path: p.Path, Found: p.Found, Expected: p.Expected, Err: err}
	}
	return changes, err
}

// A reply is what came back over HTTP.
type reply struct {
	status int
	header http.Header
	body   string
	Data   jsontext.Value `json:"data"`
	Errors []struct {
		Message    string     `json:"message"`
		Path       []any      `json:"path"`
		Extensions extensions `json:"extensions"`
	} `json:"errors"`
	Extensions struct {
		Commit int `json:"commit"`
	} `json:"extensions"`
}

// codes are the codes of the errors.
func (r *reply) codes() []string {
	var codes []string
	for _, e := range r.Errors {
		codes = append(codes, e.Extensions.Code)
	}
	return codes
}

// data reads the data of an answer without errors.
func (r *reply) data(t testing.TB, into any) {
	t.Helper()
	if r.status != http.StatusOK || len(r.Errors) > 0 {
		t.Fatalf("status %d: %s", r.status, r.body)
	}
	if err := json.Unmarshal(r.Data, into); err != nil {
		t.Fatalf("%v: %s", err, r.Data)
	}
}

// do sends a request as it is.
func (s *server) do(t testing.TB, r *http.Request) *reply {
	t.Helper()
	response, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	out := &reply{status: response.StatusCode, header: response.Header, body: string(body)}
	if err := json.Unmarshal(body, out); err != nil {
		t.Fatalf("the answer is no JSON: %v: %s", err, body)
	}
	return out
}

// post makes a request as programs do.
func (s *server) post(t testing.TB, body string, headers ...string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/graphql", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// ask posts a document with variables, pairs of a name and a value.
func (s *server) ask(t testing.TB, document string, variables ...any) *reply {
	t.Helper()
	request := map[string]any{"query": document}
	if len(variables) > 0 {
		given := map[string]any{}
		for i := 0; i < len(variables); i += 2 {
			given[variables[i].(string)] = variables[i+1]
		}
		request["variables"] = given
	}
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	return s.do(t, s.post(t, string(body)))
}

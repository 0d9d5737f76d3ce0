package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/web"
	"entente/web/webtest"
)

var update = flag.Bool("update", false, "write golden files anew")

// entente runs the program and returns its exit code and what it wrote.
func entente(t *testing.T, in string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(in), &o, &e)
	return code, o.String(), e.String()
}

// must runs the program, which has to succeed.
func must(t *testing.T, in string, args ...string) string {
	t.Helper()
	code, out, errs := entente(t, in, args...)
	if code != exitDone {
		t.Fatalf("entente %s: exit code %d\n%s%s", strings.Join(args, " "), code, out, errs)
	}
	return out
}

func TestHelp(t *testing.T) {
	var all strings.Builder
	for _, command := range []string{
		"", "serve", "import", "export", "trace", "history", "match", "undo", "redact", "backup", "restore", "verify", "generate", "bench",
	} {
		args := append(strings.Fields(command), "--help")
		code, out, errs := entente(t, "", args...)
		if code != exitDone || errs != "" {
			t.Errorf("%v: exit code %d, %s", args, code, errs)
		}
		if command != "" && !strings.Contains(out, "Example") {
			t.Errorf("the help of %s has no example", command)
		}
		fmt.Fprintf(&all, "$ entente %s\n%s\n", strings.Join(args, " "), out)
	}
	golden(t, "testdata/help.golden", all.String())
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got); -update writes it anew:\n%s", file, diff)
	}
}

func TestExitCodes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bad.jsonl")
	if err := os.WriteFile(file, []byte(`{"entity":"a","kind":"Stat"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		args  []string
		code  int
		words string // on standard error or output
	}{
		{nil, exitDone, "Usage: entente"},
		{[]string{"--version"}, exitDone, "entente"},
		{[]string{"sarve"}, exitUsage, "entente --help lists the commands"},
		{[]string{"serve", "--prot", "1"}, exitUsage, "--prot"},
		{[]string{"serve", "--prot", "1"}, exitUsage, "entente serve --help shows"},
		{[]string{"import"}, exitUsage, "<files>"},
		{[]string{"import"}, exitUsage, "entente import --help shows"},
		{[]string{"generate"}, exitUsage, "--relations"},
		{[]string{"generate", "--relations", "many"}, exitUsage, "many"},
		{[]string{"generate", "--relations=-1"}, exitFailed, "must not be negative"},
		{[]string{"export", "--data", filepath.Join(t.TempDir(), "nothing")}, exitFailed, "no data in"},
		{[]string{"verify", "--data", t.TempDir()}, exitFailed, "it is empty"},
		{[]string{"import", "--data", ":memory:", "--dataset", "Mine", file}, exitUsage, "begin with a letter"},
		{[]string{"import", "--data", ":memory:", file, file}, exitUsage, "--dataset NAME"},
		{[]string{"import", "--data", ":memory:", file}, exitFailed, `bad.jsonl:1: /kind: found "Stat"`},
		{[]string{"import", "--data", ":memory:", "--dataset", "x", "no-such-file"}, exitFailed, "no-such-file"},
		{[]string{"serve", "--data", ":memory:", "--addr", "256.0.0.1:1"}, exitFailed, "listen on 256.0.0.1:1"},
	}
	for _, test := range tests {
		code, out, errs := entente(t, "", test.args...)
		if code != test.code || !strings.Contains(out+errs, test.words) {
			t.Errorf("entente %v: exit code %d, want %d and %q\n%s%s", test.args, code, test.code, test.words, out, errs)
		}
	}
}

// TestImportExportVerify takes a generated graph through two folders.
func TestImportExportVerify(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	must(t, "", "generate", "--relations", "3000", "--seed", "5", "-o", at("gen.jsonl.zst"))
	first := must(t, "", "import", "--data", at("one"), at("gen.jsonl.zst"))
	if !strings.Contains(first, "3000 claims") || strings.Contains(first, "rejected") {
		t.Errorf("the import says:\n%s", first)
	}
	again := must(t, "", "import", "--data", at("one"), at("gen.jsonl.zst"))
	if !strings.Contains(again, " 0 added") || !strings.Contains(again, "commits   0") {
		t.Errorf("importing again says:\n%s", again)
	}
	must(t, "", "export", "--data", at("one"), "-o", at("one.jsonl"))
	exported, err := os.ReadFile(at("one.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	must(t, string(exported), "import", "--data", at("two"), "--dataset", "other", "-")
	if again := must(t, "", "export", "--data", at("two")); again != string(exported) {
		t.Errorf("the export of the import of the export differs:\n%s", cmp.Diff(string(exported), again))
	}
	for _, folder := range []string{"one", "two"} {
		if out := must(t, "", "verify", "--data", at(folder)); !strings.Contains(out, "all of it holds") {
			t.Errorf("verify says:\n%s", out)
		}
	}
	dry := must(t, "", "import", "--dry-run", "--data", at("three"), "--dataset", "gen", at("gen.jsonl.zst"))
	if !strings.Contains(dry, "would be added") {
		t.Errorf("the dry run says:\n%s", dry)
	}
	if _, err := os.Stat(at("three")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the dry run made the data folder: %v", err)
	}
}

func TestImportStopsCleanly(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, errs bytes.Buffer
	code := run(ctx, []string{"import", "--data", ":memory:", "--dataset", "x", "-"}, strings.NewReader(`{"entity":"a","kind":"State"}`), &out, &errs)
	if code != exitFailed || !strings.Contains(errs.String(), "stopped") {
		t.Errorf("exit code %d, %s", code, &errs)
	}
}

// server is the program, serving.
type server struct {
	url  string
	stop func() int // ends it and returns its exit code
	errs *syncBuffer
}

// syncBuffer is written by the program and read by the test.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// serve starts the program on a free port and waits until it says where it is.
func serve(t *testing.T, args ...string) *server {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, w := io.Pipe()
	s := &server{errs: &syncBuffer{}}
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...), nil, w, s.errs)
		_ = w.Close() // only ends the reading below
	}()
	s.stop = sync.OnceValue(func() int {
		cancel()
		return <-ended
	})
	t.Cleanup(func() { s.stop() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, url, ok := strings.Cut(lines.Text(), "graphql     "); ok {
			s.url = strings.TrimSuffix(url, "/graphql")
		}
		if strings.HasPrefix(lines.Text(), "data ") {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return s
		}
	}
	t.Fatalf("the server ended with %d:\n%s", s.stop(), s.errs)
	return nil
}

// ask sends a question and returns the data of the answer, which must have no errors.
func (s *server) ask(t *testing.T, query, variables string) json.RawMessage {
	t.Helper()
	body := map[string]any{"query": query}
	if variables != "" {
		body["variables"] = json.RawMessage(variables)
	}
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(s.url+"/graphql", "application/json", bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct {
		Data   json.RawMessage
		Errors json.RawMessage
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Errors) > 0 {
		t.Fatalf("%s\nanswers %s", query, answer.Errors)
	}
	return answer.Data
}

func TestServe(t *testing.T) {
	folder := t.TempDir()
	s := serve(t, "--data", folder)
	before := string(s.ask(t, "{ statistics { entities claims commits } }", ""))

	response, err := http.Get(s.url + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil || response.Body.Close() != nil || strings.TrimSpace(string(body)) != `{"commit":1,"status":"ok"}` {
		t.Errorf("/healthz answers %s, %v", body, err)
	}
	response, err = http.Get(s.url)
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil || response.Request.URL.Path != web.Prefix || response.StatusCode != http.StatusOK {
		t.Errorf("/ leads to %s with status %d, want %s", response.Request.URL, response.StatusCode, web.Prefix)
	}

	if code, _, errs := entente(t, "", "export", "--data", folder); code != exitFailed || !strings.Contains(errs, "in use") {
		t.Errorf("a second process on the folder: exit code %d, %s", code, errs)
	}
	if code := s.stop(); code != exitDone {
		t.Errorf("stopped with %d:\n%s", code, s.errs)
	}
	again := serve(t, "--data", folder)
	if after := string(again.ask(t, "{ statistics { entities claims commits } }", "")); after != before {
		t.Errorf("the second start changed the graph from %s to %s", before, after)
	}
	empty := serve(t, "--data", ":memory:", "--no-seed")
	if got := string(empty.ask(t, "{ statistics { claims } }", "")); got != `{"statistics":{"claims":0}}` {
		t.Errorf("without the curated records there are %s", got)
	}
}

// TestWithdrawnStaysWithdrawn retracts a curated claim and starts again.
func TestWithdrawnStaysWithdrawn(t *testing.T) {
	folder := t.TempDir()
	const count = `{ claims(filter: {predicates: [MEDIATED]}) { totalCount edges { node { id } } } }`
	var before, after struct {
		Claims struct {
			TotalCount int
			Edges      []struct{ Node struct{ ID string } }
		}
	}
	s := serve(t, "--data", folder)
	if err := json.Unmarshal(s.ask(t, count, ""), &before); err != nil || before.Claims.TotalCount == 0 {
		t.Fatalf("%d mediations, %v", before.Claims.TotalCount, err)
	}
	record, err := json.Marshal(fmt.Sprintf(`{"retract":%q,"reason":"for the test"}`, before.Claims.Edges[0].Node.ID))
	if err != nil {
		t.Fatal(err)
	}
	s.ask(t, `mutation { commit(input: {records: [`+string(record)+`]}) { commit { number } } }`, "")
	if code := s.stop(); code != exitDone {
		t.Fatal(s.errs)
	}
	if err := json.Unmarshal(serve(t, "--data", folder).ask(t, count, ""), &after); err != nil || after.Claims.TotalCount != before.Claims.TotalCount-1 {
		t.Errorf("%d mediations after the restart, %v; want one fewer than %d", after.Claims.TotalCount, err, before.Claims.TotalCount)
	}
}

// TestExamplesRun asks every question of the playground, as it stands.
func TestExamplesRun(t *testing.T) {
	s := serve(t, "--data", ":memory:")
	for _, example := range webtest.Examples(t, os.DirFS("web/examples")) {
		t.Run(example.Name, func(t *testing.T) {
			data := s.ask(t, example.Query, example.Variables)
			var answer any
			if err := json.Unmarshal(data, &answer); err != nil {
				t.Fatal(err)
			}
			for path, value := range empties("", answer) {
				t.Errorf("%s is %s: a question that teaches should have an answer", path, value)
			}
		})
	}
}

// empties yields the root fields of an answer that are null or lists of nothing.
func empties(path string, v any) map[string]string {
	found := make(map[string]string)
	fields, _ := v.(map[string]any)
	for name, value := range fields {
		b, err := json.Marshal(value)
		if err == nil && (string(b) == "null" || string(b) == "[]" || strings.Contains(string(b), `"edges":[]`)) {
			found[path+"/"+name] = string(b)
		}
	}
	return found
}

// TestPlayground drives the whole program in a real browser.
func TestPlayground(t *testing.T) {
	if !web.Built() {
		t.Skip("the playground is not built: `make web` builds it, then this test runs")
	}
	var tabs []string
	for _, example := range webtest.Examples(t, os.DirFS("web/examples")) {
		tabs = append(tabs, example.Operation)
	}
	s := serve(t, "--data", ":memory:")
	webtest.Drive(t, s.url, webtest.Steps{
		Tabs:       tabs,
		FirstWant:  "Vladimir Putin",
		Query:      `query Find { search(text: "Pashinian") { entity { id name } } }`,
		Want:       "Nikol Pashinyan",
		Prefix:     "{ statistics { ent",
		Completion: "entities",
		Reopen:     tabs[len(tabs)-1],
		Type:       "Participation",
		TypeText:   "One actor's part in one meeting",
	})
}

// TestStopsWhileAsked ends the server under requests: it answers what it has begun and leaves cleanly.
func TestStopsWhileAsked(t *testing.T) {
	s := serve(t, "--data", t.TempDir())
	var clients sync.WaitGroup
	for range 8 {
		clients.Go(func() {
			for {
				response, err := http.Post(s.url+"/graphql", "application/json", strings.NewReader(`{"query":"{ claims(first: 100) { edges { node { id source { quote } } } } }"}`))
				if err != nil {
					return // the server has gone
				}
				if _, err := io.Copy(io.Discard, response.Body); err != nil || response.Body.Close() != nil {
					t.Errorf("an answer broke off: %v", err)
				}
			}
		})
	}
	time.Sleep(100 * time.Millisecond)
	if code := s.stop(); code != exitDone {
		t.Errorf("stopped with %d:\n%s", code, s.errs)
	}
	clients.Wait()
}

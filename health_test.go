package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// get asks for a page and returns its status and body.
func (s *server) get(t *testing.T, path string) (int, string) {
	t.Helper()
	response, err := http.Get(s.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, strings.TrimSpace(string(body))
}

// TestDegraded: a server on a damaged folder says so, answers questions, refuses changes with the reason, and is well again
// after a repair.
func TestDegraded(t *testing.T) {
	folder := t.TempDir()
	s := serve(t, "--data", folder)
	if status, body := s.get(t, "/readyz"); status != http.StatusOK || body != `{"status":"ready"}` {
		t.Errorf("/readyz of a sound server: %d %s", status, body)
	}
	const question = `{ entity(id: "iso3:ARM") { name } statistics { claims } }`
	want := string(s.ask(t, question, ""))
	if code := s.stop(); code != exitDone {
		t.Fatal(s.errs)
	}
	segment := filepath.Join(folder, "mirror", "00000001.seg")
	b, err := os.ReadFile(segment)
	if err != nil {
		t.Fatal(err)
	}
	b[100] ^= 1 // in the first write; damage to the newest is mended without a word
	writeFile(t, segment, b)

	s = serve(t, "--data", folder)
	if got := string(s.ask(t, question, "")); got != want {
		t.Errorf("degraded, %s, before %s", got, want)
	}
	if status, body := s.get(t, "/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, segment) {
		t.Errorf("/readyz of a degraded server: %d %s", status, body)
	}
	if status, body := s.get(t, "/healthz"); status != http.StatusOK {
		t.Errorf("/healthz of a degraded server: %d %s", status, body)
	}
	change := `{"query":"mutation { commit(input: {records: [\"{\\\"entity\\\":\\\"x:a\\\",\\\"kind\\\":\\\"State\\\"}\"]}) { commit { number } } }"}`
	response, err := http.Post(s.url+"/graphql", "application/json", strings.NewReader(change))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct {
		Errors []struct {
			Extensions struct{ Code string }
		}
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || len(answer.Errors) != 1 || answer.Errors[0].Extensions.Code != "READ_ONLY" {
		t.Errorf("a change to a degraded server: %+v, %v", answer, err)
	}
	if code := s.stop(); code != exitDone {
		t.Fatal(s.errs)
	}
	if out := must(t, "", "verify", "--repair", "--data", folder); !strings.Contains(out, segment) {
		t.Errorf("the repair does not name %s:\n%s", segment, out)
	}
	s = serve(t, "--data", folder)
	if status, body := s.get(t, "/readyz"); status != http.StatusOK {
		t.Errorf("/readyz of a mended server: %d %s", status, body)
	}
	if got := string(s.ask(t, question, "")); got != want {
		t.Errorf("mended, %s, before %s", got, want)
	}
}

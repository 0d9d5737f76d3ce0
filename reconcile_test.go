package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReconcileAsInReadme asks the server for candidates as README.md does, and compares with the answer that is printed there.
func TestReconcileAsInReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(readme), "\n## Reconciliation\n")
	if !found {
		t.Fatal("README.md has no section on reconciliation")
	}
	_, query, _ := strings.Cut(section, "--data-urlencode 'queries=")
	query, _, _ = strings.Cut(query, "'\n")
	_, printed, _ := strings.Cut(section, "```json\n")
	printed, _, _ = strings.Cut(printed, "```")

	s := serve(t, "--data", ":memory:")
	response, err := http.PostForm(s.url+"/reconcile", url.Values{"queries": {query}})
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var got, want any
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(printed), &want); err != nil {
		t.Fatalf("the answer in README.md: %v", err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the answer (-README.md +server):\n%s", diff)
	}
}

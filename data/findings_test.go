package data_test

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/data"
	"entente/graph/kv/memkv"
	"entente/graph/store"
	"entente/loader"
)

var update = flag.Bool("update", false, "rewrite testdata/findings.txt")

// TestFindings asks for all that does not hold together in the records, and compares with what was found to be so by reading the rows
// that they rest on: nothing else, and all of it.
func TestFindings(t *testing.T) {
	s, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := data.Files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var inputs []loader.Input
	for _, file := range files {
		inputs = append(inputs, loader.Input{Name: file.Name(), Open: func() (io.ReadCloser, error) { return data.Files.Open(file.Name()) }})
	}
	report, err := loader.Import(t.Context(), s, inputs, loader.Options{Dataset: data.Dataset})
	if err != nil || report.Rejected > 0 {
		t.Fatal(err, report.Problems)
	}
	v := s.Head()
	list, err := v.Findings(t.Context(), store.FindingFilter{Budget: 1 << 20}, store.Page{First: 1000})
	if err != nil || list.Partial {
		t.Fatal(list.Partial, err)
	}
	var b strings.Builder
	for _, f := range list.Items {
		claims, err := v.ReadClaims(t.Context(), f.Claims)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %s\n  %s\n ", f.Kind, v.ID(f.About), f.Says)
		for i := range claims {
			fmt.Fprint(&b, " ", claims[i].Key)
		}
		b.WriteString("\n")
	}
	const golden = "testdata/findings.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

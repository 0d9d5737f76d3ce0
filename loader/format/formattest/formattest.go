// Package formattest reads files through a format for its tests, and finds the data sets where they are present.
package formattest

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"entente/graph"
	"entente/loader/format"
)

// A Reading is what a format made of a file.
type Reading struct {
	Claims   []graph.Claim // in their normal form, in the order of the file
	Problems []string      // also of claims that have no normal form
	Summary  *format.Summary
}

// Read reads a file through a format. A fault of the file as a whole is the last problem.
func Read(t testing.TB, f *format.Format, name, content string) *Reading {
	t.Helper()
	r := &Reading{Summary: &format.Summary{}}
	out := format.NewOut(name, r.Summary, func(result format.Result) bool {
		if result.Problem != nil {
			r.Problems = append(r.Problems, result.Problem.Error())
			return true
		}
		c := result.Claim
		if err := c.Normalize(); err != nil {
			r.Problems = append(r.Problems, fmt.Sprintf("%s: %v", result.Place, err))
			return true
		}
		r.Claims = append(r.Claims, c)
		return true
	})
	if err := f.Read(format.Input{Name: name, Reader: strings.NewReader(content)}, out); err != nil {
		r.Problems = append(r.Problems, err.Error())
	}
	return r
}

// Lines are the claims of some predicates, of all if none is named, one a line in a form made for comparing: "signed pax:1 ->
// pax:2 [capacity=Minister] when 2001 'words' (locator)", each once and in the order in which they came. What is empty is left out.
func (r *Reading) Lines(predicates ...graph.Predicate) []string {
	var lines []string
	seen := make(map[string]bool)
	for i := range r.Claims {
		c := &r.Claims[i]
		wanted := len(predicates) == 0
		for _, p := range predicates {
			wanted = wanted || p == c.Predicate
		}
		if line := Line(c); wanted && !seen[line] {
			seen[line] = true
			lines = append(lines, line)
		}
	}
	return lines
}

// Line is a claim in the form of [Reading.Lines].
func Line(c *graph.Claim) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", c.Predicate, c.From)
	if c.To != "" {
		fmt.Fprintf(&b, " -> %s", c.To)
	} else {
		fmt.Fprintf(&b, " = %s", c.Value)
	}
	for _, q := range c.Qualifiers {
		fmt.Fprintf(&b, " [%s=%s%s]", q.Name, q.Entity, q.Value)
	}
	for _, part := range [][2]string{{" when ", c.When.String()}, {" said ", c.Said.String()}} {
		if part[1] != "" {
			b.WriteString(part[0] + part[1])
		}
	}
	if c.Stance != graph.Asserted {
		fmt.Fprintf(&b, " %s", c.Stance)
	}
	if c.Source.Quote != "" {
		fmt.Fprintf(&b, " '%s'", c.Source.Quote)
	}
	if c.Source.Locator != "" {
		fmt.Fprintf(&b, " (%s)", c.Source.Locator)
	}
	return b.String()
}

// NoteCounts are the notes with how often each was made.
func (r *Reading) NoteCounts() map[string]int {
	counts := make(map[string]int)
	for _, n := range r.Summary.Notes() {
		counts[n.What] = n.Count
	}
	return counts
}

// Dataset is the path of a file among the data sets, which are not part of this project. Without them the test is skipped.
func Dataset(t testing.TB, path string) string {
	t.Helper()
	folder := os.Getenv("ENTENTE_DATASETS")
	if folder == "" {
		_, here, _, _ := runtime.Caller(0)
		folder = filepath.Join(filepath.Dir(here), "..", "..", "..", "..", "shared", "datasets")
	}
	file := filepath.Join(folder, path)
	if _, err := os.Stat(file); err != nil {
		t.Skipf("%s is not there; ENTENTE_DATASETS names the folder of the data sets", file)
	}
	return file
}

// ReadDataset reads a file of the data sets through a format.
func ReadDataset(t testing.TB, f *format.Format, path string) *Reading {
	t.Helper()
	content, err := os.ReadFile(Dataset(t, path))
	if err != nil {
		t.Fatal(err)
	}
	return Read(t, f, filepath.Base(path), string(content))
}

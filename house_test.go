package main_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// notOurs names the folders that hold what was fetched or built, not written.
var notOurs = []string{".git", ".tools", "bin", "dist", "node_modules", "var"}

// TestNoPromises finds marks of work put off in sources: what is not done is not there, and is said in prose
// where a reader looks for it.
func TestNoPromises(t *testing.T) {
	// Put together here, so that this file does not find itself.
	mark := regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`)
	sources := 0
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			if slices.Contains(notOurs, d.Name()) {
				return fs.SkipDir
			}
			return nil
		case !slices.Contains([]string{".go", ".ts", ".tsx", ".css", ".html", ".graphql"}, path.Ext(name)):
			return nil
		}
		sources++
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(text), "\n") {
			if found := mark.FindString(line); found != "" {
				t.Errorf("%s:%d: %s: do it, or say in prose what is missing", name, i+1, found)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if sources < 2 {
		t.Errorf("looked through %d sources, which cannot be all", sources)
	}
}

// TestDocumentedTargets runs no target, but finds each one that a document names in the Makefile.
func TestDocumentedTargets(t *testing.T) {
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	var targets []string
	for _, m := range regexp.MustCompile(`(?m)^([a-z][a-z-]*):`).FindAllStringSubmatch(string(makefile), -1) {
		targets = append(targets, m[1])
	}
	documents, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	// A command stands at the start of a code span, or of a line of a code block that may show a prompt.
	command := regexp.MustCompile("(?m)(?:`|^(?:\\$ +| {4,}))make ([a-z][a-z-]*)|^make ([a-z][a-z-]*)(?: +[A-Z]+=.*| +#.*)?$")
	named := 0
	for _, document := range documents {
		text, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range command.FindAllStringSubmatch(string(text), -1) {
			named++
			if target := m[1] + m[2]; !slices.Contains(targets, target) {
				t.Errorf("%s says %q, but the Makefile has no such target", document, "make "+target)
			}
		}
	}
	if named == 0 {
		t.Errorf("the documents %q name no target of make, but a reader starts with one", documents)
	}
}

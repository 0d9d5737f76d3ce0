package webtest

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
)

// An Example is one of the playground's questions as it lies on disk.
type Example struct {
	Name      string // the file's name without its ending
	Operation string // the operation's name, which is the title of its tab
	Query     string
	Variables string // JSON, or empty
}

// Examples reads the example questions of a folder, sorted by file name as the playground shows them. A folder
// without any fails the test, and so does a question without a name: its tab would have no title.
func Examples(t testing.TB, folder fs.FS) []Example {
	t.Helper()
	files, err := fs.Glob(folder, "*.graphql")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("no example questions")
	}
	slices.Sort(files)
	var examples []Example
	for _, file := range files {
		query, err := fs.ReadFile(folder, file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(file, path.Ext(file))
		example := Example{Name: name, Operation: operation(string(query)), Query: string(query)}
		if example.Operation == "" {
			t.Fatalf("%s: no line begins with \"query\" and a name", file)
		}
		if variables, err := fs.ReadFile(folder, name+".json"); err == nil {
			example.Variables = string(variables)
		}
		examples = append(examples, example)
	}
	return examples
}

// operation returns the name of the first query of a document.
func operation(query string) string {
	for line := range strings.Lines(query) {
		if rest, ok := strings.CutPrefix(line, "query "); ok {
			end := strings.IndexAny(rest, "( {")
			return strings.TrimSpace(rest[:max(end, 0)])
		}
	}
	return ""
}

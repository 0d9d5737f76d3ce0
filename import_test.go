package main_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// module is the path that every import of our own begins with.
const module = "entente"

// A layer says what one package of ours may import outside its tests. Paths are relative to the module, and one
// that ends in "/..." takes in what lies below it too. The first row that fits a package holds.
type layer struct {
	pkg string
	// ours lists the packages of this module that pkg may import.
	ours []string
	// foreign lists the modules outside that pkg may import; nil allows all that are not confined.
	foreign []string
	// optional excuses a package that need not be there. Any other row without a package is a failure, so that
	// a package which moves takes its row along.
	optional bool
}

// none is the list of a package that may import the standard library alone.
var none = []string{}

// layers is the direction of imports, from the top down: server → resolvers, loader → store → trace, topology,
// ledger → kv, and anyone may import graph. The root package has no row: it wires everything. Nor has a package
// whose name ends in "test": like a test, it may import what it likes.
var layers = []layer{
	{pkg: "resolvers", ours: []string{"cache", "origin", "graph", "graph/store", "graph/trace", "graph/topology", "graph/ledger"}},
	{pkg: "reconcile", ours: []string{"origin", "graph", "graph/store", "graph/match", "graph/ledger"}},
	{pkg: "bench", ours: []string{"graph", "graph/store", "graph/trace", "graph/topology", "graph/topology/names"}, foreign: none},
	{pkg: "origin", ours: none, foreign: none},
	{pkg: "cache", ours: none, foreign: []string{"github.com/hashicorp/golang-lru"}},
	{pkg: "loader/...", ours: []string{"graph", "graph/store", "graph/ledger", "loader/..."}},
	{pkg: "graph/match", ours: []string{"graph", "graph/store", "graph/topology/names"}, foreign: none},
	{pkg: "graph/store", ours: []string{"cache", "graph", "graph/trace", "graph/topology", "graph/ledger", "graph/kv"}},
	{pkg: "graph/trace", ours: []string{"graph", "graph/topology", "graph/ledger"}, foreign: none},
	{pkg: "graph/topology", ours: []string{"graph", "graph/ledger", "graph/topology/names"}},
	{pkg: "graph/topology/names", ours: []string{"graph"}},
	{pkg: "graph/ledger", ours: []string{"cache", "graph", "graph/kv"}},
	{pkg: "graph/kv/memkv", ours: []string{"graph/kv"}, foreign: none},
	{pkg: "graph/kv/overlaykv", ours: []string{"graph/kv", "graph/kv/memkv"}, foreign: none},
	{pkg: "graph/kv/badgerkv", ours: []string{"graph/kv", "graph/kv/mirror"}},
	{pkg: "graph/kv/backup", ours: []string{"graph/kv", "graph/kv/mirror"}},
	{pkg: "graph/kv/mirror", ours: []string{"graph/kv"}},
	{pkg: "graph/kv", ours: none, foreign: none},
	{pkg: "graph", ours: none, foreign: []string{"github.com/google/uuid", "golang.org/x/text"}},
	{pkg: "data", ours: none, foreign: none, optional: true},
	{pkg: "web", ours: none, foreign: none, optional: true},
}

// testPackages is no path, so that it fits no package: the packages it names are not held to the tables.
var testPackages = []string{"test packages"}

// confined names the modules that belong in one place only, tests aside: to exchange such a module is then to
// change that place. The root package is "". A package whose name ends in "test" may import all of them.
var confined = map[string][]string{
	"github.com/dgraph-io/badger":           {"graph/kv/badgerkv"},
	"github.com/graph-gophers/graphql-go":   {"resolvers"},
	"github.com/alecthomas/kong":            {""},
	"github.com/KimMachineGun/automemlimit": {""},
	"github.com/hanwen/go-fuse":             testPackages,
	"github.com/jackc/pgx":                  testPackages,
	"github.com/blevesearch/vellum":         {"graph/topology/names"},
	"github.com/hashicorp/golang-lru":       {"cache"},
	"github.com/xuri/excelize":              {"loader/table"},
	"go.yaml.in/yaml":                       {"loader/mapping"},
	"github.com/google/go-cmp":              testPackages,
	"github.com/chromedp/chromedp":          testPackages,
	"github.com/chromedp/cdproto":           testPackages,
	"go.uber.org/goleak":                    testPackages,
	"github.com/santhosh-tekuri/jsonschema": testPackages,
	"pgregory.net/rapid":                    testPackages,
}

// A goPackage is what "go list" says of a package. The imports of its tests are not among them, for a test may
// import what it likes.
type goPackage struct {
	ImportPath string
	Imports    []string
}

// TestImportDirection keeps the direction of imports between our packages, and foreign modules in their places.
func TestImportDirection(t *testing.T) {
	packages := listPackages(t)
	for _, problem := range importProblems(packages) {
		t.Error(problem)
	}
	for _, problem := range absentPackages(packages) {
		t.Error(problem)
	}
}

// listPackages asks the go command for the packages of the module. A listing that cannot be whole fails the
// test, since a checker that is shown nothing finds nothing.
func listPackages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatalf("go list: %v", err)
	}
	var packages []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		packages = append(packages, p)
	}
	root := slices.IndexFunc(packages, func(p goPackage) bool { return p.ImportPath == module })
	if root < 0 || len(packages[root].Imports) == 0 {
		t.Fatalf("go list shows %d packages, but not the root package %q with its imports", len(packages), module)
	}
	return packages
}

// importProblems returns a sentence for each import that the tables forbid and for each package without a row.
func importProblems(packages []goPackage) []string {
	var problems []string
	for _, p := range packages {
		name := relative(p.ImportPath)
		row, known := rowOf(name)
		if !known && name != "" && !isTestPackage(name) {
			problems = append(problems, fmt.Sprintf("%s has no row in layers: say there what it may import", p.ImportPath))
			continue
		}
		for _, imported := range p.Imports {
			if problem := importProblem(name, row, imported); problem != "" {
				problems = append(problems, fmt.Sprintf("%s imports %s: %s", p.ImportPath, imported, problem))
			}
		}
	}
	return problems
}

// importProblem says what is wrong with one import of the package called name, or "" if nothing is.
func importProblem(name string, row layer, imported string) string {
	if isTestPackage(name) {
		return ""
	}
	switch {
	case matches("testing/...", imported), imported == "net/http/httptest":
		return "only tests and packages whose name ends in test may"
	case imported == module || strings.HasPrefix(imported, module+"/"):
		imported = relative(imported)
		if isTestPackage(imported) {
			return "only tests and packages whose name ends in test may"
		}
		if name != "" && !matchesAny(row.ours, imported) {
			return fmt.Sprintf("of this module it may import %s", list(row.ours))
		}
	case !isStandard(imported):
		for other, places := range confined {
			if matches(other+"/...", imported) && !matchesAny(places, name) {
				return fmt.Sprintf("tests aside, only %s may", list(places))
			}
		}
		if row.foreign != nil && !slices.ContainsFunc(row.foreign, func(m string) bool { return matches(m+"/...", imported) }) {
			return fmt.Sprintf("outside of the standard library it may import %s", list(row.foreign))
		}
	}
	return ""
}

// absentPackages returns a sentence for each row that has no package, but for the optional ones.
func absentPackages(packages []goPackage) []string {
	var problems []string
	for _, l := range layers {
		there := slices.ContainsFunc(packages, func(p goPackage) bool {
			row, known := rowOf(relative(p.ImportPath))
			return known && row.pkg == l.pkg
		})
		if !there && !l.optional {
			problems = append(problems, fmt.Sprintf("layers has a row for %s, but there is no such package", l.pkg))
		}
	}
	return problems
}

// rowOf returns the first row that fits the package.
func rowOf(name string) (layer, bool) {
	i := slices.IndexFunc(layers, func(l layer) bool { return matches(l.pkg, name) })
	if i < 0 || isTestPackage(name) {
		return layer{}, false
	}
	return layers[i], true
}

// relative cuts the module from an import path; the root package is "".
func relative(importPath string) string {
	return strings.TrimPrefix(strings.TrimPrefix(importPath, module), "/")
}

// matches reports whether name is the pattern, or lies below it where the pattern ends in "/...".
func matches(pattern, name string) bool {
	top, below := strings.CutSuffix(pattern, "/...")
	return name == top || below && strings.HasPrefix(name, top+"/")
}

func matchesAny(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, name) })
}

// isTestPackage reports whether the package exists for tests: kvtest, not the test of kv.
func isTestPackage(name string) bool { return strings.HasSuffix(name, "test") }

// isStandard reports whether the path is of the standard library, whose first element has no dot.
func isStandard(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return !strings.Contains(first, ".")
}

// list joins names for a message.
func list(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	named := slices.Clone(names)
	for i, n := range named {
		if n == "" {
			named[i] = "the root package"
		}
	}
	return strings.Join(named, ", ")
}

// TestImportProblems shows that the checker finds what it is there to find.
func TestImportProblems(t *testing.T) {
	const testsOnly = "only tests and packages whose name ends in test may"
	tests := []struct {
		name     string
		importer string
		imports  []string
		want     []string
	}{
		{"the root wires everything", "entente", []string{"entente/resolvers", "entente/loader", "entente/graph/kv/badgerkv", "github.com/alecthomas/kong", "net/http"}, nil},
		{"every arrow downwards", "entente/graph/store", []string{"entente/graph", "entente/graph/topology", "entente/graph/ledger", "entente/graph/kv"}, nil},
		{"a format of the loader", "entente/loader/pax", []string{"entente/loader", "entente/graph", "encoding/csv"}, nil},
		{"the domain's two modules", "entente/graph", []string{"github.com/google/uuid", "golang.org/x/text/unicode/norm", "iter"}, nil},
		{"the conformance suite", "entente/graph/kv/kvtest", []string{"testing", "entente/graph/kv/memkv", "pgregory.net/rapid"}, nil},
		{"an engine and its database", "entente/graph/kv/badgerkv", []string{"entente/graph/kv", "github.com/dgraph-io/badger/v4/options"}, nil},

		{"an arrow upwards", "entente/graph/ledger", []string{"entente/graph/store"}, []string{"entente/graph/ledger imports entente/graph/store: of this module it may import cache, graph, graph/kv"}},
		{"the loader past the store", "entente/loader", []string{"entente/graph/kv"}, []string{"entente/loader imports entente/graph/kv: of this module it may import graph, graph/store, graph/ledger, loader/..."}},
		{"a resolver names an engine", "entente/resolvers", []string{"entente/graph/kv/memkv"}, []string{"entente/resolvers imports entente/graph/kv/memkv: of this module it may import cache, origin, graph, graph/store, graph/trace, graph/topology, graph/ledger"}},
		{"the seam on its own domain", "entente/graph/kv", []string{"entente/graph"}, []string{"entente/graph/kv imports entente/graph: of this module it may import nothing"}},
		{"the seam on a module", "entente/graph/kv", []string{"errors", "github.com/google/uuid"}, []string{"entente/graph/kv imports github.com/google/uuid: outside of the standard library it may import nothing"}},
		{"the domain on a third module", "entente/graph", []string{"golang.org/x/textile"}, []string{"entente/graph imports golang.org/x/textile: outside of the standard library it may import github.com/google/uuid, golang.org/x/text"}},
		{"anything on the root", "entente/graph/store", []string{"entente"}, []string{"entente/graph/store imports entente: of this module it may import cache, graph, graph/trace, graph/topology, graph/ledger, graph/kv"}},
		{"a database beside its engine", "entente/graph/ledger", []string{"github.com/dgraph-io/badger/v4"}, []string{"entente/graph/ledger imports github.com/dgraph-io/badger/v4: tests aside, only graph/kv/badgerkv may"}},
		{"a database in the root", "entente", []string{"github.com/dgraph-io/badger/v4"}, []string{"entente imports github.com/dgraph-io/badger/v4: tests aside, only graph/kv/badgerkv may"}},
		{"the flags below the root", "entente/loader", []string{"github.com/alecthomas/kong"}, []string{"entente/loader imports github.com/alecthomas/kong: tests aside, only the root package may"}},
		{"testing in the root", "entente", []string{"testing"}, []string{"entente imports testing: " + testsOnly}},
		{"testing in a package", "entente/graph/topology", []string{"testing/fstest", "net/http/httptest"}, []string{"entente/graph/topology imports testing/fstest: " + testsOnly, "entente/graph/topology imports net/http/httptest: " + testsOnly}},
		{"a test package in the program", "entente", []string{"entente/graph/kv/kvtest"}, []string{"entente imports entente/graph/kv/kvtest: " + testsOnly}},
		{"a test's module in the program", "entente/graph/trace", []string{"pgregory.net/rapid"}, []string{"entente/graph/trace imports pgregory.net/rapid: tests aside, only test packages may"}},
		{"a part on its whole", "entente/graph/topology/names", []string{"entente/graph/topology"}, []string{"entente/graph/topology/names imports entente/graph/topology: of this module it may import graph"}},
		{"a new package", "entente/util", []string{"fmt"}, []string{"entente/util has no row in layers: say there what it may import"}},
		{"a new engine", "entente/graph/kv/etcdkv", nil, []string{"entente/graph/kv/etcdkv has no row in layers: say there what it may import"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := importProblems([]goPackage{{ImportPath: tt.importer, Imports: tt.imports}})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("importProblems(%s imports %q) (-want +got):\n%s", tt.importer, tt.imports, diff)
			}
		})
	}
}

// TestAbsentPackages shows that a package which vanishes is missed, and that an optional one is not.
func TestAbsentPackages(t *testing.T) {
	var all []goPackage
	for _, l := range layers {
		if !l.optional {
			all = append(all, goPackage{ImportPath: module + "/" + strings.TrimSuffix(l.pkg, "/...")})
		}
	}
	if got := absentPackages(all); len(got) != 0 {
		t.Errorf("absentPackages of every expected package = %q, want none", got)
	}
	without := slices.DeleteFunc(slices.Clone(all), func(p goPackage) bool { return p.ImportPath == "entente/graph/kv" })
	want := []string{"layers has a row for graph/kv, but there is no such package"}
	if diff := cmp.Diff(want, absentPackages(without)); diff != "" {
		t.Errorf("absentPackages without graph/kv (-want +got):\n%s", diff)
	}
}

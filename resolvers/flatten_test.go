package resolvers

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
)

// TestFragments asks the same in fragments of many forms: the answers are equal, whatever stands in what.
func TestFragments(t *testing.T) {
	srv := serve(t, smallStore(t))
	tests := []struct{ name, document, want string }{
		{"on an object in an interface", `{node(id:"entente:stmt"){...on Meeting{date ...on Agreement{stage}}}}`, `{"node":{"date":"[2020-11-09,2020-11-10]","stage":"ceasefire"}}`},
		{"on an object that it is not", `{node(id:"entente:prague22"){...on Meeting{date ...on Agreement{stage}}}}`, `{"node":{"date":"2022-10-06"}}`},
		{"in their order", `{entity(id:"iso3:ARM"){kind ...on Party{...on State{name} id}}}`, `{"entity":{"kind":"STATE","name":"Armenia","id":"entente:ARM"}}`},
		{"on wider types", `{entity(id:"iso3:ARM"){...on State{...on Entity{...on Node{id}}}}}`, `{"entity":{"id":"entente:ARM"}}`},
		{"named", `{node(id:"iso3:ARM"){...none} entity(id:"iso3:ARM"){...some}} fragment some on Entity{id ...on Party{...more}} fragment more on State{name} fragment none on Commit{id}`, `{"node":null,"entity":{"id":"entente:ARM","name":"Armenia"}}`},
		{"without a type", `{entity(id:"iso3:ARM"){...{id ...{name}}}}`, `{"entity":{"id":"entente:ARM","name":"Armenia"}}`},
		{"with directives", `{entity(id:"iso3:ARM"){...@include(if:true){id ...on State@skip(if:false){name ...@include(if:false){kind}}} ...on Party@skip(if:true){uuid}}}`, `{"entity":{"id":"entente:ARM","name":"Armenia"}}`},
		{"on an object's own interface, with directives", `{entity(id:"entente:prague22"){...on Event{process{...on Entity{...@include(if:true){id}}}}}}`, `{"entity":{"process":{"id":"entente:talks"}}}`},
		{"merged fields", `{entity(id:"iso3:ARM"){...on State{leaders{capacity}} ...on Party{...on State{leaders{subject{name}}}}}}`, `{"entity":{"leaders":[{"capacity":"Prime Minister","subject":{"name":"Nikol Pashinyan"}}]}}`},
		{"at the top", `{...a ...{moment{commit}}} fragment a on Query{moment{asOf}}`, `{"moment":{"asOf":null,"commit":3}}`},
		{"with variables and a default", `query q($yes: Boolean! = true){entity(id:"iso3:ARM"){...on Node@include(if:$yes){id}}}`, `{"entity":{"id":"entente:ARM"}}`},
		{"one of several operations", `query other{moment{ledger}} query q{...a} fragment a on Query{moment{commit}}`, `{"moment":{"commit":3}}`},
		{"a meeting's", `{entity(id:"iso3:RUS"){...on Party{mediated{edges{node{meeting{...on Node{id} ...on Entity{...on Agreement{stage}}}}}}}}}`, `{"entity":{"mediated":{"edges":[{"node":{"meeting":{"id":"entente:stmt","stage":"ceasefire"}}}]}}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := fmt.Sprintf(`{"query":%q}`, tt.document)
			if strings.Contains(tt.document, "query q") {
				body = fmt.Sprintf(`{"query":%q,"operationName":"q"}`, tt.document)
			}
			got := srv.do(t, srv.post(t, body))
			if diff := cmp.Diff(tt.want, string(got.Data)); diff != "" || len(got.Errors) > 0 {
				t.Errorf("%s (-want +got):\n%s", got.body, diff)
			}
		})
	}
}

// TestEveryFragment nests fragments on every three types that may stand in each other, and checks that what is inside
// is there if and only if the node is of all three.
func TestEveryFragment(t *testing.T) {
	schema := loadSchema(t)
	srv := serve(t, smallStore(t))
	var conditions []string
	for _, def := range ownTypes(schema) {
		if def.Kind == ast.Interface || slices.Contains(def.Interfaces, "Node") {
			conditions = append(conditions, def.Name)
		}
	}
	is := func(typ, condition string) bool {
		return slices.ContainsFunc(schema.GetPossibleTypes(schema.Types[condition]), func(d *ast.Definition) bool { return d.Name == typ })
	}
	nodes := map[string]string{"State": "entente:ARM", "Agreement": "entente:stmt", "Event": "entente:fighting", "Document": "entente:article", "Commit": "commit:1"}
	asked := 0
	for _, a := range conditions {
		for _, b := range conditions {
			for _, c := range conditions {
				document := "query($id: ID!) { node(id: $id) { __typename ... on " + a + " { ... on " + b + " { ... on " + c + " { inside: __typename } } } } }"
				parsed, err := parser.ParseQuery(&ast.Source{Input: document})
				if err != nil {
					t.Fatal(err)
				}
				if len(validator.ValidateWithRules(schema, parsed, validationRules)) > 0 {
					continue // nothing is of all three, and the client is told so
				}
				for typ, id := range nodes {
					asked++
					want := map[string]any{"__typename": typ}
					if is(typ, a) && is(typ, b) && is(typ, c) {
						want["inside"] = typ
					}
					var got struct {
						Node map[string]any `json:"node"`
					}
					if srv.ask(t, document, "id", id).data(t, &got); !cmp.Equal(want, got.Node) {
						t.Fatalf("%s of %s: got %v, want %v", document, typ, got.Node, want)
					}
				}
			}
		}
	}
	if asked < 500 {
		t.Errorf("asked %d questions, which cannot be all", asked)
	}
}

// TestTypesTakeInEachOther keeps what the rewriting of fragments rests on: of two types, one takes in the other, or they
// have nothing in common.
func TestTypesTakeInEachOther(t *testing.T) {
	f := &flattening{types: loadSchema(t)}
	for _, a := range ownTypes(f.types) {
		for _, b := range ownTypes(f.types) {
			if !a.IsCompositeType() || !b.IsCompositeType() || f.takesIn(a, b) || f.takesIn(b, a) {
				continue
			}
			for _, p := range f.types.GetPossibleTypes(a) {
				if slices.Contains(f.types.GetPossibleTypes(b), p) {
					t.Errorf("%s and %s have %s in common, and neither takes in the other", a.Name, b.Name, p.Name)
				}
			}
		}
	}
}

package resolvers

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// A selecting goes through the selections of a type that ask for one thing each.
type selecting struct {
	types *ast.Schema
	// claims are the fields met that are lists of claims, such as "Participation.claims".
	claims map[string]bool
}

// each yields a selection for each way from the type to a leaf, a claim or another entity, without arguments; and the list of claims at its end,
// if it is one.
func (s *selecting) each(t *ast.Definition, yield func(selection, claims string)) {
	for _, f := range t.Fields {
		if slices.ContainsFunc(f.Arguments, func(a *ast.ArgumentDefinition) bool { return a.Type.NonNull && a.DefaultValue == nil }) || strings.HasPrefix(f.Name, "__") {
			continue
		}
		to := s.types.Types[f.Type.Name()]
		switch {
		case to.IsLeafType():
			yield(f.Name, "")
		case to.Name == "Claim" && f.Type.Elem != nil:
			s.claims[t.Name+"."+f.Name] = true
			yield(f.Name+" { id }", t.Name+"."+f.Name)
		case to.Fields.ForName("id") != nil && (to.Name == "Entity" || slices.Contains(to.Interfaces, "Entity")), to.Kind == ast.Interface, to.Name == "Claim":
			yield(f.Name+" { id }", "")
		default:
			s.each(to, func(selection, claims string) { yield(f.Name+" { "+selection+" }", claims) })
		}
	}
}

// TestEvidenceIsLookedAhead asks for one thing at a time, everywhere. What rests on claims reads them before, if they are asked for: forgotten in one
// place, they would be missing there and nowhere else.
func TestEvidenceIsLookedAhead(t *testing.T) {
	types, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: schemaText(t)})
	if err != nil {
		t.Fatal(err)
	}
	srv := serve(t, mergedStore(t))
	s := &selecting{types, map[string]bool{}}
	found := map[string]bool{}
	ask := func(question, of string) {
		s.each(types.Types[of], func(selection, claims string) {
			document := fmt.Sprintf(question, selection)
			got := srv.ask(t, document)
			if got.status != 200 || len(got.Errors) > 0 {
				t.Errorf("%s: status %d: %s", document, got.status, got.body)
			}
			if claims != "" && strings.Contains(got.body, `"id"`) {
				found[claims] = true
			}
		})
	}
	for question, of := range map[string]string{
		`{ mediationChains(from: "entente:ARM", to: "entente:AZE", options: {stances: [ASSERTED, IMPLIED, DENIED]}) { %s } }`:   "ChainResult",
		`{ mediationChains(from: "entente:EU", to: "entente:RUS", options: {order: STRICT, minimumRole: THIRD_PARTY}) { %s } }`: "ChainResult",
		`{ mediationHistory(between: ["entente:ARM", "entente:AZE"]) { %s } }`:                                                  "MediationHistory",
		`{ mediationHistory(process: "entente:talks") { %s } }`:                                                                 "MediationHistory",
		`{ lineage(agreement: "entente:annex") { %s } }`:                                                                        "Lineage",
		`{ recognition(of: "entente:NK") { %s } }`:                                                                              "RecognitionReport",
		`{ diff(entity: "entente:NK", from: {commit: 1}, to: {commit: 4}) { %s } }`:                                             "Diff",
		`{ diff(entity: "entente:stmt", from: {commit: 2}, to: {commit: 3}) { %s } }`:                                           "Diff",
		`{ findings { %s } }`: "FindingConnection",
	} {
		ask(question, of)
	}
	for _, kind := range types.GetPossibleTypes(types.Types["Entity"]) {
		if kind.Name != "UnknownEntity" {
			ask(`{ entities(first: 100) { edges { node { ... on `+kind.Name+` { %s } } } } }`, kind.Name)
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(s.claims)), slices.Sorted(maps.Keys(found))); diff != "" {
		t.Errorf("lists of claims, and those that had any (-want +got):\n%s", diff)
	}
}

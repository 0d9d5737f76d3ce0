package resolvers

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAsked asks for fields in the ways there are. Fields of operations that are not run are not among them.
func TestAsked(t *testing.T) {
	h, err := Handler(Options{Schema: schemaText(t), Store: smallStore(t), Decode: decodeRecord})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		document, operation string
		want                []string
	}{
		{"{ moment { commit } }", "", []string{"Moment.commit", "Query.moment"}},
		{"{ m: moment { c: commit __typename } }", "", []string{"Moment.__typename", "Moment.commit", "Query.moment"}},
		{`{ entity(id: "a:b") { ... on State { name } ... { id } } }`, "", []string{"Entity.id", "Query.entity", "State.name"}},
		{`{ entity(id: "a:b") { ...E } } fragment E on Entity { ...S uuid } fragment S on State { name }`, "", []string{"Entity.uuid", "Query.entity", "State.name"}},
		{"query A { moment { commit } } query B { statistics { claims } }", "B", []string{"Query.statistics", "Statistics.claims"}},
		{`{ moment { commit @skip(if: true) } }`, "", []string{"Moment.commit", "Query.moment"}},
	}
	for _, tt := range tests {
		ready, err := h.(*api).prepare(&params{Query: tt.document, OperationName: tt.operation})
		if err != nil {
			t.Fatalf("%s: %v", tt.document, err)
		}
		if diff := cmp.Diff(tt.want, slices.Sorted(maps.Keys(ready.asked))); diff != "" {
			t.Errorf("%s asks for (-want +got):\n%s", tt.document, diff)
		}
	}
}

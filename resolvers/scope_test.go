package resolvers

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestScopeArguments asks with arguments that cannot be used, each told by its name and what it is.
func TestScopeArguments(t *testing.T) {
	srv := serve(t, smallStore(t))
	tests := []struct{ question, want string }{
		{`mediationHistory { gaps { days } }`, "say between whom, or of which process or conflict"},
		{`mediationHistory(between: []) { gaps { days } }`, "between is empty; it has the ids of parties, or is left out"},
		{`mediationHistory(between: ["entente:nobody"]) { gaps { days } }`, `between has "entente:nobody"; no entity has that id`},
		{`mediationHistory(between: ["entente:stmt"]) { gaps { days } }`, "between has entente:stmt, a AGREEMENT; it takes parties"},
		{`mediationHistory(process: "entente:war") { gaps { days } }`, "process is entente:war, a CONFLICT; it takes a PROCESS"},
		{`mediationHistory(conflict: "entente:none") { gaps { days } }`, `conflict is "entente:none"; no entity has that id`},
		{`mediationHistory(process: "entente:talks", minGapDays: 0) { gaps { days } }`, "minGapDays is 0; it is a number of days, at least 1"},
		{`mediatorRanking(minimumRole: SIGNED) { meetings }`, "minimumRole is SIGNED; it is the role of a third party, such as MEDIATED"},
		{`mediatorRanking(first: 501) { meetings }`, "first is 501; it can be 1 to 500"},
		{`mediatorRanking { claims(first: 0) { id } }`, "first is 0; it can be 1 to 500"},
		{`coMediators(window: {from: "2020", to: "2019"}) { meetings }`, "window runs from 2020 to 2019, which is before it"},
	}
	for _, tt := range tests {
		r := srv.ask(t, "{ "+tt.question+" }")
		if !slices.Equal(r.codes(), []string{codeInput}) {
			t.Errorf("%s: %s", tt.question, r.body)
			continue
		}
		if diff := cmp.Diff(tt.want, r.Errors[0].Message); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.question, diff)
		}
	}
}

// TestNullsOfScope asks with explicit nulls, which stand for what is left out.
func TestNullsOfScope(t *testing.T) {
	srv := serve(t, smallStore(t))
	const fields = `{ actor { id } meetings }`
	want := srv.ask(t, "{ mediatorRanking"+fields+" }").body
	for _, document := range []string{
		"{ mediatorRanking(minimumRole: null, rollUp: null, first: null, between: null, process: null, conflict: null, window: null, at: null)" + fields + " }",
		"query($role: Role) { mediatorRanking(minimumRole: $role)" + fields + " }",
	} {
		if diff := cmp.Diff(want, srv.ask(t, document, "role", nil).body); diff != "" {
			t.Errorf("%s (-want +got):\n%s", document, diff)
		}
	}
}

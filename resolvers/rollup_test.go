package resolvers

import (
	"fmt"
	"strings"
	"testing"

	"entente/graph/kv/memkv"
	"entente/graph/store"
)

// TestRolledUpByOfOwnWings asks of two fronts that were there on behalf of their own wings, which counts for them by the claims that the wings are parts of
// them; and of a question that does not roll up, by none.
func TestRolledUpByOfOwnWings(t *testing.T) {
	s, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	commitLines(t, s, `{"entity": "state", "kind": "State"}
{"entity": "party", "kind": "ArmedGroup"}
{"entity": "partywing", "kind": "ArmedGroup"}
{"entity": "third", "kind": "ArmedGroup"}
{"entity": "thirdwing", "kind": "ArmedGroup"}
{"entity": "deal", "kind": "Agreement", "date": "2001-05-03"}
{"entity": "later", "kind": "Agreement"}
{"claim": "implements", "from": "later", "to": "deal"}
{"claim": "partOf", "from": "partywing", "to": "party"}
{"claim": "partOf", "from": "thirdwing", "to": "third"}
{"claim": "signed", "from": "state", "to": "deal"}
{"claim": "signed", "from": "party", "to": "deal", "qualifiers": {"onBehalfOf": "partywing"}}
{"claim": "mediated", "from": "third", "to": "deal", "qualifiers": {"onBehalfOf": "thirdwing"}}`)
	srv := serve(t, s)
	const party, third = `"entente:partywing"`, `"entente:thirdwing"`
	for _, tt := range []struct {
		question     string
		party, third int
	}{
		{`{ mediationChains(from: "entente:state", to: "entente:party", options: {rollUp: %t}) { chains { hops { fromTies { rolledUpBy { subjectId } } toTies { rolledUpBy { subjectId } } } } } }`, 1, 2},
		{`{ mediationHistory(between: ["entente:state", "entente:party"], rollUp: %t) { meetings { actors { rolledUpBy { subjectId } } } } }`, 0, 1},
		{`{ mediationHistory(between: ["entente:state", "entente:party"], rollUp: %t) { meetings { thirdParties { rolledUpBy { subjectId } } } } }`, 0, 1},
		{`{ mediationHistory(between: ["entente:state", "entente:party"], rollUp: %t) { meetings { parties { rolledUpBy { subjectId } } } } }`, 1, 0},
		{`{ mediatorRanking(rollUp: %t) { rolledUpBy { subjectId } } }`, 0, 1},
	} {
		for _, rollUp := range []bool{true, false} {
			got := srv.ask(t, fmt.Sprintf(tt.question, rollUp))
			parties, thirds := strings.Count(got.body, party), strings.Count(got.body, third)
			wantParties, wantThirds := tt.party, tt.third
			if !rollUp {
				wantParties, wantThirds = 0, 0
			}
			if got.status != 200 || !strings.Contains(got.body, "rolledUpBy") || parties != wantParties || thirds != wantThirds {
				t.Errorf(tt.question+": %d claims of the party's wing and %d of the third party's, want %d and %d: %s",
					rollUp, parties, thirds, wantParties, wantThirds, got.body)
			}
		}
	}
	const lineage = `{ lineage(agreement: "entente:later") { steps { mediators { rolledUpBy { subjectId } } } } }`
	if got := srv.ask(t, lineage); strings.Count(got.body, third) != 1 {
		t.Errorf("%s, which rolls up, has not once the claim of the third party's wing: %s", lineage, got.body)
	}
}

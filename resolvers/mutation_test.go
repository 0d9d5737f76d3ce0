package resolvers

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
)

const commitDocument = `mutation($input: CommitInput!) { commit(input: $input) {
	commit { id number author note added retracted } added repeated retracted withdrawnSkipped
	problems { record path found expected } clientMutationId } }`

// payload is what the tests read of a CommitPayload.
type payload struct {
	Commit *struct {
		ID        string `json:"id"`
		Number    int    `json:"number"`
		Author    string `json:"author"`
		Note      string `json:"note"`
		Added     int    `json:"added"`
		Retracted int    `json:"retracted"`
	} `json:"commit"`
	Added            int              `json:"added"`
	Repeated         int              `json:"repeated"`
	Retracted        int              `json:"retracted"`
	WithdrawnSkipped int              `json:"withdrawnSkipped"`
	Problems         []map[string]any `json:"problems"`
	ClientMutationID *string          `json:"clientMutationId"`
}

func (s *server) commit(t *testing.T, input map[string]any) (*payload, *reply) {
	t.Helper()
	var got struct {
		Commit *payload `json:"commit"`
	}
	r := s.ask(t, commitDocument, "input", input)
	r.data(t, &got)
	return got.Commit, r
}

// TestCommit commits records, finds them, repeats them and takes one back.
func TestCommit(t *testing.T) {
	srv := serve(t, smallStore(t))
	records := []string{
		`{"claim": "signed", "from": "GEO", "to": "stmt"}`, // before the entity it names
		`{"entity": "GEO", "kind": "State", "name": "Georgia", "ids": {"iso3": "GEO"}}`,
	}
	got, r := srv.commit(t, map[string]any{"records": records, "note": "Georgia", "expectCommit": 3, "clientMutationId": "m1"})
	if got.Commit == nil || got.Commit.Number != 4 || got.Commit.ID != "commit:4" || got.Commit.Author != author || got.Commit.Note != "Georgia" || got.Added != 4 || *got.ClientMutationID != "m1" {
		t.Errorf("commit: %s", r.body)
	}
	if r.Extensions.Commit != 4 {
		t.Errorf("the answer names commit %d, want the new one, 4", r.Extensions.Commit)
	}
	var found struct {
		Entity struct {
			Name string `json:"name"`
		} `json:"entity"`
	}
	srv.ask(t, `{entity(id: "iso3:GEO") {name}}`).data(t, &found)
	if found.Entity.Name != "Georgia" {
		t.Errorf("iso3:GEO is %q", found.Entity.Name)
	}
	if got, r := srv.commit(t, map[string]any{"records": records}); got.Commit != nil || got.Repeated != 4 || got.Added != 0 || r.Extensions.Commit != 4 {
		t.Errorf("the same again: %s", r.body)
	}
	signed := graph.Claim{Predicate: graph.Signed, From: "entente:GEO", To: "entente:stmt", Stance: graph.Asserted}
	retraction := fmt.Sprintf(`{"retract": %q, "reason": "it did not"}`, signed.ID())
	if got, r := srv.commit(t, map[string]any{"records": []string{retraction}}); got.Retracted != 1 || got.Commit == nil || got.Commit.Retracted != 1 {
		t.Errorf("retract: %s", r.body)
	}
	if got, r := srv.commit(t, map[string]any{"records": records[:1]}); got.WithdrawnSkipped != 1 || got.Commit != nil {
		t.Errorf("what was withdrawn, again: %s", r.body)
	}
}

// TestCommitProblems commits records of which one is wrong: nothing is committed, and each problem says where.
func TestCommitProblems(t *testing.T) {
	s := smallStore(t)
	srv := serve(t, s)
	const sound = `{"entity": "GEO", "kind": "State", "name": "Georgia"}`
	tests := []struct {
		name    string
		records []string
		want    []map[string]any
	}{
		{"a predicate that is none", []string{sound, `{"claim": "sinned", "from": "ARM", "to": "stmt"}`}, []map[string]any{
			{"record": 1.0, "path": "/claim", "found": `"sinned"`, "expected": "a predicate of the vocabulary"},
		}},
		{"several", []string{`{"entity": "X", "kind": "Planet", "name": "X"}`, sound, `{"claim": "date", "from": "stmt", "value": "tomorrow"}`}, []map[string]any{
			{"record": 0.0, "path": "/kind", "found": `"Planet"`}, {"record": 2.0, "path": "/value", "found": `"tomorrow"`},
		}},
		{"no JSON", []string{"{"}, []map[string]any{{"record": 0.0, "path": ""}}},
		{"an entity nobody declares", []string{sound, `{"claim": "signed", "from": "nobody", "to": "stmt"}`}, []map[string]any{
			{"record": 1.0, "path": "/from", "found": `"entente:nobody"`},
		}},
		{"a kind that cannot sign", []string{`{"claim": "signed", "from": "NK", "to": "stmt"}`}, []map[string]any{{"record": 0.0, "path": "/from"}}},
		{"a claim that is not there", []string{`{"retract": "6fa459ea-ee8a-5ca4-894e-db77e160355e"}`}, []map[string]any{{"record": 0.0, "path": "/retract"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, r := srv.commit(t, map[string]any{"records": tt.records})
			if got.Commit != nil || got.Added != 0 || r.Extensions.Commit != 3 || len(got.Problems) != len(tt.want) {
				t.Fatalf("%s", r.body)
			}
			for i, want := range tt.want {
				for member, value := range want {
					if diff := cmp.Diff(value, got.Problems[i][member]); diff != "" {
						t.Errorf("problem %d, %s (-want +got):\n%s", i, member, diff)
					}
				}
				if got.Problems[i]["expected"] == "" || got.Problems[i]["found"] == "" {
					t.Errorf("problem %d does not say what was found or expected: %v", i, got.Problems[i])
				}
			}
		})
	}
	if _, known := s.Head().Resolve("entente:GEO"); known {
		t.Error("a sound record beside a wrong one was committed")
	}
}

// TestMutationErrors checks what is wrong with a change as a whole.
func TestMutationErrors(t *testing.T) {
	s := smallStore(t)
	srv := serve(t, s)
	name := graph.Claim{Predicate: graph.NamePredicate, From: "entente:ARM", Value: "Armenia", Stance: graph.Asserted}
	merge := func(keep, absorb, reason string) string {
		return fmt.Sprintf(`mutation { merge(keep: %q, absorb: %q, reason: %q) { added } }`, keep, absorb, reason)
	}
	unmerge := func(claim, reason string) string {
		return fmt.Sprintf(`mutation { unmerge(claim: %q, reason: %q) { added } }`, claim, reason)
	}
	tests := []struct{ name, document, code, message string }{
		{"others came first", `mutation { commit(input: {records: [], expectCommit: 2}) { added } }`, codeConflict, "others"},
		{"a commit below none", `mutation { commit(input: {records: [], expectCommit: -2}) { added } }`, codeInput, "expectCommit"},
		{"no dataset", `mutation { commit(input: {records: [], dataset: "A B"}) { added } }`, codeInput, "dataset"},
		{"too long a note", `mutation { commit(input: {records: [], note: "` + strings.Repeat("n", maxNote+1) + `"}) { added } }`, codeInput, "note"},
		{"nothing to keep", merge("entente:nobody", "other:Armenia", "a"), codeNotFound, "keep"},
		{"nothing to absorb", merge("entente:ARM", "entente:nobody", "a"), codeNotFound, "absorb"},
		{"one and the same", merge("entente:ARM", "iso3:ARM", "a"), codeInput, "merged"},
		{"no reason", merge("entente:ARM", "other:Armenia", " "), codeInput, "reason"},
		{"no claim", unmerge("entente:ARM", "a"), codeInput, "UUID"},
		{"a claim that is not there", unmerge("6fa459ea-ee8a-5ca4-894e-db77e160355e", "a"), codeNotFound, "claim"},
		{"a claim that merges nothing", unmerge(name.ID().String(), "a"), codeInput, "NAME"},
		{"no reason to take back", unmerge(name.ID().String(), ""), codeInput, "reason"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := srv.ask(t, tt.document)
			if got.status != 200 || !slices.Equal(got.codes(), []string{tt.code}) || !strings.Contains(got.Errors[0].Message, tt.message) || len(got.Errors[0].Path) != 1 {
				t.Errorf("status %d, want %s and a message about %s: %s", got.status, tt.code, tt.message, got.body)
			}
		})
	}
	if commit := s.Head().Moment().Commit; commit != 3 {
		t.Errorf("the head is commit %d, want 3", commit)
	}
}

// TestMerge merges, takes it back, and merges again: the claims say the same of whom they did before.
func TestMerge(t *testing.T) {
	srv := serve(t, smallStore(t))
	const merge = `mutation { merge(keep: "entente:ARM", absorb: "other:Armenia", reason: "one country") { added repeated commit { number } } }`
	type state struct {
		Keep struct {
			ID         string   `json:"id"`
			MergedFrom []string `json:"mergedFrom"`
			Claims     struct {
				TotalCount int `json:"totalCount"`
				Edges      []struct {
					Node struct {
						ID string `json:"id"`
					} `json:"node"`
				} `json:"edges"`
			} `json:"claims"`
		} `json:"keep"`
		Absorb struct {
			ID string `json:"id"`
		} `json:"absorb"`
	}
	look := func() (s state) {
		t.Helper()
		srv.ask(t, `{ keep: entity(id: "entente:ARM") { id mergedFrom claims(filter: {predicates: [SAME_AS], includeRetracted: true}) { totalCount edges { node { id } } } }
			absorb: entity(id: "other:Armenia") { id } }`).data(t, &s)
		return s
	}
	change := func(document string) (p payload, r *reply) {
		t.Helper()
		var got map[string]payload
		r = srv.ask(t, document)
		r.data(t, &got)
		for _, p = range got {
		}
		return p, r
	}

	if got, r := change(merge); got.Added != 1 || r.Extensions.Commit != 4 {
		t.Errorf("merge: %s", r.body)
	}
	merged := look()
	if merged.Keep.ID != "entente:ARM" || merged.Absorb.ID != "entente:ARM" || !slices.Equal(merged.Keep.MergedFrom, []string{"other:Armenia"}) || merged.Keep.Claims.TotalCount != 1 {
		t.Errorf("after the merge: %+v", merged)
	}
	if got, r := change(merge); got.Added != 0 || got.Repeated != 1 || r.Extensions.Commit != 4 {
		t.Errorf("merge again: %s", r.body)
	}
	back := srv.ask(t, `mutation { merge(keep: "other:Armenia", absorb: "entente:ARM", reason: "the other way round") { added } }`)
	if !slices.Equal(back.codes(), []string{codeInput}) || !strings.Contains(back.Errors[0].Message, "merged already") {
		t.Errorf("merging the other way round: %s", back.body)
	}
	kinds := srv.ask(t, `mutation { merge(keep: "iso3:RUS", absorb: "entente:stmt", reason: "a mistake") { added } }`)
	if !slices.Equal(kinds.codes(), []string{codeInput}) || !strings.Contains(kinds.Errors[0].Message, "STATE") {
		t.Errorf("merging a state with an agreement: %s", kinds.body)
	}
	unmerge := fmt.Sprintf(`mutation { unmerge(claim: %q, reason: "they are two") { retracted commit { number } } }`, merged.Keep.Claims.Edges[0].Node.ID)
	if got, r := change(unmerge); got.Retracted != 1 || r.Extensions.Commit != 5 {
		t.Errorf("unmerge: %s", r.body)
	}
	if apart := look(); apart.Absorb.ID != "other:Armenia" || len(apart.Keep.MergedFrom) != 0 {
		t.Errorf("after the unmerge: %+v", apart)
	}
	if got, r := change(merge); got.Added != 1 || r.Extensions.Commit != 6 {
		t.Errorf("merge after the unmerge: %s", r.body)
	}
	if again := look(); again.Absorb.ID != "entente:ARM" {
		t.Errorf("after the second merge: %+v", again)
	}
	var before struct {
		Entity struct {
			ID string `json:"id"`
		} `json:"entity"`
	}
	srv.ask(t, `{ entity(id: "other:Armenia", at: {commit: 3}) { id } }`).data(t, &before)
	if before.Entity.ID != "other:Armenia" {
		t.Errorf("as known before the merge other:Armenia is %s", before.Entity.ID)
	}
}

// TestMutationsInOrder sends two changes in one request: the second sees the first, and the answer names the last commit.
func TestMutationsInOrder(t *testing.T) {
	srv := serve(t, smallStore(t))
	got := srv.ask(t, `mutation {
		a: commit(input: {records: ["{\"entity\": \"GEO\", \"kind\": \"State\", \"name\": \"Georgia\"}"], expectCommit: 3}) { commit { number } }
		b: commit(input: {records: ["{\"claim\": \"signed\", \"from\": \"GEO\", \"to\": \"stmt\"}"], expectCommit: 4}) { commit { number } }
		c: merge(keep: "entente:GEO", absorb: "entente:RUS", reason: "a test") { commit { number } } }`)
	if got.status != 200 || len(got.Errors) > 0 || got.Extensions.Commit != 6 {
		t.Errorf("status %d: %s", got.status, got.body)
	}
}

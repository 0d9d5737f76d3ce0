package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/trace"
)

func TestHistory(t *testing.T) {
	folder := curatedFolder(t)
	history := func(args ...string) string {
		return must(t, "", append([]string{"history", "--data", folder}, args...)...)
	}
	golden(t, "testdata/history.golden", unmade(history("Armenia", "iso3:AZE")+"\n"+
		history("--process", "trilateral agreements of Russia, Azerbaijan and Armenia, 2020-2022", "--as-of", "2021-06", "--no-roll-up", "--table")+"\n"+
		history("Armenia", "iso3:AZE", "--window", "2020/..", "--min-gap-days", "600", "--first", "2", "--skip", "1"), folder))
	var told toldHistory
	if err := json.Unmarshal([]byte(history("--conflict", "Karabakh conflict", "--minimum-role", "mediated", "--min-gap-days", "4000", "--json")), &told); err != nil {
		t.Fatal(err)
	}
	claims := make(map[string]bool)
	mediated := 0
	for _, m := range told.Meetings {
		mediated += len(m.ThirdParties)
		if len(m.DatedBy) == 0 || len(m.BelongsBy) == 0 || slices.Contains(slices.Concat(m.DatedBy, m.JoinedBy, m.BelongsBy), "") {
			t.Errorf("%s is dated by %q, one with others by %q, and about the conflict by %q", m.Meeting, m.DatedBy, m.JoinedBy, m.BelongsBy)
		}
		for _, a := range append(m.ThirdParties, m.Parties...) {
			for _, c := range a.Claims {
				claims[c] = len(c) == 36
			}
		}
	}
	if len(told.Meetings) != 33 || mediated != 8 || len(told.Gaps) != 1 || told.Moment.Commit != 1 || len(claims) < 100 {
		t.Errorf("%d meetings with %d mediators, %d gaps at commit %d, resting on %d claims", len(told.Meetings), mediated, len(told.Gaps), told.Moment.Commit, len(claims))
	}
}

// TestHistoryQuotes tells of whom the claims of third parties are on whose word, and of a meeting that has none.
func TestHistoryQuotes(t *testing.T) {
	folder := curatedFolder(t)
	golden(t, "testdata/history-quotes.golden", unmade(must(t, "", "history", "--data", folder, "Armenia", "iso3:AZE", "--window", "2022-10/2024", "--quotes")+"\n"+
		must(t, "", "history", "--data", folder, "--process", "entente:trilateral-agreements", "--conflict", "Karabakh conflict", "--first", "1", "--quotes", "--minimum-role", "guaranteed"), folder))
}

// TestHistoryCites cites all that a history rests on: whatever claim --json names stands, if it has a document, with its place and words in the document's note.
func TestHistoryCites(t *testing.T) {
	v := curatedView(t)
	scope := trace.Everything()
	scope.Conflict, _ = v.Resolve("entente:nk-conflict")
	q := trace.HistoryQuestion{Scope: scope, MinimumRole: graph.ThirdParty, MinGapDays: 365, Filter: trace.Filter{RollUp: true}, Budget: historyBudget}
	a, err := v.Mediation(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	told := pagedHistory{HistoryAnswer: a, view: v, question: &q, to: len(a.Meetings), again: "entente history"}
	var document, cited, errs strings.Builder
	account, err := told.account(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(told.writeJSON(t.Context(), &document), account.cite(t.Context(), streams{out: &cited, err: &errs}, v)); err != nil {
		t.Fatal(err)
	}
	var items []cslItem
	if err := json.Unmarshal([]byte(cited.String()), &items); err != nil {
		t.Fatal(err)
	}
	notes := make(map[string]string)
	for _, item := range items {
		notes[item.ID] = item.Note
	}
	ids := regexp.MustCompile(`"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"`).FindAllString(document.String(), -1)
	for _, quoted := range ids {
		id, err := graph.ParseClaimID(strings.Trim(quoted, `"`))
		if err != nil {
			continue // the ledger's
		}
		no, _, err := v.ClaimByID(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		claims, err := v.ReadClaims(t.Context(), []store.ClaimNo{no})
		if err != nil {
			t.Fatal(err)
		}
		c := tellClaim(v, &claims[0])
		if c.Source == nil || c.Source.Document == nil {
			continue
		}
		if note := notes[string(c.Source.Document.ID)]; note == "" || !strings.Contains(note, c.Source.where()) || !strings.Contains(note, c.reserve()) {
			t.Errorf("%s stands in %s, %s%s, which is not cited so", id, c.Source.Document.ID, c.Source.where(), c.reserve())
		}
	}
	if len(ids) < 200 || items[0].Title != "History of mediation: Nagorno-Karabakh conflict" {
		t.Errorf("%d claims of %q", len(ids), items[0].Title)
	}
}

// TestHistoryNames gives names that do not say who is meant, and other questions that cannot be asked.
func TestHistoryNames(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	records := `{"entity": "a", "kind": "ArmedGroup", "name": "Northern Front"}
{"entity": "b", "kind": "ArmedGroup", "name": "Southern Union", "aliases": ["northern front"]}
{"entity": "c", "kind": "State", "name": "Arvania"}
{"entity": "d", "kind": "Agreement", "name": "Northern Front"}
{"entity": "e", "kind": "Conflict", "name": "Northern War"}
{"entity": "f", "kind": "Leader", "name": "Ann Arvan"}
{"entity": "g", "kind": "Agreement", "name": "Pact", "date": "1999"}
{"claim": "leads", "from": "f", "to": "c"}
{"claim": "signed", "from": "f", "to": "g"}
`
	file := filepath.Join(t.TempDir(), "there.jsonl")
	if err := os.WriteFile(file, []byte(records), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "", "import", "--data", folder, file)
	tests := []struct {
		args []string
		want string
	}{
		{[]string{"Northern Front"}, "a party is \"Northern Front\", the name of several; give an id:\n  there:a  ArmedGroup  Northern Front (2 claims)\n" +
			"  there:b  ArmedGroup  Southern Union, found as northern front (3 claims)"},
		{[]string{"Arvani"}, "a party is \"Arvani\", which is neither an id nor a whole name; these have a name like it:\n  there:c  State  Arvania (3 claims)\n  there:f  Leader  Ann Arvan (4 claims)"},
		{[]string{"there:d"}, "a party is there:d, found Agreement, expected State, Organization, ArmedGroup, Leader or PeacekeepingForce"},
		{[]string{"Qwx"}, "a party is \"Qwx\"; no entity at commit 1 has that id or a name like it"},
		{[]string{"northern war"}, `a party is "northern war", which names there:e, a Conflict; give it by --conflict`},
		{nil, "history of whom? give parties, --process or --conflict"},
		{[]string{"Arvania", "--minimum-role", "signed"}, `--minimum-role is "signed"; it is one of copied, addressed, third-party, observed, facilitated, hosted, convened, witnessed, guaranteed, mediated`},
		{[]string{"Arvania", "--first=-1"}, "--first is -1 and --skip is 0; each is a number of meetings"},
		{[]string{"Arvania", "--window", "2020/1994"}, `--window is no EDTF date, such as 2020 or 1994/2020-11: graph: bad date "2020/1994": found "1994" at byte 5, expected an end that is not before the start`},
		{[]string{"Arvania", "--min-gap-days", "0"}, "--min-gap-days is 0; it is a number of days, at least 1"},
	}
	for _, tt := range tests {
		code, out, errs := entente(t, "", append([]string{"history", "--data", folder}, tt.args...)...)
		if diff := cmp.Diff("entente: "+tt.want+"\n", errs); code != exitUsage || out != "" || diff != "" {
			t.Errorf("%v: exit code %d %s(-want +got):\n%s", tt.args, code, out, diff)
		}
	}
	if out := must(t, "", "history", "--data", folder, "Ann Arvan"); !strings.Contains(out, "\n0 meetings\nthe parts of Ann Arvan count for Arvania; ask of that, or with --no-roll-up\n") {
		t.Errorf("the history of one who was there for another:\n%s", out)
	}
	if out := must(t, "", "history", "--data", folder, "Ann Arvan", "--no-roll-up"); !strings.Contains(out, "\n1 meeting\n") {
		t.Errorf("the history of one who was there:\n%s", out)
	}
	if out := must(t, "", "history", "--data", folder, "there:b"); strings.Count(out, "\n") != 5 || !strings.Contains(out, "\n0 meetings\n") {
		t.Errorf("the history of whom there is none:\n%s", out)
	}
}

// TestHistoryAgain takes back the import after each answer; the command that the answer names still gives it.
func TestHistoryAgain(t *testing.T) {
	for _, args := range []string{
		"Armenia Azerbaijan",
		"Armenia Azerbaijan --window 2020/.. --first 2 --skip 1 --minimum-role MEDIATED --no-roll-up --min-gap-days 30 --as-of 2022-06",
		"--conflict entente:nk-conflict --first 3",
		"Armenia --process entente:trilateral-agreements --skip 100",
	} {
		folder := curatedFolder(t)
		before := must(t, "", append([]string{"history", "--data", folder}, strings.Fields(args)...)...)
		_, again, ok := strings.Cut(before, "\nagain   entente ")
		if !ok {
			t.Fatalf("history %s: the answer names no command:\n%s", args, before)
		}
		must(t, "", "undo", "--data", folder, "1")
		if diff := cmp.Diff(before, must(t, "", strings.Fields(again)...)); diff != "" {
			t.Errorf("history %s, asked again by %s (-then +again):\n%s", args, again, diff)
		}
	}
}

// TestHistoryPages lists a history in pages, as JSON; together they are all of it, and what is read off it is the same on each.
func TestHistoryPages(t *testing.T) {
	folder := curatedFolder(t)
	ask := func(flags ...string) (told toldHistory) {
		t.Helper()
		args := append([]string{"history", "--data", folder, "--json", "Armenia", "Azerbaijan"}, flags...)
		if err := json.Unmarshal([]byte(must(t, "", args...)), &told); err != nil {
			t.Fatal(err)
		}
		return told
	}
	all := ask()
	var meetings []toldMeeting
	for skip := 0; skip < all.Total; skip += 5 {
		page := ask("--first", "5", "--skip", strconv.Itoa(skip))
		if page.Skipped != skip || page.Total != all.Total || len(page.Meetings) != min(5, all.Total-skip) {
			t.Errorf("from %d on: %d of %d meetings after %d", skip, len(page.Meetings), page.Total, page.Skipped)
		}
		meetings = append(meetings, page.Meetings...)
		page.Meetings, page.Skipped, page.Again = all.Meetings, all.Skipped, all.Again
		if diff := cmp.Diff(all, page); diff != "" {
			t.Errorf("what is read off all meetings differs from %d on (-all +page):\n%s", skip, diff)
		}
	}
	if diff := cmp.Diff(all.Meetings, meetings); diff != "" {
		t.Errorf("(-all +pages):\n%s", diff)
	}
}

// TestHistoryOutOfWork tells a history that the work allowed did not suffice for.
func TestHistoryOutOfWork(t *testing.T) {
	v := curatedView(t)
	scope := trace.Everything()
	scope.Conflict, _ = v.Resolve("entente:nk-conflict")
	q := trace.HistoryQuestion{Scope: scope, MinimumRole: graph.Mediated, MinGapDays: 365, Budget: 20}
	a, err := v.Mediation(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	told := pagedHistory{HistoryAnswer: a, view: v, question: &q, to: len(a.Meetings), again: "entente history"}
	var table, document strings.Builder
	if err := errors.Join(told.writeTable(&table), told.writeJSON(t.Context(), &document)); err != nil {
		t.Fatal(err)
	}
	if len(a.Meetings) == 0 || strings.Contains(table.String(), "TRACK") || !strings.Contains(table.String(), "there may be more") ||
		!strings.Contains(document.String(), `"partial": true`) {
		t.Errorf("it tells\n%s\n%s", &table, &document)
	}
}

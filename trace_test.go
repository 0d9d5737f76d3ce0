package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/data"
	"entente/graph/kv/memkv"
	"entente/graph/store"
)

// curatedFolder is a data folder with the curated records.
func curatedFolder(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("data/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	folder := filepath.Join(t.TempDir(), "data")
	must(t, "", append([]string{"import", "--data", folder, "--dataset", data.Dataset}, files...)...)
	return folder
}

// curatedView is the graph of the curated records, in memory.
func curatedView(t testing.TB) *store.View {
	t.Helper()
	st, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	if err := seed(t.Context(), st, data.Files, streams{out: &errs, err: &errs}); err != nil {
		t.Fatal(err, &errs)
	}
	return st.Head()
}

// unmade takes out of an answer what differs from folder to folder: where it lies, its ledger, and when it was made.
func unmade(text, folder string) string {
	text = strings.ReplaceAll(text, folder, "DATA")
	for _, r := range []struct{ pattern, by string }{
		{`[0-9a-f]{32}`, "LEDGER"},
		{`entente-[0-9a-f]{8}-`, "entente-LEDGER-"},
		{`\d{4}-\d\d-\d\dT[0-9:.]+Z`, "TIME"},
		{`("publisher": "Entente",\s*"issued": )\{[^}]*\}`, "${1}TODAY"},
	} {
		text = regexp.MustCompile(r.pattern).ReplaceAllString(text, r.by)
	}
	return text
}

// TestTrace asks the curated records in every form of answer.
func TestTrace(t *testing.T) {
	folder := curatedFolder(t)
	var all strings.Builder
	for _, args := range []string{
		"Armenia Azerbaijan --window 1994/2020 --first 3",
		"Armenia Azerbaijan --window 1993/1994 --order strict --objective latest-departure --certain --exclude entente:nk-310 --as-of 2000",
		"USA KAZ",
		"Yerevan Baku --max-hops 1",
		"Moscow EU --claimant entente:pashinyan",
		"ARM AZE --max-hops 1 --json",
		"USA KAZ --dot",
		"ARM AZE --window 2020/2021 --dot",
		"ARM AZE --window 2020/2021 --cite",
	} {
		code, out, errs := entente(t, "", append([]string{"trace", "--data", folder}, strings.Fields(args)...)...)
		if code != exitDone {
			t.Errorf("%s: exit code %d", args, code)
		}
		fmt.Fprintf(&all, "$ entente trace %s\n%s%s\n", args, errs, out)
	}
	golden(t, "testdata/trace.golden", unmade(all.String(), folder))
}

// TestReadmeTraces asks the question of the README, whose answer begins as it stands there.
func TestReadmeTraces(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile("(?s)```sh\nentente (trace [^\n]*)\n```\n```\n(.*?)```").FindSubmatch(readme)
	if shown == nil {
		t.Fatal("the README asks nothing of entente trace")
	}
	got := must(t, "", append(strings.Fields(string(shown[1])), "--data", curatedFolder(t))...)
	if want := string(shown[2]); !strings.HasPrefix(got, want) {
		t.Errorf("entente %s (-README +answer):\n%s", shown[1], cmp.Diff(want, got[:min(len(got), len(want))]))
	}
}

// TestTraceAgain takes back the import after an answer; the command that the answer names still gives it.
func TestTraceAgain(t *testing.T) {
	folder := curatedFolder(t)
	ask := []string{"trace", "--data", folder, "Armenia", "Azerbaijan", "--first", "2", "--minimum-role", "THIRD_PARTY", "--stance", "asserted,implied", "--claimant", "PA-X Peace Agreements Database"}
	before := must(t, "", ask...)
	_, again, ok := strings.Cut(before, "\nagain   entente ")
	if !ok || !strings.Contains(before, "1 chain of 2 hops") {
		t.Fatalf("the answer names no command, or there is none:\n%s", before)
	}
	must(t, "", "undo", "--data", folder, "1")
	if code, out, errs := entente(t, "", ask...); code != exitUsage || !strings.Contains(errs, "no entity at commit 2 has that id") {
		t.Errorf("after the undoing: exit code %d\n%s%s", code, out, errs)
	}
	if diff := cmp.Diff(before, must(t, "", strings.Fields(again)...)); diff != "" {
		t.Errorf("%s (-then +again):\n%s", again, diff)
	}
}

func TestTraceUsage(t *testing.T) {
	folder := curatedFolder(t)
	tests := []struct {
		args string
		code int
		want string
	}{
		{"Army Azerbaijan", exitUsage, "FROM is \"Army\", which is neither an id nor a whole name; these have a name like it:\n  entente:aze-army  Organization  Army of Azerbaijan ("},
		{"Armenia Azerbaijam", exitUsage, "TO is \"Azerbaijam\", which is neither an id nor a whole name; these have a name like it:\n  entente:AZE  State  Azerbaijan ("},
		{"Azerbaijan Nagorno-Karabakh", exitUsage, "TO is \"Nagorno-Karabakh\", which names no State, Organization, ArmedGroup, Leader or PeacekeepingForce; these are called so, or alike:\n  entente:nagorno-karabakh  Territory  Nagorno-Karabakh ("},
		{"Ruritania Armenia", exitUsage, `FROM is "Ruritania"; no entity at commit 1 has that id or a name like it`},
		{"Armenia iso3:ARM", exitUsage, "FROM and TO are one and the same entity, entente:ARM"},
		{"Armenia entente:lachin-corridor", exitUsage, "TO is entente:lachin-corridor, found Place, expected State, Organization"},
		{"Armenia Azerbaijan --exclude Ruritania", exitUsage, `--exclude is "Ruritania"`},
		{"Armenia Azerbaijan --exclude Russia,Kazakhstan", exitUsage, "names may have commas in them, so that each of several takes a --exclude of its own"},
		{"Armenia Azerbaijan --claimant Ruritania", exitUsage, `--claimant is "Ruritania"`},
		{"Armenia Azerbaijan --coder Ruritania", exitUsage, `--coder is "Ruritania"`},
		{"Armenia Azerbaijan --order backwards", exitUsage, `--order is "backwards"; it is one of none, non-decreasing, strict`},
		{"Armenia Azerbaijan --objective best", exitUsage, `--objective is "best"; it is one of fewest-hops, earliest-arrival, latest-departure`},
		{"Armenia Azerbaijan --minimum-role signed", exitUsage, `--minimum-role is "signed"; it is one of copied, addressed, third-party,`},
		{"Armenia Azerbaijan --role leads", exitUsage, `--role is "leads"; it is one of copied,`},
		{"Armenia Azerbaijan --stance shy", exitUsage, `--stance is "shy"; it is one of asserted, denied, intended, implied`},
		{"Armenia Azerbaijan --window 2020/1994", exitUsage, "--window is no EDTF date"},
		{"Armenia Azerbaijan --max-hops=-1", exitUsage, "--max-hops is -1"},
		{"Armenia Azerbaijan --first=-1", exitUsage, "--first is -1"},
		{"Armenia Azerbaijan --as-of yesterday", exitUsage, "--as-of is no EDTF date"},
		{"Armenia Azerbaijan --known-at yesterday", exitUsage, `--known-at is "yesterday"; it is a time such as`},
		{"Armenia Azerbaijan --commit 1 --known-at 2030-01-01T00:00:00Z", exitUsage, "can't be used together"},
		{"Armenia Azerbaijan --json --dot", exitUsage, "can't be used together"},
		{"Armenia", exitUsage, "<to>"},
		{"Armenia Azerbaijan --commit 9", exitFailed, "commit 9 is not there yet; the newest is 1"},
		{"Armenia Azerbaijan --known-at 1920-01-01T00:00:00Z", exitUsage, `FROM is "Armenia"; no entity at commit 0`},
		{"Armenia Azerbaijan --known-at 2200-01-01T00:00:00Z --first 0", exitDone, "of 2 hops, 0 shown"},
		{"Armenia Azerbaijan --data nowhere", exitFailed, "no data in nowhere"},
	}
	for _, tt := range tests {
		code, out, errs := entente(t, "", append([]string{"trace", "--data", folder}, strings.Fields(tt.args)...)...)
		if code != tt.code || !strings.Contains(out+errs, tt.want) || code != exitDone && out != "" {
			t.Errorf("entente trace %s: exit code %d, want %d and %q\n%s%s", tt.args, code, tt.code, tt.want, out, errs)
		}
	}
}

// TestTraceBudget runs out of work, which is no answer.
func TestTraceBudget(t *testing.T) {
	v := curatedView(t)
	var out bytes.Buffer
	c := traceCommand{From: "Armenia", To: "Azerbaijan", chainOptions: defaultOptions(), First: 10}
	q, err := c.chainQuestion(v)
	if err != nil {
		t.Fatal(err)
	}
	q.Budget = 3
	if err := c.answer(t.Context(), streams{out: &out}, v, &q); !errors.Is(err, errReported) || !strings.Contains(out.String(), "Not known: ") {
		t.Errorf("it says %v:\n%s", err, &out)
	}
}

func defaultOptions() chainOptions {
	return chainOptions{
		Order: traceDefaults["order"], Objective: traceDefaults["objective"], MinimumRole: traceDefaults["role"], MediationHops: true, MaxHops: 6, RollUp: true,
	}
}

// chainQuery asks the API for what --json writes.
const chainQuery = `query Chains($from: ID!, $to: ID!, $options: ChainOptions!) {
  mediationChains(from: $from, to: $to, options: $options, first: 3) {
    moment { asOf commit knownAt ledger } from { ...e } to { ...e } total hops partial
    chains { ...c } whyNot { reason text chain { ...c } brokenAt backDays nearest { option value hops total } }
  }
}
fragment c on Chain {
  departs arrives order
  hops { from { ...e } to { ...e } meeting { ... on Agreement { ...e } ... on Event { ...e } } when order waitMin waitMax fromTies { ...p } toTies { ...p } joinedBy { ...b } datedBy { ...b } }
}
fragment p on Participation {
  role actor { ...e } onBehalfOf { ...e } meeting { ... on Agreement { ...e } ... on Event { ...e } } capacity between { ...e } when stance inferred disputed
  claims {
    id claimant { ...e } coder { ...e } stance when said inferred
    qualifiers { name entity { ...e } value } source { document { ...e } locator quote }
  }
  rolledUpBy { ...b }
}
fragment b on Claim {
  predicate subject { ...e } subjectId object { ...e } objectId value
  id claimant { ...e } coder { ...e } stance when said inferred
  qualifiers { name entity { ...e } value } source { document { ...e } locator quote }
}
fragment e on Entity { id kind name }`

// TestTraceJSONIsTheAPIs compares what --json writes with the answer of the API to the same question, field by field.
func TestTraceJSONIsTheAPIs(t *testing.T) {
	folder := curatedFolder(t)
	must(t, standingRecords, "import", "--data", folder, "--dataset", "x", "-")
	must(t, mergedRecords, "import", "--data", folder, "--dataset", "merged", "-")
	type question struct {
		From    string         `json:"from"`
		To      string         `json:"to"`
		Options map[string]any `json:"options"`
		flags   string
	}
	questions := []question{
		{"entente:ARM", "entente:AZE", map[string]any{}, ""},
		{"entente:USA", "entente:KAZ", map[string]any{}, ""},
		{"entente:ARM", "entente:AZE", map[string]any{
			"order": "STRICT", "certain": true, "objective": "LATEST_DEPARTURE", "mediationHops": false, "maxHops": 0, "rollUp": false,
		}, "--order strict --certain --objective latest-departure --no-mediation-hops --max-hops 0 --no-roll-up"},
		{"entente:ARM", "entente:AZE", map[string]any{
			"minimumRole": "THIRD_PARTY", "roles": []string{"THIRD_PARTY", "SIGNED"}, "window": map[string]string{"from": "1994", "to": "2020"},
			"stances": []string{"ASSERTED"}, "claimants": []string{"paax:PAA-X", "pax:PA-X"}, "exclude": []string{"entente:RUS"},
		}, "--minimum-role third-party --role third-party,signed --window 1994/2020 --stance asserted --claimant paax:PAA-X --claimant pax:PA-X --exclude Russia"},
		{"entente:pashinyan", "entente:AZE", map[string]any{"maxHops": 1, "coders": []string{"entente:entente"}}, "--max-hops 1 --coder entente:entente"},
		{"x:a", "x:b", map[string]any{}, ""},
		{"merged:a", "merged:b", map[string]any{}, ""},
	}
	var answers []map[string]any
	var merged []any
	for _, q := range questions {
		args := append([]string{"trace", "--json", "--data", folder, "--first", "3", q.From, q.To}, strings.Fields(q.flags)...)
		var answer map[string]any
		if err := json.Unmarshal([]byte(must(t, "", args...)), &answer); err != nil {
			t.Fatal(err)
		}
		if again, _ := answer["again"].(string); !strings.HasPrefix(again, "entente trace ") {
			t.Errorf("%s %s: the answer is asked again by %q", q.From, q.To, again)
		}
		merged = append(merged, answer["merged"].([]any)...)
		delete(answer, "again")
		delete(answer, "merged")
		answers = append(answers, answer)
	}
	s := serve(t, "--no-seed", "--data", folder)
	for i, q := range questions {
		variables, err := json.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		var answer struct{ MediationChains map[string]any }
		if err := json.Unmarshal(s.ask(t, chainQuery, string(variables)), &answer); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(answer.MediationChains, answers[i]); diff != "" {
			t.Errorf("%s to %s with %q (-API +command):\n%s", q.From, q.To, q.flags, diff)
		}
	}
	checkMergedIsTheAPIs(t, s, merged)
	if code, _, errs := entente(t, "", "trace", "--data", folder, "Armenia", "Azerbaijan"); code != exitFailed || !strings.Contains(errs, "in use") {
		t.Errorf("while a server has the folder: exit code %d, %s", code, errs)
	}
}

// checkMergedIsTheAPIs compares what --json writes of the merged with what the API says of each.
func checkMergedIsTheAPIs(t *testing.T, s *server, merged []any) {
	t.Helper()
	var ids []string
	for _, m := range merged {
		m := m.(map[string]any)
		ids = append(ids, m["id"].(string))
		for _, by := range m["mergedBy"].([]any) {
			delete(by.(map[string]any), "carriedBy")
		}
	}
	variables, err := json.Marshal(map[string]any{"ids": ids})
	if err != nil {
		t.Fatal(err)
	}
	_, fragments, _ := strings.Cut(chainQuery, "fragment b on Claim")
	var answer struct{ Nodes []any }
	query := "query Merged($ids: [ID!]!) { nodes(ids: $ids) { ... on Entity { ...e mergedFrom mergedBy { ...b } } } } fragment b on Claim" + fragments
	if err := json.Unmarshal(s.ask(t, query, string(variables)), &answer); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(answer.Nodes, merged); diff != "" || len(merged) != 3 {
		t.Errorf("%d are merged (-API +command):\n%s", len(merged), diff)
	}
}

// TestTraceOfUnits tells of a summit with two texts, that two chains lead through, as one meeting, and in each form of answer by which claims it is one and is dated.
func TestTraceOfUnits(t *testing.T) {
	folder := t.TempDir()
	must(t, `{"entity": "a", "kind": "State", "name": "A"}
{"entity": "b", "kind": "State", "name": "B"}
{"entity": "m", "kind": "State", "name": "M"}
{"entity": "n", "kind": "State", "name": "N"}
{"entity": "summit", "kind": "Event", "name": "Summit", "eventType": "SUMMIT"}
{"entity": "one", "kind": "Agreement", "name": "Text one"}
{"entity": "two", "kind": "Agreement", "name": "Text two"}
{"entity": "yearbook", "kind": "Document", "name": "Yearbook", "published": "2002"}
{"claim": "date", "from": "summit", "value": "2001", "qualifiers": {"inferred": "The year of the sentence before."}, "source": {"document": "yearbook", "locator": "page 2", "quote": "in 2001"}}
{"claim": "adoptedAt", "from": "one", "to": "summit", "source": {"document": "yearbook", "locator": "page 3", "quote": "adopted at the summit"}}
{"claim": "adoptedAt", "from": "two", "to": "summit", "stance": "IMPLIED", "qualifiers": {"inferred": "Only which summit is meant."}}
{"claim": "signed", "from": "a", "to": "one"}
{"claim": "signed", "from": "a", "to": "two"}
{"claim": "signed", "from": "b", "to": "two"}
{"claim": "mediated", "from": "m", "to": "one"}
{"claim": "mediated", "from": "n", "to": "two"}
`, "import", "--data", folder, "--dataset", "x", "-")
	var all strings.Builder
	for _, args := range []string{"trace x:a x:b", "trace x:a x:b --cite", "history x:a x:b --json"} {
		_, out, errs := entente(t, "", append(strings.Fields(args), "--data", folder)...)
		all.WriteString("$ entente " + args + "\n" + errs + out + "\n")
	}
	golden(t, "testdata/trace-units.golden", unmade(all.String(), folder))
	drawing := must(t, "", "trace", "--data", folder, "x:a", "x:b", "--dot")
	edges := regexp.MustCompile(`(?m)^  (\S+) -- (\S+) `).FindAllStringSubmatch(drawing, -1)
	if strings.Count(drawing, "ellipse") != 1 || len(edges) != 4 {
		t.Errorf("a meeting and four ties are drawn as\n%s", drawing)
	}
	if !strings.Contains(drawing, `tooltip="Summit is dated 2001; Yearbook, page 2: \"in 2001\"; inferred: The year of the sentence before.\nText one was adopted at Summit; Yearbook, page 3: \"adopted at the summit\"\nText two was adopted at Summit; no source is named; implied; inferred: Only which summit is meant."`) {
		t.Errorf("the drawing does not say by which claims the meeting is dated, and is one:\n%s", drawing)
	}
	for _, e := range edges {
		for _, end := range e[1:] {
			if !strings.Contains(drawing, "\n  "+end+" [") {
				t.Errorf("an edge leads to %s, which is not drawn:\n%s", end, drawing)
			}
		}
	}
}

// TestTraceDotParses has Graphviz read the drawings.
func TestTraceDotParses(t *testing.T) {
	dot, err := exec.LookPath("dot")
	if err != nil {
		t.Skip("there is no dot: install Graphviz, and it reads the drawings")
	}
	v := curatedView(t)
	for _, ends := range [][2]string{{"ARM", "AZE"}, {"USA", "KAZ"}} {
		var drawing, errs bytes.Buffer
		c := traceCommand{From: ends[0], To: ends[1], chainOptions: defaultOptions(), First: 100, Dot: true}
		q, err := c.chainQuestion(v)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.answer(t.Context(), streams{out: &drawing}, v, &q); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), dot, "-Tplain")
		cmd.Stdin, cmd.Stderr = &drawing, &errs
		out, err := cmd.Output()
		if err != nil || errs.Len() > 0 || !bytes.Contains(out, []byte("\nedge ")) {
			t.Errorf("%v: %v, %s\n%s", ends, err, &errs, out)
		}
	}
}

package pax_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader/format/formattest"
	"entente/loader/pax"
)

// shared are the columns of both tables of agreements.
var shared = []string{
	"Con", "PP", "PPName", "AgtId", "Agt", "Dat", "Status", "Agtp", "Stage", "StageSub", "Part", "ThrdPart", "OthAgr", "UcdpCon", "UcdpAgr", "PamAgr", "CowWar",
}

// row is an agreement in the shape of the tables, with other cells as they are given, column after value.
func row(cells ...string) map[string]string {
	r := map[string]string{
		"Con": "Illyria/Ruritania", "PP": "901", "PPName": "Illyrian process", "AgtId": "9001", "Agt": "Zenda Protocol", "Dat": "1994-05-12",
		"Status": "Multiparty signed/agreed", "Agtp": "Inter", "Stage": "Cea", "StageSub": "Ceas",
	}
	for i := 0; i < len(cells); i += 2 {
		r[cells[i]] = cells[i+1]
	}
	return r
}

// file writes rows as a table with a mark at its beginning, as they are published.
func file(columns []string, rows ...map[string]string) string {
	var b strings.Builder
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	_ = w.Write(columns)
	for _, r := range rows {
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = r[c]
		}
		_ = w.Write(cells)
	}
	w.Flush()
	return b.String()
}

func read(t testing.TB, cells ...string) *formattest.Reading {
	t.Helper()
	r := row(cells...)
	columns := slices.Clone(shared)
	for i := 0; i < len(cells); i += 2 {
		if !slices.Contains(columns, cells[i]) {
			columns = append(columns, cells[i])
		}
	}
	return formattest.Read(t, &pax.Format, "pax.csv", file(columns, r))
}

// TestAgreement reads what a row says beside its texts.
func TestAgreement(t *testing.T) {
	r := read(t, "Con", "Armenia/Azerbaijan/(Nagorno-Karabakh)", "Agt", "Zenda\nProtocol", "UcdpCon", "388.0", "UcdpAgr", "1483", "PamAgr", "NA", "CowWar", "N/A")
	want := []string{
		"kind pax:9001 = Agreement (AgtId 9001)",
		"externalId pax:9001 = pax:9001 (AgtId 9001)",
		"name pax:9001 = Zenda Protocol (AgtId 9001, column Agt)",
		"status pax:9001 = Multiparty signed/agreed (AgtId 9001, column Status)",
		"assessment pax:9001 = agreement between states about a conflict between states 'Inter' (AgtId 9001, column Agtp)",
		"stage pax:9001 = ceasefire or related: ceasefire 'Cea, Ceas' (AgtId 9001, columns Stage and StageSub)",
		"date pax:9001 = 1994-05-12 (AgtId 9001, column Dat)",
		"kind pax-process:901 = Process (PP 901, column PPName)",
		"name pax-process:901 = Illyrian process (PP 901, column PPName)",
		"externalId pax-process:901 = pax-process:901 (PP 901, column PPName)",
		"belongsTo pax:9001 -> pax-process:901 (AgtId 9001, column PP)",
		"kind gw:371 = State (Con Armenia)",
		"name gw:371 = Armenia (Con Armenia)",
		"externalId gw:371 = gw:371 (Con Armenia)",
		"externalId gw:371 = iso3:ARM (Con Armenia)",
		"concerns pax:9001 -> gw:371 'Armenia' (AgtId 9001, column Con)",
		"kind gw:373 = State (Con Azerbaijan)",
		"name gw:373 = Azerbaijan (Con Azerbaijan)",
		"externalId gw:373 = gw:373 (Con Azerbaijan)",
		"externalId gw:373 = iso3:AZE (Con Azerbaijan)",
		"concerns pax:9001 -> gw:373 'Azerbaijan' (AgtId 9001, column Con)",
		"kind pax:con/nagorno-karabakh = Territory (Con Nagorno-Karabakh)",
		"name pax:con/nagorno-karabakh = Nagorno-Karabakh (Con Nagorno-Karabakh)",
		"concerns pax:9001 -> pax:con/nagorno-karabakh '(Nagorno-Karabakh)' (AgtId 9001, column Con)",
		"kind ucdp-conflict:388 = Conflict (UcdpCon 388)",
		"externalId ucdp-conflict:388 = ucdp-conflict:388 (UcdpCon 388)",
		"concerns pax:9001 -> ucdp-conflict:388 (AgtId 9001, column UcdpCon)",
		"externalId pax:9001 = ucdp:1483 (AgtId 9001, column UcdpAgr)",
	}
	var got []string
	for _, line := range r.Lines() {
		if !strings.Contains(line, "pax:PA-X") && !strings.Contains(line, "pax:agreements") {
			got = append(got, line)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	if len(r.Problems) > 0 || len(r.NoteCounts()) > 0 {
		t.Errorf("problems %q, notes %v; want none", r.Problems, r.NoteCounts())
	}
}

// TestTablesAgree reads one agreement from both tables, which write dates and numbers each in a way of its own: what they share is the
// same claim.
func TestTablesAgree(t *testing.T) {
	texts := []string{"Part", "For Illyria:\nA. Flavia", "OthAgr", "Ruritania Accord of 1993"}
	codes := read(t, append(texts, "UcdpCon", "388", "UcdpAgr", "1483", "PamAgr", "34", "CowWar", "NA")...)
	links := read(t, append(texts, "Dat", "12/05/1994", "UcdpCon", "388.0", "UcdpAgr", "1483.0", "PamAgr", "34.0", "CowWar", "")...)
	if diff := cmp.Diff(codes.Lines(), links.Lines()); diff != "" {
		t.Errorf("claims of one table, and of the other (-codes +links):\n%s", diff)
	}
}

func TestLinks(t *testing.T) {
	r := read(t, "description", "Ends the war.", "PAX_Hyperlink", "https://pax.example/9001/", "PDF_Hyperlink", "https://pax.example/9001.pdf")
	want := []string{
		"description pax:9001 = Ends the war. (AgtId 9001, column description)",
		"url pax:9001 = https://pax.example/9001/ (AgtId 9001, column PAX_Hyperlink)",
		"url pax:9001/pdf = https://pax.example/9001.pdf (AgtId 9001, column PDF_Hyperlink)",
	}
	if diff := cmp.Diff(want, r.Lines(graph.Description, graph.URL)[1:]); diff != "" {
		t.Errorf("claims, after the address of the data set (-want +got):\n%s", diff)
	}
}

// TestConflictNumbers keeps apart what bears one number and is not one.
func TestConflictNumbers(t *testing.T) {
	tests := []struct {
		name, ucdpAgr string
		want          []string
		problems      []string
		notes         map[string]int
	}{
		{"one for one", "1483", []string{"externalId pax:9001 = ucdp:1483 (AgtId 9001, column UcdpAgr)"}, nil, map[string]int{}},
		{"two in one cell", "1483; 1484", []string{
			"externalId pax:9001 = ucdp:1483 (AgtId 9001, column UcdpAgr)",
			"externalId pax:9001 = ucdp:1484 (AgtId 9001, column UcdpAgr)",
		}, nil, map[string]int{}},
		{"a part of one", "1113", []string{
			"externalId ucdp:1113 = ucdp:1113 (UcdpAgr 1113)",
			"partOf pax:9001 -> ucdp:1113 [inferred=PA-X gives the number to each of several agreements, which UCDP counts as one] (AgtId 9001, column UcdpAgr)",
		}, nil, map[string]int{}},
		{"of the former scheme", "3451999060301", nil, nil, map[string]int{"UcdpAgr has an id of UCDP's former scheme, left out": 1}},
		{"no number", "many", nil, []string{`row 2, column UcdpAgr: found "many", expected a number`}, map[string]int{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := read(t, "Con", "Armenia", "UcdpAgr", test.ucdpAgr)
			var got []string
			for _, line := range r.Lines(graph.ExternalID, graph.PartOf) {
				if strings.Contains(line, "ucdp:") {
					got = append(got, line)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("claims (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.problems, r.Problems); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.notes, r.NoteCounts()); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestProvisions(t *testing.T) {
	r := read(t, "Con", "Armenia", "Ce", "3", "SsrArm", "1", "ImPK", "1", "HrGen", "0", "TjAm", "2.0", "Cor", "4", "GeWom", "", "GChRhet", "1")
	want := []string{
		"provision pax:9001 = a ceasefire, in detail (Ce = 3) '3' (AgtId 9001, column Ce)",
		"provision pax:9001 = the armed forces, in words only (SsrArm = 1) '1' (AgtId 9001, column SsrArm)",
		"provision pax:9001 = amnesty or pardon, in substance (TjAm = 2) '2' (AgtId 9001, column TjAm)",
		"provision pax:9001 = an international mission or force: peacekeepers (ImPK = 1) '1' (AgtId 9001, column ImPK)",
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(r.Lines(graph.ProvisionContent)))); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"Cor has a value outside its scale, left out": 1}, r.NoteCounts()); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	if columns := r.Summary.Unmapped(); len(columns) != 1 || columns[0].Name != "GChRhet" {
		t.Errorf("unmapped: %v, want GChRhet", columns)
	}
}

// TestCodesOfOthers keeps codes that came after the lists were made.
func TestCodesOfOthers(t *testing.T) {
	r := read(t, "Con", "Atlantis", "Agtp", "Trans", "Stage", "Post", "StageSub", "Late", "Dat", "1994-13-01")
	want := []string{
		"assessment pax:9001 = Trans 'Trans' (AgtId 9001, column Agtp)",
		"stage pax:9001 = Post: Late 'Post, Late' (AgtId 9001, columns Stage and StageSub)",
		"concerns pax:9001 -> pax:con/atlantis 'Atlantis' (AgtId 9001, column Con)",
	}
	if diff := cmp.Diff(want, r.Lines(graph.AssessmentOf, graph.Stage, graph.Concerns)); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	notes := map[string]int{
		"Agtp has a code that is not in our list, kept as it is":              1,
		"Stage or StageSub has a code that is not in our list, kept as it is": 1,
		"Con has a country that is not in our list, known by its name alone":  1,
	}
	if diff := cmp.Diff(notes, r.NoteCounts()); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{`row 2, column Dat: found "1994-13-01", expected a date (at byte 5: a month, 01 to 12)`}, r.Problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestCountries(t *testing.T) {
	columns := []string{"AgtId", "name", "iso_code", "gwno", "id", "entity"}
	r := formattest.Read(t, &pax.Format, "con.csv", file(columns,
		map[string]string{"AgtId": "9001", "name": "Armenia", "iso_code": "ARM", "gwno": "371", "id": "12.0", "entity": "False"},
		map[string]string{"AgtId": "9001", "name": "Nagorno-Karabakh", "id": "95.0", "entity": "True"},
		map[string]string{"AgtId": "9001", "name": "Yugoslavia (former)", "gwno": "345", "entity": "False"},
		map[string]string{"AgtId": "9001", "name": "Serbia", "iso_code": "SRB", "gwno": "345", "entity": "False"},
		map[string]string{"AgtId": "9001", "name": "Kosovo", "gwno": "347", "entity": "False"},
		map[string]string{"AgtId": "9001", "name": "East Timor", "gwno": "860", "entity": "True"},
		map[string]string{"AgtId": "9001", "name": "Taliban", "entity": "True"},
		map[string]string{"AgtId": "", "name": "Ruritania"},
	))
	want := []string{
		"kind gw:371 = State (name Armenia)",
		"externalId gw:371 = gw:371 (name Armenia)",
		"externalId gw:371 = iso3:ARM (name Armenia)",
		"kind pax:9001 = Agreement (AgtId 9001)",
		"externalId pax:9001 = pax:9001 (AgtId 9001)",
		"concerns pax:9001 -> gw:371 (AgtId 9001, name Armenia)",
		"kind pax:con/nagorno-karabakh = Territory (name Nagorno-Karabakh)",
		"concerns pax:9001 -> pax:con/nagorno-karabakh (AgtId 9001, name Nagorno-Karabakh)",
		"kind pax:con/yugoslavia-former = State (name Yugoslavia (former))",
		"concerns pax:9001 -> pax:con/yugoslavia-former (AgtId 9001, name Yugoslavia (former))",
		"kind pax:con/serbia = State (name Serbia)",
		"externalId pax:con/serbia = iso3:SRB (name Serbia)",
		"concerns pax:9001 -> pax:con/serbia (AgtId 9001, name Serbia)",
		"kind gw:347 = State (name Kosovo)",
		"externalId gw:347 = gw:347 (name Kosovo)",
		"concerns pax:9001 -> gw:347 (AgtId 9001, name Kosovo)",
		"kind pax:con/east-timor = Territory (name East Timor)",
		"concerns pax:9001 -> pax:con/east-timor (AgtId 9001, name East Timor)",
		"kind pax:con/taliban = ArmedGroup (name Taliban)",
		"concerns pax:9001 -> pax:con/taliban (AgtId 9001, name Taliban)",
	}
	if diff := cmp.Diff(want, r.Lines(graph.KindPredicate, graph.ExternalID, graph.Concerns)[2:]); diff != "" {
		t.Errorf("claims, after maker and document (-want +got):\n%s", diff)
	}
	notes := map[string]int{
		"the number of Yugoslavia as it was until 2006 is no other state's, left out": 2,
		"an entity has the number of a state, left out":                               1,
	}
	if diff := cmp.Diff(notes, r.NoteCounts()); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	if len(r.Problems) != 1 || !strings.Contains(r.Problems[0], "row 9, column AgtId") {
		t.Errorf("problems %q, want one of row 9", r.Problems)
	}
}

// TestOtherTable refuses a file that is none of the three by what it lacks.
func TestOtherTable(t *testing.T) {
	r := formattest.Read(t, &pax.Format, "x.csv", "AgtId,name\n1,Armenia\n")
	if len(r.Problems) != 1 || !strings.Contains(r.Problems[0], `a table without ["Con" "PP"`) {
		t.Errorf("problems %q, want the columns that lack", r.Problems)
	}
}

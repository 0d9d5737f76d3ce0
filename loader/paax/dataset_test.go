package paax_test

import (
	"maps"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/format/formattest"
	"entente/loader/paax"
	"entente/loader/table"
)

// What the published files have wrong.
var (
	signatoryNotes = map[string]int{
		"Dat is blank, the date is that in agt_name":                                            1077,
		"Dat has day and month exchanged, agt_name has them right":                              633,
		"signatory_type is third party, practical_third is not set: a third party all the same": 433,
		"an actor is party and third party of one agreement: both are claimed":                  160,
	}
	actorNotes = map[string]int{
		"several actors have one UCDP id, which is left out of all":                                         21,
		"the country where it is based has no ISO code: nothing is claimed":                                 20,
		"two countries have one Gleditsch-Ward number, which is left out of both":                           6,
		"a country and another actor have one UCDP id, which is the government's and left out of the other": 2,
		"id and type differ on whether it is an armed organization: the kind is that of the id":             2,
		"the government that UCDP knows by one id is that of two countries: the id is left out":             1,
		"the Gleditsch-Ward number is that of the Germany that ended in 1945, and left out":                 1,
		"names of ACLED that run together, with nothing to tell them apart, are left out":                   1,
	}
)

// TestDataset reads the published workbook and its sheets as texts: what both have is the same claim.
func TestDataset(t *testing.T) {
	tests := []struct {
		file  string
		rows  int
		notes []map[string]int
		ties  bool
	}{
		{"paax/paax_v0.2.xlsx", 8955 + 1525, []map[string]int{signatoryNotes, actorNotes}, true},
		{"paax/paax_v0.2_signatories_slim.csv", 8955, []map[string]int{signatoryNotes}, true},
		{
			"paax/paax_actors_v0.2_internal.csv", 1525,
			[]map[string]int{actorNotes, {"an alternative name that names another actor is left out": 19}},
			false,
		},
	}
	lines := make(map[string]bool) // of the texts
	var book *formattest.Reading
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			r := formattest.ReadDataset(t, &paax.Format, test.file)
			if strings.HasSuffix(test.file, ".xlsx") {
				book = r
			} else {
				for _, line := range r.Lines() {
					lines[line] = true
				}
			}
			if len(r.Problems) > 0 || r.Summary.Rows != test.rows {
				t.Errorf("%d rows, want %d; problems: %q", r.Summary.Rows, test.rows, r.Problems)
			}
			want := make(map[string]int)
			for _, notes := range test.notes {
				maps.Copy(want, notes)
			}
			if diff := cmp.Diff(want, r.NoteCounts()); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
			if !test.ties {
				return
			}
			// 4,614 + 924 + 265 parties, the latter two third parties in practice; 2,719 + 433 third parties.
			if signed, third := len(r.Lines(graph.Signed)), len(r.Lines(graph.ThirdParty)); signed != 5803 || third != 4341 {
				t.Errorf("%d signed and %d were third parties, want 5803 and 4341", signed, third)
			}
			agreements, right := dated(r)
			if agreements != 1770 || right != 60 {
				t.Errorf("%d agreements are dated by their names, %d of them by Dat alike; want 1770 and 60", agreements, right)
			}
		})
	}
	if t.Failed() || book == nil {
		return
	}
	for _, line := range book.Lines() {
		if !lines[line] {
			t.Errorf("the workbook alone has %s", line)
		}
	}
}

// dated counts the agreements that are dated by their names, and those where Dat says the same.
func dated(r *formattest.Reading) (agreements, same int) {
	byName, byDat := make(map[graph.ID]string), make(map[graph.ID]string)
	for _, c := range r.Claims {
		switch {
		case c.Predicate != graph.DatePredicate:
		case strings.HasSuffix(c.Source.Locator, "column agt_name"):
			byName[c.From] = c.Value
		default:
			byDat[c.From] = c.Value
		}
	}
	for id, day := range byName {
		if byDat[id] == day {
			same++
		}
	}
	return len(byName), same
}

// TestJoin finds all agreements in PA-X.
func TestJoin(t *testing.T) {
	r := formattest.ReadDataset(t, &paax.Format, "paax/paax_v0.2_signatories_slim.csv")
	file, err := os.Open(formattest.Dataset(t, "pax/pax_all_agreements_v10.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	tables, err := table.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	known := make(map[graph.ID]bool)
	for row, err := range tables.Tables[0].Rows() {
		if err != nil {
			t.Fatal(err)
		}
		known[graph.ID("pax:"+format.Code(row.Text("AgtId")))] = true
	}
	agreements := make(map[graph.ID]bool)
	for i := range r.Claims {
		if c := &r.Claims[i]; c.Predicate == graph.Signed || c.Predicate == graph.ThirdParty {
			agreements[c.To] = true
			if !known[c.To] {
				t.Errorf("%s is not in PA-X", c.To)
			}
		}
	}
	if len(agreements) != 1770 {
		t.Errorf("%d agreements, want 1770", len(agreements))
	}
}

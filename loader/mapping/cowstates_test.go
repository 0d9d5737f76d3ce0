package mapping_test

import (
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/loader/cowstates"
	"entente/loader/format"
	"entente/loader/format/formattest"
	"entente/loader/mapping"
)

func load(t testing.TB, name string) *format.Format {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mapping.Load(name, text)
	if err != nil {
		t.Fatal(err)
	}
	return m.Format()
}

// compare shows that two readings hold the same claims, keys included.
func compare(t *testing.T, want, got *formattest.Reading) {
	t.Helper()
	lines := func(r *formattest.Reading) []string {
		var lines []string
		for i := range r.Claims {
			c := &r.Claims[i]
			lines = append(lines, formattest.Line(c)+" by "+string(c.Claimant)+", "+string(c.Coder)+" in "+string(c.Source.Document)+" key "+c.Key)
		}
		slices.Sort(lines)
		return slices.Compact(lines)
	}
	if diff := cmp.Diff(lines(want), lines(got)); diff != "" {
		t.Errorf("claims (-format +mapping):\n%s", diff)
	}
	if len(want.Problems) != len(got.Problems) {
		t.Errorf("problems: the format has %q, the mapping %q", want.Problems, got.Problems)
	}
}

// TestStatesByMapping reads a table by a mapping and by the format that was written for it: the claims are the same.
func TestStatesByMapping(t *testing.T) {
	const rows = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n" +
		"ILL,911,Illyria,1902,5,20,1906,9,25,2016\nILL,911.0,Illyria,1909,1,23,1911,12,31,2016\n" +
		"RUR,912,Ruritania,1991,12,26,2016,12,31,2016\n\nX,,Nowhere,1991,1,1,1992,1,1,2016\nBAD,914,Grünland,1991,12,26,1990,1,1,2016\n"
	byMapping := load(t, "testdata/cow-states.yaml")
	got := formattest.Read(t, byMapping, "states.csv", rows)
	compare(t, formattest.Read(t, &cowstates.Format, "states.csv", rows), got)
	want := []string{
		"row 6, column ccode: found nothing, expected what tells the row from the others (cow-states.yaml:7, /tables/0/locator)",
		`row 7, column styear: found "1991-12-26/1990-01-01", expected a date (at byte 11: an end that is not before the start) (cow-states.yaml:27, /tables/0/records/3/when)`,
	}
	if diff := cmp.Diff(want, got.Problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	notes := map[string]int{"cow-states.yaml:30, /tables/0/records/3/when/end: the end is that of the data, so it is not known": 1}
	if diff := cmp.Diff(notes, got.NoteCounts()); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

// TestPublishedStatesByMapping does the same with the published table.
func TestPublishedStatesByMapping(t *testing.T) {
	got := formattest.ReadDataset(t, load(t, "testdata/cow-states.yaml"), "cow/cow_states.csv")
	compare(t, formattest.ReadDataset(t, &cowstates.Format, "cow/cow_states.csv"), got)
	if got.Summary.Rows != 243 || len(got.Problems) > 0 || len(got.Summary.Unmapped()) > 0 {
		t.Errorf("%d rows, problems %q, unmapped %v", got.Summary.Rows, got.Problems, got.Summary.Unmapped())
	}
}

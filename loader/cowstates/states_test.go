package cowstates_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader/cowstates"
	"entente/loader/format/formattest"
)

const header = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"

func TestSpells(t *testing.T) {
	tests := []struct {
		name, rows string
		want       []string
		problems   []string
		notes      map[string]int
	}{
		{
			"two spells of one state", "ILL,911,Illyria,1902,5,20,1906,9,25,2016\nILL,911,Illyria,1909,1,23,1911,12,31,2016\n",
			[]string{
				"memberOf cow:911 -> cow:interstate-system when 1902-05-20/1906-09-25 '1902-05-20 to 1906-09-25' (ccode 911, columns styear to endday, from 1902-05-20)",
				"memberOf cow:911 -> cow:interstate-system when 1909-01-23/1911-12-31 '1909-01-23 to 1911-12-31' (ccode 911, columns styear to endday, from 1909-01-23)",
			},
			nil,
			map[string]int{},
		},
		{
			"the data end, the membership does not", "RUR,912,Ruritania,1991,12,26,2016,12,31,2016\n",
			[]string{"memberOf cow:912 -> cow:interstate-system when 1991-12-26/ '1991-12-26 to 2016-12-31' (ccode 912, columns styear to endday, from 1991-12-26)"},
			nil,
			map[string]int{"the last day is that of the table, so the end is not known": 1},
		},
		{
			"an end before the start, and no number", "RUR,912,Ruritania,1991,12,26,1990,1,1,2016\nX,,Nowhere,1991,1,1,1992,1,1,2016\n",
			nil,
			[]string{
				`row 2, column styear: found "1991-12-26/1990-01-01", expected a date (at byte 11: an end that is not before the start)`,
				"row 3, column ccode: found nothing, expected the number of a state",
			},
			map[string]int{},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := formattest.Read(t, &cowstates.Format, "states.csv", header+test.rows)
			if diff := cmp.Diff(test.want, r.Lines(graph.MemberOf)); diff != "" {
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

// TestDataset reads the published table.
func TestDataset(t *testing.T) {
	r := formattest.ReadDataset(t, &cowstates.Format, "cow/cow_states.csv")
	if len(r.Problems) > 0 {
		t.Errorf("problems: %q", r.Problems)
	}
	spells := r.Lines(graph.MemberOf)
	want := map[string]int{"the last day is that of the table, so the end is not known": 195}
	if diff := cmp.Diff(want, r.NoteCounts()); diff != "" || len(spells) != 243 || r.Summary.Rows != 243 {
		t.Errorf("%d spells in %d rows, want 243 of each; notes (-want +got):\n%s", len(spells), r.Summary.Rows, diff)
	}
	if columns := r.Summary.Unmapped(); len(columns) > 0 {
		t.Errorf("unmapped: %v", columns)
	}
}

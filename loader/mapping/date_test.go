package mapping_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestDates(t *testing.T) {
	tests := []struct {
		date, header, cells string
		want                string // "" for none, or what is wrong
	}{
		{"$(a)", "a", "\"[1991-11-09,1991-11-10]\"", "[1991-11-09,1991-11-10]"},
		{"$(a)~", "a", "1991-11", "1991-11~"},
		{"$(a)", "a", "NA", ""},
		{"{column: a, format: dd/mm/yyyy}", "a", "09/11/1991", "1991-11-09"},
		{"{column: a, format: dd/mm/yyyy}", "a", "9/11/1991", `found "9/11/1991", expected a date of the form dd/mm/yyyy`},
		{"{column: a, format: d.m.yyyy}", "a", "9.11.1991", "1991-11-09"},
		{"{column: a, format: yyyymmdd}", "a", "19911109", "1991-11-09"},
		{"{column: a, format: yyyymmdd}", "a", "19911309", `found "1991-13-09", expected a date (at byte 5: a month, 01 to 12)`},
		{"{column: a, format: mm/yyyy}", "a", "11/1991", "1991-11"},
		{"{column: a, format: d mmmm yyyy}", "a", "9 November 1991", "1991-11-09"},
		{"{column: a, format: 'mmm d, yyyy'}", "a", "\"nov. 9, 1991\"", "1991-11-09"},
		{"{column: a, format: d-mmm-yyyy}", "a", "9-Sept-1991", "1991-09-09"},
		{"{column: a, format: d mmmm yyyy}", "a", "9 Noviembre 1991", `found "9 Noviembre 1991", expected a date of the form d mmmm yyyy`},
		{"{column: a, format: [dd/mm/yyyy, yyyy]}", "a", "1991", "1991"},
		{"{column: a, format: [dd/mm/yyyy, yyyy]}", "a", "'91", `found "'91", expected a date of the form dd/mm/yyyy or yyyy`},
		{"{column: a, format: iso}", "a", "1991-11-09T12:30:00Z", "1991-11-09"},
		{"{column: a, format: iso}", "a", "1991-11-09 00:00:00.000", "1991-11-09"},
		{"{column: a, format: ISO}", "a", "1991-11", "1991-11"},
		{"{column: a, format: iso}", "a", "1991-11-09?", `found "1991-11-09?", expected a date of the form iso`},
		{"{column: a, format: excel}", "a", "44144", "2020-11-09"},
		{"{column: a, format: excel}", "a", "44144.75", "2020-11-09"},
		{"{column: a, format: excel}", "a", "60", `found "60", expected a date of the form excel`},
		{"{column: a, format: excel}", "a", "0", `found "0", expected a date of the form excel`},
		{"{column: a, format: excel}", "a", "1e300", `found "1e300", expected a date of the form excel`},
		{"{column: a, format: yyyy, missing: '9999', default: unknown}", "a", "9999", `found "unknown", expected a date of the form yyyy`},
		{"{column: a, match: 'of (.*)', format: dd/mm/yyyy}", "a", "Deal of 09/11/1991", "1991-11-09"},
		{"{year: $(a), month: $(b), day: $(c)}", "a,b,c", "1991.0,3,NA", "1991-03"},
		{"{year: $(a), month: $(b), day: $(c)}", "a,b,c", "1991,,7", "1991"},
		{"{year: $(a), month: $(b), day: $(c)}", "a,b,c", ",3,7", ""},
		{"{year: $(a), month: $(b), day: $(c)}", "a,b,c", "800,Feb,7", "0800-02-07"},
		{"{year: $(a), month: {column: b, missing: '0'}, day: $(c)}", "a,b,c", "1991,0,0", "1991"},
		{"{year: $(a), month: $(b), day: $(c)}", "a,b,c", "1991,2,30", `found "1991-02-30", expected a date (at byte 8: a day of that month, 01 to 28)`},
		{"{year: $(a), month: $(b)}", "a,b", "1991,spring", `found "1991-spring", expected a date (at byte 5: a month, 01 to 12)`},
		{"{start: $(a), end: $(b)}", "a,b", "1991,1993-05", "1991/1993-05"},
		{"{start: $(a), end: $(b)}", "a,b", "1991,", "1991/"},
		{"{start: $(a), end: $(b)}", "a,b", ",1993", "/1993"},
		{"{start: $(a), end: $(b)}", "a,b", ",", ""},
		{"{start: $(a)}", "a", "1991", "1991/"},
		{"{end: $(a)}", "a", "1991", "/1991"},
		{"{start: $(a), end: $(b)}", "a,b", "1993,1991", `found "1993/1991", expected a date (at byte 5: an end that is not before the start)`},
		{"{start: $(a), end: {column: b, ongoing: [present, now]}}", "a,b", "1991,now", "1991/.."},
		{"{start: $(a), end: {column: b, ongoing: present, format: yyyy}}", "a,b", ",present", ""},
		{"{start: {column: a, format: dd/mm/yyyy}, end: {column: b, format: dd/mm/yyyy, dataEnd: $(c)-12-31}}", "a,b,c", "01/02/1991,31/12/2016,2016", "1991-02-01/"},
		{"{start: {column: a, format: dd/mm/yyyy}, end: {column: b, format: dd/mm/yyyy, dataEnd: 2015-12-31}}", "a,b", "01/02/1991,31/12/2014", "1991-02-01/2014-12-31"},
	}
	for _, test := range tests {
		t.Run(test.date+" "+test.cells, func(t *testing.T) {
			r := reading(t, "- records: [{claim: signed, from: a, to: b, when: "+test.date+"}]", "file.csv", test.header+",n\n"+test.cells+",1\n")
			got := ""
			for _, c := range r.Claims {
				if c.Predicate == "signed" {
					got = c.When.String()
				}
			}
			for _, problem := range r.Problems {
				_, got, _ = strings.Cut(problem, ": ")
				got, _, _ = strings.Cut(got, " (m.yaml")
			}
			if got != test.want {
				t.Errorf("when is %s\nwant    %s", got, test.want)
			}
		})
	}
}

// TestListsOfDates shows that a date can stand several times.
func TestListsOfDates(t *testing.T) {
	r := reading(t, "- records: [{entity: $(no), date: {column: a, separator: ;, format: dd/mm/yyyy}}]", "file.csv", "no,a\n1,09/11/1991; 10/11/1991;\n")
	want := []string{"date test:1 = 1991-11-09 (row 2)", "date test:1 = 1991-11-10 (row 2)"}
	if diff := cmp.Diff(want, made(r)); diff != "" || r.Problems != nil {
		t.Errorf("problems %q, (-want +got):\n%s", r.Problems, diff)
	}
}

// TestFormsOfDates writes days in each form, and reads them.
func TestFormsOfDates(t *testing.T) {
	forms := map[string]string{
		"dd/mm/yyyy": "02/01/2006", "d.m.yyyy": "2.1.2006", "yyyymmdd": "20060102", "yyyy-mm-dd": "2006-01-02", "mm-dd-yyyy": "01-02-2006",
		"d mmmm yyyy": "2 January 2006", "mmm d, yyyy": "Jan 2, 2006", "edtf": "2006-01-02", "iso": "2006-01-02T15:04:05Z", "dd.mmm.yyyy": "02.Jan.2006",
	}
	for form, layout := range forms {
		rapid.Check(t, func(draw *rapid.T) {
			day := time.Date(1000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 3_000_000).Draw(draw, "day"))
			text := day.Format(layout)
			r := reading(t, fmt.Sprintf("- records: [{entity: x, date: {column: a, format: '%s'}}]", form), "file.csv", "a\n\""+text+"\"\n")
			want := []string{"date test:x = " + day.Format(time.DateOnly) + " (row 2)"}
			if diff := cmp.Diff(want, made(r)); diff != "" {
				draw.Fatalf("%s is read as %s (-want +got):\n%s", text, r.Problems, diff)
			}
		})
	}
}

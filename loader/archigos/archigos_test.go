package archigos_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader/archigos"
	"entente/loader/format"
	"entente/loader/format/formattest"
)

const header = "obsid,gwcode,leadid,leader,yrborn,gender,startdate,enddate,entry,exit,exitcode\n"

func TestTerms(t *testing.T) {
	tests := []struct {
		name, rows string
		want       []string // names, ids and terms
		problems   []string
		notes      map[string]int
	}{
		{
			"two terms of one leader, the name written in two ways",
			"ILL-1902,911,a1,Vesna Orsini,1860,F,1902-05-20,1906-09-25,Regular,Regular,Regular\n" +
				"ILL-1909,911.0,a1,Orsini V.,1861,F,1909-01-23,1911-12-31,Regular,Natural Death,Regular\n",
			[]string{
				"name archigos:a1 = Vesna Orsini (leadid a1, column leader)",
				"externalId archigos:a1 = archigos:a1 (leadid a1, column leader)",
				"alias gw:911 = ILL (gwcode 911, column obsid)",
				"externalId gw:911 = gw:911 (gwcode 911, column obsid)",
				"leads archigos:a1 -> gw:911 when 1902-05-20/1906-09-25 '1902-05-20 to 1906-09-25' (obsid ILL-1902, columns startdate and enddate)",
				"name archigos:a1 = Orsini V. (leadid a1, column leader)",
				"leads archigos:a1 -> gw:911 when 1909-01-23/1911-12-31 '1909-01-23 to 1911-12-31' (obsid ILL-1909, columns startdate and enddate)",
			},
			nil,
			map[string]int{},
		},
		{
			"the data end, the terms do not",
			"RUR-2011,912,b1,Ilhma Typo,1961,M,2011-08-04,2015-12-31,Regular,Still in Office,Still in Office\n" +
				"RUR-2012,912,b2,Elder,NA,M,2012-08-04,2015-12-31,Regular,Natural Death,Regular\n" +
				"RUR-2013,912,b3,Forgotten,,M,2013-08-04,2014-12-31,Regular,Still in Office,Still in Office\n",
			[]string{
				"name archigos:b1 = Ilhma Typo (leadid b1, column leader)",
				"externalId archigos:b1 = archigos:b1 (leadid b1, column leader)",
				"alias gw:912 = RUR (gwcode 912, column obsid)",
				"externalId gw:912 = gw:912 (gwcode 912, column obsid)",
				"leads archigos:b1 -> gw:912 when 2011-08-04/ '2011-08-04 to 2015-12-31' (obsid RUR-2011, columns startdate and enddate)",
				"name archigos:b2 = Elder (leadid b2, column leader)",
				"externalId archigos:b2 = archigos:b2 (leadid b2, column leader)",
				"leads archigos:b2 -> gw:912 when 2012-08-04/ '2012-08-04 to 2015-12-31' (obsid RUR-2012, columns startdate and enddate)",
				"name archigos:b3 = Forgotten (leadid b3, column leader)",
				"externalId archigos:b3 = archigos:b3 (leadid b3, column leader)",
				"leads archigos:b3 -> gw:912 when 2013-08-04/ '2013-08-04 to 2014-12-31' (obsid RUR-2013, columns startdate and enddate)",
			},
			nil,
			map[string]int{
				"the last day is that of the data, so the end is not known":                     1,
				"the last day is that of the data, so the end is not known, whatever exit says": 1,
				"the leader is still in office after enddate, so the end is not known":          1,
			},
		},
		{
			"one leadid of two persons, in Latin-1",
			"ILL-1888,911,35debe98-3bbd-11e5-afeb-eb6f07f9fec7,M\xfcller,1820,M,1888-02-06,1889-10-12,Regular,Regular,Regular\n" +
				"ILL-1991,911,35debe98-3bbd-11e5-afeb-eb6f07f9fec7,M\xfcller,1949,M,1991-10-30,1994-10-07,Regular,Regular,Regular\n",
			[]string{
				"name archigos:35debe98-3bbd-11e5-afeb-eb6f07f9fec7-1820 = Müller (leadid 35debe98-3bbd-11e5-afeb-eb6f07f9fec7, yrborn 1820, column leader)",
				"alias gw:911 = ILL (gwcode 911, column obsid)",
				"externalId gw:911 = gw:911 (gwcode 911, column obsid)",
				"leads archigos:35debe98-3bbd-11e5-afeb-eb6f07f9fec7-1820 -> gw:911 when 1888-02-06/1889-10-12 '1888-02-06 to 1889-10-12' (obsid ILL-1888, columns startdate and enddate)",
				"name archigos:35debe98-3bbd-11e5-afeb-eb6f07f9fec7-1949 = Müller (leadid 35debe98-3bbd-11e5-afeb-eb6f07f9fec7, yrborn 1949, column leader)",
				"leads archigos:35debe98-3bbd-11e5-afeb-eb6f07f9fec7-1949 -> gw:911 when 1991-10-30/1994-10-07 '1991-10-30 to 1994-10-07' (obsid ILL-1991, columns startdate and enddate)",
			},
			nil,
			map[string]int{"leadid is that of two persons, whom yrborn tells apart": 2},
		},
		{
			"what is missing or wrong is named, and the rest is kept",
			",913,,,1900,M,1950-01-01,1951-01-01,,,\nX-1,,c1,Someone,1900,M,1950-01-01,1949-01-01,,,\n",
			[]string{
				"externalId gw:913 = gw:913 (gwcode 913, column obsid)",
				"name archigos:c1 = Someone (leadid c1, column leader)",
				"externalId archigos:c1 = archigos:c1 (leadid c1, column leader)",
			},
			[]string{
				"row 2, column leadid: found nothing, expected the id of a leader",
				"row 2, column obsid: found nothing, expected the id of a term",
				"row 3, column gwcode: found nothing, expected the number of a state",
				`row 3, column startdate: found "1950-01-01/1949-01-01", expected a date (at byte 11: an end that is not before the start)`,
			},
			map[string]int{},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := formattest.Read(t, &archigos.Format, "archigos.csv", header+test.rows)
			ofSet := func(c graph.Claim) bool { return c.Source.Locator == "" }
			r.Claims = slices.DeleteFunc(r.Claims, ofSet)
			if diff := cmp.Diff(test.want, r.Lines(graph.NamePredicate, graph.Alias, graph.ExternalID, graph.Leads)); diff != "" {
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

// TestDataset reads the published file.
func TestDataset(t *testing.T) {
	r := formattest.ReadDataset(t, &archigos.Format, "archigos/archigos.csv")
	if len(r.Problems) > 0 {
		t.Errorf("problems: %q", r.Problems)
	}
	kinds := make(map[string]map[graph.ID]bool)
	open := 0
	for i := range r.Claims {
		c := &r.Claims[i]
		if c.Predicate == graph.Leads && c.When.String() == c.When.Earliest().String()+"/" {
			open++
		}
		if c.Predicate == graph.KindPredicate {
			if kinds[c.Value] == nil {
				kinds[c.Value] = make(map[graph.ID]bool)
			}
			kinds[c.Value][c.From] = true
		}
	}
	if leaders, states := len(kinds["Leader"]), len(kinds["State"]); leaders != 2804 || states != 188 {
		t.Errorf("%d leaders and %d states, want 2804 and 188", leaders, states)
	}
	if terms := len(r.Lines(graph.Leads)); terms != 3409 || r.Summary.Rows != 3409 || open != 169 {
		t.Errorf("%d terms in %d rows, want 3409 of each; %d with an unknown end, want 169", terms, r.Summary.Rows, open)
	}
	notes := map[string]int{
		"the last day is that of the data, so the end is not known":                     165,
		"the last day is that of the data, so the end is not known, whatever exit says": 1,
		"the leader is still in office after enddate, so the end is not known":          3,
		"leadid is that of two persons, whom yrborn tells apart":                        6,
	}
	if diff := cmp.Diff(notes, r.NoteCounts()); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	unmapped := []format.Column{{Name: "entry", Cells: 3409}, {Name: "exit", Cells: 3241}, {Name: "exitcode", Cells: 3409}, {Name: "gender", Cells: 3409}, {Name: "yrborn", Cells: 3384}}
	if diff := cmp.Diff(unmapped, r.Summary.Unmapped()); diff != "" {
		t.Errorf("unmapped (-want +got):\n%s", diff)
	}
}

package mend_test

import (
	"encoding/csv"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/loader/format/formattest"
	"entente/loader/mend"
)

// columns are those of the table of events.
var columns = strings.Split("med_event_ID,conflict_country,conflict_counry_ID,conflict_id,med_location - MULTISELECT,med_loc_cty,med_loc_x,med_loc_y,"+
	"Day,Month,Year,third_party,third_party_id_MEND,third_party_id_PAAX,third_party_id_GW,num_med,med_bias,med_scope,individual_med_named,"+
	"groupings_mechanisms,local_parties,local_party_id,local_indiv_group,num_local,if_loc_belig,agmt,agmt_name,agmt_id_PAX,Summary,source_urls,"+
	"shuttle,med_type", ",")

// A row is the cells of an event by column.
type row map[string]string

// events is a file of rows. What a row does not have stands as in an event of which little is known.
func events(rows ...row) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(columns)
	for _, cells := range rows {
		whole := row{"med_event_ID": "SUD202301-1", "conflict_country": "Sudan", "Month": "1", "Year": "2023", "med_type": "M"}
		maps.Copy(whole, cells)
		record := make([]string, len(columns))
		for i, c := range columns {
			record[i] = whole[c]
		}
		_ = w.Write(record)
	}
	w.Flush()
	return "\ufeff" + b.String()
}

// An eventTest reads one row.
type eventTest struct {
	name       string
	row        row
	predicates []graph.Predicate
	want       []string
	problems   []string
	notes      map[string]int
}

func testEvents(t *testing.T, tests []eventTest) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := formattest.Read(t, &mend.Format, "events.csv", events(test.row))
			compare(t, r, test.want, test.problems, test.notes, test.predicates...)
		})
	}
}

func TestEvents(t *testing.T) {
	testEvents(t, []eventTest{
		{
			"a day",
			row{"Day": "2", "Month": "11"},
			[]graph.Predicate{graph.DatePredicate},
			[]string{"date mend:SUD202301-1 = 2023-11-02 '2 11 2023' (med_event_ID SUD202301-1, columns Day to Year)"},
			nil, nil,
		},
		{
			"no day",
			row{"Month": "11"},
			[]graph.Predicate{graph.DatePredicate},
			[]string{"date mend:SUD202301-1 = 2023-11 '11 2023' (med_event_ID SUD202301-1, columns Day to Year)"},
			nil, nil,
		},
		{
			"a day that the month does not have",
			row{"Day": "31", "Month": "11"},
			[]graph.Predicate{graph.DatePredicate},
			[]string{"date mend:SUD202301-1 = 2023-11 [inferred=the month has no day 31, so the month alone is taken to be right] '31 11 2023' (med_event_ID SUD202301-1, columns Day to Year)"},
			nil,
			map[string]int{"the day is none of the month, so the month alone is claimed": 1},
		},
		{
			"no date at all",
			row{"Day": "3", "Month": "May", "Year": "last"},
			[]graph.Predicate{graph.DatePredicate},
			nil,
			[]string{`row 2, column Year: found "last-May-03", expected a date (at byte 0: a year of four digits, "..", "/" or "[")`},
			nil,
		},
		{
			"a grouping is a process of the conflict",
			row{"groupings_mechanisms": "QUAD; Friends of Sudan"},
			[]graph.Predicate{graph.BelongsTo},
			[]string{
				"belongsTo mend:SUD202301-1 -> mend:process-sudan-quad 'QUAD' (med_event_ID SUD202301-1, column groupings_mechanisms)",
				"belongsTo mend:SUD202301-1 -> mend:process-sudan-friends-of-sudan 'Friends of Sudan' (med_event_ID SUD202301-1, column groupings_mechanisms)",
			},
			nil, nil,
		},
		{
			"agreements",
			row{"agmt": "1", "agmt_name": "Riyadh agreement; Exchange of prisoners [1-2-2023]", "agmt_id_PAX": "2235;"},
			[]graph.Predicate{graph.AdoptedAt},
			[]string{
				"adoptedAt pax:2235 -> mend:SUD202301-1 'Riyadh agreement' (med_event_ID SUD202301-1, column agmt_name)",
				"adoptedAt mend:agreement-exchange-of-prisoners-1-2-2023 -> mend:SUD202301-1 'Exchange of prisoners [1-2-2023]' (med_event_ID SUD202301-1, column agmt_name)",
			},
			nil,
			map[string]int{"an agreement without an id of PA-X is known by its name": 1},
		},
		{
			"an agreement without a name, and an id without either",
			row{"agmt": "1", "agmt_id_PAX": "2235"},
			[]graph.Predicate{graph.AdoptedAt},
			nil, nil,
			map[string]int{
				"an agreement that is not named": 1,
				"agmt_id_PAX does not have one id for each of agmt_name, so the names alone are taken": 1,
			},
		},
		{
			"what it concerns",
			row{"conflict_country": "Sudan; Atlantis", "conflict_id": "309"},
			[]graph.Predicate{graph.Concerns},
			[]string{
				"concerns mend:SUD202301-1 -> mend:country-SDN 'Sudan' (med_event_ID SUD202301-1, column conflict_country)",
				"concerns mend:SUD202301-1 -> ucdp-conflict:309 '309' (med_event_ID SUD202301-1, column conflict_id)",
			},
			nil,
			map[string]int{"the name of a country that is not known": 1},
		},
		{
			"the code of one country is not that of two",
			row{"conflict_country": "Afghanistan; Pakistan", "conflict_counry_ID": "700"},
			[]graph.Predicate{graph.ExternalID},
			[]string{"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)"},
			nil, nil,
		},
		{
			"sources: none, two without a separator, one within another, words",
			row{"source_urls": "ICGLINK;https://a.example/1.htmlhttps://b.example/2;https://archive.example/https://c.example/3; https://d.example/4 and so on;"},
			[]graph.Predicate{graph.URL},
			[]string{
				"url mend:source-a3bbdde63c1c358b = https://a.example/1.html (column source_urls)",
				"url mend:source-642b50b6ad22036f = https://b.example/2 (column source_urls)",
				"url mend:source-3d04f46239f27ac6 = https://archive.example/https://c.example/3 (column source_urls)",
				"url mend:source-0efb2e48937559cb = https://d.example/4 (column source_urls)",
			},
			nil,
			map[string]int{"a source without an address on the web": 1, "words after the address of a source": 1},
		},
		{
			"no id",
			row{"med_event_ID": ""},
			[]graph.Predicate{graph.DatePredicate},
			nil,
			[]string{"row 2, column med_event_ID: found nothing, expected the id of an event"},
			nil,
		},
	})
}

// TestSharedID has two rows of one id: they are two events, in whatever order they stand, and neither is what the id names.
func TestSharedID(t *testing.T) {
	a, b := row{"Day": "12", "Summary": "One."}, row{"Day": "2", "Summary": "Another."}
	want := []string{
		"date mend:SUD202301-1/0b577ae7e74242fd = 2023-01-12 '12 1 2023' (med_event_ID SUD202301-1 of 12 1 2023, columns Day to Year)",
		"date mend:SUD202301-1/25e47c02bce8a3f4 = 2023-01-02 '2 1 2023' (med_event_ID SUD202301-1 of 2 1 2023, columns Day to Year)",
	}
	r := formattest.Read(t, &mend.Format, "events.csv", events(a, b))
	if diff := cmp.Diff(want, r.Lines(graph.DatePredicate)); diff != "" {
		t.Errorf("dates (-want +got):\n%s", diff)
	}
	if ids := r.Lines(graph.ExternalID); len(ids) > 0 {
		t.Errorf("external ids: %q", ids)
	}
	if n := r.NoteCounts()["the id of the event is that of another row, too, so it identifies neither"]; n != 2 {
		t.Errorf("%d rows are noted, want 2", n)
	}
}

// TestOrder reads rows in any order: the same claims come of them.
func TestOrder(t *testing.T) {
	rows := []row{
		{"med_event_ID": "SUD202301-1", "third_party": "Egypt", "third_party_id_MEND": "CON_82", "third_party_id_PAAX": "CON_82"},
		{"med_event_ID": "SUD202301-2", "local_parties": "Sudan", "local_party_id": "112", "source_urls": "https://a.example"},
		{"med_event_ID": "SUD202301-1", "individual_med_named": "Ana Bell", "med_scope": "indnam9002"},
		{"med_event_ID": "SUD202301-3", "groupings_mechanisms": "Quad", "agmt_name": "A truce", "agmt": "1"},
	}
	lines := func(rows []row) map[string]bool {
		set := make(map[string]bool)
		for _, line := range formattest.Read(t, &mend.Format, "events.csv", events(rows...)).Lines() {
			set[line] = true
		}
		return set
	}
	want := lines(rows)
	rapid.Check(t, func(t *rapid.T) {
		if diff := cmp.Diff(want, lines(rapid.Permutation(rows).Draw(t, "rows"))); diff != "" {
			t.Errorf("claims (-in order +permuted):\n%s", diff)
		}
	})
}

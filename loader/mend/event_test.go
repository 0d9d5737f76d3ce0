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

func TestEvents(t *testing.T) {
	tests := []struct {
		name       string
		row        row
		predicates []graph.Predicate
		want       []string
		problems   []string
		notes      map[string]int
	}{
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
			"third parties of PAA-X and of MEND's own list, between two local parties",
			row{
				"third_party": "Egypt; UNITAMS", "third_party_id_MEND": "CON_82;MEND-58", "third_party_id_PAAX": "CON_82;", "third_party_id_GW": "651;",
				"local_parties": "Sudan; Civil Society (Default)", "local_party_id": "112;MEND",
				"Summary": "Talks went on. Under the eyes of Egypt Post a first text was read. In the end, Egypt invited both sides to Cairo. They came.",
			},
			[]graph.Predicate{graph.Mediated, graph.KindPredicate, graph.ExternalID, "participated"},
			[]string{
				"kind mend:SUD202301-1 = Event (med_event_ID SUD202301-1)",
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"kind mend:country-SDN = State (column conflict_country, Sudan)",
				"kind mend:country-SDN = State (column local_parties, Sudan)",
				"externalId mend:country-SDN = mend-party:112 (column local_parties, Sudan)",
				"participated mend:country-SDN -> mend:SUD202301-1 [asNamed=Sudan] 'Sudan' (med_event_ID SUD202301-1, column local_parties)",
				"kind mend:party-sudan-civil-society-default = Organization [inferred=MEND does not say of what kind its local parties are] (column local_parties, Civil Society (Default) in Sudan)",
				"participated mend:party-sudan-civil-society-default -> mend:SUD202301-1 [asNamed=Civil Society (Default)] 'Civil Society (Default)' (med_event_ID SUD202301-1, column local_parties)",
				"kind paax:CON_82 = State (column third_party_id_MEND, CON_82)",
				"externalId paax:CON_82 = mend:CON_82 (column third_party_id_MEND, CON_82)",
				"externalId paax:CON_82 = paax:CON_82 (column third_party_id_MEND, CON_82)",
				"mediated paax:CON_82 -> mend:SUD202301-1 [asNamed=Egypt] [between=mend:country-SDN] [between=mend:party-sudan-civil-society-default] 'In the end, Egypt invited both sides to Cairo.' (med_event_ID SUD202301-1, column third_party and Summary)",
				"kind mend:MEND-58 = Organization (column third_party_id_MEND, MEND-58)",
				"externalId mend:MEND-58 = mend:MEND-58 (column third_party_id_MEND, MEND-58)",
				"mediated mend:MEND-58 -> mend:SUD202301-1 [asNamed=UNITAMS] [between=mend:country-SDN] [between=mend:party-sudan-civil-society-default] 'UNITAMS' (med_event_ID SUD202301-1, column third_party)",
			},
			nil, nil,
		},
		{
			"related to mediation; a state of MEND's own list; one twice",
			row{"med_type": "MR", "third_party": "Bhutan; Bhutan", "third_party_id_MEND": "MEND-11;MEND-11", "third_party_id_PAAX": ";"},
			[]graph.Predicate{graph.Mediated, graph.ThirdParty, graph.NamePredicate},
			[]string{
				"name mend:country-SDN = Sudan (column conflict_country, Sudan)",
				"name mend:MEND-11 = Bhutan (column third_party_id_MEND, MEND-11)",
				"thirdParty mend:MEND-11 -> mend:SUD202301-1 [asNamed=Bhutan] 'Bhutan' (med_event_ID SUD202301-1, column third_party)",
			},
			nil,
			map[string]int{"a third party that is named twice": 1},
		},
		{
			"no type, fewer names than ids",
			row{"med_type": "", "third_party": "Egypt", "third_party_id_MEND": "CON_82;IGO_8", "third_party_id_PAAX": "CON_82;IGO_8"},
			[]graph.Predicate{graph.Mediated, graph.ThirdParty},
			[]string{
				"thirdParty paax:CON_82 -> mend:SUD202301-1 (med_event_ID SUD202301-1, column third_party)",
				"thirdParty paax:IGO_8 -> mend:SUD202301-1 (med_event_ID SUD202301-1, column third_party)",
			},
			nil,
			map[string]int{
				"med_type is neither M nor MR, so the role of the third parties is not stated":       1,
				"third_party does not have one name for each of the ids, so the ids alone are taken": 1,
			},
		},
		{
			"ids of PAA-X that do not stand in the places of MEND's",
			row{"third_party": "Egypt; OCHA", "third_party_id_MEND": "CON_82;MEND-34", "third_party_id_PAAX": "CON_82"},
			[]graph.Predicate{graph.Mediated},
			[]string{
				"mediated mend:CON_82 -> mend:SUD202301-1 [asNamed=Egypt] 'Egypt' (med_event_ID SUD202301-1, column third_party)",
				"mediated mend:MEND-34 -> mend:SUD202301-1 [asNamed=OCHA] 'OCHA' (med_event_ID SUD202301-1, column third_party)",
			},
			nil,
			map[string]int{"third_party_id_PAAX does not have one place for each of third_party_id_MEND, so it is left out": 1},
		},
		{
			"a country with the id of a party of the same abbreviation",
			row{"third_party": "US", "third_party_id_MEND": "POL_1001", "third_party_id_PAAX": "POL_1001"},
			[]graph.Predicate{graph.Mediated, graph.Alias},
			[]string{
				"mediated paax:POL_1001 -> mend:SUD202301-1 [asNamed=US] 'US' (med_event_ID SUD202301-1, column third_party)",
				"alias mend:country-USA = US (column third_party, US)",
				"mediated mend:country-USA -> mend:SUD202301-1 [asNamed=US] [inferred=the name is that of a country, the id is that of paax:POL_1001] 'US' (med_event_ID SUD202301-1, column third_party)",
			},
			nil,
			map[string]int{"a third party with the name of a country and the id of another actor; both are claimed": 1},
		},
		{
			"local parties whose entries do not go with them",
			row{"local_parties": "Hamas; Fatah", "local_party_id": "209;PAAX;207", "conflict_country": "Israel"},
			[]graph.Predicate{"participated", graph.ExternalID},
			[]string{
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"participated mend:party-israel-hamas -> mend:SUD202301-1 [asNamed=Hamas] 'Hamas' (med_event_ID SUD202301-1, column local_parties)",
				"participated mend:party-israel-fatah -> mend:SUD202301-1 [asNamed=Fatah] 'Fatah' (med_event_ID SUD202301-1, column local_parties)",
			},
			nil,
			map[string]int{"local_party_id does not have one entry for each of local_parties, so the names alone are taken": 1},
		},
		{
			"a party of ACLED's list, an empty name, a garbled one",
			row{"local_parties": "Beja Congress; ; National¬†Umma Party", "local_party_id": "ACLED; NL;NL"},
			[]graph.Predicate{graph.ExternalID, graph.NamePredicate, graph.Alias},
			[]string{
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"name mend:country-SDN = Sudan (column conflict_country, Sudan)",
				"name mend:party-sudan-beja-congress = Beja Congress (column local_parties, Beja Congress in Sudan)",
				"externalId mend:party-sudan-beja-congress = acled:Beja Congress (column local_parties, Beja Congress in Sudan)",
				"alias mend:party-sudan-national-umma-party = National¬†Umma Party (column local_parties, National¬†Umma Party in Sudan)",
				"name mend:party-sudan-national-umma-party = National Umma Party [inferred=the name found is UTF-8 read in another encoding] (column local_parties, National¬†Umma Party in Sudan)",
			},
			nil,
			map[string]int{"a name whose UTF-8 had been read in another encoding; it is claimed as found and as it was before": 1},
		},
		{
			"persons of one third party, their numbers in med_scope",
			row{
				"third_party": "IGAD", "third_party_id_MEND": "IGO_312", "third_party_id_PAAX": "IGO_312",
				"med_scope": "indnam9002;NL", "individual_med_named": "Ana Bell; Cem Dor", "Summary": "The envoy Ana Bell arrived",
			},
			[]graph.Predicate{graph.Mediated, graph.ExternalID},
			[]string{
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"externalId paax:IGO_312 = mend:IGO_312 (column third_party_id_MEND, IGO_312)",
				"externalId paax:IGO_312 = paax:IGO_312 (column third_party_id_MEND, IGO_312)",
				"mediated paax:IGO_312 -> mend:SUD202301-1 [asNamed=IGAD] 'IGAD' (med_event_ID SUD202301-1, column third_party)",
				"externalId mend:person-ana-bell = mend:indnam9002 (column individual_med_named, Ana Bell)",
				"mediated mend:person-ana-bell -> mend:SUD202301-1 [asNamed=Ana Bell] [inferred=the row has no other third party] [onBehalfOf=paax:IGO_312] 'The envoy Ana Bell arrived' (med_event_ID SUD202301-1, column individual_med_named and Summary)",
				"mediated mend:person-cem-dor -> mend:SUD202301-1 [asNamed=Cem Dor] [inferred=the row has no other third party] [onBehalfOf=paax:IGO_312] 'Cem Dor' (med_event_ID SUD202301-1, column individual_med_named)",
			},
			nil, nil,
		},
		{
			"persons of several third parties, more numbers than names",
			row{
				"med_type": "MR", "third_party": "IGAD; Egypt", "third_party_id_MEND": "IGO_312;CON_82", "third_party_id_PAAX": "IGO_312;CON_82",
				"med_scope": "indnam9002;indnam9005;indnam9009", "individual_med_named": "Ana Bell; Zoe Dor",
			},
			[]graph.Predicate{graph.ThirdParty, graph.ExternalID},
			[]string{
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"externalId paax:IGO_312 = mend:IGO_312 (column third_party_id_MEND, IGO_312)",
				"externalId paax:IGO_312 = paax:IGO_312 (column third_party_id_MEND, IGO_312)",
				"thirdParty paax:IGO_312 -> mend:SUD202301-1 [asNamed=IGAD] 'IGAD' (med_event_ID SUD202301-1, column third_party)",
				"externalId paax:CON_82 = mend:CON_82 (column third_party_id_MEND, CON_82)",
				"externalId paax:CON_82 = paax:CON_82 (column third_party_id_MEND, CON_82)",
				"thirdParty paax:CON_82 -> mend:SUD202301-1 [asNamed=Egypt] 'Egypt' (med_event_ID SUD202301-1, column third_party)",
				"thirdParty mend:person-ana-bell -> mend:SUD202301-1 [asNamed=Ana Bell] 'Ana Bell' (med_event_ID SUD202301-1, column individual_med_named)",
				"thirdParty mend:person-zoe-dor -> mend:SUD202301-1 [asNamed=Zoe Dor] 'Zoe Dor' (med_event_ID SUD202301-1, column individual_med_named)",
			},
			nil,
			map[string]int{
				"med_scope does not have one number for each of individual_med_named, so the names alone are taken": 1,
				"persons beside several third parties: the row does not say for whom they acted":                    1,
			},
		},
		{
			"one person of two numbers",
			row{"med_scope": "indnam9005;indnam9009", "individual_med_named": "Zoe Dor"},
			[]graph.Predicate{graph.ExternalID},
			[]string{
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"externalId mend:person-zoe-dor = mend:indnam9005 (column individual_med_named, Zoe Dor)",
				"externalId mend:person-zoe-dor = mend:indnam9009 (column individual_med_named, Zoe Dor)",
			},
			nil,
			map[string]int{"persons beside several third parties: the row does not say for whom they acted": 1},
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
			"a town",
			row{"med_location - MULTISELECT": "Cairo, Egypt", "med_loc_cty": "EGY"},
			[]graph.Predicate{graph.LocatedIn, graph.ExternalID},
			[]string{
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"externalId mend:country-EGY = iso3:EGY (column med_location - MULTISELECT, Egypt)",
				"locatedIn mend:place-cairo-egypt -> mend:country-EGY 'Cairo, Egypt' (column med_location - MULTISELECT, Cairo, Egypt)",
				"locatedIn mend:SUD202301-1 -> mend:place-cairo-egypt 'Cairo, Egypt' (med_event_ID SUD202301-1, column med_location - MULTISELECT)",
			},
			nil, nil,
		},
		{
			"a namesake in another country",
			row{"conflict_country": "Libya; Sudan", "med_location - MULTISELECT": "Tripoli, Lebanon", "med_loc_cty": "LBN"},
			[]graph.Predicate{graph.LocatedIn},
			[]string{
				"locatedIn mend:place-tripoli-lebanon -> mend:country-LBN 'Tripoli, Lebanon' (column med_location - MULTISELECT, Tripoli, Lebanon)",
				"locatedIn mend:SUD202301-1 -> mend:place-tripoli-lebanon 'Tripoli, Lebanon' (med_event_ID SUD202301-1, column med_location - MULTISELECT)",
				"locatedIn mend:place-tripoli-libya -> mend:country-LBY 'Tripoli, Libya' (column med_location - MULTISELECT, Tripoli, Libya)",
				"locatedIn mend:SUD202301-1 -> mend:place-tripoli-libya [inferred=the event concerns Libya; the place found is a namesake] 'Tripoli, Lebanon' (med_event_ID SUD202301-1, column med_location - MULTISELECT)",
			},
			nil,
			map[string]int{"a place of the same name in another country than the event is about": 1},
		},
		{
			"a code that is no country's",
			row{"med_location - MULTISELECT": "Gaza, Gaza Strip", "med_loc_cty": "XGZ"},
			[]graph.Predicate{graph.LocatedIn, graph.ExternalID},
			[]string{
				"externalId mend:SUD202301-1 = mend:SUD202301-1 (med_event_ID SUD202301-1)",
				"locatedIn mend:place-gaza-gaza-strip -> mend:territory-gaza-strip 'Gaza, Gaza Strip' (column med_location - MULTISELECT, Gaza, Gaza Strip)",
				"locatedIn mend:SUD202301-1 -> mend:place-gaza-gaza-strip 'Gaza, Gaza Strip' (med_event_ID SUD202301-1, column med_location - MULTISELECT)",
			},
			nil, nil,
		},
		{
			"no place",
			row{"med_location - MULTISELECT": "Virtual", "med_loc_cty": "0"},
			[]graph.Predicate{graph.LocatedIn},
			nil, nil,
			map[string]int{"held at a distance, so that it has no place": 1},
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
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := formattest.Read(t, &mend.Format, "events.csv", events(test.row))
			compare(t, r, test.want, test.problems, test.notes, test.predicates...)
		})
	}
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

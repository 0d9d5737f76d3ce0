package mend_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader/format/formattest"
	"entente/loader/mend"
)

func TestActors(t *testing.T) {
	const header = "MEND_ID,PAAX_ID,GW_ID,ActorName,actor_classification_mend,actor_classification\n"
	tests := []struct {
		name, rows string
		want       []string
		problems   []string
		notes      map[string]int
	}{
		{
			"a name and an abbreviation, in any order", "CON_19,CON_19,200,UK,CON,Country/State\nCON_19,CON_19,200,United Kingdom,CON,Country/State\n",
			[]string{
				"kind paax:CON_19 = State (MEND_ID CON_19)",
				"name paax:CON_19 = United Kingdom (MEND_ID CON_19)",
				"alias paax:CON_19 = UK (MEND_ID CON_19)",
				"externalId paax:CON_19 = mend:CON_19 (MEND_ID CON_19)",
				"externalId paax:CON_19 = paax:CON_19 (MEND_ID CON_19)",
				"externalId paax:CON_19 = gw:200 (MEND_ID CON_19)",
			},
			nil, nil,
		},
		{
			"an abbreviation alone, an id that MEND coined", "MEND-54,,,UNCT,,\n",
			[]string{
				"kind mend:MEND-54 = Organization (MEND_ID MEND-54)",
				"name mend:MEND-54 = UNCT (MEND_ID MEND-54)",
				"externalId mend:MEND-54 = mend:MEND-54 (MEND_ID MEND-54)",
			},
			nil, nil,
		},
		{
			"a number that two states share", "CON_18,CON_18,692,Bahrain,CON,Country/State\nCON_563,CON_563,692,Kuwait,CON,Country/State\n",
			[]string{
				"kind paax:CON_18 = State (MEND_ID CON_18)",
				"name paax:CON_18 = Bahrain (MEND_ID CON_18)",
				"externalId paax:CON_18 = mend:CON_18 (MEND_ID CON_18)",
				"externalId paax:CON_18 = paax:CON_18 (MEND_ID CON_18)",
				"kind paax:CON_563 = State (MEND_ID CON_563)",
				"name paax:CON_563 = Kuwait (MEND_ID CON_563)",
				"externalId paax:CON_563 = mend:CON_563 (MEND_ID CON_563)",
				"externalId paax:CON_563 = paax:CON_563 (MEND_ID CON_563)",
			},
			nil,
			map[string]int{"the number of a state that another one has, too, or that is not Gleditsch and Ward's: it identifies none": 2},
		},
		{
			"today's Germany is not that of the number", "CON_2,CON_2,255,Germany,CON,Country/State\n",
			[]string{
				"kind paax:CON_2 = State (MEND_ID CON_2)",
				"name paax:CON_2 = Germany (MEND_ID CON_2)",
				"externalId paax:CON_2 = mend:CON_2 (MEND_ID CON_2)",
				"externalId paax:CON_2 = paax:CON_2 (MEND_ID CON_2)",
			},
			nil,
			map[string]int{"the number of a state that another one has, too, or that is not Gleditsch and Ward's: it identifies none": 1},
		},
		{
			"numbers of a party's state and of a state that MEND coined", "POL_9001,POL_9001,580,AVX,POL,POL\nMEND-41,,56,Saint Kitts and Nevis,,\n",
			[]string{
				"kind paax:POL_9001 = Organization (MEND_ID POL_9001)",
				"name paax:POL_9001 = AVX (MEND_ID POL_9001)",
				"externalId paax:POL_9001 = mend:POL_9001 (MEND_ID POL_9001)",
				"externalId paax:POL_9001 = paax:POL_9001 (MEND_ID POL_9001)",
				"kind mend:MEND-41 = State (MEND_ID MEND-41)",
				"name mend:MEND-41 = Saint Kitts and Nevis (MEND_ID MEND-41)",
				"externalId mend:MEND-41 = mend:MEND-41 (MEND_ID MEND-41)",
			},
			nil,
			map[string]int{
				"the number of a state that another one has, too, or that is not Gleditsch and Ward's: it identifies none": 1,
				"the number of the state in which an actor is, or to which it belongs":                                     1,
			},
		},
		{
			"the name of a party with the id of its state", "CON_174,CON_174,510,Chama Cha Mapinduzi,CON,Country/State\nCON_174,CON_174,510,Tanzania,CON,Country/State\n",
			[]string{
				"kind paax:CON_174 = State (MEND_ID CON_174)",
				"name paax:CON_174 = Tanzania (MEND_ID CON_174)",
				"externalId paax:CON_174 = mend:CON_174 (MEND_ID CON_174)",
				"externalId paax:CON_174 = paax:CON_174 (MEND_ID CON_174)",
				"externalId paax:CON_174 = gw:510 (MEND_ID CON_174)",
			},
			nil,
			map[string]int{"a name of a state that is not a country's; it is left out": 1},
		},
		{
			"garbled names", "NGO_9001,NGO_9001,,FÃ©dÃ©ration des Marins,NGO,NGO\nNGO_9001,NGO_9001,,MarinsÂ\u00a0,NGO,NGO\n",
			[]string{
				"kind paax:NGO_9001 = Organization (MEND_ID NGO_9001)",
				"alias paax:NGO_9001 = MarinsÂ (MEND_ID NGO_9001)",
				"alias paax:NGO_9001 = FÃ©dÃ©ration des Marins (MEND_ID NGO_9001)",
				"externalId paax:NGO_9001 = mend:NGO_9001 (MEND_ID NGO_9001)",
				"externalId paax:NGO_9001 = paax:NGO_9001 (MEND_ID NGO_9001)",
				"name paax:NGO_9001 = Fédération des Marins [inferred=the name found is UTF-8 read in another encoding] (MEND_ID NGO_9001)",
				"alias paax:NGO_9001 = Marins [inferred=the name found is UTF-8 read in another encoding] (MEND_ID NGO_9001)",
			},
			nil,
			map[string]int{"a name whose UTF-8 had been read in another encoding; it is claimed as found and as it was before": 1},
		},
		{
			"a letter that is lost", "MEND-25,,437,Ivory Coast (C\u0099te d'Ivoire),,\n",
			[]string{
				"kind mend:MEND-25 = State (MEND_ID MEND-25)",
				"name mend:MEND-25 = Ivory Coast (C\u0099te d'Ivoire) (MEND_ID MEND-25)",
				"externalId mend:MEND-25 = mend:MEND-25 (MEND_ID MEND-25)",
			},
			nil,
			map[string]int{
				"a name with a control character, which stands for a letter that is lost":                                  1,
				"the number of a state that another one has, too, or that is not Gleditsch and Ward's: it identifies none": 1,
			},
		},
		{
			"no id, no name", ",,,Nobody,,\nIGO_9001,IGO_9001,,,IGO,IGO\n",
			[]string{
				"kind paax:IGO_9001 = Organization (MEND_ID IGO_9001)",
				"externalId paax:IGO_9001 = mend:IGO_9001 (MEND_ID IGO_9001)",
				"externalId paax:IGO_9001 = paax:IGO_9001 (MEND_ID IGO_9001)",
			},
			[]string{"row 2, column MEND_ID: found nothing, expected the id of an actor"},
			nil,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := formattest.Read(t, &mend.Format, "actors.csv", header+test.rows)
			compare(t, r, test.want, test.problems, test.notes, graph.KindPredicate, graph.NamePredicate, graph.Alias, graph.ExternalID)
		})
	}
}

func TestProcesses(t *testing.T) {
	const header = "conflict_country,important,groupings_mechanisms,STARTDATE,ENDDATE,third_party,third_party_id_GLOPAD,local_parties,description\n"
	tests := []struct {
		name, rows string
		want       []string
		problems   []string
		notes      map[string]int
	}{
		{
			"members by PAA-X's ids, by another list's, and by name", "Sudan,1,Quad Talks,,,United States; AU; ASEAN,CON_3; GP-6; NM,Sudan,\n",
			[]string{
				"concerns mend:process-sudan-quad-talks -> mend:country-SDN 'Sudan' (groupings_mechanisms Quad Talks in Sudan, column conflict_country)",
				"memberOf paax:CON_3 -> mend:process-sudan-quad-talks 'United States' (groupings_mechanisms Quad Talks in Sudan, column third_party)",
				"memberOf mend:GP-6 -> mend:process-sudan-quad-talks 'AU' (groupings_mechanisms Quad Talks in Sudan, column third_party)",
				"memberOf mend:actor-asean -> mend:process-sudan-quad-talks 'ASEAN' (groupings_mechanisms Quad Talks in Sudan, column third_party)",
			},
			nil, nil,
		},
		{
			"an id twice", "Sudan,,Quad,,,Bahrain; Kuwait; France,CON_18; CON_563; CON_563; CON_7,,\n",
			[]string{
				"concerns mend:process-sudan-quad -> mend:country-SDN 'Sudan' (groupings_mechanisms Quad in Sudan, column conflict_country)",
				"memberOf paax:CON_18 -> mend:process-sudan-quad 'Bahrain' (groupings_mechanisms Quad in Sudan, column third_party)",
				"memberOf paax:CON_563 -> mend:process-sudan-quad 'Kuwait' (groupings_mechanisms Quad in Sudan, column third_party)",
				"memberOf paax:CON_7 -> mend:process-sudan-quad 'France' (groupings_mechanisms Quad in Sudan, column third_party)",
			},
			nil,
			map[string]int{"an id of a member stands twice, one after the other; once it is left out": 1},
		},
		{
			"the local parties where ids should be", "Syria,,Quartet,,,UNSC,Syria,Syria,\nSyria,,Trio,,,Turkey; Iran,,,\n",
			[]string{
				"concerns mend:process-syria-quartet -> mend:country-SYR 'Syria' (groupings_mechanisms Quartet in Syria, column conflict_country)",
				"memberOf mend:actor-unsc -> mend:process-syria-quartet 'UNSC' (groupings_mechanisms Quartet in Syria, column third_party)",
				"concerns mend:process-syria-trio -> mend:country-SYR 'Syria' (groupings_mechanisms Trio in Syria, column conflict_country)",
				"memberOf mend:country-TUR -> mend:process-syria-trio 'Turkey' (groupings_mechanisms Trio in Syria, column third_party)",
				"memberOf mend:country-IRN -> mend:process-syria-trio 'Iran' (groupings_mechanisms Trio in Syria, column third_party)",
			},
			nil,
			map[string]int{"members without an id for each, so the names alone are taken": 2},
		},
		{
			"dates", "Sudan,,A,September 21 - February 2024,,,,,\nSudan,,B,June 23- Oct 23,,,,,\nSudan,,C,Nov 18 -,,,,,\nSudan,,D,Jan 2024 -,March 2025,,,,\nSudan,,E,Spring 24 -,,,,,\n",
			[]string{
				"concerns mend:process-sudan-a -> mend:country-SDN 'Sudan' (groupings_mechanisms A in Sudan, column conflict_country)",
				dated("a", "A", "2021-09/2024-02", "September 21 - February 2024"),
				"concerns mend:process-sudan-b -> mend:country-SDN 'Sudan' (groupings_mechanisms B in Sudan, column conflict_country)",
				dated("b", "B", "2023-06/2023-10", "June 23- Oct 23"),
				"concerns mend:process-sudan-c -> mend:country-SDN 'Sudan' (groupings_mechanisms C in Sudan, column conflict_country)",
				dated("c", "C", "2018-11/", "Nov 18 -"),
				"concerns mend:process-sudan-d -> mend:country-SDN 'Sudan' (groupings_mechanisms D in Sudan, column conflict_country)",
				dated("d", "D", "2024-01/2025-03", "Jan 2024 - March 2025"),
				"concerns mend:process-sudan-e -> mend:country-SDN 'Sudan' (groupings_mechanisms E in Sudan, column conflict_country)",
			},
			[]string{`row 6, column STARTDATE: found "Spring 24 -", expected months with their years, such as "September 21 - February 2024"`},
			nil,
		},
		{
			"a description that goes on in a row of its own", "Sudan,,A,,,,,,It was the\n,,,,,,,,end.\n",
			[]string{"concerns mend:process-sudan-a -> mend:country-SDN 'Sudan' (groupings_mechanisms A in Sudan, column conflict_country)"},
			nil,
			map[string]int{"a row without a process: the text of the row before it goes on there": 1},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := formattest.Read(t, &mend.Format, "processes.csv", header+test.rows)
			compare(t, r, test.want, test.problems, test.notes, graph.Concerns, graph.MemberOf, graph.DatePredicate)
		})
	}
}

func dated(slug, name, date, words string) string {
	return "date mend:process-sudan-" + slug + " = " + date +
		" [inferred=two figures after a month are taken for the year, and no end for one that is not known] '" + words +
		"' (groupings_mechanisms " + name + " in Sudan, column STARTDATE)"
}

// compare compares what a format made of a file with what is wanted.
func compare(t *testing.T, r *formattest.Reading, want, problems []string, notes map[string]int, predicates ...graph.Predicate) {
	t.Helper()
	got := r.Lines(predicates...)
	got = append([]string(nil), got[len(ofSet(got)):]...)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(problems, r.Problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if notes == nil {
		notes = map[string]int{}
	}
	if diff := cmp.Diff(notes, r.NoteCounts()); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

// ofSet are the lines at the beginning that tell of the data set itself.
func ofSet(lines []string) []string {
	for i, line := range lines {
		_, subject, _ := strings.Cut(line, " ")
		if !strings.HasPrefix(subject, "mend:MEND ") && !strings.HasPrefix(subject, "mend:actors ") && !strings.HasPrefix(subject, "mend:processes ") && !strings.HasPrefix(subject, "mend:events ") {
			return lines[:i]
		}
	}
	return lines
}

// TestNoTable refuses a table that is none of the three.
func TestNoTable(t *testing.T) {
	r := formattest.Read(t, &mend.Format, "other.csv", "a,b\n1,2\n")
	want := []string{`row 1: found the columns ["a" "b"], expected med_event_ID (events), MEND_ID (actors) or groupings_mechanisms (processes) among them`}
	if diff := cmp.Diff(want, r.Problems); diff != "" || len(r.Claims) > 0 {
		t.Errorf("%d claims, want none; problems (-want +got):\n%s", len(r.Claims), diff)
	}
}

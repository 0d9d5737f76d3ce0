package paax_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"entente/graph"
	"entente/loader/format/formattest"
	"entente/loader/paax"
)

const signatoryHeader = "signatory_id,AgtId,agt_name,signatory_type,practical_third,condition,id_paax,actor_name,Dat,year\n"

func TestTies(t *testing.T) {
	tests := []struct {
		name, rows string
		want       []string
		problems   []string
		notes      map[string]int
	}{
		{
			"a party, and a third party of either sort",
			"1,901,Pact (20/05/1991),party,,,CON_1,Illyria,,1991\n" +
				"2,901.0,Pact (20/05/1991),third party,1.0,C1,IGO_2,League,,1991\n" +
				"3,901,Pact (20/05/1991),third party,,,CON_3,Ruritania,,1991\n",
			[]string{
				"signed paax:CON_1 -> pax:901 'party' (AgtId 901, id_paax CON_1, column signatory_type)",
				"thirdParty paax:IGO_2 -> pax:901 'third party, practical_third 1, condition C1' (AgtId 901, id_paax IGO_2, column signatory_type)",
				"thirdParty paax:CON_3 -> pax:901 'third party' (AgtId 901, id_paax CON_3, column signatory_type)",
			},
			nil,
			map[string]int{
				"signatory_type is third party, practical_third is not set: a third party all the same": 1,
				"Dat is blank, the date is that in agt_name":                                            1,
			},
		},
		{
			"a party that is a third party in practice, and one that is listed on both sides",
			"1,611,Communique (23/09/1991),party,1,C4,CON_21,Russia,,1991\n2,611,Communique (23/09/1991),third party,1,C1,CON_21,Russia,,1991\n",
			[]string{
				"signed paax:CON_21 -> pax:611 'party' (AgtId 611, id_paax CON_21, column signatory_type)",
				"thirdParty paax:CON_21 -> pax:611 'practical_third 1, condition C4' (AgtId 611, id_paax CON_21, column practical_third)",
				"thirdParty paax:CON_21 -> pax:611 'third party, practical_third 1, condition C1' (AgtId 611, id_paax CON_21, column signatory_type)",
			},
			nil,
			map[string]int{
				"an actor is party and third party of one agreement: both are claimed": 1,
				"Dat is blank, the date is that in agt_name":                           1,
			},
		},
		{
			"what cannot be read",
			"1,,Pact (20/05/1991),party,,,CON_1,Illyria,,\n2,901,Pact (20/05/1991),guest,,,CON_1,Illyria,,\n3,901,Pact (20/05/1991),party,,,XYZ_1,Illyria,,\n",
			nil,
			[]string{
				"row 2, column AgtId: found nothing, expected the number of an agreement",
				`row 3, column signatory_type: found "guest", expected "party" or "third party"`,
				`row 4, column id_paax: found "XYZ_1", expected an id of PAA-X, such as CON_61`,
			},
			map[string]int{"Dat is blank, the date is that in agt_name": 1},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := formattest.Read(t, &paax.Format, "signatories.csv", signatoryHeader+test.rows)
			if diff := cmp.Diff(test.want, r.Lines(graph.Signed, graph.ThirdParty)); diff != "" {
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

func TestDates(t *testing.T) {
	const signed = ",party,,,CON_1,Illyria,"
	tests := []struct {
		name, row string
		want      []string
		problems  []string
		note      string
	}{
		{
			"blank", "1,902,Pact_x000D_ (20/05/1991)" + signed + ",1991",
			[]string{"date pax:902 = 1991-05-20 '(20/05/1991)' (AgtId 902, column agt_name)"},
			nil, "Dat is blank, the date is that in agt_name",
		},
		{
			"exchanged", "1,902,Pact (second) (10/05/1991)" + signed + "1991-10-05,1991",
			[]string{
				"date pax:902 = 1991-10-05 '1991-10-05' (AgtId 902, column Dat)",
				"date pax:902 = 1991-05-10 [inferred=Dat is 1991-10-05, which has day and month exchanged: agt_name writes the day first, and agrees with PA-X throughout] '(10/05/1991)' (AgtId 902, column agt_name)",
			},
			nil, "Dat has day and month exchanged, agt_name has them right",
		},
		{
			"right", "1,902,Pact (05/05/1991)" + signed + "1991-05-05,1991",
			[]string{
				"date pax:902 = 1991-05-05 '1991-05-05' (AgtId 902, column Dat)",
				"date pax:902 = 1991-05-05 '(05/05/1991)' (AgtId 902, column agt_name)",
			},
			nil, "",
		},
		{
			"another day", "1,902,Pact (10/05/1991)" + signed + "1991-05-11,1991",
			[]string{
				"date pax:902 = 1991-05-11 '1991-05-11' (AgtId 902, column Dat)",
				"date pax:902 = 1991-05-10 '(10/05/1991)' (AgtId 902, column agt_name)",
			},
			nil, "Dat and the date in agt_name differ otherwise than by exchange of day and month",
		},
		{
			"no date in the name", "1,902,Pact of May" + signed + "1991-05-11,1991",
			[]string{"date pax:902 = 1991-05-11 '1991-05-11' (AgtId 902, column Dat)"},
			nil, "agt_name does not end with a date, so that Dat cannot be checked",
		},
		{
			"another year", "1,902,Pact (05/05/1991)" + signed + "1991-05-05,1992",
			[]string{
				"date pax:902 = 1991-05-05 '1991-05-05' (AgtId 902, column Dat)",
				"date pax:902 = 1991-05-05 '(05/05/1991)' (AgtId 902, column agt_name)",
			},
			nil, "year is not that of the date in agt_name",
		},
		{
			"no day of the calendar", "1,902,Pact (31/02/1991)" + signed + ",1991", nil,
			[]string{`row 2, column agt_name: found "1991-02-31", expected a date (at byte 8: a day of that month, 01 to 28)`},
			"Dat is blank, the date is that in agt_name",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := formattest.Read(t, &paax.Format, "signatories.csv", signatoryHeader+test.row+"\n")
			if diff := cmp.Diff(test.want, r.Lines(graph.DatePredicate)); diff != "" {
				t.Errorf("claims (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.problems, r.Problems); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			notes := map[string]int{}
			if test.note != "" {
				notes[test.note] = 1
			}
			if diff := cmp.Diff(notes, r.NoteCounts()); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

// TestWorkbook reads the three sheets of a workbook, of which the codebook says nothing of the world.
func TestWorkbook(t *testing.T) {
	book := excelize.NewFile()
	sheets := []struct {
		name string
		rows [][]any
	}{
		{"variables", [][]any{{"Field Name", "Variable Name", "Description"}, {"AgtId", "Agreement ID", "A number"}}},
		{"signatories", [][]any{
			{"signatory_id", "AgtId", "agt_name", "signatory_type", "practical_third", "condition", "id_paax", "actor_name", "Dat"},
			{1, 903, "Pact, Strelsau (07/03/1993)", "party", nil, nil, "CON_1", "Illyria ", "1993-07-03"},
		}},
		{"actors", [][]any{{"actor_id", "id_paax", "actor_name", "actor_type"}, {1, "CON_1", "Illyria", "Country/State"}}},
	}
	for _, s := range sheets {
		if _, err := book.NewSheet(s.name); err != nil {
			t.Fatal(err)
		}
		for i, row := range s.rows {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := book.SetSheetRow(s.name, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	var content bytes.Buffer
	if err := book.Write(&content); err != nil {
		t.Fatal(err)
	}
	r := formattest.Read(t, &paax.Format, "paax.xlsx", content.String())
	want := []string{
		"name paax:PAA-X = PAA-X",
		"name paax:signatories = PAA-X Peace Agreement Actors, signatories",
		"name pax:903 = Pact, Strelsau 'Pact, Strelsau (07/03/1993)' (AgtId 903, column agt_name)",
		"name paax:CON_1 = Illyria (id_paax CON_1)",
		"signed paax:CON_1 -> pax:903 'party' (AgtId 903, id_paax CON_1, column signatory_type)",
		"name paax:actors = PAA-X Peace Agreement Actors, actors",
		"name paax:CON_1 = Illyria 'Illyria' (id_paax CON_1, column actor_name)",
	}
	if diff := cmp.Diff(want, r.Lines(graph.NamePredicate, graph.Signed)); diff != "" || len(r.Problems) > 0 {
		t.Errorf("problems %q, claims (-want +got):\n%s", r.Problems, diff)
	}
}

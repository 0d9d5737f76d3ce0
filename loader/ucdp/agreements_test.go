package ucdp_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader/format/formattest"
	"entente/loader/ucdp"
)

// A line is the cells of a row that are not empty, by their columns.
type line map[string]string

var agreementHeader = []string{
	"paid", "gwno", "conflict_id", "conflict_name", "dyad_name", "actor_id", "actor_name", "pa_name", "year", "pa_date", "pa_comment", "pa_sign", "pa_3rd",
	"c_3rd", "ended", "duration", "c_duration", "pa_type", "procID", "cease", "pko", "frame",
}

// text writes rows as separated values.
func text(t testing.TB, header []string, lines ...line) string {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	rows := [][]string{header}
	for _, l := range lines {
		row := make([]string, len(header))
		for i, column := range header {
			row[i] = l[column]
		}
		rows = append(rows, row)
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func readAgreements(t testing.TB, lines ...line) *formattest.Reading {
	t.Helper()
	for _, l := range lines {
		if l["pa_date"] == "" {
			l["pa_date"] = "1994-05-12"
		}
	}
	return formattest.Read(t, &ucdp.Agreements, "agreements.csv", text(t, agreementHeader, lines...))
}

const (
	notNamed    = "it is among the actors of the agreement, and is no side of a dyad"
	named       = "it is among the actors of the agreement, is named by pa_3rd, and is no side of a dyad"
	byName      = "pa_3rd names it, without its number; other agreements give the number with the name"
	noteSigner  = "an armed group is among the actors and no side of a dyad: it is taken to have signed"
	noteOther   = "a state or organization among the actors is no side of a dyad, and pa_3rd does not name it: a third party all the same"
	noteNoQuote = "pa_sign names none of the actors that signed as they are called: it is not quoted"
	noteItem    = "an item of pa_3rd is not just the name of an actor that has a number: left out"
	noteText    = "pa_3rd is a text that names none of the actors: nothing is claimed of it"
)

func TestAgreementTies(t *testing.T) {
	tests := []struct {
		name  string
		lines []line
		want  []string
		notes map[string]int
	}{
		{
			"two sides, in the words of pa_sign and without any",
			[]line{{
				"paid": "901", "dyad_name": "Government of Illyria - Front", "actor_id": "71, 501", "actor_name": "Government of Illyria, Front",
				"pa_sign": "President Florestan signed for Illyria. Dr. Pizarro signed for the others.",
			}},
			[]string{
				"signed ucdp-actor:71 -> ucdp:901 'President Florestan signed for Illyria. Dr. Pizarro signed for the others.' (paid 901, actor_id 71, column pa_sign)",
				"signed ucdp-actor:501 -> ucdp:901 'Front' (paid 901, actor_id 501, column actor_name)",
			},
			map[string]int{},
		},
		{
			"an actor that stands twice, with space before a comma",
			[]line{{
				"paid": "901", "dyad_name": "Government of Illyria - Front , Government of Illyria - Rear",
				"actor_id": "501, 71, 71, 502, 501", "actor_name": "Front, Government of Illyria, Government of Illyria, Rear, Front",
			}},
			[]string{
				"signed ucdp-actor:501 -> ucdp:901 'Front' (paid 901, actor_id 501, column actor_name)",
				"signed ucdp-actor:71 -> ucdp:901 'Government of Illyria' (paid 901, actor_id 71, column actor_name)",
				"signed ucdp-actor:502 -> ucdp:901 'Rear' (paid 901, actor_id 502, column actor_name)",
			},
			map[string]int{},
		},
		{
			"states and organizations that are no side, and an armed group whose name is the beginning of another's",
			[]line{{
				"paid": "901", "dyad_name": "Government of Illyria - Front - North", "pa_3rd": "Ruritania, UN",
				"actor_id": "71, 501, 502, 72, 73, 7052", "actor_name": "Government of Illyria, Front - North, Front, Government of Ruritania, Government of Graustark, United Nations",
			}},
			[]string{
				"signed ucdp-actor:71 -> ucdp:901 'Government of Illyria' (paid 901, actor_id 71, column actor_name)",
				"signed ucdp-actor:501 -> ucdp:901 'Front - North' (paid 901, actor_id 501, column actor_name)",
				"signed ucdp-actor:502 -> ucdp:901 [inferred=it is among the actors of the agreement, and an armed group; none of the dyads named has it] 'Front' (paid 901, actor_id 502, column actor_name)",
				"thirdParty ucdp-actor:72 -> ucdp:901 [inferred=" + named + "] 'Ruritania, UN' (paid 901, actor_id 72, column pa_3rd)",
				"thirdParty ucdp-actor:73 -> ucdp:901 [inferred=" + notNamed + "] 'Government of Graustark' (paid 901, actor_id 73, column actor_name)",
				"thirdParty ucdp-actor:7052 -> ucdp:901 [inferred=" + named + "] 'Ruritania, UN' (paid 901, actor_id 7052, column pa_3rd)",
			},
			map[string]int{noteSigner: 1, noteOther: 1},
		},
		{
			"a name with a comma inside",
			[]line{{
				"paid": "901", "dyad_name": "Government of Illyria - Council for Peace, Bread and Justice",
				"actor_id": "71, 72, 501", "actor_name": "Government of Illyria, Government of Ruritania, Council for Peace, Bread and Justice",
			}},
			[]string{
				"signed ucdp-actor:71 -> ucdp:901 'Government of Illyria' (paid 901, actor_id 71, column actor_name)",
				"thirdParty ucdp-actor:72 -> ucdp:901 [inferred=" + notNamed + "] 'Government of Ruritania' (paid 901, actor_id 72, column actor_name)",
				"signed ucdp-actor:501 -> ucdp:901 'Council for Peace, Bread and Justice' (paid 901, actor_id 501, column actor_name)",
			},
			map[string]int{noteOther: 1},
		},
		{
			"third parties by name alone, whose numbers another row has",
			[]line{
				{
					"paid": "901", "dyad_name": "Government of Illyria - Front", "actor_id": "71, 501", "actor_name": "Government of Illyria, Front",
					"pa_3rd": "the USA and United Nations (UN), Illyria, Ruritanian president Rudolf, Ruritania-Hentzau",
				},
				{
					"paid": "902", "dyad_name": "Government of Ruritania - Front", "actor_id": "3, 72, 501, 7052",
					"actor_name": "Government of United States of America, Government of Ruritania, Front, United Nations", "pa_3rd": "Witnesses: President Rudolf",
				},
			},
			[]string{
				"signed ucdp-actor:71 -> ucdp:901 'Government of Illyria' (paid 901, actor_id 71, column actor_name)",
				"signed ucdp-actor:501 -> ucdp:901 'Front' (paid 901, actor_id 501, column actor_name)",
				"thirdParty ucdp-actor:3 -> ucdp:901 [inferred=" + byName + "] 'the USA and United Nations (UN), Illyria, Ruritanian president Rudolf, Ruritania-Hentzau' (paid 901, column pa_3rd)",
				"thirdParty ucdp-actor:7052 -> ucdp:901 [inferred=" + byName + "] 'the USA and United Nations (UN), Illyria, Ruritanian president Rudolf, Ruritania-Hentzau' (paid 901, column pa_3rd)",
				"thirdParty ucdp-actor:3 -> ucdp:902 [inferred=" + notNamed + "] 'Government of United States of America' (paid 902, actor_id 3, column actor_name)",
				"signed ucdp-actor:72 -> ucdp:902 'Government of Ruritania' (paid 902, actor_id 72, column actor_name)",
				"signed ucdp-actor:501 -> ucdp:902 'Front' (paid 902, actor_id 501, column actor_name)",
				"thirdParty ucdp-actor:7052 -> ucdp:902 [inferred=" + notNamed + "] 'United Nations' (paid 902, actor_id 7052, column actor_name)",
			},
			map[string]int{noteOther: 2, noteItem: 2, noteText: 1},
		},
		{
			"words that name none of the actors",
			[]line{{
				"paid": "901", "dyad_name": "Government of Guinea - Front", "actor_id": "71", "actor_name": "Government of Guinea", "pa_sign": "X for Guinea-Bissau",
			}},
			[]string{"signed ucdp-actor:71 -> ucdp:901 'Government of Guinea' (paid 901, actor_id 71, column actor_name)"},
			map[string]int{noteNoQuote: 1},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := readAgreements(t, test.lines...)
			if diff := cmp.Diff(test.want, r.Lines(graph.Signed, graph.ThirdParty)); diff != "" || len(r.Problems) > 0 {
				t.Errorf("problems %q, claims (-want +got):\n%s", r.Problems, diff)
			}
			notes := r.NoteCounts()
			if _, expected := test.notes[noteNoQuote]; !expected {
				delete(notes, noteNoQuote)
			}
			if diff := cmp.Diff(test.notes, notes); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAgreementRoles(t *testing.T) {
	tests := []struct{ pa3rd, c3rd, want string }{ // want: role and actor
		{"Ruritania", "Ruritania mediated the talks.", "mediated 72"},
		{"Ruritania", "Nobody knows. The Government of Ruritania, though not a signatory, hosted the talks.", "hosted 72"},
		{"Though not a signatory, UN facilitated the process", "", "facilitated 7052"},
		{"UN", "Ruritania acted as the mediator and more", "mediated 72"},
		{"UN", "Ruritania hosted and served as a mediator when the parties met", "mediated 72, hosted 72"},
		{"UN", "The accord was mediated by the UN and others", ""}, // by whom else is not said to be one of the actors
		{"UN", "The accord was mediated by the UN.", "mediated 7052"},
		{"UN", "The talks were held under the auspices of the United Nations.", "convened 7052"},
		{"UN", "The talks were to continue under the auspices of the United Nations.", ""},
		{"Witnessed by: representatives of Ruritania, and by others to the United Nations", "", "witnessed 72"},
		{"Ruritania", "Ruritania-Hentzau mediated the talks.", ""},
		{"Ruritania", "Illyria mediated the talks.", ""}, // a side
		{"Ruritania", "The Front mediated the talks.", ""},
		{"Ruritania", "Ruritania sponsored the talks.", ""},
	}
	for _, test := range tests {
		r := readAgreements(t, line{
			"paid": "901", "dyad_name": "Government of Illyria - Front", "actor_id": "71, 501, 72, 7052",
			"actor_name": "Government of Illyria, Front, Government of Ruritania, United Nations", "pa_3rd": test.pa3rd, "c_3rd": test.c3rd,
		})
		var got []string
		for i := range r.Claims {
			if c := &r.Claims[i]; c.Predicate.Info().Strength > graph.ThirdParty.Info().Strength {
				got = append(got, string(c.Predicate)+" "+c.From.Name())
			}
		}
		if strings.Join(got, ", ") != test.want || len(r.Problems) > 0 {
			t.Errorf("roles of %q, %q: %q, want %q; problems: %q", test.pa3rd, test.c3rd, got, test.want, r.Problems)
		}
	}
}

func TestAgreements(t *testing.T) {
	tests := []struct {
		name     string
		line     line
		want     []string
		problems []string
		notes    map[string]int
	}{
		{
			"all of it",
			line{
				"paid": "901", "gwno": "911, 912", "conflict_id": "31.0, 32", "conflict_name": "Illyria: North, Illyria: South", "pa_name": "The first\npact",
				"year": "1994", "pa_comment": "Full peace agreement\n\nIt ends the war.", "ended": "True", "duration": "1995-02-03", "c_duration": "It did not hold.",
				"pa_type": "1", "procID": "7", "cease": "1", "pko": "0", "frame": "2",
			},
			[]string{
				"name ucdp:901 = The first pact 'The first\npact' (paid 901, column pa_name)",
				"description ucdp:901 = Full peace agreement\n\nIt ends the war. (paid 901, column pa_comment)",
				"assessment ucdp:901 = It did not hold. (paid 901, column c_duration)",
				"date ucdp:901 = 1994-05-12 '1994-05-12' (paid 901, column pa_date)",
				"stage ucdp:901 = Full peace agreement '1' (paid 901, column pa_type)",
				"status ucdp:901 = ended when 1995-02-03 'True, 1995-02-03' (paid 901, columns ended and duration)",
				"name ucdp-conflict:31 = Illyria: North 'Illyria: North' (conflict_id 31, column conflict_name)",
				"concerns ucdp:901 -> ucdp-conflict:31 'Illyria: North, Illyria: South' (paid 901, column conflict_id)",
				"name ucdp-conflict:32 = Illyria: South 'Illyria: South' (conflict_id 32, column conflict_name)",
				"concerns ucdp:901 -> ucdp-conflict:32 'Illyria: North, Illyria: South' (paid 901, column conflict_id)",
				"concerns ucdp:901 -> gw:911 '911, 912' (paid 901, column gwno)",
				"concerns ucdp:901 -> gw:912 '911, 912' (paid 901, column gwno)",
				"belongsTo ucdp:901 -> ucdp-process:7 '7' (paid 901, column procID)",
				"provision ucdp:901 = ceasefire or end of hostilities (cease = 1) '1' (paid 901, column cease)",
			},
			nil,
			map[string]int{},
		},
		{
			"a comment that begins with another type, an end without a day, a year that is another, a conflict with a comma in its name",
			line{
				"paid": "902", "pa_type": "2", "pa_comment": "Peace process agreement\n\nMore", "ended": "True", "year": "1993",
				"conflict_id": "31", "conflict_name": "Illyria, East: North",
			},
			[]string{
				"description ucdp:902 = Peace process agreement\n\nMore (paid 902, column pa_comment)",
				"date ucdp:902 = 1994-05-12 '1994-05-12' (paid 902, column pa_date)",
				"stage ucdp:902 = Partial peace agreement '2' (paid 902, column pa_type)",
				"stage ucdp:902 = Peace process agreement 'Peace process agreement' (paid 902, column pa_comment)",
				"status ucdp:902 = ended 'True' (paid 902, column ended)",
				"name ucdp-conflict:31 = Illyria, East: North 'Illyria, East: North' (conflict_id 31, column conflict_name)",
				"concerns ucdp:902 -> ucdp-conflict:31 'Illyria, East: North' (paid 902, column conflict_id)",
			},
			nil,
			map[string]int{
				"pa_comment begins with another type than pa_type has: both are claimed": 1,
				"the agreement ended, on a day that duration does not give":              1,
				"year is not that of pa_date":                                            1,
			},
		},
		{
			"what cannot be read",
			line{"paid": "903", "pa_date": "12 May", "pa_type": "4", "ended": "perhaps", "cease": "2", "actor_id": "1, 2", "actor_name": "A"},
			nil,
			[]string{
				`row 2, column actor_name: found "A", expected as many names as actor_id has numbers`,
				`row 2, column pa_date: found "12 May", expected a date (at byte 0: a year of four digits, as in "2020-11-09")`,
				`row 2, column pa_type: found "4", expected 1, 2 or 3`,
				`row 2, column ended: found "perhaps", expected True or False`,
				`row 2, column cease: found "2", expected 0 or 1`,
			},
			map[string]int{},
		},
		{
			"conflicts that have not as many names",
			line{"paid": "904", "conflict_id": "31, 32", "conflict_name": "Illyria, East: North, Illyria: South"},
			[]string{
				"date ucdp:904 = 1994-05-12 '1994-05-12' (paid 904, column pa_date)",
				"concerns ucdp:904 -> ucdp-conflict:31 'Illyria, East: North, Illyria: South' (paid 904, column conflict_id)",
				"concerns ucdp:904 -> ucdp-conflict:32 'Illyria, East: North, Illyria: South' (paid 904, column conflict_id)",
			},
			nil,
			map[string]int{"conflict_id and conflict_name have not as many items: no name is claimed": 1},
		},
		{"no number", line{"pa_name": "Pact"}, nil, []string{"row 2, column paid: found nothing, expected the number of an agreement"}, map[string]int{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := readAgreements(t, test.line)
			var got []string
			for _, l := range r.Lines() {
				if !strings.HasPrefix(l, "kind ") && !strings.HasPrefix(l, "externalId ") && !strings.Contains(l, "ucdp:UCDP =") && !strings.Contains(l, "ucdp:peace-agreements =") {
					got = append(got, l)
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

// FuzzThirdParties reads texts on third parties and signatories. Whatever they are, claims have a normal form, and none quotes more than it should.
func FuzzThirdParties(f *testing.F) {
	f.Add("Ruritania, UN", "The UN mediated. ", "X for Illyria", "Government of Illyria - Front")
	f.Add("Witnessed by:\x00, the USA", "mediated by ", "(", " - , - ")
	f.Add("and and;;\n(", "under the auspices of UN", "\xff\xfe", "Front")
	f.Fuzz(func(t *testing.T, pa3rd, c3rd, paSign, dyads string) {
		r := readAgreements(t, line{
			"paid": "901", "dyad_name": dyads, "actor_id": "71, 501, 72, 7052", "actor_name": "Government of Illyria, Front, Government of Ruritania, United Nations",
			"pa_3rd": pa3rd, "c_3rd": c3rd, "pa_sign": paSign,
		})
		ties := 0
		for i := range r.Claims {
			c := &r.Claims[i]
			if c.Predicate == graph.Signed || c.Predicate == graph.ThirdParty {
				ties++
			}
			if len(c.Source.Quote) > 600 { // the longest there is, and as much again for what normal form may add
				t.Errorf("a quote of %d bytes: %s", len(c.Source.Quote), formattest.Line(c))
			}
		}
		if ties < 4 && len(r.Problems) == 0 {
			t.Errorf("%d ties of four actors", ties)
		}
	})
}

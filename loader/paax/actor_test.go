package paax_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader/format/formattest"
	"entente/loader/paax"
)

const actorHeader = "id_paax,actor_name,actor_type,abbreviation,actor_iso3c,actor_country,actor_gwno,ucdp_id,ucdp_name,acled_name,acled_other,alternative_names\n"

func TestActors(t *testing.T) {
	const (
		noNumber = "two countries have one Gleditsch-Ward number, which is left out of both"
		noUCDP   = "several actors have one UCDP id, which is left out of all"
		notUCDP  = "a country and another actor have one UCDP id, which is the government's and left out of the other"
		noAlias  = "an alternative name that names another actor is left out"
	)
	tests := []struct {
		name, rows string
		want       []string // but kind, name and description
		notes      map[string]int
	}{
		{
			"a country", "CON_1,Illyria,Country/State,,ILL,Illyria,911.0,71.0,Government of Illyria,Government of Illyria (2001-),Police of Illyria | Government of Illyria (1990-2001),Illyria | Republic Illyria\n",
			[]string{
				"externalId paax:CON_1 = paax:CON_1 'CON_1' (id_paax CON_1, column id_paax)",
				"alias paax:CON_1 = Republic Illyria 'Republic Illyria' (id_paax CON_1, column alternative_names)",
				"externalId paax:CON_1 = iso3:ILL 'ILL' (id_paax CON_1, column actor_iso3c)",
				"externalId paax:CON_1 = gw:911 '911' (id_paax CON_1, column actor_gwno)",
				"externalId paax:CON_1 = ucdp-actor:71 '71' (id_paax CON_1, column ucdp_id)",
				"alias paax:CON_1 = Government of Illyria 'Government of Illyria' (id_paax CON_1, column ucdp_name)",
				"externalId paax:CON_1 = acled:Government of Illyria (2001-) 'Government of Illyria (2001-)' (id_paax CON_1, column acled_name)",
				"externalId paax:CON_1 = acled:Police of Illyria 'Police of Illyria' (id_paax CON_1, column acled_other)",
				"externalId paax:CON_1 = acled:Government of Illyria (1990-2001) 'Government of Illyria (1990-2001)' (id_paax CON_1, column acled_other)",
			},
			map[string]int{},
		},
		{
			"today's Germany is not that of the number", "CON_2,Germany,Country/State,,DEU,Germany,255,,,,,\n",
			[]string{
				"externalId paax:CON_2 = paax:CON_2 'CON_2' (id_paax CON_2, column id_paax)",
				"externalId paax:CON_2 = iso3:DEU 'DEU' (id_paax CON_2, column actor_iso3c)",
			},
			map[string]int{"the Gleditsch-Ward number is that of the Germany that ended in 1945, and left out": 1},
		},
		{
			"the code of an entity is where it is based", "ENT_1173,Nagorno-Karabakh,Entity,,AZE,Azerbaijan,373,,,,,\n",
			[]string{
				"externalId paax:ENT_1173 = paax:ENT_1173 'ENT_1173' (id_paax ENT_1173, column id_paax)",
				"externalId iso3:AZE = iso3:AZE (actor_iso3c AZE)",
				"locatedIn paax:ENT_1173 -> iso3:AZE 'AZE' (id_paax ENT_1173, column actor_iso3c)",
			},
			map[string]int{},
		},
		{
			"one number for two countries, and for one that is listed twice",
			"CON_1,Illyria,Country/State,,ILL,Illyria,911,,,,,\nCON_2,Ruritania,Country/State,,RUR,Ruritania,911,,,,,\n" +
				"CON_3,Laos,Country/State,,LAO,Laos,812,,,,,\nCON_4,Laos,Country/State,,LAO,Laos,812,,,,,\n",
			[]string{
				"externalId paax:CON_1 = paax:CON_1 'CON_1' (id_paax CON_1, column id_paax)",
				"externalId paax:CON_1 = iso3:ILL 'ILL' (id_paax CON_1, column actor_iso3c)",
				"externalId paax:CON_2 = paax:CON_2 'CON_2' (id_paax CON_2, column id_paax)",
				"externalId paax:CON_2 = iso3:RUR 'RUR' (id_paax CON_2, column actor_iso3c)",
				"externalId paax:CON_3 = paax:CON_3 'CON_3' (id_paax CON_3, column id_paax)",
				"externalId paax:CON_3 = iso3:LAO 'LAO' (id_paax CON_3, column actor_iso3c)",
				"externalId paax:CON_3 = gw:812 '812' (id_paax CON_3, column actor_gwno)",
				"externalId paax:CON_4 = paax:CON_4 'CON_4' (id_paax CON_4, column id_paax)",
				"externalId paax:CON_4 = iso3:LAO 'LAO' (id_paax CON_4, column actor_iso3c)",
				"externalId paax:CON_4 = gw:812 '812' (id_paax CON_4, column actor_gwno)",
			},
			map[string]int{noNumber: 2},
		},
		{
			"one UCDP id for a country and its army, and for two groups",
			"CON_1,Illyria,Country/State,,,,,71,,,,\nMIL_2,Army of Illyria,Military,,,,,71,,,,\nARM_3,Front,Armed Organization,F,,,,72,,,,\nARM_4,Old Front,Armed Organization,,,,,72,Front,,,\n",
			[]string{
				"externalId paax:CON_1 = paax:CON_1 'CON_1' (id_paax CON_1, column id_paax)",
				"externalId paax:CON_1 = ucdp-actor:71 '71' (id_paax CON_1, column ucdp_id)",
				"externalId paax:MIL_2 = paax:MIL_2 'MIL_2' (id_paax MIL_2, column id_paax)",
				"externalId paax:ARM_3 = paax:ARM_3 'ARM_3' (id_paax ARM_3, column id_paax)",
				"alias paax:ARM_3 = F 'F' (id_paax ARM_3, column abbreviation)",
				"externalId paax:ARM_4 = paax:ARM_4 'ARM_4' (id_paax ARM_4, column id_paax)",
			},
			map[string]int{noUCDP: 2, notUCDP: 1},
		},
		{
			"one government for two countries",
			"CON_1,Illyria,Country/State,,,,,71,Government of Illyria (Ruritania),,,\nCON_2,Ruritania,Country/State,,,,,,,,,\n",
			[]string{
				"externalId paax:CON_1 = paax:CON_1 'CON_1' (id_paax CON_1, column id_paax)",
				"externalId paax:CON_2 = paax:CON_2 'CON_2' (id_paax CON_2, column id_paax)",
			},
			map[string]int{"the government that UCDP knows by one id is that of two countries: the id is left out": 1},
		},
		{
			"names of others",
			"CON_61,Armenia,Country/State,,,,,,,,,Republic Armenia | Republic Azerbaijan I. G. Alityev\nCON_59,Azerbaijan,Country/State,,,,,,,,,\n" +
				"CON_7,Guinea,Country/State,,,,,,,,,Republic Guinea - Bissau\nCON_8,Guinea-Bissau,Country/State,,,,,,,,,Republic Guinea - Bissau\n" +
				"CON_9,United Kingdom,Country/State,,,,,,,,,United Kingdom of Great Britain and Northern Ireland\nCON_10,Ireland,Country/State,,,,,,,,,\nENT_11,Northern Ireland,Entity,,,,,,,,,\n" +
				"POL_12,Liberal Party,Political Party,,,,,,,,,ARMENIA | Friends of Armenia\n",
			[]string{
				"alias paax:CON_61 = Republic Armenia 'Republic Armenia' (id_paax CON_61, column alternative_names)",
				"alias paax:CON_8 = Republic Guinea - Bissau 'Republic Guinea - Bissau' (id_paax CON_8, column alternative_names)",
				"alias paax:CON_9 = United Kingdom of Great Britain and Northern Ireland 'United Kingdom of Great Britain and Northern Ireland' (id_paax CON_9, column alternative_names)",
				"alias paax:POL_12 = Friends of Armenia 'Friends of Armenia' (id_paax POL_12, column alternative_names)",
			},
			map[string]int{noAlias: 3},
		},
		{
			"names of ACLED that run together", "ARM_1,Front,Armed Organization,,,,,,,,North: Northern Front   South: Southern Front," + "\nARM_2,Rear,Armed Organization,,,,,,,," + strings.Repeat("Rear of the Front ", 20) + ",\n",
			[]string{
				"externalId paax:ARM_1 = paax:ARM_1 'ARM_1' (id_paax ARM_1, column id_paax)",
				"externalId paax:ARM_1 = acled:North: Northern Front 'North: Northern Front' (id_paax ARM_1, column acled_other)",
				"externalId paax:ARM_1 = acled:South: Southern Front 'South: Southern Front' (id_paax ARM_1, column acled_other)",
				"externalId paax:ARM_2 = paax:ARM_2 'ARM_2' (id_paax ARM_2, column id_paax)",
			},
			map[string]int{"names of ACLED that run together, with nothing to tell them apart, are left out": 1},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := formattest.Read(t, &paax.Format, "actors.csv", actorHeader+test.rows)
			predicates := []graph.Predicate{graph.Alias, graph.ExternalID, graph.LocatedIn}
			if test.name == "names of others" {
				predicates = predicates[:1]
			}
			if diff := cmp.Diff(test.want, r.Lines(predicates...)); diff != "" || len(r.Problems) > 0 {
				t.Errorf("problems %q, claims (-want +got):\n%s", r.Problems, diff)
			}
			if diff := cmp.Diff(test.notes, r.NoteCounts()); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestKind(t *testing.T) {
	tests := []struct {
		id   string
		want graph.Kind // none if it is empty
	}{
		{"CON_61", graph.State},
		{"ENT_1173", graph.Organization},
		{"IGO_5", graph.Organization},
		{"POL_1", graph.Organization},
		{"ARM_257", graph.ArmedGroup},
		{"MIL_1190", graph.ArmedGroup},
		{"CON", ""},
		{"CON_", ""},
		{"XYZ_1", ""},
		{"con_61", ""},
		{"", ""},
	}
	for _, test := range tests {
		kind, ok := paax.Kind(test.id)
		if kind != test.want || ok != (test.want != "") {
			t.Errorf("Kind(%q) = %q, %t; want %q", test.id, kind, ok, test.want)
		}
	}
}

// FuzzActors reads other names and codes. Whatever they are, nothing but a code is refused, and no country is called what names another one.
func FuzzActors(f *testing.F) {
	f.Add("Republic Ruritania R. Hentzau | Illyria", "Front|Rear   Top", "ILL")
	f.Add("ruritania|ILLYRIA - Ruritania|", "\x01", "ill | RUR")
	f.Add("\xff|\u2028| |", "|||", "")
	f.Fuzz(func(t *testing.T, names, acled, iso string) {
		if strings.ContainsRune(names+acled+iso, 0) {
			return // no table has zero bytes
		}
		var b strings.Builder
		w := csv.NewWriter(&b)
		err := w.WriteAll([][]string{
			{"id_paax", "actor_name", "actor_type", "actor_iso3c", "acled_other", "alternative_names"},
			{"CON_1", "Illyria", "Country/State", iso, acled, names},
			{"CON_2", "Ruritania", "Country/State", "", "", ""},
		})
		if err != nil {
			t.Fatal(err)
		}
		r := formattest.Read(t, &paax.Format, "actors.csv", b.String())
		for i := range r.Claims {
			if c := &r.Claims[i]; c.Predicate == graph.Alias && c.From == "paax:CON_1" && strings.EqualFold(c.Value, "ruritania") {
				t.Errorf("Illyria is also called %q", c.Value)
			}
		}
		for _, problem := range r.Problems {
			if !strings.Contains(problem, "column actor_iso3c") && !strings.Contains(problem, "/value") {
				t.Errorf("problem: %s", problem)
			}
		}
	})
}

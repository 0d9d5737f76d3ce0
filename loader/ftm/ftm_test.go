package ftm_test

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/format/formattest"
	"entente/loader/ftm"
)

// lines reads lines through the format and gives the claims about entities of the file, its datasets left out.
func lines(t *testing.T, content ...string) (*formattest.Reading, []string) {
	t.Helper()
	r := formattest.Read(t, &ftm.Format, "test.json", strings.Join(content, "\n"))
	ofSet := func(c graph.Claim) bool { return strings.HasPrefix(string(c.From), "ftm-d") }
	r.Claims = slices.DeleteFunc(r.Claims, ofSet)
	var list []string
	for i := range r.Claims {
		c := &r.Claims[i]
		on := ""
		if c.Claimant != "" {
			on = c.Claimant.Name() + ": "
		}
		if c.Predicate != graph.KindPredicate && c.Predicate != graph.ExternalID {
			list = append(list, on+formattest.Line(c))
		}
	}
	return r, list
}

func TestThings(t *testing.T) {
	const headed = `{"id":"p","schema":"Position","properties":{"name":["President of the Republic of Armenia"],"country":["am"]}}`
	tests := []struct {
		name  string
		lines []string
		want  []string
		notes map[string]int
	}{
		{
			"names: the caption is the name, the others are aliases",
			[]string{`{"id":"a","schema":"Person","caption":"Vesna Orsini","datasets":["salt"],"properties":{"name":["ORSINI VESNA","Vesna Orsini","Весна Орсини"],"previousName":["Vesna\nBrine"],"weakAlias":["Vesna"],"position":["Minister of Salt"]}}`},
			[]string{
				"salt: alias ftm:a = ORSINI VESNA (entity a, property name)",
				"salt: name ftm:a = Vesna Orsini (entity a, property name)",
				"salt: alias ftm:a = Весна Орсини (entity a, property name)",
				"salt: activity ftm:a = Minister of Salt (entity a, property position)",
				"salt: alias ftm:a = Vesna Brine (entity a, property previousName)",
				"salt: metonym ftm:a = Vesna (entity a, property weakAlias)",
			},
			map[string]int{},
		},
		{
			"datasets that disagree stay apart, and the day they said so first is kept",
			[]string{
				`{"canonical_id":"Q9","entity_id":"a","prop":"name","schema":"Person","value":"Zdenka","dataset":"one","lang":null,"original_value":"ZDENKA ","first_seen":"2023-04-20T10:00:00","last_seen":"2024-01-01T00:00:00","external":false,"origin":null,"id":"x1"}`,
				`{"canonical_id":"Q9","entity_id":"b","prop":"name","schema":"Person","value":"Zdena","dataset":"two","lang":"eng","first_seen":"2021"}`,
				`{"canonical_id":"Q9","entity_id":"b","prop":"name","schema":"Person","value":"Abc","dataset":"two","first_seen":"never"}`,
				`{"canonical_id":"Q9","entity_id":"Q9","prop":"name","schema":"Person","value":"Zdenka","dataset":"two"}`,
			},
			[]string{
				"two: name ftm:Q9 = Zdenka (entity Q9, property name)",
				"sameAs ftm:a -> ftm:Q9 (entity a, canonical_id)",
				"one: name ftm:a = Zdenka said 2023-04-20 'ZDENKA ' (entity a, property name)",
				"sameAs ftm:b -> ftm:Q9 (entity b, canonical_id)",
				"two: name ftm:b = Zdena said 2021 (entity b, property name)",
				"two: alias ftm:b = Abc (entity b, property name)",
			},
			map[string]int{"a time at which it was first seen is none and left out": 1},
		},
		{
			"of several datasets nobody knows which says what",
			[]string{`{"id":"a","schema":"Organization","datasets":["one","two"],"referents":["r1","a"],"properties":{"name":["League"],"sourceUrl":["https://example.org/","ftp://no"]}}`},
			[]string{
				"name ftm:a = League (entity a, property name)",
				"url ftm:a = https://example.org/ (entity a, property sourceUrl)",
			},
			map[string]int{"an entity is of several datasets, so its claims have no claimant": 1, "a value that cannot be of its property is left out": 1},
		},
		{
			"a public body is part of its state, and of an area without one that it names",
			[]string{
				`{"id":"m","schema":"PublicBody","datasets":["salt"],"properties":{"country":["am","az-nk","zz"]}}`,
				`{"id":"i","schema":"PublicBody","datasets":["salt"],"properties":{"country":["us"],"topics":["gov.igo"]}}`,
			},
			[]string{
				"name ftm-country:am = Armenia [inferred=the file has the code alone; this is the English name that Unicode CLDR has for it] (country code am)",
				"salt: partOf ftm:m -> ftm-country:am [inferred=a public body is taken for a part of the state that is its country] (entity m, property country)",
				"salt: partOf ftm:m -> ftm-country:az-nk [inferred=a public body is taken for a part of the state that is its country] (entity m, property country)",
			},
			map[string]int{"a code of no country is left out": 1},
		},
		{
			"entities within entities",
			[]string{`{"id":"o","schema":"Occupancy","datasets":["salt"],"properties":{"holder":[{"id":"a","schema":"Person","properties":{"name":["Ann"]}}],"post":[` + headed + `],"startDate":["2018-05-08"]}}`},
			[]string{
				"name ftm:a = Ann (entity a, property name)",
				"name ftm-country:am = Armenia [inferred=the file has the code alone; this is the English name that Unicode CLDR has for it] (country code am)",
				"salt: leads ftm:a -> ftm-country:am [capacity=President of the Republic of Armenia] [inferred=the position is that of the head of a state or government by its name] when 2018-05-08/ 'President of the Republic of Armenia' (entity o)",
			},
			map[string]int{},
		},
		{
			"relations within one of their ends",
			[]string{`{"id":"a","schema":"Person","datasets":["salt"],"properties":{"positionOccupancies":[{"id":"o","schema":"Occupancy","datasets":["salt"],"properties":{"post":[{"id":"p","schema":"Position","properties":{"name":["Cook"]}}]}}],` +
				`"employers":[{"id":"e","schema":"Employment","properties":{"employee":["a"],"employer":["g"]}}],"membershipMember":["elsewhere"]}}`, `{"id":"g","schema":"Organization","properties":{}}`},
			[]string{
				"memberOf ftm:a -> ftm:g [capacity=employee] (entity e)",
				"salt: activity ftm:a = Cook 'Cook' (entity o)",
			},
			map[string]int{},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, got := lines(t, test.lines...)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("claims (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.notes, r.NoteCounts()); diff != "" || len(r.Problems) > 0 {
				t.Errorf("problems %q; notes (-want +got):\n%s", r.Problems, diff)
			}
		})
	}
}

// TestKinds tells what entities are, and by which ids they are known.
func TestKinds(t *testing.T) {
	r, _ := lines(
		t,
		`{"id":"a","schema":"Person","datasets":["s"],"properties":{"wikidataId":["Q42","no"],"leiCode":["506700GE1G29325QX363"]}}`,
		`{"id":"b","schema":"LegalEntity","datasets":["s"],"referents":["b1"],"properties":{}}`,
		`{"id":"c","schema":"PublicBody","datasets":["s"],"properties":{"country":["gl","cshh","eu"]}}`,
		`{"id":"d d","schema":"Territory","datasets":["s"],"properties":{}}`,
		`{"id":"v","schema":"Vessel","datasets":["s"],"properties":{"name":["Brine"],"flag":["am"]},"novel":1}`,
	)
	got := r.Lines(graph.KindPredicate, graph.ExternalID)
	want := []string{
		"kind ftm:a = Leader (entity a)",
		"externalId ftm:a = ftm:a (entity a)",
		"externalId ftm:a = lei:506700GE1G29325QX363 (entity a, property leiCode)",
		"externalId ftm:a = wikidata:Q42 (entity a, property wikidataId)",
		"kind ftm:b = Organization [inferred=a LegalEntity may be a person; the source does not tell, and most are organizations] (entity b)",
		"externalId ftm:b = ftm:b (entity b)",
		"externalId ftm:b = ftm:b1 (entity b, referents)",
		"kind ftm:c = Organization (entity c)",
		"externalId ftm:c = ftm:c (entity c)",
		"kind ftm-country:gl = Territory (country code gl)",
		"externalId ftm-country:gl = iso2:GL (country code gl)",
		"externalId ftm-country:gl = iso3:GRL (country code gl)",
		"kind ftm-country:cshh = State (country code cshh)",
		"kind ftm-country:eu = Organization (country code eu)",
		"kind ftm:sha1-d39edce77a35dcbff73cdb0f1c49b9b72dc32df6 = Territory (entity sha1-d39edce77a35dcbff73cdb0f1c49b9b72dc32df6)",
		"externalId ftm:sha1-d39edce77a35dcbff73cdb0f1c49b9b72dc32df6 = ftm:d d (entity sha1-d39edce77a35dcbff73cdb0f1c49b9b72dc32df6)",
	}
	if diff := cmp.Diff(want, got); diff != "" || len(r.Problems) > 0 {
		t.Errorf("problems %q; claims (-want +got):\n%s", r.Problems, diff)
	}
	unmapped := []format.Column{{Name: "member novel", Cells: 1}, {Name: "schema Vessel", Cells: 2}}
	if diff := cmp.Diff(unmapped, r.Summary.Unmapped()); diff != "" {
		t.Errorf("unmapped (-want +got):\n%s", diff)
	}
}

// TestForms reads the same statements in each of their forms.
func TestForms(t *testing.T) {
	statements := [][4]string{
		{"a", "Person", "name", "Ann \"the Salt\"\nOrsini"},
		{"a", "Person", "id", "a"},
		{"g", "Organization", "name", "Salt League"},
		{"e", "Membership", "member", "a"},
		{"e", "Membership", "organization", "g"},
		{"e", "Membership", "endDate", "2019-03"},
	}
	var object, nested, plain, pack strings.Builder
	table, packed := csv.NewWriter(&plain), csv.NewWriter(&pack)
	write := func(w *csv.Writer, cells ...string) {
		if err := w.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	write(table, "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value", "external", "first_seen", "last_seen", "id")
	write(packed, "entity_id", "prop", "value", "dataset", "lang", "original_value", "origin", "external", "first_seen", "last_seen", "id")
	for _, s := range statements {
		line, err := json.Marshal(map[string]any{"canonical_id": s[0], "entity_id": s[0], "schema": s[1], "prop": s[2], "value": s[3], "dataset": "salt", "lang": nil})
		if err != nil {
			t.Fatal(err)
		}
		object.WriteString(string(line) + "\n")
		nested.WriteString(`{"id":"` + s[0] + `","schema":"` + s[1] + `","datasets":["salt"],"statements":[` + string(line) + "]}\n")
		write(table, s[0], s[0], s[2], "name", s[1], s[3], "salt", "", "", "", "f", "", "", "")
		write(packed, s[0], s[1]+":"+s[2], s[3], "salt", "", "", "", "", "", "", "")
	}
	table.Flush()
	packed.Flush()
	want := []string{
		`salt: name ftm:a = Ann "the Salt" Orsini (entity a, property name)`,
		"salt: name ftm:g = Salt League (entity g, property name)",
		"salt: memberOf ftm:a -> ftm:g when /2019-03 (entity e)",
	}
	for name, content := range map[string]string{"JSON": object.String(), "nested": nested.String(), "CSV": plain.String(), "pack": pack.String(), "BOM": "\ufeff\n" + object.String()} {
		t.Run(name, func(t *testing.T) {
			r, got := lines(t, content)
			if diff := cmp.Diff(want, got); diff != "" || len(r.Problems) > 0 {
				t.Errorf("problems %q; claims (-want +got):\n%s", r.Problems, diff)
			}
		})
	}
}

// TestDamage reads on after lines that cannot be read.
func TestDamage(t *testing.T) {
	const good = `{"entity_id":"a","schema":"Person","prop":"name","value":"Ann","dataset":"s"}`
	r, got := lines(
		t,
		`{"entity_id":"a","schema":"Person","prop":"name"`,
		`{"entity_id":"a","entity_id":"b"}`,
		"{\"id\":\"\xff\",\"schema\":\"Person\"}",
		`[1]`,
		`{"id":"a"}`,
		`{"prop":"name","schema":"Person"}`,
		`{"id":"a","schema":"Person","properties":{"name":[1,{"id":"b"}]}}`,
		"", good,
	)
	want := []string{
		`row 1: found unexpected EOF at byte 48, expected an entity or a statement as a JSON object`,
		`row 2: found duplicate object member name at byte 17, expected an entity or a statement as a JSON object`,
		`row 3: found invalid UTF-8 at byte 7, expected an entity or a statement as a JSON object`,
		`row 4: found JSON that begins with [ at "", expected a value of another type`,
		`row 5: found an object without entity_id and prop, and without id and schema, expected an entity or a statement`,
		`row 6, column entity_id: found nothing, expected a text`,
		`row 7, column name: found 1, expected a text or an entity`,
		`row 7, column name: found an object without id and schema, expected a text or an entity`,
	}
	if diff := cmp.Diff(want, r.Problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"s: name ftm:a = Ann (entity a, property name)"}, got); diff != "" || r.Summary.Rows != 8 {
		t.Errorf("%d rows; claims (-want +got):\n%s", r.Summary.Rows, diff)
	}
	if r, _ := lines(t, "a,b\n1,2\n"); len(r.Problems) != 1 || !strings.Contains(r.Problems[0], `without ["entity_id" "prop" "value" "dataset"]`) {
		t.Errorf("problems of another table: %q", r.Problems)
	}
}

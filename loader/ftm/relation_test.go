package ftm_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader/format/formattest"
	"entente/loader/ftm"
)

// ties are the predicates of relations.
var ties = []graph.Predicate{graph.Leads, graph.Represents, graph.MemberOf, graph.Activity}

// entity is an entity as a line; the properties are "name=value".
func entity(id, schema string, properties ...string) string {
	byName := make(map[string][]string)
	var names []string
	for _, p := range properties {
		name, value, _ := strings.Cut(p, "=")
		if byName[name] == nil {
			names = append(names, name)
		}
		byName[name] = append(byName[name], `"`+value+`"`)
	}
	for i, n := range names {
		names[i] = `"` + n + `":[` + strings.Join(byName[n], ",") + "]"
	}
	return `{"id":"` + id + `","schema":"` + schema + `","datasets":["s"],"properties":{` + strings.Join(names, ",") + "}}"
}

func TestOccupancies(t *testing.T) {
	const acts = " [inferred=who holds a position of the executive, the security services or diplomacy is taken to act for its country]"
	const byName = " [inferred=the position is that of the head of a state or government by its name]"
	tests := []struct {
		position []string // its properties
		want     string   // what holding it is
	}{
		{[]string{"name=Prime Minister", "country=am", "topics=gov.head", "topics=gov.national"}, "leads ftm:a -> ftm-country:am [capacity=Prime Minister] when 2018/ 'Prime Minister' (entity o)"},
		{[]string{"name=King of Jordan", "country=jo"}, "leads ftm:a -> ftm-country:jo [capacity=King of Jordan]" + byName + " when 2018/ 'King of Jordan' (entity o)"},
		{[]string{"name=President of Jordan Football Association", "country=jo"}, "activity ftm:a = President of Jordan Football Association when 2018/ 'President of Jordan Football Association' (entity o)"},
		{[]string{"name=Minister-President", "country=de", "topics=gov.head"}, "activity ftm:a = Minister-President when 2018/ 'Minister-President' (entity o)"},
		{[]string{"name=Governor", "country=us", "topics=gov.head", "topics=gov.state"}, "activity ftm:a = Governor when 2018/ 'Governor' (entity o)"},
		{[]string{"name=Head of Brine", "country=us", "topics=gov.head", "subnationalArea=Brine"}, "activity ftm:a = Head of Brine when 2018/ 'Head of Brine' (entity o)"},
		{[]string{"name=Minister", "country=am", "topics=gov.executive", "topics=gov.national"}, "represents ftm:a -> ftm-country:am [capacity=Minister]" + acts + " when 2018/ 'Minister' (entity o)"},
		{[]string{"name=Ambassador", "country=am", "topics=role.diplo", "topics=gov.national"}, "represents ftm:a -> ftm-country:am [capacity=Ambassador]" + acts + " when 2018/ 'Ambassador' (entity o)"},
		{[]string{"name=Member of Parliament", "country=am", "topics=gov.legislative", "topics=gov.national"}, "activity ftm:a = Member of Parliament when 2018/ 'Member of Parliament' (entity o)"},
		{[]string{"name=Director", "country=am", "organization=g"}, "memberOf ftm:a -> ftm:g [capacity=Director] when 2018/ 'Director' (entity o)"},
		{[]string{"name=Minister", "country=zz", "topics=gov.executive", "topics=gov.igo"}, "activity ftm:a = Minister when 2018/ 'Minister' (entity o)"},
	}
	for _, test := range tests {
		t.Run(strings.Join(test.position, ","), func(t *testing.T) {
			r, _ := lines(
				t,
				entity("o", "Occupancy", "holder=a", "post=p", "startDate=2018"),
				entity("p", "Position", test.position...),
				entity("a", "Person", "name=Ann"),
			)
			if diff := cmp.Diff([]string{test.want}, r.Lines(ties...)); diff != "" || len(r.Problems) > 0 {
				t.Errorf("problems %q; claims (-want +got):\n%s", r.Problems, diff)
			}
		})
	}
}

// TestRelations reads relations in every state in which files have them.
func TestRelations(t *testing.T) {
	tests := []struct {
		name  string
		lines []string
		want  []string
		note  string // the one note, empty for none
	}{
		{
			"a directorship, from a page",
			[]string{entity("r", "Directorship", "director=b", "organization=g", "date=2001-05", "sourceUrl=https://example.org/x")},
			[]string{"memberOf ftm:b -> ftm:g [capacity=director] when 2001-05"},
			"",
		},
		{
			"several roles",
			[]string{entity("r", "Employment", "employee=a", "employer=g", "role=cook", "role=baker")},
			[]string{"memberOf ftm:a -> ftm:g [capacity=baker; cook] (entity r)"},
			"",
		},
		{
			"several ends",
			[]string{entity("r", "Membership", "member=a", "member=b", "organization=g")},
			[]string{"memberOf ftm:a -> ftm:g (entity r)", "memberOf ftm:b -> ftm:g (entity r)"},
			"",
		},
		{
			"an agent of an organization",
			[]string{entity("r", "Representation", "agent=a", "client=g", "role=lawyer")},
			[]string{"represents ftm:a -> ftm:g [capacity=lawyer] (entity r)"},
			"",
		},
		{
			"an agent of a person",
			[]string{entity("r", "Representation", "agent=g", "client=a")},
			nil, "a relation to a Person, or of a Territory, has no place in the vocabulary and is left out",
		},
		{"without an end", []string{entity("r", "Membership", "member=a")}, nil, "a relation without organization is left out"},
		{"without a position", []string{entity("r", "Occupancy", "holder=a", "post=p")}, nil, "an Occupancy whose Position is not in the file is left out"},
		{"held by no person", []string{entity("r", "Occupancy", "holder=g", "post=p"), entity("p", "Position", "name=X")}, nil, "an Occupancy whose holder is no Person is left out"},
		{"with a vessel", []string{entity("r", "Directorship", "director=v", "organization=g")}, nil, "a relation with an end of a schema that is not mapped is left out"},
		{
			"with an end that is not in the file",
			[]string{entity("r", "Employment", "employee=nobody", "employer=g")},
			[]string{"memberOf ftm:nobody -> ftm:g [capacity=employee] (entity r)"},
			"an end of a relation is not in the file and taken for what its schema asks for",
		},
		{
			"that ends before it starts",
			[]string{entity("r", "Membership", "member=a", "organization=g", "startDate=2002", "endDate=2001")},
			[]string{"memberOf ftm:a -> ftm:g (entity r)"},
			"a relation ends before it starts, so both dates are left out",
		},
		{
			"that starts twice, with the time of day",
			[]string{entity("r", "Membership", "member=a", "organization=g", "startDate=2002-01-02T10:11:12", "startDate=2001", "endDate=2003")},
			[]string{"memberOf ftm:a -> ftm:g when 2001/2003 (entity r)"},
			"a relation has several values of startDate, of which one counts, the first start or the last end",
		},
		{
			"of old",
			[]string{entity("r", "Membership", "member=a", "organization=g", "startDate=1001-01-01")},
			[]string{"memberOf ftm:a -> ftm:g (entity r)"},
			"1001-01-01 stands for a day long ago and is left out",
		},
		{
			"of no day",
			[]string{entity("r", "Membership", "member=a", "organization=g", "endDate=../2001")},
			[]string{"memberOf ftm:a -> ftm:g (entity r)"},
			"a date that is none is left out",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ends := []string{
				entity("a", "Person", "name=Ann"), entity("b", "LegalEntity", "name=Bo"), entity("g", "Organization", "name=G"), entity("v", "Vessel", "name=V"),
			}
			r, _ := lines(t, slices.Concat(test.lines, ends)...)
			if diff := cmp.Diff(test.want, r.Lines(ties...)); diff != "" || len(r.Problems) > 0 {
				t.Errorf("problems %q; claims (-want +got):\n%s", r.Problems, diff)
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

// TestScattered reads statements in any order: relations and ids are the same.
func TestScattered(t *testing.T) {
	statement := func(entity, canonical, schema, prop, value, dataset, seen string) string {
		return `{"canonical_id":"` + canonical + `","entity_id":"` + entity + `","prop":"` + prop + `","schema":"` + schema + `","value":"` + value +
			`","dataset":"` + dataset + `","first_seen":"` + seen + `"}`
	}
	content := []string{
		statement("a1", "NK-a", "Person", "name", "Ann", "one", "2020-01-01T00:00:00"),
		statement("a2", "NK-a", "LegalEntity", "name", "Ann", "two", "2020-01-01T00:00:00"),
		statement("p", "p", "Position", "name", "Prime Minister", "one", "2020-01-01"),
		statement("p", "p", "Position", "country", "am", "one", "2020-01-01"),
		statement("p", "p", "Position", "topics", "gov.head", "pep", "2020-01-01"),
		statement("p", "p", "Position", "topics", "gov.national", "pep", "2020-01-01"),
		statement("o", "o", "Occupancy", "holder", "NK-a", "one", "2020-01-01"),
		statement("o", "o", "Occupancy", "post", "p", "one", "2020-01-03"),
		statement("o", "o", "Occupancy", "startDate", "2018-05-08", "one", "2020-01-02"),
		statement("m", "m", "Membership", "member", "a1", "two", "2020-01-01"),
		statement("m", "m", "Membership", "organization", "g", "two", "2020-01-01"),
		statement("m", "m", "Membership", "organization", "g", "three", "2020-01-01"),
		statement("m", "m", "Membership", "member", "NK-a", "three", "2020-01-01"),
		statement("g", "g", "Organization", "name", "G", "two", "2020-01-01"),
	}
	read := func() []string {
		r := formattest.Read(t, &ftm.Format, "s.json", strings.Join(content, "\n"))
		if len(r.Problems) > 0 || len(r.NoteCounts()) > 0 {
			t.Errorf("problems %q, notes %v", r.Problems, r.NoteCounts())
		}
		got := r.Lines()
		slices.Sort(got)
		return got
	}
	want := read()
	for _, line := range []string{
		"leads ftm:NK-a -> ftm-country:am [capacity=Prime Minister] when 2018-05-08/ said 2020-01-03 'Prime Minister' (entity o)",
		"memberOf ftm:a1 -> ftm:g said 2020-01-01 (entity m)",
		"memberOf ftm:NK-a -> ftm:g said 2020-01-01 (entity m)",
		"sameAs ftm:a2 -> ftm:NK-a (entity a2, canonical_id)",
	} {
		if !slices.Contains(want, line) {
			t.Errorf("missing: %s", line)
		}
	}
	for seed := range uint64(50) {
		random := rand.New(rand.NewPCG(seed, 0))
		random.Shuffle(len(content), func(i, j int) { content[i], content[j] = content[j], content[i] })
		if diff := cmp.Diff(want, read()); diff != "" {
			t.Fatalf("seed %d: claims (-want +got):\n%s", seed, diff)
		}
	}
}

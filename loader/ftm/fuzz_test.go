package ftm_test

import (
	"strings"
	"testing"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/format/formattest"
	"entente/loader/ftm"
)

// FuzzRead checks that whatever a file holds, each claim that is made of it is one that the vocabulary allows, about entities that are
// declared with their kinds.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		entity("a", "Person", "name=Ann", "wikidataId=Q42", "sourceUrl=https://example.org/", "weakAlias=A"),
		entity("o", "Occupancy", "holder=a", "post=p", "startDate=2018") + "\n" + entity("p", "Position", "name=King of Jordan", "country=jo"),
		entity("o", "Occupancy", "holder=a", "post=p", "date=2018-01", "sourceUrl=x:y") + "\n" + entity("p", "Position", "name=X", "organization=g"),
		entity("m", "PublicBody", "country=gb", "country=az-nk", "jurisdiction=suhh"),
		entity("r", "Representation", "agent=a", "client=g", "role=x\\ty") + "\n" + entity("g", "LegalEntity", "name=\\u0000"),
		`{"id":"r","schema":"Membership","properties":{"member":[{"id":"a","schema":"Person","properties":{}}],"organization":["g"]}}`,
		`{"canonical_id":"Q9","entity_id":"a","prop":"name","schema":"Person","value":"Zdenka","dataset":"one two","original_value":"Z","first_seen":"2023-04-20T10:00:00"}`,
		`{"id":"a","schema":"Person","properties":{"employers":[{"id":"e","schema":"Employment","properties":{"employer":["g"]}}]}}`,
		"canonical_id,entity_id,prop,schema,value,dataset\nQ9,a,name,Person,Ann,d\n",
		"entity_id,prop,value,dataset\na,Person:name,Ann,d\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		var claims []graph.Claim
		kinds := make(map[graph.ID][]graph.Kind)
		out := format.NewOut("x", &format.Summary{}, func(r format.Result) bool {
			if r.Problem != nil {
				return true
			}
			if err := r.Claim.Normalize(); err != nil {
				t.Errorf("%s: %v", formattest.Line(&r.Claim), err)
			}
			if r.Claim.Predicate == graph.KindPredicate {
				kinds[r.Claim.From] = append(kinds[r.Claim.From], graph.Kind(r.Claim.Value))
			}
			claims = append(claims, r.Claim)
			return true
		})
		_ = ftm.Format.Read(format.Input{Name: "x", Reader: strings.NewReader(content)}, out) // most files are none
		for i := range claims {
			c := &claims[i]
			if err := c.CheckKinds(func(id graph.ID) []graph.Kind { return kinds[id] }); err != nil {
				t.Errorf("%s: %v", formattest.Line(c), err)
			}
			for path, id := range c.Entities {
				if len(kinds[id]) == 0 {
					t.Errorf("%s: %s is %q, which nothing declares", formattest.Line(c), path, id)
				}
				if parsed, err := graph.ParseID(string(id), ""); err != nil || parsed != id {
					t.Errorf("%s: %s is %q: %v", formattest.Line(c), path, id, err)
				}
			}
		}
	})
}

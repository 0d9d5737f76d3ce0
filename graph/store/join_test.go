package store

import (
	"fmt"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"entente/graph"
)

// TestCarriedBy joins entities that carry an exact id, one of them as its own and one on two words; others, and two of those again, are merged by a person's word.
func TestCarriedBy(t *testing.T) {
	s := stage(t)
	tell(t, s,
		graph.Claim{Predicate: graph.KindPredicate, From: "iso3:ARM", Value: string(graph.State)},
		graph.Claim{Predicate: graph.KindPredicate, From: "iso3:ARM", Value: string(graph.Organization), Stance: graph.Denied},
		graph.Claim{Predicate: graph.ExternalID, From: "t:ARM", Value: "iso3:ARM", Claimant: "t:AZE"},
		graph.Claim{Predicate: graph.ExternalID, From: "t:ARM", Value: "iso3:ARM", Claimant: "t:RUS"},
		graph.Claim{Predicate: graph.ExternalID, From: "u:ARM", Value: "iso3:ARM"},
		graph.Claim{Predicate: graph.KindPredicate, From: "cow:371", Value: string(graph.State)},
		graph.Claim{Predicate: graph.ExternalID, From: "cow:371", Value: "cow:371"},
		graph.Claim{Predicate: graph.ExternalID, From: "t:RUS", Value: "cow:371"},
		graph.Claim{Predicate: graph.SameAs, From: "t:AZE", To: "t:RUS", Qualifiers: []graph.Qualifier{{Name: graph.Inferred, Value: "they are neighbours"}}},
		graph.Claim{Predicate: graph.SameAs, From: "t:ARM", To: "u:ARM", Qualifiers: []graph.Qualifier{{Name: graph.Inferred, Value: "both carry iso3:ARM"}}, Coder: "t:AZE"},
	)
	v := s.Head()
	read := func(nos []ClaimNo) []Claim {
		claims, err := v.ReadClaims(t.Context(), nos)
		if err != nil {
			t.Fatal(err)
		}
		return claims
	}
	got := make(map[string][]string)
	merges := read(v.MergedBy(entity(t, v, "t:ARM"), entity(t, v, "t:AZE")))
	for i := range merges {
		of := bond(&merges[i])
		got[of] = append(got[of], "")
		for _, c := range read(v.CarriedBy(&merges[i])) {
			got[of] = append(got[of], fmt.Sprintf("%s %s %s %s", c.From, c.Predicate, c.Value, c.Claimant))
		}
	}
	itself, others := "iso3:ARM kind State ", []string{"t:ARM externalId iso3:ARM t:AZE", "t:ARM externalId iso3:ARM t:RUS"}
	third := "u:ARM externalId iso3:ARM "
	want := map[string][]string{
		"iso3:ARM=t:ARM": {"", itself, others[0], others[1]},
		"iso3:ARM=u:ARM": {"", itself, third},
		"t:ARM=u:ARM":    {"", "", others[0], others[1], third},
		"t:AZE=t:RUS":    {""},
		"cow:371=t:RUS":  {"", "cow:371 externalId cow:371 ", "t:RUS externalId cow:371 "},
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("merges, and the claims by which both ends carry the id (-want +got):\n%s", diff)
	}
}

package pax_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader/format/formattest"
	"entente/loader/pax"
)

// TestDataset reads the published tables.
func TestDataset(t *testing.T) {
	codes := formattest.ReadDataset(t, &pax.Format, "pax/pax_all_agreements_v10.csv")
	links := formattest.ReadDataset(t, &pax.Format, "pax/pax_v10_described_38col.csv")
	countries := formattest.ReadDataset(t, &pax.Format, "pax/pax_id_to_con_info.csv")
	for _, r := range []*formattest.Reading{codes, links, countries} {
		if len(r.Problems) > 0 {
			t.Errorf("problems: %q", r.Problems)
		}
	}
	if n := []int{codes.Summary.Rows, links.Summary.Rows, countries.Summary.Rows}; !slices.Equal(n, []int{2257, 2257, 3474}) {
		t.Errorf("rows %v, want 2257, 2257 and 3474", n)
	}
	t.Run("counts", func(t *testing.T) { testCounts(t, codes) })
	t.Run("both tables", func(t *testing.T) { testBothTables(t, codes, links) })
	t.Run("ids", func(t *testing.T) { testIDs(t, codes, countries) })
	t.Run("concerns", func(t *testing.T) { testConcerns(t, codes, countries) })
}

// distinct are the claims of a reading, each once.
func distinct(r *formattest.Reading) map[graph.ClaimID]*graph.Claim {
	claims := make(map[graph.ClaimID]*graph.Claim)
	for i := range r.Claims {
		claims[r.Claims[i].ID()] = &r.Claims[i]
	}
	return claims
}

func testCounts(t *testing.T, codes *formattest.Reading) {
	want := map[graph.Predicate]int{
		"addressed": 8, "amends": 1, "assessment": 2257, "belongsTo": 2257, "concerns": 6808, "convened": 4, "copied": 2, "date": 2257, "extends": 1,
		"facilitated": 88, "follows": 1, "guaranteed": 278, "hosted": 1, "implements": 85, "mediated": 93, "observed": 89, "partOf": 6, "provision": 25923,
		"references": 1926, "signed": 7207, "stage": 2257, "status": 2257, "supersedes": 4, "thirdParty": 1409, "witnessed": 848,
	}
	got := make(map[graph.Predicate]int)
	for _, c := range distinct(codes) {
		if !slices.Contains([]graph.Predicate{graph.KindPredicate, graph.NamePredicate, graph.ExternalID, graph.URL}, c.Predicate) {
			got[c.Predicate]++
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("claims of the table with codes (-want +got):\n%s", diff)
	}
}

// testBothTables looks for what one table has and the other should have.
func testBothTables(t *testing.T, codes, links *formattest.Reading) {
	a, b := distinct(codes), distinct(links)
	for id, c := range a {
		if b[id] == nil && c.Predicate != graph.ProvisionContent {
			t.Errorf("only the table with codes has: %s", formattest.Line(c))
		}
	}
	for id, c := range b {
		isLink := c.Predicate == graph.Description || c.Predicate == graph.URL || strings.HasSuffix(string(c.From), "/pdf")
		if a[id] == nil && !isLink {
			t.Errorf("only the table with links has: %s", formattest.Line(c))
		}
	}
}

// testIDs looks for ids that mean identity and are borne by two.
func testIDs(t *testing.T, readings ...*formattest.Reading) {
	bearers := make(map[string]graph.ID)
	for _, r := range readings {
		for i := range r.Claims {
			c := &r.Claims[i]
			if scheme, _, _ := strings.Cut(c.Value, ":"); c.Predicate != graph.ExternalID || !graph.ExactScheme(scheme) {
				continue
			}
			if other, ok := bearers[c.Value]; ok && other != c.From {
				t.Errorf("%s and %s both are %s", other, c.From, c.Value)
			}
			bearers[c.Value] = c.From
		}
	}
}

// testConcerns compares what agreements concern by Con, which has names alone, with the table that has the numbers.
func testConcerns(t *testing.T, codes, countries *formattest.Reading) {
	type pair struct{ agreement, concerned graph.ID }
	pairs := func(r *formattest.Reading) map[pair]bool {
		set := make(map[pair]bool)
		for i := range r.Claims {
			if c := &r.Claims[i]; c.Predicate == graph.Concerns && (c.To.Scheme() == "gw" || c.To.Scheme() == "pax") {
				set[pair{c.From, c.To}] = true
			}
		}
		return set
	}
	byName, byNumber := pairs(codes), pairs(countries)
	for p := range byName {
		if !byNumber[p] {
			t.Errorf("%v by Con alone", p)
		}
	}
	for p := range byNumber {
		if !byName[p] {
			t.Errorf("%v by the table of countries alone", p)
		}
	}
}

// TestDatasetKarabakh reads in which roles the agreements on Nagorno-Karabakh have whom, beside signing and an unstated part: that is told by the
// words of the cells alone. Four name no third party at all.
func TestDatasetKarabakh(t *testing.T) {
	r := formattest.ReadDataset(t, &pax.Format, "pax/pax_all_agreements_v10.csv")
	about := make(map[graph.ID]bool)
	for i := range r.Claims {
		if c := &r.Claims[i]; c.Predicate == graph.Concerns && c.To == "pax:con/nagorno-karabakh" {
			about[c.From] = true
		}
	}
	var got []string
	signed := make(map[graph.ID]bool)
	third := make(map[graph.ID]bool)
	for i := range r.Claims {
		c := &r.Claims[i]
		info := c.Predicate.Info()
		if !about[c.To] || info == nil || !info.Tie {
			continue
		}
		signed[c.From] = signed[c.From] || c.Predicate == graph.Signed
		third[c.To] = third[c.To] || info.ThirdParty()
		if c.Predicate != graph.Signed && c.Predicate != graph.ThirdParty {
			got = append(got, string(c.Predicate)+" "+string(c.From)+" "+string(c.To))
		}
	}
	slices.Sort(got)
	want := []string{
		"addressed pax:1724/s-babayan pax:1724",
		"addressed pax:1725/s-babayan pax:1725",
		"addressed pax:1732/a-kozyrev pax:1732",
		"addressed pax:1732/p-grachov pax:1732",
		"addressed pax:1732/v-kazimirov pax:1732",
		"addressed pax:1733/a-v-kozyrev pax:1733",
		"addressed pax:1733/p-s-grachov pax:1733",
		"addressed pax:1733/y-eliyason pax:1733",
		"copied gw:365 pax:1729",
		"copied gw:365 pax:1730",
		"mediated gw:365 pax:1731",
		"mediated pax:310/v-kazimirov pax:310",
		"mediated pax:611/boris-yeltsin pax:611",
		"mediated pax:611/nursultan-nazarbayev pax:611",
		"witnessed pax:2454/v-v-putin pax:2454",
		"witnessed pax:2455/v-v-putin pax:2455",
		"witnessed pax:2468/macron pax:2468",
		"witnessed pax:2468/michel pax:2468",
		"witnessed pax:2804/donald-j-trump pax:2804",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("roles that words tell (-want +got):\n%s", diff)
	}
	if !signed["pax:310/k-babourian"] {
		t.Error("the chairman of the Supreme Soviet of Nagorno-Karabakh is no party of 310")
	}
	for _, id := range []graph.ID{"pax:2322", "pax:2321", "pax:2324", "pax:1925"} {
		if !about[id] || third[id] {
			t.Errorf("%s has a third party, and its cell names none; or it is not about Nagorno-Karabakh", id)
		}
	}
}

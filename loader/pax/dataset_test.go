package pax_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader/format/formattest"
	"entente/loader/pax"
)

// counts are how many claims of each predicate a reading has, each claim once.
func counts(t *testing.T, r *formattest.Reading) map[graph.Predicate]int {
	t.Helper()
	seen := make(map[graph.ClaimID]bool)
	n := make(map[graph.Predicate]int)
	for i := range r.Claims {
		if id := r.Claims[i].ID(); !seen[id] {
			seen[id] = true
			n[r.Claims[i].Predicate]++
		}
	}
	return n
}

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

	// What both tables have is the same; each has besides what the other lacks.
	a, b := claimSet(codes), claimSet(links)
	for line := range a {
		if !b[line] && !strings.HasPrefix(line, "provision ") {
			t.Errorf("only the table with codes has: %s", line)
		}
	}
	for line := range b {
		if !a[line] && !strings.HasPrefix(line, "description ") && !strings.HasPrefix(line, "url ") && !strings.Contains(line, "/pdf") {
			t.Errorf("only the table with links has: %s", line)
		}
	}

	wantCounts := map[graph.Predicate]int{
		"addressed": 8, "amends": 2, "assessment": 2257, "belongsTo": 2257, "concerns": 6808, "convened": 3, "copied": 2, "date": 2257, "extends": 1,
		"facilitated": 73, "follows": 1, "guaranteed": 243, "hosted": 1, "implements": 85, "mediated": 71, "observed": 73, "partOf": 6, "provision": 25923,
		"references": 1925, "signed": 6906, "stage": 2257, "status": 2257, "supersedes": 4, "thirdParty": 1686, "witnessed": 684,
	}
	got := counts(t, codes)
	maps.DeleteFunc(got, func(p graph.Predicate, _ int) bool {
		return slices.Contains([]graph.Predicate{graph.KindPredicate, graph.NamePredicate, graph.ExternalID, graph.URL}, p)
	})
	if diff := cmp.Diff(wantCounts, got); diff != "" {
		t.Errorf("claims of the table with codes (-want +got):\n%s", diff)
	}
	if n := counts(t, countries)[graph.Concerns]; n != 3474 {
		t.Errorf("%d agreements concern something, want all 3474 rows", n)
	}
}

func claimSet(r *formattest.Reading) map[string]bool {
	set := make(map[string]bool)
	for _, line := range r.Lines() {
		set[line] = true
	}
	return set
}

// TestDatasetIdentity looks at the ids that join what several data sets know.
func TestDatasetIdentity(t *testing.T) {
	codes := formattest.ReadDataset(t, &pax.Format, "pax/pax_all_agreements_v10.csv")
	countries := formattest.ReadDataset(t, &pax.Format, "pax/pax_id_to_con_info.csv")
	bearers := make(map[string]graph.ID)
	concerned := [2]map[[2]graph.ID]bool{{}, {}}
	for i, r := range []*formattest.Reading{codes, countries} {
		for _, c := range r.Claims {
			scheme, _, _ := strings.Cut(c.Value, ":")
			if c.Predicate == graph.ExternalID && graph.ExactScheme(scheme) {
				if other, ok := bearers[c.Value]; ok && other != c.From {
					t.Errorf("%s and %s both are %s", other, c.From, c.Value)
				}
				bearers[c.Value] = c.From
			}
			if c.Predicate == graph.Concerns && (c.To.Scheme() == "gw" || c.To.Scheme() == "pax") {
				concerned[i][[2]graph.ID{c.From, c.To}] = true
			}
		}
	}
	// Con has no numbers: our list gives the ones that the table of countries has.
	if diff := cmp.Diff(concerned[0], concerned[1]); diff != "" {
		t.Errorf("what agreements concern by Con, and by the table of countries (-Con +table):\n%s", diff)
	}
}

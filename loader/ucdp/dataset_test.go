package ucdp_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/format/formattest"
	"entente/loader/paax"
	"entente/loader/table"
	"entente/loader/ucdp"
)

func TestAgreementDataset(t *testing.T) {
	r := formattest.ReadDataset(t, &ucdp.Agreements, "ucdp/ucdp-peace-agreements-221.xlsx")
	if len(r.Problems) > 0 || r.Summary.Rows != 374 {
		t.Errorf("%d rows, want 374; problems: %q", r.Summary.Rows, r.Problems)
	}
	want := map[string]int{
		noteOther:   154,
		noteItem:    245,
		noteNoQuote: 73,
		noteSigner:  54,
		noteText:    3,
		"pa_comment begins with another type than pa_type has: both are claimed": 11,
		"the agreement ended, on a day that duration does not give":              5,
	}
	if diff := cmp.Diff(want, r.NoteCounts()); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	counts := make(map[graph.Predicate]int)
	for _, p := range []graph.Predicate{graph.Signed, graph.ThirdParty, graph.Mediated, "facilitated", "hosted", "witnessed", "convened", "observed", "guaranteed"} {
		counts[p] = len(r.Lines(p))
	}
	wantCounts := map[graph.Predicate]int{graph.Signed: 860, graph.ThirdParty: 687, graph.Mediated: 22, "facilitated": 16, "hosted": 10, "witnessed": 16, "convened": 0, "observed": 0, "guaranteed": 0}
	if diff := cmp.Diff(wantCounts, counts); diff != "" {
		t.Errorf("ties (-want +got):\n%s", diff)
	}
	paids := make(map[string]bool)
	for i := range r.Claims {
		if c := &r.Claims[i]; c.Predicate == graph.ExternalID && c.From.Scheme() == "ucdp" {
			paids[c.Value] = true
		}
	}
	joinPAX(t, paids)
}

// joinPAX counts the agreements of PA-X that name one of UCDP's by its number, and those of them that name one that is there.
func joinPAX(t *testing.T, paids map[string]bool) {
	t.Helper()
	file, err := os.Open(formattest.Dataset(t, "pax/pax_all_agreements_v10.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	tables, err := table.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	named, found := 0, 0
	for row, err := range tables.Tables[0].Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if id := format.Code(row.Text("UcdpAgr")); id != "" {
			named++
			if paids["ucdp:"+id] {
				found++
			}
		}
	}
	if found != 319 || named != 323 {
		t.Errorf("%d of %d agreements of PA-X name one that is there, want 319 of 323", found, named)
	}
}

func TestConflictDataset(t *testing.T) {
	r := formattest.ReadDataset(t, &ucdp.Conflicts, "ucdp/ucdp-prio-acd-251.csv")
	if len(r.Problems) > 0 || r.Summary.Rows != 2752 {
		t.Errorf("%d rows, want 2752; problems: %q", r.Summary.Rows, r.Problems)
	}
	want := map[string]int{"the name of an actor stands only with others, in an order of its own: none is claimed": 50}
	if diff := cmp.Diff(want, r.NoteCounts()); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	conflicts := make(map[graph.ID]bool)
	spells := r.Lines("partyTo")
	names := make(map[graph.ID]map[string]bool)
	for i := range r.Claims {
		c := &r.Claims[i]
		if c.Predicate == "partyTo" {
			conflicts[c.To] = true
		}
		if c.Predicate == graph.NamePredicate {
			if names[c.From] == nil {
				names[c.From] = make(map[string]bool)
			}
			names[c.From][c.Value] = true
		}
	}
	if len(spells) != 2534 || len(conflicts) != 303 {
		t.Errorf("%d spells in %d conflicts, want 2534 in 303", len(spells), len(conflicts))
	}
	for id, of := range names {
		if len(of) > 1 {
			t.Errorf("%s has the names %v", id, of)
		}
	}
	artsakh := 0
	for _, l := range spells {
		if strings.HasPrefix(l, "partyTo ucdp-actor:338 -> ucdp-conflict:388 ") {
			artsakh++
		}
	}
	if artsakh != 7 {
		t.Errorf("%d spells of the Republic of Artsakh, want 7", artsakh)
	}
}

// TestJoinPAAX joins the actors of PAA-X and UCDP by their exact ids. No two actors of one of them become one by that but Laos, which PAA-X has twice.
func TestJoinPAAX(t *testing.T) {
	parents := make(map[string]string) // of entities and exact ids alike
	entities := make(map[graph.ID]bool)
	for _, r := range []*formattest.Reading{
		formattest.ReadDataset(t, &paax.Format, "paax/paax_actors_v0.2_internal.csv"),
		formattest.ReadDataset(t, &ucdp.Agreements, "ucdp/ucdp-peace-agreements-221.xlsx"),
		formattest.ReadDataset(t, &ucdp.Conflicts, "ucdp/ucdp-prio-acd-251.csv"),
	} {
		for i := range r.Claims {
			if c := &r.Claims[i]; c.Predicate == graph.ExternalID && graph.ExactScheme(graph.ID(c.Value).Scheme()) {
				parents[root(parents, c.Value)] = root(parents, string(c.From))
				entities[c.From] = true
			}
		}
	}
	groups := make(map[string]map[string][]string) // ids by scheme
	for id := range entities {
		group := root(parents, string(id))
		if groups[group] == nil {
			groups[group] = make(map[string][]string)
		}
		groups[group][id.Scheme()] = append(groups[group][id.Scheme()], id.Name())
	}
	joined := 0
	for _, group := range groups {
		slices.Sort(group["paax"])
		for _, scheme := range []string{"paax", "ucdp-actor", "gw"} {
			if len(group[scheme]) > 1 && !slices.Equal(group["paax"], []string{"CON_1381", "CON_298"}) {
				t.Errorf("%v became one", group)
			}
		}
		if len(group["paax"]) > 0 && len(group["ucdp-actor"]) > 0 {
			joined++
		}
	}
	if joined != 252 {
		t.Errorf("%d actors of PAA-X are actors of UCDP, want 252", joined)
	}
}

// root is what stands for all that is the same.
func root(parents map[string]string, id string) string {
	for parents[id] != "" && parents[id] != id {
		id = parents[id]
	}
	return id
}

package mend_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/format/formattest"
	"entente/loader/mend"
	"entente/loader/table"
)

// figures are what the tests of the published files compare, by what they count.
type figures map[string]int

// TestDatasetEvents reads the published events.
func TestDatasetEvents(t *testing.T) {
	r := formattest.ReadDataset(t, &mend.Format, "mend/mend_0207.csv")
	if len(r.Problems) > 0 {
		t.Errorf("problems: %q", r.Problems)
	}
	events := make(map[graph.Predicate]map[graph.ID]bool) // that claims of a predicate are about
	got := figures{"rows": r.Summary.Rows}
	for i := range r.Claims {
		c := &r.Claims[i]
		event := c.From
		if info := c.Predicate.Info(); info.Tie || c.Predicate == graph.AdoptedAt {
			event = c.To
		}
		if events[c.Predicate] == nil {
			events[c.Predicate] = make(map[graph.ID]bool)
		}
		events[c.Predicate][event] = true
		if c.Predicate == graph.Mediated || c.Predicate == graph.ThirdParty {
			got["third parties with an id of "+c.From.Scheme()]++
			if strings.HasPrefix(string(c.From), "mend:person-") {
				got["persons among them"]++
			}
			if _, ok := c.Qualifier(graph.OnBehalfOf); ok {
				got["on behalf of the only third party"]++
			}
		}
	}
	for _, p := range []graph.Predicate{graph.Mediated, graph.ThirdParty, "participated", graph.AdoptedAt, graph.EventTypeOf} {
		got["events with "+string(p)] = len(events[p])
	}
	want := figures{
		"rows":                              2956,
		"events with eventType":             2956,
		"events with mediated":              924,
		"events with thirdParty":            2032, // of which one has no med_type
		"events with participated":          1886, // 1,070 name no local party
		"events with adoptedAt":             156,
		"third parties with an id of paax":  6000,
		"third parties with an id of mend":  3626,
		"persons among them":                3364,
		"on behalf of the only third party": 1211,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("figures (-want +got):\n%s", diff)
	}
	notes := map[string]int{
		"a name whose UTF-8 had been read in another encoding; it is claimed as found and as it was before": 3,
		"a place of the same name in another country than the event is about":                               74,
		"a source without an address on the web":                                                            39,
		"a third party that is named twice":                                                                 4,
		"a third party with the name of a country and the id of another actor; both are claimed":            10,
		"an agreement without an id of PA-X is known by its name":                                           157,
		"held at a distance, so that it has no place":                                                       335,
		"local_party_id does not have one entry for each of local_parties, so the names alone are taken":    246,
		"med_scope does not have one number for each of individual_med_named, so the names alone are taken": 74,
		"med_type is neither M nor MR, so the role of the third parties is not stated":                      1,
		"persons beside several third parties: the row does not say for whom they acted":                    1115,
		"the day is none of the month, so the month alone is claimed":                                       1,
		"the id of the event is that of another row, too, so it identifies neither":                         2,
		"third_party does not have one name for each of the ids, so the ids alone are taken":                2,
		"words after the address of a source":                                                               2,
	}
	if diff := cmp.Diff(notes, r.NoteCounts()); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	compareUnmapped(t, r, "if_loc_belig", "med_loc_x", "med_loc_y", "num_local", "num_med", "shuttle", "third_party_id_GW")
}

// TestDatasetActors reads the published list of actors.
func TestDatasetActors(t *testing.T) {
	r := formattest.ReadDataset(t, &mend.Format, "mend/mend_all_actors.csv")
	if len(r.Problems) > 0 {
		t.Errorf("problems: %q", r.Problems)
	}
	got := figures{"rows": r.Summary.Rows}
	holders := make(map[string]graph.ID)
	for i := range r.Claims {
		c := &r.Claims[i]
		if c.Predicate != graph.ExternalID {
			continue
		}
		scheme, _, _ := strings.Cut(c.Value, ":")
		got[scheme]++
		if other, ok := holders[c.Value]; ok {
			t.Errorf("%s and %s both have the id %s, which would make them one", other, c.From, c.Value)
		}
		holders[c.Value] = c.From
	}
	if diff := cmp.Diff(figures{"rows": 1217, "gw": 155, "mend": 933, "paax": 842}, got); diff != "" {
		t.Errorf("external ids by scheme (-want +got):\n%s", diff)
	}
	notes := map[string]int{
		"a name of a state that is not a country's; it is left out":                                                1,
		"a name whose UTF-8 had been read in another encoding; it is claimed as found and as it was before":        29,
		"a name with a control character, which stands for a letter that is lost":                                  1,
		"the number of a state that another one has, too, or that is not Gleditsch and Ward's: it identifies none": 34,
		"the number of the state in which an actor is, or to which it belongs":                                     557,
	}
	if diff := cmp.Diff(notes, r.NoteCounts()); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	compareUnmapped(t, r, "actor_classification", "actor_classification_mend")
}

// TestDatasetProcesses reads the published processes.
func TestDatasetProcesses(t *testing.T) {
	r := formattest.ReadDataset(t, &mend.Format, "mend/all_processes.csv")
	if len(r.Problems) > 0 {
		t.Errorf("problems: %q", r.Problems)
	}
	got := figures{"rows": r.Summary.Rows, "members": len(r.Lines(graph.MemberOf)), "dates": len(r.Lines(graph.DatePredicate))}
	if diff := cmp.Diff(figures{"rows": 75, "members": 234, "dates": 14}, got); diff != "" {
		t.Errorf("figures (-want +got):\n%s", diff)
	}
	notes := map[string]int{
		"a row without a process: the text of the row before it goes on there":     1,
		"an id of a member stands twice, one after the other; once it is left out": 2,
		"members without an id for each, so the names alone are taken":             8,
	}
	if diff := cmp.Diff(notes, r.NoteCounts()); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	compareUnmapped(t, r, "important", "local_parties")
}

func compareUnmapped(t *testing.T, r *formattest.Reading, want ...string) {
	t.Helper()
	var got []string
	for _, c := range r.Summary.Unmapped() {
		got = append(got, c.Name)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("unmapped (-want +got):\n%s", diff)
	}
}

// TestDatasetJoinsPAAX compares the ids by which MEND names actors of PAA-X with PAA-X's own: those of third parties, all of which
// PAA-X has, and with their names those of the members of processes, which the column says are of another list.
func TestDatasetJoinsPAAX(t *testing.T) {
	names := make(map[string][]string) // of PAA-X's actors and in MEND's list
	readRows(t, "paax/paax_actors_v0.2_internal.csv", func(r *table.Row) {
		names[format.Code(r.Text("id_paax"))] = []string{r.Text("actor_name"), r.Text("abbreviation")}
	})
	var ids, known int
	readRows(t, "mend/mend_0207.csv", func(r *table.Row) {
		for _, id := range format.List(r.Text("third_party_id_PAAX"), ";") {
			if id == "" {
				continue
			}
			ids++
			if names[id] != nil {
				known++
			}
		}
	})
	if ids != 6004 || known != 6004 {
		t.Errorf("PAA-X has %d of %d third parties, want 6,004 of 6,004", known, ids)
	}
	readRows(t, "mend/mend_all_actors.csv", func(r *table.Row) {
		id := r.Text("PAAX_ID")
		names[id] = append(names[id], r.Text("ActorName"))
	})
	members := formattest.ReadDataset(t, &mend.Format, "mend/all_processes.csv")
	var others []string
	for i := range members.Claims {
		c := &members.Claims[i]
		if c.Predicate == graph.MemberOf && c.From.Scheme() == "paax" && !slices.Contains(names[c.From.Name()], c.Source.Quote) {
			others = append(others, c.From.Name()+" "+c.Source.Quote)
		}
	}
	slices.Sort(others)
	if diff := cmp.Diff([]string{"CON_3 USA"}, slices.Compact(others)); diff != "" {
		t.Errorf("members whose name is none that the id has (-want +got):\n%s", diff)
	}
}

// readRows calls use with the rows of a file of the data sets.
func readRows(t *testing.T, path string, use func(*table.Row)) {
	t.Helper()
	f, err := os.Open(formattest.Dataset(t, path))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	file, err := table.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range file.Tables[0].Rows() {
		if err != nil {
			t.Fatal(err)
		}
		use(row)
	}
}

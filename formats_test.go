package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/store"
	"entente/loader"
	"entente/loader/format/formattest"
)

// A released set is what is published of one data set, by the format that reads it.
type releasedSet struct {
	format string
	files  []string
}

// published are the data sets that the formats read, as they lie in the folder of the data sets.
var published = []releasedSet{
	{"pax", []string{"pax/pax_all_agreements_v10.csv", "pax/pax_v10_described_38col.csv", "pax/pax_id_to_con_info.csv"}},
	{"paax", []string{"paax/paax_v0.2.xlsx", "paax/paax_actors_v0.2_internal.csv"}},
	{"mend", []string{"mend/mend_0207.csv", "mend/mend_all_actors.csv", "mend/all_processes.csv"}},
	{"ucdp-peace-agreements", []string{"ucdp/ucdp-peace-agreements-221.xlsx"}},
	{"ucdp-prio", []string{"ucdp/ucdp-prio-acd-251.csv"}},
	{"cow-states", []string{"cow/cow_states.csv"}},
	{"archigos", []string{"archigos/archigos.csv"}},
}

// importSets imports data sets, beside the curated records, into a graph in memory, and exports it.
func importSets(t *testing.T, sets []releasedSet) (export []byte) {
	t.Helper()
	st, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	for _, set := range sets {
		f, err := formatOf(set.format)
		if err != nil {
			t.Fatal(err)
		}
		var inputs []loader.Input
		for _, file := range set.files {
			in := loader.FileInput(formattest.Dataset(t, file), nil)
			in.Format = f
			inputs = append(inputs, in)
		}
		report, err := loader.Import(t.Context(), st, inputs, loader.Options{Dataset: f.Dataset, Source: f.Name})
		if err != nil || report.ProblemCount() > 0 {
			t.Fatalf("%s: %v, %d problems, the first %v", set.format, err, report.ProblemCount(), report.Problems[:min(3, len(report.Problems))])
		}
	}
	file, err := os.Create(filepath.Join(t.TempDir(), "export"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := loader.Export(t.Context(), st.Head(), file); err != nil {
		t.Fatal(err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	export, err = io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return export
}

// joined are the entities of an export that sameAs claims make one, each by a member that stands for all.
func joined(t *testing.T, export []byte) map[string][]string {
	t.Helper()
	next := make(map[string]string)
	find := func(id string) string {
		for next[id] != "" {
			id = next[id]
		}
		return id
	}
	for line := range strings.Lines(string(export)) {
		var r struct{ Claim, From, To string }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		if from, to := find(r.From), find(r.To); r.Claim == string(graph.SameAs) && from != to {
			next[from] = to
		}
	}
	groups := make(map[string][]string)
	for id := range next {
		groups[find(id)] = append(groups[find(id)], id)
	}
	for id := range groups {
		groups[id] = append(groups[id], id)
	}
	return groups
}

// checkIdentity looks for two that one data set tells apart and that the ids of others make one.
func checkIdentity(t *testing.T, export []byte) {
	t.Helper()
	groups := joined(t, export)
	if len(groups) < 600 {
		t.Errorf("%d groups of entities that are one, want 600 at least", len(groups))
	}
	for _, group := range groups {
		slices.Sort(group)
		of := make(map[string]string)
		for _, id := range group {
			scheme := graph.ID(id).Scheme()
			if other := of[scheme]; other != "" && id != "paax:CON_298" { // PAA-X has Laos twice
				t.Errorf("%s and %s are one, of %q", other, id, group)
			}
			of[scheme] = id
		}
	}
}

// TestDatasetsTogether loads all published data sets in two orders: both give the same graph, and what one set names of another is
// there.
func TestDatasetsTogether(t *testing.T) {
	forwards := importSets(t, published)
	backwards := slices.Clone(published)
	slices.Reverse(backwards)
	for i := range backwards {
		backwards[i].files = slices.Clone(backwards[i].files)
		slices.Reverse(backwards[i].files)
	}
	if string(importSets(t, backwards)) != string(forwards) {
		t.Error("the order of loading shows in the export")
	}

	checkIdentity(t, forwards)

	coded := make(map[string]map[string]bool) // by coder: the agreements and actors that it speaks of
	packed := make(map[string][]string)       // the agreements of PA-X that are, or are part of, one of UCDP's
	mended := 0                               // claims of third parties in MEND
	actors := make(map[string]bool)           // whom they name
	note := func(sets map[string]map[string]bool, key, value string) {
		if sets[key] == nil {
			sets[key] = make(map[string]bool)
		}
		sets[key][value] = true
	}
	for line := range strings.Lines(string(forwards)) {
		var r struct {
			Entity, Claim, From, To, Coder string
			IDs                            map[string]any
			Value                          string
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		note(coded, r.Coder, r.Entity+r.From)
		note(coded, r.Coder, r.To)
		switch {
		case r.Coder != "pax:PA-X" || !strings.HasPrefix(r.From, "pax:"):
		case r.Claim == string(graph.ExternalID) && strings.HasPrefix(r.Value, "ucdp:"):
			packed[r.From] = append(packed[r.From], r.Value)
		case r.Claim == string(graph.PartOf) && strings.HasPrefix(r.To, "ucdp:"):
			packed[r.From] = append(packed[r.From], r.To)
		}
		if r.Coder == "mend:MEND" && strings.HasPrefix(r.From, "paax:") && graph.Predicate(r.Claim).Info() != nil && graph.Predicate(r.Claim).Info().ThirdParty() {
			mended++
			actors[r.From] = true
		}
	}
	agreements, found := 0, 0
	for id := range coded["paax:PAA-X"] {
		if number, ok := strings.CutPrefix(id, "pax:"); ok && number[0] <= '9' {
			agreements++
			if coded["pax:PA-X"][id] {
				found++
			}
		}
	}
	if agreements != 1770 || found != 1770 {
		t.Errorf("%d of the %d agreements of PAA-X are in PA-X, want 1,770 of 1,770", found, agreements)
	}
	there := 0
	for _, ids := range packed {
		if slices.ContainsFunc(ids, func(id string) bool { return coded["ucdp:UCDP"][id] }) {
			there++
		}
	}
	if there != 319 {
		t.Errorf("%d of the %d agreements for which PA-X gives an id of UCDP are in UCDP, want 319", there, len(packed))
	}
	for actor := range actors {
		if !coded["paax:PAA-X"][actor] {
			t.Errorf("a third party of MEND, %s, is not in PAA-X", actor)
		}
	}
	if mended < 6000 {
		t.Errorf("%d third parties of MEND, want 6,000 at least", mended)
	}
}

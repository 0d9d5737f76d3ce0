package loader_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/store"
	"entente/loader"
)

// drawRecords draws records about a handful of entities, some of which may never be declared, or not as what other records
// need them to be: with merges, exact ids that merge, sources that need each other, and retractions of any of it.
func drawRecords(t *rapid.T) []string {
	ids := []string{"a", "b", "c", "d", "u:a", "iso3:X"}
	kinds := []string{"State", "Agreement", "Place", "Document", "PeacekeepingForce", "Leader"}
	id := rapid.SampledFrom(ids)
	maybe := func(fields map[string]any, field string, chance int, value func() any) {
		if rapid.IntRange(0, chance).Draw(t, field+"?") == 0 {
			fields[field] = value()
		}
	}
	shared := func(fields map[string]any) {
		maybe(fields, "coder", 3, func() any { return id.Draw(t, "coder") })
		maybe(fields, "claimant", 3, func() any { return id.Draw(t, "claimant") })
		maybe(fields, "said", 3, func() any { return rapid.SampledFrom([]string{"2023-05", "[2020,2021-01]"}).Draw(t, "said") })
		maybe(fields, "confidence", 4, func() any { return 0.1 })
		maybe(fields, "source", 3, func() any {
			return map[string]any{"document": id.Draw(t, "document"), "quote": rapid.SampledFrom([]string{"q", "«\"\\\n» Ա"}).Draw(t, "quote")}
		})
	}
	var claims []graph.ClaimID
	var records []string
	add := func(fields map[string]any) {
		record, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		changes, err := loader.DecodeRecord(record, "t")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range changes {
			claims = append(claims, c.ID)
		}
		records = append(records, string(record))
	}
	for range rapid.IntRange(1, 30).Draw(t, "records") {
		fields := make(map[string]any)
		switch rapid.IntRange(0, 4).Draw(t, "form") {
		case 0, 1:
			fields["entity"] = id.Draw(t, "entity")
			fields["kind"] = rapid.SampledFrom(kinds).Draw(t, "kind")
			maybe(fields, "name", 1, func() any { return rapid.SampledFrom([]string{"A", "Բ"}).Draw(t, "name") })
			maybe(fields, "aliases", 3, func() any {
				return rapid.SliceOfN(rapid.SampledFrom([]string{"x", "y", "e\u0301"}), 1, 3).Draw(t, "aliases")
			})
			maybe(fields, "ids", 2, func() any {
				external := map[string][]string{"iso3": {"ARM", "AZE"}, "gw": {"1", "2"}, "acled": {"X", "Y"}}
				scheme := rapid.SampledFrom([]string{"iso3", "gw", "acled"}).Draw(t, "scheme")
				return map[string]any{scheme: rapid.SampledFrom(external[scheme]).Draw(t, "external")}
			})
			maybe(fields, "status", 5, func() any { return []string{"in force", "ended"} })
		case 2:
			fields["claim"], fields["from"], fields["to"] = "sameAs", id.Draw(t, "from"), id.Draw(t, "to")
			if fields["from"] == fields["to"] {
				continue
			}
		case 3:
			fields["claim"], fields["from"], fields["value"] = "date", id.Draw(t, "from"), rapid.SampledFrom([]string{"2020", "2020-11-09"}).Draw(t, "date")
		default:
			fields["claim"] = rapid.SampledFrom([]string{"signed", "mediated", "deployed", "locatedIn", "concerns"}).Draw(t, "predicate")
			fields["from"], fields["to"] = id.Draw(t, "from"), id.Draw(t, "to")
			maybe(fields, "when", 1, func() any { return "2020-11-09/.." })
			maybe(fields, "stance", 3, func() any { return rapid.SampledFrom([]string{"DENIED", "INTENDED", "ASSERTED"}).Draw(t, "stance") })
			maybe(fields, "qualifiers", 2, func() any {
				return map[string]any{"between": rapid.SliceOfN(id, 1, 3).Draw(t, "between"), "capacity": "head"}
			})
		}
		shared(fields)
		add(fields)
	}
	slices.Sort(records)
	records = slices.Compact(records)
	for range rapid.IntRange(0, 4).Draw(t, "retractions") {
		if len(claims) > 0 {
			records = append(records, fmt.Sprintf(`{"retract":%q,"reason":"r"}`, rapid.SampledFrom(claims).Draw(t, "retract")))
		}
	}
	for _, pair := range [][2]string{{"t:a", "t:b"}, {"iso3:X", "t:a"}} {
		if rapid.IntRange(0, 3).Draw(t, "retract a join") == 0 {
			join := graph.Claim{Predicate: graph.SameAs, From: graph.ID(pair[0]), To: graph.ID(pair[1]), Stance: graph.Asserted, Qualifiers: []graph.Qualifier{{Name: graph.Inferred, Value: "both carry iso3:X"}}}
			records = append(records, fmt.Sprintf(`{"retract":%q}`, join.ID()))
		}
	}
	return records
}

// imported imports records into an empty store and gives what is exported of it, and what was rejected, sorted.
func imported(t *rapid.T, records string, opts loader.Options) (s *store.Store, exported string, rejected []string) {
	s, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var rejects bytes.Buffer
	opts.Dataset, opts.Rejects = "t", &rejects
	if _, err := loader.Import(t.Context(), s, []loader.Input{text("f", records)}, opts); err != nil {
		t.Fatal(err)
	}
	rejected = slices.Sorted(strings.Lines(rejects.String()))
	return s, exportOf(t, s), rejected
}

func exportOf(t *rapid.T, s *store.Store) string {
	var b bytes.Buffer
	if err := loader.Export(t.Context(), s.Head(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestAnyOrder checks that neither the order of records, nor how they are cut into commits, nor their form as a file
// changes the graph or what is rejected; that importing again changes nothing; that a dry run rejects no less; and that an
// export imports to the same graph.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := drawRecords(t)
		lines := strings.Join(records, "\n")
		s, want, wantRejected := imported(t, lines, loader.Options{})
		shuffled := rapid.Permutation(records).Draw(t, "order")
		opts := loader.Options{CommitSize: rapid.IntRange(1, 8).Draw(t, "commit size")}
		_, got, gotRejected := imported(t, strings.Join(shuffled, "\n"), opts)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("in another order (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(wantRejected, gotRejected); diff != "" {
			t.Fatalf("rejected in another order (-want +got):\n%s", diff)
		}
		_, got, gotRejected = imported(t, asDocument(shuffled), opts)
		if diff := cmp.Diff(want, got); diff != "" || len(gotRejected) != len(wantRejected) {
			t.Fatalf("as a document (-want +got):\n%s", diff)
		}

		again, err := loader.Import(t.Context(), s, []loader.Input{text("f", strings.Join(shuffled, "\n"))}, loader.Options{Dataset: "t", CommitSize: opts.CommitSize})
		if err != nil || again.Commits != 0 || exportOf(t, s) != want {
			t.Fatalf("importing again: %v, %d commits\n%s", err, again.Commits, cmp.Diff(want, exportOf(t, s)))
		}

		_, got, gotRejected = imported(t, want, loader.Options{CommitSize: opts.CommitSize})
		if diff := cmp.Diff(want, got); diff != "" || len(gotRejected) > 0 {
			t.Fatalf("export of the import of the export (-want +got):\n%s\nrejected: %s", diff, gotRejected)
		}

		opts.DryRun = true
		_, got, gotRejected = imported(t, strings.Join(shuffled, "\n"), opts)
		if got != "" {
			t.Fatalf("a dry run wrote:\n%s", got)
		}
		for _, record := range wantRejected {
			if !slices.Contains(gotRejected, record) {
				t.Fatalf("a dry run let pass %s", record)
			}
		}
	})
}

func asDocument(records []string) string {
	lists := make(map[string][]string)
	for _, record := range records {
		for start, list := range map[string]string{`{"retract`: "retractions", `"entity":`: "entities", `"claim":`: "claims"} {
			if strings.Contains(record, start) {
				lists[list] = append(lists[list], record)
				break
			}
		}
	}
	var b strings.Builder
	open := "{"
	for _, list := range []string{"retractions", "claims", "entities"} {
		fmt.Fprintf(&b, "%s\n%q: [%s]", open, list, strings.Join(lists[list], ",\n"))
		open = ","
	}
	return b.String() + "}"
}

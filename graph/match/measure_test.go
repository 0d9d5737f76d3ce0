package match_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/kv/memkv"
	"entente/graph/match"
	"entente/graph/store"
	"entente/loader"
)

// datasets is the folder of real data sets; the test is skipped where it is not there.
func datasets(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("ENTENTE_DATASETS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "datasets")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no data sets in %s; ENTENTE_DATASETS names their folder", dir)
	}
	return dir
}

// table reads a CSV file of a data set, each row by the names of its columns.
func table(t testing.TB, parts ...string) []map[string]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(append([]string{datasets(t)}, parts...)...))
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(bytes.ToValidUTF8(raw, []byte("?")), []byte("\ufeff"))))
	r.LazyQuotes, r.FieldsPerRecord = true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, row := range rows[1:] {
		named := make(map[string]string)
		for i, column := range rows[0] {
			if i < len(row) && row[i] != "NA" && row[i] != "N/A" {
				named[column] = strings.Join(strings.Fields(row[i]), " ")
			}
		}
		list = append(list, named)
	}
	return list
}

// trial is one data set's actors, another's, and which of them are known to be one.
type trial struct {
	records bytes.Buffer
	truth   map[graph.ID][]graph.ID // by the asker
}

func (tr *trial) entity(id, kind, name string, aliases []string) {
	record := map[string]any{"entity": id, "kind": kind, "name": name}
	if len(aliases) > 0 {
		record["aliases"] = aliases
	}
	tr.write(record)
}

func (tr *trial) locate(id, country string) {
	if country == "" {
		return
	}
	scheme, _, _ := strings.Cut(id, ":")
	place := scheme + ":place-" + strings.ReplaceAll(country, " ", "-")
	tr.entity(place, "Territory", country, nil)
	tr.write(map[string]any{"claim": "locatedIn", "from": id, "to": place})
}

func (tr *trial) write(record map[string]any) {
	line, _ := json.Marshal(record)
	tr.records.Write(append(line, '\n'))
}

var paaxKinds = map[string]string{
	"Country/State": "State", "Armed Organization": "ArmedGroup", "Military": "ArmedGroup", "Entity": "Organization",
}

// paax writes PAA-X's actors without the ids of others, and what UCDP calls them.
func (tr *trial) paax(t testing.TB, country bool) []map[string]string {
	rows := table(t, "paax", "paax_actors_v0.2_internal.csv")
	for _, row := range rows {
		id, kind := "left:"+row["id_paax"], paaxKinds[row["actor_type"]]
		if kind == "" {
			kind = "Organization"
		}
		var aliases []string
		for text := range strings.SplitSeq(row["abbreviation"]+"|"+row["alternative_names"], "|") {
			if text = strings.TrimSpace(text); text != "" && len(text) < 500 {
				aliases = append(aliases, text)
			}
		}
		tr.entity(id, kind, row["actor_name"], aliases)
		if country && kind != "State" {
			tr.locate(id, row["actor_country"])
		}
	}
	return rows
}

// ucdpTrial asks for UCDP's actors among PAA-X's. Only rows with one actor on a side tell which name goes with which id.
func ucdpTrial(t testing.TB, country bool) *trial {
	tr := &trial{truth: make(map[graph.ID][]graph.ID)}
	actors := make(map[string]bool)
	for _, row := range table(t, "ucdp", "ucdp-prio-acd-251.csv") {
		for _, side := range []string{"a", "b"} {
			id, name := row["side_"+side+"_id"], row["side_"+side]
			if id == "" || strings.Contains(id, ",") || actors[id] {
				continue
			}
			actors[id] = true
			kind := "ArmedGroup"
			if strings.HasPrefix(name, "Government of ") {
				kind = "State"
			}
			tr.entity("right:"+id, kind, name, nil)
			if country && kind != "State" {
				for place := range strings.SplitSeq(row["location"], ", ") {
					tr.locate("right:"+id, place)
				}
			}
		}
	}
	for _, row := range tr.paax(t, country) {
		if id, _, _ := strings.Cut(row["ucdp_id"], "."); actors[id] {
			asker := graph.ID("right:" + id)
			tr.truth[asker] = append(tr.truth[asker], graph.ID("left:"+row["id_paax"]))
		}
	}
	return tr
}

// mendTrial asks for MEND's actors among PAA-X's; renamed leaves out those to which both give the same name.
func mendTrial(t testing.TB, renamed bool) *trial {
	tr := &trial{truth: make(map[graph.ID][]graph.ID)}
	names := make(map[string]string)
	for _, row := range tr.paax(t, false) {
		names[row["id_paax"]] = row["actor_name"]
	}
	for i, row := range table(t, "mend", "mend_all_actors.csv") {
		name, there := names[row["PAAX_ID"]]
		if !there || row["ActorName"] == "" || renamed && name == row["ActorName"] {
			continue
		}
		kind := "Organization"
		switch row["actor_classification"] {
		case "Country/State":
			kind = "State"
		}
		asker := fmt.Sprintf("right:%d", i)
		tr.entity(asker, kind, row["ActorName"], nil)
		tr.truth[graph.ID(asker)] = []graph.ID{graph.ID("left:" + row["PAAX_ID"])}
	}
	return tr
}

func (tr *trial) view(t testing.TB) *store.View {
	t.Helper()
	st, err := store.Open(t.Context(), memkv.New(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	in := loader.Input{Name: "trial.jsonl", Open: func() (io.ReadCloser, error) { return io.NopCloser(&tr.records), nil }}
	report, err := loader.Import(t.Context(), st, []loader.Input{in}, loader.Options{Dataset: "trial"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range report.Problems {
		t.Errorf("%v", &report.Problems[i])
	}
	return st.Head()
}

type proposal struct {
	asker, found graph.ID
	right        bool
	score        float64
	text         string
}

// proposals asks for everything that the truth is known of.
func (tr *trial) proposals(t testing.TB, half func(graph.ID) bool) (list []proposal, known int) {
	v := tr.view(t)
	m := match.NewMatcher(v)
	m.IndexInitials()
	for asker, answers := range tr.truth {
		if !half(asker) {
			continue
		}
		known += len(answers)
		e, _ := v.Entity(asker)
		p := m.Profile(e)
		found, err := m.Candidates(t.Context(), p, 100)
		if err != nil {
			t.Fatal(err)
		}
		met := make(map[graph.ID]bool)
		for i := range found {
			other := found[i].A
			if other == p {
				other = found[i].B
			}
			if other.ID.Scheme() != "left" || strings.Contains(string(other.ID), "place-") {
				continue
			}
			met[other.ID] = true
			list = append(list, proposal{asker, other.ID, slices.Contains(answers, other.ID), found[i].Score, p.Name + " | " + other.Name + " | " + found[i].Why()})
		}
		for _, id := range answers {
			if !met[id] {
				e, _ := v.Entity(id)
				list = append(list, proposal{asker, id, true, 0, p.Name + " | " + v.Name(e) + " | not found by the index"})
			}
		}
	}
	slices.SortFunc(list, func(a, b proposal) int { return strings.Compare(string(a.asker+a.found), string(b.asker+b.found)) })
	slices.SortStableFunc(list, func(a, b proposal) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	return list, known
}

// figures are precision, recall and their harmonic mean at a threshold.
func figures(list []proposal, known int, threshold float64) (precision, recall, f1 float64) {
	right, all := 0, 0
	for _, p := range list {
		if p.score >= threshold {
			all++
			if p.right {
				right++
			}
		}
	}
	if all > 0 {
		precision = float64(right) / float64(all)
	}
	recall = float64(right) / float64(known)
	if right > 0 {
		f1 = 2 * precision * recall / (precision + recall)
	}
	return precision, recall, f1
}

// heldOut parts the askers in two halves by their ids: weights were chosen looking at one alone.
func heldOut(id graph.ID) bool {
	h := fnv.New32a()
	_, _ = io.WriteString(h, string(id))
	return h.Sum32()&1 == 1
}

// TestMeasure holds matching against data sets whose identities are known. With -v it prints the figures and the worst errors.
func TestMeasure(t *testing.T) {
	trials := []struct {
		name string
		make func(t testing.TB) *trial
		// least is the F1 at 0.5 on the held-out half below which something has broken.
		least float64
	}{
		{"UCDP actors among PAA-X actors, names and kinds", func(t testing.TB) *trial { return ucdpTrial(t, false) }, 0.82},
		{"UCDP actors among PAA-X actors, with countries", func(t testing.TB) *trial { return ucdpTrial(t, true) }, 0.82},
		{"MEND actors among PAA-X actors", func(t testing.TB) *trial { return mendTrial(t, false) }, 0.93},
		{"MEND actors among PAA-X actors, other names alone", func(t testing.TB) *trial { return mendTrial(t, true) }, 0.92},
	}
	for _, tt := range trials {
		t.Run(tt.name, func(t *testing.T) {
			for _, half := range []struct {
				name string
				in   func(graph.ID) bool
			}{{"tuned on", func(id graph.ID) bool { return !heldOut(id) }}, {"held out", heldOut}} {
				tr := tt.make(t)
				list, known := tr.proposals(t, half.in)
				for _, threshold := range []float64{0.3, 0.5, 0.7, 0.8, 0.9, 0.95} {
					p, r, f1 := figures(list, known, threshold)
					t.Logf("%s, %d known, from %.2f: precision %.3f, recall %.3f, F1 %.3f", half.name, known, threshold, p, r, f1)
				}
				if half.name == "tuned on" {
					logWorst(t, list)
				} else if _, _, f1 := figures(list, known, 0.5); f1 < tt.least {
					t.Errorf("F1 from 0.5 is %.3f, want at least %.2f", f1, tt.least)
				}
			}
		})
	}
}

// logWorst prints the wrong proposals of the highest score and the right ones of the lowest.
func logWorst(t *testing.T, list []proposal) {
	const most = 25
	wrong := 0
	for _, p := range list {
		if !p.right && p.score >= 0.3 && wrong < most {
			wrong++
			t.Logf("wrong %.3f %s", p.score, p.text)
		}
	}
	for _, p := range slices.Backward(list) {
		if p.right && p.score < 0.5 {
			t.Logf("missed %.3f %s", p.score, p.text)
		}
	}
}

package data_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
)

// days are those that PA-X has for its 33 agreements on Nagorno-Karabakh, by AgtId.
var days = map[string]string{
	"611": "1991-09-23", "1683": "1992-05-07", "1721": "1993-06-17", "1722": "1993-06-27", "1723": "1993-07-24",
	"1724": "1993-07-25", "1725": "1993-07-27", "1726": "1993-07-28", "1727": "1993-08-05", "1728": "1993-08-17",
	"1729": "1993-08-30", "1730": "1993-09-10", "1731": "1993-09-13", "1732": "1994-04-28", "310": "1994-05-05",
	"990": "1994-05-11", "1733": "1994-07-27", "1684": "1995-02-04", "823": "2008-11-02", "1685": "2010-10-27",
	"1686": "2010-12-01", "1687": "2011-03-05", "1925": "2016-06-20", "1926": "2017-10-16", "2322": "2020-10-10",
	"2321": "2020-10-25", "2324": "2020-11-10", "2455": "2021-01-11", "2396": "2021-11-26", "2468": "2022-10-06",
	"2454": "2022-10-31", "2601": "2023-12-07", "2804": "2025-08-08",
}

func TestAgreementsHaveTheirDay(t *testing.T) {
	lines := mustRead(t)
	got := map[string]string{}
	for id, agreement := range coded(lines, "pax") {
		for c := range allClaims(lines) {
			if c.From == agreement && c.Predicate == graph.DatePredicate && c.Coder == pax {
				got[id] += c.Value
			}
		}
	}
	if d := cmp.Diff(days, got); d != "" {
		t.Errorf("days of the 33 (-) and of the records on PA-X's word (+) differ:\n%s", d)
	}
}

var (
	agreementLocator = regexp.MustCompile(`^AgtId ([0-9]+), columns? (.+)$`)
	remark           = regexp.MustCompile(`(?m)\[[^]]*\]|^(?:Agreement n|N)ot signed,.*|Agreement witnessed by:.*|\(witness\)`)
)

// TestAgreementRows looks up every claim that rests on PA-X: its locator leads to cells of the agreement it is about,
// its quote stands in them and is no remark of PA-X's, a name is as they write it, and a value of PA-X's own coding is
// what they hold.
func TestAgreementRows(t *testing.T) {
	rows := agreementRows(t)
	lines := mustRead(t)
	process := coded(lines, "pax-process")
	quotes := 0
	for c := range allClaims(lines) {
		if c.Source.Document != agreements {
			continue
		}
		cells, err := locate(rows, c)
		if err != nil {
			t.Errorf("%s %s %s: %v", c.Key, c.From, c.Predicate, err)
			continue
		}
		if q := c.Source.Quote; q != "" {
			quotes++
			if !strings.Contains(remark.ReplaceAllString(cells, ""), q) {
				t.Errorf("%s: %q does not stand in %s, remarks aside", c.Key, q, c.Source.Locator)
			}
		}
		if name, ok := c.Qualifier(graph.AsNamed); ok && !strings.Contains(cells, name.Value) {
			t.Errorf("%s: the name %q does not stand in %s", c.Key, name.Value, c.Source.Locator)
		}
		if c.Coder != pax {
			continue
		}
		if c.Predicate == graph.BelongsTo && c.To != process[cells] {
			t.Errorf("%s: found %s, expected %q, PA-X's process %s", c.Key, c.To, process[cells], cells)
		}
		if value, ok := inCell(c); ok && !slices.Contains(strings.Split(cells, "\n"), value) {
			t.Errorf("%s %s: the %s is %q, found %q in %s", c.Key, c.From, c.Predicate, value, cells, c.Source.Locator)
		}
	}
	if quotes == 0 {
		t.Error("no claim quotes an agreement")
	}
}

// inCell gives the value of a claim as a cell has it: of an external id what follows its scheme. A kind is in no cell.
func inCell(c *graph.Claim) (value string, ok bool) {
	if c.Predicate == graph.ExternalID {
		_, id, _ := strings.Cut(c.Value, ":")
		return id, true
	}
	return c.Value, c.Value != "" && c.Predicate != graph.KindPredicate
}

// agreementRows reads the rows of the 33, by AgtId and column, from the two forms that PA-X gives them in. Where both
// have a column it is the first form's, which has days as ISO 8601 writes them. Cells are of one line.
func agreementRows(t *testing.T) map[string]map[string]string {
	t.Helper()
	rows := map[string]map[string]string{}
	for _, file := range []string{"pax/pax_v10_described_38col.csv", "nk/nk_pax_v10.csv"} {
		for _, r := range readTable(t, file) {
			id := strings.TrimSuffix(r["AgtId"], ".0")
			if days[id] == "" {
				continue
			}
			if rows[id] == nil {
				rows[id] = map[string]string{}
			}
			for column, cell := range r {
				rows[id][column] = strings.Join(strings.Fields(cell), " ")
			}
		}
	}
	return rows
}

// locate gives the cells that the claim's locator names, a line each.
func locate(rows map[string]map[string]string, c *graph.Claim) (cells string, err error) {
	m := agreementLocator.FindStringSubmatch(c.Source.Locator)
	if m == nil || rows[m[1]] == nil {
		return "", fmt.Errorf("found the locator %q, expected the AgtId of one of the 33 and its columns", c.Source.Locator)
	}
	if of, _, keyed := strings.Cut(c.Key, "."); keyed && of != "n"+m[1] && of != "n0" {
		return "", fmt.Errorf("found AgtId %s, expected that of the key", m[1])
	}
	var found []string
	for column := range strings.SplitSeq(strings.ReplaceAll(m[2], " and ", ", "), ", ") {
		cell := rows[m[1]][column]
		if cell == "" {
			return "", fmt.Errorf("the column %q of AgtId %s is empty or not there", column, m[1])
		}
		found = append(found, cell)
	}
	return strings.Join(found, "\n"), nil
}

// TestActorCodings compares the claims on PAA-X's word with its rows, both ways: a party signed, a third party was
// one, and a party that is practically a third party was both.
func TestActorCodings(t *testing.T) {
	lines := mustRead(t)
	agreement, actor := coded(lines, "pax"), coded(lines, "paax")
	predicates := map[string]graph.Predicate{"party": graph.Signed, "third party": graph.ThirdParty}
	type coding struct {
		Key       string
		From, To  graph.ID
		Predicate graph.Predicate
		Locator   string
	}
	var want, got []coding
	for _, r := range readTable(t, "nk/nk_paax_v0.2_signatories_date_repaired.csv") {
		row := "signatory_id " + r["signatory_id"]
		c := coding{"p" + r["signatory_id"], actor[r["id_paax"]], agreement[r["AgtId"]], predicates[r["signatory_type"]], row + ", column signatory_type"}
		if c.From == "" || c.To == "" || c.Predicate == "" {
			t.Errorf("%s: found the actor %q, the agreement %q and the predicate %q, expected none empty", row, c.From, c.To, c.Predicate)
		}
		want = append(want, c)
		if c.Predicate == graph.Signed && r["practical_third"] == "1" {
			want = append(want, coding{c.Key + ".2", c.From, c.To, graph.ThirdParty, row + ", column practical_third"})
		}
	}
	for c := range allClaims(lines) {
		if c.Coder == paax || c.Claimant == paax || c.Source.Document == signatories {
			got = append(got, coding{c.Key, c.From, c.To, c.Predicate, c.Source.Locator})
		}
	}
	for _, list := range [][]coding{want, got} {
		slices.SortFunc(list, func(a, b coding) int { return strings.Compare(a.Key, b.Key) })
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("PAA-X's rows (-) and the records (+) differ:\n%s", d)
	}
}

// coded finds the entities that have an id of the scheme, by that id.
func coded(lines []line, scheme string) map[string]graph.ID {
	found := map[string]graph.ID{}
	for c := range allClaims(lines) {
		if id, ok := strings.CutPrefix(c.Value, scheme+":"); ok && c.Predicate == graph.ExternalID {
			found[id] = c.From
		}
	}
	return found
}

// allClaims gives the claims of all lines, those that an entity record stands for among them.
func allClaims(lines []line) iter.Seq[*graph.Claim] {
	return func(yield func(*graph.Claim) bool) {
		for _, l := range lines {
			for i := range l.claims {
				if !yield(&l.claims[i]) {
					return
				}
			}
		}
	}
}

// readTable reads a CSV file of the data sets, each row by its columns, or skips the test.
func readTable(t *testing.T, name string) (rows []map[string]string) {
	t.Helper()
	file := filepath.Join(datasets(), filepath.FromSlash(name))
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("no data set at %s; set ENTENTE_DATASETS to the folder that has it", file)
	}
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, column := range records[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

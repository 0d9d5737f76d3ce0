package data_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
)

// sentences are those of the article, by paragraph and place in it; 0 is the article as a whole.
var sentences = []string{"0", "1.1", "2.1", "3.1", "4.1", "5.1", "6.1", "7.1", "7.2", "8.1", "8.2", "8.3"}

var (
	keyInText = regexp.MustCompile("`([acs][0-9]+(?:\\.[0-9]+)?|n[0-9]+\\.[0-9]+|p[0-9]+(?:\\.2)?)`")
	keyRange  = regexp.MustCompile("`([a-z][0-9]+)\\.([0-9]+)`–`([a-z][0-9]+)\\.([0-9]+)`")
)

// inEachRow are the predicates of the claims that the page tells of once for all agreements: n310.1 is a date.
var inEachRow = map[string]graph.Predicate{"1": graph.DatePredicate, "2": graph.BelongsTo, "3": graph.Concerns, "4": graph.Concerns}

// TestReadmeListsClaims holds the tables of README.md and the records together, both ways: every claim stands in
// one row, but for those that the page tells of once for all agreements or rows of PAA-X; in the last column of the row if
// and only if it is inferred; and every key that the page names is a claim's.
func TestReadmeListsClaims(t *testing.T) {
	page := readme(t)
	listed, inferred := map[string]int{}, map[string]int{}
	for _, row := range tableRows(page) {
		if len(row) != 3 {
			continue
		}
		for _, m := range keyInText.FindAllStringSubmatch(row[1], -1) {
			listed[m[1]]++
		}
		for _, m := range keyInText.FindAllStringSubmatch(row[2], -1) {
			// A reason may point at another claim, in brackets.
			if !strings.Contains(row[2], "("+m[0]+")") {
				inferred[m[1]]++
			}
		}
	}
	wantListed, wantInferred, known := map[string]int{}, map[string]int{}, map[string]bool{}
	for _, l := range mustRead(t) {
		if l.entity != "" {
			continue
		}
		for i := range l.claims {
			c := &l.claims[i]
			known[c.Key] = true
			if !toldForAll(t, c) {
				wantListed[c.Key] = 1
			}
			if _, ok := c.Qualifier(graph.Inferred); ok {
				wantInferred[c.Key] = 1
			}
		}
	}
	if d := cmp.Diff(wantListed, listed); d != "" {
		t.Errorf("claims in the records (-) and in the tables (+) differ:\n%s", d)
	}
	if d := cmp.Diff(wantInferred, inferred); d != "" {
		t.Errorf("inferred claims in the records (-) and in the tables (+) differ:\n%s", d)
	}
	for _, m := range keyInText.FindAllStringSubmatch(page, -1) {
		if !known[m[1]] {
			t.Errorf("the page speaks of %s, which is no claim", m[1])
		}
	}
}

// toldForAll reports whether the page tells of the claim in its rules and not in a table.
func toldForAll(t *testing.T, c *graph.Claim) bool {
	if strings.HasPrefix(c.Key, "p") {
		return true // TestActorCodings compares these
	}
	of, number, _ := strings.Cut(c.Key, ".")
	predicate := inEachRow[number]
	if !strings.HasPrefix(of, "n") || of == "n0" || predicate == "" {
		return false
	}
	if c.Predicate != predicate || c.Coder != pax {
		t.Errorf("%s is a claim of %s by %s, the page says of %s by %s", c.Key, c.Predicate, c.Coder, predicate, pax)
	}
	return true
}

// TestReadmeListsSentences holds the first table and the article together.
func TestReadmeListsSentences(t *testing.T) {
	var rows []string
	for _, row := range tableRows(readme(t)) {
		if number, _, ok := strings.Cut(row[0], ": "); ok {
			rows = append(rows, number)
		}
	}
	if d := cmp.Diff(sentences, rows); d != "" {
		t.Errorf("sentences of the article (-) and rows of the table (+) differ:\n%s", d)
	}
	t.Run("article", func(t *testing.T) {
		// A sentence ends at a full stop, within quotation marks or not, before a capital or the end.
		end := regexp.MustCompile(`[.]["']?(?: [A-Z"]|$)`)
		found := []string{"0"}
		for i, paragraph := range articleParagraphs(t) {
			for j := range end.FindAllString(paragraph, -1) {
				found = append(found, fmt.Sprintf("%d.%d", i+1, j+1))
			}
		}
		if d := cmp.Diff(found, sentences); d != "" {
			t.Errorf("sentences of the article (-) and those expected (+) differ:\n%s", d)
		}
	})
}

// TestReadmeListsFiles holds the table of files and the folder together.
func TestReadmeListsFiles(t *testing.T) {
	page := readme(t)
	files := map[string]bool{}
	for _, l := range mustRead(t) {
		name, _, _ := strings.Cut(l.where, ":")
		files[name] = true
	}
	var named []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+\\.jsonl)`").FindAllStringSubmatch(page, -1) {
		named = append(named, m[1])
	}
	if d := cmp.Diff(slices.Sorted(maps.Keys(files)), named); d != "" {
		t.Errorf("files (-) and those that the page names (+) differ:\n%s", d)
	}
}

// tableRows gives the cells of every table row of the page, but heads and rules.
func tableRows(page string) (rows [][]string) {
	lines := strings.Split(page, "\n")
	for i, l := range lines {
		if !strings.HasPrefix(l, "| ") || i+1 < len(lines) && strings.HasPrefix(lines[i+1], "|---") {
			continue
		}
		cells := strings.Split(strings.Trim(l, "|"), "|")
		for j := range cells {
			cells[j] = strings.TrimSpace(cells[j])
		}
		rows = append(rows, cells)
	}
	return rows
}

// readme is the page, with every key of a range of keys written out.
func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return keyRange.ReplaceAllStringFunc(string(text), func(written string) string {
		m := keyRange.FindStringSubmatch(written)
		first, err1 := strconv.Atoi(m[2])
		last, err2 := strconv.Atoi(m[4])
		if err1 != nil || err2 != nil || m[1] != m[3] || first >= last {
			t.Errorf("%s is no range of keys", written)
		}
		var keys []string
		for n := first; n <= last; n++ {
			keys = append(keys, fmt.Sprintf("`%s.%d`", m[1], n))
		}
		return strings.Join(keys, ", ")
	})
}

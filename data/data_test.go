package data_test

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"entente/graph"
)

// The documents whose words a claim may rest on. Only the article is quoted throughout; the statement is told in
// the curators' own words but for its title, and what has no source of its own says why it is believed. Of PA-X the
// words of the agreements are quoted, of PAA-X, which has none, nothing.
const (
	article     graph.ID = "entente:doc-article"
	statement   graph.ID = "entente:doc-statement"
	curation    graph.ID = "entente:doc-curation"
	agreements  graph.ID = "pax:agreements"
	signatories graph.ID = "paax:signatories"
)

// Who code, and on whose word a claim is that no source of its own makes.
const (
	curators graph.ID = "entente:entente"
	pax      graph.ID = "pax:PA-X"
	paax     graph.ID = "paax:PAA-X"
)

// mostWords bounds a quotation: enough to find the place and to judge the claim, never the text in its stead.
var mostWords = map[graph.ID]int{article: 25, statement: 15, curation: 0, agreements: 15, signatories: 0}

func TestRecords(t *testing.T) {
	lines := mustRead(t)
	for _, problem := range lint(lines) {
		t.Error(problem)
	}
}

// TestLintFinds shows that each rule of the lint refuses something.
func TestLintFinds(t *testing.T) {
	const (
		entities = `{"entity": "A", "kind": "State", "name": "A", "source": {"document": "doc-curation", "locator": "x"}, "claimant": "A", "coder": "A"}
{"entity": "doc-curation", "kind": "Document", "name": "C", "source": {"document": "doc-curation", "locator": "x"}, "claimant": "A", "coder": "A"}
{"entity": "doc-article", "kind": "Document", "name": "D", "source": {"document": "doc-curation", "locator": "x"}, "claimant": "A", "coder": "A"}
{"entity": "pax:agreements", "kind": "Document", "name": "P", "source": {"document": "doc-curation", "locator": "x"}, "claimant": "A", "coder": "A"}
{"entity": "pax:PA-X", "kind": "Organization", "name": "Q", "source": {"document": "doc-curation", "locator": "x"}, "claimant": "A", "coder": "A"}
`
		good = `{"claim": "alias", "key": "k", "from": "A", "value": "B", "claimant": "A", "coder": "A", "source": {"document": "doc-article", "locator": "paragraph 1", "quote": "B"}}`
	)
	change := func(old, replacement string) string { return strings.Replace(good, old, replacement, 1) }
	tests := []struct{ name, line, want string }{
		{"nothing wrong", good, ""},
		{"unknown field", change(`"key"`, `"kee"`), `unknown field "kee"`},
		{"unknown field of an entity", `{"entity": "B", "kind": "State", "name": "B", "colour": "red"}`, `unknown field "colour"`},
		{"a relation as a field of an entity", `{"entity": "B", "kind": "State", "name": "B", "signed": "x"}`, `unknown field "signed"`},
		{"neither", `{"key": "k"}`, "neither an entity nor a claim"},
		{"unknown predicate", change("alias", "allias"), "a predicate of the vocabulary"},
		{"unknown qualifier", change(`"claimant"`, `"qualifiers": {"besides": "x"}, "claimant"`), "a qualifier of the vocabulary"},
		{"date not canonical", change(`"claimant"`, `"when": "[2020-02,2020-01]", "claimant"`), "not canonical"},
		{"id not declared", change(`"from": "A"`, `"from": "Z"`), "/from: entente:Z is not declared"},
		{"qualifier not declared", change(`"claimant"`, `"qualifiers": {"at": "Z"}, "claimant"`), "/qualifiers/at: entente:Z is not declared"},
		{"wrong kind", `{"claim": "signed", "key": "k", "from": "A", "to": "A", "claimant": "A", "coder": "A", "source": {"document": "doc-article", "locator": "paragraph 1", "quote": "B"}}`, "an entity of kind Agreement, Event"},
		{"no claimant", change(`"claimant": "A", `, ``), "no claimant"},
		{"no coder", change(`"coder": "A", `, ``), "no coder"},
		{"no key", change(`"key": "k", `, ``), "no key"},
		{"no locator", change(`"locator": "paragraph 1", `, ``), "no locator"},
		{"no quote", change(`, "quote": "B"`, ``), "no quote"},
		{"long quote", change(`"quote": "B"`, `"quote": "`+strings.Repeat("word ", 26)+`"`), "a quote of 26 words"},
		{"no reason", change(`"doc-article", "locator": "paragraph 1", "quote": "B"`, `"doc-curation", "locator": "x"`), "neither a source of its own nor a reason"},
		{"reason by a key", change(`"claimant"`, `"qualifiers": {"inferred": "see claim a7.1"}, "claimant"`), "points at a record by its key"},
		{"not a source", change("doc-article", "A"), "/source/document"},
		{"said in one release", `{"claim": "alias", "key": "k", "from": "A", "value": "B", "said": "2020", "claimant": "pax:PA-X", "coder": "A", "source": {"document": "pax:agreements", "locator": "AgtId 1, column Agt"}}`, "which says it in every release"},
		{"no quote of an agreement", change(`"doc-article", "locator": "paragraph 1", "quote": "B"`, `"pax:agreements", "locator": "AgtId 1, column Part"`), "no quote"},
		{"same key", good + "\n" + change(`"value": "B"`, `"value": "E"`), `the key "k" is that of`},
		{"same claim", good + "\n" + change(`"key": "k"`, `"key": "l"`), "the claim is that of"},
		{"name of another", change(`"value": "B"`, `"value": "C"`), `"C" is a name of entente:doc-curation`},
		{"event without a type", `{"entity": "E", "kind": "Event", "name": "E", "source": {"document": "doc-curation", "locator": "x"}, "claimant": "A", "coder": "A"}`, "an Event without an eventType"},
		{"entity twice", `{"entity": "A", "kind": "Place", "name": "B", "source": {"document": "doc-curation", "locator": "x"}, "claimant": "A", "coder": "A"}`, "entente:A is declared"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var found []string
			var lines []line
			for i, text := range strings.Split(entities+test.line, "\n") {
				l, err := parseLine([]byte(text))
				l.where = strconv.Itoa(i + 1)
				if err != nil {
					found = append(found, err.Error())
				}
				lines = append(lines, l)
			}
			if found == nil {
				found = lint(lines)
			}
			if test.want == "" && found != nil || len(found) > 1 || !strings.Contains(strings.Join(found, "\n"), test.want) {
				t.Errorf("found %q, want one problem with %q", found, test.want)
			}
		})
	}
}

// lint says what is wrong with the records as a whole. Each line has been parsed and is normal.
func lint(lines []line) (problems []string) {
	kinds := map[graph.ID][]graph.Kind{}
	declared := map[graph.ID]string{}
	keys, ids := map[string]string{}, map[graph.ClaimID]string{}
	for _, l := range lines {
		if l.entity == "" {
			continue
		}
		if where, twice := declared[l.entity]; twice {
			problems = append(problems, fmt.Sprintf("%s: %s is declared at %s already", l.where, l.entity, where))
			continue
		}
		declared[l.entity] = l.where
		typed := false
		for i := range l.claims {
			switch c := &l.claims[i]; c.Predicate {
			case graph.KindPredicate:
				kinds[l.entity] = append(kinds[l.entity], graph.Kind(c.Value))
			case graph.EventTypeOf:
				typed = true
			}
		}
		if slices.Contains(kinds[l.entity], graph.Event) && !typed {
			problems = append(problems, fmt.Sprintf("%s: an Event without an eventType", l.where))
		}
	}
	problems = append(problems, sharedNames(lines)...)
	for _, l := range lines {
		say := func(format string, args ...any) {
			problems = append(problems, l.where+": "+fmt.Sprintf(format, args...))
		}
		for i := range l.claims {
			c := &l.claims[i]
			c.Entities(func(path string, id graph.ID) bool {
				if declared[id] == "" {
					say("%s: %s is not declared", path, id)
				}
				return true
			})
			if err := c.CheckKinds(func(id graph.ID) []graph.Kind { return kinds[id] }); err != nil {
				say("%v", err)
			}
			checkEvidence(c, l.entity != "", say)
			if where, twice := ids[c.ID()]; twice {
				say("the claim is that of %s", where)
			}
			ids[c.ID()] = l.where
			if l.entity == "" {
				if where, twice := keys[c.Key]; twice {
					say("the key %q is that of %s", c.Key, where)
				}
				keys[c.Key] = l.where
			}
		}
	}
	return problems
}

// sharedNames says which names of two entities are the same, but for metonyms, and which codes: a name that two
// share finds the wrong one half of the time, and a shared code would make one entity of two.
func sharedNames(lines []line) (problems []string) {
	owners := map[string]graph.ID{}
	for _, l := range lines {
		for i := range l.claims {
			c := &l.claims[i]
			switch c.Predicate {
			case graph.NamePredicate, graph.Alias, graph.Transliteration, graph.ExternalID:
			default:
				continue
			}
			if owner, taken := owners[c.Value]; taken && owner != c.From {
				problems = append(problems, fmt.Sprintf("%s: %q is a name of %s already", l.where, c.Value, owner))
			}
			owners[c.Value] = c.From
		}
	}
	return problems
}

// recordKey finds a reference to the key of a record, such as a7.1.
var recordKey = regexp.MustCompile(`\b[a-z]\d+\.\d+\b`)

// checkEvidence says what a claim lacks to be looked up: on whose word it is, who encoded it, and where it
// stands, in words of the source or with the reason for believing it.
func checkEvidence(c *graph.Claim, ofEntity bool, say func(string, ...any)) {
	most, known := mostWords[c.Source.Document]
	words := len(strings.Fields(c.Source.Quote))
	reason, inferred := c.Qualifier(graph.Inferred)
	switch {
	case recordKey.MatchString(reason.Value):
		say("the reason %q points at a record by its key, which those who ask do not see", reason.Value)
	case c.Claimant == "":
		say("no claimant")
	case c.Coder == "":
		say("no coder")
	case !known:
		return // that it is no document is found by its kind
	case c.Source.Locator == "":
		say("no locator")
	case words > most:
		say("a quote of %d words, at most %d of %s", words, most, c.Source.Document)
	case (c.Claimant == pax || c.Claimant == paax) && !c.Said.IsZero():
		say("said %s by %s, which says it in every release", c.Said, c.Claimant)
	case ofEntity: // a name or a code, chosen by the curators
	case c.Key == "":
		say("no key")
	case words == 0 && (c.Source.Document == article || c.Source.Document == agreements && c.Claimant != pax && c.Claimant != curators):
		say("no quote")
	case c.Source.Document == curation && !inferred:
		say("neither a source of its own nor a reason")
	}
}

// TestQuotes finds each quotation from the article in the paragraph it is said to stand in. The article itself is
// not part of this project; without a copy the test says where it looked.
func TestQuotes(t *testing.T) {
	paragraphs := articleParagraphs(t)
	quotes := 0
	for _, l := range mustRead(t) {
		for i := range l.claims {
			c := &l.claims[i]
			if c.Source.Document != article {
				continue
			}
			quotes++
			text := strings.Join(paragraphs, "\n")
			if number, one := strings.CutPrefix(c.Source.Locator, "paragraph "); one {
				n, err := strconv.Atoi(number)
				if err != nil || n < 1 || n > len(paragraphs) {
					t.Errorf("%s: locator %q, want a paragraph of 1 to %d", l.where, c.Source.Locator, len(paragraphs))
					continue
				}
				text = paragraphs[n-1]
			}
			if !strings.Contains(text, c.Source.Quote) {
				t.Errorf("%s: %q does not stand in %s", l.where, c.Source.Quote, c.Source.Locator)
			}
		}
	}
	if quotes == 0 {
		t.Error("no claim quotes the article")
	}
}

// articleParagraphs reads the article from the folder beside the data sets, or skips the test.
func articleParagraphs(t *testing.T) []string {
	t.Helper()
	file := filepath.Join(datasets(), "..", "seed", "article.txt")
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("no article at %s; set ENTENTE_DATASETS to the folder of data sets that has seed/article.txt beside it", file)
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// datasets is the folder of the data sets, which are not part of this project.
func datasets() string {
	return cmp.Or(os.Getenv("ENTENTE_DATASETS"), filepath.Join("..", "..", "shared", "datasets"))
}

func mustRead(t *testing.T) []line {
	t.Helper()
	lines, err := readFiles()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) == 0 {
		t.Fatal("no records")
	}
	return lines
}

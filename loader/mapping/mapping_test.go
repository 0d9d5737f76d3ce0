package mapping_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/loader/mapping"
)

// head is what every mapping begins with, in four lines.
const head = `dataset: test
maker: {id: maker, name: A Maker}
document: {id: doc, name: A Document}
tables:
`

func TestLoadErrors(t *testing.T) {
	record := func(lines ...string) string { return head + "- records:\n  - " + strings.Join(lines, "\n    ") }
	tests := []struct{ name, text, want string }{
		{"nothing", "", "m.yaml: found an empty file, expected a mapping"},
		{"no YAML", "a: [b", "m.yaml:2: found did not find expected ',' or ']', expected one document of YAML"},
		{"two mappings", head + "---\n" + head, "m.yaml: found expected single document, found multiple, expected one document of YAML"},
		{"no object", "- a", "m.yaml:1: found a list, expected a mapping\n" +
			"m.yaml:1: /dataset: found nothing, expected the scheme of the ids that have none\n" +
			"m.yaml:1: /maker/name: found nothing, expected the maker's name\n" +
			"m.yaml:1: /document/name: found nothing, expected the document's title\n" +
			"m.yaml:1: /tables: found nothing, expected a list of tables"},
		{
			"bad names", strings.NewReplacer("test", "Test Set", "maker:", "makers:").Replace(head) + "- records: [{entity: a, kind: State}]",
			"m.yaml:1: /dataset: found \"Test Set\", expected a name of a-z, 0-9, '.', '_' or '-' that begins with a letter, at most 31 bytes\n" +
				"m.yaml:2: /makers: found \"makers\", expected a member of a mapping; did you mean \"maker\"?\n" +
				"m.yaml:1: /maker/name: found nothing, expected the maker's name",
		},
		{"a member twice", head + "- sheet: a\n  sheet: b\n  records: [{entity: a, kind: State}]", `m.yaml:6: /tables/0/sheet: found "sheet" a second time, expected each member once`},
		{"an alias", head + "- records: &r [{entity: a, kind: State}]\n- records: *r", "m.yaml:5: /tables/0/records: found an anchor or alias (r), expected values written out, or a lookup by its name\n" +
			"m.yaml:6: /tables/1/records: found an anchor or alias (r), expected values written out, or a lookup by its name"},
		{"no tables", head[:len(head)-1] + " []", "m.yaml:4: /tables: found an empty list, expected a list of tables"},
		{"a table without records", head + "- sheet: a", "m.yaml:5: /tables/0: found no records, expected a list of records"},
		{"a table that is a text", head + "- a", `m.yaml:5: /tables/0: found "a", expected a table`},
		{"a bad row of names", head + "- header: first\n  records: [{entity: a, kind: State}]", `m.yaml:5: /tables/0/header: found "first", expected the number of a row, from 1`},
		{"a bad pattern of files", head + "- file: '[a'\n  records: [{entity: a, kind: State}]", `m.yaml:5: /tables/0/file: found "[a", expected the name of a file, in which "*" stands for any letters`},
		{"neither entity nor claim", record("from: a", "to: b"), `m.yaml:6: /tables/0/records/0: found an object, expected a record, an object with "entity" or "claim"`},
		{"an entity of which nothing is said", record("entity: a", "key: b"), "m.yaml:6: /tables/0/records/0: found nothing that is said of the entity, expected a kind, a name or another literal of the vocabulary"},
		{"a predicate misspelt", record("claim: meditated", "from: a", "to: b"), `m.yaml:6: /tables/0/records/0/claim: found "meditated", expected a predicate of the vocabulary; did you mean "mediated"?`},
		{"a predicate of a lookup misspelt", record("claim: {column: c, lookup: {a: signd, b: ''}, default: x}", "from: a", "to: b"), "m.yaml:6: /tables/0/records/0/claim: found \"signd\", expected a predicate of the vocabulary; did you mean \"signed\"?\n" +
			`m.yaml:6: /tables/0/records/0/claim: found "x", expected a predicate of the vocabulary`},
		{"a kind that there is not", record("entity: a", "kind: Country"), `m.yaml:7: /tables/0/records/0/kind: found "Country", expected a kind of the vocabulary`},
		{"a type of events misspelt", record("entity: a", "eventType: TALK"), `m.yaml:7: /tables/0/records/0/eventType: found "TALK", expected a type of events of the vocabulary; did you mean "TALKS"?`},
		{"a stance misspelt", record("entity: a", "name: b", "stance: {column: c, words: {no: Denied}}"), `m.yaml:8: /tables/0/records/0/stance: found "Denied", expected a stance of the vocabulary; did you mean "DENIED"?`},
		{"a literal misspelt", record("entity: a", "alias: b", "nmae: c"), `m.yaml:8: /tables/0/records/0/nmae: found "nmae", expected a member of a record of an entity; did you mean "name"?`},
		{"a qualifier misspelt", record("claim: signed", "from: a", "to: b", "qualifiers: {betwen: c}"), `m.yaml:9: /tables/0/records/0/qualifiers/betwen: found "betwen", expected a qualifier of the vocabulary; did you mean "between"?`},
		{"no ends", record("claim: signed"), "m.yaml:6: /tables/0/records/0: found no from, expected the id of the subject\n" +
			"m.yaml:6: /tables/0/records/0: found neither to nor value, expected the id of the object, or a value"},
		{"a value where an object belongs", record("claim: signed", "from: a", "value: b"), "m.yaml:8: /tables/0/records/0/value: found value, expected no value: signed takes an entity as to"},
		{"an object where a value belongs", record("claim: status", "from: a", "to: b"), "m.yaml:8: /tables/0/records/0/to: found to, expected no object: status takes a value"},
		{"a bad id", record("entity: a b", "name: c"), `m.yaml:6: /tables/0/records/0/entity: found "a b", expected an id without spaces or control characters (U+0020)`},
		{"a template that is an object", record("entity: {id}", "name: c"), "m.yaml:6: /tables/0/records/0/entity/id: found \"id\", expected a member of a value\n" +
			"m.yaml:6: /tables/0/records/0/entity: found 0 of column, columns and text, expected one of them"},
		{"an open template", record("entity: $(id", "name: c"), `m.yaml:6: /tables/0/records/0/entity: found "$(id", expected a closing bracket after the name of the column`},
		{"no such filter", record("entity: $(id|slugs)", "name: c"), `m.yaml:6: /tables/0/records/0/entity: found the filter "slugs", expected one of code, lower, pad2, slug, upper`},
		{"nothing written", record("entity: a", "name:"), "m.yaml:7: /tables/0/records/0/name: found nothing, expected a value"},
		{"no such lookup", "lookups: {kinds: {a: State}}\n" + record("entity: a", "kind: {column: k, lookup: kind}"), `m.yaml:8: /tables/0/records/0/kind/lookup: found "kind", expected the name of one of the mapping's lookups; did you mean "kinds"?`},
		{"an empty lookup", record("entity: a", "name: {column: k, lookup: {}}"), "m.yaml:7: /tables/0/records/0/name/lookup: found an object, expected words and their values"},
		{"members that exclude each other", record("entity: a", "name: {column: k, text: a}", "status: {column: k, lookup: {a: b}, words: {a: b}}", "stage: {column: k, otherwise: b}", "description: {column: k, lookup: {a: b}, otherwise: c, unlisted: keep}"), "m.yaml:7: /tables/0/records/0/name: found 2 of column, columns and text, expected one of them\n" +
			"m.yaml:8: /tables/0/records/0/status: found lookup beside words, expected one of them\n" +
			"m.yaml:9: /tables/0/records/0/stage: found otherwise or unlisted, expected lookup or words beside it\n" +
			"m.yaml:10: /tables/0/records/0/description: found otherwise beside unlisted, expected one of them"},
		{"unlisted misspelt", record("entity: a", "name: {column: k, lookup: {a: b}, unlisted: skp}"), `m.yaml:7: /tables/0/records/0/name/unlisted: found "skp", expected one of refuse, keep, skip; did you mean "skip"?`},
		{"several where one belongs", record("claim: signed", "from: {column: a, separator: ;}", "to: b"), "m.yaml:7: /tables/0/records/0/from: found separator or columns, expected a value that is one; several of them are for each"},
		{"a bad expression", record("entity: a", "name: {column: k, match: '('}"), "m.yaml:7: /tables/0/records/0/name/match: found \"(\", expected a regular expression of RE2: missing closing ): `(`"},
		{"a bad condition", record("entity: a", "name: b", "where: {c: {is: x, filled: yes, like: y}}"), "m.yaml:8: /tables/0/records/0/where/c/filled: found \"yes\", expected one of true, false\n" +
			`m.yaml:8: /tables/0/records/0/where/c/like: found "like", expected a member of a condition`},
		{"bad forms of dates", record("entity: a", "date: {column: c, format: [dd/mm, jj.mm.yyyy, yyyy at d]}"), `m.yaml:7: /tables/0/records/0/date/format: found "dd/mm", expected a form such as "dd/mm/yyyy", "d mmmm yyyy", "yyyymmdd", "mm/yyyy", or edtf, iso or excel` + "\n" +
			`m.yaml:7: /tables/0/records/0/date/format: found "jj.mm.yyyy", expected a form such as "dd/mm/yyyy", "d mmmm yyyy", "yyyymmdd", "mm/yyyy", or edtf, iso or excel` + "\n" +
			`m.yaml:7: /tables/0/records/0/date/format: found "yyyy at d", expected a form such as "dd/mm/yyyy", "d mmmm yyyy", "yyyymmdd", "mm/yyyy", or edtf, iso or excel`},
		{"dates of too much and too little", record("entity: a", "date: {column: c, year: $(y)}", "published: {format: edtf}", "when: {month: $(m), year: $(y), ongoing: x}", "said: {year: $(y), day: $(d)}"), "m.yaml:7: /tables/0/records/0/date: found 2 of column, columns or text, year, and start or end, expected one of them\n" +
			"m.yaml:8: /tables/0/records/0/published: found 0 of column, columns or text, year, and start or end, expected one of them\n" +
			"m.yaml:9: /tables/0/records/0/when: found dataEnd or ongoing, expected one of them in the end of a time alone\n" +
			"m.yaml:10: /tables/0/records/0/said: found day, expected month beside it"},
		{"a document that is not", strings.Replace(head, "name: A Document", "name: A Document, url: www.example.org, published: 9/11/1991", 1) + "- records: [{entity: a, kind: State}]", "m.yaml:3: /document/url: found \"www.example.org\", expected an absolute http or https URL\n" +
			"m.yaml:3: /document/published: found \"9/11/1991\", expected an EDTF date (graph: bad date \"9/11/1991\": found \"9\" at byte 0, expected a year of four digits, as in \"2020-11-09\")"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := mapping.Load("m.yaml", []byte(test.text))
			got := "no error"
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(strings.Split(test.want, "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

package mapping_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/loader/format/formattest"
	"entente/loader/mapping"
)

// reading reads a file by a mapping, of which only what comes below "tables:" is given.
func reading(t testing.TB, tables, name, content string) *formattest.Reading {
	t.Helper()
	m, err := mapping.Load("m.yaml", []byte(head+tables))
	if err != nil {
		t.Fatal(err)
	}
	return formattest.Read(t, m.Format(), name, content)
}

// made are the claims of a reading without those that tell of the maker and the document.
func made(r *formattest.Reading) []string {
	var lines []string
	for _, line := range r.Lines() {
		if !strings.Contains(line, " test:maker = ") && !strings.Contains(line, " test:doc = ") {
			lines = append(lines, line)
		}
	}
	return lines
}

func TestRead(t *testing.T) {
	// Of each record the table of the mapping, in YAML that is indented by two.
	records := func(lines ...string) string {
		return "- locator: no $(no)\n  records:\n  - " + strings.Join(lines, "\n    ")
	}
	signed := func(lines ...string) string {
		return records(append([]string{"claim: signed", "from: $(a)", "to: $(no)"}, lines...)...)
	}
	tests := []struct {
		name, tables, rows string
		want               []string
		problems           []string
		notes              map[string]int
	}{
		{
			"an entity", records("entity: $(no)", "kind: Agreement", "name: $(a)", `aliases: {column: b, separator: "|"}`, "ids: {pax: $(c), x: y$(c)}"),
			"no,a,b,c\n1,\"A  name\non two lines\",x| y||NA,12\n2,NA,-,\n",
			[]string{
				"kind test:1 = Agreement (no 1)", "name test:1 = A name on two lines (no 1)", "alias test:1 = x (no 1)", "alias test:1 = y (no 1)",
				"externalId test:1 = pax:12 (no 1)", "externalId test:1 = x:y12 (no 1)", "kind test:2 = Agreement (no 2)",
			},
			nil, nil,
		},
		{
			"what a row lacks", signed("qualifiers: {capacity: $(b), onBehalfOf: s-$(c)}", "when: $(d)", "key: k$(no)"),
			"no,a,b,c,d\n1,x,Minister,12,2001-05\n2,y,,,\n3,,,,\n",
			[]string{
				"signed test:x -> test:1 [capacity=Minister] [onBehalfOf=test:s-12] when 2001-05 (no 1)", "signed test:y -> test:2 (no 2)",
			},
			nil, nil,
		},
		{
			"nothing that tells the row", signed(), "no,a\n,x\n2,y\n",
			[]string{"signed test:y -> test:2 (no 2)"},
			[]string{"row 2, column no: found nothing, expected what tells the row from the others (m.yaml:5, /tables/0/locator)"},
			nil,
		},
		{
			"no locator of one's own", "- records:\n  - {claim: signed, from: $(a), to: $(no), source: {quote: $(a)}}", "no,a\n1,x\n",
			[]string{"signed test:x -> test:1 'x' (row 2, column a)"},
			nil, nil,
		},
		{
			"words that are missing here", "- missing: [9, '?']\n  records:\n  - {entity: $(no), name: {column: a, missing: x}}", "no,a\n1,9\n2,NA\n3,x\n4,?\n5,99\n",
			[]string{"name test:5 = 99 (row 6)"},
			nil, nil,
		},
		{
			"a default, and text in place of a column", records("entity: $(no)", "name: {column: a, default: No $(no)}", `status: {text: "$(a), $(b)", default: none}`),
			"no,a,b\n1,x,y\n2,,y\n",
			[]string{"name test:1 = x (no 1)", "status test:1 = x, y (no 1)", "name test:2 = No 2 (no 2)", "status test:2 = none (no 2)"},
			nil, nil,
		},
		{
			"filters, brackets in names, and what is no reference", records("entity: $(no|code)-$(a|slug)", "name: $$(a) $5 $(m (2)|pad2) $(a|upper)", "status: $(a|lower)"),
			"no,a,m (2)\n1.0,Été  Noir,7\n",
			[]string{"name test:1-été-noir = $(a) $5 07 ÉTÉ NOIR (no 1.0)", "status test:1-été-noir = été noir (no 1.0)"},
			nil, nil,
		},
		{
			"conditions", records("entity: $(no)", "where: {a: [x, y], b: {filled: true}, c: {isNot: [q], match: '^[a-z]', noMatch: z$}}", "name: n"),
			"no,a,b,c\n1,x,1,a\n2,z,1,a\n3,y,NA,a\n4,y,1,q\n5,y,1,9\n6,y,1,az\n7,y,1,ab\n",
			[]string{"name test:1 = n (no 1)", "name test:7 = n (no 7)"},
			nil, nil,
		},
		{
			"conditions of a table", "- where: {a: x, b: ''}\n  records:\n  - {entity: $(no), name: n}", "no,a,b\n1,x,\n2,y,\n3,x,1\n",
			[]string{"name test:1 = n (row 2)"},
			nil,
			map[string]int{"rows that where leaves out": 2},
		},
		{
			"a lookup", records("entity: $(no)", "kind: {column: a, lookup: {s: State, o: Organization, none: ''}}", "name: {column: b, lookup: {x: Ex}, unlisted: keep}",
				"status: {column: b, lookup: {x: Ex}, unlisted: skip}", "stage: {column: b, lookup: {x: Ex}, otherwise: of $(no)}"),
			"no,a,b\n1,s,x\n2,none,y\n3,t,\n",
			[]string{
				"kind test:1 = State (no 1)", "name test:1 = Ex (no 1)", "status test:1 = Ex (no 1)", "stage test:1 = Ex (no 1)",
				"name test:2 = y (no 2)", "stage test:2 = of 2 (no 2)",
			},
			[]string{`row 4, column a: found "t", expected one of "s", "o", "none" (m.yaml:8, /tables/0/records/0/kind)`},
			map[string]int{"m.yaml:10, /tables/0/records/0/status: a word that is not listed, left out": 1},
		},
		{
			"words within a text, the first of the mapping first",
			records("claim: {column: b, words: {mediat*: mediated, witness: witnessed, ARM: hosted}, otherwise: thirdParty}", "from: $(a)", "to: $(no)"),
			"no,a,b\n1,x,By witness; with the Mediation of X\n2,x,witnesses\n3,x,an ARMY\n4,x,(arm)\n5,x,\n",
			[]string{
				"mediated test:x -> test:1 (no 1)", "thirdParty test:x -> test:2 (no 2)", "thirdParty test:x -> test:3 (no 3)", "hosted test:x -> test:4 (no 4)",
			},
			nil, nil,
		},
		{
			"a stretch of a text", records("entity: $(no)", "name: {column: a, match: '^(.*?)\\s*\\('}", "status: {column: a, match: '[0-9]+', as: 'in $() of $(no)'}"),
			"no,a\n1,Deal (1991)\n2,Deal 1992\n",
			[]string{"name test:1 = Deal (no 1)", "status test:1 = in 1991 of 1 (no 1)", "status test:2 = in 1992 of 2 (no 2)"},
			nil,
			map[string]int{"m.yaml:8, /tables/0/records/0/name: match finds nothing": 1},
		},
		{
			"a list with a quote and a number for each", signed("each: {a: {separator: ;}, b: {separator: ;, missing: none}}", "qualifiers: {capacity: $(b)}", "source: {quote: $(a)}", "key: $(no)/$(#)"),
			"no,a,b\n1,x; y,Minister;none\n2,,\n3,z,\n",
			[]string{
				"signed test:x -> test:1 [capacity=Minister] 'x' (no 1, column a)", "signed test:y -> test:1 'y' (no 1, column a)", "signed test:z -> test:3 'z' (no 3, column a)",
			},
			nil, nil,
		},
		{
			"lists that are not aligned", signed("each: {a: {separator: ;}, b: {separator: ;}}", "qualifiers: {capacity: $(b)}"),
			"no,a,b\n1,x;y,Minister\n2,x;;y,1;2;3\n3,x;y;,1;2\n",
			[]string{
				"signed test:x -> test:1 (no 1)", "signed test:y -> test:1 (no 1)",
				"signed test:x -> test:2 [capacity=1] (no 2)", "signed test:y -> test:2 [capacity=3] (no 2)",
				"signed test:x -> test:3 [capacity=1] (no 3)", "signed test:y -> test:3 [capacity=2] (no 3)",
			},
			nil,
			map[string]int{
				"m.yaml:10, /tables/0/records/0/each/a: the lists of each have different numbers of items, so the first stands alone": 1,
				"m.yaml:8, /tables/0/records/0/from: left out, since nothing tells the subject":                                       1,
			},
		},
		{
			"a column for each", signed("each: {a: {columns: [a, b, c]}, o: {columns: [oa, ob, oc]}}", "qualifiers: {capacity: $(o)}", "source: {quote: $(a)}", "key: $(#)"),
			"no,a,b,c,oa,ob,oc\n1,x,NA,z,1,,3\n2,,x y,,,,\n",
			[]string{"signed test:x -> test:1 [capacity=1] 'x' (no 1, column a)", "signed test:z -> test:1 [capacity=3] 'z' (no 1, column c)"},
			[]string{`row 3, column b: found "x y", expected an id without spaces or control characters (U+0020) (m.yaml:8, /tables/0/records/0/from)`},
			nil,
		},
		{
			"items under names of their own, with conditions", records("each: {party: {column: a, separator: ',', as: $()-$(no)}}", "claim: signed", "where: {party: {noMatch: ^x}}", "from: $(party)", "to: $(no)"),
			"no;a\n1;x,y\n",
			[]string{"signed test:y-1 -> test:1 (no 1)"},
			nil, nil,
		},
		{
			"qualifiers of several", records("claim: mediated", "from: $(a)", "to: $(no)", "qualifiers: {between: {column: b, separator: ;, as: 'cow:$()'}, inferred: the words of $(c)}"),
			"no,a,b,c\n1,x,2;3;;,d\n",
			[]string{"mediated test:x -> test:1 [between=cow:2] [between=cow:3] [inferred=the words of d] (no 1)"},
			nil, nil,
		},
		{
			"an object, or else words", records("claim: references", "from: $(no)", "to: $(a)", "value: $(b)", "stance: {column: c, lookup: {maybe: IMPLIED}, default: ASSERTED}", "confidence: $(d)"),
			"no,a,b,c,d\n1,2,the deal,maybe,0.5\n2,,the deal,,\n3,,,,\n",
			[]string{"references test:1 -> test:2 IMPLIED (no 1)", "references test:2 = the deal (no 2)"},
			nil, nil,
		},
		{
			"on others' words", records("claim: signed", "from: $(a)", "to: $(no)", "said: $(b)", "claimant: $(c)", "coder: coder", "source: {document: d-$(no), locator: page $(d)}"),
			"no,a,b,c,d\n1,x,2001,press,7\n",
			[]string{"signed test:x -> test:1 said 2001 (page 7)"},
			nil, nil,
		},
		{
			"what is not as it should be", signed("confidence: $(b)", "when: $(c)", "stance: $(d)"),
			"no,a,b,c,d\n1,x y,,,\n2,x,2,,\n3,x,,99/99,\n4,x,,,maybe\n5,x,0.1,2001,DENIED\n6,x,,,Denied\n",
			[]string{"signed test:x -> test:5 when 2001 DENIED (no 5)"},
			[]string{
				`row 2, column a: found "x y", expected an id without spaces or control characters (U+0020) (m.yaml:8, /tables/0/records/0/from)`,
				`row 3, column b: found "2", expected a number over 0 and up to 1 (m.yaml:10, /tables/0/records/0/confidence)`,
				`row 4, column c: found "99/99", expected a date (at byte 0: a year of four digits, as in "2020-11-09") (m.yaml:11, /tables/0/records/0/when)`,
				`row 5, column d: found "maybe", expected a stance of the vocabulary (m.yaml:12, /tables/0/records/0/stance)`,
				`row 7, column d: found "Denied", expected a stance of the vocabulary, such as "DENIED" (m.yaml:12, /tables/0/records/0/stance)`,
			},
			nil,
		},
		{
			"literals that are not as they should be", records("entity: $(no)", "kind: $(a)", "url: $(b)", "ids: {iso3: $(c)}", "date: $(d)"),
			"no,a,b,c,d\n1,Country,example.org,Armenia,yesterday\n",
			nil,
			[]string{
				`row 2, column a: found "Country", expected one of State, Organization, ArmedGroup, Leader, Territory, Place, Agreement, Process, Conflict, PeacekeepingForce, Event, Document (m.yaml:8, /tables/0/records/0/kind)`,
				`row 2, column b: found "example.org", expected an absolute http or https URL (m.yaml:9, /tables/0/records/0/url)`,
				`row 2, column c: found "iso3:Armenia", expected ISO 3166-1 alpha-3 code, such as "iso3:ARM" (m.yaml:10, /tables/0/records/0/ids/iso3)`,
				`row 2, column d: found "yesterday", expected a date (at byte 0: a year of four digits, "..", "/" or "[") (m.yaml:11, /tables/0/records/0/date)`,
			},
			nil,
		},
		{
			"an entity without an id", records("entity: x-$(a)", "name: $(b)"), "no,a,b\n1,,Named\n2,,\n3,c,Named\n",
			[]string{"name test:x-c = Named (no 3)"},
			nil,
			map[string]int{"m.yaml:7, /tables/0/records/0/entity: left out, since nothing tells the entity": 1},
		},
		{
			"a column that is not there", signed("when: $(dayt)"), "no,a,day\n1,x,2001\n", nil,
			[]string{`row 1: found the columns ["no" "a" "day"], expected also "dayt" (m.yaml:10, /tables/0/records/0/when; did you mean "day"?)`},
			nil,
		},
		{
			"names below a title", "- header: 3\n  records:\n  - {entity: $(no), name: $(a)}", "Ceasefires, 1991\n,\nno;a\n1;x\n", []string{"name test:1 = x (row 4)"}, nil, nil,
		},
		{
			"a column that need not be there", "- optional: b\n  records:\n  - {entity: $(no), name: $(a), status: $(b)}", "no,a\n1,x\n", []string{"name test:1 = x (row 2)"}, nil, nil,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := reading(t, test.tables, "file.csv", test.rows)
			if diff := cmp.Diff(test.want, made(r)); diff != "" {
				t.Errorf("claims (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.problems, r.Problems); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			notes := test.notes
			if notes == nil {
				notes = map[string]int{}
			}
			if diff := cmp.Diff(notes, r.NoteCounts()); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

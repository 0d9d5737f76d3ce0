package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
)

// mergedRecords are meetings of those whom two lists know by different ids: a state by an exact id that it carries in a third place, too, its leader and a text on somebody's word.
// Others are merged, too, but have no part in any meeting.
const mergedRecords = `{"entity": "a", "kind": "State", "name": "A", "ids": {"iso3": "AAA"}}
{"entity": "list:a", "kind": "State", "name": "The A"}
{"claim": "externalId", "from": "list:a", "value": "iso3:AAA", "source": {"document": "list", "locator": "row 2", "quote": "AAA"}}
{"entity": "other:a", "kind": "State", "name": "A again"}
{"claim": "externalId", "from": "other:a", "value": "iso3:AAA", "source": {"document": "yearbook", "locator": "page 9"}}
{"entity": "b", "kind": "State", "name": "B"}
{"entity": "m", "kind": "State", "name": "M"}
{"entity": "ruler", "kind": "Leader", "name": "The ruler"}
{"entity": "list:ruler", "kind": "Leader", "name": "Ruler of A"}
{"entity": "list", "kind": "Document", "name": "List of leaders", "published": "2002"}
{"entity": "yearbook", "kind": "Document", "name": "Yearbook", "published": "2003"}
{"entity": "text", "kind": "Agreement", "name": "The text", "date": "2001-05-03"}
{"entity": "list:text", "kind": "Agreement", "name": "A text"}
{"entity": "talks", "kind": "Process", "name": "The talks"}
{"claim": "sameAs", "from": "ruler", "to": "list:ruler", "stance": "IMPLIED", "source": {"document": "yearbook", "locator": "page 1", "quote": "the ruler, called Ruler of A elsewhere"}}
{"claim": "sameAs", "from": "text", "to": "list:text", "qualifiers": {"inferred": "The day is the same."}}
{"claim": "sameAs", "from": "text", "to": "yearbook:text", "stance": "DENIED"}
{"entity": "yearbook:text", "kind": "Agreement", "name": "Another text"}
{"claim": "leads", "from": "list:ruler", "to": "list:a", "source": {"document": "list", "locator": "row 1", "quote": "Ruler of A"}}
{"claim": "signed", "from": "ruler", "to": "text", "source": {"document": "yearbook", "locator": "page 4", "quote": "signed by the ruler"}}
{"claim": "signed", "from": "b", "to": "list:text", "source": {"document": "list", "locator": "row 9"}}
{"claim": "mediated", "from": "m", "to": "list:text", "source": {"document": "list", "locator": "row 9", "quote": "M mediated"}}
{"claim": "belongsTo", "from": "list:text", "to": "talks", "source": {"document": "list", "locator": "row 9", "quote": "of the talks"}}
{"entity": "nobody", "kind": "State", "name": "Nobody"}
{"entity": "list:nobody", "kind": "State", "name": "Nobody"}
{"claim": "sameAs", "from": "nobody", "to": "list:nobody"}
`

// TestTraceOfMerged tells by which claims those are one whom the answers know by several ids, in each form of answer, and nothing of others.
func TestTraceOfMerged(t *testing.T) {
	folder := t.TempDir()
	must(t, mergedRecords, "import", "--data", folder, "--dataset", "x", "-")
	var all strings.Builder
	for _, args := range []string{"trace x:a x:b", "trace x:a x:b --cite", "history x:a x:b --process x:talks --json", "history x:a x:b --quotes", "history x:b --process x:talks --cite"} {
		_, out, errs := entente(t, "", append(strings.Fields(args), "--data", folder)...)
		all.WriteString("$ entente " + args + "\n" + errs + out + "\n")
	}
	golden(t, "testdata/trace-merged.golden", unmade(all.String(), folder))
}

// placedRecords are a meeting in the account of which entities have a place each: a minister of a ministry of a, an envoy of b, and m, who mediated with c a
// text of one round of talks, at a summit in a city. A memo c alone signed.
const placedRecords = `{"entity": "a", "kind": "State", "name": "A"}
{"entity": "b", "kind": "State", "name": "B"}
{"entity": "c", "kind": "State", "name": "C"}
{"entity": "m", "kind": "State", "name": "M"}
{"entity": "ministry", "kind": "Organization", "name": "Ministry"}
{"entity": "minister", "kind": "Leader", "name": "Minister"}
{"entity": "envoy", "kind": "Leader", "name": "Envoy"}
{"entity": "city", "kind": "Place", "name": "City"}
{"entity": "daily", "kind": "Organization", "name": "Daily"}
{"entity": "page", "kind": "Document", "name": "Page"}
{"entity": "text", "kind": "Agreement", "name": "Text", "date": "2001-05-03"}
{"entity": "memo", "kind": "Agreement", "name": "Memo"}
{"entity": "summit", "kind": "Event", "eventType": "SUMMIT", "name": "Summit"}
{"entity": "round", "kind": "Process", "name": "Round"}
{"entity": "talks", "kind": "Process", "name": "Talks"}
{"claim": "leads", "from": "minister", "to": "ministry"}
{"claim": "partOf", "from": "ministry", "to": "a"}
{"claim": "signed", "from": "minister", "to": "text"}
{"claim": "signed", "from": "envoy", "to": "text", "qualifiers": {"onBehalfOf": "b"}}
{"claim": "mediated", "from": "m", "to": "text", "qualifiers": {"between": "c", "place": "city"}, "claimant": "daily", "source": {"document": "page"}}
{"claim": "adoptedAt", "from": "text", "to": "summit"}
{"claim": "signed", "from": "c", "to": "memo"}
{"claim": "belongsTo", "from": "text", "to": "round"}
{"claim": "partOf", "from": "round", "to": "talks"}
`

// TestWhoIsToldAsMerged merges every entity of a graph and asks of whom an answer tells that: of all who have a part in it, whatever the part, and neither of
// where it was nor of who says so.
func TestWhoIsToldAsMerged(t *testing.T) {
	records := placedRecords
	for _, m := range regexp.MustCompile(`"entity": "(\w+)", "kind": ("\w+")`).FindAllStringSubmatch(placedRecords, -1) {
		records += `{"entity": "other:` + m[1] + `", "kind": ` + m[2] + "}\n" + `{"claim": "sameAs", "from": "` + m[1] + `", "to": "other:` + m[1] + `"}` + "\n"
	}
	folder := t.TempDir()
	must(t, records, "import", "--data", folder, "--dataset", "x", "-")
	for _, tt := range []struct{ args, want string }{
		{"trace x:a x:b --json", "a b c envoy m minister ministry summit text"},
		{"trace x:minister x:envoy --no-roll-up --json", "b c envoy m minister summit text"},
		{"history x:a --json", "a b c envoy m minister ministry summit text"},
		{"history x:c --quotes", "c memo"},
		{"history --process x:talks --quotes", "a b c envoy m minister ministry round summit talks text"},
		{"history x:a --process x:talks --skip 1 --json", "a talks"},
	} {
		args := append(strings.Fields(tt.args), "--data", folder)
		var got []string
		if slices.Contains(args, "--quotes") {
			_, told, _ := strings.Cut(must(t, "", args...), "Several ids are one:")
			for _, m := range regexp.MustCompile(`(?m)^  \S.*\(x:(\w+)\)$`).FindAllStringSubmatch(told, -1) {
				got = append(got, m[1])
			}
		} else {
			var answer struct {
				Merged []struct {
					ID string `json:"id"`
				} `json:"merged"`
			}
			if err := json.Unmarshal([]byte(must(t, "", args...)), &answer); err != nil {
				t.Fatal(err)
			}
			for _, m := range answer.Merged {
				got = append(got, strings.TrimPrefix(m.ID, "x:"))
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(strings.Fields(tt.want), got); diff != "" {
			t.Errorf("%s: merged are (-want +got):\n%s", tt.args, diff)
		}
	}
}

// TestCarriersOfEachMerge joins three by one id and tells of each of the three claims by which its own two ends carry that.
func TestCarriersOfEachMerge(t *testing.T) {
	folder := t.TempDir()
	must(t, `{"entity": "a", "kind": "State", "ids": {"iso3": "AAA"}}
{"entity": "one:a", "kind": "State", "ids": {"iso3": "AAA"}}
{"entity": "two:a", "kind": "State", "ids": {"iso3": "AAA"}}
{"entity": "text", "kind": "Agreement"}
{"claim": "signed", "from": "a", "to": "text"}
`, "import", "--data", folder, "--dataset", "x", "-")
	type bond struct {
		Subject string `json:"subjectId"`
		Object  string `json:"objectId"`
		Value   string `json:"value"`
	}
	var answer struct {
		Merged []struct {
			MergedBy []struct {
				bond
				CarriedBy []bond `json:"carriedBy"`
			} `json:"mergedBy"`
		} `json:"merged"`
	}
	if err := json.Unmarshal([]byte(must(t, "", "history", "x:a", "--json", "--data", folder)), &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Merged) != 1 || len(answer.Merged[0].MergedBy) != 3 {
		t.Fatalf("merged are %+v, want one by three claims", answer.Merged)
	}
	for _, m := range answer.Merged[0].MergedBy {
		want := []bond{{m.Subject, "", "iso3:AAA"}, {m.Object, "", "iso3:AAA"}}
		slices.SortFunc(m.CarriedBy, func(a, b bond) int { return strings.Compare(a.Subject, b.Subject) })
		slices.SortFunc(want, func(a, b bond) int { return strings.Compare(a.Subject, b.Subject) })
		if diff := cmp.Diff(want, m.CarriedBy); diff != "" {
			t.Errorf("%s and %s carry an id by (-want +got):\n%s", m.Subject, m.Object, diff)
		}
	}
}

package main

import (
	"strings"
	"testing"
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

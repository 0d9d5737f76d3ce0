package main

import (
	"strings"
	"testing"
)

// standingRecords are a meeting of those who stand for others: the leader of a ministry, a force, and one who acts for another; some of it only
// implied, or inferred.
const standingRecords = `{"entity": "a", "kind": "State", "name": "A"}
{"entity": "b", "kind": "State", "name": "B"}
{"entity": "m", "kind": "State", "name": "M"}
{"entity": "ministry", "kind": "Organization", "name": "Ministry of A"}
{"entity": "minister", "kind": "Leader", "name": "The minister"}
{"entity": "envoy", "kind": "Leader", "name": "The envoy"}
{"entity": "force", "kind": "PeacekeepingForce", "name": "The force"}
{"entity": "yearbook", "kind": "Document", "name": "Yearbook", "published": "2002"}
{"entity": "text", "kind": "Agreement", "name": "The text", "date": "2001-05-03"}
{"claim": "leads", "from": "minister", "to": "ministry", "when": "2000/2003", "source": {"document": "yearbook", "locator": "page 7", "quote": "the minister, since 2000"}}
{"claim": "leads", "from": "minister", "to": "b", "when": "2005/.."}
{"claim": "partOf", "from": "ministry", "to": "a", "qualifiers": {"inferred": "Read from\n\"its name\"."}}
{"claim": "contributedTo", "from": "m", "to": "force", "stance": "IMPLIED", "source": {"document": "yearbook", "locator": "page 9"}}
{"claim": "signed", "from": "minister", "to": "text", "source": {"document": "yearbook", "locator": "page 1"}}
{"claim": "signed", "from": "envoy", "to": "text", "qualifiers": {"onBehalfOf": ["b"]}}
{"claim": "signed", "from": "envoy", "to": "text", "qualifiers": {"onBehalfOf": ["b"], "inferred": "The yearbook names the office."}, "source": {"document": "yearbook", "locator": "page 4"}}
{"claim": "mediated", "from": "force", "to": "text"}
`

// TestTraceOfStandIns shows by which claims a leader and a force count for their states, in each form of answer.
func TestTraceOfStandIns(t *testing.T) {
	folder := t.TempDir()
	must(t, standingRecords, "import", "--data", folder, "--dataset", "x", "-")
	var all strings.Builder
	for _, args := range []string{"trace x:a x:b", "trace x:a x:b --dot", "trace x:a x:b --cite"} {
		_, out, errs := entente(t, "", append(strings.Fields(args), "--data", folder)...)
		all.WriteString("$ entente " + args + "\n" + errs + out + "\n")
	}
	golden(t, "testdata/trace-stand-ins.golden", unmade(all.String(), folder))
	history := must(t, "", "history", "x:a", "x:b", "--data", folder, "--json")
	if n := strings.Count(history, `"rolledUpBy"`); n != 2 {
		t.Errorf("the history names in %d places what parts are rolled up by, want it at A and at M:\n%s", n, history)
	}
}

// wingRecords are a meeting of fronts that were there on behalf of their own wings.
const wingRecords = `{"entity": "a", "kind": "State", "name": "A"}
{"entity": "front", "kind": "ArmedGroup", "name": "The front"}
{"entity": "front-wing", "kind": "ArmedGroup", "name": "Wing of the front"}
{"entity": "union", "kind": "ArmedGroup", "name": "The union"}
{"entity": "union-wing", "kind": "ArmedGroup", "name": "Wing of the union"}
{"entity": "text", "kind": "Agreement", "name": "The text", "date": "2001-05-03"}
{"claim": "partOf", "from": "front-wing", "to": "front"}
{"claim": "partOf", "from": "union-wing", "to": "union"}
{"claim": "signed", "from": "a", "to": "text"}
{"claim": "signed", "from": "front", "to": "text", "qualifiers": {"onBehalfOf": "front-wing"}}
{"claim": "mediated", "from": "union", "to": "text", "qualifiers": {"onBehalfOf": "union-wing"}}
`

// TestOwnWings tells by which claims fronts count for themselves through their own wings, and by none where nothing is to be rolled up.
func TestOwnWings(t *testing.T) {
	folder := t.TempDir()
	must(t, wingRecords, "import", "--data", folder, "--dataset", "x", "-")
	for _, tt := range []struct {
		args, tells string
		times       int
	}{
		{"trace x:a x:front", "it counts for", 2},
		{"history x:a x:front --quotes", "it counts for", 2},
		{"history x:a x:front --json", `"rolledUpBy"`, 2},
	} {
		args := append(strings.Fields(tt.args), "--data", folder)
		rolled, plain := must(t, "", args...), must(t, "", append(args, "--no-roll-up")...)
		if n, none := strings.Count(rolled, tt.tells), strings.Count(plain, tt.tells); n != tt.times || none != 0 || !strings.Contains(plain, "The union") {
			t.Errorf("%s has %d times %s, and without roll-up %d times, want %d and none:\n%s\n%s", tt.args, n, tt.tells, none, tt.times, rolled, plain)
		}
	}
}

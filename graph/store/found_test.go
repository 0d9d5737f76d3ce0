package store

import (
	"testing"

	"entente/graph"
	"entente/graph/trace"
)

// TestFoundOnce asks different questions for findings, each twice: the second time, as for a second page, the answer is the one that was made
// the first time, and no two questions share one.
func TestFoundOnce(t *testing.T) {
	s := stage(t)
	none, first := uint64(0), uint64(1)
	made := make(map[*found]bool)
	for _, at := range []At{{}, {Commit: &none}, {Commit: &first, AsOf: graph.MustParseDate("1995")}, {AsOf: graph.MustParseDate("1996")}} {
		v, err := s.View(at)
		if err != nil {
			t.Fatal(err)
		}
		kinds := trace.FindingKinds()
		for _, f := range []FindingFilter{{}, {Budget: 1}, {About: new(Entity)}, {Kinds: kinds[:0]}, {Kinds: kinds[:1]}, {Kinds: kinds[1:]}} {
			answer, err := v.found(t.Context(), &f)
			if err != nil {
				t.Fatal(err)
			}
			again, err := v.found(t.Context(), &f)
			if err != nil {
				t.Fatal(err)
			}
			if again != answer {
				t.Errorf("%+v at %+v: asked again, all is looked for again", f, at)
			}
			if made[answer] {
				t.Errorf("%+v at %+v has the answer to another question", f, at)
			}
			made[answer] = true
		}
	}
}

// TestFoundSize weighs what a finding rests on, too, of which there may be any number, and an answer without findings.
func TestFoundSize(t *testing.T) {
	none, bare := &found{}, &found{findings: make([]trace.Finding, 1)}
	full := &found{findings: []trace.Finding{{With: make([]Entity, 10), Claims: make([]ClaimNo, 20), Grounds: make([]ClaimNo, 30)}}}
	if none.size() <= 0 || bare.size() <= none.size() || full.size()-bare.size() != 60*4 {
		t.Errorf("no finding takes %d bytes, one %d, and one with 60 numbers of 4 bytes %d", none.size(), bare.size(), full.size())
	}
}

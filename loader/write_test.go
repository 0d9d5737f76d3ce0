package loader_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph/store"
	"entente/loader"
)

// TestExported shows what an export looks like: what is folded into the record of an entity, and what is not.
func TestExported(t *testing.T) {
	records := `
{"entity": "ARM", "kind": "State", "name": "Armenia", "aliases": ["Republic of Armenia", "Armenian SSR"], "ids": {"iso3": "ARM", "x": ["2:b", "1"]}, "coder": "me", "key": "1"}
{"entity": "ARM", "name": "Hayastan", "transliteration": "Հայաստան", "coder": "me"}
{"entity": "ARM", "kind": "Place", "coder": "me", "key": "1"}
{"entity": "me", "kind": "Leader", "coder": "me", "status": "retired"}
{"entity": "me", "kind": "Place", "confidence": 0.25}
{"claim": "alias", "from": "ARM", "value": "Yerevan", "qualifiers": {"inferred": "metonymy"}, "coder": "me", "key": "1"}
{"claim": "memberOf", "from": "ARM", "to": "u:org", "when": "1991/..", "qualifiers": {"place": "ARM", "capacity": "\"full\"\tmember", "at": ["me", "ARM"]}, "stance": "DENIED", "said": "2020", "claimant": "me", "source": {"document": "doc", "locator": "1", "quote": "«a\\b»\nc"}}
{"entity": "u:org", "kind": "Organization"}
{"entity": "doc", "kind": "Document", "published": "2020-01"}
`
	want := `{"entity":"t:ARM","kind":"State","name":"Armenia","aliases":["Armenian SSR","Republic of Armenia"],"ids":{"iso3":"ARM","x":["1","2:b"]},"coder":"t:me","key":"1"}
{"claim":"kind","from":"t:ARM","value":"Place","coder":"t:me","key":"1"}
{"claim":"alias","from":"t:ARM","value":"Yerevan","qualifiers":{"inferred":"metonymy"},"coder":"t:me","key":"1"}
{"claim":"name","from":"t:ARM","value":"Hayastan","coder":"t:me"}
{"claim":"transliteration","from":"t:ARM","value":"Հայաստան","coder":"t:me"}
{"claim":"memberOf","from":"t:ARM","to":"u:org","qualifiers":{"at":["t:ARM","t:me"],"capacity":"\"full\"\tmember","place":["t:ARM"]},"when":"1991/..","said":"2020","stance":"DENIED","claimant":"t:me","source":{"document":"t:doc","locator":"1","quote":"«a\\b»\nc"}}
{"entity":"t:doc","kind":"Document","published":"2020-01"}
{"entity":"t:me","kind":"Leader","status":"retired","coder":"t:me"}
{"claim":"kind","from":"t:me","value":"Place","confidence":0.25}
{"entity":"u:org","kind":"Organization"}
`
	s := open(t)
	sound(t, load(t, s, loader.Options{}, text("f", records)))
	if diff := cmp.Diff(want, export(t, s)); diff != "" {
		t.Errorf("export (-want +got):\n%s", diff)
	}
	again := load(t, s, loader.Options{Dataset: "other"}, text("f", want))
	if sound(t, again); again.Commits != 0 {
		t.Errorf("importing the export again: %+v", again)
	}
}

// TestLongEntity checks that what an entity has too much of for one record is written beside it.
func TestLongEntity(t *testing.T) {
	s := open(t)
	var b strings.Builder
	b.WriteString(`{"entity": "x", "kind": "Document"}` + "\n")
	for i := range 7 {
		b.WriteString(`{"entity": "x", "text": "` + string(rune('a'+i)) + strings.Repeat("\\n", 100_000) + `"}` + "\n")
	}
	sound(t, load(t, s, loader.Options{}, text("f", b.String())))
	exported := export(t, s)
	for line := range strings.Lines(exported) {
		if len(line) > loader.MaxRecord {
			t.Errorf("a record of %d bytes", len(line))
		}
	}
	fresh := open(t)
	sound(t, load(t, fresh, loader.Options{}, text("f", exported)))
	if export(t, fresh) != exported {
		t.Error("the export of what an export was imported to differs")
	}
}

// TestExportSorting checks that a temporary file does not show in the export and is gone afterwards.
func TestExportSorting(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s := open(t)
	sound(t, load(t, s, loader.Options{}, text("f", string(generated(3000)))))
	want := export(t, s)
	for _, most := range []int{10_000, 1 << 17} {
		var b bytes.Buffer
		if err := loader.ExportSorting(t.Context(), s.Head(), &b, most); err != nil || b.String() != want {
			t.Errorf("sorting %d bytes in memory: %v, or another export", most, err)
		}
		if err := loader.ExportSorting(t.Context(), s.Head(), failing{}, most); !errors.Is(err, errFull) {
			t.Errorf("error = %v, want %v", err, errFull)
		}
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := loader.Export(ctx, s.Head(), &bytes.Buffer{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want %v", err, context.Canceled)
	}
}

// TestExportAt checks that an older commit is exported as it was.
func TestExportAt(t *testing.T) {
	s := open(t)
	sound(t, load(t, s, loader.Options{}, text("f", arm+deal)))
	want := export(t, s)
	sound(t, load(t, s, loader.Options{}, text("f", sign)))
	first := uint64(1)
	v, err := s.View(store.At{Commit: &first})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := loader.Export(t.Context(), v, &b); err != nil || b.String() != want {
		t.Errorf("%v, %s, want %s", err, &b, want)
	}
}

package graph

import (
	"strings"
	"testing"

	"github.com/google/uuid"
)

func TestParseID(t *testing.T) {
	tests := []struct {
		text, want string // an empty want is an error
	}{
		{"ARM", "entente:ARM"},
		{"pax:2324", "pax:2324"},
		{"paax:CON_61", "paax:CON_61"},
		{"a:b:c", "a:b:c"},
		{"entente:Շուշի", "entente:Շուշի"},
		{"entente:Ş", "entente:Ş"}, // decomposed becomes NFC
		{"", ""},
		{":x", ""},
		{"x:", ""},
		{"Pax:1", ""},
		{"1x:1", ""},
		{"a b", ""},
		{"a:b\n", ""},
		{"a:\xff", ""},
		{"a:" + strings.Repeat("x", 254), "a:" + strings.Repeat("x", 254)},
		{"a:" + strings.Repeat("x", 255), ""},
		{strings.Repeat("s", 32) + ":x", ""},
	}
	for _, test := range tests {
		got, err := ParseID(test.text, "entente")
		if string(got) != test.want || (err == nil) != (test.want != "") {
			t.Errorf("ParseID(%q) = %q, %v, want %q", test.text, got, err, test.want)
		}
	}
}

func TestIDsOfOtherDatasetsNeverMeet(t *testing.T) {
	a, _ := ParseID("1", "one")
	b, _ := ParseID("1", "two")
	if a == b || a.UUID() == b.UUID() {
		t.Errorf("%v and %v meet", a, b)
	}
}

func TestEntityUUIDIsGolden(t *testing.T) {
	id := ID("entente:ARM")
	if got, want := id.UUID(), uuid.MustParse("60b8cff7-13f4-552b-8329-aee736ee33d4"); got != want {
		t.Errorf("UUID of %s = %v, want %v for ever", id, got, want)
	}
	if id.Scheme() != "entente" || id.Name() != "ARM" {
		t.Errorf("scheme and name of %s = %q, %q", id, id.Scheme(), id.Name())
	}
}

func FuzzParseID(f *testing.F) {
	for _, s := range []string{"ARM", "pax:1", "a:b:c", ":", "é:é", "a:\u200b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := ParseID(s, "entente")
		if err != nil {
			return
		}
		again, err := ParseID(string(id), "other")
		if err != nil || again != id {
			t.Errorf("ParseID(%q) = %q, which is read again as %q, %v", s, id, again, err)
		}
	})
}

package main

import (
	"errors"
	"strings"
	"testing"

	"entente/graph"
)

func TestResolve(t *testing.T) {
	v := curatedView(t)
	armenia := graph.ID("entente:ARM").UUID().String()
	tests := []struct {
		text string
		want graph.ID // empty: several, or none
		told string   // of the error
	}{
		{"entente:ARM", "entente:ARM", ""},
		{armenia, "entente:ARM", ""},
		{"iso3:ARM", "entente:ARM", ""},
		{"ARM", "entente:ARM", ""},
		{"Armenia", "entente:ARM", ""}, // and not its army, parliament or ministry
		{"armenia", "entente:ARM", ""},
		{"Yerevan", "entente:ARM", ""}, // as a party; the town is none
		{"Никол Пашинян", "entente:pashinyan", ""},
		{"nikol pashinian", "entente:pashinyan", ""},
		{"Pashin", "", "FROM is \"Pashin\", which is neither an id nor a whole name; these have a name like it:\n  entente:pashinyan  Leader  Nikol Pashinyan"},
		{"Pashnian", "", "neither an id nor a whole name; these have a name like it:\n  entente:pashinyan  Leader  Nikol Pashinyan"},
		{"entente:lachin-corridor", "", "FROM is entente:lachin-corridor, found Place, expected State, Organization, ArmedGroup, Leader or PeacekeepingForce"},
		{"entente:nobody", "", "no entity at commit 1 has that id or a name like it"},
		{"", "", "no entity at commit 1 has that id or a name like it"},
	}
	for _, tt := range tests {
		e, err := resolver{v, partyKinds}.entity("FROM", tt.text)
		switch {
		case tt.want != "" && (err != nil || v.ID(e) != tt.want):
			t.Errorf("%q is %v, %v, want %s", tt.text, e, err, tt.want)
		case tt.want == "" && (!errors.Is(err, errUsage) || !strings.Contains(err.Error(), tt.told)):
			t.Errorf("%q: %v, want an error of usage with %q", tt.text, err, tt.told)
		}
	}
	if e, err := (resolver{view: v}).entity("--exclude", "Yerevan"); err == nil || !strings.Contains(err.Error(), "the name of several; give an id:\n  entente:") {
		t.Errorf("of all kinds two are called Yerevan, but it was taken for %d: %v", e, err)
	}
}

// TestCandidatesEnd lists no more than a screen of what a beginning may mean.
func TestCandidatesEnd(t *testing.T) {
	v := curatedView(t)
	_, err := resolver{view: v}.entity("--exclude", "a")
	if err == nil || strings.Count(err.Error(), "\n  entente:") != mostCandidates || !strings.HasSuffix(err.Error(), "  and more: "+errUsage.Error()) {
		t.Errorf("it lists\n%v", err)
	}
}

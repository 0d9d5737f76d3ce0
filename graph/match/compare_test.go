package match_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/graph"
	"entente/graph/match"
)

// TestCompare says of pairs whether they are proposed, and for what reasons. Of each record the first two are compared.
func TestCompare(t *testing.T) {
	const likely, unlikely = true, false
	tests := []struct {
		name    string
		records string
		want    bool
		reasons string // of what is compared, the beginnings of the texts
	}{
		{
			"a state and its government as UCDP writes it", `
			{"entity": "a", "kind": "State", "name": "Armenia"}
			{"entity": "b", "kind": "State", "name": "Government of Armenia"}`,
			likely, "the names \"Armenia\" and \"Government of Armenia\" are alike, 99 %; both are of the kind State",
		},
		{
			"another script", `
			{"entity": "a", "kind": "Leader", "name": "Никол Пашинян"}
			{"entity": "b", "kind": "Leader", "name": "Nikol Pashinian"}`,
			likely, "the names \"Nikol Pashinian\" and \"Никол Пашинян\" are spellings of one; both are of the kind Leader",
		},
		{
			"initials for given names", `
			{"entity": "a", "kind": "Leader", "name": "Nikol Pashinyan"}
			{"entity": "b", "kind": "Leader", "name": "N. Pashinyan"}`,
			likely, "the names \"N. Pashinyan\" and \"Nikol Pashinyan\" are alike, 96 %; both are of the kind Leader",
		},
		{
			"no initials for what is no person", `
			{"entity": "a", "kind": "ArmedGroup", "name": "Northern Tigers"}
			{"entity": "b", "kind": "ArmedGroup", "name": "N. Tigers"}`,
			unlikely, "the names \"N. Tigers\" and \"Northern Tigers\" are alike, 48 %; both are of the kind ArmedGroup",
		},
		{
			"an alias that is about another state", `
			{"entity": "a", "kind": "State", "name": "Armenia", "aliases": ["Republic Azerbaijan I. G. Alityev"]}
			{"entity": "b", "kind": "State", "name": "Azerbaijan", "aliases": ["Republic of Azerbaijan"]}`,
			unlikely, "the names \"Azerbaijan\" and \"Republic Azerbaijan I. G. Alityev\" are alike, 60 %; both are of the kind State",
		},
		{
			"a part of a country", `
			{"entity": "a", "kind": "State", "name": "Sudan"}
			{"entity": "b", "kind": "State", "name": "South Sudan"}`,
			unlikely, "the names \"South Sudan\" and \"Sudan\" are alike, 53 %; both are of the kind State",
		},
		{
			"acronyms that differ in one doubled letter", `
			{"entity": "a", "kind": "Organization", "name": "UNMIS"}
			{"entity": "b", "kind": "Organization", "name": "UNMISS"}`,
			unlikely, "the names \"UNMIS\" and \"UNMISS\" are alike, 50 %; both are of the kind Organization",
		},
		{
			"an acronym and what it stands for, in one place", `
			{"entity": "a", "kind": "ArmedGroup", "name": "NFLA"}
			{"entity": "b", "kind": "ArmedGroup", "name": "National Front for the Liberation of Arvania"}
			{"entity": "place-a", "kind": "Territory", "name": "Arvania"}
			{"entity": "place-b", "kind": "Territory", "name": "Republic of Arvania"}
			{"claim": "locatedIn", "from": "a", "to": "place-a"}
			{"claim": "locatedIn", "from": "b", "to": "place-b"}`,
			likely, "of the names \"NFLA\" and \"National Front for the Liberation of Arvania\" one has the first letters of the other; both are of the kind ArmedGroup; each is located in \"Arvania\"",
		},
		{
			"one name in two places", `
			{"entity": "a", "kind": "ArmedGroup", "name": "National Liberation Front"}
			{"entity": "b", "kind": "ArmedGroup", "name": "National Liberation Front"}
			{"entity": "place-a", "kind": "Territory", "name": "Arvania"}
			{"entity": "place-b", "kind": "Territory", "name": "Belmark"}
			{"claim": "locatedIn", "from": "a", "to": "place-a"}
			{"claim": "locatedIn", "from": "b", "to": "place-b"}`,
			unlikely, "the names are the same, \"National Liberation Front\"; both are of the kind ArmedGroup; they are located in different places",
		},
		{
			"a city is not the state that is spoken of by its name", `
			{"entity": "a", "kind": "State", "name": "Armenia", "metonyms": ["Yerevan"]}
			{"entity": "b", "kind": "Place", "name": "Yerevan"}`,
			unlikely, "the names have little in common, not even \"Armenia\" and \"Yerevan\"; one is of the kind Place, one of the kind State",
		},
		{
			"a name in brackets", `
			{"entity": "a", "kind": "State", "name": "Myanmar (Burma)"}
			{"entity": "b", "kind": "State", "name": "Burma"}`,
			likely, "the names are the same, \"Burma\"; both are of the kind State",
		},
		{
			"a faction in brackets", `
			{"entity": "a", "kind": "ArmedGroup", "name": "Arvanian Army (IM)"}
			{"entity": "b", "kind": "ArmedGroup", "name": "Arvanian Army (K)"}`,
			unlikely, "the names \"Arvanian Army (IM)\" and \"Arvanian Army (K)\" are alike, 69 %; both are of the kind ArmedGroup",
		},
		{
			"an id in common of a scheme that is not exact", `
			{"entity": "a", "kind": "State", "name": "Armenia", "ids": {"fips": "AM"}}
			{"entity": "b", "kind": "State", "name": "Hayastan", "ids": {"fips": "AM"}}`,
			likely, "the names have little in common, not even \"Armenia\" and \"Hayastan\"; both are of the kind State; both have the id fips:AM",
		},
		{
			"ids that a registry keeps apart", `
			{"entity": "a", "kind": "State", "name": "Congo", "ids": {"iso3": "COG"}}
			{"entity": "b", "kind": "State", "name": "Congo", "ids": {"iso3": "COD"}}`,
			unlikely, "the names are the same, \"Congo\"; both are of the kind State; they have different ids of the scheme iso3",
		},
		{
			"agreements of one day", `
			{"entity": "a", "kind": "Agreement", "name": "Ceasefire agreement", "date": "1994-05-09"}
			{"entity": "b", "kind": "Agreement", "name": "Ceasefire agreement", "date": "1994-05-09"}`,
			likely, "the names are the same, \"Ceasefire agreement\"; both are of the kind Agreement; both are dated 1994-05-09",
		},
		{
			"agreements of other days", `
			{"entity": "a", "kind": "Agreement", "name": "Ceasefire agreement", "date": "1994-05-09"}
			{"entity": "b", "kind": "Agreement", "name": "Ceasefire agreement", "date": "2020-10-10"}`,
			unlikely, "the names are the same, \"Ceasefire agreement\"; both are of the kind Agreement; their dates differ, 1994-05-09 and 2020-10-10",
		},
		{
			"terms of office that overlap", `
			{"entity": "a", "kind": "Leader", "name": "Mamedov"}
			{"entity": "b", "kind": "Leader", "name": "Mammadov"}
			{"entity": "s", "kind": "State", "name": "Azerbaijan"}
			{"claim": "leads", "from": "a", "to": "s", "when": "1992-03/1992-05"}
			{"claim": "leads", "from": "b", "to": "s", "when": "1992"}`,
			likely, "the names \"Mamedov\" and \"Mammadov\" are spellings of one; both are of the kind Leader; they were active at the same time; each leads \"Azerbaijan\"",
		},
		{
			"terms of office a lifetime apart", `
			{"entity": "a", "kind": "Leader", "name": "Mamedov"}
			{"entity": "b", "kind": "Leader", "name": "Mammadov"}
			{"entity": "s", "kind": "State", "name": "Azerbaijan"}
			{"entity": "z", "kind": "State", "name": "Arvania"}
			{"claim": "leads", "from": "a", "to": "s", "when": "1919/1920"}
			{"claim": "leads", "from": "b", "to": "z", "when": "1992/1993"}`,
			unlikely, "the names \"Mamedov\" and \"Mammadov\" are spellings of one; both are of the kind Leader; they were active 71 years apart; what one leads the other does not",
		},
		{
			"two sources on the same side of one meeting", `
			{"entity": "a", "kind": "Organization", "name": "Minsk Group"}
			{"entity": "b", "kind": "Organization", "name": "OSCE Minsk Group"}
			{"entity": "c1", "kind": "Organization", "name": "One data set"}
			{"entity": "c2", "kind": "Organization", "name": "Another"}
			{"entity": "m", "kind": "Agreement", "name": "Protocol"}
			{"entity": "n", "kind": "Event", "eventType": "TALKS", "name": "Round of talks"}
			{"claim": "mediated", "from": "a", "to": "m", "coder": "c1"}
			{"claim": "thirdParty", "from": "b", "to": "m", "coder": "c2"}
			{"claim": "mediated", "from": "a", "to": "n", "coder": "c1"}
			{"claim": "thirdParty", "from": "b", "to": "n", "coder": "c2"}`,
			likely, "the names \"Minsk Group\" and \"OSCE Minsk Group\" are alike, 75 %; both are of the kind Organization; different sources name them on the same side of 2 meetings",
		},
		{
			"one source that names both in one meeting", `
			{"entity": "a", "kind": "Organization", "name": "Front of Arvania"}
			{"entity": "b", "kind": "Organization", "name": "Arvania Front"}
			{"entity": "c1", "kind": "Organization", "name": "One data set"}
			{"entity": "m", "kind": "Agreement", "name": "Protocol"}
			{"claim": "signed", "from": "a", "to": "m", "coder": "c1"}
			{"claim": "signed", "from": "b", "to": "m", "coder": "c1"}`,
			unlikely, "the names \"Arvania Front\" and \"Front of Arvania\" are spellings of one; both are of the kind Organization; one source names both of them in 1 meeting",
		},
		{
			"meetings of the same parties", `
			{"entity": "a", "kind": "Agreement", "name": "Zvartnots communiqué", "date": "1994-05-09"}
			{"entity": "b", "kind": "Agreement", "name": "Zvartnots Communique", "date": "1994-05"}
			{"entity": "p", "kind": "State", "name": "Armenia"}
			{"entity": "q", "kind": "State", "name": "Azerbaijan"}
			{"claim": "signed", "from": "p", "to": "a"}
			{"claim": "signed", "from": "q", "to": "a"}
			{"claim": "signed", "from": "p", "to": "b"}
			{"claim": "signed", "from": "q", "to": "b"}`,
			likely, "the names \"Zvartnots Communique\" and \"Zvartnots communiqué\" are spellings of one; both are of the kind Agreement; their dates may be one, 1994-05 and 1994-05-09; 2 of 2 parties took part in both",
		},
		{
			"kinds that nobody confuses", `
			{"entity": "a", "kind": "Conflict", "name": "Nagorno-Karabakh"}
			{"entity": "b", "kind": "Territory", "name": "Nagorno-Karabakh"}`,
			unlikely, "the names are the same, \"Nagorno-Karabakh\"; one is of the kind Conflict, one of the kind Territory",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := view(t, tt.records)
			m := compare(t, v, "x:a", "x:b")
			if likely := m.Score >= 0.5; likely != tt.want {
				t.Errorf("score %.3f, want likely to be %v: %s", m.Score, tt.want, m.Why())
			}
			var texts []string
			for _, r := range m.Reasons {
				texts = append(texts, r.Text)
			}
			if diff := cmp.Diff(tt.reasons, strings.Join(texts, "; ")); diff != "" {
				t.Errorf("reasons (-want +got):\n%s", diff)
			}
		})
	}
}

// TestDenied shows whose word keeps a pair from being proposed.
func TestDenied(t *testing.T) {
	two := `{"entity": "a", "kind": "Leader", "name": "Mamedov"}
		{"entity": "b", "kind": "Leader", "name": "Mammadov"}
		{"entity": "c", "kind": "Leader", "name": "Mamedow"}`
	tests := []struct {
		name, claim string
		want        bool
	}{
		{"nobody says anything", `{"claim": "sameAs", "from": "a", "to": "c", "stance": "DENIED"}`, false},
		{"somebody denies it", `{"claim": "sameAs", "from": "a", "to": "b", "stance": "DENIED"}`, true},
		{"from the other side", `{"claim": "sameAs", "from": "b", "to": "a", "stance": "DENIED"}`, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if m := compare(t, view(t, two, tt.claim), "x:a", "x:b"); m.Denied != tt.want {
				t.Errorf("Denied = %v, want %v", m.Denied, tt.want)
			}
		})
	}
}

// TestDescription compares what somebody describes with what is in the graph.
func TestDescription(t *testing.T) {
	v := view(t, `{"entity": "front", "kind": "ArmedGroup", "name": "Arvanian Front"}
		{"entity": "arvania", "kind": "State", "name": "Arvania"}
		{"claim": "locatedIn", "from": "front", "to": "arvania"}`)
	front := profile(t, v, "x:front")
	plain := match.Description{Names: []string{"Front of Arvania", "Arvanian front"}, Kind: graph.ArmedGroup}
	there, elsewhere := plain, plain
	there.Related = []match.RelatedTo{{Predicate: graph.LocatedIn, Entity: ^front.Entity, Name: "Republic of Arvania"}}
	elsewhere.Related = []match.RelatedTo{{Predicate: graph.LocatedIn, Entity: ^front.Entity, Name: "Belmark"}}
	var scores []float64
	for _, d := range []match.Description{elsewhere, plain, there} {
		scores = append(scores, match.Compare(d.Profile(v), front).Score)
	}
	if !(scores[0] < scores[1] && scores[1] < scores[2]) {
		t.Errorf("scores elsewhere, without a place, there = %.3f, want them to rise", scores)
	}
}

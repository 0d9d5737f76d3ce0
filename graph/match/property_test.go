package match_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/match"
	"entente/graph/store"
)

// contextOf is the context of a test, or of one of the checks of a property, which has none of its own.
func contextOf(t any) context.Context {
	if t, ok := t.(*testing.T); ok {
		return t.Context()
	}
	return context.Background()
}

var (
	words = []string{
		"Armenia", "Армения", "Pashinyan", "Pashinian", "Пашинян", "of", "the", "Government", "Front", "Liberation",
		"People's", "South", "II", "FRUD", "N.", "Nikol", "Sudan", "Soudan", "SPLM/A", "(Burma)", "Grachev", "Grachov", "1994", "Ş",
	}
	someKinds = []graph.Kind{graph.State, graph.Organization, graph.ArmedGroup, graph.Leader, graph.Territory, graph.Agreement}
)

// records draws the records of a small graph: entities, and claims between them.
func records(t *rapid.T) []string {
	name := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 4).Draw(t, "words"), " ")
	})
	n := rapid.IntRange(2, 8).Draw(t, "entities")
	kinds := make([]graph.Kind, n)
	var list []string
	for i := range n {
		kinds[i] = rapid.SampledFrom(someKinds).Draw(t, "kind")
		list = append(list, fmt.Sprintf(`{"entity": "e%d", "kind": %q, "name": %q, "aliases": [%q]}`, i, kinds[i], name.Draw(t, "name"), name.Draw(t, "alias")))
		if rapid.Bool().Draw(t, "with an id") {
			list = append(list, fmt.Sprintf(`{"claim": "externalId", "from": "e%d", "value": "fips:%c"}`, i, rapid.RuneFrom([]rune("AB")).Draw(t, "id")))
		}
	}
	list = append(list, `{"entity": "coder-0", "kind": "Organization", "name": "Zero"}`, `{"entity": "coder-1", "kind": "Organization", "name": "One"}`)
	for range rapid.IntRange(0, 12).Draw(t, "ties") {
		i, j := rapid.IntRange(0, n-1).Draw(t, "actor"), rapid.IntRange(0, n-1).Draw(t, "meeting")
		if kinds[i].Party() && kinds[j] == graph.Agreement {
			role := rapid.SampledFrom([]string{"signed", "mediated", "thirdParty"}).Draw(t, "role")
			coder := rapid.IntRange(0, 1).Draw(t, "coder")
			list = append(list, fmt.Sprintf(`{"claim": %q, "from": "e%d", "to": "e%d", "coder": "coder-%d", "when": "%d"}`, role, i, j, coder, 1990+10*coder))
		}
	}
	return list
}

// comparisons are those of every two entities of a view, by their ids.
func comparisons(t *rapid.T, v *store.View) map[string]match.Match {
	m := match.NewMatcher(v)
	var profiles []*match.Profile
	for e := range v.All() {
		profiles = append(profiles, m.Profile(e))
	}
	all := make(map[string]match.Match)
	for _, a := range profiles {
		for _, b := range profiles {
			all[string(a.ID+" "+b.ID)] = match.Compare(a, b)
		}
	}
	return all
}

// ignoreProfiles compares matches by score and reasons: the numbers of entities are those of one store.
var ignoreProfiles = cmpopts.IgnoreFields(match.Match{}, "A", "B")

func TestCompareIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := comparisons(t, view(t, records(t)...))
		for pair, m := range all {
			a, b, _ := strings.Cut(pair, " ")
			if diff := cmp.Diff(m, all[b+" "+a], ignoreProfiles); diff != "" {
				t.Errorf("%s and back (-there +back):\n%s", pair, diff)
			}
			if m.Score <= 0 || m.Score > 1 {
				t.Errorf("%s: score %v", pair, m.Score)
			}
			if total := bitsOf(&m); (total > 0) != (m.Score > 0.5) && total != 0 {
				t.Errorf("%s: %v bits and score %v", pair, total, m.Score)
			}
		}
	})
}

// bitsOf is what the score is made of: the reasons, and what is assumed beforehand.
func bitsOf(m *match.Match) float64 {
	total := -2.0
	for _, r := range m.Reasons {
		total += r.Bits
	}
	return total
}

func TestOrderOfLoadingDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := records(t)
		first := comparisons(t, view(t, list...))
		second := comparisons(t, view(t, rapid.Permutation(list).Draw(t, "another order")...))
		if diff := cmp.Diff(first, second, ignoreProfiles); diff != "" {
			t.Errorf("another order of records, another outcome (-first +second):\n%s", diff)
		}
	})
}

// TestSpellingsComeFirst shows that nothing of the same kind is a better match for a name than another spelling of it.
func TestSpellingsComeFirst(t *testing.T) {
	spellings := [][2]string{
		{"Nikol Pashinyan", "Никол Пашинян"},
		{"Pavel Grachev", "Павел Грачёв"},
		{"Ilham Aliyev", "İlham Əliyev"},
		{"Vladimir Kazimirov", "Владимир Казимиров"},
		{"Levon Ter-Petrosyan", "Levon Ter-Petrosian"},
	}
	other := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(append(words, "Pavel", "Ilham", "Levon", "Ter", "Aliyev", "Vladimir")), 1, 4).Draw(t, "words"), " ")
	})
	rapid.Check(t, func(t *rapid.T) {
		pair := rapid.SampledFrom(spellings).Draw(t, "spellings")
		kind := rapid.SampledFrom(someKinds).Draw(t, "kind")
		v := view(t,
			fmt.Sprintf(`{"entity": "asked", "kind": %q, "name": %q}`, kind, pair[0]),
			fmt.Sprintf(`{"entity": "same", "kind": %q, "name": %q}`, kind, pair[1]),
			fmt.Sprintf(`{"entity": "other", "kind": %q, "name": %q}`, kind, other.Draw(t, "another name")))
		all := comparisons(t, v)
		same, other := all["x:asked x:same"], all["x:asked x:other"]
		if other.Score > same.Score {
			t.Errorf("%q scores %v (%s), another name %v (%s)", pair, same.Score, same.Why(), other.Score, other.Why())
		}
	})
}

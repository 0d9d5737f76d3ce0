package main

import (
	"math/rand/v2"
	"strings"
)

var (
	organizationNames = []string{"Union", "Assembly", "Council", "Conference", "League", "Committee", "Commission", "Contact Group"}
	groupNames        = []string{"Liberation Front", "People's Army", "Defence Force", "Resistance", "Brigade", "Movement", "Guard"}
	landNames         = []string{"Upper", "Lower", "Northern", "Southern", "Eastern", "Western", "Inner", "Old"}
	agreementNames    = []string{
		"Ceasefire Agreement", "Protocol", "Declaration", "Joint Statement", "Framework Agreement", "Memorandum", "Peace Accord",
		"Agreement on Prisoners", "Communiqué", "Implementation Agreement", "Roadmap", "Truce",
	}
	chainPredicates = []string{"follows", "follows", "implements", "implements", "supersedes"}

	// Syllables of made-up names; about one word in ten has an accent, so that searching has something to fold.
	onsets  = []string{"b", "d", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "ch", "kh", "br", "dr", "gr", "kr", "st", "tr"}
	nuclei  = []string{"a", "e", "i", "o", "u", "a", "e", "o", "ia", "ei"}
	accents = []string{"ö", "ü", "é", "ə"}
	codas   = []string{"", "", "", "n", "r", "l", "s", "m", "k", "t", "rd", "nd", "st"}
	endings = []string{"ov", "yan", "idze", "sen", "escu", "ic", "oglu", "ez", "ova", "man", "ski", "uri"}

	quoteWords = []string{
		"the", "parties", "agreed", "to", "a", "complete", "ceasefire", "and", "withdraw", "their", "forces", "from", "line", "of", "contact",
		"under", "auspices", "signed", "in", "presence", "observers", "who", "will", "monitor", "implementation", "prisoners", "shall", "be",
		"released", "without", "delay", "talks", "continue", "until", "final", "settlement", "is", "reached", "between", "delegations",
	}
)

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

func syllables(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(pick(r, onsets))
		if r.IntN(25) == 0 {
			b.WriteString(pick(r, accents))
		} else {
			b.WriteString(pick(r, nuclei))
		}
		b.WriteString(pick(r, codas))
	}
	return b.String()
}

// capital makes the first letter a capital one; onsets are ASCII.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func place(r *rand.Rand) string  { return capital(syllables(r, 2+r.IntN(2))) }
func given(r *rand.Rand) string  { return capital(syllables(r, 1+r.IntN(2))) }
func family(r *rand.Rand) string { return capital(syllables(r, 1+r.IntN(2)) + pick(r, endings)) }

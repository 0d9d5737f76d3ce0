package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/vellum/levenshtein"
)

// MatchKind says how a name was found: the weakest match of any word of the query.
type MatchKind uint8

// The kinds of match, strongest first.
const (
	ExactText       MatchKind = iota // the folded texts are equal
	Exact                            // every word of the query is a word of the name
	Transliteration                  // every word is, or is another spelling of, a word of the name
	Prefix                           // as above, or the last word begins a word of the name
	Fuzzy                            // as above, or a word is one or two slips from a word of the name
)

// String returns the name of the kind, in lower case; for another value, "unknown".
func (m MatchKind) String() string {
	if int(m) < len(matchNames) {
		return matchNames[m]
	}
	return "unknown"
}

var matchNames = [...]string{"exact text", "exact", "transliteration", "prefix", "fuzzy"}

// kind is how a word of a query matches a word of a name, strongest first. Fuzzy counts twice here, so
// that one slip ranks before two.
type kind uint8

const (
	exact kind = iota
	translit
	prefix
	oneEdit
	twoEdits
	unmatched
)

var matchOf = [unmatched]MatchKind{Exact, Transliteration, Prefix, Fuzzy, Fuzzy}

// baseOf is what a kind is worth: a whole, to which the covered share of the name, in (0, 1], is added.
// The text itself is worth one more than exact.
var baseOf = [unmatched]float64{4, 3, 2, 1, 0}

// word is a word with its forms.
type word struct {
	raw  string
	fold string
	keys []string // but fold, which is a form anyway
}

func newWord(raw string) word {
	w := word{raw: raw, fold: foldWord(raw)}
	w.keys = slices.DeleteFunc(wordKeys(raw), func(k string) bool { return k == w.fold })
	return w
}

// form returns the forms by number: the folded spelling is 0, keys follow.
func (w *word) form(i int) string {
	if i == 0 {
		return w.fold
	}
	return w.keys[i-1]
}

// queryWord is a word of a query and what it may match.
type queryWord struct {
	word
	prefix   bool               // it may begin a word
	edits    int                // it may be so many edits away
	automata []*levenshtein.DFA // of its forms, once a segment has asked for them
}

const (
	oneEditLetters  = 4
	twoEditsLetters = 8
	maxFuzzyLetters = 32 // an automaton for more costs more than it finds
)

// editsFor returns how many edits away a word of this folded spelling may be.
func editsFor(fold string) int {
	n := utf8.RuneCountInString(fold)
	switch {
	case n > maxFuzzyLetters, strings.ContainsFunc(fold, unicode.IsNumber):
		return 0
	case n >= twoEditsLetters:
		return 2
	case n >= oneEditLetters:
		return 1
	}
	return 0
}

// isFuzzy reports whether a form of q may be misspelt. A key can be longer than the word.
func (q *queryWord) isFuzzy(form string) bool {
	return q.edits > 0 && utf8.RuneCountInString(form) <= maxFuzzyLetters
}

// match returns how q matches w, if as strongly as limit or more so; else unmatched.
func (q *queryWord) match(w *word, limit kind) kind {
	if q.fold == w.fold {
		return exact
	}
	best := unmatched
	for i := range 1 + len(q.keys) {
		for j := range 1 + len(w.keys) {
			best = min(best, q.matchForm(q.form(i), w.form(j), min(best, limit)))
		}
	}
	if best > limit {
		return unmatched
	}
	return best
}

func (q *queryWord) matchForm(mine, theirs string, limit kind) kind {
	if mine == theirs {
		return translit
	}
	if q.prefix && strings.HasPrefix(theirs, mine) {
		return prefix
	}
	if limit >= oneEdit && q.isFuzzy(mine) {
		if d := distance(mine, theirs); d <= q.edits {
			return oneEdit + kind(d-1)
		}
	}
	return unmatched
}

// distance returns the edits between a and b, letter by letter: replacing, adding, dropping, swapping
// neighbours (which are then not edited again); 3 for any more than 2. One of the two has at most
// maxFuzzyLetters.
func distance(a, b string) int {
	const far = 3
	s, t := []rune(a), []rune(b)
	if len(s) > len(t) {
		s, t = t, s
	}
	if len(t)-len(s) >= far {
		return far
	}
	// rows[i%3][j] is the distance of s[:i] and t[:j].
	var rows [3][maxFuzzyLetters + far]int
	for j := range len(t) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(s); i++ {
		row, up, upup := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		row[0] = i
		least := i
		for j := 1; j <= len(t); j++ {
			d := min(row[j-1], up[j]) + 1
			if s[i-1] == t[j-1] {
				d = min(d, up[j-1])
			} else {
				d = min(d, up[j-1]+1)
			}
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				d = min(d, upup[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if least >= far+1 { // a swap may reach over one row
			return far
		}
	}
	return min(rows[len(s)%3][len(t)], far)
}

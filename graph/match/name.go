package match

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/graph/topology/names"
)

// A name is a name made ready for comparison.
type name struct {
	text    string
	primary bool // the entity's own name, not an alias or a transliteration
	partial bool // part of a longer name: what stands in its brackets
	words   []nameWord
	total   float64 // weight of all words
	acronym string  // the letters, of a name in capitals such as SPLM/A
	initial string  // the first letters of the words that bind nothing
	marks   string  // the words that set it apart from namesakes, sorted
}

type nameWord struct {
	names.Word
	weight float64
	class  class
}

const (
	maxNameWords    = 24 // of a name that are compared; longer ones are sentences
	letterWeight    = 0.3
	acronymLetters  = 10
	acronymWords    = 3
	shortestInitial = 3 // letters of an acronym that is compared with the first letters of a name
)

// newName prepares a name; false if it has no words.
func newName(text string, primary bool) (name, bool) {
	n := name{text: text, primary: primary}
	tokens := names.Tokens(text)
	tokens = tokens[:min(len(tokens), maxNameWords)]
	var letters, marks []string
	for _, token := range tokens {
		w := nameWord{Word: names.NewWord(token)}
		fold := w.Fold()
		w.class = classOf[fold]
		if w.weight = weightOf[w.class]; w.class == telling && utf8.RuneCountInString(fold) == 1 {
			w.weight = letterWeight
		}
		n.words = append(n.words, w)
		n.total += w.weight
		letters = append(letters, fold)
		if distinguishing[fold] || strings.ContainsFunc(fold, unicode.IsDigit) {
			marks = append(marks, fold)
		}
	}
	n.initial = initialsOf(tokens)
	slices.Sort(marks)
	n.marks = strings.Join(slices.Compact(marks), " ")
	if joined := strings.Join(letters, ""); isAcronym(text) && len(tokens) <= acronymWords && utf8.RuneCountInString(joined) <= acronymLetters {
		n.acronym = joined
	}
	return n, len(n.words) > 0
}

// initialsOf are the first letters of the words but those that bind.
func initialsOf(tokens []string) string {
	var b strings.Builder
	for _, token := range tokens {
		if fold := names.Fold(token); classOf[fold] != binding {
			first, _ := utf8.DecodeRuneInString(fold)
			b.WriteRune(first)
		}
	}
	return b.String()
}

// isAcronym reports whether all letters are capitals, and there are two at least.
func isAcronym(text string) bool {
	capitals := 0
	for _, r := range text {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals >= 2
}

// isLatin reports whether the letters, of which there are some, can be compared one by one with those of another acronym.
func isLatin(acronym string) bool {
	return acronym != "" && !strings.ContainsFunc(acronym, func(r rune) bool { return r >= utf8.RuneSelf })
}

// strength says, from 0 to 1, how much it tells that somebody has this name.
func (n *name) strength() float64 {
	if n.acronym != "" {
		return min(1, max(0, float64(utf8.RuneCountInString(n.acronym)-2))*0.25)
	}
	for i := range n.words {
		if n.words[i].class == telling && utf8.RuneCountInString(n.words[i].Fold()) >= 4 {
			return 1
		}
	}
	return 0.25
}

// What is worth how much that is not the same: initials for a given name, a slip of the keyboard, another acronym, a surname alone.
const (
	initialWorth = 0.9
	slipCost     = 1.2
	otherAcronym = 0.5
	surnameWorth = 0.85
)

// similarity is how alike two names are, from 0 to 1, and whether it is an acronym that stands for the other name. It is 1
// for names that have the same words up to script, romanisation, order and words that bind, and nearly 1 if they differ in
// words that style. Persons' given names may be initials. It is symmetric.
func similarity(a, b *name, person bool) (s float64, initials bool) {
	if b.text < a.text {
		a, b = b, a
	}
	if a.acronym != "" && a.acronym == b.acronym {
		return 1, false
	}
	s = align(a, b, person)
	if isLatin(a.acronym) && isLatin(b.acronym) {
		s = min(s, otherAcronym) // every letter tells: UNMIS is not UNMISS
	}
	if a.marks != b.marks {
		s *= 0.8
	}
	if person && (isSurname(a, b) || isSurname(b, a)) {
		s = max(s, surnameWorth)
	}
	if standsFor(a, b) || standsFor(b, a) {
		if worth := 0.8 + 0.05*float64(min(1, len(a.acronym+b.acronym)-shortestInitial)); worth > s { // one of them is empty
			return worth, true
		}
	}
	return s, false
}

// isSurname reports whether a is one word, the first or the last of b: sources leave given names out, and write them on either side.
func isSurname(a, b *name) bool {
	if len(a.words) != 1 || len(b.words) < 2 || a.words[0].weight < weightOf[telling] {
		return false
	}
	for _, w := range []*nameWord{&b.words[0], &b.words[len(b.words)-1]} {
		if edits, ok := a.words[0].Alike(&w.Word); ok && edits == 0 {
			return true
		}
	}
	return false
}

// standsFor reports whether a is an acronym made of the first letters of b's words.
func standsFor(a, b *name) bool {
	return a.acronym != "" && b.acronym == "" && len(a.acronym) >= shortestInitial && a.acronym == b.initial
}

// align pairs the words of two names, the best pairs first, and gives the weight of what was paired of the weight of
// all. Names of nothing but words that bind have no weight; they are alike if they are equal.
func align(a, b *name, person bool) float64 {
	if a.total+b.total == 0 {
		if names.Fold(a.text) == names.Fold(b.text) {
			return 1
		}
		return 0
	}
	type pair struct {
		i, j          int
		worth, weight float64
	}
	var pairs []pair
	for i := range a.words {
		for j := range b.words {
			if worth := wordWorth(&a.words[i], &b.words[j], person); worth > 0 {
				pairs = append(pairs, pair{i, j, worth, a.words[i].weight + b.words[j].weight})
			}
		}
	}
	slices.SortStableFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.worth, x.worth), cmp.Compare(y.weight, x.weight))
	})
	var usedA, usedB uint32
	paired := 0.0
	for _, p := range pairs {
		if usedA&(1<<p.i) == 0 && usedB&(1<<p.j) == 0 {
			usedA, usedB = usedA|1<<p.i, usedB|1<<p.j
			paired += p.worth * p.weight
		}
	}
	return min(1, paired/(a.total+b.total))
}

// wordWorth is how alike two words are, from 0 to 1.
func wordWorth(a, b *nameWord, person bool) float64 {
	if edits, ok := a.Alike(&b.Word); ok {
		letters := min(utf8.RuneCountInString(a.Fold()), utf8.RuneCountInString(b.Fold()))
		return 1 - slipCost*float64(edits)/float64(max(letters, 1))
	}
	if person && (isInitial(a, b) || isInitial(b, a)) {
		return initialWorth
	}
	return 0
}

// isInitial reports whether a is the first letter of b.
func isInitial(a, b *nameWord) bool {
	return utf8.RuneCountInString(a.Fold()) == 1 && strings.HasPrefix(b.Fold(), a.Fold())
}

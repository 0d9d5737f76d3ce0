package mapping

import (
	"fmt"
	"regexp"
	"strings"

	"entente/graph"
)

// A lookup gives values for words.
type lookup struct {
	place
	entries []entry // in the order of the mapping
}

// An entry is one word of a lookup.
type entry struct {
	word, value string
	within      *regexp.Regexp // finds the word in a longer text
}

// lookup reads the words of a lookup, or the name of one that the mapping has for all its tables.
func (d *decoder) lookup(n node) *lookup {
	if isText(n) {
		if l := d.lookups[n.Value]; l != nil {
			return l
		}
		names := make([]string, 0, len(d.lookups))
		for name := range d.lookups {
			names = append(names, name)
		}
		d.failNear(n.place, n.Value, "the name of one of the mapping's lookups", names)
		return &lookup{}
	}
	l := &lookup{place: n.place}
	d.members(n, "the name of a lookup, or an object of words and their values", func(word string, value node) {
		l.entries = append(l.entries, entry{word, d.text(value), wordIn(word)})
	})
	if n.Content == nil {
		d.fail(n.place, n.describe(), "words and their values")
	}
	return l
}

// wordIn finds a word, or several in a row, between other signs than letters and digits, in either case. A "*" at its end is for any
// ending.
func wordIn(word string) *regexp.Regexp {
	stem, open := strings.CutSuffix(word, "*")
	words := strings.Fields(stem)
	for i, w := range words {
		words[i] = regexp.QuoteMeta(w)
	}
	text := `(?i)(?:^|[^\pL\pN])` + strings.Join(words, `\s+`)
	if !open {
		text += `(?:[^\pL\pN]|$)`
	}
	return regexp.MustCompile(text) // whatever the words are, they are quoted
}

// exactly finds the value of a word.
func (l *lookup) exactly(word string) (value string, ok bool) {
	for i := range l.entries {
		if l.entries[i].word == word {
			return l.entries[i].value, true
		}
	}
	return "", false
}

// within finds the first word of the lookup that stands in the text.
func (l *lookup) within(text string) (value string, ok bool) {
	for i := range l.entries {
		if l.entries[i].within.MatchString(text) {
			return l.entries[i].value, true
		}
	}
	return "", false
}

// expected names the words that there are, or the first of them.
func (l *lookup) expected() string {
	const most = 8
	var b strings.Builder
	for i := range l.entries {
		if i == most {
			fmt.Fprintf(&b, ", or one of %d others", len(l.entries)-most)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(graph.Quoted(l.entries[i].word))
	}
	return b.String()
}

// values are all values of the lookup.
func (l *lookup) values() []string {
	list := make([]string, len(l.entries))
	for i := range l.entries {
		list[i] = l.entries[i].value
	}
	return list
}

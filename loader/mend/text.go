package mend

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// misreadings are the encodings that parts of the tables were taken for before they were stored.
var misreadings = []*charmap.Charmap{charmap.ISO8859_1, charmap.Windows1252, charmap.Macintosh}

// mended is a text whose UTF-8 had been read as something else, as it was before; ok is false for any other text.
func mended(text string) (was string, ok bool) {
	// A no-break space at the end of a cell has lost its second half with the white space around the cell.
	whole := text
	if strings.HasSuffix(text, "Â") {
		whole += "\u00a0"
	}
	for _, misreading := range misreadings {
		was, err := misreading.NewEncoder().String(whole)
		if err == nil && was != whole && utf8.ValidString(was) {
			return format.Line(was), true
		}
	}
	return text, false
}

// declare is [format.Out.Entity] for an entity whose names may be garbled: then what was found is an alias, and what it was before
// is inferred.
func declare(out *format.Out, place table.Place, e format.Entity, base graph.Claim) {
	before := format.Entity{ID: e.ID}
	aliases := e.Aliases
	if was, garbled := mended(e.Name); garbled {
		aliases = append(aliases, e.Name)
		before.Name, e.Name = was, ""
	}
	for _, alias := range e.Aliases {
		if was, garbled := mended(alias); garbled {
			before.Aliases = append(before.Aliases, was)
		}
	}
	e.Aliases = aliases
	out.Entity(place, e, base)
	if strings.ContainsFunc(e.Name, isC1) {
		out.Note("a name with a control character, which stands for a letter that is lost", place, e.Name)
	}
	if before.Name == "" && before.Aliases == nil {
		return
	}
	out.Note("a name whose UTF-8 had been read in another encoding; it is claimed as found and as it was before", place, strings.Join(aliases, ", "))
	base.Qualifiers = append(slices.Clone(base.Qualifiers), inferred("the name found is UTF-8 read in another encoding"))
	out.Entity(place, before, base)
}

// isC1 reports whether a character is one of the control characters that UTF-8 has beyond ASCII.
func isC1(r rune) bool { return r >= 0x80 && r < 0xa0 }

// slug is the part of an id that a name makes, as it was before it was garbled; empty if the name has no letter or digit. A long
// name is cut, and told apart by its hash.
func slug(name string) string {
	const most = 160
	name, _ = mended(name)
	s := format.Slug(name)
	if len(s) <= most {
		return s
	}
	cut := most
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "-" + hash(s)
}

// hash is a short name for a text.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// passage is the sentence of a text in which a name first stands as a whole word; empty if there is none. Of a long one it is
// the stretch around the name.
func passage(text, name string) string {
	at := wordIndex(text, name)
	if at < 0 {
		return ""
	}
	const around = 160
	start, end := at, at+len(name)
	for start > 0 && at-start < around && !sentenceEnds(text, start) {
		start--
	}
	for end < len(text) && end-at-len(name) < around && !sentenceEnds(text, end) {
		end++
	}
	for start < at && !wordStarts(text, start) {
		start++
	}
	for end < len(text) && end > at+len(name) && !wordStarts(text, end) {
		end--
	}
	return strings.TrimSpace(text[start:end])
}

// sentenceEnds reports whether white space after the end of a sentence is at i.
func sentenceEnds(text string, i int) bool {
	return i > 1 && (text[i] == ' ' || text[i] == '\n') && strings.IndexByte(".!?", text[i-1]) >= 0 && !unicode.IsUpper(rune(text[i-2]))
}

// wordStarts reports whether white space is at i or before it.
func wordStarts(text string, i int) bool {
	return i == 0 || text[i] == ' ' || text[i] == '\n' || text[i-1] == ' ' || text[i-1] == '\n'
}

// wordIndex is where a name stands in a text by itself, or -1. "Sudan" is not in "Sudanese"; nor, being one word, in "South Sudan"
// or "Sudan Tribune", which are other names.
func wordIndex(text, name string) int {
	if name == "" {
		return -1
	}
	one := !strings.Contains(name, " ")
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return -1
		}
		start, end := from+i, from+i+len(name)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !isWord(before) && !isWord(after) && !(one && partOfName(text[:start], text[end:])) {
			return start
		}
		from = end
	}
}

// partOfName reports whether the word before or the word after begins with a capital.
func partOfName(before, after string) bool {
	if word, ok := strings.CutSuffix(before, " "); ok {
		first, _ := utf8.DecodeRuneInString(word[strings.LastIndexAny(word, " \n")+1:])
		if unicode.IsUpper(first) {
			return true
		}
	}
	word, ok := strings.CutPrefix(after, " ")
	first, _ := utf8.DecodeRuneInString(word)
	return ok && unicode.IsUpper(first)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// inferred is the qualifier that says why a claim is believed which the source does not make itself.
func inferred(why string) graph.Qualifier {
	return graph.Qualifier{Name: graph.Inferred, Value: why}
}

// clip shortens a text for a locator.
func clip(s string) string {
	const most = 200
	if len(s) <= most {
		return s
	}
	cut := most
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

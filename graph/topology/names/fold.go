package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// maxWord is the number of letters after which a word is cut. No name has such a word; a pasted
// blob has, and would fill the dictionaries with itself.
const maxWord = 64

// Fold returns the words of s in their folded spelling, joined by single spaces: lower case, without
// marks, apostrophes and punctuation, in the script they came in. Two texts whose folds are equal are
// the same name to a reader in a hurry. A text without letters and digits folds to "".
func Fold(s string) string {
	var b strings.Builder
	for i, tok := range Tokens(s) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(foldWord(tok))
	}
	return b.String()
}

// Tokens returns the words of s in order, repetitions included. A word is a run of letters and digits,
// lower case, in Unicode's NFKC, cut at 64 letters. Marks are kept, since ş is not s to [Keys].
// Apostrophes vanish (Solov'ev is one word) but after an elided d or l (Côte d'Ivoire has three);
// everything else parts words. Invalid UTF-8 parts words too. No words: nil.
func Tokens(s string) []string {
	var toks []string
	eachWord(nil, s, func(w []byte) { toks = append(toks, string(w)) })
	return toks
}

type text interface{ string | []byte }

// eachWord calls yield with each word of s. The bytes are valid until yield returns. It uses buf as
// scratch and returns it, perhaps grown, so that a bulk load allocates nothing here.
func eachWord[T text](buf []byte, s T, yield func(word []byte)) []byte {
	if !isASCII(s) {
		return eachWordUnicode(buf, caseless(string(s)), yield)
	}
	buf = buf[:0]
	for i := 0; i <= len(s); i++ {
		var c byte = ' '
		if i < len(s) {
			c = s[i]
		}
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			buf = append(buf, c)
		case 'A' <= c && c <= 'Z':
			buf = append(buf, c+'a'-'A')
		case (c == '\'' || c == '`') && !elided(buf):
		case len(buf) > 0:
			yield(buf[:min(len(buf), maxWord)])
			buf = buf[:0]
		}
	}
	return buf
}

func eachWordUnicode(buf []byte, s string, yield func(word []byte)) []byte {
	buf = buf[:0]
	letters := 0
	flush := func() {
		if len(buf) > 0 {
			yield(buf)
		}
		buf, letters = buf[:0], 0
	}
	for i, r := range s {
		switch {
		case joins(r):
			if elided(buf) {
				flush()
			}
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r) && len(buf) > 0:
			// U+FFFD is no letter, so r was read from s whole and the copy below is valid.
			if letters < maxWord {
				buf = append(buf, s[i:i+utf8.RuneLen(r)]...)
			}
			letters++
		default:
			flush()
		}
	}
	flush()
	return buf
}

// elided reports whether an apostrophe after word ends it: d'Ivoire, l'Aquila.
func elided(word []byte) bool {
	return len(word) == 1 && (word[0] == 'd' || word[0] == 'l')
}

// joins reports whether r stands inside words without parting them: apostrophes, some of which
// Unicode calls letters, the accents of Armenian sentences, and invisible format characters.
func joins(r rune) bool {
	switch r {
	case '\'', '`', '’', '‘', '‛', 'ʹ', 'ʺ', 'ʻ', 'ʼ', 'ʽ', 'ʾ', 'ʿ', '՚', '՛', '՜', '՝', '՞':
		return true
	}
	return r >= utf8.RuneSelf && unicode.Is(unicode.Cf, r)
}

// caseless is NFKC of the case-folded s. Folding can undo a normal form and normalising can bring
// capitals back (℡), hence twice.
func caseless(s string) string {
	fold := cases.Fold() // Casers keep state: not to be shared by goroutines.
	// Beside an invalid byte package norm leaves what it should normalize; U+FFFD parts words as well.
	s = fold.String(norm.NFD.String(strings.ToValidUTF8(s, "\uFFFD")))
	return norm.NFKC.String(fold.String(norm.NFKC.String(s)))
}

// bare are letters whose marks Unicode does not take apart, and ə as it is typed where there is none.
var bare = strings.NewReplacer("ə", "e", "ә", "e", "ı", "i", "ł", "l", "đ", "d", "ð", "d", "ø", "o",
	"ħ", "h", "ŧ", "t", "æ", "ae", "œ", "oe", "þ", "th", "ß", "ss")

// foldWord returns the folded spelling of a word made by [Tokens].
func foldWord(word string) string {
	if isASCII(word) {
		return word
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(word) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	// Composed again: Hangul syllables came apart too.
	if f := bare.Replace(norm.NFC.String(b.String())); f != "" {
		return f
	}
	return word
}

func isASCII[T text](s T) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

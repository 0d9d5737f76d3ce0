package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxKeys bounds the keys of a word: three forks. Later forks take their first reading.
const maxKeys = 8

// rule makes spellings of one sound or one name the same. In from and to, ^ and $ are the beginning
// and the end of the word.
type rule struct {
	from []string
	to   string
	why  string
}

// soundRules are applied first, in one pass from left to right, the earlier rule winning where two
// fit. They know nothing but letters.
var soundRules = []rule{
	{[]string{"^yo"}, "^io", "a word keeps its initial glide before o: York, Yolkin"},
	{[]string{"^x"}, "^h", "Azerbaijani x is kh; initial x is so elsewhere too, if not z"},
	{[]string{"chyov$", "chiov$", "chov$", "chev$"}, "chev$", "ё after a hushing sound is written e, o, yo: Grachev, Grachov"},
	{[]string{"shyov$", "shov$", "shev$"}, "shev$", "as above: Ershov"},
	{[]string{"zhyov$", "zhov$", "zhev$"}, "zhev$", "as above: Ryzhov"},
	{[]string{"chyova$", "chiova$", "chova$", "cheva$"}, "cheva$", "as above, a woman's name"},
	{[]string{"shyova$", "shova$", "sheva$"}, "sheva$", "as above, a woman's name"},
	{[]string{"ej$", "ey$", "ei$"}, "ei$", "-ей: Sergey, Sergei, Sergej"},
	{[]string{"yo", "ye", "e"}, "e", "ё is mostly printed е, and е is ye to some and e to others: Fyodorov, Yerevan"},
	{[]string{"dzh", "dj", "j"}, "j", "дж is j: Dzhafarov, Jafarov; French Andjaparidze"},
	{[]string{"ij$", "iy$", "yy$", "yj$", "y$", "i$"}, "i$", "-ий, -ый: Zelenskyy, Zelenskiy, Zelenskij, Zelensky"},
	{[]string{"aj$", "ay$", "ai$"}, "ai$", "-ай: Nikolay, Nikolai"},
	{[]string{"tch", "ch"}, "ch", "French tch: Kotcharian"},
	{[]string{"kh", "h"}, "h", "х stands for h and for kh, and Russian has no h: Ilham, Ильхам"},
	{[]string{"gh", "g"}, "g", "ղ and ğ: Ghukasyan, Gukasyan; Aghdam, Agdam"},
	{[]string{"tz", "ts"}, "ts", "ц: Tzarukyan, Tsarukyan"},
	{[]string{"x", "ks"}, "ks", "кс: Alexei, Aleksey"},
	{[]string{"y", "i"}, "i", "the glide and the vowel: Pashinyan, Pashinian"},
}

// wordRules are applied after doubled letters have become one, and know endings and names. A name
// stands here if its two usual spellings come from two languages, so that no rule of sounds can know.
var wordRules = []rule{
	{[]string{"^of$"}, "^of$", "the word itself is no surname"},
	{[]string{"of$", "ov$"}, "ov$", "-off is -ov in older romanisations"},
	{[]string{"iev$", "ev$"}, "ev$", "Soloviev, Solovyev; Aliev, Aliyev"},
	{[]string{"ieva$", "eva$"}, "eva$", "as above, a woman's name"},
	{[]string{"ean$", "ian$"}, "ian$", "-եան of the classical spelling is -յան"},
	{[]string{"andr$", "ander$"}, "ander$", "Aleksandr, Alexander"},
	{[]string{"amed", "amad"}, "amad", "Mamedov through Russian, Mammadov from Azerbaijani"},
	{[]string{"hmed", "hmad"}, "hmad", "Ahmed, Ahmad"},
	{[]string{"omed", "omad"}, "omad", "Mohammed, Mohammad"},
	{[]string{"sarkis", "sargis", "sargs"}, "sargs", "Sargsyan from Armenian, Sarkisyan through Russian"},
	{[]string{"^harut", "^arut"}, "^arut", "Harutyunyan from Armenian, Arutyunyan through Russian, which has no h"},
	{[]string{"^karabag$", "^garabag$", "^garabah$", "^karabah$"}, "^karabah$", "Qarabağ, Karabakh, Garabagh"},
	{[]string{"^baki$", "^baku$"}, "^baku$", "Bakı, Baku"},
	{[]string{"^ceihun$", "^jeihun$"}, "^jeihun$", "Ceyhun has no letter that shows it Azerbaijani"},
}

var (
	sounds = replacer(soundRules)
	words  = replacer(wordRules)
)

func replacer(rules []rule) *strings.Replacer {
	var pairs []string
	for _, r := range rules {
		for _, f := range r.from {
			pairs = append(pairs, f, r.to)
		}
	}
	return strings.NewReplacer(pairs...)
}

// Keys returns the variant keys of a word, sorted, without repetition, at most eight and at least one
// for a word with letters or digits: what is left of it when script and romanisation are taken away. Two
// words with a key in common are taken for spellings of the same name: Pashinyan, Pashinian, Пашинян and
// Փաշինյան have "pashinian". A word all of digits is its own key. Letters of scripts that the tables do
// not know stay as they are, folded. Token is a word as [Tokens] gives it; of anything else the first
// word is taken, and without one there are no keys.
func Keys(token string) []string {
	toks := Tokens(token)
	if len(toks) == 0 {
		return nil
	}
	return wordKeys(toks[0])
}

// wordKeys is [Keys] for a word known to come from eachWord.
func wordKeys(word string) []string {
	if isNumber(word) {
		return []string{word}
	}
	keys := romanise(word)
	for i, k := range keys {
		k = sounds.Replace("^" + k + "$")
		k = words.Replace(undouble(k))
		if k = k[1 : len(k)-1]; k == "" {
			k = foldWord(word) // nothing but hard and soft signs
		}
		keys[i] = k
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// romanise returns the readings of word in Latin letters.
func romanise(word string) []string {
	if isASCII(word) && !strings.ContainsRune(word, 'q') {
		return []string{word} // nothing below applies; nearly all words are such
	}
	readings := []string{""}
	add := func(s string) {
		for i := range readings {
			readings[i] += s
		}
	}
	fork := func(s, t string) {
		n := len(readings)
		if 2*n > maxKeys {
			add(s)
			return
		}
		readings = append(readings, readings...)
		for i := range readings {
			if i < n {
				readings[i] += s
			} else {
				readings[i] += t
			}
		}
	}
	isTurkic := strings.ContainsAny(word, turkic)
	skip := false
	for i, r := range word {
		if skip {
			skip = false
			continue
		}
		first := i == 0
		next, _ := utf8.DecodeRuneInString(word[i+utf8.RuneLen(r):])
		switch {
		case r == 'ո' && next == 'ւ':
			add("u")
			skip = true
		case r == 'ո' && first:
			add("vo")
		case r == 'г' && first:
			fork("g", "h") // Гейдар is Heydar, Грачёв is Grachev
		case r == 'c' && isTurkic:
			add("j")
		case r == 'x' && isTurkic:
			add("kh")
		case r < utf8.RuneSelf && r != 'q': // the only fork in ASCII
			add(string(r))
		default:
			if f, ok := forks[r]; ok {
				fork(f[0], f[1])
			} else if s, ok := latin[r]; ok {
				add(s)
			} else if !unicode.Is(unicode.Mn, r) {
				add(foldWord(string(r)))
			}
		}
	}
	return readings
}

// undouble makes each run of one letter a single one. Digits stay: 11 is not 1.
func undouble(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if i > 0 && s[i] == s[i-1] && 'a' <= s[i] && s[i] <= 'z' {
			continue
		}
		b = append(b, s[i])
	}
	return string(b)
}

func isNumber(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

package pax

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"entente/graph"
)

// A citation is what OthAgr names.
type citation struct {
	title     string
	predicate graph.Predicate
	quote     string
}

// citations claims which other texts the agreement speaks of, as candidates: the coders quote a passage, and that it implements
// what it names is our reading of its words. The row does not tell which agreement has the title, so each is cited in words.
func (a *agreement) citations() {
	cell := a.text("OthAgr")
	if cell == "" {
		return
	}
	list := readCitations(cell)
	if len(list) == 0 {
		a.out.Note("OthAgr names no text by a title, a date or a number that was recognized, left out", a.row.Place("OthAgr"), a.name+", "+graph.Quoted(cell))
	}
	for i, cited := range list {
		c := a.at("OthAgr")
		c.Key = fmt.Sprintf("%s, OthAgr %d", a.name, i+1)
		c.From, c.Predicate, c.Value, c.Stance, c.Source.Quote = a.id, cited.predicate, cited.title, graph.Implied, cited.quote
		a.out.Claim(a.row.Place("OthAgr"), c)
	}
}

// readCitations finds the texts that a cell names, each once.
func readCitations(cell string) []citation {
	var list []citation
	places := make(map[string]int)
	add := func(c citation) {
		key := strings.ToLower(c.title)
		i, known := places[key]
		switch {
		case !known:
			places[key] = len(list)
			list = append(list, c)
		case list[i].predicate == graph.ReferencesTo:
			list[i] = c // that it implements it says more than that it names it
		}
	}
	for _, p := range pieces(cell) {
		if isTitle(p.text) && (!afterPage(cell, p) || isSpecific(wordSpans(p.text), "")) {
			lead := leadIn.FindString(p.text)
			add(citation{strings.Trim(p.text[len(lead):], `"“” `), relation(lead), cell[p.start:p.end]})
			continue
		}
		for _, c := range citedIn(cell[p.start:p.end]) {
			add(c)
		}
	}
	return list
}

// leadIn is what stands before a title in a line of its own.
var leadIn = regexp.MustCompile(`^["“]?(?i:(?:(?:further|also|and|in|the|taking into account|recalling|welcoming|considering|referring to|according to|in accordance with|accordance with|pursuant to|based on|reaffirming|application of|view of|implementation of|having regard to|bearing in mind|mindful of|noting|with reference to|as per)[,:]?\s+)+)`)

// afterPage reports whether the number of a page stands before a piece, which then may be the title of a section there.
func afterPage(cell string, p piece) bool {
	line := cell[strings.LastIndexByte(cell[:p.start], '\n')+1 : p.start]
	return strings.Contains(strings.ToLower(line), "page")
}

// texts are the words for texts that can be cited.
var texts = wordSet(`agreement agreements accord accords protocol protocols declaration declarations memorandum memoranda statement treaty communiqué communique
	charter constitution compact pact resolution resolutions convention conventions covenant understanding roadmap acuerdo acuerdos accord protocole`)

// verbs tell a sentence from a title, and so does "may", unless it is the month.
var verbs = wordSet(`is are was were has have had shall will must should can agree agrees agreed adopt adopts recall recalls reaffirm reaffirms reiterate reiterates
	note notes include includes page article para paragraph`)

// longestTitle is how long a title may be, longestQuote what is quoted of a long passage, longestLead how far before a title is read what is done with it.
const (
	longestTitle = 250
	longestQuote = 400
	longestLead  = 80
)

// isTitle reports whether a piece is the title of a text and nothing else: from its first word on it is one, or it begins with the
// word for the text, or nearly so, and has a year.
func isTitle(text string) bool {
	if len(text) > longestTitle || hasWord(text, verbs) || strings.Contains(text, " may ") || strings.Contains(text, "…") || strings.Contains(text, ". ") || strings.HasPrefix(text, "[") {
		return false
	}
	words := wordSpans(text[len(leadIn.FindString(text)):])
	for i, w := range words {
		if texts[bare(w.text)] {
			from, _ := extent(words, i)
			return from == 0 && isUpper(w.text) || i <= 2 && year.MatchString(text)
		}
	}
	return false
}

// citedIn are the texts that a passage names within sentences.
func citedIn(text string) []citation {
	var list []citation
	words := wordSpans(text)
	for i := 0; i < len(words); i++ {
		if !texts[bare(words[i].text)] || i+1 < len(words) && bare(words[i+1].text) == "organization" {
			continue // the North Atlantic Treaty Organization is no text
		}
		from, to := extent(words, i)
		if !isSpecific(words[from:to], words[i].text) || from > 0 && pointing[bare(words[from-1].text)] {
			continue
		}
		start, end := words[from].start, words[to-1].end
		title := strings.Trim(oneLine(text[start:end]), ` ,.;:"“”()[]`)
		if strings.Contains(title, "(") && !strings.Contains(title, ")") {
			title += ")"
		}
		list = append(list, citation{title, relation(oneLine(text[max(0, start-longestLead):start]) + " "), passage(text, start, end)})
		i = to - 1
	}
	return list
}

// A word is a word of a text, with where it stands.
type word struct {
	text       string
	start, end int
}

func wordSpans(text string) []word {
	var list []word
	start := -1
	for i, r := range text + " " {
		switch {
		case unicode.IsSpace(r) && start >= 0:
			list = append(list, word{text[start:i], start, i})
			start = -1
		case !unicode.IsSpace(r) && start < 0:
			start = i
		}
	}
	return list
}

var (
	// connectors are the small words within titles.
	connectors = wordSet("of on for the and to between in concerning regarding dated signed from at with de la del los y sobre para entre")
	// pointing words before a text mean the agreement itself, or one that was named before.
	pointing = wordSet("this these present said such that our any each an a")
	// openings are capitalized at the beginning of a sentence, and part of no title.
	openings = wordSet(`the this these in on as per under by considering recalling pursuant according having following reaffirming noting based building
		bearing mindful welcoming recognizing recognising acknowledging affirming emphasizing stressing implementing implementation whereas while since both all we page para article
		section chapter preamble untitled respecting taking guided with to and of for from committed convinced aware parties party`)
	// plainWords are capitalized for being a title, and say nothing of which text it is.
	plainWords = wordSet(`this the these peace final joint general comprehensive ceasefire cease-fire framework agreement interim draft said page article preamble chapter annex
		present parties party of and on implementation political preliminary security cessation hostilities`)
	year = regexp.MustCompile(`\b(?:19|20)[0-9]{2}\b`)
	// reference is how a text is numbered: "757", "2254(2015)".
	reference = regexp.MustCompile(`^(?:[0-9]{2,4}|[0-9]{2,4}\([0-9]{4}\)|[A-Z]+(?:/[A-Za-z0-9.]+)+)`)
)

// extent is how far the title goes to both sides of the word for the text.
func extent(words []word, i int) (from, to int) {
	from = i
	for j := i - 1; j >= 0 && i-j < 12; j-- {
		w := words[j].text
		if strings.ContainsAny(lastByte(w), ".;:,)") && !isInitial(w) || openings[bare(w)] && isUpper(w) && (j == 0 || endsSentence(words[j-1].text)) {
			break
		}
		if isUpper(w) || len(w) == len("2001") && year.MatchString(w) {
			from = j
		} else if !connectors[bare(w)] || bare(w) == "the" {
			break
		}
	}
	for from < i && (connectors[bare(words[from].text)] || openings[bare(words[from].text)] && from < i-1 && connectors[bare(words[from+1].text)]) {
		from++
	}
	to = i + 1
	for k := i + 1; k < len(words) && k-i < 30 && !endsAt(words, k-1); k++ {
		w := words[k].text
		if k == i+1 && bare(w) == "and" {
			break
		}
		if isUpper(w) || isDigit(w) || w[0] == '(' && year.MatchString(w) {
			to = k + 1
		} else if !connectors[bare(w)] {
			break
		}
	}
	return from, to
}

// endsAt reports whether a title cannot go on behind a word. A comma before a year does not end it.
func endsAt(words []word, i int) bool {
	if words[i].text == "No." {
		return false
	}
	switch lastByte(words[i].text) {
	case ".", ";", ":", ")":
		return true
	case ",":
		return i+1 >= len(words) || !year.MatchString(words[i+1].text)
	}
	return false
}

func endsSentence(w string) bool { return strings.ContainsAny(lastByte(w), ".;:,") }

func lastByte(w string) string { return w[len(w)-1:] }

func isUpper(w string) bool {
	for _, r := range w {
		if unicode.IsLetter(r) {
			return unicode.IsUpper(r)
		}
	}
	return false
}

func isDigit(w string) bool { return w[0] >= '0' && w[0] <= '9' }

// isSpecific reports whether words tell which text they mean: by a name, a year or a number.
func isSpecific(words []word, noun string) bool {
	for i, w := range words {
		if year.MatchString(w.text) || i > 0 && strings.HasPrefix(bare(words[i-1].text), "resolution") && reference.MatchString(w.text) {
			return true
		}
		if isUpper(w.text) && w.text != noun && !plainWords[bare(w.text)] && !texts[bare(w.text)] && (noun == "" || isUpper(noun)) {
			return true
		}
	}
	return false
}

// relations are the words right before a title that tell what the agreement does with the text.
var relations = []struct {
	predicate graph.Predicate
	words     *regexp.Regexp
}{
	{"implements", regexp.MustCompile(`(?i)\bimplement(?:ation|ing|s)?(?: of)?(?: all)?(?: the)?\s*["“]?$`)},
	{"extends", regexp.MustCompile(`(?i)\b(?:extension|extend(?:ing|s)?|prolong(?:ing|s|ation)?|renew(?:al|ing|s)?)(?: of)?(?: the)?\s*["“]?$`)},
	{"amends", regexp.MustCompile(`(?i)\b(?:amend(?:s|ing|ments?)?|modif(?:y|ies|ying|ication))(?: of| to)?(?: the)?\s*["“]?$`)},
	{"supersedes", regexp.MustCompile(`(?i)\b(?:supersed(?:es?|ing)|replac(?:es?|ing)|annul(?:s|ling)?)(?: the)?\s*["“]?$`)},
	{"follows", regexp.MustCompile(`(?i)\bin continuation of(?: the)?\s*["“]?$`)},
}

// denied tells that it does not do so, in the same clause: "contains no amendment to".
var denied = regexp.MustCompile(`(?i)\b(?:no|not|nor|neither|never|without)\b[^.;:,]*$`)

func relation(before string) graph.Predicate {
	if denied.MatchString(before) {
		return graph.ReferencesTo
	}
	for _, r := range relations {
		if r.words.MatchString(before) {
			return r.predicate
		}
	}
	return graph.ReferencesTo
}

// passage is the stretch of a text around a title, of a long one as much as tells what is said.
func passage(text string, start, end int) string {
	if len(text) <= longestQuote {
		return text
	}
	from, to := start, end
	for from > 0 && to-from < longestQuote/2 && !strings.ContainsAny(text[from-1:from], ".;") {
		from--
	}
	for to < len(text) && to-from < longestQuote && !strings.ContainsAny(text[to-1:to], ".;") {
		to++
	}
	if n := strings.IndexByte(text[from:start], ' '); n >= 0 && from > 0 && text[from-1] != ' ' && text[from] != ' ' {
		from += n
	}
	if n := strings.LastIndexByte(text[end:to], ' '); n >= 0 && to < len(text) && text[to] != ' ' && !strings.ContainsAny(text[to-1:to], ".;") {
		to = end + n
	}
	return strings.TrimSpace(strings.ToValidUTF8(text[from:to], ""))
}

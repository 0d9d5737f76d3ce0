package pax

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// honorifics may stand before a name, and are no part of it.
var honorifics = wordSet(`mr mrs ms miss dr prof professor h.e he hon honorable honourable rt sir lady dame lord sen amb ambassador
	col colonel lt ltg mg bg flt-lt lieutenant gen general maj major brig brigadier brigadier-general major-general lieutenant-general general-major general-colonel capt captain cdr
	cmdr admiral marshal sgt eng engineer ing lic shri sri smt alhaji hajji haji sheikh shaikh sayyid datuk dato tun
	father fr rev reverend bishop archbishop monsignor msgr cardinal his her excellency excellencies senator justice judge atty barr chief
	mme señor señora most arch maître me maitre sd sec rep ltgen bgen mgen engineer padre usec mons gral monsieur monseiur s.e.m s.e el-hadj imam ustadz eminence coronel teniente capitán cpt gal se lt-colonel`)

// particles are the small words within names.
var particles = wordSet("de la las los del da das do dos di du van von der den bin ben ibn al el ul ud e y abu ap st")

// notNames are words that names of persons do not have: those of offices, bodies and peoples. Offices add to them.
var notNames = wordSet(`government govt republic federation federal state states kingdom union united nations nation national international regional local
	party movement front army armed forces force group council committee commission ministry department office organization organisation league congress
	assembly parliament senate delegation panel team mission embassy conference community communities civil society people peoples popular women youth
	center centre institute foundation church university association network alliance coalition forum brigade battalion militia police security
	north south east west northern southern eastern western central african european american asian arab islamic muslim christian
	democratic revolutionary liberation resistance patriotic socialist communist authority authorities tribe tribes clan clans faction side sides
	agreement peace process unsigned signed unknown illegible name names for the of and on in to by with from at as not page others other following
	facilitateur observateur médiateur observador testigo above accompanying companions persons mentioned parties third representatives delegates members leaders elders chiefs participants observers witnesses signatories
	first second secretariat village presidential staff industry trade economic planning permanent companions accompaniers executive diocese religious
	former moderator prime vice acting special brigades forces battalions parties ciudadano notable suplente samiti frente polisario sinn féin fein
	ahrar jaysh jaish ansar hamas fatah hezbollah hizb jabhat jabha liwa faylaq harakat tahrir taliban jihad
	district province county city municipality territory lga area zone region border foreign affairs defence defense interior
	eminent person envoy`)

// mostWords is how many words a name has.
const mostWords = 6

// isName reports whether a text is the name of a person and nothing else, and gives it without honorifics. Certain says that the text
// itself shows that it names a person, by an honorific or an initial.
func isName(text string) (name string, certain, ok bool) {
	if strings.Contains(text, "(") {
		text = retired.ReplaceAllString(text, "")
	}
	text = postnominals.ReplaceAllString(text, "")
	var words []string
	for w := range strings.FieldsSeq(spacedHonorific.ReplaceAllString(text, "H.E. ")) {
		if m := glued.FindStringSubmatch(w); m != nil {
			words = append(words, m[1], m[2])
		} else {
			words = append(words, w)
		}
	}
	first := 0
	for first < len(words)-1 && honorifics[bare(words[first])] {
		first++
	}
	certain = first > 0
	words = words[first:]
	if article.MatchString(text) {
		return "", false, false
	}
	initials, full := 0, 0
	for i, w := range words {
		switch {
		case i > 0 && strings.HasSuffix(words[i-1], ",") && !allInitials(words[i:]):
			return "", false, false
		case isInitial(w):
			initials++
		case i > 0 && i < len(words)-1 && particles[bare(w)]:
		case isNameWord(w):
			full++
		default:
			return "", false, false
		}
	}
	if full == 0 || full+initials < 2 && !certain || len(words) > mostWords || len(words) == 1 && honorifics[bare(words[0])] || stateOf(text) != nil {
		return "", false, false
	}
	return strings.Trim(strings.Join(words, " "), ",."), certain || initials > 0, true
}

// fewestNames is how many entries a list of names alone has at least.
const fewestNames = 3

// areNames reports whether a cell is a numbered list of names and nothing else. There even a name without anything that makes it certain is one.
func areNames(list []piece) bool {
	for _, p := range list {
		if _, _, ok := isName(p.text); !ok || !p.numbered {
			return false
		}
	}
	return len(list) >= fewestNames
}

var (
	// postnominals are no part of a name either.
	postnominals = regexp.MustCompile(`(?:,? (?:MP|M\.P\.?|EGH|EBS|MGH|CBS|CBE|OBE|MBE|KBE|GCMG|CMG|CH|QC))+$`)
	retired      = regexp.MustCompile(`(?i) \((?:ret|rtd|ret'd|r|dr|psc|phd)\.?\)`)
	// spacedHonorific would be read as initials.
	spacedHonorific = regexp.MustCompile(`^H\. ?E\. ?`)
	// article begins the name of a body.
	article = regexp.MustCompile(`^(?i:la|le|les|el|los|las|the) |^[Ll]['’]`)
	// initialForm is "V.", "V.N." and, without the stop, "V".
	initialForm = regexp.MustCompile(`^(?:\p{Lu}\p{Ll}?\.-?)+\p{Lu}?$|^\p{Lu}$`)
	// glued is "V.V.Putin".
	glued = regexp.MustCompile(`^((?:\p{Lu}\.)+)(\p{Lu}\p{L}+)$`)
)

func isInitial(w string) bool { return initialForm.MatchString(strings.TrimSuffix(w, ",")) }

// allInitials reports whether words are what may follow a surname and its comma.
func allInitials(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !isInitial(w) && !nameSuffix.MatchString(w) })
}

// nameSuffix follows a name.
var nameSuffix = regexp.MustCompile(`^(?:Jr|Sr|II|III|IV)[.,]?$`)

func isNameWord(w string) bool {
	if nameSuffix.MatchString(w) {
		return true
	}
	w = strings.TrimLeft(strings.Trim(w, ".,\"“”"), "'’‘`ʿʼ")
	r, size := utf8.DecodeRuneInString(w)
	if len(w) == size || !unicode.IsUpper(r) && !strings.HasPrefix(w, "al-") && !strings.HasPrefix(w, "el-") {
		return false
	}
	for _, r := range w {
		if !unicode.IsLetter(r) && !strings.ContainsRune("-'’‘`´ʿʼ", r) && !unicode.Is(unicode.M, r) {
			return false
		}
	}
	for part := range strings.SplitSeq(strings.ToLower(w), "-") {
		if offices[part] || part == "vice" || part == "foreign" {
			return false
		}
	}
	lower := strings.ToLower(w)
	return !notNames[lower] && !offices[lower] && !acronym.MatchString(w) && !countryWord(lower)
}

// certainName reports whether a text is a name by itself.
func certainName(text string) bool {
	_, certain, ok := isName(text)
	return ok && certain
}

// namesIn are the names that a text lists and nothing beside them: "RUBEN SANCHEZ, ALFREDO MOLANO Y DANIEL GARCIA PEÑA"; none if there is
// anything else.
func namesIn(text string) (names []string) {
	for _, part := range conjunction.Split(text, -1) {
		name, _, ok := isName(strings.TrimSpace(part))
		if !ok {
			return nil
		}
		names = append(names, name)
	}
	return names
}

var conjunction = regexp.MustCompile(`\s*,\s*(?:and\s+)?|\s+(?:and|y|Y|et|&)\s+`)

// isBody reports whether a text has a word of bodies, as parties and armies are called by.
func isBody(text string) bool { return hasWord(text, bodies) }

func hasWord(text string, set map[string]bool) bool {
	for w := range strings.FieldsSeq(text) {
		if set[bare(w)] {
			return true
		}
	}
	return false
}

// bodies are the words by which bodies are known.
var bodies = wordSet(`government party movement front army forces force council committee commission ministry organization organisation congress union union's
	assembly parliament delegation panel team mission church university association alliance coalition brigade battalion militia secretariat embassy league`)

// acronym is a short word of capitals without a vowel within, as bodies are called and persons are not: "MNLF", "FPRC".
var acronym = regexp.MustCompile(`^[B-DF-HJ-NP-TV-Z]{2,}$`)

// bare is a word in lower case without the marks around it.
func bare(w string) string { return strings.ToLower(strings.Trim(w, ".,:;()[]\"“”")) }

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

package pax

import (
	"regexp"
	"strings"

	"entente/graph"
)

// A signatory is one whom Part or ThrdPart names: a person, or a state alone.
type signatory struct {
	person string   // without honorifics; empty if a state is named alone
	office string   // in the cell's words
	state  *country // acted for, or named itself
	side   string   // acted for, where that is no state that is known
	named  string   // how the cell names whom the claim is of
	role   graph.Predicate
	// ownSide says that the row's only state is meant by "the Government".
	ownSide    bool
	start, end int  // in the cell
	heading    span // that the role or the side is from, if it stands before
}

type span struct{ start, end int }

// A leftover is a piece that gives nothing, and why.
type leftover struct {
	piece  piece
	reason string
}

// Why nothing is made of a piece.
const (
	isSentence   = "is a sentence"
	isUnsure     = "is a name without office, side, honorific or initial"
	isOfficeOnly = "is an office without a name, of no state"
	isOther      = "names neither a person with an office nor a state"
	isUnsigned   = "says that it was not signed"
)

// readSignatories reads a cell of those who signed or were third parties. It takes in what it reads beyond doubt and leaves the rest:
//
//   - a name with an office, on one line or two: "S. Sargsyan, Minister of Defence of Armenia". What is a name is told by its words: capitalized, none of
//     an office, a body, a people or a state.
//   - a name under a heading: "For the Republic of Armenia:".
//   - a state, or a list of states, and nothing beside: "Government of the Republic of India".
//   - an office of a state without a name: "President of the Republic of Azerbaijan", which is the state's.
//
// A person acts for a state if the office is of that state as a whole, or the heading names it. The only state of the row is meant where a
// heading says "the Government" without its name.
func readSignatories(cell string, only *country) ([]signatory, []leftover) {
	r := &cellReader{cell: cell, only: only}
	for _, p := range pieces(cell) {
		for _, part := range sides(cell, p) {
			if part.gap {
				r.endParagraph()
			}
			r.piece(part)
		}
	}
	r.endParagraph()
	return r.list, r.left
}

// sideStart begins another side on the same line: "... On behalf of the Abkhazian Side A. Jergenia".
var sideStart = regexp.MustCompile(`[\s,]\s*(?:For the|For and on behalf of|On behalf of) `)

// sides takes a piece apart where another side begins in it.
func sides(cell string, p piece) []piece {
	raw := cell[p.start:p.end]
	found := sideStart.FindAllStringIndex(raw, -1)
	if len(found) == 0 {
		return []piece{p}
	}
	var list []piece
	start := 0
	for _, m := range found {
		list = append(list, trimmed(cell, p.start+start, p.start+m[0]))
		start = m[0]
		for raw[start] == ',' || raw[start] == ' ' || raw[start] == '\n' || raw[start] == '\t' || raw[start] == '\r' {
			start++
		}
	}
	list = append(list, trimmed(cell, p.start+start, p.end))
	list[0].gap = p.gap
	return list
}

// A cellReader reads the pieces of a cell in their order.
type cellReader struct {
	cell string
	only *country

	role     graph.Predicate // of a heading; empty is what stands in the column as such
	roleSpan span
	roleFrom int // how many there were before it
	side     side

	// What stands alone in its line, until the next line completes it or the paragraph ends. At most one is there.
	office *piece
	name   *nameLine
	state  *stateLine
	paired bool // the lines of the paragraph so far are names and what belongs to them, in turns

	list []signatory
	left []leftover
}

// A side is for whom those below a heading act.
type side struct {
	state *country
	text  string
	own   bool
	span
	// line says that a line with the name of a state is the heading, which holds for its paragraph alone.
	line bool
}

func (s *side) none() bool { return s.state == nil && s.text == "" }

// A nameLine is a name that stands alone.
type nameLine struct {
	piece   piece
	name    string
	certain bool // it is a name even if nothing comes to it
	first   bool // in its paragraph, so that what follows is not the heading of others
}

// A stateLine is a state that stands alone.
type stateLine struct {
	piece piece
	state *country
}

// endParagraph ends what only lines of one paragraph have in common.
func (r *cellReader) endParagraph() {
	r.flush()
	r.paired = false
	if r.side.line {
		r.side = side{}
	}
}

// flush takes in what stands alone, as far as it does.
func (r *cellReader) flush() {
	office, name, state := r.office, r.name, r.state
	r.office, r.name, r.state = nil, nil, nil
	switch {
	case office != nil:
		if c := officeOf(office.text); c != nil {
			r.add(signatory{state: c, office: office.text, named: office.text}, *office)
		} else {
			r.leave(*office, isOfficeOnly)
		}
	case name != nil:
		r.paired = false
		if name.certain || !r.side.none() {
			r.add(signatory{person: name.name, named: name.piece.text}, name.piece)
		} else {
			r.leave(name.piece, isUnsure)
		}
	case state != nil:
		r.add(signatory{state: state.state, named: state.piece.text}, state.piece)
	}
}

func (r *cellReader) leave(p piece, reason string) { r.left = append(r.left, leftover{p, reason}) }

// add takes a signatory in, with the role and the side of the headings above.
func (r *cellReader) add(s signatory, p piece) {
	s.start, s.end = p.start, p.end
	s.role = r.role
	if r.role != graph.Signed {
		s.heading = r.roleSpan
	}
	if s.person != "" && s.state == nil && !r.side.none() && !(r.side.state != nil && hasWord(s.office, worldBodies)) {
		s.state, s.side, s.ownSide = r.side.state, r.side.text, r.side.own
		s.heading = r.side.span
	}
	r.list = append(r.list, s)
}

// finite is a word by which a sentence is told from a list of persons.
var finite = regexp.MustCompile(`(?i)\b(?:was|were|is|are|has|have|had|met|held|did|does|will|shall|should|agree[ds]?|mentions?|mentioned|represented|represents|led|attended|participated|chaired|listed|stated|describes?|refers?|provided|signed|contains?|declared)\b`)

// note is a remark of the coders behind what the cell says.
var note = regexp.MustCompile(`^(.+?)\s*\[([^\[\]]*)\]$`)

func (r *cellReader) piece(p piece) {
	if m := note.FindStringSubmatch(p.text); m != nil && officeRole(m[2]) == "" {
		p.text = m[1]
	}
	if m := enclosed.FindStringSubmatch(p.text); m != nil && !strings.ContainsAny(m[1], "()") {
		p.text = m[1]
		if role, _ := headingRole(p.text); r.name != nil && role == nil {
			r.complete(p, p.text)
			return
		}
	}
	role, rest := headingRole(p.text)
	if role != nil {
		before, beforeSpan := r.role, r.roleSpan
		r.endParagraph()
		r.role, r.roleSpan, r.roleFrom, r.side = role.predicate, r.wording(p, rest), len(r.list), side{}
		if rest == "" {
			return
		}
		if role.alone {
			defer func() {
				r.endParagraph()
				r.role, r.roleSpan, r.side = before, beforeSpan, side{}
			}()
		}
		p.text = rest
	}
	switch {
	case finite.MatchString(p.text) && !onBehalf.MatchString(p.text):
		r.flush()
		r.leave(p, isSentence)
	case r.sideHeading(p), r.colon(p):
	default:
		r.item(p)
	}
}

// wording is where the words stand that tell a role, before what else the piece has. Signing is no role that needs to be quoted.
func (r *cellReader) wording(p piece, rest string) span {
	if n := strings.Index(r.cell[p.start:p.end], rest); rest != "" && n > 0 {
		return span{p.start, p.start + n}
	}
	return span{p.start, p.end}
}

// sidePrefix begins what is said of a side.
var sidePrefix = regexp.MustCompile(`^(?i:(?:signed )?(?:for and on behalf of|on behalf of|for|por|pour))\s+(?i:the |el |la |le )?(.+)$`)

// sideHeading reads "For the Republic of Armenia:", alone or with a name behind it.
func (r *cellReader) sideHeading(p piece) bool {
	m := sidePrefix.FindStringSubmatch(p.text)
	if m == nil {
		return false
	}
	if r.name != nil && r.side.none() && !strings.Contains(m[1], ":") {
		r.complete(p, p.text)
		return true
	}
	r.endParagraph()
	named, rest, _ := strings.Cut(m[1], ":")
	if !strings.Contains(m[1], ":") {
		named, rest = r.cutSide(m[1])
	}
	if len(named) > longestSide {
		r.leave(p, isOther)
		return true
	}
	r.side = r.sideOf(named, p)
	if r.side.text != "" {
		r.side.text = strings.TrimSpace(p.text[:strings.Index(p.text, named)+len(named)])
	}
	if rest = strings.TrimSpace(rest); rest != "" {
		p.text = rest
		if !r.colon(p) {
			r.item(p)
		}
	}
	return true
}

// longestSide is how long the name of a side may be.
const longestSide = 120

// cutSide finds where the name of a side ends that no colon ends: at a comma, or where the name of a state does.
func (r *cellReader) cutSide(text string) (named, rest string) {
	if r.sideOf(text, piece{}).state != nil {
		return text, ""
	}
	if named, rest, found := strings.Cut(text, ", "); found {
		if _, _, ok := isName(firstPart(rest)); ok {
			return named, rest
		}
	}
	words := strings.Fields(text)
	for n := len(words) - 1; n > 0; n-- {
		name := strings.Join(words[n:], " ")
		if _, _, ok := isName(name); ok && r.sideOf(strings.Join(words[:n], " "), piece{}).state != nil {
			return strings.Join(words[:n], " "), name
		}
	}
	return text, ""
}

func firstPart(s string) string {
	first, _, _ := strings.Cut(s, ",")
	return first
}

// sideWords may stand before the name of a side whose colon makes it a heading.
var sideWords = regexp.MustCompile(`^(?i:from|by) (?i:the )?`)

// sideOf is whom a heading names.
func (r *cellReader) sideOf(named string, p piece) side {
	named = sideWords.ReplaceAllString(strings.Trim(named, " :,-"), "")
	if inner, ok := strings.CutPrefix(named, "["); ok {
		named = strings.TrimSuffix(inner, "]")
	}
	s := side{state: stateOf(named), span: span{p.start, p.end}}
	if s.state == nil && r.only != nil && bareGovernment.MatchString(plain(named)) {
		s.state, s.own = r.only, true
	}
	if s.state == nil && !formWords[plain(named)] {
		s.text = named
	}
	return s
}

// formWords stand before a colon on forms, and name no side.
var formWords = wordSet("name names signed signature title title/position position witness date")

// colon reads "Minister of Defence of Azerbaijan: S. Abiyev" and "Delegation of the Government:".
func (r *cellReader) colon(p piece) bool {
	left, right, found := strings.Cut(p.text, ":")
	if !found {
		return false
	}
	left, right = strings.TrimSpace(left), strings.TrimSpace(right)
	names := namesIn(right)
	switch {
	case right == "" && len(left) <= longestSide && officeOf(left) == nil:
		r.endParagraph()
		r.side = r.sideOf(left, p)
		if r.side.state == nil && len(r.list) > r.roleFrom {
			r.role, r.roleSpan = "", span{} // a heading of other people than the one before
		}
	case len(names) > 0 && isOffice(left):
		r.flush()
		for _, name := range names {
			r.add(signatory{person: name, office: left, state: officeOf(left), named: right}, p)
		}
	case len(names) > 0 && len(left) <= longestSide:
		r.flush()
		before := r.side
		r.side = r.sideOf(left, p)
		for _, name := range names {
			r.add(signatory{person: name, named: right}, p)
		}
		r.side = before
	default:
		return false
	}
	return true
}

// complete gives the name of the line before its office.
func (r *cellReader) complete(p piece, office string) {
	name := r.name
	r.name, r.paired = nil, true
	whole := name.piece
	whole.end = p.end
	r.add(signatory{person: name.name, office: office, state: officeOf(office), named: name.piece.text}, whole)
}

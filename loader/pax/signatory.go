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
	isOffices    = "is the state in which an office is, or of which, that has no name"
	isOther      = "names neither a person with an office nor a state"
	isEmptySide  = "is a heading of a side, which is no state, without anybody who could be read"
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
	list := pieces(cell)
	r.names = areNames(list)
	for _, p := range list {
		for _, part := range sides(cell, p) {
			if part.gap {
				r.endParagraph()
			}
			r.piece(part)
		}
	}
	r.endParagraph()
	r.setSide(side{})
	return r.list, r.left
}

// A cellReader reads the pieces of a cell in their order.
type cellReader struct {
	cell string
	only *country

	names bool // it is a numbered list of names alone

	role     graph.Predicate // of a heading; empty is what stands in the column as such
	roleSpan span
	roleFrom int // how much had been read before it
	side     side

	// What stands alone in its line, until the next line completes it or the paragraph ends. At most one is there.
	office *piece
	name   *nameLine
	state  *stateLine
	paired bool // the lines of the paragraph so far are names and what belongs to them, in turns

	unsigned unsignedMark // of whoever is read next
	first    int          // how many there were before the paragraph

	list []signatory
	left []leftover
}

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
	r.unsigned.next()
	r.first = len(r.list)
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
		if c := wholeOffice(remark.ReplaceAllString(office.text, "")); c != nil {
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

func (r *cellReader) leave(p piece, reason string) {
	r.unsigned.spend()
	r.left = append(r.left, leftover{p, reason})
}

// add takes a signatory in, with the role and the side of the headings above, unless a mark says that it did not sign.
func (r *cellReader) add(s signatory, p piece) {
	if r.unsigned.on {
		r.side.used = r.side.used || s.person != "" && s.state == nil
		r.leave(p, isUnsigned)
		return
	}
	s.start, s.end = p.start, p.end
	s.role = r.role
	if r.role != graph.Signed {
		s.heading = r.roleSpan
	}
	if s.person != "" && s.state == nil && !r.side.none() && !hasWord(s.office, worldBodies) {
		r.side.used = true
		s.state, s.side, s.ownSide = r.side.state, r.side.text, r.side.own
		s.heading = r.side.span
	}
	r.list = append(r.list, s)
}

// finite are words by which a sentence is told from a list of persons.
var finite = wordSet(`was were is are has have had met held did does will shall should agree agreed agrees mention mentions mentioned represented represents
	lists led attended participated chaired listed stated describe describes refer refers provided signed contain contains declared`)

// note is a remark of the coders behind what the cell says.
var note = regexp.MustCompile(`^(.+?)\s*\[([^\[\]]*)\]$`)

func (r *cellReader) piece(p piece) {
	if r.unsigned.next(); r.unsignedMark(&p) {
		return
	}
	r.signed(p)
	if r.name == nil && r.office == nil && r.state == nil && r.unsigned.inline {
		r.unsigned.spend()
	}
}

// signed reads a piece without its mark.
func (r *cellReader) signed(p piece) {
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
	if !p.blank && ownRole.MatchString(p.text) && r.isLasts(p) {
		return
	}
	role, rest := headingRole(p.text)
	if role == nil {
		r.unheaded(p)
		return
	}
	before, beforeSpan := r.role, r.roleSpan
	r.endParagraph()
	r.setSide(side{})
	r.role, r.roleSpan, r.roleFrom = role.predicate, r.wording(p, rest), r.count()
	if rest == "" {
		return
	}
	p.text = rest
	r.unheaded(p)
	if role.alone {
		r.endParagraph()
		r.setSide(side{})
		r.role, r.roleSpan = before, beforeSpan
	}
}

// count is how much of the cell has been read, with what was left out.
func (r *cellReader) count() int { return len(r.list) + len(r.left) }

// ownRole is the last line of somebody, which tells the role: "Lead Mediator".
var ownRole = regexp.MustCompile(`^(?i)(?:(?:lead|chief|co-?) ?)?(?:witness|observer|guarantor|mediator|facilitator)$`)

// isLasts adds a role to whom the lines before are of. It reports whether there is somebody.
func (r *cellReader) isLasts(p piece) bool {
	if r.name != nil {
		r.complete(p, p.text)
		return true
	}
	if len(r.list) == r.first || r.list[len(r.list)-1].person == "" || r.office != nil || r.state != nil {
		return false
	}
	last := &r.list[len(r.list)-1]
	last.end = p.end
	if last.office != "" {
		last.office += ", "
	}
	last.office += p.text
	return true
}

// unheaded reads a piece that begins with no role.
func (r *cellReader) unheaded(p piece) {
	heading := strings.HasSuffix(p.text, ":") && sidePrefix.MatchString(p.text) // "For the IGAD-led mediation:"
	switch {
	case r.represented(p):
	case hasWord(p.text, finite) && !heading && !onBehalf.MatchString(p.text):
		r.flush()
		if strings.HasSuffix(p.text, ":") {
			r.otherPeople(side{})
		}
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

// complete gives the name of the line before its office.
func (r *cellReader) complete(p piece, office string) {
	name := r.name
	r.name, r.paired = nil, true
	whole := name.piece
	whole.end = p.end
	s := signatory{person: name.name, office: office, state: officeOf(office), named: name.piece.text}
	if m := sidePrefix.FindStringSubmatch(office); m != nil && s.state == nil {
		s.state = stateOf(m[1])
	}
	r.add(s, whole)
}

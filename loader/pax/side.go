package pax

import "regexp"

// A side is for whom those below a heading act.
type side struct {
	state *country
	text  string
	own   bool
	used  bool // there is somebody who acts for it
	// unsigned says that nobody signed for it.
	unsigned bool
	span
	// line says that a line with the name of a state is the heading, which holds for its paragraph alone.
	line bool
}

func (s *side) none() bool { return s.state == nil && s.text == "" }

// setSide begins another side. A state whose heading has nobody below it that can be read has signed nevertheless.
func (r *cellReader) setSide(s side) {
	if old := r.side; old.unsigned && !old.used {
		r.leave(piece{text: oneLine(r.cell[old.start:old.end]), start: old.start, end: old.end}, isUnsigned)
	} else if old.state != nil && !old.used && !old.line {
		r.add(signatory{state: old.state, ownSide: old.own, named: oneLine(r.cell[old.start:old.end])}, piece{start: old.start, end: old.end})
	} else if old.text != "" && !old.used {
		r.leave(piece{text: oneLine(r.cell[old.start:old.end]), start: old.start, end: old.end}, isEmptySide)
	}
	r.side = s
	r.side.unsigned = r.unsigned.on && !s.none()
}

// sideStart begins another side on the same line: "... On behalf of the Abkhazian Side A. Jergenia".
var sideStart = regexp.MustCompile(`[\s,]\s*(?:For the|For and on behalf of|On behalf of) `)

// sides takes a piece apart where another side begins in it.
func sides(cell string, p piece) []piece {
	raw := cell[p.start:p.end]
	found := sideStart.FindAllStringIndex(raw, -1)
	if len(found) == 0 || !sidePrefix.MatchString(p.text) {
		return []piece{p} // "Minister for the Interior" has no other side
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

package pax

import (
	"regexp"
	"strings"
)

var (
	// unsigned says of a whole cell that nobody signed.
	unsigned = regexp.MustCompile(`(?i)\bnot signed\b|\bunsigned\b|\bnot been signed\b|\bdid not sign\b|\brefused to sign\b|\bno signator|\bno signatures\b|\bnot feature signatures\b`)
	// mark says it of one who is named, in the same line or in one of its own.
	mark = regexp.MustCompile(`(?i)\s*[\[(](?:no signature(?: noted)?|not signed|unsigned|did not sign|listed but not signed)[\])][ ,.;]*`)
)

// nobodySigned reports whether a cell says that nobody signed. A mark beside other words of its line is of those alone.
func nobodySigned(cell string) bool {
	for line := range strings.SplitSeq(cell, "\n") {
		if rest := mark.ReplaceAllString(line, " "); strings.TrimSpace(rest) != "" {
			line = rest
		}
		if unsigned.MatchString(line) {
			return true
		}
	}
	return false
}

// An unsignedMark holds for one piece that is read, or for the lines of one signatory.
type unsignedMark struct {
	on, spent bool
	inline    bool // it stands in the line of what it is of
}

// spend says that somebody was read whom the mark may be of.
func (m *unsignedMark) spend() { m.spent = m.on }

// next ends the mark before another signatory.
func (m *unsignedMark) next() {
	if m.spent {
		*m = unsignedMark{}
	}
}

// unsignedMark takes a mark out of a piece, and reports whether the piece has nothing else. What has its mark in the same line has not signed, nor has
// whom a mark stands above, or below in the same paragraph.
func (r *cellReader) unsignedMark(p *piece) (alone bool) {
	at := mark.FindStringIndex(p.text)
	if at == nil {
		return false
	}
	before, after := strings.TrimSpace(p.text[:at[0]]), strings.TrimSpace(p.text[at[1]:])
	if before == "" && after == "" {
		if r.flush(); len(r.list) > r.first && !p.gap {
			last := r.list[len(r.list)-1]
			r.list = r.list[:len(r.list)-1]
			r.leave(piece{text: oneLine(r.cell[last.start:last.end]), start: last.start, end: last.end}, isUnsigned)
			return true
		}
		r.unsigned = unsignedMark{on: true}
		return true
	}
	r.flush()
	if p.text = strings.TrimSpace(before + " " + after); before != "" && after != "" {
		r.leave(*p, isUnsigned) // of whom the line has, it says which one only to people
		return true
	}
	r.unsigned = unsignedMark{on: true, inline: true}
	return false
}

package pax

import (
	"regexp"
	"strings"

	"entente/loader/format"
)

// A piece is a line of a cell, or a part of one between semicolons, without the marks around it.
type piece struct {
	text       string
	start, end int     // in the cell
	gap        bool    // there is an empty line before it, which means something
	blank      bool    // there is one
	numbered   bool    // a number of a list stands before it
	after      []piece // the rest of its paragraph
	inline     bool    // it follows a semicolon
}

// linesJoined is how many lines an opened parenthesis may go on for. One that is never closed must not take in the whole cell.
const linesJoined = 4

var (
	// before a piece may stand where it is found, a number in a list, or a bullet.
	before = regexp.MustCompile(`^(?:(?i:page)s?\s*[0-9]+(?:\s*-\s*[0-9]+)?\s*[:.,]|[\[(](?i:signed|signature|signid|signer|sgd)[\])]|[0-9]{1,3}\s*[.)-]|(?:II|III|IV|VI|VII|VIII|IX)\.\s|\(?(?:[a-h]|[ivx]+|[IVX]+)\)|[-•*·–])\s*`)
	// number is one of a list.
	number = regexp.MustCompile(`^[0-9]{1,3}\s*[.)-]`)
	// after it, that it is signed.
	after = regexp.MustCompile(`(?i:\s*[\[(](?:signed|signature)[\])])$|\s*[,;:.]$`)
)

// pieces takes a cell apart.
func pieces(cell string) []piece {
	var list []piece
	gap := false
	for start := 0; start < len(cell); {
		end := pieceEnd(cell, start)
		p := trimmed(cell, start, end)
		if p.text != "" {
			p.gap, p.blank, p.inline = gap, gap, start > 0 && cell[start-1] == ';'
			gap = false
			list = append(list, p)
		} else if end < len(cell) && cell[end] == '\n' {
			gap = true
		}
		start = end + 1
	}
	for i := range list {
		end := i + 1
		for end < len(list) && !list[end].blank {
			end++
		}
		list[i].after = list[i+1 : end]
	}
	return closed(list)
}

// closed drops the gaps between pieces that have one on either side: a cell with an empty line after every line does not mean paragraphs by them.
func closed(list []piece) []piece {
	alone := func(i int) bool { return (i == 0 || list[i].gap) && (i+1 == len(list) || list[i+1].gap) }
	single := make([]bool, len(list))
	for i := range list {
		single[i] = alone(i)
	}
	for i := 1; i < len(list); i++ {
		if single[i-1] && single[i] {
			list[i].gap = false
		}
	}
	return list
}

// pieceEnd is where the piece that begins at start ends: before a line break or a semicolon outside parentheses.
func pieceEnd(cell string, start int) int {
	depth, lines, firstBreak := 0, 0, -1
	for i := start; i < len(cell); i++ {
		switch cell[i] {
		case '(':
			depth++
		case ')':
			depth--
		case '\n', ';':
			if depth <= 0 {
				return i
			}
			if firstBreak < 0 {
				firstBreak = i
			}
			if lines++; lines == linesJoined {
				return firstBreak
			}
		}
	}
	if depth > 0 && firstBreak >= 0 {
		return firstBreak
	}
	return len(cell)
}

// trimmed is a stretch of a cell without what stands around its words. A colon at its end stays, for it makes a heading.
func trimmed(cell string, start, end int) piece {
	text := cell[start:end]
	cut := func(rest string) { start += len(text) - len(rest); text = rest }
	cut(strings.TrimLeft(text, " \t\r\n"))
	numbered := number.MatchString(text)
	for {
		rest := before.ReplaceAllString(text, "")
		if rest == text {
			break
		}
		cut(rest)
	}
	for {
		rest := strings.TrimRight(text, " \t\r\n")
		if m := after.FindStringIndex(rest); m != nil && rest[m[0]] != ':' && !isInitial(lastWord(rest)) {
			rest = rest[:m[0]]
		}
		if rest == text {
			break
		}
		text = rest
	}
	return piece{text: oneLine(text), start: start, end: start + len(text), numbered: numbered}
}

// oneLine is a text with one space for all white space, and nothing that cannot be seen.
func oneLine(s string) string {
	s = format.Line(invisible.Replace(s))
	if !strings.Contains(s, " .") {
		return s
	}
	return spacedStop.ReplaceAllString(s, "$1.")
}

// spacedStop is the stop of an honorific that has strayed from it.
var spacedStop = regexp.MustCompile(`\b(Mr|Mrs|Ms|Dr) \.`)

// invisible takes out what has no width, which copying from pages leaves in names, and makes one hyphen of two.
var invisible = strings.NewReplacer("\u200b", "", "\ufeff", "", "\u200e", "", "\u200f", "", "\u2010", "-")

func lastWord(s string) string {
	fields := strings.Fields(s)
	if len(fields) == 0 {
		return ""
	}
	return fields[len(fields)-1]
}

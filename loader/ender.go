package loader

import "bytes"

// An ender finds the end of a value that comes in pieces.
type ender struct {
	started, quoted, escaped, bare bool
	depth                          int
}

// loose reports whether the value may end where the text ends.
func (e *ender) loose() bool { return e.bare }

// find is how much of w belongs to the value, and whether it ends there.
func (e *ender) find(w []byte) (n int, ended bool) {
	for i, c := range w {
		switch {
		case e.escaped:
			e.escaped = false
		case e.quoted:
			switch c {
			case '\\':
				e.escaped = true
			case '"':
				if e.quoted = false; e.depth == 0 {
					return i + 1, true
				}
			}
		case e.bare:
			if bytes.IndexByte([]byte(",]}: \n\t\r\""), c) >= 0 {
				return i, true
			}
		case c == '"':
			e.quoted = true
		case c == '{' || c == '[':
			e.depth++
		case c == '}' || c == ']':
			if e.depth--; e.depth <= 0 {
				if e.depth < 0 {
					return i, true // a stray bracket: the caller finds it
				}
				return i + 1, true
			}
		case !e.started:
			if c == ',' || c == ':' {
				return i, true
			}
			e.bare = true
		}
		e.started = true
	}
	return len(w), false
}

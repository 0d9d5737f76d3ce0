package names

// A Word is a word with its spellings, ready to be compared with many others.
type Word struct{ q queryWord }

// NewWord prepares a word as [Tokens] gives it.
func NewWord(token string) Word {
	w := queryWord{word: newWord(token)}
	w.edits = editsFor(w.fold)
	return Word{w}
}

// Fold is the word's folded spelling.
func (w *Word) Fold() string { return w.q.fold }

// Alike reports whether two words are spellings of one, and how many slips apart: 0 if they are equal up to script and
// romanisation, else 1 or 2, within the bounds that the package comment gives for a fuzzy match, taken for the shorter
// word. It is symmetric.
func (w *Word) Alike(v *Word) (edits int, ok bool) {
	if v.q.raw < w.q.raw {
		w, v = v, w // a key may be too long to be fuzzy where the other word's is not
	}
	q := w.q
	q.edits = min(q.edits, v.q.edits)
	switch q.match(&v.q.word, twoEdits) {
	case exact, translit:
		return 0, true
	case oneEdit:
		return 1, true
	case twoEdits:
		return 2, true
	}
	return 0, false
}

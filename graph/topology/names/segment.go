package names

import (
	"cmp"
	"slices"
)

// manyWords is the number of words from which names are no longer told apart by it.
const manyWords = 255

// segment is the immutable index of the names lo ≤ n < hi. Its documents are these names, those of
// fewest words first, then by number.
type segment struct {
	lo, hi  uint32
	order   []uint32 // document → name - lo
	classes []class
	folds   dict // folded spellings
	keys    dict // keys that differ from the folded spelling of their word
	lists   postings
}

// class says that the documents before end, and not of an earlier class, have so many words.
type class struct {
	end   uint32
	words uint8
}

// term is what the build knows of a distinct word: the numbers, in order of first sight, of its
// folded spelling and of its other keys.
type term struct {
	fold uint32
	keys []uint32
}

// entry is where a string stands as a word and as a folded spelling, each plus one; 0 if it does not.
// One table for both: most words are their own folded spelling, and half of a build is looking up.
type entry struct{ term, fold uint32 }

// gathering is a dictionary in the making: distinct forms with their documents.
type gathering struct {
	forms []string
	lists [][]uint32
}

// add adds a form that is not there and returns its number.
func (g *gathering) add(form string) uint32 {
	g.forms = append(g.forms, form)
	g.lists = append(g.lists, nil)
	return uint32(len(g.forms) - 1)
}

func (g *gathering) post(form, doc uint32) {
	if l := g.lists[form]; len(l) == 0 || l[len(l)-1] != doc {
		g.lists[form] = append(l, doc)
	}
}

func (g *gathering) dict(p *postings) dict {
	order := make([]uint32, len(g.forms))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(g.forms[a], g.forms[b]) })
	forms, lists := make([]string, len(order)), make([][]uint32, len(order))
	for i, id := range order {
		forms[i], lists[i] = g.forms[id], g.lists[id]
	}
	return newDict(p, forms, lists)
}

// draft is a segment in the making: the names from lo on, in order, as far as they were gathered. Time and transient
// memory are in proportion to the texts: some three microseconds and 200 bytes a name.
type draft struct {
	lo          uint32
	folds, keys gathering
	entries     map[string]entry
	keyIDs      map[string]uint32
	terms       []term
	flat        []uint32 // terms of all names, in order of names
	starts      []uint32 // of each name in flat, and the end
	buf         []byte
}

func newDraft(lo uint32, docs int) *draft {
	return &draft{lo: lo, entries: make(map[string]entry, docs), keyIDs: map[string]uint32{}, starts: make([]uint32, 1, docs+1)}
}

// newSegment indexes the names lo ≤ n < hi of t.
func newSegment(t *texts, lo, hi uint32) *segment {
	d := newDraft(lo, int(hi-lo))
	for n := lo; n < hi; n++ {
		d.name(t.bytes(n))
	}
	return d.segment()
}

// name gathers the next name.
func (d *draft) name(text []byte) {
	d.buf = eachWord(d.buf, text, d.word)
	d.starts = append(d.starts, uint32(len(d.flat)))
}

func (d *draft) word(raw []byte) {
	e := d.entries[string(raw)]
	if e.term == 0 {
		w := newWord(string(raw))
		f := e
		if w.fold != w.raw {
			f = d.entries[w.fold]
		}
		if f.fold == 0 {
			f.fold = d.folds.add(w.fold) + 1
			d.entries[w.fold] = f
		}
		if w.fold == w.raw {
			e = f
		}
		tm := term{fold: f.fold - 1}
		for _, k := range w.keys {
			id, ok := d.keyIDs[k]
			if !ok {
				id = d.keys.add(k)
				d.keyIDs[k] = id
			}
			tm.keys = append(tm.keys, id)
		}
		d.terms = append(d.terms, tm)
		e.term = uint32(len(d.terms))
		d.entries[w.raw] = e
	}
	d.flat = append(d.flat, e.term-1)
}

// segment makes the segment of what was gathered. The draft is spent.
func (d *draft) segment() *segment {
	docs := len(d.starts) - 1
	s := &segment{lo: d.lo, hi: d.lo + uint32(docs), order: make([]uint32, docs), lists: postings{docs: docs}}
	s.rank(d.starts)
	for doc, i := range s.order {
		for _, id := range d.flat[d.starts[i]:d.starts[i+1]] {
			tm := &d.terms[id]
			d.folds.post(tm.fold, uint32(doc))
			for _, k := range tm.keys {
				d.keys.post(k, uint32(doc))
			}
		}
	}
	s.folds = d.folds.dict(&s.lists)
	s.keys = d.keys.dict(&s.lists)
	s.lists.arena = slices.Clip(slices.Clone(s.lists.arena))
	return s
}

// rank numbers the documents: a counting sort by number of words. The words of name lo+i begin at starts[i].
func (s *segment) rank(starts []uint32) {
	var ends [manyWords + 1]uint32
	words := func(i int) uint32 { return min(starts[i+1]-starts[i], manyWords) }
	for i := range s.order {
		ends[words(i)]++
	}
	at := uint32(0)
	for w, n := range ends {
		ends[w] = at
		if at += n; n > 0 {
			s.classes = append(s.classes, class{at, uint8(w)})
		}
	}
	for i := range s.order {
		w := words(i)
		s.order[ends[w]] = uint32(i)
		ends[w]++
	}
}

func (s *segment) heap() int {
	return 4*cap(s.order) + 8*cap(s.classes) + s.folds.heap() + s.keys.heap() + cap(s.lists.arena)
}

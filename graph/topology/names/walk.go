package names

import (
	"fmt"
	"slices"

	"github.com/blevesearch/vellum/levenshtein"
)

// segmentSearch is a search in one segment. Lists are looked up kind by kind, as the search gets there.
type segmentSearch struct {
	s     *search
	seg   *segment
	words []wordLists // one for each word of the query
	us    []union     // scratch
	w     walker
}

// wordLists are the lists found so far for a word of the query.
type wordLists struct {
	refs    [unmatched][]ref    // by the kind of match they stand for
	plain   [unmatched][]uint32 // several small lists made one
	cursors []cursor            // scratch
}

func (g *segmentSearch) begin(s *search, seg *segment) {
	g.s, g.seg = s, seg
	for len(g.words) < len(s.words) {
		g.words = append(g.words, wordLists{})
	}
	g.words = g.words[:len(s.words)]
	for i := range g.words {
		for k := range unmatched {
			g.words[i].refs[k] = g.words[i].refs[k][:0]
			g.words[i].plain[k] = g.words[i].plain[k][:0]
		}
	}
}

// run adds to the search's candidates the names of the segment whose weakest match is of kind k: the
// first of them in rank order.
func (g *segmentSearch) run(k kind) {
	isNew := false
	for i := range g.words {
		if g.find(i, k) {
			isNew = true
		}
	}
	if !isNew || !g.open(k) {
		return
	}
	s, start := g.s, len(g.s.found)
	class, last := 0, uint8(0)
	for step, doc := 0, uint32(0); step < maxSteps; step++ {
		if doc = g.next(doc); doc == none {
			return
		}
		if g.weakest() == k {
			for doc >= g.seg.classes[class].end {
				class++
			}
			words := g.seg.classes[class].words
			// Names of more words score less, once they have more than the query: weight cannot lift them
			// over those found already.
			enough := len(s.found)-start >= s.q.Limit && words != last && int(words) > s.inQuery
			if enough || len(s.found)-start >= s.budget() {
				return
			}
			last = words
			n := g.seg.lo + g.seg.order[doc]
			s.accept(n, words, k)
		}
		doc++
	}
}

// find looks up the lists of word i that stand for matches of kind k, and reports whether there are any.
func (g *segmentSearch) find(i int, k kind) bool {
	w, q := &g.words[i], &g.s.words[i]
	switch {
	case k == exact:
		if r, ok := g.seg.folds.get([]byte(q.fold)); ok {
			w.refs[k] = append(w.refs[k], r)
		}
	case k == translit:
		for j := range 1 + len(q.keys) {
			form := []byte(q.form(j))
			if r, ok := g.seg.keys.get(form); ok {
				w.refs[k] = append(w.refs[k], r)
			}
			if j == 0 {
				continue // that is exact
			}
			if r, ok := g.seg.folds.get(form); ok {
				w.refs[k] = append(w.refs[k], r)
			}
		}
	case k == prefix && q.prefix:
		for j := range 1 + len(q.keys) {
			form := []byte(q.form(j))
			g.findPrefix(w, &g.seg.folds, form)
			g.findPrefix(w, &g.seg.keys, form)
		}
		w.compact(prefix)
	case k == oneEdit && q.edits > 0:
		// One walk finds both; the second kind is ready when the search gets there.
		for j, aut := range g.s.x.fuzzy(q) {
			if aut != nil {
				g.findFuzzy(w, &g.seg.folds, q.form(j), q.edits, aut)
				g.findFuzzy(w, &g.seg.keys, q.form(j), q.edits, aut)
			}
		}
		w.compact(oneEdit)
		w.compact(twoEdits)
	}
	return len(w.refs[k]) > 0 || len(w.plain[k]) > 0
}

// findPrefix adds the lists of all forms that begin with form.
func (g *segmentSearch) findPrefix(w *wordLists, d *dict, form []byte) {
	from, to := d.span(&g.w, form)
	if from == to {
		return
	}
	if r, ok := d.whole(from, to); ok {
		w.refs[prefix] = append(w.refs[prefix], r)
		return
	}
	for _, r := range d.refs[from:to] {
		w.add(&g.seg.lists, r, prefix)
	}
}

// findFuzzy adds the lists of all forms that the automaton, of form and edits, takes.
func (g *segmentSearch) findFuzzy(w *wordLists, d *dict, form string, edits int, aut *levenshtein.DFA) {
	err := g.w.it.Reset(d.fst, nil, nil, aut)
	for ; err == nil; err = g.w.it.Next() {
		other, i := g.w.it.Current()
		switch n := distance(form, string(other)); {
		case n == 0 || n > edits:
		case n == 1:
			w.add(&g.seg.lists, d.refs[i], oneEdit)
		default:
			w.add(&g.seg.lists, d.refs[i], twoEdits)
		}
	}
}

// add adds a list to those of kind k: a short one to those that become one.
func (w *wordLists) add(p *postings, r ref, k kind) {
	if r&single != 0 {
		w.plain[k] = append(w.plain[k], uint32(r&^single))
	} else if c := p.open(r, k); c.n <= heavy {
		w.plain[k] = c.appendAll(w.plain[k])
	} else {
		w.refs[k] = append(w.refs[k], r)
	}
}

func (w *wordLists) compact(k kind) {
	slices.Sort(w.plain[k])
	w.plain[k] = slices.Compact(w.plain[k])
}

// open opens the lists of all words for kinds up to k, rarest word first; false if a word has none.
func (g *segmentSearch) open(k kind) bool {
	g.us = g.us[:0]
	for i := range g.words {
		w := &g.words[i]
		w.cursors = w.cursors[:0]
		for j := range k + 1 {
			for _, r := range w.refs[j] {
				w.cursors = append(w.cursors, g.seg.lists.open(r, j))
			}
			if len(w.plain[j]) > 0 {
				w.cursors = append(w.cursors, openPlain(w.plain[j], j))
			}
		}
		if len(w.cursors) == 0 {
			return false
		}
		g.us = append(g.us, newUnion(w.cursors))
	}
	slices.SortStableFunc(g.us, func(a, b union) int { return a.n - b.n })
	return true
}

// next returns the first document not before doc that every word has; none if there is none.
func (g *segmentSearch) next(doc uint32) uint32 {
	for i := 0; i < len(g.us); {
		u := &g.us[i]
		u.seek(doc)
		switch {
		case u.doc == none:
			return none
		case u.doc > doc && i > 0:
			doc, i = u.doc, 0
		default:
			doc, i = u.doc, i+1
		}
	}
	return doc
}

// weakest returns the kind of the match of the document that all words stand on.
func (g *segmentSearch) weakest() kind {
	worst := exact
	for i := range g.us {
		worst = max(worst, g.us[i].best())
	}
	return worst
}

func automata(edits uint8) *levenshtein.LevenshteinAutomatonBuilder {
	b, err := levenshtein.NewLevenshteinAutomatonBuilder(edits, true)
	if err != nil {
		panic(fmt.Sprintf("names: automata of %d edits: %v", edits, err)) // a constant of the library's
	}
	return b
}

// fuzzy returns the automata of the forms of q; nil for a form too long for one.
func (x *Index) fuzzy(q *queryWord) []*levenshtein.DFA {
	if q.automata != nil {
		return q.automata
	}
	for j := range 1 + len(q.keys) {
		if !q.isFuzzy(q.form(j)) {
			q.automata = append(q.automata, nil)
			continue
		}
		aut, err := x.automata[q.edits-1]().BuildDfa(q.form(j), uint8(q.edits))
		if err != nil {
			// States are bounded by letters, and letters by isFuzzy.
			panic(fmt.Sprintf("names: automaton of %q: %v", q.form(j), err))
		}
		q.automata = append(q.automata, aut)
	}
	return q.automata
}

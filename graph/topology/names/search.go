package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	defaultLimit  = 20
	maxCandidates = 128     // names of a kind that are ranked
	maxQuery      = 4096    // bytes of a query that are read
	maxQueryWords = 32      // words of it
	maxSteps      = 1 << 20 // documents of a segment looked at for a kind
)

// Query is what to search for.
type Query struct {
	Text   string
	Fuzzy  bool // words may be misspelt
	Prefix bool // the last word may be the beginning of one
	Limit  int  // hits wanted; 20 if not positive; time and memory grow with it

	// Rank returns the weight of a name, which decides between names of equal score, or false to drop
	// it: it is not there at the caller's snapshot, or not of the kind wanted. It is called within
	// Search, perhaps more than once for a name. Nil: all names, of weight 0.
	Rank func(n uint32) (weight float32, ok bool)
}

// Hit is a name found.
type Hit struct {
	Name  uint32
	Score float64 // in (0, 6]: the whole part tells kinds of match apart, the rest is the share of the name that the query covers
	Match MatchKind
}

// candidate is a name that matches and that Rank lets pass.
type candidate struct {
	hit    Hit
	words  uint8
	weight float32
}

func (c *candidate) compare(d *candidate) int {
	// Not cmp.Or, which compares all three each time: this is the inner loop of short beginnings.
	if c.hit.Score != d.hit.Score {
		return cmp.Compare(d.hit.Score, c.hit.Score)
	}
	if c.weight != d.weight {
		return cmp.Or(cmp.Compare(d.weight, c.weight), cmp.Compare(c.hit.Name, d.hit.Name))
	}
	return cmp.Compare(c.hit.Name, d.hit.Name)
}

// search is the state of one search, and the scratch of the next.
type search struct {
	x       *Index
	q       Query
	fold    string // of the whole query
	words   []queryWord
	inQuery int // words of the query, repetitions included
	isCode  bool

	found []candidate // of the kind being searched
	top   []candidate // best so far, in order
	segs  []segmentSearch
}

// Search returns the names that match, best first: by kind of match, then by the share of the name that
// the query covers, then by weight, then by number. The same state, query and Rank give the same hits. A
// query without words matches nothing.
func (x *Index) Search(q Query) []Hit {
	s := x.scratch.Get().(*search)
	defer x.scratch.Put(s)
	defer func() { s.q.Rank = nil }() // it may hold a snapshot
	if !s.begin(x, q) {
		return nil
	}
	st := x.cur.Load()
	for len(s.segs) < len(st.segs) {
		s.segs = append(s.segs, segmentSearch{})
	}
	for i, seg := range st.segs {
		s.segs[i].begin(s, seg)
	}
	for k := exact; k < unmatched && len(s.top) < s.q.Limit; k++ {
		if k > translit && s.isCode && len(s.top) > 0 || k == prefix && !q.Prefix || k > prefix && !q.Fuzzy {
			continue
		}
		s.found = s.found[:0]
		for i := range st.segs {
			s.segs[i].run(k)
		}
		for i := range st.tail {
			s.tail(st.indexed+uint32(i), st.tail[i].words, k)
		}
		s.rank(len(st.segs) > 1 || len(st.tail) > 0)
	}
	hits := make([]Hit, len(s.top))
	for i := range hits {
		hits[i] = s.top[i].hit
	}
	return hits
}

// begin reads the query; false if it has no words.
func (s *search) begin(x *Index, q Query) bool {
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	if len(q.Text) > maxQuery {
		q.Text = strings.ToValidUTF8(q.Text[:maxQuery], "")
	}
	*s = search{x: x, q: q, words: s.words[:0], found: s.found[:0], top: s.top[:0], segs: s.segs}
	toks := Tokens(q.Text)
	toks = toks[:min(len(toks), maxQueryWords)]
	for i, tok := range toks {
		w := queryWord{word: newWord(tok), prefix: q.Prefix && i == len(toks)-1}
		if q.Fuzzy {
			w.edits = editsFor(w.fold)
		}
		if i > 0 {
			s.fold += " "
		}
		s.fold += w.fold
		// A repetition adds nothing; the last stays, as it may be a prefix.
		s.words = slices.DeleteFunc(s.words, func(v queryWord) bool { return v.raw == w.raw })
		s.words = append(s.words, w)
	}
	s.inQuery = len(toks)
	s.isCode = isCode(q.Text)
	return len(toks) > 0
}

// isCode reports whether the last word of text is typed as a code: two to four capitals, as ARM.
func isCode(text string) bool {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return false
	}
	last := fields[len(fields)-1]
	n := utf8.RuneCountInString(last)
	return 2 <= n && n <= 4 && !strings.ContainsFunc(last, func(r rune) bool { return !unicode.IsUpper(r) })
}

// accept makes a candidate of name n, of so many words, if Rank lets it pass.
func (s *search) accept(n uint32, words uint8, k kind) {
	c := candidate{words: words, hit: Hit{Name: n, Match: matchOf[k]}}
	if s.q.Rank != nil {
		var ok bool
		if c.weight, ok = s.q.Rank(n); !ok {
			return
		}
	}
	c.hit.Score = baseOf[k] + min(1, float64(len(s.words))/float64(words))
	if k == exact && int(words) == s.inQuery && s.isSame(n) {
		c.hit.Match = ExactText
		c.hit.Score++
	}
	s.found = append(s.found, c)
}

// budget is the number of candidates considered for a kind.
func (s *search) budget() int { return max(maxCandidates, s.q.Limit) }

// tail looks at a name of the tail.
func (s *search) tail(n uint32, words []word, k kind) {
	worst := exact
	for i := range s.words {
		best := unmatched
		for j := range words {
			best = min(best, s.words[i].match(&words[j], k))
		}
		if worst = max(worst, best); worst > k {
			return
		}
	}
	if worst < k {
		return // found before
	}
	s.accept(n, uint8(min(len(words), manyWords)), k)
}

// isSame reports whether the folded text of name n is the query's.
func (s *search) isSame(n uint32) bool {
	return s.inQuery == 1 || Fold(s.x.Text(n)) == s.fold // one word, and it matched
}

// rank moves the best of found to top. If they come from several places they are put in the order of
// one first, and what is beyond the budget dropped.
func (s *search) rank(mixed bool) {
	if mixed {
		slices.SortFunc(s.found, func(a, b candidate) int {
			return cmp.Or(cmp.Compare(a.words, b.words), cmp.Compare(a.hit.Name, b.hit.Name))
		})
		s.found = s.found[:min(len(s.found), s.budget())]
	}
	for i := range s.found {
		c := &s.found[i]
		if len(s.top) == s.q.Limit {
			if c.compare(&s.top[len(s.top)-1]) >= 0 {
				continue
			}
			s.top = s.top[:len(s.top)-1]
		}
		at, _ := slices.BinarySearchFunc(s.top, c, func(a candidate, b *candidate) int { return a.compare(b) })
		s.top = slices.Insert(s.top, at, *c)
	}
}

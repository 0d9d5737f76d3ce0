package names

import (
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/vellum/levenshtein"
	"golang.org/x/text/unicode/norm"
)

const (
	tailSize  = 64      // names compared one by one
	fanIn     = 4       // segments of like size that become one
	maxMerged = 1 << 18 // names of the largest segment that Add makes: it keeps the writer for under a second
)

// Index finds names. One goroutine at a time may call [Index.Add], [Index.Load], [Index.Flush] and [Index.Build];
// any number may call the other methods meanwhile, and wait for nothing. Make one with [New].
type Index struct {
	cur  atomic.Pointer[state]
	next state // the writer's; cur is a copy of it

	scratch  sync.Pool                                          // of *search
	automata [2]func() *levenshtein.LevenshteinAutomatonBuilder // for one edit, for two
}

// state is what readers see. What a published state can reach never changes.
type state struct {
	texts   texts
	segs    []*segment // one after the other, from name 0
	indexed uint32     // names in segs
	tail    []tailName // the names from indexed on
}

// tailName is a name of the tail: its words, repetitions included.
type tailName struct {
	words []word
}

// New returns an index without names.
func New() *Index {
	x := &Index{}
	x.cur.Store(&state{})
	x.scratch.New = func() any { return &search{} }
	for i := range x.automata {
		x.automata[i] = sync.OnceValue(func() *levenshtein.LevenshteinAutomatonBuilder { return automata(uint8(i + 1)) })
	}
	return x
}

// Add adds name number n. When it returns, every reader finds the name. Numbers are handed out in
// order: a number the index has already is left as it is, and numbers skipped are names with no text,
// which no search finds. Every 64th call takes some 100 µs more, and, ever more seldom, a call takes up
// to a second, for it makes one segment of several.
func (x *Index) Add(n uint32, text string) {
	if int64(n) < int64(x.next.texts.n) {
		return
	}
	x.fill(n)
	if x.next.texts.n > int(x.next.indexed)+len(x.next.tail) {
		x.seal()
	}
	text = norm.NFC.String(text)
	x.next.texts.append(text)
	var t tailName
	eachWord(nil, text, func(w []byte) { t.words = append(t.words, newWord(string(w))) })
	x.next.tail = append(x.next.tail, t)
	if len(x.next.tail) >= tailSize {
		x.seal()
	}
	x.publish()
}

// Load adds name number n, as [Index.Add] does, but readers find it only after the next
// call of [Index.Build], [Index.Flush] or Add. To load many names, Load each and then Build: that takes a third of the time.
func (x *Index) Load(n uint32, text string) {
	if int64(n) < int64(x.next.texts.n) {
		return
	}
	x.fill(n)
	x.next.texts.append(norm.NFC.String(text))
}

// Flush shows readers what was loaded since the last Build, Flush or Add. It makes a segment of it and merges small
// segments as [Index.Add] does, so many names in batches cost about a third of what Add takes for each.
func (x *Index) Flush() {
	x.seal()
	x.publish()
}

// Show lets readers have the texts of what was loaded, which searches find only after the next Build, Flush or Add.
func (x *Index) Show() { x.publish() }

// fill makes names of no text of the numbers before n.
func (x *Index) fill(n uint32) {
	for int64(x.next.texts.n) < int64(n) {
		x.next.texts.append("")
	}
}

// Build makes one segment of all names, the form that takes least memory and answers fastest. Readers
// go on with what there was until it is done. It takes some three seconds a million names. Call
// it after loading in bulk; after that [Index.Add] keeps the number of segments small by itself.
func (x *Index) Build() {
	n := uint32(x.next.texts.n)
	if x.next.indexed != n || len(x.next.segs) > 1 {
		x.next.segs, x.next.indexed, x.next.tail = []*segment{newSegment(&x.next.texts, 0, n)}, n, nil
	}
	x.publish()
}

// Gather makes a segment of the names that are shown and in none, and returns what puts it in its place. It may run beside all
// other calls but [Index.Add], [Index.Flush] and [Index.Build], as long as it has not been put there; what it returns is called as these
// are, and also shows what was loaded meanwhile.
func (x *Index) Gather() (adopt func()) {
	s := x.cur.Load()
	lo, hi := s.indexed, uint32(s.texts.n)
	if lo == hi {
		return x.Flush
	}
	g := newSegment(&s.texts, lo, hi)
	return func() {
		x.take(g)
		x.Flush()
	}
}

// seal makes a segment of the names that are in none.
func (x *Index) seal() {
	if n := uint32(x.next.texts.n); x.next.indexed < n {
		x.take(newSegment(&x.next.texts, x.next.indexed, n))
	}
}

// take adds the segment of the names that follow those in others, and makes one of the last four while they are alike.
func (x *Index) take(g *segment) {
	s := &x.next
	s.segs = append(slices.Clone(s.segs), g)
	s.indexed, s.tail = g.hi, nil
	for len(s.segs) >= fanIn {
		last := s.segs[len(s.segs)-fanIn:]
		lo, hi := last[0].lo, last[fanIn-1].hi
		if hi-lo > maxMerged || slices.ContainsFunc(last, func(g *segment) bool { return g.level() > last[fanIn-1].level() }) {
			return
		}
		s.segs = append(s.segs[:len(s.segs)-fanIn], newSegment(&s.texts, lo, hi))
	}
}

// level is the logarithm, to the base of fanIn, of the size of a segment in tails.
func (s *segment) level() int {
	return bits.Len32((s.hi-s.lo)/tailSize) / 2
}

func (x *Index) publish() {
	s := x.next
	x.cur.Store(&s)
}

// Len returns the number of names.
func (x *Index) Len() int { return x.cur.Load().texts.n }

// Text returns the text of name n, in Unicode's NFC, otherwise as given; "" if there is no such name.
func (x *Index) Text(n uint32) string {
	s := x.cur.Load()
	if int64(n) >= int64(s.texts.n) {
		return ""
	}
	return string(s.texts.bytes(n))
}

// Bytes returns the heap that the index takes, in bytes, but for the scratch of searches under way.
func (x *Index) Bytes() int {
	s := x.cur.Load()
	total := s.texts.heap()
	for _, g := range s.segs {
		total += g.heap()
	}
	for _, t := range s.tail {
		for _, w := range t.words {
			total += len(w.raw) + len(w.fold) + 64
			for _, k := range w.keys {
				total += len(k) + 16
			}
		}
	}
	return total
}

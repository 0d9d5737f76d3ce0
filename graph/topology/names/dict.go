package names

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
	"unicode/utf8"

	"github.com/blevesearch/vellum"
)

// heavy is the number of postings from which a beginning has a list of its own.
const heavy = 256

// dict is an immutable dictionary of forms with their postings. A form's number is its place in the
// order of bytes, so a beginning is a range of numbers.
type dict struct {
	fst   *vellum.FST
	size  int // of the transducer, in bytes
	refs  []ref
	heavy []beginning // by (from, to)
}

// beginning is the list of all forms from ≤ number < to.
type beginning struct {
	from, to uint32
	list     ref
}

// newDict makes the dictionary of forms, sorted and distinct, whose documents are lists, as
// ascending and distinct. Lists go to p.
func newDict(p *postings, forms []string, lists [][]uint32) dict {
	var out bytes.Buffer
	// The registry shares equal endings of words. Sized to the forms, or a hundred names would cost what
	// a million do.
	b, err := vellum.New(&out, &vellum.BuilderOpts{
		Encoder: 1, RegistryTableSize: min(10_000, len(forms)/4+1), RegistryMRUSize: 2,
	})
	for i := 0; err == nil && i < len(forms); i++ {
		err = b.Insert([]byte(forms[i]), uint64(i))
	}
	if err == nil {
		err = b.Close()
	}
	d := dict{refs: make([]ref, len(forms)), size: out.Len()}
	if err == nil {
		d.fst, err = vellum.Load(slices.Clone(out.Bytes()))
	}
	if err != nil {
		// Writing sorted, distinct keys to memory has no way to fail.
		panic(fmt.Sprintf("names: dictionary of %d forms: %v", len(forms), err))
	}
	for i, list := range lists {
		d.refs[i] = p.add(list)
	}
	g := gatherer{p: p, d: &d, forms: forms, lists: lists}
	g.beginnings(0, len(forms), 0)
	slices.SortFunc(d.heavy, compareBeginnings)
	d.heavy = slices.Clip(d.heavy)
	return d
}

func compareBeginnings(a, b beginning) int {
	return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
}

// gatherer makes the lists of heavy beginnings.
type gatherer struct {
	p     *postings
	d     *dict
	forms []string
	lists [][]uint32
	set   []uint64 // scratch: a bit a document
	list  []uint32 // scratch
}

// beginnings visits every beginning of forms from ≤ i < to, which share their first depth bytes. It
// returns the list of the largest, and the number of its documents, if one was made: a longer
// beginning that stands for as many documents stands for the same ones and lends its list.
func (g *gatherer) beginnings(from, to, depth int) (best ref, size int) {
	for i := from; i < to; {
		form := g.forms[i]
		if len(form) == depth {
			i++
			continue
		}
		_, width := utf8.DecodeRuneInString(form[depth:])
		next, total := i+1, len(g.lists[i])
		for next < to && len(g.forms[next]) >= depth+width && g.forms[next][depth:depth+width] == form[depth:depth+width] {
			total += len(g.lists[next])
			next++
		}
		if next-i > 1 && total > heavy {
			list, n := g.beginnings(i, next, common(g.forms[i], g.forms[next-1], depth+width))
			// A list of one form may be the largest inside, too.
			for j := i; j < next; j++ {
				if len(g.lists[j]) > n {
					list, n = g.d.refs[j], len(g.lists[j])
				}
			}
			if docs := g.gather(i, next, total); len(docs) > n {
				list, n = g.p.add(docs), len(docs)
			}
			g.d.heavy = append(g.d.heavy, beginning{uint32(i), uint32(next), list})
			if n > size {
				best, size = list, n
			}
		}
		i = next
	}
	return best, size
}

// common returns how many bytes a and b have in common, in whole letters; they are known to have from.
func common(a, b string, from int) int {
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	for from < len(a) && !utf8.RuneStart(a[from]) {
		from--
	}
	return from
}

// gather returns the documents of forms from ≤ i < to, which have total postings.
func (g *gatherer) gather(from, to, total int) []uint32 {
	g.list = g.list[:0]
	if total < g.p.docs/64 {
		for _, list := range g.lists[from:to] {
			g.list = append(g.list, list...)
		}
		slices.Sort(g.list)
		g.list = slices.Compact(g.list)
		return g.list
	}
	if g.set == nil {
		g.set = make([]uint64, (g.p.docs+63)/64)
	}
	for _, list := range g.lists[from:to] {
		for _, doc := range list {
			g.set[doc/64] |= 1 << (doc % 64)
		}
	}
	for i, w := range g.set {
		for ; w != 0; w &= w - 1 {
			g.list = append(g.list, uint32(i*64+bits.TrailingZeros64(w)))
		}
		g.set[i] = 0
	}
	return g.list
}

// get returns the list of a form.
func (d *dict) get(form []byte) (ref, bool) {
	i, ok, err := d.fst.Get(form)
	if err != nil || !ok {
		return 0, false // the transducer lies in memory; it does not fail
	}
	return d.refs[i], true
}

// span returns the numbers from ≤ i < to of the forms that begin with prefix, which is not empty.
func (d *dict) span(w *walker, prefix []byte) (from, to int) {
	if from = d.lower(w, prefix); from == len(d.refs) {
		return from, from
	}
	if form, _ := w.it.Current(); !bytes.HasPrefix(form, prefix) {
		return from, from
	}
	// Prefix is UTF-8: its last byte is never 0xff.
	prefix[len(prefix)-1]++
	to = d.lower(w, prefix)
	prefix[len(prefix)-1]--
	return from, to
}

// lower returns the number of the first form not before key, and leaves the iterator there.
func (d *dict) lower(w *walker, key []byte) int {
	w.from = notBefore(key)
	if w.it.Reset(d.fst, nil, nil, &w.from) != nil {
		return len(d.refs)
	}
	_, i := w.it.Current()
	return int(i)
}

// walker is scratch for walks over dictionaries.
type walker struct {
	it   vellum.FSTIterator
	from notBefore
}

// notBefore is an automaton that takes every form from a key on. The iterator's own start does the same,
// but allocates for every byte of the key. The states are the number of bytes that are the key's, and
// two more.
type notBefore []byte

const (
	after  = 1 << 20 // greater than the key whatever follows
	before = -1      // less than the key whatever follows
)

// Start returns the state before the first byte.
func (k *notBefore) Start() int { return 0 }

// IsMatch reports whether a form that ends here is taken.
func (k *notBefore) IsMatch(state int) bool { return state == after || state == len(*k) }

// CanMatch reports whether a form that begins so may be taken.
func (k *notBefore) CanMatch(state int) bool { return state != before }

// WillAlwaysMatch reports whether every form that begins so is taken.
func (k *notBefore) WillAlwaysMatch(state int) bool { return k.IsMatch(state) }

// Accept returns the state after b.
func (k *notBefore) Accept(state int, b byte) int {
	switch {
	case state == after || state == before:
		return state
	case state >= len(*k) || b > (*k)[state]:
		return after
	case b < (*k)[state]:
		return before
	}
	return state + 1
}

// whole returns the list made for a range of forms, if it is heavy.
func (d *dict) whole(from, to int) (ref, bool) {
	want := beginning{from: uint32(from), to: uint32(to)}
	i, ok := slices.BinarySearchFunc(d.heavy, want, compareBeginnings)
	if !ok {
		return 0, false
	}
	return d.heavy[i].list, true
}

func (d *dict) heap() int {
	return d.size + 4*cap(d.refs) + binary.Size(beginning{})*cap(d.heavy)
}

package ledger

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// A head is the one mutable value: who writes, and which commits there are.
type head struct {
	ledger  nonce // the ledger's id; all zero if there is no head yet
	writer  nonce
	last    uint64 // commit
	hash    hash   // of that commit
	ordinal int    // of that commit's last value
	pages   uint32
	page    link // to the newest page, if there are any
	tail    []run
	uses    uint64 // what the first release did not know
}

// A link names a page: with its number, the nonce in its key, and its checksum.
type link struct {
	writer nonce
	sum    checksum
}

// A run of commits has the blocks of one nonce.
type run struct {
	writer nonce
	first  uint64
	count  uint64
}

func (r run) last() uint64 { return r.first + r.count - 1 }

func (h *head) append(b []byte) []byte {
	b = append(b, h.ledger[:]...)
	b = append(b, h.writer[:]...)
	b = binary.AppendUvarint(b, h.last)
	b = append(b, h.hash[:]...)
	b = binary.AppendUvarint(b, uint64(h.ordinal))
	b = binary.AppendUvarint(b, uint64(h.pages))
	if h.pages > 0 {
		b = h.page.append(b)
	}
	b = appendRuns(b, h.tail)
	return binary.AppendUvarint(b, h.uses)
}

// What the first release did not know, in a head as bits. A program refuses those that it does not know.
const (
	usesErasure  = 1 << iota // something was ordered to be erased
	usesDatasets             // trailers may name a dataset
	usesAll      = 1<<iota - 1
)

func decodeHead(payload []byte) (*head, error) {
	w := wire{b: payload}
	h := &head{}
	w.fill(h.ledger[:])
	w.fill(h.writer[:])
	h.last = w.uvarint()
	w.fill(h.hash[:])
	ordinal, pages := w.uvarint(), w.uvarint()
	if ordinal >= maxValues || pages >= 1<<32 {
		return nil, errWire
	}
	h.ordinal, h.pages = int(ordinal), uint32(pages)
	if h.pages > 0 {
		h.page = readLink(&w)
	}
	h.tail = readRuns(&w)
	h.uses = w.uvarint()
	if h.uses&^usesAll != 0 && !w.bad {
		return nil, fmt.Errorf("%w: it uses %#x, this program knows %#x", ErrFormat, h.uses, usesAll)
	}
	if err := w.done(); err != nil {
		return nil, err
	}
	if h.last == 0 && (h.pages > 0 || len(h.tail) > 0) || h.last > 0 && (len(h.tail) == 0 || h.tail[len(h.tail)-1].last() != h.last) {
		return nil, fmt.Errorf("%w: a tail that does not end with commit %d", errWire, h.last)
	}
	if h.pages == 0 && len(h.tail) > 0 && h.tail[0].first != 1 {
		return nil, fmt.Errorf("%w: no page holds the first commits", errWire)
	}
	return h, nil
}

// A page holds runs of commits for good.
type page struct {
	number uint32
	before link // if number > 0
	runs   []run
}

func (p *page) append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(p.number))
	if p.number > 0 {
		b = p.before.append(b)
	}
	b = appendRuns(b, p.runs)
	return append(b, 0)
}

func decodePage(payload []byte) (*page, error) {
	w := wire{b: payload}
	number := w.uvarint()
	if number >= 1<<32-1 {
		return nil, errWire
	}
	p := &page{number: uint32(number)}
	if p.number > 0 {
		p.before = readLink(&w)
	}
	p.runs = readRuns(&w)
	if err := endOfPage(&w); err != nil {
		return nil, err
	}
	if len(p.runs) == 0 || p.number == 0 && p.runs[0].first != 1 {
		return nil, errWire
	}
	return p, nil
}

// endOfPage reads what is reserved for a newer program.
func endOfPage(w *wire) error {
	if n := w.uvarint(); n != 0 && !w.bad {
		return fmt.Errorf("%w: a page with more than runs", ErrFormat)
	}
	return w.done()
}

func (l link) append(b []byte) []byte { return append(append(b, l.writer[:]...), l.sum[:]...) }

func readLink(w *wire) link {
	var l link
	w.fill(l.writer[:])
	w.fill(l.sum[:])
	return l
}

func appendRuns(b []byte, runs []run) []byte {
	b = binary.AppendUvarint(b, uint64(len(runs)))
	for _, r := range runs {
		b = append(b, r.writer[:]...)
		b = binary.AppendUvarint(b, r.first)
		b = binary.AppendUvarint(b, r.count)
	}
	return b
}

// readRuns reads runs that follow each other without gaps.
func readRuns(w *wire) []run {
	runs := make([]run, w.count(nonceLen+2))
	for i := range runs {
		r := &runs[i]
		w.fill(r.writer[:])
		r.first, r.count = w.uvarint(), w.uvarint()
		follows := r.first > 0
		if i > 0 {
			follows = r.first == runs[i-1].last()+1
		}
		if !follows || r.count == 0 || r.last() < r.first {
			w.fail()
			return nil
		}
	}
	return runs
}

// with is the head after one more commit by its writer, and the page to put before it, if one is sealed.
func (h *head) with(commit uint64, sum hash, ordinal int) (*head, *page) {
	next := *h
	next.last, next.hash, next.ordinal = commit, sum, ordinal
	next.tail = slices.Clone(h.tail)
	if n := len(next.tail); n > 0 && next.tail[n-1].writer == h.writer {
		next.tail[n-1].count++
		return &next, nil
	}
	var sealed *page
	if len(next.tail) == tailLen {
		sealed = &page{number: h.pages, before: h.page, runs: next.tail}
		next.pages++
		next.tail = nil // the caller sets the link to the page
	}
	next.tail = append(next.tail, run{writer: h.writer, first: commit, count: 1})
	return &next, sealed
}

package trace

import (
	"math"

	"entente/graph/ledger"
)

// Pairs are counted by gathering them first, then by the first of the two, and last by the other: that takes no table of everybody against
// everybody, and no search for each. Who is in none has no place in what is counted with: third parties are few, and mostly came to the ledger
// soon after each other.
type pairs struct {
	all           []uint64        // the first of two above the second
	least, beyond ledger.EntityNo // all of both are from the one up to the other
}

// add takes in every two of a list, which ascends and has at least two.
func (p *pairs) add(list []ledger.EntityNo) {
	least, beyond := list[0], list[len(list)-1]+1
	if len(p.all) == 0 {
		p.least, p.beyond = least, beyond
	}
	p.least, p.beyond = min(p.least, least), max(p.beyond, beyond)
	for i, a := range list {
		for _, b := range list[i+1:] {
			p.all = append(p.all, uint64(a)<<32|uint64(b))
		}
	}
}

// counted calls yield once with each pair, and how often it came.
func (p *pairs) counted(yield func(a, b ledger.EntityNo, n int)) {
	begins := make([]uint32, p.beyond-p.least+1) // of each first one: where its seconds begin
	first := func(x uint64) ledger.EntityNo { return ledger.EntityNo(x>>32) - p.least }
	for _, x := range p.all {
		begins[first(x)+1]++
	}
	for i := range begins[1:] {
		begins[i+1] += begins[i]
	}
	seconds := make([]ledger.EntityNo, len(p.all))
	for _, x := range p.all {
		seconds[begins[first(x)]] = ledger.EntityNo(x&math.MaxUint32) - p.least
		begins[first(x)]++
	}
	// Now each has where the seconds of the next one begin.
	counts := make([]int32, len(begins))
	from := uint32(0)
	for a, to := range begins[:len(begins)-1] {
		for _, b := range seconds[from:to] {
			counts[b]++
		}
		for _, b := range seconds[from:to] {
			if counts[b] > 0 {
				yield(ledger.EntityNo(a)+p.least, b+p.least, int(counts[b]))
				counts[b] = 0
			}
		}
		from = to
	}
}

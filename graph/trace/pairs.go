package trace

import (
	"math"

	"entente/graph/ledger"
)

// Pairs are counted by gathering them first, then by the first of the two, and last by the other: that takes no table of everybody against
// everybody, and no search for each.
type pairs struct {
	all []uint64 // the first of two above the second
}

// add takes in every two of a list, which ascends.
func (p *pairs) add(list []ledger.EntityNo) {
	for i, a := range list {
		for _, b := range list[i+1:] {
			p.all = append(p.all, uint64(a)<<32|uint64(b))
		}
	}
}

// counted calls yield once with each pair of entities below a number, and how often it came.
func (p *pairs) counted(entities ledger.EntityNo, yield func(a, b ledger.EntityNo, n int)) {
	begins := make([]uint32, entities+1) // of each first one: where its seconds begin
	for _, x := range p.all {
		begins[x>>32+1]++
	}
	for e := range entities {
		begins[e+1] += begins[e]
	}
	seconds := make([]ledger.EntityNo, len(p.all))
	for _, x := range p.all {
		seconds[begins[x>>32]] = ledger.EntityNo(x & math.MaxUint32)
		begins[x>>32]++
	}
	// Now each has where the seconds of the next one begin.
	counts := make([]int32, entities)
	from := uint32(0)
	for a, to := range begins[:entities] {
		for _, b := range seconds[from:to] {
			counts[b]++
		}
		for _, b := range seconds[from:to] {
			if counts[b] > 0 {
				yield(ledger.EntityNo(a), b, int(counts[b]))
				counts[b] = 0
			}
		}
		from = to
	}
}

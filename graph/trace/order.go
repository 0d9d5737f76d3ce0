package trace

import (
	"math/bits"
	"slices"

	"entente/graph/ledger"
)

// sorted gives the words heard, sorted, each once, in memory of their own. Places are sorted instead of words, which are large: first by who
// recognizes, which tells most of them apart.
func (p *pad) sorted() []word {
	words := p.heard
	if len(words) == 0 {
		return nil
	}
	least, most := words[0].by, words[0].by
	for i := range words {
		least, most = min(least, words[i].by), max(most, words[i].by)
	}
	p.order = slices.Grow(p.order[:0], 2*len(words))[:2*len(words)]
	order, spare := p.order[:len(words)], p.order[len(words):]
	for i := range words {
		order[i] = uint64(words[i].by-least)<<32 | uint64(i)
	}
	order = sortHigh(order, spare, bits.Len32(uint32(most-least)))
	by := func(place uint64) ledger.EntityNo { return words[uint32(place)].by }
	for rest := order; len(rest) > 0; {
		n := 1
		for n < len(rest) && by(rest[n]) == by(rest[0]) {
			n++
		}
		if n > 1 {
			slices.SortFunc(rest[:n], func(a, b uint64) int { return words[uint32(a)].compare(&words[uint32(b)]) })
		}
		rest = rest[n:]
	}
	sorted := make([]word, 0, len(words))
	for _, place := range order {
		w := &words[uint32(place)]
		if n := len(sorted); n == 0 || w.by != sorted[n-1].by || w.Claim() != sorted[n-1].Claim() {
			sorted = append(sorted, *w)
		}
	}
	return sorted
}

// sortHigh sorts numbers by the lowest so many bits of their high halves, and otherwise leaves them in their order. It needs as much memory again,
// and returns one or the other.
func sortHigh(numbers, spare []uint64, significant int) []uint64 {
	for shift := 32; shift < 32+significant; shift += 8 {
		var ends [256]uint32
		for _, n := range numbers {
			ends[uint8(n>>shift)]++
		}
		sum := uint32(0)
		for i, n := range ends {
			ends[i] = sum
			sum += n
		}
		for _, n := range numbers {
			at := &ends[uint8(n>>shift)]
			spare[*at] = n
			*at++
		}
		numbers, spare = spare, numbers
	}
	return numbers
}

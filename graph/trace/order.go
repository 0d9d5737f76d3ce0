package trace

import "slices"

// sorted gives the words asked for, sorted, each once, in memory of their own. Places are sorted instead of words, which are large: first by who
// recognizes, which tells most of them apart.
func (p *pad) sorted() []word {
	p.spare = slices.Grow(p.spare[:0], len(p.order))[:len(p.order)]
	p.order, p.spare = sortHigh(p.order, p.spare)
	for rest := p.order; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n]>>32 == rest[0]>>32 {
			n++
		}
		if n > 1 {
			slices.SortFunc(rest[:n], func(a, b uint64) int { return p.words[uint32(a)].compare(&p.words[uint32(b)]) })
		}
		rest = rest[n:]
	}
	sorted := make([]word, 0, len(p.order))
	for _, place := range p.order {
		w := &p.words[uint32(place)]
		if n := len(sorted); n == 0 || w.by != sorted[n-1].by || w.Claim() != sorted[n-1].Claim() {
			sorted = append(sorted, *w)
		}
	}
	return sorted
}

// sortHigh sorts numbers by their high halves, and otherwise leaves them in their order. It needs as much memory again, and returns the numbers
// and what is left.
func sortHigh(numbers, spare []uint64) (sorted, left []uint64) {
	least, most := ^uint64(0), uint64(0)
	for _, n := range numbers {
		least, most = min(least, n>>32), max(most, n>>32)
	}
	// Numbers are taken by their distance from the least, of which a byte is often enough.
	for shift := 0; least < most && (most-least)>>shift > 0; shift += 8 {
		var ends [256]uint32
		for _, n := range numbers {
			ends[uint8((n>>32-least)>>shift)]++
		}
		sum := uint32(0)
		for i, n := range ends {
			ends[i] = sum
			sum += n
		}
		for _, n := range numbers {
			at := &ends[uint8((n>>32-least)>>shift)]
			spare[*at] = n
			*at++
		}
		numbers, spare = spare, numbers
	}
	return numbers, spare
}

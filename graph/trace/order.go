package trace

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

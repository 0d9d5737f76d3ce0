package bench

import (
	"encoding/binary"
	"hash/fnv"
	"slices"
)

// An answer is what a question finds, as numbers: entities, counts. It is given in to be appended to, so that the scratch of one answer
// serves the next.
type answer []uint64

// pair makes one number of two.
func pair(a, b uint32) uint64 { return uint64(a)<<32 | uint64(b) }

// settled is the answer in the order in which answers are compared.
func (a answer) settled(unordered bool) answer {
	if unordered {
		slices.Sort(a)
	}
	return slices.Compact(a)
}

// checksum is a number that two answers share only if they are equal, as good as certainly.
func (a answer) checksum() uint64 {
	h := fnv.New64a()
	var b [8]byte
	for _, n := range a {
		binary.BigEndian.PutUint64(b[:], n)
		h.Write(b[:])
	}
	return h.Sum64()
}

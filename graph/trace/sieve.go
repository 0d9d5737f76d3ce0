package trace

import (
	"slices"

	"entente/graph/ledger"
)

// A sieve holds entities, and tells of most others at once that they are not among them.
type sieve struct {
	bits []uint64
	mask uint32
}

// sieveBits is how many bits a sieve has for each entity that it holds, at least.
const sieveBits = 64

// fill makes a sieve hold the entities and no others.
func (s *sieve) fill(entities []ledger.EntityNo) {
	size := 1 << 10
	for size < sieveBits*len(entities) {
		size *= 2
	}
	s.mask = uint32(size - 1)
	s.bits = slices.Grow(s.bits[:0], size/64)[:size/64]
	clear(s.bits)
	for _, e := range entities {
		at := s.at(e)
		s.bits[at/64] |= 1 << (at % 64)
	}
}

// sift keeps of a list, in its place, all those that the sieve holds, and few others.
func (s *sieve) sift(list []ledger.EntityNo) []ledger.EntityNo {
	kept := 0
	for _, e := range list {
		at := s.at(e)
		list[kept] = e
		kept += int(s.bits[at/64] >> (at % 64) & 1)
	}
	return list[:kept]
}

// has reports whether the sieve may hold an entity.
func (s *sieve) has(e ledger.EntityNo) bool {
	at := s.at(e)
	return s.bits[at/64]>>(at%64)&1 == 1
}

// at is an entity's bit. Entities that came one after the other have bits of their own.
func (s *sieve) at(e ledger.EntityNo) uint32 { return uint32(e) & s.mask }

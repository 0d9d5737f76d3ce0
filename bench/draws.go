package bench

import (
	"math/rand/v2"

	"entente/graph/store"
)

// farthest is how many meetings apart two actors of a pair are, at most.
const farthest = 6

// agreement draws one; false if there is none that somebody signed.
func (g *plain) agreement(r *rand.Rand) (store.Entity, bool) {
	if len(g.signed.to) == 0 {
		return 0, false
	}
	// One that is signed by many is drawn more often, which does no harm.
	return store.Entity(g.signed.to[r.IntN(len(g.signed.to))]), true
}

// apart draws two actors so many meetings apart, 1 to 6 in turn; false if there are none to be found.
func apart(g *plain, r *rand.Rand, n int) (draw, bool) {
	meetings := 1 + n%farthest
	for range 20 {
		deal, ok := g.agreement(r)
		if !ok {
			return draw{}, false
		}
		signers := g.signers.of(deal)
		from := store.Entity(signers[r.IntN(len(signers))])
		if ring := g.ring(from, meetings); len(ring) > 0 {
			return draw{a: from, b: store.Entity(ring[r.IntN(len(ring))])}, true
		}
	}
	return draw{}, false
}

// ring lists the actors so many meetings away from one, and no fewer.
func (g *plain) ring(from store.Entity, meetings int) []uint32 {
	seen := make([]bool, g.entities)
	seen[from] = true
	ring := []uint32{uint32(from)}
	for range meetings {
		var next []uint32
		for _, a := range ring {
			for _, m := range g.links.of(store.Entity(a)) {
				if seen[m] {
					continue
				}
				seen[m] = true
				for _, b := range g.links.of(store.Entity(m)) {
					if !seen[b] {
						seen[b] = true
						next = append(next, b)
					}
				}
			}
		}
		ring = next
	}
	return ring
}

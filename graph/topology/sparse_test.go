package topology

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestSparseEqualsAMap adds numbers to a few of many claims, and asks for all of them after each.
func TestSparseEqualsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s sparse
		want := make(map[uint32][]uint32)
		claim := uint32(0)
		for n := range rapid.IntRange(0, 40).Draw(t, "rows") {
			claim += rapid.SampledFrom([]uint32{0, 1, 2, stretch - 1, stretch, 3 * stretch}).Draw(t, "gap")
			s.add(claim, uint32(n))
			want[claim] = append(want[claim], uint32(n))
			for c := range claim + 2*stretch {
				got := slices.Collect(s.each(c))
				if !slices.Equal(got, want[c]) {
					t.Fatalf("claim %d has %v, want %v", c, got, want[c])
				}
				number, ok := s.get(c)
				if ok != (len(want[c]) > 0) || ok && number != want[c][0] {
					t.Fatalf("get(%d) = %d, %v; want the first of %v", c, number, ok, want[c])
				}
			}
		}
	})
}

package topology

import (
	"testing"

	"pgregory.net/rapid"
)

// TestFewBits compares with a map, over the length of what is grown several times.
func TestFewBits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b fewBits
		set := make(map[uint32]bool)
		bit := rapid.OneOf(rapid.Uint32Range(0, 3*bitStretch), rapid.Uint32Range(0, 100*32*bitStretch))
		for range rapid.IntRange(0, 40).Draw(t, "turns") {
			i := bit.Draw(t, "bit")
			b.set(i)
			set[i] = true
			for _, j := range append(rapid.SliceOfN(bit, 20, 20).Draw(t, "asked"), i, i+1, i^bitStretch) {
				if b.get(j) != set[j] || set[j] && !b.near(j) {
					t.Fatalf("bit %d is %t, near %t; want %t", j, b.get(j), b.near(j), set[j])
				}
			}
		}
		for i := range set {
			if !b.get(i) {
				t.Fatalf("bit %d is lost", i)
			}
		}
	})
}

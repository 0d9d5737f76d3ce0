package trace_test

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph/trace"
)

// TestSortHigh compares with a stable sort by the high halves.
func TestSortHigh(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		high := rapid.OneOf(rapid.Uint32Range(0, 3), rapid.Uint32Range(1<<16-2, 1<<16+2), rapid.Uint32())
		numbers := rapid.SliceOf(rapid.Custom(func(t *rapid.T) uint64 {
			return uint64(high.Draw(t, "high"))<<32 | uint64(rapid.Uint32Range(0, 9).Draw(t, "low"))
		})).Draw(t, "numbers")
		want := slices.Clone(numbers)
		slices.SortStableFunc(want, func(a, b uint64) int { return cmp.Compare(a>>32, b>>32) })
		if diff := gocmp.Diff(want, trace.SortHigh(numbers)); diff != "" {
			t.Fatalf("(-stable sort +SortHigh):\n%s", diff)
		}
	})
}

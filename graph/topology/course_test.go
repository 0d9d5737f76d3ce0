package topology

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
)

// TestKeep compares what a course goes over, some stretches of days kept, with all of its claims that are of days in all stretches.
func TestKeep(t *testing.T) {
	s := New().Head()
	rapid.Check(t, func(t *rapid.T) {
		type row struct {
			day   graph.Day
			claim ledger.ClaimNo
		}
		n := rapid.SampledFrom([]int{4 * courseMuch, 2 * courseMuch, 4 * courseMuch, courseMuch + 1, courseMuch, 5, 0}).Draw(t, "claims")
		perDay := rapid.SampledFrom([]int{9, 1, 40}).Draw(t, "claims a day")
		c := Course{s: s}
		var want []row
		for i := range n {
			day := graph.Day(i/perDay - 3)
			c.edges = append(c.edges, edge{key: slotKey(7) | dayKey(day), claim: uint32(i)})
			want = append(want, row{day, ledger.ClaimNo(i)})
		}
		for range rapid.IntRange(0, 5).Draw(t, "stretches") {
			from := rapid.SampledFrom([]graph.Day{12, 5, graph.DayMin, 0, 12, 5, 3, -dayBias, 9, 30, dayBias}).Draw(t, "from")
			to := rapid.SampledFrom([]graph.Day{graph.DayMax, 29, dayBias, 20, graph.DayMax, dayBias, 29, -1, -dayBias, graph.DayMin}).Draw(t, "to")
			c.Keep(from, to)
			want = slices.DeleteFunc(want, func(r row) bool { return r.day < from || r.day > to })
		}
		if c.Len() < len(want) {
			t.Fatalf("at most %d claims are left, want %d", c.Len(), len(want))
		}
		var got []row
		for {
			day, some := c.Day()
			if !some {
				break
			}
			var today []row
			for _, x := range c.Next(nil) {
				if x.Dated() {
					t.Fatalf("the stub of claim %d has the day of what it leads to", x.Claim())
				}
				today = append(today, row{day, x.Claim()})
			}
			got = append(today, got...)
		}
		if diff := gocmp.Diff(want, got, gocmp.AllowUnexported(row{})); diff != "" && len(want)+len(got) > 0 {
			t.Fatalf("(-want +got)\n%s", diff)
		}
	})
}

package topology

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"entente/graph"
	"entente/graph/ledger"
)

// TestKeep compares what a course goes over, some stretches of days kept, with all of its claims that are of days in all stretches, by as many
// days at a time as are asked for.
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
		slices.SortStableFunc(want, func(a, b row) int { return cmp.Compare(b.day, a.day) })
		for len(want) > 0 {
			day, some := c.Day()
			if !some {
				t.Fatalf("none is left, want %v", want)
			}
			after, wanted := day-graph.Day(rapid.SampledFrom([]int{1, 3, 100, 0}).Draw(t, "days")), rapid.SampledFrom([]int{1, 10, 1000}).Draw(t, "wanted")
			n := 0
			for n < len(want) && want[n].day > after && (n < wanted || want[n].day == want[n-1].day) {
				n++
			}
			var got []row
			for _, x := range c.Next(nil, after, wanted) {
				if x.Dated() {
					t.Fatalf("the stub of claim %d has the day of what it leads to", x.Claim())
				}
				got = append(got, row{x.On, x.Claim()})
			}
			if diff := gocmp.Diff(want[:n], got, gocmp.AllowUnexported(row{}), cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%d after %s (-want +got)\n%s", wanted, after, diff)
			}
			want = want[n:]
		}
		if day, some := c.Day(); some {
			t.Fatalf("there are some of %s left, want none", day)
		}
	})
}

package topology

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/graph"
)

// TestNodeEqualsASortedList inserts random batches and compares with one sorted list, for sizes around those at
// which leaves split.
func TestNodeEqualsASortedList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		var claim uint32
		batch := func(n int) []edge {
			edges := make([]edge, n)
			for i := range edges {
				edges[i] = edge{uint32(random.IntN(8)) << 24 << random.IntN(5) >> 1 &^ 3, random.Uint32(), claim}
				edges[i].key |= uint32(random.IntN(40)) << 2
				claim++
			}
			sortEdges(edges)
			return edges
		}
		all := batch(rapid.SampledFrom([]int{0, 1, 500, 1500, 9000}).Draw(t, "base"))
		n := newNode(slices.Clone(all))
		for range rapid.IntRange(0, 12).Draw(t, "batches") {
			added := batch(rapid.SampledFrom([]int{1, 2, 50, 700}).Draw(t, "added"))
			before := collect(n, 0, 255)
			next := n.with(added)
			if got := collect(n, 0, 255); !slices.Equal(got, before) {
				t.Fatal("inserting changed the node that readers may hold")
			}
			if shared := sharedLeaves(n, next); shared < len(n.leaves)-len(added) {
				t.Fatalf("%d of %d leaves are shared after adding %d edges", shared, len(n.leaves), len(added))
			}
			n = next
			all = append(all, added...)
			sortEdges(all)
		}
		if n.n != len(all) {
			t.Fatalf("the node counts %d edges, want %d", n.n, len(all))
		}
		for range 8 {
			first := slot8(random.IntN(256))
			last := first + slot8(random.IntN(256-int(first)))
			want := slices.DeleteFunc(slices.Clone(all), func(e edge) bool { return e.slot() < first || e.slot() > last })
			if diff := gocmp.Diff(want, collect(n, first, last), gocmp.AllowUnexported(edge{})); diff != "" && len(want)+n.n > 0 {
				t.Fatalf("slots %d to %d (-want +got):\n%s", first, last, diff)
			}
		}
		for i, leaf := range n.leaves {
			if len(leaf) > leafMost(n.n) {
				t.Fatalf("leaf %d of a node of %d has %d edges, at most %d", i, n.n, len(leaf), leafMost(n.n))
			}
		}
	})
}

func sharedLeaves(a, b *node) (shared int) {
	of := make(map[*edge]bool)
	for _, leaf := range b.leaves {
		if len(leaf) > 0 {
			of[&leaf[0]] = true
		}
	}
	for _, leaf := range a.leaves {
		if len(leaf) > 0 && of[&leaf[0]] {
			shared++
		}
	}
	return shared
}

func collect(n *node, first, last slot8) []edge {
	edges := []edge{}
	n.each(first, last, func(e edge) bool {
		edges = append(edges, e)
		return true
	})
	return edges
}

// TestAnEdgeKeepsItsDay: what a key tells of a date is the date, or it says to look it up.
func TestAnEdgeKeepsItsDay(t *testing.T) {
	tests := []struct {
		date   string
		lookUp bool
	}{
		{"", false},
		{"2020-11-09", false},
		{"1970-01-01", false},
		{"-0899-03-04", false},
		{"-3000-01-01", false},
		{"-9000-01-01", true}, // below what a key holds
		{"9999-12-31", true},  // above
		{"2020-11", true},
		{"2020-11-09~", true},
		{"2020-11-09?", true},
		{"[2020-11-09,2020-11-10]", true},
		{"2020-11-09/2020-11-09", true},
		{"../2023-01-01", true},
		{"2020/", true},
	}
	for _, test := range tests {
		var d graph.Date
		if test.date != "" {
			d = graph.MustParseDate(test.date)
		}
		e := edge{key: packKey(7, d, flagQualified)}
		day, dated := e.day()
		if e.slot() != 7 || e.key&flagQualified == 0 || dated == d.IsZero() || (e.key&flagWhen != 0) != test.lookUp {
			t.Errorf("%q packs as slot %d, dated %v, look up %v; want %v", test.date, e.slot(), dated, e.key&flagWhen != 0, test.lookUp)
		}
		if !test.lookUp && dated && day.Date() != d {
			t.Errorf("%q comes back as %v", test.date, day.Date())
		}
	}
}

func TestIndexFindsAllUnderAHash(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var x index
		want := make(map[uint32][]uint32)
		total := uint32(rapid.IntRange(0, 3000).Draw(t, "n"))
		filled := rapid.Uint32Range(0, total).Draw(t, "filled")
		var hashes []uint32
		for n := range total {
			hash := rapid.SampledFrom([]uint32{0, 1, 2, 1 << 31, ^uint32(0), n, n * 7919}).Draw(t, "hash")
			hashes = append(hashes, hash)
			want[hash] = append(want[hash], n)
		}
		// A load enters the first all at once, and commits one by one what comes after.
		x.fill(hashes[:filled])
		for n := filled; n < total; n++ {
			x.add(hashes[n], n)
		}
		for hash, numbers := range want {
			var got []uint32
			x.find(hash, func(n uint32) bool {
				got = append(got, n)
				return true
			})
			slices.Sort(got)
			if !slices.Equal(got, numbers) {
				t.Fatalf("under %x: %v, want %v", hash, got, numbers)
			}
		}
		x.find(12345, func(n uint32) bool {
			if !slices.Contains(want[12345], n) {
				t.Fatalf("found %d under a hash that nothing was entered under", n)
			}
			return true
		})
	})
}

func TestArenaKeepsTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var a arena
		type kept struct {
			offset uint32
			text   string
		}
		var all []kept
		for range rapid.IntRange(1, 60).Draw(t, "n") {
			text := string(make([]byte, rapid.SampledFrom([]int{0, 1, 127, 128, 5000, 100_000}).Draw(t, "length"))) + rapid.String().Draw(t, "text")
			all = append(all, kept{a.add(text), text})
		}
		for _, k := range all {
			if got := a.at(k.offset); got != k.text {
				t.Fatalf("at %d: %d bytes, want %d", k.offset, len(got), len(k.text))
			}
		}
	})
}

func TestCompareEdgesIgnoresFlags(t *testing.T) {
	plain, flagged := edge{key: 1 << 24, claim: 2}, edge{key: 1<<24 | flagWhen, claim: 1}
	if compareEdges(flagged, plain) >= 0 || cmp.Compare(flagged.key, plain.key) <= 0 {
		t.Error("edges of one slot and day sort by claim, whatever their flags")
	}
}

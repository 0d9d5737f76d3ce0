package topology

import (
	"cmp"
	"slices"
	"sort"

	"entente/graph"
	"entente/graph/ledger"
)

// A slot is the first sorting key of an entity's edges: what they say and which end the entity is at. Claims
// that the entity is the subject of stand in the slot of their predicate's code, those it is the object of 128
// above, those that mention it in a qualifier at the top.
type slot8 = uint8

const (
	inbound   slot8 = 128
	mentioned slot8 = 228
)

// An edge is one claim as seen from one entity: 12 bytes. The key holds slot (8 bits), day (22 bits, biased) and two
// flags, so that a node's edges are sorted by comparing numbers.
type edge struct {
	key   uint32
	other uint32 // the entity at the other end; for a literal what its predicate keeps in memory, else noOther
	claim uint32
}

const (
	flagWhen      = 1 << 0 // the claim's date is not a single day: look it up
	flagQualified = 1 << 1 // the claim has a qualifier that names an entity, or asIndependent
	dayShift      = 2
	dayBits       = 22
	dayMask       = (1<<dayBits - 1) << dayShift
	dayBias       = 1 << (dayBits - 1)
	noDay         = 0 // the day of a claim without a date; sorts first

	noOther = ^uint32(0)
)

// packKey builds a key. A day out of range is clamped, and flagged so that the true date is looked up.
func packKey(slot slot8, when graph.Date, flags uint32) uint32 {
	day := int64(noDay)
	if !when.IsZero() {
		if _, exact := when.Exact(); !exact {
			flags |= flagWhen
		}
		day = int64(when.Earliest()) + dayBias
		if day < 1 || day >= 1<<dayBits {
			flags |= flagWhen
			day = min(max(day, 1), 1<<dayBits-1)
		}
	}
	return slotKey(slot) | uint32(day)<<dayShift | flags
}

func (e edge) slot() slot8 { return slot8(e.key >> (dayShift + dayBits)) }

// slotKey and dayKey are the parts of a key that tell a slot and a day which is in range.
func slotKey(slot slot8) uint32   { return uint32(slot) << (dayShift + dayBits) }
func dayKey(day graph.Day) uint32 { return uint32(day+dayBias) << dayShift }

// day is the edge's day, meaningful only without flagWhen; ok is false if the claim has no date.
func (e edge) day() (day graph.Day, ok bool) {
	d := e.key & dayMask >> dayShift
	return graph.Day(int32(d) - dayBias), d != noDay
}

func compareEdges(a, b edge) int {
	if c := cmp.Compare(a.key>>dayShift, b.key>>dayShift); c != 0 {
		return c
	}
	return cmp.Compare(a.claim, b.claim)
}

// A node holds the edges of one entity, sorted, in leaves that are never changed: a commit that touches the
// entity makes a new node which shares the leaves it did not touch. Small nodes have one leaf.
type node struct {
	leaves [][]edge
	n      int
}

// flatMost is the number of edges up to which a node stays in one leaf. Copying that much costs about as much as
// the rest of a commit.
const flatMost = 512

// leafMost is the most edges in a leaf of a node of n: about twice the root, so that leaves and the list of
// leaves are both short.
func leafMost(n int) int {
	root := 1
	for root*root < n {
		root *= 2
	}
	return max(flatMost, 2*root)
}

// newNode cuts sorted edges into leaves without copying them.
func newNode(edges []edge) *node {
	n := &node{n: len(edges)}
	most := leafMost(len(edges))
	for len(edges) > most {
		n.leaves = append(n.leaves, edges[:most/2:most/2])
		edges = edges[most/2:]
	}
	n.leaves = append(n.leaves, slices.Clip(edges))
	return n
}

// with returns a node that also has the added edges, which must be sorted and not be there yet.
func (n *node) with(added []edge) *node {
	next := &node{n: n.n + len(added), leaves: make([][]edge, 0, len(n.leaves)+1)}
	most := leafMost(next.n)
	for i, leaf := range n.leaves {
		take := len(added)
		if i+1 < len(n.leaves) {
			first := n.leaves[i+1][0]
			take = sort.Search(len(added), func(j int) bool { return compareEdges(added[j], first) >= 0 })
		}
		if take == 0 {
			next.leaves = append(next.leaves, leaf)
			continue
		}
		merged := mergeEdges(leaf, added[:take])
		added = added[take:]
		for len(merged) > most {
			next.leaves = append(next.leaves, merged[:most/2:most/2])
			merged = merged[most/2:]
		}
		next.leaves = append(next.leaves, merged)
	}
	return next
}

func mergeEdges(a, b []edge) []edge {
	out := make([]edge, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if compareEdges(a[0], b[0]) <= 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// each yields the edges of slots first to last, in order.
func (n *node) each(first, last slot8, yield func(edge) bool) bool {
	if n == nil {
		return true
	}
	from := slotKey(first)
	start := sort.Search(len(n.leaves), func(i int) bool {
		leaf := n.leaves[i]
		return len(leaf) > 0 && leaf[len(leaf)-1].key >= from
	})
	for _, leaf := range n.leaves[start:] {
		for i := firstIn(leaf, first); i < len(leaf); i++ {
			if leaf[i].slot() > last {
				return true
			}
			if !yield(leaf[i]) {
				return false
			}
		}
	}
	return true
}

// A base holds the edges of all entities known when it was built, end to end.
type base struct {
	offsets []uint32 // of entity e: edges[offsets[e]:offsets[e+1]]
	edges   []edge
}

func (b *base) of(e ledger.EntityNo) []edge {
	if int(e)+1 >= len(b.offsets) {
		return nil
	}
	return b.edges[b.offsets[e]:b.offsets[e+1]]
}

// last is the key of the last of an entity's edges, 0 if it has none.
func (b *base) last(e ledger.EntityNo) uint32 {
	if edges := b.of(e); len(edges) > 0 {
		return edges[len(edges)-1].key
	}
	return 0
}

// A placed edge is one on its way into a base.
type placed struct {
	entity ledger.EntityNo
	edge
}

// newBase lays out edges by entity: counted, scattered, then sorted entity by entity.
func newBase(entities int, pending [][]placed) *base {
	b := &base{offsets: make([]uint32, entities+1)}
	total := 0
	for _, chunk := range pending {
		total += len(chunk)
		for i := range chunk {
			b.offsets[chunk[i].entity+1]++
		}
	}
	for e := range entities {
		b.offsets[e+1] += b.offsets[e]
	}
	b.edges = make([]edge, total)
	next := slices.Clone(b.offsets[:entities])
	for _, chunk := range pending {
		for i := range chunk {
			p := &chunk[i]
			b.edges[next[p.entity]] = p.edge
			next[p.entity]++
		}
	}
	sortNodes(b)
	return b
}

package topology

import (
	"runtime"
	"slices"
	"sync"

	"entente/graph"
	"entente/graph/ledger"
)

var (
	kindCode      = graph.KindPredicate.Info().Code
	nameCode      = graph.NamePredicate.Info().Code
	dateCode      = graph.DatePredicate.Info().Code
	publishedCode = graph.Published.Info().Code
	onBehalfOf    = graph.OnBehalfOf.Info().Code
	asPartOf      = graph.AsPartOf.Info().Code
	asIndependent = graph.AsIndependent.Info().Code
	sameAs        = graph.SameAs.Info().Code

	upwards = graph.UpwardCodes()
)

// addClaim enters one claim into every table it belongs to.
func (t *Topology) addClaim(no ledger.ClaimNo, c *ledger.HotClaim) {
	if t.loading {
		t.claimHashes = append(t.claimHashes, hashClaim(c.ID))
	} else {
		t.claimByID.add(hashClaim(c.ID), uint32(no))
	}
	source := Source{c.Claimant, c.Coder, c.Document, c.Stance}
	t.claimSource.add(t.sources.intern(source, source.hash()))
	t.predicates.add(c.Predicate)
	if !c.Said.IsZero() {
		t.saids.add(uint32(no), t.dates.intern(c.Said, hashDate(c.Said)))
	}
	flags := uint32(0)
	for i := range c.Qualifiers {
		flags = flagQualified
		if q := &c.Qualifiers[i]; q.Entity != ledger.NoEntity {
			t.place(q.Entity, mentioned+q.Name, c, uint32(c.From), no, 0)
			switch q.Name {
			case onBehalfOf:
				t.behalf.add(uint32(no), uint32(q.Entity))
			case asPartOf:
				t.regarded.add(uint32(no), uint32(q.Entity))
			}
		} else if q.Name == asIndependent {
			t.regarded.add(uint32(no), uint32(ledger.NoEntity))
		}
	}
	if !accepted(c.Stance) {
		t.apart.set(uint32(no))
	}
	other := uint32(c.To)
	if c.To == ledger.NoEntity {
		other = t.addLiteral(no, c)
	} else {
		t.place(c.To, inbound+c.Predicate, c, uint32(c.From), no, flags)
	}
	key := t.place(c.From, c.Predicate, c, other, no, flags)
	t.noteTraits(no, c, other)
	if key&flagWhen != 0 {
		t.whens.add(uint32(no), t.dates.intern(c.When, hashDate(c.When)))
	}
	if c.Predicate == sameAs {
		t.addSame(no, c)
	}
}

func (t *Topology) place(entity ledger.EntityNo, slot slot8, c *ledger.HotClaim, other uint32, no ledger.ClaimNo, flags uint32) uint32 {
	e := edge{key: packKey(slot, c.When, flags), other: other, claim: uint32(no)}
	if !t.loading {
		t.touched[entity] = append(t.touched[entity], e)
		return e.key
	}
	const chunk = 1 << 16
	if n := len(t.pending); n == 0 || len(t.pending[n-1]) == chunk {
		t.pending = append(t.pending, make([]placed, 0, chunk))
	}
	last := &t.pending[len(t.pending)-1]
	*last = append(*last, placed{entity, e})
	return e.key
}

// addLiteral keeps the value of a literal claim where its predicate's questions find it, and returns the number that its edge carries.
func (t *Topology) addLiteral(no ledger.ClaimNo, c *ledger.HotClaim) uint32 {
	info := graph.PredicateOf(c.Predicate)
	if info == nil {
		return noOther
	}
	switch info.Name {
	case graph.NamePredicate, graph.Alias, graph.Transliteration, graph.Metonym:
		n := t.named.add(nameEntry{c.From, no})
		if t.loading {
			t.names.Load(n, c.Value)
		} else {
			t.freshNames = append(t.freshNames, nameText{n, c.Value})
		}
		return n
	case graph.ExternalID:
		n := t.externals.add(externalEntry{t.texts.add(c.Value), c.From, no})
		t.byText.add(hashText(c.Value), n)
		return n
	case graph.KindPredicate:
		return uint32(graph.Kind(c.Value).Code())
	case graph.EventTypeOf, graph.Stage, graph.Status:
		return t.texts.add(c.Value)
	case graph.DatePredicate, graph.Published:
		d, err := graph.ParseDate(c.Value)
		if err != nil { // the ledger holds only what was checked; a date of a newer version is no date here
			return noOther
		}
		return t.dates.intern(d, hashDate(d))
	}
	return noOther
}

// An interner gives equal values one number. Only the writer interns; readers look up by number.
type interner[T comparable] struct {
	values column[T]
	find   index
	last   T // the value interned last: runs of equal ones are the rule
	lastNo uint32
}

func (n *interner[T]) intern(v T, hash uint32) uint32 {
	if v == n.last && n.values.n > 0 {
		return n.lastNo
	}
	no, known := uint32(0), false
	n.find.find(hash, func(candidate uint32) bool {
		if *n.values.at(candidate) == v {
			no, known = candidate, true
		}
		return !known
	})
	if !known {
		no = n.values.add(v)
		n.find.add(hash, no)
	}
	n.last, n.lastNo = v, no
	return no
}

// hashDate and hash tell different values apart well enough for an index, whose hits are confirmed.
func hashDate(d graph.Date) uint32 {
	return uint32(d.Earliest())*0x9e3779b1 ^ uint32(d.Latest())*0x85ebca6b
}

func (s Source) hash() uint32 {
	return (uint32(s.Claimant)*0x9e3779b1^uint32(s.Coder))*0x85ebca6b ^ uint32(s.Document)*0xc2b2ae35 ^ uint32(s.Stance)
}

// hashText hashes a text for an index.
func hashText(s string) uint32 {
	// FNV-1a does for short texts, and has no seed to keep.
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return uint32(h>>32) ^ uint32(h)
}

func sortEdges(edges []edge) { slices.SortFunc(edges, compareEdges) }

// firstIn is where the edges of a slot begin.
func firstIn(edges []edge, first slot8) int {
	key, n := slotKey(first), len(edges)
	if n >= 16 {
		return keysBelow(edges, key)
	}
	if first >= inbound { // those lie at the end
		for n > 0 && edges[n-1].key >= key {
			n--
		}
		return n
	}
	i := 0
	for i < n && edges[i].key < key {
		i++
	}
	return i
}

// keysBelow counts the edges whose keys are less than one.
func keysBelow(edges []edge, key uint32) int {
	low, high := 0, len(edges)
	for low < high {
		if middle := (low + high) / 2; edges[middle].key < key {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// sortNodes sorts the edges of each entity, on all processors.
func sortNodes(b *base) {
	var workers sync.WaitGroup
	n := len(b.offsets) - 1
	parts := runtime.GOMAXPROCS(0)
	for p := range parts {
		workers.Go(func() {
			for e := n * p / parts; e < n*(p+1)/parts; e++ {
				if list := b.edges[b.offsets[e]:b.offsets[e+1]]; len(list) > 1 {
					sortEdges(list)
				}
			}
		})
	}
	workers.Wait()
}

package trace

import (
	"slices"
	"sort"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// Affiliations are the affiliation network of a snapshot: which actors had parts in which units of meetings, and how strong, by all claims that
// count as facts. It is what a [network] is to most questions, laid out once for all of them: some 6 bytes a relation, and as much again at
// most for those without roll-up.
//
// Actors are numbered in ledger order, units in the order of time: first those whose date is just one day, by that and then in
// ledger order, then all others in ledger order.
type Affiliations struct {
	snapshot *topology.Snapshot
	actorNos []ledger.EntityNo // by node
	unitNos  []ledger.EntityNo // of each unit, its first meeting

	ofActor, ofUnit adjacency // those of an actor in the order of units; those of a unit by strength, then in the order of actors
	// Of the units and actors of which not all ties count for the actor that has them, the links without roll-up.
	ownOfActor, ownOfUnit map[node][]link
	mediated              []node // the units with two third parties or more, with roll-up or without

	// days are those of the units that come first, of the others the places of their dates.
	days    []graph.Day
	exactly node // how many units come first
	dates   []graph.Date
}

// An adjacency holds the links of nodes, end to end.
type adjacency struct {
	offsets []uint32 // of node n: links[offsets[n]:offsets[n+1]]
	links   []link
}

func (a *adjacency) of(n node) []link {
	from, to := a.offsets[n], a.offsets[n+1]
	return a.links[from:to:to]
}

// as is the network of a question that the affiliations serve.
func (a *Affiliations) as(f *Filter) affiliated {
	if f.RollUp {
		return affiliated{Affiliations: a}
	}
	return affiliated{a, a.ownOfActor, a.ownOfUnit}
}

// serve reports whether the affiliations are what a question about a snapshot asks for. Of nil they never are.
func (a *Affiliations) serve(s *topology.Snapshot, f *Filter) bool {
	return a != nil && a.snapshot == s && f.Ordinary()
}

// actor is the node of an actor; false if it has no part in any meeting.
func (a *Affiliations) actor(e ledger.EntityNo) (node, bool) {
	no, ok := slices.BinarySearch(a.actorNos, e)
	return node(no), ok
}

// placeOf is where links to nodes from one on begin, in order.
func placeOf(n node, links []link) int {
	if len(links) == 0 || links[len(links)-1] < linkTo(n, 0) {
		return len(links)
	}
	at, _ := slices.BinarySearch(links, linkTo(n, 0))
	return at
}

// stretch are those among links to units with an exact day that were from one day to another.
func (a *Affiliations) stretch(links []link, first, last graph.Day) []link {
	links = links[sort.Search(len(links), func(i int) bool { return a.days[links[i].to()] >= first }):]
	return links[:sort.Search(len(links), func(i int) bool { return a.days[links[i].to()] > last })]
}

func (a *Affiliations) when(unit node) graph.Date {
	if unit < a.exactly {
		return a.days[unit].Date()
	}
	return a.dates[a.days[unit]]
}

func (a *Affiliations) exact(unit node) (graph.Day, bool) { return a.days[unit], unit < a.exactly }

func (a *Affiliations) actorEntity(actor node) ledger.EntityNo  { return a.actorNos[actor] }
func (a *Affiliations) meetingEntity(unit node) ledger.EntityNo { return a.unitNos[unit] }

// Bytes is about how much memory the affiliations take.
func (a *Affiliations) Bytes() int {
	const word, date, entry = 4, 64, 48
	words := len(a.actorNos) + len(a.unitNos) + len(a.mediated) + len(a.days) + 2*len(a.ofUnit.links) + len(a.ofActor.offsets) + len(a.ofUnit.offsets)
	for _, own := range []map[node][]link{a.ownOfActor, a.ownOfUnit} {
		words += entry / word * len(own)
		for _, links := range own {
			words += len(links)
		}
	}
	return word*words + date*len(a.dates)
}

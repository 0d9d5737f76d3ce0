package bench

import (
	"cmp"
	"slices"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/topology"
)

// A plain graph is what the limit walks: arrays over the numbers of entities, and nothing else. What stands in it is what counts at
// the snapshot it was read from, with one date for each agreement.
type plain struct {
	entities int
	day      []graph.Day // of agreements

	signers, mediators adjacency // of an agreement, by claim
	mediated           adjacency // of an actor, newest first, then by claim
	signed             adjacency // of an actor, by number
	links              adjacency // of an agreement, everybody with a tie; of an actor, every agreement it has a tie to; each once, by number
	byDay              adjacency // of an actor, the same by day
	entrances          adjacency // of an actor, the same by day: twice the agreement's number, and one more if the actor mediated it
	brokers            adjacency // of an agreement, its mediators, each once

	restsOn, restOf adjacency // of an agreement: those it follows, implements and so on, and those that do so with it

	mediator    []uint32  // everybody who mediated, by number
	coMediators adjacency // of an agreement: the places of its mediators in mediator, each once
	brought     []uint32  // the agreements that have several

	words   []plainWord
	wordsOf adjacency // of an entity: the places in words of what is said of it

	names *plainNames
}

// A plainTie is an actor's part in an agreement.
type plainTie struct {
	arc
	claim store.ClaimNo
	role  graph.Predicate
}

// linking are the relations of agreements to each other that make lineages.
var linking = []graph.Predicate{"follows", "implements", "supersedes", "amends", "extends", graph.ReferencesTo}

// newPlain reads what counts at a view.
func newPlain(v *store.View) *plain {
	s := v.Snapshot()
	g := &plain{entities: int(s.Entities()), day: make([]graph.Day, s.Entities())}
	var ties []plainTie
	var links []arc
	for e := range s.Entities() {
		if v.Kind(e) != graph.Agreement {
			continue
		}
		g.day[e] = s.Date(e).Earliest()
		for x := range s.All(e, false) {
			switch info := graph.PredicateOf(x.Predicate); {
			case x.Direction != topology.In:
			case info.Tie:
				ties = append(ties, plainTie{arc{uint32(x.Other), uint32(e)}, x.Claim, info.Name})
			case slices.Contains(linking, info.Name):
				links = append(links, arc{uint32(x.Other), uint32(e)})
			}
		}
	}
	slices.SortFunc(ties, func(a, b plainTie) int { return cmp.Compare(a.claim, b.claim) })
	signed, mediated := ofRole(ties, graph.Signed), ofRole(ties, graph.Mediated)
	g.signers, g.mediators = newAdjacency(g.entities, reversed(signed)), newAdjacency(g.entities, reversed(mediated))
	slices.SortStableFunc(mediated, func(a, b arc) int { return cmp.Compare(g.day[b.to], g.day[a.to]) })
	g.mediated = newAdjacency(g.entities, mediated)
	g.signed = newAdjacency(g.entities, distinct(signed))
	all := make([]arc, len(ties))
	for i := range ties {
		all[i] = ties[i].arc
	}
	all = distinct(all)
	g.links = newAdjacency(g.entities, append(distinct(reversed(all)), all...))
	slices.SortStableFunc(all, func(a, b arc) int { return cmp.Compare(g.day[a.to], g.day[b.to]) })
	g.byDay = newAdjacency(g.entities, all)
	g.placeEntrances(all, distinct(reversed(ofRole(ties, graph.Mediated))))
	g.restsOn, g.restOf = newAdjacency(g.entities, links), newAdjacency(g.entities, reversed(links))
	g.placeMediators(mediated)
	g.readWords(v)
	g.names = newPlainNames(v)
	return g
}

// placeEntrances tells of ties, which are by day, whether they are those of mediators.
func (g *plain) placeEntrances(byDay, brokers []arc) {
	g.brokers = newAdjacency(g.entities, brokers)
	entrances := make([]arc, len(byDay))
	for i, x := range byDay {
		entrances[i] = arc{x.from, 2 * x.to}
		if slices.Contains(g.brokers.of(store.Entity(x.to)), x.from) {
			entrances[i].to++
		}
	}
	g.entrances = newAdjacency(g.entities, entrances)
}

// ofRole are the ties of a role, from actor to agreement.
func ofRole(ties []plainTie, role graph.Predicate) []arc {
	var arcs []arc
	for i := range ties {
		if ties[i].role == role {
			arcs = append(arcs, ties[i].arc)
		}
	}
	return arcs
}

func reversed(arcs []arc) []arc {
	back := make([]arc, len(arcs))
	for i, x := range arcs {
		back[i] = arc{x.to, x.from}
	}
	return back
}

// distinct sorts arcs by number and drops repetitions.
func distinct(arcs []arc) []arc {
	sorted := slices.Clone(arcs)
	slices.SortFunc(sorted, func(a, b arc) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	return slices.Compact(sorted)
}

package resolvers

import (
	"context"

	"entente/graph"
	"entente/graph/store"
)

// Name is a name of an entity.
type Name struct {
	evidence evidence

	Text string
	Kind string
}

var nameKinds = map[graph.Predicate]string{
	graph.NamePredicate: "PRIMARY", graph.Alias: "ALIAS", graph.Transliteration: "TRANSLITERATION", graph.Metonym: "METONYM",
}

// Names lists every name. Their claims are read together, once one is asked for.
func (e *Entity) Names() []*Name { return namesOf(e.graph, e.graph.Names(e.no)) }

func namesOf(v *view, found []store.Name) []*Name {
	batch := newBatch(v)
	names := make([]*Name, len(found))
	for i, n := range found {
		names[i] = &Name{evidence: batch.add(n.Claim), Text: n.Text, Kind: nameKinds[n.Kind]}
	}
	return names
}

// Claim is the claim that gives the name.
func (n *Name) Claim(ctx context.Context) (*Claim, error) { return n.evidence.one(ctx) }

// ExternalID is an id in another registry.
type ExternalID struct {
	evidence evidence

	Scheme string
	Value  string
}

// ExternalIDs lists the ids in other registries.
func (e *Entity) ExternalIDs() []*ExternalID {
	batch := newBatch(e.graph)
	found := e.graph.ExternalIDs(e.no)
	ids := make([]*ExternalID, len(found))
	for i, x := range found {
		ids[i] = &ExternalID{evidence: batch.add(x.Claim), Scheme: x.Scheme, Value: x.Value}
	}
	return ids
}

// Claim is the claim that gives the id.
func (x *ExternalID) Claim(ctx context.Context) (*Claim, error) { return x.evidence.one(ctx) }

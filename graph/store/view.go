package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

type (
	// An Entity is an entity's number; views give and take the one that stands for all it is merged with.
	Entity = ledger.EntityNo
	// A ClaimNo is a claim's number.
	ClaimNo = ledger.ClaimNo
)

// NoEntity stands where there is no entity.
const NoEntity = ledger.NoEntity

// A View is the graph at a moment. It never changes; any number of goroutines may use it.
type View struct {
	s    *Store
	snap *topology.Snapshot
	asOf graph.Date
	day  graph.Day // the last day of asOf
}

// Resolve finds an entity by its id, its UUID, or an external id written scheme:value. An external id that several
// unmerged entities carry finds the one that came first. It is false for what is not known at the moment.
func (v *View) Resolve(ref string) (Entity, bool) {
	if len(ref) == 36 {
		if u, err := uuid.Parse(ref); err == nil {
			e, ok := v.snap.ByUUID(u)
			return v.snap.Group(e), ok
		}
	}
	if e, ok := v.snap.Entity(graph.ID(ref)); ok {
		return v.snap.Group(e), true
	}
	first, found := NoEntity, false
	for e := range v.snap.External(ref) {
		first, found = min(first, e), true
	}
	if !found {
		return 0, false
	}
	return v.snap.Group(first), true
}

// Entity finds the entity of an id as claims name it.
func (v *View) Entity(id graph.ID) (Entity, bool) {
	e, ok := v.snap.Entity(id)
	return v.snap.Group(e), ok
}

// ID is the entity's id.
func (v *View) ID(e Entity) graph.ID { return v.snap.ID(e) }

// UUID is the entity's UUID.
func (v *View) UUID(e Entity) uuid.UUID { return v.ID(e).UUID() }

// Kind is the entity's kind; of several the best claimed. An entity whose kinds have all been withdrawn keeps the
// last one. It is empty only for an entity that never had a kind.
func (v *View) Kind(e Entity) graph.Kind {
	if kind := v.snap.Kind(e); kind != "" {
		return kind
	}
	return v.snap.LastKind(e)
}

// Name is the entity's name, or its id if it has none.
func (v *View) Name(e Entity) string {
	if name, ok := v.snap.Name(e); ok {
		return name
	}
	if name := v.Field(e, graph.NamePredicate); name != "" {
		return name
	}
	return string(v.ID(e))
}

// A Name is one of an entity's names and the claim it rests on.
type Name struct {
	Text  string
	Kind  graph.Predicate // name, alias, transliteration or metonym
	Claim ClaimNo
}

var nameKinds = []graph.Predicate{graph.NamePredicate, graph.Alias, graph.Transliteration, graph.Metonym}

// Names lists the entity's names, of each kind the best claimed first.
func (v *View) Names(e Entity) []Name {
	var names []Name
	for _, kind := range nameKinds {
		for _, value := range v.values(e, kind) {
			names = append(names, Name{value.Text, kind, value.Claim})
		}
	}
	return names
}

// An ExternalID is an id that another registry gives an entity.
type ExternalID struct {
	Scheme, Value string
	Claim         ClaimNo
}

// ExternalIDs lists the entity's external ids.
func (v *View) ExternalIDs(e Entity) []ExternalID {
	var ids []ExternalID
	for _, value := range v.values(e, graph.ExternalID) {
		scheme, text, _ := strings.Cut(value.Text, ":")
		ids = append(ids, ExternalID{scheme, text, value.Claim})
	}
	slices.SortFunc(ids, func(a, b ExternalID) int {
		return cmp.Or(cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Claim, b.Claim))
	})
	return ids
}

// EventType is the type of an event; false if none is claimed.
func (v *View) EventType(e Entity) (graph.EventType, bool) {
	t := graph.EventType(v.Field(e, graph.EventTypeOf))
	return t, t != ""
}

// IsMeeting reports whether actors come together in the entity: an agreement, or an event of a meeting type.
func (v *View) IsMeeting(e Entity) bool { return v.snap.IsMeeting(e) }

// Date is the entity's date: the one-of set of all that are claimed, see [topology.Snapshot.DateAmong]; absent if none is.
func (v *View) Date(e Entity) graph.Date { return v.snap.DateAmong(v.values(e, graph.DatePredicate)) }

// Dates lists the claims about the entity's date, the best first.
func (v *View) Dates(e Entity) []ClaimNo { return claimsOf(v.values(e, graph.DatePredicate)) }

// Field is the effective value of a literal that is kept in memory: a name, kind, type, date, stage, status or
// external id; empty if none stands.
func (v *View) Field(e Entity, p graph.Predicate) string {
	if values := v.values(e, p); len(values) > 0 {
		return values[0].Text
	}
	return ""
}

// Object is the effective object of a relation of the entity.
func (v *View) Object(e Entity, p graph.Predicate) (Entity, bool) {
	for _, value := range v.values(e, p) {
		if value.Other != NoEntity {
			return value.Other, true
		}
	}
	return 0, false
}

// Subjects lists the entities that the relation p leads from to e, each once, in the order of their claims.
func (v *View) Subjects(e Entity, p graph.Predicate) []Entity {
	var subjects []Entity
	for _, m := range v.snap.Members(e) {
		for x := range v.snap.Edges(m, p.Info().Code, topology.In) {
			if subject := v.snap.Group(x.Other); v.accepts(x.Claim, nil) && v.holdsEdge(x) && !slices.Contains(subjects, subject) {
				subjects = append(subjects, subject)
			}
		}
	}
	return subjects
}

// Text is the effective value of a literal that only the ledger holds, such as a description; empty if none stands.
func (v *View) Text(ctx context.Context, e Entity, p graph.Predicate) (string, error) {
	values := v.values(e, p)
	if len(values) == 0 {
		return "", nil
	}
	claims, err := v.s.ledger.Read(ctx, []ClaimNo{values[0].Claim})
	if err != nil {
		return "", err
	}
	return claims[0].Value, nil
}

// Values lists the standing claims of a literal or relation with an accepted stance, the best first.
func (v *View) Values(e Entity, p graph.Predicate) []ClaimNo { return claimsOf(v.values(e, p)) }

// values are the topology's, without those that the view's day excludes.
func (v *View) values(e Entity, p graph.Predicate) []topology.Value {
	return v.snap.ValuesAsOf(e, p, v.asOf)
}

func claimsOf(values []topology.Value) []ClaimNo {
	claims := make([]ClaimNo, len(values))
	for i, value := range values {
		claims[i] = value.Claim
	}
	return claims
}

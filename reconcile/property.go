package reconcile

import (
	"slices"
	"strconv"
	"strings"

	"entente/graph"
	"entente/graph/store"
)

// A property is what can be asked of entities, and, if it has evidence, said of what is looked for.
type property struct {
	id, name string
	words    string       // more words that find it
	kinds    []graph.Kind // of what may have it; nil is all
	target   []graph.Kind // of its values, where they are entities of certain kinds
	values   func(r *request, e store.Entity) ([]value, error)
	evidence evidence // nil if it weighs nothing
}

// A value is one value of a property: an entity, a text or a number.
type value struct {
	ID     string   `json:"id,omitempty"`
	Name   string   `json:"name,omitempty"`
	Text   string   `json:"str,omitempty"`
	Number *float64 `json:"float,omitempty"`
}

// The ids of properties that are no predicate's name, or how they begin.
const (
	inversePrefix   = "inverse-"
	idPrefix        = "id-"
	countryProperty = "country"
)

// properties is the table of all properties, made of the vocabulary, in the order in which they are proposed: first what tells
// who somebody is.
func properties() []property {
	list := []property{
		{id: "id", name: "Id in this graph", values: ownIDs},
		{id: countryProperty, name: "Country", words: "state nation land location", values: countries, evidence: countryEvidence, target: []graph.Kind{graph.State}},
	}
	for _, info := range graph.Predicates() {
		if !info.Relation {
			list = append(list, literal(info))
		}
	}
	// Relations that people look for by words of their own come before the others.
	for _, sought := range []bool{true, false} {
		for _, info := range graph.Predicates() {
			if _, ok := synonyms[info.Name]; info.Relation && info.Name != graph.SameAs && ok == sought {
				list = append(list, relation(info), inverse(info))
			}
		}
	}
	for _, scheme := range graph.Schemes() {
		list = append(list, property{
			id: idPrefix + scheme.Scheme, name: scheme.Title, words: "id identifier " + scheme.Scheme,
			values: idsOfScheme(scheme.Scheme), evidence: idEvidence(scheme.Scheme),
		})
	}
	return list
}

func literal(info *graph.PredicateInfo) property {
	return property{
		id: string(info.Name), name: sentence(graph.Words(string(info.Name))), words: info.Label, kinds: info.From,
		values: claimed(info.Name), evidence: literalEvidence(info.Name),
	}
}

func relation(info *graph.PredicateInfo) property {
	return property{
		id: string(info.Name), name: sentence(info.Label), words: synonyms[info.Name], kinds: info.From, target: info.To,
		values: claimed(info.Name), evidence: relationEvidence(info.Name),
	}
}

func inverse(info *graph.PredicateInfo) property {
	return property{
		id: inversePrefix + string(info.Name), name: sentence(info.Inverse), words: synonyms[info.Name], kinds: info.To, target: info.From,
		values: func(r *request, e store.Entity) ([]value, error) {
			var list []value
			for _, subject := range r.view.Subjects(e, info.Name) {
				list = append(list, entityValue(r.view, subject))
			}
			return list, nil
		},
	}
}

// synonyms find relations by words that people look for.
var synonyms = map[graph.Predicate]string{
	graph.Leads:      "leader leaders president minister head",
	graph.Represents: "representative negotiator",
	graph.MemberOf:   "member members",
	graph.LocatedIn:  "country place region location",
	graph.Signed:     "signatory signatories party parties agreement",
	graph.Mediated:   "mediator mediators",
	graph.ThirdParty: "third parties",
	graph.BelongsTo:  "process",
}

// sentence begins with a capital.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// claimed are the values that stand, the best claimed first, each once.
func claimed(p graph.Predicate) func(r *request, e store.Entity) ([]value, error) {
	return func(r *request, e store.Entity) ([]value, error) {
		nos := r.view.Values(e, p)
		claims, err := r.view.ReadClaims(r.ctx, nos[:min(len(nos), maxValues)])
		if err != nil {
			return nil, err
		}
		var list []value
		for i := range claims {
			c := &claims[i]
			switch v, err := strconv.ParseFloat(c.Value, 64); {
			case c.Object != store.NoEntity:
				list = appendOnce(list, entityValue(r.view, c.Object))
			case p.Info().Literal == graph.NumberLiteral && err == nil:
				list = append(list, value{Number: &v})
			default:
				list = appendOnce(list, value{Text: c.Value})
			}
		}
		return list, nil
	}
}

func appendOnce(list []value, v value) []value {
	if v == (value{}) || slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

func entityValue(v *store.View, e store.Entity) value {
	return value{ID: string(v.ID(e)), Name: v.Name(e)}
}

// ownIDs are the id by which the entity goes and those of what it is merged with.
func ownIDs(r *request, e store.Entity) ([]value, error) {
	list := []value{{Text: string(r.view.ID(e))}}
	for _, id := range r.view.MergedFrom(e) {
		list = append(list, value{Text: string(id)})
	}
	return list, nil
}

func idsOfScheme(scheme string) func(r *request, e store.Entity) ([]value, error) {
	return func(r *request, e store.Entity) ([]value, error) {
		var list []value
		for _, id := range r.view.ExternalIDs(e) {
			if id.Scheme == scheme {
				list = appendOnce(list, value{Text: id.Value})
			}
		}
		return list, nil
	}
}

// countryRelations are those that tie something to a country.
var countryRelations = []graph.Predicate{graph.LocatedIn, graph.Leads, graph.Represents}

// countries are the states that something lies in, leads or represents; a state is its own.
func countries(r *request, e store.Entity) ([]value, error) {
	if r.view.Kind(e) == graph.State {
		return []value{entityValue(r.view, e)}, nil
	}
	var list []value
	for _, p := range countryRelations {
		for _, link := range r.view.Links(e, p) {
			if r.view.Kind(link.Entity) == graph.State {
				list = appendOnce(list, entityValue(r.view, link.Entity))
			}
		}
	}
	return list, nil
}

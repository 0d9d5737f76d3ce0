package ftm

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"entente/graph"
	"entente/loader/table"
)

// kinds are the kinds of the schemata that are mapped to entities.
var kinds = map[string]graph.Kind{
	"Person":       graph.Leader,
	"LegalEntity":  graph.Organization,
	"Organization": graph.Organization,
	"Company":      graph.Organization,
	"PublicBody":   graph.Organization,
	"Territory":    graph.Territory,
}

// uncertain says why a LegalEntity is an organization.
const uncertain = "a LegalEntity may be a person; the source does not tell, and most are organizations"

// literals are the properties that are literals of the vocabulary as they stand.
var literals = map[string]graph.Predicate{
	"alias":        graph.Alias,
	"previousName": graph.Alias,
	"abbreviation": graph.Alias,
	"weakAlias":    graph.Metonym,
	"summary":      graph.Description,
	"description":  graph.Description,
	"notes":        graph.Description,
	"sourceUrl":    graph.URL,
	"website":      graph.URL,
	"wikipediaUrl": graph.URL,
	"position":     graph.Activity,
}

// identifiers are the properties that are external ids, with their schemes.
var identifiers = map[string]string{"wikidataId": "wikidata", "leiCode": "lei"}

// flush makes claims of the statements that are held, or lays them aside.
func (r *reader) flush() {
	slices.SortStableFunc(r.group, func(a, b statement) int {
		return cmp.Or(strings.Compare(a.entity, b.entity), strings.Compare(a.dataset, b.dataset))
	})
	for rest := r.group; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].entity == rest[0].entity && rest[n].dataset == rest[0].dataset {
			n++
		}
		r.take(rest[:n])
		rest = rest[n:]
	}
	r.group, r.bytes = r.group[:0], 0
}

// take takes what one dataset says of one entity.
func (r *reader) take(group []statement) {
	first := &group[0]
	schema := first.schema
	for i := range group {
		// Statements of one entity may be of a schema and of one that is part of it: the one that says more counts.
		schema = moreExact(schema, group[i].schema)
	}
	if edge, ok := edges[schema]; ok {
		r.layRelation(edge, group)
		return
	}
	r.layThing(schema, group)
	kind, ok := kinds[schema]
	if !ok && schema != positionSchema {
		for i := range group {
			if group[i].prop != idProperty {
				r.unmapped("schema " + schema)
			}
		}
	}
	if !ok {
		return
	}
	base := r.base(first.dataset)
	base.Source.Locator = locator(first.entity)
	r.declare(first.entity, schema, kind, base, first.place)
	r.identify(first, schema, kind)
	r.properties(group, schema, base)
}

// declare claims kind and id of an entity.
func (r *reader) declare(name, schema string, kind graph.Kind, base graph.Claim, place table.Place) graph.ID {
	id := entityID(name)
	c := base
	c.From, c.Predicate, c.Value = id, graph.KindPredicate, string(kind)
	if schema == "LegalEntity" {
		c.Qualifiers = []graph.Qualifier{{Name: graph.Inferred, Value: uncertain}}
	}
	r.out.Claim(place, c)
	if key, err := graph.ParseExternalID("ftm:" + name); err == nil {
		c = base
		c.From, c.Predicate, c.Value = id, graph.ExternalID, key
		r.out.Claim(place, c)
	}
	return id
}

// identify claims that an entity is what its canonical id names, which no dataset says, but whoever made the file.
func (r *reader) identify(s *statement, schema string, kind graph.Kind) {
	if s.canonical == s.entity {
		return
	}
	c := r.base("")
	c.Source.Locator = locator(s.canonical)
	to := r.declare(s.canonical, schema, kind, c, s.place)
	c.From, c.Predicate, c.To = entityID(s.entity), graph.SameAs, to
	c.Source.Locator = locator(s.entity) + ", canonical_id"
	if c.From != c.To {
		r.out.Claim(s.place, c)
	}
}

// referent claims that a merged entity has the id that one of its sources knows it by, too.
func (r *reader) referent(l *line, id string, s *statement) {
	if _, mapped := kinds[l.Schema]; id == l.ID || !mapped {
		return
	}
	key, ok := r.literal(graph.ExternalID, "ftm:"+id, s.place)
	if !ok {
		return
	}
	c := r.base("")
	c.From, c.Predicate, c.Value = entityID(l.ID), graph.ExternalID, key
	c.Source.Locator = locator(l.ID) + ", referents"
	r.out.Claim(s.place, c)
}

// properties claims the values of an entity's properties.
func (r *reader) properties(group []statement, schema string, base graph.Claim) {
	name := bestName(group)
	international := slices.ContainsFunc(group, func(s statement) bool { return s.prop == "topics" && s.value == "gov.igo" })
	for i := range group {
		s := &group[i]
		c := base
		c.From = entityID(s.entity)
		c.Said = r.said(s.seen, s.place)
		c.Source.Locator += ", property " + s.prop
		if s.original != "" && s.original != s.value {
			c.Source.Quote, _ = r.literal(graph.Description, s.original, s.place)
		}
		predicate, isLiteral := literals[s.prop]
		scheme, isID := identifiers[s.prop]
		switch {
		case s.prop == idProperty:
		case s.prop == "name" && s.value == name:
			r.claimLiteral(c, graph.NamePredicate, s.value, s.place)
		case s.prop == "name":
			r.claimLiteral(c, graph.Alias, s.value, s.place)
		case isLiteral:
			r.claimLiteral(c, predicate, s.value, s.place)
		case isID:
			r.claimLiteral(c, graph.ExternalID, scheme+":"+s.value, s.place)
		case schema == "PublicBody" && !international && (s.prop == "country" || s.prop == "jurisdiction" || s.prop == "mainCountry"):
			r.claimState(c, s)
		default:
			r.unmapped(schema + ":" + s.prop)
		}
	}
}

func (r *reader) claimLiteral(c graph.Claim, p graph.Predicate, value string, place table.Place) {
	if value, ok := r.literal(p, value, place); ok {
		c.Predicate, c.Value = p, value
		r.out.Claim(place, c)
	}
}

// claimState claims that a public body is part of a state.
func (r *reader) claimState(c graph.Claim, s *statement) {
	id, ok := r.country(s.value, s.place)
	if !ok {
		return
	}
	c.Predicate, c.To = graph.PartOf, id
	c.Qualifiers = []graph.Qualifier{{Name: graph.Inferred, Value: "a public body is taken for a part of the state that is its country"}}
	r.out.Claim(s.place, c)
}

// bestName is the value that stands for the others: the one by which the file itself calls the entity, else one in English, in Latin
// letters, not all in capitals, and of several the first in the order of letters, so that the order of the file does not matter.
func bestName(group []statement) string {
	best, bestRank := "", -1
	for i := range group {
		s := &group[i]
		if s.prop != "name" {
			continue
		}
		rank := nameRank(s)
		if rank > bestRank || rank == bestRank && s.value < best {
			best, bestRank = s.value, rank
		}
	}
	return best
}

func nameRank(s *statement) int {
	rank := 0
	if s.caption {
		rank += 8
	}
	if s.lang == "eng" {
		rank += 4
	}
	if !strings.ContainsFunc(s.value, func(c rune) bool { return unicode.IsLetter(c) && !unicode.Is(unicode.Latin, c) }) {
		rank += 2
	}
	if s.value != strings.ToUpper(s.value) {
		rank++
	}
	return rank
}

// layThing lays aside what relations have to know of an entity: that it is there and what it is, and of a position all. It is known by its own
// id and by the canonical one.
func (r *reader) layThing(schema string, group []statement) {
	first := &group[0]
	for _, id := range slices.Compact([]string{first.entity, first.canonical}) {
		r.lay(r.things.put(id, schema, "", ""))
		if schema != positionSchema {
			continue
		}
		for i := range group {
			s := &group[i]
			switch {
			case slices.Contains(positionProperties, s.prop):
				r.lay(r.things.put(id, schema, s.prop, s.value))
			case s.prop != idProperty && id == first.entity:
				r.unmapped(schema + ":" + s.prop)
			}
		}
	}
}

// lay remembers the first error of a shelf.
func (r *reader) lay(err error) {
	if r.err == nil {
		r.err = err
	}
}

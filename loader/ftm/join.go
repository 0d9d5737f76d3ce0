package ftm

import (
	"crypto/sha1"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"entente/graph"
	"entente/loader/format"
	"entente/loader/table"
)

// statementFields and thingFields are how many fields what is laid aside has, its key among them.
const (
	statementFields = 7
	thingFields     = 4
)

// A thing is what is known of an end of relations.
type thing struct {
	schema   string
	position position
}

// relate makes claims of the relations. Each goes from shelf to shelf: what is said of it is put together, then it meets what its first end is,
// then what its second is.
func (r *reader) relate() error {
	byFrom, byTo := newShelf(), newShelf()
	defer byFrom.close()
	defer byTo.close()
	for part := range parts {
		if err := r.assembleAll(part, byFrom); err != nil {
			return err
		}
	}
	r.relations.close()
	for part := range parts {
		err := r.meet(part, byFrom, func(rel *relation, end *thing) {
			if end != nil {
				rel.fromSchema = end.schema
			}
			r.lay(rel.lay(byTo, rel.to))
		})
		if err != nil {
			return err
		}
	}
	byFrom.close()
	for part := range parts {
		if err := r.meet(part, byTo, r.finish); err != nil {
			return err
		}
	}
	return r.err
}

// assembleAll puts together the relations of a part.
func (r *reader) assembleAll(part int, byFrom *shelf) error {
	if err := r.out.Err(); err != nil {
		return err
	}
	groups := make(map[[2]string][]statement)
	var order [][2]string
	for f, err := range r.relations.each(part, statementFields) {
		if err != nil {
			return err
		}
		s := statement{entity: f[0], schema: f[1], prop: f[2], value: f[3], dataset: f[4], seen: f[5]}
		s.place.Column = s.prop
		if s.place.Row, err = strconv.Atoi(f[6]); err != nil {
			return err
		}
		key := [2]string{s.entity, s.dataset}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], s)
	}
	for _, key := range order {
		r.assemble(groups[key], func(rel *relation) { r.lay(rel.lay(byFrom, rel.from)) })
	}
	return r.err
}

// meet calls use with the relations of a part and what they are laid under, nil if the file does not have it.
func (r *reader) meet(part int, relations *shelf, use func(*relation, *thing)) error {
	if err := r.out.Err(); err != nil || relations.count[part] == 0 {
		return err
	}
	things := make(map[string]*thing)
	for f, err := range r.things.each(part, thingFields) {
		if err != nil {
			return err
		}
		t := things[f[0]]
		if t == nil {
			t = &thing{schema: f[1]}
			things[f[0]] = t
		}
		t.schema = moreExact(t.schema, f[1])
		t.position.add(f[2], f[3])
	}
	for _, t := range things {
		t.position.finish()
	}
	for f, err := range relations.each(part, relationFields) {
		if err != nil {
			return err
		}
		use(laidRelation(f), things[f[0]])
	}
	return r.err
}

// moreExact is the schema of two that tells more: a person or a position is not taken for a LegalEntity, in whatever order they come.
func moreExact(a, b string) string {
	rank := func(schema string) int {
		return slices.Index([]string{"LegalEntity", "Organization", "Company", "PublicBody", "Person", positionSchema}, schema)
	}
	if rank(b) > rank(a) || rank(b) == rank(a) && b < a {
		return b
	}
	return a
}

// finish makes a claim of a relation whose first end is known, and whose second is to.
func (r *reader) finish(rel *relation, to *thing) {
	e, place := edges[rel.schema], rel.place()
	fromKind, known := r.end(rel, rel.fromSchema, e.fromRange, rel.from, place)
	if !known {
		return
	}
	if e.toRange == positionSchema {
		switch {
		case to == nil || to.schema != positionSchema:
			r.out.Note("an Occupancy whose Position is not in the file is left out", place, rel.id+": "+rel.to)
		case fromKind != graph.Leader:
			r.out.Note("an Occupancy whose holder is no Person is left out", place, rel.id+": "+rel.from)
		default:
			r.occupancy(rel, &to.position, place)
		}
		return
	}
	schema := ""
	if to != nil {
		schema = to.schema
	}
	toKind, known := r.end(rel, schema, e.toRange, rel.to, place)
	if !known {
		return
	}
	if toKind != graph.Organization || e.predicate == graph.Represents && fromKind == graph.Territory {
		r.out.Note("a relation to a Person, or of a Territory, has no place in the vocabulary and is left out", place, rel.schema+" "+rel.id)
		return
	}
	c := graph.Claim{Predicate: e.predicate, To: entityID(rel.to)}
	if role, ok := r.role(rel, place); ok {
		c.Qualifiers = []graph.Qualifier{{Name: graph.Capacity, Value: role}}
	}
	r.claimRelation(rel, place, c)
}

// role is the role of a relation on one line.
func (r *reader) role(rel *relation, place table.Place) (string, bool) {
	if rel.role == "" {
		return "", false
	}
	return r.literal(graph.Status, rel.role, place) // a line, as roles are
}

// end is the kind of an end of a relation. One that the file does not have is declared as what the schema asks for there.
func (r *reader) end(rel *relation, schema, asked, name string, place table.Place) (graph.Kind, bool) {
	if schema == "" {
		base := r.base(rel.dataset)
		base.Source.Locator = locator(name)
		r.declare(name, asked, kinds[asked], base, place)
		r.out.Note("an end of a relation is not in the file and taken for what its schema asks for", place, rel.schema+" "+rel.id+": "+name)
		return kinds[asked], true
	}
	kind, ok := kinds[schema]
	if !ok {
		r.out.Note("a relation with an end of a schema that is not mapped is left out", place, rel.schema+" "+rel.id+": "+schema)
	}
	return kind, ok
}

// claimRelation claims a relation, once from each page that is named as its source. Where it stands on a page is not told.
func (r *reader) claimRelation(rel *relation, place table.Place, c graph.Claim) {
	base := r.base(rel.dataset)
	c.From = entityID(rel.from)
	c.Claimant, c.Coder = base.Claimant, base.Coder
	c.When, _ = graph.ParseDate(rel.when) // it was made of a date
	c.Said, _ = graph.ParseDate(rel.said)
	c.Key = locator(rel.id)
	if rel.nth != "0" {
		c.Key += ", pair " + rel.nth
	}
	c.Source = base.Source
	cited := false
	for url := range strings.SplitSeq(rel.urls, "\n") {
		if document, ok := r.page(url, base, place); ok {
			c.Source.Document, cited = document, true
			r.out.Claim(place, c)
		}
	}
	if !cited {
		c.Source.Locator, c.Source.Quote = locator(rel.id), rel.quote
		r.out.Claim(place, c)
	}
}

// page is the document of an address.
func (r *reader) page(url string, base graph.Claim, place table.Place) (graph.ID, bool) {
	if url == "" {
		return "", false
	}
	url, ok := r.literal(graph.URL, url, place)
	if !ok {
		return "", false
	}
	sum := sha1.Sum([]byte(url))
	e := format.Entity{ID: graph.ID("ftm-page:" + hex.EncodeToString(sum[:])), Kind: graph.Document, Literals: []format.Literal{{Predicate: graph.URL, Value: url}}}
	if len(url) <= graph.MaxName {
		e.Name = url
	}
	base.Source.Locator = ""
	r.out.Entity(place, e, base)
	return e.ID, true
}

package mapping

import (
	"slices"

	"entente/graph"
)

// A record says what is made of a row, in the form that a record of ours has, with templates for the texts.
type record struct {
	place
	each  []named
	where conditions

	// Of an entity.
	entity   *value
	literals []literal

	// Of a claim.
	claim      *value
	from, to   *value
	value      *value
	qualifiers []named

	// Of both.
	when, said         *date
	stance, confidence *value
	claimant, coder    *value
	document           *value
	locator, quote     *value
	key                *value
}

// A named value is a member of an object whose names are not fields.
type named struct {
	name string
	*value
}

// A literal is one property of an entity. Its texts are those of the value, or the dates of the date.
type literal struct {
	predicate graph.Predicate
	scheme    string // of an external id
	value     *value
	date      *date
}

// record reads a record. Which form it has is told by the member that names it.
func (d *decoder) record(n node) *record {
	r := &record{place: n.place}
	isEntity, isClaim := hasMember(n, "entity"), hasMember(n, "claim")
	switch {
	case !isMapping(n) || isEntity == isClaim:
		d.fail(n.place, n.describe(), `a record, an object with "entity" or "claim"`)
	case isEntity:
		d.object(n, "a record of an entity", r.entityFields())
		if r.literals == nil {
			d.fail(n.place, "nothing that is said of the entity", "a kind, a name or another literal of the vocabulary")
		}
	default:
		d.object(n, "a record of a claim", r.claimFields())
		r.checkClaim(d)
	}
	return r
}

func hasMember(n node, name string) bool {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return true
		}
	}
	return false
}

func (r *record) sharedFields() []field {
	return []field{
		{"each", func(d *decoder, n node) { r.each = d.each(n) }},
		{"where", func(d *decoder, n node) { r.where = d.where(n) }},
		{"when", func(d *decoder, n node) { r.when = d.date(n) }},
		{"said", func(d *decoder, n node) { r.said = d.date(n) }},
		{"stance", func(d *decoder, n node) {
			r.stance = d.word(n, "a stance of the vocabulary", texts(graph.Stances()))
		}},
		{"confidence", func(d *decoder, n node) { r.confidence = d.single(n) }},
		{"claimant", func(d *decoder, n node) { r.claimant = d.idValue(n) }},
		{"coder", func(d *decoder, n node) { r.coder = d.idValue(n) }},
		{"source", func(d *decoder, n node) { d.object(n, "a source", r.sourceFields()) }},
		{"key", func(d *decoder, n node) { r.key = d.single(n) }},
	}
}

func (r *record) sourceFields() []field {
	return []field{
		{"document", func(d *decoder, n node) { r.document = d.idValue(n) }},
		{"locator", func(d *decoder, n node) { r.locator = d.single(n) }},
		{"quote", func(d *decoder, n node) { r.quote = d.single(n) }},
	}
}

func (r *record) entityFields() []field {
	fields := append(r.sharedFields(),
		field{"entity", func(d *decoder, n node) { r.entity = d.idValue(n) }},
		field{"ids", func(d *decoder, n node) {
			d.members(n, `an object such as {iso3: $(code)}`, func(scheme string, n node) {
				r.literals = append(r.literals, literal{predicate: graph.ExternalID, scheme: scheme, value: d.value(n)})
			})
		}},
	)
	for name, predicate := range entityLiterals() {
		fields = append(fields, field{name, func(d *decoder, n node) {
			r.literals = append(r.literals, d.literal(predicate, n))
		}})
	}
	return fields
}

// entityLiterals gives the predicate of each field of an entity by the field's name, as records have them.
func entityLiterals() map[string]graph.Predicate {
	fields := map[string]graph.Predicate{"aliases": graph.Alias, "transliterations": graph.Transliteration, "metonyms": graph.Metonym}
	for _, p := range graph.Predicates() {
		if p.Literal != "" && !p.Relation && p.Name != graph.ExternalID {
			fields[string(p.Name)] = p.Name
		}
	}
	return fields
}

func (d *decoder) literal(predicate graph.Predicate, n node) literal {
	switch info := predicate.Info(); info.Literal {
	case graph.DateLiteral:
		return literal{predicate: predicate, date: d.date(n)}
	case graph.KindLiteral:
		return literal{predicate: predicate, value: d.word(n, "a kind of the vocabulary", texts(graph.Kinds()))}
	case graph.EventTypeLiteral:
		return literal{predicate: predicate, value: d.word(n, "a type of events of the vocabulary", texts(graph.EventTypes()))}
	default:
		return literal{predicate: predicate, value: d.value(n)}
	}
}

func (r *record) claimFields() []field {
	return append(r.sharedFields(),
		field{"claim", func(d *decoder, n node) { r.claim = d.word(n, "a predicate of the vocabulary", predicates()) }},
		field{"from", func(d *decoder, n node) { r.from = d.idValue(n) }},
		field{"to", func(d *decoder, n node) { r.to = d.idValue(n) }},
		field{"value", func(d *decoder, n node) { r.value = d.single(n) }},
		field{"qualifiers", func(d *decoder, n node) { r.qualifiers = d.qualifiers(n) }},
	)
}

// checkClaim finds what a claim has to have, and what does not go with its predicate.
func (r *record) checkClaim(d *decoder) {
	if r.from == nil {
		d.fail(r.place, "no from", "the id of the subject")
	}
	if r.to == nil && r.value == nil {
		d.fail(r.place, "neither to nor value", "the id of the object, or a value")
	}
	name, ok := r.claim.constant()
	info := graph.Predicate(name).Info()
	switch {
	case !ok || info == nil:
	case r.to != nil && !info.Relation:
		d.fail(r.to.place, "to", "no object: "+name+" takes a value")
	case r.value != nil && info.Literal == "":
		d.fail(r.value.place, "value", "no value: "+name+" takes an entity as to")
	}
}

// each reads the lists that a record is made for each item of, side by side.
func (d *decoder) each(n node) []named {
	var list []named
	d.members(n, "an object of names and what is taken apart", func(name string, n node) {
		if isMapping(n) && !hasMember(n, "column") && !hasMember(n, "columns") && !hasMember(n, "text") {
			v := &value{place: n.place, column: name}
			d.object(n, "a value", v.fields())
			v.check(d)
			list = append(list, named{name, v})
			return
		}
		list = append(list, named{name, d.value(n)})
	})
	return list
}

// qualifiers reads the qualifiers of a claim.
func (d *decoder) qualifiers(n node) []named {
	var list []named
	d.members(n, "an object of qualifiers", func(name string, n node) {
		info := graph.QualifierName(name).Info()
		if info == nil {
			d.failNear(n.place, name, "a qualifier of the vocabulary", qualifierNames())
			return
		}
		read := d.single
		switch {
		case info.Entity && info.Many:
			read = d.idValues
		case info.Entity:
			read = d.idValue
		case info.Many:
			read = d.value
		}
		list = append(list, named{name, read(n)})
	})
	return list
}

// idValue reads a value that is an id.
func (d *decoder) idValue(n node) *value {
	v := d.single(n)
	d.checkID(v)
	return v
}

// idValues reads a value that is an id, or several.
func (d *decoder) idValues(n node) *value {
	v := d.value(n)
	d.checkID(v)
	return v
}

// checkID looks at an id that does not depend on the row.
func (d *decoder) checkID(v *value) {
	if text, ok := v.constant(); ok && d.dataset != "" {
		if _, err := graph.ParseID(text, d.dataset); err != nil {
			d.failField(v.place, err)
		}
	}
}

// sources are the parts of the record that refer to columns, but for its conditions.
func (r *record) sources() []source {
	var list []source
	add := func(values ...*value) {
		for _, v := range values {
			if v != nil {
				list = append(list, v)
			}
		}
	}
	add(r.entity, r.claim, r.from, r.to, r.value, r.stance, r.confidence, r.claimant, r.coder, r.document, r.locator, r.quote, r.key)
	dates := []*date{r.when, r.said}
	for _, l := range r.literals {
		add(l.value)
		dates = append(dates, l.date)
	}
	for _, q := range r.qualifiers {
		add(q.value)
	}
	for _, t := range dates {
		if t != nil {
			list = append(list, t)
		}
	}
	return list
}

// isConstant reports whether the record is the same for all rows.
func (r *record) isConstant() bool {
	return r.each == nil && r.where == nil && !slices.ContainsFunc(r.sources(), func(s source) bool { return len(s.columns()) > 0 })
}

func texts[T ~string](words []T) []string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	return list
}

func predicates() []string {
	var list []string
	for _, p := range graph.Predicates() {
		list = append(list, string(p.Name))
	}
	return list
}

func qualifierNames() []string {
	var list []string
	for _, q := range graph.Qualifiers() {
		list = append(list, string(q.Name))
	}
	return list
}

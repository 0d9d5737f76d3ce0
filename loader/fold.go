package loader

import (
	"slices"
	"strings"

	"entente/graph"
)

// A folded record is an entity record that is being put together of literal claims which agree in all but predicate and
// value.
type folded struct {
	base   graph.Claim
	values map[graph.Predicate][]string
	size   int
}

// mostFolded bounds an entity record, well below what can be read.
const mostFolded = MaxRecord / 4

// newFolded begins with the claim of a kind. It is nil if the claim cannot be the base of an entity record.
func newFolded(c *graph.Claim) *folded {
	if c.Predicate != graph.KindPredicate || len(c.Qualifiers) > 0 {
		return nil
	}
	f := &folded{base: *c, values: make(map[graph.Predicate][]string)}
	f.size = len(appendClaim(nil, c))
	f.values[c.Predicate] = []string{c.Value}
	return f
}

// take takes a claim in if it fits.
func (f *folded) take(c *graph.Claim) bool {
	info := c.Predicate.Info()
	if c.To != "" || info.Relation || len(c.Qualifiers) > 0 || c.Predicate == graph.KindPredicate ||
		c.When.String() != f.base.When.String() || c.Said.String() != f.base.Said.String() || c.Stance != f.base.Stance ||
		c.Claimant != f.base.Claimant || c.Coder != f.base.Coder || c.Confidence != f.base.Confidence || c.Source != f.base.Source ||
		c.Key != f.base.Key {
		return false
	}
	size := 2*len(c.Value) + 16
	if f.size+size > mostFolded || len(f.values[c.Predicate]) >= maxValues/20 {
		return false
	}
	f.size += size
	f.values[c.Predicate] = append(f.values[c.Predicate], c.Value)
	return true
}

// foldedFields are the fields of a written entity record in their order: of names, the plurals.
var foldedFields = orderFoldedFields()

type foldedField struct {
	name      string
	predicate graph.Predicate
	list      bool
}

func orderFoldedFields() []foldedField {
	fields := []foldedField{
		{"kind", graph.KindPredicate, false},
		{"eventType", graph.EventTypeOf, false},
		{"name", graph.NamePredicate, false},
		{"aliases", graph.Alias, true},
		{"transliterations", graph.Transliteration, true},
		{"metonyms", graph.Metonym, true},
	}
	for _, p := range graph.Predicates() {
		known := p.Literal == "" || p.Relation
		for _, f := range fields {
			known = known || f.predicate == p.Name
		}
		if !known {
			fields = append(fields, foldedField{string(p.Name), p.Name, false})
		}
	}
	return fields
}

// append appends the record. Values stand sorted.
func (f *folded) append(b []byte) []byte {
	b = append(b, `{"entity":`...)
	b = appendQuoted(b, string(f.base.From))
	for _, field := range foldedFields {
		texts := f.values[field.predicate]
		if len(texts) == 0 {
			continue
		}
		slices.Sort(texts)
		if field.predicate == graph.ExternalID {
			b = appendIDs(b, texts)
			continue
		}
		b = append(b, ',', '"')
		b = append(b, field.name...)
		b = appendTexts(append(b, '"', ':'), texts, field.list)
	}
	b = appendShared(b, &f.base)
	return append(b, '}')
}

// appendIDs appends external ids, which are sorted, by scheme.
func appendIDs(b []byte, ids []string) []byte {
	b = append(b, `,"ids":`...)
	open := byte('{')
	for i := 0; i < len(ids); {
		scheme, _, _ := strings.Cut(ids[i], ":")
		var values []string
		for ; i < len(ids) && strings.HasPrefix(ids[i], scheme+":"); i++ {
			values = append(values, ids[i][len(scheme)+1:])
		}
		b = append(b, open)
		open = ','
		b = append(appendQuoted(b, scheme), ':')
		b = appendTexts(b, values, false)
	}
	return append(b, '}')
}

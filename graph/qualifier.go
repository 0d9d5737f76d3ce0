package graph

import (
	"cmp"
	"slices"
)

// A QualifierName names what a qualifier adds to a claim.
type QualifierName string

// The qualifiers. Those of entities take an id, the others a text.
const (
	OnBehalfOf    QualifierName = "onBehalfOf"    // the principal acted for
	Capacity      QualifierName = "capacity"      // the office acted in: "Minister of Defence"
	Between       QualifierName = "between"       // a party mediated between; makes no tie
	At            QualifierName = "at"            // the occasion
	InPlace       QualifierName = "place"         // where
	AsPartOf      QualifierName = "asPartOf"      // recognized as part of this
	AsIndependent QualifierName = "asIndependent" // recognized as independent: "true"
	Under         QualifierName = "under"         // the text a force is deployed under
	AsNamed       QualifierName = "asNamed"       // how the source names the subject: "Yerevan"
	Inferred      QualifierName = "inferred"      // why; set wherever the source does not say it itself
)

// A QualifierInfo is one row of the table of qualifiers.
type QualifierInfo struct {
	Name QualifierName
	// Code is the stored number, never given to another qualifier.
	Code   uint8
	Entity bool   // takes an entity; otherwise a text
	Many   bool   // may stand several times
	Doc    string // for people
	// Only, where not empty, is the single text allowed.
	Only string
}

var qualifierTable = []QualifierInfo{
	{Name: OnBehalfOf, Code: 1, Entity: true, Many: true, Doc: "the principal on whose behalf the subject acted"},
	{Name: Capacity, Code: 2, Doc: "the office in which the subject acted"},
	{Name: Between, Code: 3, Entity: true, Many: true, Doc: "a party mediated between"},
	{Name: At, Code: 4, Entity: true, Many: true, Doc: "the occasion on which it happened"},
	{Name: InPlace, Code: 5, Entity: true, Many: true, Doc: "the place where it happened"},
	{Name: AsPartOf, Code: 6, Entity: true, Doc: "what the object is recognized to be part of"},
	{Name: AsIndependent, Code: 7, Only: "true", Doc: "that the object is recognized as independent"},
	{Name: Under, Code: 8, Entity: true, Many: true, Doc: "the text under which a force is deployed"},
	{Name: AsNamed, Code: 9, Doc: "how the source names the subject"},
	{Name: Inferred, Code: 10, Doc: "why the claim is an inference: the source does not say it itself"},
}

// Qualifiers lists the table of qualifiers.
func Qualifiers() []QualifierInfo { return slices.Clone(qualifierTable) }

// Info is the row of the qualifier, nil if there is none of that name.
func (n QualifierName) Info() *QualifierInfo {
	for i := range qualifierTable {
		if qualifierTable[i].Name == n {
			return &qualifierTable[i]
		}
	}
	return nil
}

// QualifierOf is the row of a stored number, nil for numbers of a newer version.
func QualifierOf(code uint8) *QualifierInfo {
	if code == 0 || int(code) > len(qualifierTable) {
		return nil
	}
	return &qualifierTable[code-1]
}

// A Qualifier narrows a claim. Exactly one of Entity and Value is set.
type Qualifier struct {
	Name   QualifierName
	Entity ID
	Value  string
}

// compareQualifiers orders by name, then by entity or text. It is the order of a normal claim.
func compareQualifiers(a, b Qualifier) int {
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Entity, b.Entity), cmp.Compare(a.Value, b.Value))
}

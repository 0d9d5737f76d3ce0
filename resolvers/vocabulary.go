package resolvers

import "entente/graph"

// PredicateInfo says what a predicate means. It is a row of the table in package graph, which drives validation and the enums
// too, so what a client learns here is what the server does.
type PredicateInfo struct {
	Predicate    string
	Label        string
	InverseLabel string
	Aspect       string
	Tie          bool
	Strength     *int32
	From, To     []string
	Literal      *string
	CAMEO        []string
	Wikidata     *string
}

// Vocabulary lists every predicate, in the order of the vocabulary.
func (q *Query) Vocabulary() []*PredicateInfo {
	var list []*PredicateInfo
	for _, p := range graph.Predicates() {
		info := &PredicateInfo{
			Predicate: p.Enum(), Label: p.Label, InverseLabel: p.Inverse, Aspect: string(p.Aspect), Tie: p.Tie,
			From: kindEnumList(p.From), To: []string{}, Literal: textPointer(string(p.Literal)),
			CAMEO: append([]string{}, p.CAMEO...), Wikidata: textPointer(p.Wikidata),
		}
		// Where only a value may stand, the kinds of an object say nothing; an empty list from the table means any.
		if p.Relation {
			info.To = kindEnumList(p.To)
		}
		if p.ThirdParty() {
			strength := int32(p.Strength)
			info.Strength = &strength
		}
		list = append(list, info)
	}
	return list
}

package graph

import "slices"

// A Claim is one statement by somebody about an entity: that it had a part in a meeting, stood in a relation to
// another entity, or had a property. It is complete in itself; only the time at which it became known is not
// part of it, which is the commit it came with.
type Claim struct {
	Predicate Predicate // Required.
	From      ID        // Required. The subject.
	// To is the object. Exactly one of To and Value is set.
	To    ID
	Value string
	// Qualifiers are sorted by name, then entity or text, without repetition.
	Qualifiers []Qualifier
	When       Date // valid time
	// Said is when it was uttered. Absent means on the date of the document.
	Said Date
	// Stance is never empty in a normal claim; absent means [Asserted].
	Stance Stance
	// Claimant is on whose word it is; absent if the source does not tell. For a narrator's own sentence it is
	// the publisher.
	Claimant ID
	// Coder is who encoded it: a data set, or a curator.
	Coder ID
	// Confidence is the coder's, over 0 and up to 1; 0 means none is stated.
	Confidence float64
	Source     Source
	// Key is the source's own key of the row or statement. It is not part of the identity.
	Key string
}

// A Source says where a claim stands, so that it can be looked up and quoted.
type Source struct {
	Document ID
	Locator  string // "paragraph 7", "AgtId 310, column ThrdPart"
	Quote    string // the source's own words
}

// Qualifier returns the first entity or text of the qualifier, and whether there is one.
func (c *Claim) Qualifier(name QualifierName) (Qualifier, bool) {
	for _, q := range c.Qualifiers {
		if q.Name == name {
			return q, true
		}
	}
	return Qualifier{}, false
}

// Entities calls yield with every entity the claim mentions and the JSON Pointer at which it stands, the subject
// first. An entity may come more than once.
func (c *Claim) Entities(yield func(path string, id ID) bool) {
	if !yield("/from", c.From) || c.To != "" && !yield("/to", c.To) {
		return
	}
	for i := range c.Qualifiers {
		if q := &c.Qualifiers[i]; q.Entity != "" && !yield("/qualifiers/"+string(q.Name), q.Entity) {
			return
		}
	}
	_ = (c.Claimant == "" || yield("/claimant", c.Claimant)) &&
		(c.Coder == "" || yield("/coder", c.Coder)) &&
		(c.Source.Document == "" || yield("/source/document", c.Source.Document))
}

// sortQualifiers brings qualifiers into their normal order and drops repetitions.
func (c *Claim) sortQualifiers() {
	if len(c.Qualifiers) > 1 {
		slices.SortFunc(c.Qualifiers, compareQualifiers)
		c.Qualifiers = slices.Compact(c.Qualifiers)
	}
}

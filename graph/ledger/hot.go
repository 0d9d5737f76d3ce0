package ledger

import "slices"

// Hot is the part of the claim that start-up reads, as reading it back would give it. It shares the claim's memory.
func (c *Claim) Hot() HotClaim {
	h := HotClaim{
		ID: c.ID, Predicate: c.Predicate, Stance: c.Stance, From: c.From, To: c.To, When: c.When, Said: c.Said,
		Claimant: c.Claimant, Coder: c.Coder, Document: c.Document,
	}
	if isHot(c.Predicate) {
		h.Value = c.Value
	}
	if !slices.ContainsFunc(c.Qualifiers, func(q Qualifier) bool { return !hotQualifier(&q) }) {
		h.Qualifiers = c.Qualifiers
		return h
	}
	for i := range c.Qualifiers {
		if hotQualifier(&c.Qualifiers[i]) {
			h.Qualifiers = append(h.Qualifiers, c.Qualifiers[i])
		}
	}
	return h
}

package loader

import (
	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/store"
)

// The words for what is erased of a claim.
var erasures = map[string]ledger.Erasure{"quote": ledger.ErasedQuote, "text": ledger.ErasedText}

func erasureWord(e ledger.Erasure) string {
	if e == ledger.ErasedText {
		return "text"
	}
	return "quote"
}

// erasedFields are the members of a record of a claim parts of which were erased: it keeps the id of the content it had.
type erasedFields struct{ id, what string }

// shield is the value to check in place of the one given: what stands for an erased number or address is none, and an export
// must be read again all the same. Anything else is checked as it is.
func (f erasedFields) shield(p graph.Predicate, value string) string {
	if erasures[f.what] != ledger.ErasedText || value != ledger.ErasedValue || p.Info() == nil {
		return value
	}
	switch p.Info().Literal {
	case graph.NumberLiteral:
		return "0"
	case graph.URLLiteral:
		return "https://redacted.invalid/"
	}
	return value
}

// apply makes the change one of such a claim, if the members are there.
func (f erasedFields) apply(c *store.Change) *Problem {
	if f == (erasedFields{}) {
		return nil
	}
	e, ok := erasures[f.what]
	if !ok {
		return &Problem{Path: "/erased", Found: graph.Quoted(f.what), Expected: `"quote" or "text", beside the id that the claim keeps`}
	}
	id, err := graph.ParseClaimID(f.id)
	if err != nil {
		return fieldProblem("/id", err)
	}
	c.ID, c.Erased = id, e
	return nil
}

// appendErased adds to a record, that ends with the brace of its object, what was erased.
func appendErased(b []byte, c *store.Claim) []byte {
	if c.Erased == 0 {
		return b
	}
	b = appendMember(b[:len(b)-1], "id", c.ClaimID.String())
	b = appendMember(b, "erased", erasureWord(c.Erased))
	return append(b, '}')
}

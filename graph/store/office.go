package store

import (
	"context"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/trace"
)

// inThatOffice drops findings of leaders out of office who may have acted in another office than that of the terms.
func (v *View) inThatOffice(ctx context.Context, found []trace.Finding) ([]trace.Finding, error) {
	var nos []ClaimNo
	for i := range found {
		if found[i].Kind == trace.NotInOffice {
			nos = append(nos, found[i].Claims...)
		}
	}
	claims, err := v.ReadClaims(ctx, nos)
	if err != nil {
		return nil, err
	}
	kept := found[:0]
	for _, f := range found {
		if f.Kind == trace.NotInOffice {
			own := claims[:len(f.Claims)]
			claims = claims[len(f.Claims):]
			if !sameOffice(&own[0], own[1:]) {
				continue
			}
		}
		kept = append(kept, f)
	}
	return kept, nil
}

// sameOffice reports whether what a leader did was done in the office of one of his terms: by its name, or as the head of those he led.
// Where no capacity is given there is no other office that he may have acted in.
func sameOffice(tie *Claim, terms []Claim) bool {
	acted, known := tie.Qualifier(graph.Capacity)
	if !known {
		return true
	}
	return slices.ContainsFunc(terms, func(term Claim) bool {
		if held, named := term.Qualifier(graph.Capacity); named {
			return officeName(held.Value) == officeName(acted.Value)
		}
		return term.Predicate == graph.Leads && slices.Contains(headOffices, officeName(acted.Value))
	})
}

// headOffices are what those are called who lead a state or its government.
var headOffices = []string{
	"president", "prime minister", "premier", "chancellor", "head of state", "head of government", "king", "queen", "emir", "sultan",
}

// officeName is the name of an office without whose it is: "President of the Republic of Armenia" is "president". The head of a
// state is not that of a state, so those names stay.
func officeName(capacity string) string {
	name := strings.ToLower(strings.TrimSpace(capacity))
	for _, head := range headOffices {
		if rest, ok := strings.CutPrefix(name, head); ok && (rest == "" || strings.HasPrefix(rest, " of ") || rest[0] == ',') {
			return head
		}
	}
	return name
}

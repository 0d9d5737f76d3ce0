package resolvers

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
)

// maxCost is the most fields that the answer to a document may have, by the estimate here.
const maxCost = 1_000_000

// listGuess stands for the length of a list that has no pages, such as the names of an entity.
const listGuess = 5

// costing estimates the size of an answer before anything is read: each field counts once for each time it may stand
// there, and a page is taken to be full. Depth and page size are bounded, but pages of pages of pages are not.
type costing struct {
	document  *ast.QueryDocument
	variables map[string]any
	fragments map[string]float64 // done already: a fragment's fields cost the same wherever it is spread
}

// checkCost refuses an operation whose answer may be too large. The document is valid, so its fragments have no cycles.
func checkCost(d *ast.QueryDocument, op *ast.OperationDefinition, variables map[string]any) error {
	c := &costing{d, variables, map[string]float64{}}
	if cost := c.selections(op.SelectionSet); cost > maxCost {
		return documentRefusal(codeTooComplex, fmt.Sprintf("the answer may have %.10g fields if every page is full, and the most is %d; "+
			"smaller first arguments bring that down (one left out counts as its default)", cost, maxCost))
	}
	return nil
}

// selections is the cost of a selection set that stands once. Floating point, so that it cannot overflow.
func (c *costing) selections(set ast.SelectionSet) float64 {
	cost := 0.0
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			cost += 1 + c.times(s)*c.selections(s.SelectionSet)
		case *ast.InlineFragment:
			cost += c.selections(s.SelectionSet)
		case *ast.FragmentSpread:
			cost += c.fragment(s.Name)
		}
	}
	return cost
}

func (c *costing) fragment(name string) float64 {
	cost, done := c.fragments[name]
	if !done {
		cost = c.selections(c.document.Fragments.ForName(name).SelectionSet)
		c.fragments[name] = cost
	}
	return cost
}

// times is how often the selections of a field may stand in the answer. The edges of a page are the page's size, which
// was counted where that was given.
func (c *costing) times(f *ast.Field) float64 {
	if size := f.Definition.Arguments.ForName("first"); size != nil {
		value := size.DefaultValue
		if given := f.Arguments.ForName("first"); given != nil {
			value = given.Value
		}
		if n, ok := c.number(value); ok {
			return n
		}
		n, _ := c.number(size.DefaultValue)
		return n
	}
	if ids := f.Arguments.ForName("ids"); ids != nil {
		if given, err := ids.Value.Value(c.variables); err == nil {
			if list, ok := given.([]any); ok {
				return float64(len(list))
			}
		}
	}
	if f.Definition.Type.Elem != nil && f.Name != "edges" {
		return listGuess
	}
	return 1
}

// number reads a page's size; false if it is null or left out. More than the most is refused later, with its path.
func (c *costing) number(v *ast.Value) (float64, bool) {
	value, err := v.Value(c.variables)
	if err != nil {
		return 0, false
	}
	switch n := value.(type) {
	case int64:
		return float64(min(max(n, 0), maxPage)), true
	case int32:
		return float64(min(max(n, 0), maxPage)), true
	}
	return 0, false
}

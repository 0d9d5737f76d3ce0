package resolvers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
)

// The executing library panics on a fragment on one type inside a fragment on an interface ("... on Meeting { ... on
// Agreement { stage } }") and drops others silently. So a document with fragments is written anew before it runs: every
// fragment becomes an inline one right inside the field it is for, on a type to which all conditions around it come
// down, and with nothing but fields in it.

// flattening rewrites one operation.
type flattening struct {
	types    *ast.Schema
	document *ast.QueryDocument
	written  int // selections so far
}

// tooMany carries a refusal out of the recursion.
type tooMany struct{}

// flatten gives the operation's text, written anew. The document is valid. It is refused if fragments in fragments make
// it too large.
func (a *api) flatten(d *ast.QueryDocument, op *ast.OperationDefinition) (text string, err error) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(tooMany); !ok {
				panic(r)
			}
			err = documentRefusal(codeTooComplex, fmt.Sprintf("the document has more than %d fields once its fragments are spread", maxSelections))
		}
	}()
	root := a.types.Query
	if op.Operation == ast.Mutation {
		root = a.types.Mutation
	}
	f := &flattening{types: a.types, document: d}
	flat := *op
	flat.SelectionSet = f.level(root, op.SelectionSet)
	var b strings.Builder
	formatter.NewFormatter(&b, formatter.WithCompacted()).FormatQueryDocument(&ast.QueryDocument{Operations: ast.OperationList{&flat}})
	return b.String(), nil
}

// level rewrites the selections of a field whose type is given.
func (f *flattening) level(parent *ast.Definition, set ast.SelectionSet) ast.SelectionSet {
	if len(set) == 0 {
		return nil
	}
	var out ast.SelectionSet
	f.gather(&out, parent, parent, nil, set)
	return out
}

// gather appends the selections that hold for the narrower type under all of the directives.
func (f *flattening) gather(out *ast.SelectionSet, parent, narrow *ast.Definition, directives []ast.DirectiveList, set ast.SelectionSet) {
	var fields ast.SelectionSet
	flush := func() {
		if len(fields) > 0 {
			*out = append(*out, wrap(parent, narrow, directives, fields)...)
			fields = nil
		}
	}
	inside := func(condition string, more ast.DirectiveList, set ast.SelectionSet) {
		flush() // what comes first in the document comes first in the answer
		if n := f.both(narrow, condition); n != nil {
			deeper := directives
			if len(more) > 0 {
				deeper = append(slices.Clip(directives), more)
			}
			f.gather(out, parent, n, deeper, set)
		}
	}
	for _, selection := range set {
		if f.written++; f.written > maxSelections {
			panic(tooMany{})
		}
		switch s := selection.(type) {
		case *ast.Field:
			field := *s
			field.SelectionSet = f.level(f.types.Types[s.Definition.Type.Name()], s.SelectionSet)
			fields = append(fields, &field)
		case *ast.InlineFragment:
			inside(s.TypeCondition, s.Directives, s.SelectionSet)
		case *ast.FragmentSpread:
			fragment := f.document.Fragments.ForName(s.Name)
			inside(fragment.TypeCondition, s.Directives, fragment.SelectionSet)
		}
	}
	flush()
}

// wrap puts fields under a type and directives; where neither restricts, they stand as they are.
func wrap(parent, narrow *ast.Definition, directives []ast.DirectiveList, fields ast.SelectionSet) ast.SelectionSet {
	for _, list := range slices.Backward(directives) {
		fields = ast.SelectionSet{&ast.InlineFragment{Directives: list, SelectionSet: fields}}
	}
	if narrow != parent {
		fields = ast.SelectionSet{&ast.InlineFragment{TypeCondition: narrow.Name, SelectionSet: fields}}
	}
	return fields
}

// both is the type of what is of a type and meets a condition; nil if nothing can. Of two types of the schema, one takes
// in the other, or they have nothing in common; a test keeps this.
func (f *flattening) both(t *ast.Definition, condition string) *ast.Definition {
	other := f.types.Types[condition]
	switch {
	case other == nil || other == t || f.takesIn(other, t):
		return t
	case f.takesIn(t, other):
		return other
	}
	return nil
}

// takesIn reports whether all of the other type are of this one.
func (f *flattening) takesIn(t, other *ast.Definition) bool {
	possible := f.types.GetPossibleTypes(other)
	for _, p := range possible {
		found := false
		for _, mine := range f.types.GetPossibleTypes(t) {
			found = found || mine == p
		}
		if !found {
			return false
		}
	}
	return len(possible) > 0
}

// fragmented reports whether a document has any fragment. Most have none, and run as they are.
func fragmented(set ast.SelectionSet) bool {
	for _, selection := range set {
		field, ok := selection.(*ast.Field)
		if !ok || fragmented(field.SelectionSet) {
			return true
		}
	}
	return false
}

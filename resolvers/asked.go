package resolvers

import (
	"context"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// An asked set has the fields that a document asks for, each with the type that it is a field of, such as "Participation.claims". What makes
// a list looks there whether to read what its items could tell.
//
// The executing library can tell a resolver what is asked for below it, which is more exact, but for that it keeps the selections of each field
// that it executes and lists their paths anew for each resolver that wants to know: more than a twentieth of the time of a small
// answer. Here, what is asked for in one place of a document and not in another is read for both, from the same blocks for the most part.
type asked map[string]struct{}

// askedBy gathers the fields of a document, which is valid.
func askedBy(d *ast.QueryDocument, op *ast.OperationDefinition) asked {
	fields := asked{}
	fields.add(op.SelectionSet)
	for _, fragment := range d.Fragments {
		fields.add(fragment.SelectionSet)
	}
	return fields
}

func (a asked) add(set ast.SelectionSet) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			a[s.ObjectDefinition.Name+"."+s.Name] = struct{}{}
			a.add(s.SelectionSet)
		case *ast.InlineFragment:
			a.add(s.SelectionSet)
		}
	}
}

// anywhere reports whether a field is asked for, of whatever type.
func (a asked) anywhere(name string) bool {
	for field := range a {
		if _, of, _ := strings.Cut(field, "."); of == name {
			return true
		}
	}
	return false
}

// asks reports whether the document of the request asks for one of the fields.
func asks(ctx context.Context, fields ...string) bool {
	asked := pinOf(ctx).asked
	for _, field := range fields {
		if _, ok := asked[field]; ok {
			return true
		}
	}
	return false
}

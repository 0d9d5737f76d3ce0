package resolvers

import (
	"fmt"
	"math"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/vektah/gqlparser/v2/ast"

	"entente/graph"
)

// The executing library reports a variable of the wrong type late, without saying which, and lets the libraries'
// own coercion take "5" for a number and "signed" for SIGNED. So variables are coerced here, by the rules of the
// specification, straight from the client's JSON: what no variable is declared for is never built.

// coerceVariables gives the operation's variables as its declarations want them.
func (a *api) coerceVariables(op *ast.OperationDefinition, given map[string]jsontext.Value) (map[string]any, error) {
	variables := map[string]any{}
	for _, v := range op.VariableDefinitions {
		raw, ok := given[v.Variable]
		switch {
		case ok:
			value, err := a.coerce(v.Type, raw, "$"+v.Variable)
			if err != nil {
				return nil, err
			}
			variables[v.Variable] = a.complete(v.Type, value)
		case v.DefaultValue != nil:
			value, err := v.DefaultValue.Value(nil)
			if err != nil {
				return nil, wrongVariable("$"+v.Variable, "has a default that cannot be read")
			}
			variables[v.Variable] = a.complete(v.Type, narrow(value))
		case v.Type.NonNull:
			return nil, wrongVariable("$"+v.Variable, "of type %s is not given", v.Type)
		}
	}
	return variables, nil
}

// coerce turns a JSON value into what the type wants. The place is for the message, such as "$filter.when.from".
func (a *api) coerce(t *ast.Type, raw jsontext.Value, place string) (any, error) {
	switch {
	case raw.Kind() == 'n' && t.NonNull:
		return nil, wrongVariable(place, "is null, but its type is %s", t)
	case raw.Kind() == 'n':
		return nil, nil
	case t.Elem != nil:
		return a.coerceList(t, raw, place)
	}
	switch def := a.types.Types[t.NamedType]; def.Kind {
	case ast.InputObject:
		return a.coerceObject(def, raw, place)
	case ast.Enum:
		if text, ok := textOf(raw); ok && def.EnumValues.ForName(text) != nil {
			return text, nil
		}
	default:
		if value, ok := coerceScalar(t.NamedType, raw); ok {
			return value, nil
		}
	}
	return nil, wrongVariable(place, "is %s, which is no %s", graph.Quoted(string(raw)), t.NamedType)
}

// coerceList reads a list, with the place of an item in the message. It takes a single value for a list of one, as
// the specification says.
func (a *api) coerceList(t *ast.Type, raw jsontext.Value, place string) (any, error) {
	if raw.Kind() != '[' {
		value, err := a.coerce(t.Elem, raw, place)
		return []any{value}, err
	}
	var list []jsontext.Value
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, wrongVariable(place, "is no JSON")
	}
	values := make([]any, len(list))
	for i, item := range list {
		value, err := a.coerce(t.Elem, item, fmt.Sprintf("%s[%d]", place, i))
		if err != nil {
			return nil, err
		}
		values[i] = value
	}
	return values, nil
}

// coerceObject reads an input. What is left of the members after those the schema knows is refused by name: a filter with a
// slip in it must not answer as if it were not there.
func (a *api) coerceObject(def *ast.Definition, raw jsontext.Value, place string) (any, error) {
	var members map[string]jsontext.Value
	if raw.Kind() != '{' || json.Unmarshal(raw, &members) != nil {
		return nil, wrongVariable(place, "is %s, which is no %s", graph.Quoted(string(raw)), def.Name)
	}
	object := map[string]any{}
	for _, field := range def.Fields {
		member, ok := members[field.Name]
		delete(members, field.Name)
		if !ok {
			if field.Type.NonNull && field.DefaultValue == nil {
				return nil, wrongVariable(place+"."+field.Name, "of type %s is not given", field.Type)
			}
			continue // complete puts in the default
		}
		value, err := a.coerce(field.Type, member, place+"."+field.Name)
		if err != nil {
			return nil, err
		}
		object[field.Name] = value
	}
	for name := range members {
		return nil, wrongVariable(place, "has %s, which %s has not", graph.Quoted(name), def.Name)
	}
	return object, nil
}

// complete puts the defaults of fields into the inputs of a value that is right but for them. The executing library would do
// it, too, but refuses before that an input without a field that is not nullable.
func (a *api) complete(t *ast.Type, value any) any {
	switch v := value.(type) {
	case []any:
		for i := range v {
			v[i] = a.complete(t.Elem, v[i])
		}
	case map[string]any:
		for _, field := range a.types.Types[t.Name()].Fields {
			member, ok := v[field.Name]
			if !ok && field.DefaultValue != nil {
				// Defaults of the schema are literals without variables, which the schema's own check has read.
				if d, err := field.DefaultValue.Value(nil); err == nil {
					member, ok = narrow(d), true
				}
			}
			if ok {
				v[field.Name] = a.complete(field.Type, member)
			}
		}
	}
	return value
}

// coerceScalar reads a scalar; a type of ours is a text, which its resolver reads.
func coerceScalar(name string, raw jsontext.Value) (any, bool) {
	switch name {
	case "Int":
		f, err := strconv.ParseFloat(string(raw), 64)
		if raw.Kind() != '0' || err != nil || f != math.Trunc(f) || math.Abs(f) > math.MaxInt32 {
			return nil, false
		}
		return int32(f), true
	case "Float":
		f, err := strconv.ParseFloat(string(raw), 64)
		return f, raw.Kind() == '0' && err == nil
	case "Boolean":
		return raw.Kind() == 't', raw.Kind() == 't' || raw.Kind() == 'f'
	case "ID":
		if n, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
			return strconv.FormatInt(n, 10), true
		}
	}
	return textOf(raw)
}

// textOf reads a JSON text; false for any other value.
func textOf(raw jsontext.Value) (string, bool) {
	if raw.Kind() != '"' {
		return "", false
	}
	text, err := jsontext.AppendUnquote(make([]byte, 0, len(raw)), raw)
	return string(text), err == nil
}

// narrow brings the integers of a default into the size the executing library knows. Those that do not fit are
// refused by validation before.
func narrow(value any) any {
	switch v := value.(type) {
	case int64:
		return int32(v)
	case []any:
		for i := range v {
			v[i] = narrow(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = narrow(v[name])
		}
	}
	return value
}

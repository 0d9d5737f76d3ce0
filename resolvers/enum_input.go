package resolvers

// An enumInput is an argument, or a field of an input, that is of an enum and has a default; it is empty for an explicit null. Of such a one
// the library would take no null into a string, and no pointer.
type enumInput string

// ImplementsGraphQLType says which types it is of.
func (enumInput) ImplementsGraphQLType(name string) bool {
	switch name {
	case "Role", "TimeOrder", "ChainObjective", "LineageDirection":
		return true
	}
	return false
}

// UnmarshalGraphQL takes a value that has passed validation.
func (e *enumInput) UnmarshalGraphQL(input any) error {
	text, _ := input.(string)
	*e = enumInput(text)
	return nil
}

// Nullable says that null is a value of it.
func (*enumInput) Nullable() {}

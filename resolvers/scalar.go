package resolvers

import (
	"fmt"
	"strconv"
)

// ID is the scalar of that name. The library's own type panics on a control character, which loses the whole answer.
type ID string

// ImplementsGraphQLType says which scalar ID is.
func (ID) ImplementsGraphQLType(name string) bool { return name == "ID" }

// UnmarshalGraphQL takes texts and whole numbers, as the specification says.
func (id *ID) UnmarshalGraphQL(input any) error {
	switch v := input.(type) {
	case string:
		*id = ID(v)
	case int32:
		*id = ID(strconv.Itoa(int(v)))
	default:
		return fmt.Errorf("an id is a text, not %T", input)
	}
	return nil
}

// textPointer is nil for an empty text: the schema has null where there is nothing.
func textPointer(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// sharedText is the text itself, which must not change, or nil for an empty one.
func sharedText(text *string) *string {
	if *text == "" {
		return nil
	}
	return text
}

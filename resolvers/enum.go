package resolvers

import "entente/graph"

// Enums of the API are the words of the vocabulary in capitals. A test compares the schema with the vocabulary, both
// ways; what reaches the functions here has passed validation.

// unknownKind is the kind of what no claim gives a kind, or one of a later version of the vocabulary. The graph has no
// word for it: the kind is empty there.
const unknownKind = "UNKNOWN"

var (
	kindEnums      = enumsOf(graph.Kinds(), func(k graph.Kind) string { return graph.UpperSnake(string(k)) })
	kinds          = inverted(kindEnums)
	predicateEnums = enumsOf(predicateNames(), func(p graph.Predicate) string { return p.Info().Enum() })
	predicates     = inverted(predicateEnums)
)

func predicateNames() []graph.Predicate {
	var names []graph.Predicate
	for _, info := range graph.Predicates() {
		names = append(names, info.Name)
	}
	return names
}

// enumsOf and inverted make the tables once, since a page of claims looks a thousand words up.
func enumsOf[T comparable](values []T, enum func(T) string) map[T]string {
	enums := make(map[T]string, len(values))
	for _, v := range values {
		enums[v] = enum(v)
	}
	return enums
}

func inverted[T comparable](enums map[T]string) map[string]T {
	values := make(map[string]T, len(enums))
	for v, enum := range enums {
		values[enum] = v
	}
	return values
}

// kindEnum is the API's word for a kind, the empty one too.
func kindEnum(k graph.Kind) string {
	if enum, ok := kindEnums[k]; ok {
		return enum
	}
	return unknownKind
}

func kindEnumList(list []graph.Kind) []string {
	enums := make([]string, len(list))
	for i, k := range list {
		enums[i] = kindEnum(k)
	}
	return enums
}

// kindList is nil, which restricts nothing, for a null argument.
func kindList(enums *[]string) []graph.Kind {
	return listOf(enums, func(enum string) graph.Kind { return kinds[enum] })
}

func predicateList(enums *[]string) []graph.Predicate {
	return listOf(enums, func(enum string) graph.Predicate { return predicates[enum] })
}

func stanceList(enums *[]string) []graph.Stance {
	return listOf(enums, func(enum string) graph.Stance { return graph.Stance(enum) })
}

// listOf converts an argument; nil for null, which restricts nothing, where an empty list lets nothing through.
func listOf[T any](enums *[]string, value func(string) T) []T {
	if enums == nil {
		return nil
	}
	values := make([]T, len(*enums))
	for i, enum := range *enums {
		values[i] = value(enum)
	}
	return values
}

// partyRoles and thirdPartyRoles are the two sorts of ties.
var partyRoles, thirdPartyRoles = tieRoles()

func tieRoles() (party, third []graph.Predicate) {
	for _, info := range graph.Predicates() {
		switch {
		case info.ThirdParty():
			third = append(third, info.Name)
		case info.Tie:
			party = append(party, info.Name)
		}
	}
	return party, third
}

// thirdPartyList reads an argument that takes third-party roles; null is all of them.
func thirdPartyList(enums *[]string) ([]graph.Predicate, error) {
	if enums == nil {
		return thirdPartyRoles, nil
	}
	roles := predicateList(enums)
	for i, role := range roles {
		if !role.Info().ThirdParty() {
			return nil, badInput("roles has %s, which is a party's role; it takes third-party roles", (*enums)[i])
		}
	}
	return roles, nil
}

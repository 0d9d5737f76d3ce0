package main

import (
	"fmt"
	"slices"
	"strings"

	"entente/graph"
)

// enumOf reads one of the API's words from a flag, as the API writes it or in small letters with hyphens: THIRD_PARTY or third-party.
func enumOf[T ~string](flag, text string, all []T) (T, error) {
	word := T(strings.ToUpper(strings.ReplaceAll(text, "-", "_")))
	if slices.Contains(all, word) {
		return word, nil
	}
	words := make([]string, len(all))
	for i, w := range all {
		words[i] = flagWord(w)
	}
	return "", fmt.Errorf("%s is %s; it is one of %s: %w", flag, graph.Quoted(text), strings.Join(words, ", "), errUsage)
}

// flagWord is one of the API's words as flags have it.
func flagWord[T ~string](word T) string {
	return strings.ToLower(strings.ReplaceAll(string(word), "_", "-"))
}

// roleOf reads the role of a tie from a flag.
func roleOf(flag, text string, fits func(*graph.PredicateInfo) bool) (graph.Predicate, error) {
	roles := make(map[string]graph.Predicate)
	var enums []string
	for _, info := range graph.Predicates() {
		if fits(info) {
			roles[info.Enum()] = info.Name
			enums = append(enums, info.Enum())
		}
	}
	enum, err := enumOf(flag, text, enums)
	return roles[enum], err
}

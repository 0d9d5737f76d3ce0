package main

import (
	"fmt"
	"slices"
	"strings"

	"entente/graph"
)

// enumOf reads one of the API's words from a flag, in any spelling.
func enumOf[T ~string](flag, text string, all []T) (T, error) {
	if word, ok := spelled(text, all); ok {
		return word, nil
	}
	words := make([]string, len(all))
	for i, w := range all {
		words[i] = flagWord(w)
	}
	return "", fmt.Errorf("%s is %s; it is one of %s: %w", flag, graph.Quoted(text), strings.Join(words, ", "), errUsage)
}

// spelled finds a word in any of its spellings: thirdParty as records have it, THIRD_PARTY as the API does, "third party" as answers do, or
// third-party as flags do.
func spelled[T ~string](text string, all []T) (word T, ok bool) {
	i := slices.IndexFunc(all, func(word T) bool { return folded(string(word)) == folded(text) })
	if i < 0 {
		return "", false
	}
	return all[i], true
}

// folded is a word in small letters without what parts it from the next.
func folded(word string) string {
	return strings.NewReplacer(" ", "", "-", "", "_", "").Replace(strings.ToLower(word))
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

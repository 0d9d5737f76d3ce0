package match

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// appendNames prepares a name and the names that it holds: what stands in brackets and what stands without it, as in
// "Myanmar (Burma)" and "National Democratic Alliance (Sudan)", and the names on both sides of a stroke. What tells a
// branch from the whole is no other name: "NSCN (IM)", "Shan State Army (South)".
func appendNames(list []name, text string, primary bool) []name {
	n, ok := newName(text, primary)
	if !ok {
		return list
	}
	list = append(list, n)
	if n.acronym != "" {
		return list
	}
	var parts []string
	if before, rest, open := strings.Cut(text, "("); open {
		within, after, _ := strings.Cut(rest, ")")
		parts = []string{before + " " + after, within}
	} else if sides := strings.Split(text, "/"); len(sides) == 2 {
		parts = sides
	}
	var variants []name
	for _, part := range parts {
		v, ok := newName(strings.TrimSpace(part), false)
		if !ok || !v.tells() || v.marks != "" {
			return list
		}
		v.partial = true
		variants = append(variants, v)
	}
	return append(list, variants...)
}

// tells reports whether the name could be somebody's by itself: more than the letters of a faction, and not "Army".
func (n *name) tells() bool {
	return slices.ContainsFunc(n.words, func(w nameWord) bool {
		return w.class == telling && utf8.RuneCountInString(w.Fold()) > shortestInitial
	})
}

// Package nearest finds the name that a misspelt one probably means.
package nearest

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Name is the name that a misspelt one probably means: the same in another case or with other signs between
// words, with letters swapped, broken off, or at most two letters away and less than half of it. Of several the first is taken; empty if none is near.
func Name(name string, names []string) string {
	if len(name) > 64 {
		return ""
	}
	plain := squash(name)
	best, distance := "", 3
	for _, candidate := range names {
		d := difference(plain, squash(candidate))
		if d < distance && 2*d < len(plain) {
			best, distance = candidate, d
		}
	}
	return best
}

// difference counts the letters that differ. Swapped letters and a name that breaks off are one slip, whatever their number.
func difference(name, candidate string) int {
	if len(name) >= 3 && (strings.HasPrefix(candidate, name) || lettersOf(name) == lettersOf(candidate)) {
		return min(1, levenshtein.ComputeDistance(name, candidate))
	}
	return levenshtein.ComputeDistance(name, candidate)
}

func lettersOf(name string) string {
	letters := []byte(name)
	slices.Sort(letters)
	return string(letters)
}

// squash drops what people write differently: "Event_Type" and "eventType" are the same.
func squash(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(name))
}

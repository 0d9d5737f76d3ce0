package loader

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// nearest is the name that a misspelt one probably means: the same in another case or with other signs between
// words, or at most two letters away and less than half of it. Of several the first is taken; empty if none is near.
func nearest(name string, names []string) string {
	if len(name) > 64 {
		return ""
	}
	plain := squash(name)
	best, distance := "", 3
	for _, candidate := range names {
		d := levenshtein.ComputeDistance(plain, squash(candidate))
		if d < distance && 2*d < len(plain) {
			best, distance = candidate, d
		}
	}
	return best
}

// squash drops what people write differently: "Event_Type" and "eventType" are the same.
func squash(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(name))
}

package main

import (
	"fmt"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/store"
)

// candidatesMost is how many entities are listed from which to choose.
const candidatesMost = 10

// partyKinds are the kinds of those who can be parties.
var partyKinds = slices.DeleteFunc(graph.Kinds(), func(k graph.Kind) bool { return !k.Party() })

// lookUp finds the one entity of the kinds that a text means: by an id of any sort, else by a name. Names join nothing, and choose
// nothing either: where a name is that of several, or only like those of some, the error lists them with their ids.
func lookUp(v *store.View, text string, kinds []graph.Kind) (store.Entity, error) {
	if e, ok := v.Resolve(text); ok {
		if !slices.Contains(kinds, v.Kind(e)) {
			return 0, fmt.Errorf("%s is %s, found %s, expected %s: %w", graph.Quoted(text), v.Name(e), v.Kind(e), alternatives(kinds), errUsage)
		}
		return e, nil
	}
	hits := v.Search(store.SearchQuery{Text: text, Kinds: kinds, Fuzzy: true, Limit: candidatesMost})
	var called []store.Entity
	for _, h := range hits {
		if isCalled(v, h.Entity, text) {
			called = append(called, h.Entity)
		}
	}
	switch {
	case len(called) == 1:
		return called[0], nil
	case len(called) > 1:
		return 0, fmt.Errorf("%s is the name of several; give an id:%s: %w", graph.Quoted(text), candidates(v, called), errUsage)
	case len(hits) == 0:
		return 0, fmt.Errorf("%s is neither an id nor a name, found nothing like it, expected %s: %w", graph.Quoted(text), alternatives(kinds), errUsage)
	}
	for _, h := range hits {
		called = append(called, h.Entity)
	}
	return 0, fmt.Errorf("%s is neither an id nor a name; these are like it:%s: %w", graph.Quoted(text), candidates(v, called), errUsage)
}

// isCalled reports whether a text is one of the entity's names, in capitals or not.
func isCalled(v *store.View, e store.Entity, text string) bool {
	return slices.ContainsFunc(v.Names(e), func(n store.Name) bool { return strings.EqualFold(n.Text, strings.TrimSpace(text)) })
}

// candidates lists entities, a line each.
func candidates(v *store.View, entities []store.Entity) string {
	var list strings.Builder
	for _, e := range entities {
		fmt.Fprintf(&list, "\n  %s  %s, %s", v.ID(e), v.Kind(e), v.Name(e))
	}
	return list.String()
}

func alternatives(kinds []graph.Kind) string {
	var names []string
	for _, k := range kinds {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

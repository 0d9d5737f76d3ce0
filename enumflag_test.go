package main

import (
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/trace"
)

// TestSpelled finds each word of the vocabulary that a flag takes by every spelling in which the project writes it, and by no other's.
func TestSpelled(t *testing.T) {
	var roles []graph.Predicate
	for _, p := range graph.Predicates() {
		roles = append(roles, p.Name)
	}
	checkSpelled(t, roles)
	checkSpelled(t, graph.Kinds())
	checkSpelled(t, graph.Stances())
	checkSpelled(t, []trace.TimeOrder{trace.AnyOrder, trace.NonDecreasing, trace.Strict})
	checkSpelled(t, []trace.Objective{trace.FewestHops, trace.EarliestArrival, trace.LatestDeparture})
	for _, text := range []string{"", "-", "third", "third.party", "third parties"} {
		if word, ok := spelled(text, roles); ok {
			t.Errorf("%q is taken for %s", text, word)
		}
	}
}

func checkSpelled[T ~string](t *testing.T, all []T) {
	t.Helper()
	for _, word := range all {
		enum := string(word)
		if enum != strings.ToUpper(enum) {
			enum = graph.UpperSnake(enum)
		}
		words := strings.ToLower(strings.ReplaceAll(enum, "_", " "))
		for _, text := range []string{string(word), enum, words, strings.ReplaceAll(words, " ", "-"), strings.ToUpper(words)} {
			if got, ok := spelled(text, all); !ok || got != word {
				t.Errorf("%q is taken for %q, want %q", text, got, word)
			}
		}
	}
}

// TestRoleSpellings asks for the histories of a role in each spelling that a user meets; the answers are the same.
func TestRoleSpellings(t *testing.T) {
	folder := curatedFolder(t)
	ask := func(command, role string) string {
		return must(t, "", command, "Armenia", "Azerbaijan", "--minimum-role", role, "--data", folder)
	}
	for _, command := range []string{"history", "trace"} {
		want := ask(command, "third-party")
		for _, role := range []string{"thirdParty", "THIRD_PARTY", "third party"} {
			if got := ask(command, role); got != want {
				t.Errorf("%s --minimum-role %q tells\n%snot\n%s", command, role, got, want)
			}
		}
	}
}

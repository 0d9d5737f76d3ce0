package bench

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"strings"

	"entente/graph/store"
	"entente/graph/topology/names"
)

// mostHits is how many entities are asked for.
const mostHits = 20

// searchQuestion asks for entities by the words of a name, the last of which is only begun.
func searchQuestion() question {
	return question{
		name: "Q8", asks: "a search by name, the last word a beginning, top 20",
		draw: func(g *plain, r *rand.Rand, _ int) (draw, bool) {
			if len(g.names.text) == 0 {
				return draw{}, false
			}
			text := []rune(g.names.text[r.IntN(len(g.names.text))])
			last := len(text) - 1
			for last > 0 && text[last-1] != ' ' {
				last--
			}
			return draw{text: string(text[:last+(len(text)-last+1)/2])}, true
		},
		limit: func(w *walker, d *draw, out answer) answer {
			for _, n := range w.names.search(d.text) {
				out = append(out, uint64(w.names.entity[n]))
			}
			return out
		},
		engine: func(_ context.Context, v *store.View, d *draw, out answer) (answer, error) {
			for _, hit := range v.Search(store.SearchQuery{Text: d.text, Limit: mostHits}) {
				out = append(out, uint64(hit.Entity))
			}
			return out, nil
		},
		document: "search.graphql",
		variables: func(_ *store.View, d *draw) map[string]any {
			return map[string]any{"text": d.text}
		},
		read: func(r *reader, out answer) answer {
			var data struct {
				Search []struct{ Entity struct{ ID string } }
			}
			r.into(&data)
			for i := range data.Search {
				out = append(out, uint64(r.entity(data.Search[i].Entity.ID)))
			}
			return out
		},
	}
}

// A nameMatch is how strongly a name is matched, best first.
type nameMatch int

const (
	byFold   nameMatch = iota // word by word
	byKey                     // other spellings of the words
	byPrefix                  // the last word is the beginning of one
	noMatch
)

// wordsOf are a query's words, no word twice, the last occurrence counting.
func wordsOf(text string) (words []string, count int) {
	tokens := names.Tokens(text)
	for i, t := range tokens {
		if !slices.Contains(tokens[i+1:], t) {
			words = append(words, t)
		}
	}
	return words, len(tokens)
}

// matching lists the names that have a word at least as strongly matched, by number.
func (p *plainNames) matching(word string, prefix bool, match nameMatch) []uint32 {
	fold := names.Fold(word)
	at, ok := slices.BinarySearch(p.forms, fold)
	if match == byFold {
		if !ok {
			return nil
		}
		return p.fold[at]
	}
	var lists [][]uint32
	for _, form := range append(names.Keys(word), fold) {
		at, _ := slices.BinarySearch(p.forms, form)
		for ; at < len(p.forms) && strings.HasPrefix(p.forms[at], form); at++ {
			if p.forms[at] == form || prefix && match == byPrefix {
				lists = append(lists, p.any[at])
			}
		}
	}
	if len(lists) == 1 {
		return lists[0]
	}
	all := slices.Concat(lists...)
	slices.Sort(all)
	return slices.Compact(all)
}

// considered is how many names of a kind of match are ranked, at most.
const considered = 128

// A hit is a name that was found.
type hit struct {
	name  uint32
	score float64
}

// search finds the best names: by kind of match, then by the share of the name that the query covers, then by weight, then in the order
// of claims.
func (p *plainNames) search(text string) []uint32 {
	words, count := wordsOf(text)
	if len(words) == 0 {
		return nil
	}
	folded := names.Fold(text)
	var top, seen []uint32
	for match := byFold; match < noMatch && len(top) < mostHits; match++ {
		all := p.matching(words[0], len(words) == 1, match)
		for i, word := range words[1:] {
			all = common(all, p.matching(word, i+2 == len(words), match))
		}
		var hits []hit
		for _, n := range all {
			if _, before := slices.BinarySearch(seen, n); before {
				continue
			}
			if len(hits) == considered {
				break
			}
			h := hit{n, min(1, float64(len(words))/float64(p.words[n]))}
			if match == byFold && p.words[n] == count && p.text[n] == folded {
				h.score++
			}
			hits = append(hits, h)
		}
		slices.SortFunc(hits, func(a, b hit) int {
			return cmp.Or(cmp.Compare(b.score, a.score), p.weight[b.name]-p.weight[a.name], p.number[a.name]-p.number[b.name])
		})
		for _, h := range hits[:min(len(hits), mostHits-len(top))] {
			top = append(top, h.name)
		}
		seen = all
	}
	return top
}

// common are the names in both of two lists.
func common(a, b []uint32) []uint32 {
	if len(a) > len(b) {
		a, b = b, a
	}
	var both []uint32
	for _, n := range a {
		at, ok := slices.BinarySearch(b, n)
		if b = b[at:]; ok {
			both = append(both, n)
		}
	}
	return both
}

package bench

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"sort"
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

// A queryWord is a word of a query, found among the forms.
type queryWord struct {
	fold   []uint32    // its own form, if any name has it
	keys   []uint32    // the forms of its spellings
	begins [][2]uint32 // stretches of forms that begin with one of them, if it may be a beginning
}

func (p *plainNames) word(text string, prefix bool) queryWord {
	var w queryWord
	fold := names.Fold(text)
	for _, form := range append(names.Keys(text), fold) {
		at, ok := slices.BinarySearch(p.forms, form)
		if ok && !slices.Contains(w.keys, uint32(at)) {
			w.keys = append(w.keys, uint32(at))
		}
		if ok && form == fold {
			w.fold = []uint32{uint32(at)}
		}
		if prefix {
			end := at + sort.Search(len(p.forms)-at, func(i int) bool { return !strings.HasPrefix(p.forms[at+i], form) })
			w.begins = append(w.begins, [2]uint32{uint32(at), uint32(end)})
		}
	}
	return w
}

// matches reports whether a name has the word, at least as strongly matched.
func (p *plainNames) matches(name uint32, w *queryWord, match nameMatch) bool {
	if match == byFold {
		return len(w.fold) > 0 && slices.Contains(p.foldOf[name], w.fold[0])
	}
	for _, form := range p.anyOf[name] {
		if slices.Contains(w.keys, form) {
			return true
		}
		for _, b := range w.begins {
			if match == byPrefix && b[0] <= form && form < b[1] {
				return true
			}
		}
	}
	return false
}

// few is how many names are put in order rather than all looked through.
const few = 4096

// candidates lists names among which are all that match, in order: those of the rarest word.
func (p *plainNames) candidates(words []queryWord, match nameMatch) []uint32 {
	var least []uint32
	for i := range words {
		lists, forms := p.any, words[i].keys
		if match == byFold {
			lists, forms = p.fold, words[i].fold
		}
		if match == byPrefix && len(words[i].begins) > 0 {
			forms = nil
			for _, b := range words[i].begins {
				for f := b[0]; f < b[1]; f++ {
					forms = append(forms, f)
				}
			}
		}
		names := 0
		for _, f := range forms {
			names += len(lists[f])
		}
		switch {
		case i > 0 && names >= len(least):
			continue
		case names > few && len(forms) > 1:
			least = p.all
			continue
		}
		least = union(lists, forms)
	}
	return least
}

// union is the names of several forms, in order.
func union(lists [][]uint32, forms []uint32) []uint32 {
	if len(forms) == 1 {
		return lists[forms[0]]
	}
	var all []uint32
	for _, f := range forms {
		all = append(all, lists[f]...)
	}
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
	found := make([]queryWord, len(words))
	for i, word := range words {
		found[i] = p.word(word, i+1 == len(words))
	}
	var top []uint32
	for match := byFold; match < noMatch && len(top) < mostHits; match++ {
		var hits []hit
		for _, n := range p.candidates(found, match) {
			if !p.matchesAll(n, found, match) || match > byFold && p.matchesAll(n, found, match-1) {
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
	}
	return top
}

// matchesAll reports whether a name has all words, at least as strongly matched.
func (p *plainNames) matchesAll(name uint32, words []queryWord, match nameMatch) bool {
	for i := range words {
		if !p.matches(name, &words[i], match) {
			return false
		}
	}
	return true
}

package match

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"entente/graph"
	"entente/graph/store"
	"entente/graph/topology/names"
)

// A Matcher finds what a profile may be one with in a view. It keeps the profiles that it made; one goroutine at a time
// may use it.
type Matcher struct {
	view     *store.View
	profiles map[store.Entity]*Profile // with their meetings
	initials map[string][]store.Entity // what has a name of these first letters; nil until it is asked for
}

// NewMatcher is a matcher over the view.
func NewMatcher(v *store.View) *Matcher {
	return &Matcher{view: v, profiles: make(map[store.Entity]*Profile)}
}

// profilesKept bounds the memory for profiles.
const profilesKept = 1 << 16

// Profile is the profile of an entity, its meetings included.
func (m *Matcher) Profile(e store.Entity) *Profile {
	if p := m.profiles[e]; p != nil {
		return p
	}
	p := Of(m.view, e)
	p.Meet(m.view)
	if len(m.profiles) >= profilesKept {
		clear(m.profiles)
	}
	m.profiles[e] = p
	return p
}

// Candidates compares the profile with what the index of names, and its ids, bring near it, and gives the best, best first
// and then by id. Of what is not in the graph the meetings are not known, and are left out of account.
func (m *Matcher) Candidates(ctx context.Context, p *Profile, limit int) ([]Match, error) {
	var found []Match
	for _, e := range m.near(p) {
		other := (*Profile)(nil)
		if p.Entity == store.NoEntity {
			other = Of(m.view, e)
		} else {
			other = m.Profile(e)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found = append(found, Compare(p, other))
	}
	slices.SortFunc(found, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.A.ID, b.A.ID), cmp.Compare(a.B.ID, b.B.ID))
	})
	return found[:min(len(found), limit)], nil
}

// What is looked for of one profile.
const (
	queriedNames = 16 // names
	hitsWanted   = 20 // entities for each text
	longQuery    = 6  // words; more are not looked for misspelt
)

// near finds the entities that may be the same as the profile's.
func (m *Matcher) near(p *Profile) []store.Entity {
	kinds := kindsNear(p.Kind)
	seen := map[store.Entity]bool{p.Entity: true}
	var list []store.Entity
	take := func(e store.Entity) {
		if !seen[e] {
			seen[e] = true
			list = append(list, e)
		}
	}
	for _, id := range p.ids {
		if e, ok := m.view.Resolve(id); ok {
			take(e)
		}
	}
	asked := make(map[string]bool)
	ask := func(text string, fuzzy bool) {
		if key := names.Fold(text); key == "" || asked[key] {
			return
		} else {
			asked[key] = true
		}
		for _, hit := range m.view.Search(store.SearchQuery{Text: text, Kinds: kinds, Fuzzy: fuzzy, Limit: hitsWanted}) {
			take(hit.Entity)
		}
	}
	for i := range p.names[:min(len(p.names), queriedNames)] {
		p.names[i].queries(ask)
		for _, e := range m.initials[p.names[i].acronym] {
			take(e)
		}
	}
	return list
}

// IndexInitials makes acronyms find the names that they stand for, which the index of names cannot. It reads all names, and
// pays where many profiles are matched.
func (m *Matcher) IndexInitials() {
	m.initials = make(map[string][]store.Entity)
	for e := range m.view.All() {
		if !m.view.Kind(e).Party() {
			continue
		}
		for _, n := range m.view.Names(e) {
			letters := initialsOf(names.Tokens(n.Text))
			list := m.initials[letters]
			if len(letters) >= shortestInitial && len(letters) <= acronymLetters && len(list) < hitsWanted && !slices.Contains(list, e) {
				m.initials[letters] = append(list, e)
			}
		}
	}
}

// queries gives the texts to look for: the name, its telling words together and each alone, and what its first letters
// spell.
func (n *name) queries(ask func(text string, fuzzy bool)) {
	var words []string
	for i := range n.words {
		if n.words[i].class == telling && n.words[i].weight == weightOf[telling] {
			words = append(words, n.words[i].Fold())
		}
	}
	// Misspelt words are looked for once, since that takes longest: the telling ones, without which there is no match.
	ask(strings.Join(words[:min(len(words), longQuery)], " "), true)
	ask(n.text, len(words) == 0 && len(n.words) <= longQuery)
	if len(words) > 1 {
		for _, word := range words {
			if utf8.RuneCountInString(word) >= 4 {
				ask(word, false)
			}
		}
	}
	if n.acronym != "" {
		ask(n.acronym, false)
	} else if len(n.initial) >= shortestInitial && len(n.initial) <= acronymLetters {
		ask(strings.ToUpper(n.initial), false)
	}
}

// kindsNear are the kinds that a kind may be matched with; nil is all.
func kindsNear(kind graph.Kind) []graph.Kind {
	if kind == "" {
		return nil
	}
	var kinds []graph.Kind
	for _, other := range graph.Kinds() {
		if kindBits(kind, other) > otherKind {
			kinds = append(kinds, other)
		}
	}
	return kinds
}

package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"entente/data"
	"entente/graph"
	"entente/graph/store"
	spelling "entente/graph/topology/names"
)

// mostCandidates is how many entities are listed where a name may mean several.
const mostCandidates = 20

// A resolver finds the entities that words on the command line mean. It never guesses: a word that may mean several, or is only like
// a name, is an error which lists what to choose from, for an answer about the wrong Georgia looks like any other.
type resolver struct {
	view  *store.View
	kinds []graph.Kind // that are meant; nil is all
}

// entity finds what a text of a flag or an argument means: an id, a UUID or an external id; or a whole name of one entity alone, but
// for case, marks and punctuation; or the bare id of a curated record, such as ARM.
func (r resolver) entity(flag, text string) (store.Entity, error) {
	if e, ok := r.view.Resolve(text); ok {
		return e, r.fits(flag, e)
	}
	called := r.called(text, r.kinds)
	switch len(called) {
	case 0:
		if e, ok := r.view.Entity(graph.ID(data.Dataset + ":" + text)); ok {
			return e, r.fits(flag, e)
		}
		return store.NoEntity, r.unknown(flag, text)
	case 1:
		return called[0].Entity, nil
	}
	return store.NoEntity, fmt.Errorf("%s is %s, the name of several; give an id:\n%s: %w", flag, graph.Quoted(text), r.candidates(called), errUsage)
}

// called finds what is called just so, but for case, marks and punctuation, among entities of some kinds; nil is all.
func (r resolver) called(text string, kinds []graph.Kind) []store.SearchHit {
	hits := r.view.Search(store.SearchQuery{Text: text, Kinds: kinds, Limit: mostCandidates + 1})
	return slices.DeleteFunc(hits, func(h store.SearchHit) bool { return spelling.Fold(h.Matched.Text) != spelling.Fold(text) })
}

// fits checks the kind of what an id means.
func (r resolver) fits(flag string, e store.Entity) error {
	if kind := r.view.Kind(e); r.kinds != nil && !slices.Contains(r.kinds, kind) {
		return fmt.Errorf("%s is %s, found %s, expected %s: %w", flag, r.view.ID(e), kind, alternatives(r.kinds), errUsage)
	}
	return nil
}

// alternatives is "State, Organization or Leader".
func alternatives(kinds []graph.Kind) string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = string(k)
	}
	if last := len(words) - 1; last > 0 {
		return strings.Join(words[:last], ", ") + " or " + words[last]
	}
	return words[0]
}

// unknown is the error of a text that means nothing, with what has a name like it.
func (r resolver) unknown(flag, text string) error {
	like := r.view.Search(store.SearchQuery{Text: text, Kinds: r.kinds, Fuzzy: true, Limit: mostCandidates + 1})
	if others := r.called(text, nil); len(others) > 0 {
		like = append(others, like...)
		return fmt.Errorf("%s is %s, which names no %s; these are called so, or alike:\n%s: %w",
			flag, graph.Quoted(text), alternatives(r.kinds), r.candidates(like), errUsage)
	}
	if len(like) == 0 {
		return fmt.Errorf("%s is %s; no entity at commit %d has that id or a name like it: %w",
			flag, graph.Quoted(text), r.view.Moment().Commit, errUsage)
	}
	return fmt.Errorf("%s is %s, which is neither an id nor a whole name; these have a name like it:\n%s: %w",
		flag, graph.Quoted(text), r.candidates(like), errUsage)
}

// candidates lists what was found, a line each: id, kind, name, the other name by which it was found, and how much is said of it.
func (r resolver) candidates(hits []store.SearchHit) string {
	var b strings.Builder
	for i, h := range hits {
		if i == mostCandidates {
			b.WriteString("  and more")
			break
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		name := r.view.Name(h.Entity)
		fmt.Fprintf(&b, "  %s  %s  %s", r.view.ID(h.Entity), r.view.Kind(h.Entity), oneLine(name))
		if h.Matched.Text != name {
			fmt.Fprintf(&b, ", found as %s", oneLine(h.Matched.Text))
		}
		fmt.Fprintf(&b, " (%s)", plural(strconv.Itoa(r.view.Degree(h.Entity)), "claim"))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// entities finds what each text of a repeated flag means; nil, which restricts nothing, for none.
func (r resolver) entities(flag string, texts []string) ([]store.Entity, error) {
	var list []store.Entity
	for _, text := range texts {
		e, err := r.entity(flag, text)
		if err != nil && strings.Contains(text, ",") {
			return nil, fmt.Errorf("%w\nnames may have commas in them, so that each of several takes a %s of its own", err, flag)
		}
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, nil
}

// partyKinds are the kinds of those who can be parties.
var partyKinds = slices.DeleteFunc(graph.Kinds(), func(k graph.Kind) bool { return !k.Party() })

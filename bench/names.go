package bench

import (
	"math/bits"
	"slices"
	"strings"

	"entente/graph/store"
	"entente/graph/topology/names"
)

// plainNames are all names as word lists: sorted spellings, each with the names that have it.
type plainNames struct {
	forms []string
	fold  [][]uint32 // of each form: the names of which it is a word as written, but for marks
	any   [][]uint32 // of each form: the names of which it is a spelling of a word

	// A name's number here is its rank among names that match equally well: those of fewer words first.
	foldOf [][]uint32 // the forms of its words as written
	anyOf  [][]uint32 // all spellings of its words
	entity []store.Entity
	words  []int
	text   []string // folded
	weight []int
	number []int    // in the order of claims
	all    []uint32 // every name
}

// newPlainNames reads the names, one an entity, that a view has.
func newPlainNames(v *store.View) *plainNames {
	type named struct {
		entity store.Entity
		tokens []string
		claim  store.ClaimNo
	}
	var all []named
	for e := range v.All() {
		for _, n := range v.Names(e) {
			all = append(all, named{e, names.Tokens(n.Text), n.Claim})
		}
	}
	slices.SortFunc(all, func(a, b named) int {
		if len(a.tokens) != len(b.tokens) {
			return len(a.tokens) - len(b.tokens)
		}
		return int(a.claim) - int(b.claim)
	})
	p := &plainNames{}
	at := make(map[string]int)
	for i, n := range all {
		p.entity, p.words, p.number = append(p.entity, n.entity), append(p.words, len(n.tokens)), append(p.number, int(n.claim))
		p.all = append(p.all, uint32(i))
		p.text = append(p.text, names.Fold(strings.Join(n.tokens, " ")))
		p.weight = append(p.weight, bits.Len(uint(v.Degree(n.entity))))
		for _, token := range n.tokens {
			fold := names.Fold(token)
			p.post(at, fold, uint32(i), true)
			for _, key := range names.Keys(token) {
				p.post(at, key, uint32(i), false)
			}
		}
	}
	p.sort()
	return p
}

// post enters a name under a form.
func (p *plainNames) post(at map[string]int, form string, name uint32, fold bool) {
	i, ok := at[form]
	if !ok {
		i = len(p.forms)
		at[form] = i
		p.forms, p.fold, p.any = append(p.forms, form), append(p.fold, nil), append(p.any, nil)
	}
	add := func(list []uint32) []uint32 {
		if n := len(list); n > 0 && list[n-1] == name {
			return list
		}
		return append(list, name)
	}
	if p.any[i] = add(p.any[i]); fold {
		p.fold[i] = add(p.fold[i])
	}
}

// sort puts the forms into the order of their letters.
func (p *plainNames) sort() {
	order := make([]int, len(p.forms))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(p.forms[a], p.forms[b]) })
	forms, fold, spelt := make([]string, len(order)), make([][]uint32, len(order)), make([][]uint32, len(order))
	for to, from := range order {
		forms[to], fold[to], spelt[to] = p.forms[from], p.fold[from], p.any[from]
	}
	p.forms, p.fold, p.any = forms, fold, spelt
	p.foldOf, p.anyOf = formsOf(fold, len(p.entity)), formsOf(spelt, len(p.entity))
}

// formsOf turns lists of names by form into lists of forms by name.
func formsOf(lists [][]uint32, n int) [][]uint32 {
	of := make([][]uint32, n)
	for form, list := range lists {
		for _, name := range list {
			of[name] = append(of[name], uint32(form))
		}
	}
	return of
}

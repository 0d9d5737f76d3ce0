package reconcile

import (
	"net/http"
	"slices"
	"strings"

	"entente/graph"
	"entente/graph/store"
)

type suggestions struct {
	Result []suggestion `json:"result"`
}

type suggestion struct {
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	Description string  `json:"description,omitempty"`
	Notable     []typed `json:"notable,omitempty"`
}

const (
	suggested = 10   // a page
	maxCursor = 1000 // suggestions that are skipped; who needs more types on
)

// suggestEntity finds entities while their names, or an id, are typed.
func (s *service) suggestEntity(r *request) (any, error) {
	cursor, err := r.number("cursor", 0, 0, maxCursor)
	if err != nil {
		return nil, err
	}
	var kinds []graph.Kind
	if id := r.param("type"); id != "" {
		if graph.Kind(id).Validate() != nil {
			return nil, unknownType(id, "")
		}
		kinds = []graph.Kind{graph.Kind(id)}
	}
	prefix := strings.TrimSpace(r.param("prefix"))
	var found []store.Entity
	if e, ok := r.view.Resolve(prefix); ok && (kinds == nil || slices.Contains(kinds, r.view.Kind(e))) {
		found = append(found, e)
	}
	if prefix != "" {
		for _, hit := range r.view.Search(store.SearchQuery{Text: prefix, Kinds: kinds, Fuzzy: true, Limit: cursor + suggested + len(found)}) {
			if !slices.Contains(found, hit.Entity) {
				found = append(found, hit.Entity)
			}
		}
	}
	out := &suggestions{Result: []suggestion{}}
	for _, e := range page(found, cursor) {
		c, err := describe(r, e)
		if err != nil {
			return nil, err
		}
		out.Result = append(out.Result, suggestion{c.ID, c.Name, c.Description, c.Type})
	}
	return out, nil
}

// page is the part of a list that is shown.
func page[T any](list []T, cursor int) []T {
	list = list[min(cursor, len(list)):]
	return list[:min(len(list), suggested)]
}

// suggestProperty finds properties by their words. A type, which OpenRefine calls schema or type, leaves out what entities of it
// cannot have.
func (s *service) suggestProperty(r *request) (any, error) {
	cursor, err := r.number("cursor", 0, 0, maxCursor)
	if err != nil {
		return nil, err
	}
	kind := graph.Kind(r.param("type"))
	var found []suggestion
	for i := range s.properties {
		p := &s.properties[i]
		if hasWords(p.id+" "+p.name+" "+p.words, r.param("prefix")) && (kind.Validate() != nil || p.fits(kind)) {
			found = append(found, suggestion{ID: p.id, Name: p.name, Description: p.use()})
		}
	}
	return &suggestions{append([]suggestion{}, page(found, cursor)...)}, nil
}

// use says what a property is good for.
func (p *property) use() string {
	if p.evidence == nil {
		return "can be fetched"
	}
	return "is weighed in queries, and can be fetched"
}

// suggestType finds types by their words.
func (s *service) suggestType(r *request) (any, error) {
	cursor, err := r.number("cursor", 0, 0, maxCursor)
	if err != nil {
		return nil, err
	}
	var found []suggestion
	for _, t := range types() {
		if hasWords(t.ID+" "+t.Name, r.param("prefix")) {
			found = append(found, suggestion{ID: t.ID, Name: t.Name})
		}
	}
	return &suggestions{append([]suggestion{}, page(found, cursor)...)}, nil
}

// hasWords reports whether every word of what was typed begins a word of the text.
func hasWords(text, typed string) bool {
	parts := func(text string) []string {
		return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ' ' || r == '-' || r == ',' })
	}
	have := parts(text)
	return !slices.ContainsFunc(parts(typed), func(word string) bool {
		return !slices.ContainsFunc(have, func(w string) bool { return strings.HasPrefix(w, word) })
	})
}

// fits reports whether an entity of the kind may have the property; of no kind it may have all.
func (p *property) fits(kind graph.Kind) bool {
	return kind == "" || p.kinds == nil || slices.Contains(p.kinds, kind)
}

type flyout struct {
	ID   string `json:"id"`
	HTML string `json:"html"`
}

func (s *service) flyoutEntity(r *request) (any, error) {
	e, ok := r.view.Resolve(r.param("id"))
	if !ok {
		return nil, refusal(http.StatusNotFound, codeNotFound, "", "there is no entity %s", graph.Quoted(r.param("id")))
	}
	facts, err := s.facts(r, e, shortFacts)
	if err != nil {
		return nil, err
	}
	html, err := render("facts", facts)
	return &flyout{r.param("id"), string(html)}, err
}

func (s *service) flyoutProperty(r *request) (any, error) {
	p := s.byID[r.param("id")]
	if p == nil {
		return nil, refusal(http.StatusNotFound, codeNotFound, "", "there is no property %s", graph.Quoted(r.param("id")))
	}
	return flyoutOf(p.id, p.name, p.use())
}

func (s *service) flyoutType(r *request) (any, error) {
	for _, t := range types() {
		if t.ID == r.param("id") {
			return flyoutOf(t.ID, t.Name, "a kind of entity")
		}
	}
	return nil, unknownType(r.param("id"), "")
}

func flyoutOf(id, name, use string) (any, error) {
	html, err := render("term", struct{ Name, Use string }{name, use})
	return &flyout{id, string(html)}, err
}

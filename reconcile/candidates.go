package reconcile

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"

	"entente/graph"
	"entente/graph/match"
	"entente/graph/store"
)

type result struct {
	Result []candidate `json:"result"`
}

type candidate struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Description string    `json:"description,omitempty"`
	Type        []typed   `json:"type"`
	Score       float64   `json:"score"` // per cent
	Features    []feature `json:"features"`
	Match       bool      `json:"match"`
}

// A feature is what one kind of evidence adds to a score, in bits, or something that is so.
type feature struct {
	ID    string `json:"id"`
	Value any    `json:"value"` // a float64 or a bool
}

// reconcile answers a batch.
func (s *service) reconcile(r *request) (any, error) {
	batch, err := readBatch(r.param("queries"))
	if err != nil {
		return nil, err
	}
	m := match.NewMatcher(r.view)
	results := make(map[string]result, len(batch))
	for _, key := range slices.Sorted(maps.Keys(batch)) {
		w, err := s.want(r.view, batch[key], string(jsontext.Pointer("").AppendToken(key)))
		if err != nil {
			return nil, err
		}
		found, err := candidates(r, m, w, batch[key].limit())
		if err != nil {
			return nil, err
		}
		results[key] = result{found}
	}
	return results, nil
}

// considered is how many of the candidates are weighed against types before the limit cuts them.
const considered = 4 * maxLimit

// candidates finds and describes the candidates for what is wanted, the best first.
func candidates(r *request, m *match.Matcher, w *wanted, limit int) ([]candidate, error) {
	found, err := m.Candidates(r.ctx, w.Profile(r.view), considered)
	if err != nil {
		return nil, err
	}
	list := []candidate{}
	named, exact := byID(r.view, w)
	if named != store.NoEntity && !w.excludes(r.view.Kind(named)) {
		c, err := describe(r, named)
		if err != nil {
			return nil, err
		}
		c.Score, c.Match, c.Features = 100, exact, []feature{{"id", true}}
		list = append(list, c)
	}
	found = slices.DeleteFunc(found, func(f match.Match) bool {
		return f.B.Entity == named || w.excludes(f.B.Kind) || f.Score < leastScore
	})
	for i := range found[:min(len(found), max(0, limit-len(list)))] {
		c, err := describe(r, found[i].B.Entity)
		if err != nil {
			return nil, err
		}
		c.Score = math.Round(1000*found[i].Score) / 10
		c.Features = features(&found[i], w)
		c.Match = i == 0 && len(list) == 0 && isSafe(found)
		list = append(list, c)
	}
	return list, nil
}

// leastScore keeps what nobody would take out of the list.
const leastScore = 0.005

// excludes reports whether entities of the kind are not wanted at all.
func (w *wanted) excludes(kind graph.Kind) bool {
	return w.strict && len(w.types) > 0 && !slices.Contains(w.types, kind)
}

// byID finds an entity whose id the query is. Exact ids are those that mean one entity.
func byID(v *store.View, w *wanted) (e store.Entity, exact bool) {
	if len(w.Names) == 0 {
		return store.NoEntity, false
	}
	text := w.Names[0]
	e, ok := v.Resolve(text)
	if !ok {
		return store.NoEntity, false
	}
	if _, own := v.Entity(graph.ID(text)); own || uuid.Validate(text) == nil {
		return e, true
	}
	scheme, _, _ := strings.Cut(text, ":")
	return e, graph.ExactScheme(scheme)
}

// What makes the best candidate safe to take without looking: the score, and how much less likely the next one is.
const (
	safeScore = 0.9
	safeLead  = 3.0 // bits
)

// isSafe reports whether the first of the matches, the best first, may be taken for the answer.
func isSafe(found []match.Match) bool {
	if len(found) == 0 || found[0].Score < safeScore {
		return false
	}
	return len(found) == 1 || bits(found[0].Score)-bits(found[1].Score) >= safeLead
}

func bits(score float64) float64 { return math.Log2(score / (1 - score)) }

// features are the bits of each feature, and what could not be read.
func features(m *match.Match, w *wanted) []feature {
	list := []feature{}
	for _, f := range match.Features() {
		if bits, ok := m.Bits(f); ok {
			list = append(list, feature{string(f), math.Round(100*bits) / 100})
		}
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(w.unread))) {
		list = append(list, feature{"unread-" + id, true})
	}
	return list
}

// describe is an entity as a candidate.
func describe(r *request, e store.Entity) (candidate, error) {
	c := candidate{ID: string(r.view.ID(e)), Name: r.view.Name(e), Type: []typed{}}
	if kind := r.view.Kind(e); kind != "" {
		c.Type = append(c.Type, typeOf(kind))
	}
	var err error
	c.Description, err = description(r, e)
	return c, err
}

const maxDescription = 200 // letters

// description is what is claimed, else what tells the entity from its namesakes: its date, its country, another name.
func description(r *request, e store.Entity) (string, error) {
	text, err := r.view.Text(r.ctx, e, graph.Description)
	if err != nil {
		return "", err
	}
	if text == "" {
		var parts []string
		if date := r.view.Date(e); !date.IsZero() {
			parts = append(parts, date.String())
		}
		lands, err := countries(r, e)
		if err != nil {
			return "", err
		}
		if len(lands) > 0 && lands[0].ID != string(r.view.ID(e)) {
			parts = append(parts, lands[0].Name)
		}
		for _, n := range r.view.Names(e) {
			if n.Text != r.view.Name(e) {
				parts = append(parts, fmt.Sprintf("also %q", n.Text))
				break
			}
		}
		text = strings.Join(parts, "; ")
	}
	letters := []rune(text)
	if len(letters) > maxDescription {
		return string(letters[:maxDescription-1]) + "…", nil
	}
	return text, nil
}

package resolvers

import (
	"context"
	"fmt"
	"sync"

	"entente/graph"
	"entente/graph/store"
)

// A view is the graph at a moment, for the answers of one request.
type view struct {
	*store.View
	merges *merges // nil if nobody asks by which claims entities are one
}

// viewFor is a view for what a request asks.
func viewFor(v *store.View, asked asked) *view {
	if !asked.anywhere("mergedBy") {
		return &view{View: v}
	}
	return &view{v, newMerges()}
}

// besides is another moment in the same request.
func (v *view) besides(other *store.View) *view {
	if v.merges == nil {
		return &view{View: other}
	}
	return &view{other, newMerges()}
}

// With is the view at another moment.
func (v *view) With(at store.At) (*view, error) {
	other, err := v.View.With(at)
	if err != nil {
		return nil, err
	}
	return v.besides(other), nil
}

// AsOf is the view as of a day, if it is of none yet.
func (v *view) AsOf(day graph.Date) *view { return v.besides(v.View.AsOf(day)) }

// merges has, of those in the answers at a view who were merged from several ids, the claims by which they are one. Whoever makes an answer notes all
// of them before the first is asked for these, so that those of a page are one read; and nobody's are read twice.
type merges struct {
	mu     sync.Mutex // held while claims are read, too
	unread []store.Entity
	claims map[store.Entity][]*Claim // of everybody noted, empty as long as they are not read
	given  int                       // how many an answer has so far
}

func newMerges() *merges { return &merges{claims: make(map[store.Entity][]*Claim)} }

// note notes entities that stand in an answer, among them those that are none.
func (v *view) note(entities ...store.Entity) {
	m := v.merges
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, e := range entities {
		if _, noted := m.claims[e]; !noted && e != store.NoEntity && v.Merged(e) {
			m.claims[e] = nil
			m.unread = append(m.unread, e)
		}
	}
}

// noteNamed notes those whom claims of an answer name. They become entities one by one, when somebody asks.
func (v *view) noteNamed(claims []store.Claim) {
	if v.merges == nil {
		return
	}
	for i := range claims {
		c := &claims[i]
		v.note(c.Subject, c.Object, c.ClaimantEntity, c.CoderEntity, c.Document)
		for _, q := range c.Qualifiers {
			if e, ok := v.Entity(q.Entity); ok {
				v.note(e)
			}
		}
	}
}

// mergedBy are the claims by which an entity that was noted is one with others.
func (v *view) mergedBy(ctx context.Context, e store.Entity) ([]*Claim, error) {
	if !v.Merged(e) {
		return []*Claim{}, nil
	}
	m := v.merges
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.unread) > 0 {
		if err := m.read(ctx, v); err != nil {
			return nil, err
		}
	}
	claims := m.claims[e]
	if m.given += len(claims); m.given > maxMerges {
		return nil, &inputError{codeTooComplex, fmt.Sprintf("the answer has more than %d claims of merges; ask for mergedBy of fewer entities, and not within itself", maxMerges)}
	}
	return claims, nil
}

// maxMerges is how many claims of merges an answer has at most at one moment, counted where they stand. How many there are is not known before, as it is of
// pages: of an id that hundreds carry there is one for each two of them.
const maxMerges = 200_000

// read reads the claims of all who were noted since it was done before.
func (m *merges) read(ctx context.Context, v *view) error {
	var nos []store.ClaimNo
	ends := make([]int, len(m.unread)) // in the list, where the claims of each end
	for i, e := range m.unread {
		nos = append(nos, v.View.MergedBy(e)...)
		ends[i] = len(nos)
	}
	read, err := v.ReadClaims(ctx, nos)
	if err != nil {
		return err
	}
	claims, from := newClaims(v, read), 0
	for i, e := range m.unread {
		m.claims[e] = claims[from:ends[i]:ends[i]]
		from = ends[i]
	}
	m.unread = nil
	return nil
}

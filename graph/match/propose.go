package match

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"entente/graph"
	"entente/graph/store"
)

// A Proposer looks for all that may be one in a view.
type Proposer struct {
	View     *store.View
	Kinds    []graph.Kind            // of one of the two; nil is all
	Chosen   func(store.Entity) bool // one of the two is chosen; nil chooses all
	Across   bool                    // the other is not chosen
	MinScore float64                 // what scores less is left out
	Implied  bool                    // give also what follows from likelier proposals
	Progress func(done, all int)     // if set, is called after each entity
}

// A Proposal is a match for a person to decide on: Keep would stand for both. That is the one that was not chosen, or the one of
// which more is claimed.
type Proposal struct {
	Match
	Keep, Absorb *Profile
}

// manyCandidates are those kept for one entity: more are namesakes by the dozen, which no score can tell apart.
const manyCandidates = 50

// Asked lists the entities that are looked at, in the order of the ledger.
func (p *Proposer) Asked() []store.Entity {
	var asked []store.Entity
	for e := range p.View.All() {
		if (p.Kinds == nil || slices.Contains(p.Kinds, p.View.Kind(e))) && p.isChosen(e) {
			asked = append(asked, e)
		}
	}
	return asked
}

func (p *Proposer) isChosen(e store.Entity) bool { return p.Chosen == nil || p.Chosen(e) }

// Propose gives the proposals for what was [Proposer.Asked], the likeliest first, each two entities once, without those that somebody
// denies. It also says how many are implied by others and were left out.
func (p *Proposer) Propose(ctx context.Context, asked []store.Entity) (list []Proposal, implied int, err error) {
	m := NewMatcher(p.View)
	m.IndexInitials()
	met := make(map[[2]store.Entity]bool)
	var found []Proposal
	for i, e := range asked {
		matches, err := m.Candidates(ctx, m.Profile(e), manyCandidates)
		if err != nil {
			return nil, 0, err
		}
		for _, match := range matches {
			if match.Score < p.MinScore {
				break
			}
			other := match.other(e)
			pair := [2]store.Entity{min(e, other.Entity), max(e, other.Entity)}
			if match.Denied || met[pair] || p.Across && p.isChosen(other.Entity) {
				continue
			}
			met[pair] = true
			found = append(found, p.proposal(match))
		}
		if p.Progress != nil {
			p.Progress(i+1, len(asked))
		}
	}
	slices.SortFunc(found, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.A.ID, b.A.ID), cmp.Compare(a.B.ID, b.B.ID))
	})
	if p.Implied {
		return found, 0, nil
	}
	kept := withoutImplied(found)
	return kept, len(found) - len(kept), nil
}

// other is the profile of the two that is not the entity's.
func (m *Match) other(e store.Entity) *Profile {
	if m.A.Entity == e {
		return m.B
	}
	return m.A
}

// proposal says which of the two would stand for both.
func (p *Proposer) proposal(m Match) Proposal {
	a, b := m.A, m.B
	if p.isChosen(a.Entity) != p.isChosen(b.Entity) {
		if p.isChosen(a.Entity) {
			a, b = b, a
		}
		return Proposal{m, a, b}
	}
	if cmp.Or(cmp.Compare(p.View.Degree(b.Entity), p.View.Degree(a.Entity)), cmp.Compare(a.ID, b.ID)) > 0 {
		a, b = b, a
	}
	return Proposal{m, a, b}
}

// Claim is the proposal as a claim that merges the two, for whoever accepts it as coder, which may be empty. Its confidence is the
// score and its qualifier says, after the names, why. The error is of a coder that is no id.
func (p *Proposal) Claim(coder graph.ID) (*graph.Claim, error) {
	why := fmt.Sprintf("%q (%s) and %q (%s): %s; before any of it (%+.1f)", p.Keep.Name, p.Keep.Kind, p.Absorb.Name, p.Absorb.Kind, p.Why(), prior)
	c := &graph.Claim{
		Predicate: graph.SameAs, From: p.Keep.ID, To: p.Absorb.ID, Coder: coder,
		// Never certain: 1 would be, and 0 says that nothing is stated.
		Confidence: min(0.999, max(0.001, math.Round(1000*p.Score)/1000)),
		Qualifiers: []graph.Qualifier{{Name: graph.Inferred, Value: why}},
	}
	return c, c.Normalize()
}

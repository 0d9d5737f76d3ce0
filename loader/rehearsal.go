package loader

import (
	"context"
	"errors"
	"slices"

	"entente/graph"
	"entente/graph/store"
)

// A rehearsal is what a dry run keeps in place of commits: which claims would be there by now, and of which kinds
// entities would be. While the inputs are read the store checks each batch by itself; what misses something then
// waits, as in an import, and is checked in the end against everything that was read.
type rehearsal struct {
	head   *store.View
	claims map[graph.ClaimID]struct{}
	kinds  map[graph.ID][]kindClaim
	ended  map[graph.ClaimID]bool // by the inputs, or no more
	solved bool
}

// A kindClaim would declare an entity, if all that it names is declared.
type kindClaim struct {
	kind  graph.Kind
	needs []graph.ID
}

func newRehearsal(head *store.View) *rehearsal {
	return &rehearsal{
		head: head, claims: make(map[graph.ClaimID]struct{}), kinds: make(map[graph.ID][]kindClaim), ended: make(map[graph.ClaimID]bool),
	}
}

// commit checks the importer's batch and counts what a commit would do.
func (r *rehearsal) commit(ctx context.Context, im *importer) ([]store.Problem, error) {
	if im.final {
		return r.check(ctx, im)
	}
	// The store sees each batch on top of the head alone, so what came in earlier batches is told apart here.
	var fresh []store.Change
	for i := range im.batch {
		c := &im.batch[i]
		if _, met := r.claims[c.ID]; met {
			im.report.Repeated++
			continue
		}
		fresh = append(fresh, *c)
	}
	res, err := im.st.Commit(ctx, fresh, im.commitOptions())
	if err != nil {
		return nil, err
	}
	im.report.count(res)
	missing := make(map[int]bool)
	for i := range res.Problems {
		missing[res.Problems[i].Origin] = true
	}
	for i := range fresh {
		c := &fresh[i]
		if c.Op == store.Assert && c.Claim.Predicate == graph.KindPredicate && c.Claim.Stance != graph.Denied {
			r.declare(&c.Claim)
		}
		if !missing[c.Origin] {
			r.claims[c.ID] = struct{}{}
		}
	}
	return res.Problems, nil
}

// declare notes what a claim of a kind would declare. Claims that differ in nothing that matters here are noted once: a
// dataset has a few coders and many entities.
func (r *rehearsal) declare(c *graph.Claim) {
	k := kindClaim{kind: graph.Kind(c.Value)}
	for _, id := range c.Entities {
		if id != c.From && !slices.Contains(k.needs, id) {
			k.needs = append(k.needs, id)
		}
	}
	if !slices.ContainsFunc(r.kinds[c.From], func(o kindClaim) bool { return o.kind == k.kind && slices.Equal(o.needs, k.needs) }) {
		r.kinds[c.From] = append(r.kinds[c.From], k)
	}
}

// solve drops the kinds that would not be committed, since they name what nobody declares; that may take others along.
// Those that need each other and nothing else stay.
func (r *rehearsal) solve() {
	if r.solved {
		return
	}
	r.solved = true
	needed := make(map[graph.ID][]graph.ID) // by what, for what is declared here alone
	var work []graph.ID
	for id, claims := range r.kinds {
		work = append(work, id)
		for _, k := range claims {
			for _, need := range k.needs {
				needed[need] = append(needed[need], id)
			}
		}
	}
	for len(work) > 0 {
		id := work[len(work)-1]
		work = work[:len(work)-1]
		before := len(r.kinds[id])
		r.kinds[id] = slices.DeleteFunc(r.kinds[id], func(k kindClaim) bool {
			return slices.ContainsFunc(k.needs, func(need graph.ID) bool { return len(r.kindsOf(need)) == 0 })
		})
		if before > 0 && len(r.kinds[id]) == 0 {
			work = append(work, needed[id]...)
		}
	}
}

// kindsOf lists the kinds that an entity has or would have.
func (r *rehearsal) kindsOf(id graph.ID) []graph.Kind {
	kinds := r.head.Declared(id)
	for _, k := range r.kinds[id] {
		kinds = append(kinds, k.kind)
	}
	return kinds
}

// check checks the batch against all that was read.
func (r *rehearsal) check(ctx context.Context, im *importer) ([]store.Problem, error) {
	r.solve()
	var problems []store.Problem
	for i := range im.batch {
		c := &im.batch[i]
		if c.Op != store.Assert {
			p, err := r.end(ctx, im, c)
			if err != nil {
				return nil, err
			}
			if p != nil {
				problems = append(problems, *p)
			}
			continue
		}
		if _, met := r.claims[c.ID]; met {
			im.report.Repeated++
			continue
		}
		if p := r.assert(c); p != nil {
			problems = append(problems, *p)
			continue
		}
		r.claims[c.ID] = struct{}{}
		im.report.Added++
	}
	return problems, nil
}

// assert checks a claim as the store does.
func (r *rehearsal) assert(c *store.Change) *store.Problem {
	for path, id := range c.Claim.Entities {
		declares := c.Claim.Predicate == graph.KindPredicate && id == c.Claim.From
		if !declares && len(r.kindsOf(id)) == 0 {
			return &store.Problem{Origin: c.Origin, Path: path, Found: graph.Quoted(string(id)), Expected: "an entity that a record declares with its kind, here or in the graph"}
		}
	}
	if err := c.Claim.CheckKinds(r.kindsOf); err != nil {
		p := &store.Problem{Origin: c.Origin, Found: err.Error(), Expected: "kinds that fit"}
		if f, ok := errors.AsType[*graph.FieldError](err); ok {
			p.Path, p.Found, p.Expected = f.Path, f.Found, f.Expected
		}
		return p
	}
	return nil
}

// end checks and counts the end of a claim, or its return.
func (r *rehearsal) end(ctx context.Context, im *importer, c *store.Change) (*store.Problem, error) {
	ended, met := r.ended[c.ID]
	if !met {
		no, found, err := r.head.ClaimByID(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		_, here := r.claims[c.ID]
		switch {
		case found:
			claims, err := r.head.ReadClaims(ctx, []store.ClaimNo{no})
			if err != nil {
				return nil, err
			}
			ended = !claims[0].Standing
		case !here:
			return &store.Problem{Origin: c.Origin, Path: "/retract", Found: graph.Quoted(c.ID.String()), Expected: "the id of a claim in the graph"}, nil
		}
	}
	want := c.Op != reassert
	switch {
	case ended == want:
		im.report.Repeated++
	case want:
		im.report.Retracted++
	default:
		im.report.Reopened++
	}
	r.ended[c.ID] = want
	return nil, nil
}

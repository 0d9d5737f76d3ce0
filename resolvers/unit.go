package resolvers

import (
	"context"
	"slices"

	"github.com/graph-gophers/graphql-go"

	"entente/graph/store"
	"entente/graph/trace"
)

// unitEvidence is by which claims a unit is one meeting, and of which date.
type unitEvidence struct{ joined, dated evidence }

// JoinedBy are the claims by which its meetings are one.
func (e *unitEvidence) JoinedBy() []*Claim { return e.joined.all() }

// DatedBy are the claims that its date is made of.
func (e *unitEvidence) DatedBy() []*Claim { return e.dated.all() }

// A unitTeller tells by which claims the units of one answer are what they are.
type unitTeller struct{ joined, dated *unitClaims }

// newUnitTeller is one for units that are told by types at some paths from the field that is being resolved, such as "chains.hops.".
func newUnitTeller(ctx context.Context, v *store.View, paths ...string) *unitTeller {
	return &unitTeller{
		newUnitClaims(ctx, v, "joinedBy", paths, v.JoinedBy),
		newUnitClaims(ctx, v, "datedBy", paths, v.DatedBy),
	}
}

// of gives the unit its evidence. It is not to be called once any is read.
func (t *unitTeller) of(u *trace.Unit) unitEvidence {
	return unitEvidence{t.joined.of(u), t.dated.of(u)}
}

// read reads the claims of all units.
func (t *unitTeller) read(ctx context.Context) error {
	if err := t.joined.read(ctx); err != nil {
		return err
	}
	return t.dated.read(ctx)
}

// unitClaims are claims of units under one field. They are worked out only if it is asked for.
type unitClaims struct {
	batch  *claimBatch
	paths  []string // of the field, from the one that is being resolved
	asked  bool
	claims func(...store.Entity) []store.ClaimNo
}

func newUnitClaims(ctx context.Context, v *store.View, field string, of []string, claims func(...store.Entity) []store.ClaimNo) *unitClaims {
	c := &unitClaims{batch: newBatch(v), claims: claims}
	for _, path := range of {
		c.paths = append(c.paths, path+field)
	}
	c.asked = slices.ContainsFunc(c.paths, func(path string) bool { return graphql.HasSelectedField(ctx, path) })
	return c
}

func (c *unitClaims) of(u *trace.Unit) evidence {
	if !c.asked {
		return c.batch.add()
	}
	return c.batch.add(c.claims(u.Meetings[0])...)
}

func (c *unitClaims) read(ctx context.Context) error { return c.batch.readFor(ctx, c.paths...) }

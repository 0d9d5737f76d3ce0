package resolvers

import (
	"cmp"
	"context"

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

// newUnitTeller is one for units that are told by a type of the schema, such as "Hop".
func newUnitTeller(ctx context.Context, v *view, by string) *unitTeller {
	return &unitTeller{
		newUnitClaims(ctx, v, by+".joinedBy", v.JoinedBy),
		newUnitClaims(ctx, v, by+".datedBy", v.DatedBy),
	}
}

// of gives the unit its evidence. It is not to be called once any is read.
func (t *unitTeller) of(u *trace.Unit) unitEvidence {
	return unitEvidence{t.joined.of(u), t.dated.of(u)}
}

// read reads the claims of all units.
func (t *unitTeller) read(ctx context.Context) error {
	return cmp.Or(t.joined.read(ctx), t.dated.read(ctx))
}

// unitClaims are claims of units under one field. They are worked out only if it is asked for.
type unitClaims struct {
	batch  *claimBatch
	field  string
	asked  bool
	claims func(...store.Entity) []store.ClaimNo
}

func newUnitClaims(ctx context.Context, v *view, field string, claims func(...store.Entity) []store.ClaimNo) *unitClaims {
	return &unitClaims{newBatch(v), field, asks(ctx, field), claims}
}

func (c *unitClaims) of(u *trace.Unit) evidence {
	if !c.asked {
		return c.batch.add()
	}
	return c.batch.add(c.claims(u.Meetings[0])...)
}

func (c *unitClaims) read(ctx context.Context) error { return c.batch.readFor(ctx, c.field) }

package resolvers

import (
	"github.com/google/uuid"

	"entente/graph/store"
	"entente/graph/trace"
)

// A chainTeller tells chains, whose claims are read together.
type chainTeller struct {
	v      *view
	rollUp bool
	batch  *claimBatch
	units  *unitTeller
}

func (t *chainTeller) chain(c *trace.Chain) *Chain {
	chain := &Chain{Departs: dateOf(c.Departs), Arrives: dateOf(c.Arrives), Order: string(c.Order), Hops: make([]*Hop, len(c.Hops))}
	var key []byte
	for i := range c.Hops {
		chain.Hops[i] = t.hop(&c.Hops[i], i > 0)
		for _, e := range []store.Entity{c.Hops[i].From, c.Hops[i].Unit.Meetings[0], c.Hops[i].To} {
			u := t.v.UUID(e)
			key = append(key, u[:]...)
		}
	}
	chain.Key = ID("chain:" + uuid.NewSHA1(uuid.Nil, key).String())
	return chain
}

func (t *chainTeller) hop(h *trace.Hop, follows bool) *Hop {
	hop := &Hop{
		From: entityAt(t.v, h.From), To: entityAt(t.v, h.To), Meeting: meetingAt(t.v, h.Meeting()),
		When: dateOf(h.When), WhenBounds: boundsOf(h.When), FromTies: t.parts(h.FromTies), ToTies: t.parts(h.ToTies),
		unitEvidence: t.units.of(h.Unit),
	}
	if follows {
		order := string(h.Order)
		hop.Order = &order
		hop.WaitMin, hop.WaitMax = days(h.Wait.Min, h.Wait.MinKnown), days(h.Wait.Max, h.Wait.MaxKnown)
	}
	return hop
}

func days(n int, known bool) *int32 {
	if !known {
		return nil
	}
	days := int32(n)
	return &days
}

func (t *chainTeller) parts(ties []trace.Tie) []*Participation {
	return tracedParts(t.v, t.v.Parts(ties, t.rollUp), t.batch)
}

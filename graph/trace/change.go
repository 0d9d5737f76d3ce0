package trace

import (
	"cmp"
	"context"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A PositionChange is a position whose status is another at a later moment. What was not there at one of them is nil.
type PositionChange struct{ Before, After *Position }

// PositionsAbout lists all positions of an entity, what it recognizes and who recognizes it, in the order of [Recognitions].
func PositionsAbout(ctx context.Context, s *topology.Snapshot, e ledger.EntityNo, on graph.Day) ([]Position, error) {
	positions, err := Recognitions(ctx, s, RecognitionQuestion{Of: e, On: on})
	if err != nil {
		return nil, err
	}
	own, err := Recognitions(ctx, s, RecognitionQuestion{Of: ledger.NoEntity, By: []ledger.EntityNo{e}, On: on})
	if err != nil {
		return nil, err
	}
	positions = slices.DeleteFunc(positions, func(p Position) bool { return p.By == e }) // among its own
	positions = append(positions, own...)
	slices.SortFunc(positions, func(a, b Position) int { return comparePlaces(a.place(nil), b.place(nil)) })
	return positions, nil
}

// A place is what a position is about, by those who stand for its entities.
type place struct {
	by, of ledger.EntityNo
	as     Regard
}

// place is what the position is about, at its own snapshot or at another.
func (p *Position) place(at *topology.Snapshot) place {
	if at == nil {
		return place{p.By, p.Of, p.As}
	}
	out := place{at.Group(p.By), at.Group(p.Of), p.As}
	if p.As.PartOf != ledger.NoEntity {
		out.as.PartOf = at.Group(p.As.PartOf)
	}
	return out
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.by, b.by), cmp.Compare(a.of, b.of), a.as.compare(b.as))
}

// ChangesOf are the positions whose status is not the same in two lists, by the entities as they are merged at a snapshot, in
// order.
func ChangesOf(s *topology.Snapshot, before, after []Position) []PositionChange {
	changes := make(map[place]*PositionChange)
	at := func(p *Position) *PositionChange {
		key := p.place(s)
		if changes[key] == nil {
			changes[key] = &PositionChange{}
		}
		return changes[key]
	}
	// Of positions that are one at the snapshot, and were not where they come from, the first that says anything is compared.
	for i := range before {
		if c := at(&before[i]); c.Before.status() == NoneRecorded {
			c.Before = &before[i]
		}
	}
	for i := range after {
		if c := at(&after[i]); c.After.status() == NoneRecorded {
			c.After = &after[i]
		}
	}
	var out []PositionChange
	for _, c := range changes {
		if c.Before.status() != c.After.status() {
			out = append(out, *c)
		}
	}
	slices.SortFunc(out, func(a, b PositionChange) int { return comparePlaces(a.place(s), b.place(s)) })
	return out
}

func (c *PositionChange) place(s *topology.Snapshot) place {
	if c.After != nil {
		return c.After.place(s)
	}
	return c.Before.place(s)
}

// status is that of the position, if there is one.
func (p *Position) status() RecognitionStatus {
	if p == nil {
		return NoneRecorded
	}
	return p.Status
}

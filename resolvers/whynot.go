package resolvers

import "entente/graph/trace"

// WhyNot says why there is no chain.
type WhyNot struct {
	Reason   string
	Text     string
	Chain    *Chain
	BrokenAt *int32
	BackDays *int32
	Nearest  []*Relaxation
}

// Relaxation is one option changed, and what the answer is then.
type Relaxation struct {
	Option string
	Value  string
	Hops   int32
	Total  BigInt
}

func (t *chainTeller) whyNot(w *trace.WhyNot) *WhyNot {
	if w == nil {
		return nil
	}
	why := &WhyNot{Reason: string(w.Reason), Text: w.Text, Nearest: make([]*Relaxation, len(w.Nearest))}
	for i, r := range w.Nearest {
		why.Nearest[i] = &Relaxation{Option: r.Option, Value: r.Value, Hops: int32(r.Hops), Total: *bigInt(r.Total)}
	}
	if w.Chain == nil {
		return why
	}
	why.Chain = t.chain(w.Chain)
	why.BrokenAt, why.BackDays = days(w.BrokenAt, true), days(w.BackDays, w.BackDays > 0)
	return why
}

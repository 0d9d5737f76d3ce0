package store

import (
	"cmp"
	"context"
	"math"
	"slices"

	"entente/graph"
	"entente/graph/ledger"
	"entente/graph/topology"
)

// A Window is a stretch of days, either end open. A date is in it if it may lie in it; what has no date is not.
type Window struct{ From, To graph.Date }

// IsZero reports whether the window is open on both sides, which lets everything through.
func (w Window) IsZero() bool { return w.From.IsZero() && w.To.IsZero() }

// Has reports whether the date may lie in the window.
func (w Window) Has(d graph.Date) bool {
	if w.IsZero() {
		return true
	}
	return !d.IsZero() &&
		(w.From.IsZero() || d.Latest() >= w.From.Earliest()) &&
		(w.To.IsZero() || d.Earliest() <= w.To.Latest())
}

// A ClaimFilter says which claims are meant; what is not set does not restrict. Without stances, claims of all
// stances are listed: here they are shown as claims and not as facts.
type ClaimFilter struct {
	Subject, Object *Entity
	About           *Entity // subject, object or in a qualifier
	Predicates      []graph.Predicate
	Stances         []graph.Stance
	Claimants       []Entity
	Coders          []Entity
	Source          *Entity // the document
	When, Said      Window
	// IncludeRetracted lists claims that had been known and have ended, too.
	IncludeRetracted bool
}

// Claims lists claims in the order in which they became known.
func (v *View) Claims(ctx context.Context, f ClaimFilter, page Page) (List[ClaimNo], error) {
	kept, err := v.filtered(ctx, &f)
	if err != nil {
		return List[ClaimNo]{}, err
	}
	return Paginate("claims", kept, page, func(no ClaimNo) string { return sortable(uint64(no)) })
}

// filtered lists all claims that pass, by number.
func (v *View) filtered(ctx context.Context, f *ClaimFilter) ([]ClaimNo, error) {
	candidates := v.candidates(f)
	kept := candidates[:0]
	for _, no := range candidates {
		if v.passes(no, f) {
			kept = append(kept, no)
		}
	}
	if v.asOf.IsZero() && f.When.IsZero() && f.Said.IsZero() {
		return kept, nil
	}
	return v.passing(ctx, kept, f)
}

// candidates are the claims that may pass, by number.
func (v *View) candidates(f *ClaimFilter) []ClaimNo {
	lists := make([][]ClaimNo, 0, 3)
	collect := func(e *Entity, want ...topology.Direction) {
		if e == nil {
			return
		}
		var nos []ClaimNo
		for _, m := range v.snap.Members(*e) {
			for x := range v.snap.All(m, f.IncludeRetracted) {
				if slices.Contains(want, x.Direction) {
					nos = append(nos, x.Claim)
				}
			}
		}
		slices.Sort(nos)
		lists = append(lists, slices.Compact(nos))
	}
	collect(f.Subject, topology.Out)
	collect(f.Object, topology.In)
	collect(f.About, topology.Out, topology.In, topology.Mention)
	if len(lists) == 0 {
		nos := make([]ClaimNo, v.snap.Claims())
		for i := range nos {
			nos[i] = ClaimNo(i)
		}
		return nos
	}
	nos := lists[0]
	for _, list := range lists[1:] {
		nos = slices.DeleteFunc(nos, func(no ClaimNo) bool {
			_, both := slices.BinarySearch(list, no)
			return !both
		})
	}
	return nos
}

// passes checks what memory knows of a claim.
func (v *View) passes(no ClaimNo, f *ClaimFilter) bool {
	if !f.IncludeRetracted && !v.snap.Stands(no) {
		return false
	}
	if f.Predicates != nil {
		info := graph.PredicateOf(v.snap.Predicate(no))
		if info == nil || !slices.Contains(f.Predicates, info.Name) {
			return false
		}
	}
	source := v.snap.Source(no)
	return (f.Stances == nil || v.accepts(no, f.Stances)) &&
		v.among(source.Claimant, f.Claimants) && v.among(source.Coder, f.Coders) &&
		(f.Source == nil || source.Document != NoEntity && v.snap.Group(source.Document) == *f.Source)
}

func (v *View) among(e ledger.EntityNo, list []Entity) bool {
	return list == nil || e != NoEntity && slices.Contains(list, v.snap.Group(e))
}

// passing reads claims, a stretch at a time, and checks what only the ledger knows.
func (v *View) passing(ctx context.Context, nos []ClaimNo, f *ClaimFilter) ([]ClaimNo, error) {
	var kept []ClaimNo
	succession := newSuccession(v)
	for stretch := range slices.Chunk(nos, 4096) {
		claims, err := v.ReadClaims(ctx, stretch)
		if err != nil {
			return nil, err
		}
		counts, err := succession.counting(ctx, claims)
		if err != nil {
			return nil, err
		}
		for i := range claims {
			c := &claims[i]
			if counts[i] && f.When.Has(c.When) && f.Said.Has(v.Said(c)) {
				kept = append(kept, c.No)
			}
		}
	}
	return kept, nil
}

// Said is when the claim was uttered: its own date, else that of its document; absent if neither is known.
func (v *View) Said(c *Claim) graph.Date { return v.snap.SaidOrPublished(c.No, v.snap.Source(c.No)) }

// A dated claim stands in a timeline.
type dated struct {
	no   ClaimNo
	when graph.Date
}

func (d dated) compare(e dated) int {
	return cmp.Or(cmp.Compare(d.when.Earliest(), e.when.Earliest()), cmp.Compare(d.when.Latest(), e.when.Latest()), cmp.Compare(d.no, e.no))
}

// Timeline lists the dated claims about an entity by date: those with a date of their own, and ties by the date of
// their meeting.
func (v *View) Timeline(ctx context.Context, e Entity, window Window, page Page) (List[ClaimNo], error) {
	line, unknown := v.datedEdges(e, window)
	read, err := v.datedClaims(ctx, unknown, window)
	if err != nil {
		return List[ClaimNo]{}, err
	}
	line = append(line, read...)
	slices.SortFunc(line, dated.compare)
	line = slices.CompactFunc(line, func(a, b dated) bool { return a.no == b.no })
	if line, err = v.countingDated(ctx, line); err != nil {
		return List[ClaimNo]{}, err
	}
	list, err := Paginate("timeline", line, page, func(d dated) string {
		return sortable(ordered(int32(d.when.Earliest())), ordered(int32(d.when.Latest())), uint64(d.no))
	})
	nos := make([]ClaimNo, len(list.Items))
	for i, d := range list.Items {
		nos[i] = d.no
	}
	return relist(&list, nos), err
}

// datedEdges walks the claims about an entity. Where the edge does not tell the date, the claim is unknown: literals that
// are dates, and undated ties that mention the entity.
func (v *View) datedEdges(e Entity, window Window) (line []dated, unknown []ClaimNo) {
	from, to := graph.Day(math.MinInt32), graph.Day(math.MaxInt32)
	if !window.From.IsZero() {
		from = window.From.Earliest()
	}
	if !window.To.IsZero() {
		to = window.To.Latest()
	}
	for _, m := range v.snap.Members(e) {
		for x := range v.snap.Within(m, from, to) {
			info := graph.PredicateOf(x.Predicate)
			if info == nil {
				continue
			}
			when := x.When
			switch {
			case info.Name == graph.DatePredicate || info.Name == graph.Published,
				info.Tie && when.IsZero() && x.Direction == topology.Mention:
				unknown = append(unknown, x.Claim)
				continue
			case info.Tie && x.Direction == topology.Out:
				when = v.tieWhen(when, v.snap.Group(x.Other))
			case info.Tie && x.Direction == topology.In:
				when = v.tieWhen(when, e)
			}
			if !when.IsZero() && window.Has(when) {
				line = append(line, dated{x.Claim, when})
			}
		}
	}
	return line, unknown
}

// datedClaims reads claims for their dates.
func (v *View) datedClaims(ctx context.Context, nos []ClaimNo, window Window) (line []dated, err error) {
	claims, err := v.ReadClaims(ctx, nos)
	if err != nil {
		return nil, err
	}
	for i := range claims {
		c := &claims[i]
		when := c.When
		if info := c.Predicate.Info(); info.Tie {
			when = v.tieWhen(when, c.Object)
		} else {
			when, _ = graph.ParseDate(c.Value)
		}
		if !when.IsZero() && window.Has(when) {
			line = append(line, dated{c.No, when})
		}
	}
	return line, nil
}

// countingDated drops what does not count on the view's day.
func (v *View) countingDated(ctx context.Context, line []dated) ([]dated, error) {
	if v.asOf.IsZero() {
		return line, nil
	}
	kept := line[:0]
	succession := newSuccession(v)
	for stretch := range slices.Chunk(line, 4096) {
		nos := make([]ClaimNo, len(stretch))
		for i := range stretch {
			nos[i] = stretch[i].no
		}
		claims, err := v.ReadClaims(ctx, nos)
		if err != nil {
			return nil, err
		}
		counts, err := succession.counting(ctx, claims)
		if err != nil {
			return nil, err
		}
		for i := range stretch {
			if counts[i] {
				kept = append(kept, stretch[i])
			}
		}
	}
	return kept, nil
}

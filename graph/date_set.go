package graph

import (
	"cmp"
	"slices"
)

// OneOf is the date that is one of several, for instance of those that different claims give: repetitions
// are dropped and the members sorted, so their order does not matter. The members of sets become members
// themselves, but for those that lie in a range of another date: of 1994-05-11 and [1994-05-09..1994-05-11] it is the latter. A member with
// a doubt that the range has not stays. Absent dates say nothing and are left out: of one date that is left, be
// it repeated, OneOf is that date as it is, and of none it is absent.
func OneOf(dates ...Date) Date {
	spans := make([]span, 0, len(dates))
	var only Date
	several := false
	for _, d := range dates {
		if d.IsZero() || d == only {
			continue
		}
		several = several || !only.IsZero()
		only = d
		for s := range d.spans {
			spans = append(spans, s)
		}
	}
	if !several {
		return only
	}
	return oneOf(outermost(spans))
}

// outermost drops the members of a set that a range in it has all days of, each of which is one that it may have been anyway.
func outermost(spans []span) []span {
	if !slices.ContainsFunc(spans, func(s span) bool { return s.kind == kindRange }) {
		return spans
	}
	kept := make([]span, 0, len(spans))
	for _, s := range spans {
		if !slices.ContainsFunc(spans, func(r span) bool { return r.encloses(s) }) {
			kept = append(kept, s)
		}
	}
	return kept
}

// encloses reports whether s is a range that has all days of another, and all its doubts; of two ranges of which each has all of the other, the
// one that is first in order. What lasts has no days to choose from.
func (s span) encloses(other span) bool {
	if s.kind != kindRange || other.kind == kindInterval || s.from.first > other.from.first || s.to.last < other.to.last || other.marks()&^s.marks() != 0 {
		return false
	}
	alike := other.kind == kindRange && other.from.first == s.from.first && other.to.last == s.to.last && other.marks() == s.marks()
	return !alike || compareSpans(s, other) < 0
}

// Choices lists the members of a one-of set in their order. A range in it stays one member, a set by itself
// ("[1670..1672]"), since it may stand for a million days. Any other date, an absent one too, is its only choice.
func (d Date) Choices() []Date {
	if d.span.kind != kindSet {
		return []Date{d}
	}
	var choices []Date
	for s := range d.spans {
		choices = append(choices, oneOf([]span{s}))
	}
	return choices
}

// spans calls yield with the members of a set, or with the one span of another date. An absent date has none.
func (d Date) spans(yield func(span) bool) {
	switch d.span.kind {
	case kindNone:
		return
	case kindSet:
	default:
		yield(d.span)
		return
	}
	// Sets are rare and asked of rarely, so the text is kept rather than a slice, which could not be compared.
	for p := (dateParser{text: d.set, at: 1}); p.at < len(d.set); p.at++ {
		s, err := p.span(true)
		if err != nil {
			panic(err) // the text is ours
		}
		if !yield(s) {
			return
		}
	}
}

// oneOf makes the canonical date of its members; it sorts the slice in place.
func oneOf(spans []span) Date {
	slices.SortFunc(spans, compareSpans)
	spans = slices.Compact(spans)
	if len(spans) == 0 {
		return Date{}
	}
	if len(spans) == 1 && spans[0].kind != kindRange {
		return Date{span: spans[0]}
	}
	hull := span{kind: kindSet, from: bound{first: DayMax}, to: bound{last: DayMin}}
	text := make([]byte, 0, 2+12*len(spans))
	text = append(text, '[')
	for i, s := range spans {
		if i > 0 {
			text = append(text, ',')
		}
		text = s.append(text)
		hull.from.first = min(hull.from.first, s.from.first)
		hull.to.last = max(hull.to.last, s.to.last)
		hull.from.mark |= s.marks()
	}
	return Date{set: string(append(text, ']')), span: hull}
}

// compareSpans orders by first day, then last day, then anything that tells two texts apart. The form need not be
// compared: no two forms have the same first and last day.
func compareSpans(a, b span) int {
	return cmp.Or(
		cmp.Compare(a.from.first, b.from.first),
		cmp.Compare(a.to.last, b.to.last),
		cmp.Compare(a.kind, b.kind),
		cmp.Compare(a.from.last, b.from.last),
		cmp.Compare(a.to.first, b.to.first),
		cmp.Compare(a.from.mark, b.from.mark),
		cmp.Compare(a.to.mark, b.to.mark),
	)
}

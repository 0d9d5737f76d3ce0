package graph

import (
	"cmp"
	"slices"
	"unique"
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
	if !slices.ContainsFunc(spans, func(s span) bool { return s.kind() == kindRange }) {
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
	first, last := s.from().first(), s.to().last()
	otherFirst, otherLast := other.from().first(), other.to().last()
	if s.kind() != kindRange || other.kind() == kindInterval || first > otherFirst || last < otherLast || other.marks()&^s.marks() != 0 {
		return false
	}
	alike := other.kind() == kindRange && otherFirst == first && otherLast == last && other.marks() == s.marks()
	return !alike || compareSpans(s, other) < 0
}

// Choices lists the members of a one-of set in their order. A range in it stays one member, a set by itself
// ("[1670..1672]"), since it may stand for a million days. Any other date, an absent one too, is its only choice.
func (d Date) Choices() []Date {
	if d.span.kind() != kindSet {
		return []Date{d}
	}
	var choices []Date
	for s := range d.spans {
		choices = append(choices, oneOf([]span{s}))
	}
	return choices
}

// spans calls yield with the members of a set, or with the one span of another date. That of an absent date is from the first of all days
// to the last, which is what its absence says; so few have to ask whether a date is there.
func (d Date) spans(yield func(span) bool) {
	if d.span.kind() != kindSet {
		yield(d.span)
		return
	}
	d.members(yield)
}

// members calls yield with the members of a set. Sets are rare and asked of rarely, so the text is kept rather than a slice, which could
// not be compared.
func (d Date) members(yield func(span) bool) {
	text := d.set.Value()
	for p := (dateParser{text: text, at: 1}); p.at < len(text); p.at++ {
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
	if len(spans) == 1 && spans[0].kind() != kindRange {
		return Date{span: spans[0]}
	}
	first, last, marks := DayMax, DayMin, mark(0)
	text := make([]byte, 0, 2+12*len(spans))
	text = append(text, '[')
	for i, s := range spans {
		if i > 0 {
			text = append(text, ',')
		}
		text = s.append(text)
		first, last = min(first, s.from().first()), max(last, s.to().last())
		marks |= s.marks()
	}
	return Date{span: hull(first, last, marks), set: unique.Make(string(append(text, ']')))}
}

// compareSpans orders by first day, then last day, then anything that tells two texts apart. The form need not be
// compared: no two forms have the same first and last day.
func compareSpans(a, b span) int {
	return cmp.Or(
		cmp.Compare(a.from().first(), b.from().first()),
		cmp.Compare(a.to().last(), b.to().last()),
		cmp.Compare(a.kind(), b.kind()),
		cmp.Compare(a.from().last(), b.from().last()),
		cmp.Compare(a.to().first(), b.to().first()),
		cmp.Compare(a.from().marks(), b.from().marks()),
		cmp.Compare(a.to().marks(), b.to().marks()),
	)
}

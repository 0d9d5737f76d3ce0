package graph

// A Certainty says in how many readings of the dates something holds.
type Certainty string

// The certainties.
const (
	Certain    Certainty = "CERTAIN"    // in all
	Possible   Certainty = "POSSIBLE"   // in some, or in all of dates that are doubtful themselves
	Impossible Certainty = "IMPOSSIBLE" // in none
)

// Order says whether a comes before b (strict) or not after b (not strict).
//
// It is possible if one day of a and one day of b can be chosen so that they are in that order, and certain if
// they are in that order whichever days are chosen. The days of a date are those of all its readings; for something that
// lasts any day of it may be chosen, since it is as much there on one as on another. So two intervals that
// overlap are possibly in either order, one is certainly first only if it is over before the other can begin, and what
// never ends ("2020/..") is certainly before nothing.
//
// A date with "~", "?" or "%" is never certainly before or after another, though it keeps its days: "2021?" is not
// before 2020. An absent date may be any time. The two dates are taken to be independent, so "2020" is
// possibly before "2020" even if it is the same date of the same thing.
func Order(a, b Date, strict bool) Certainty {
	aFirst, aLast := a.Earliest(), a.Latest()
	bFirst, bLast := b.Earliest(), b.Latest()
	// The first and the last day of a set are days of its members, so the gaps between them do not matter here.
	possible, certain := aFirst <= bLast, aLast <= bFirst
	if strict {
		possible, certain = aFirst < bLast, aLast < bFirst
	}
	switch {
	case !possible:
		return Impossible
	case certain && a.span.marks()|b.span.marks() == 0:
		return Certain
	}
	return Possible
}

// Contains says whether what d is the time of holds on the day.
//
// An interval certainly contains the days from the last on which it can have started to the first on which it can have
// ended. Before the first day on which it can have started, or after the last on which it can have ended, it
// contains none. A coarse date contains each of its days possibly, since it is only one of them; a single day
// contains itself certainly. An open end has no such limit; with an unknown end the day of the start alone is certain,
// and with an unknown start that of the end. A set contains certainly what all its members do, and possibly what any of
// them may. With "~", "?" or "%" nothing is certain, though the days are those that are written. An absent
// date contains each day possibly.
func (d Date) Contains(day Day) Certainty {
	some, all := false, d.span.marks() == 0
	for s := range d.spans {
		from, to := s.core()
		some = some || s.from().first() <= day && day <= s.to().last()
		all = all && from <= day && day <= to
	}
	switch {
	case !some:
		return Impossible
	case all:
		return Certain
	}
	return Possible
}

// core is the first and the last day that are in every reading of s. If there is none, to is before from.
func (s span) core() (from, to Day) {
	if s.kind() != kindInterval {
		// It is some one day; if that may be one of two, neither is certain.
		return s.to().last(), s.from().first()
	}
	// Ends that overlap, as in "2004/2004-06", bound each other: the start is not after the end.
	return min(s.from().last(), s.to().last()), max(s.to().first(), s.from().first())
}

// FirstFrom is the first day of d that is not before the day, and false if there is none. It is where a chain of
// things in time can go on: in "[2019,2023]" from 2021-05-05 that is 2023-01-01. An absent date
// has every day.
func (d Date) FirstFrom(day Day) (Day, bool) {
	first, found := DayMax, false
	for s := range d.spans {
		if day <= s.to().last() {
			first, found = min(first, max(day, s.from().first())), true
		}
	}
	return first, found
}

// LastUntil is the last day of d that is not after the day, and false if there is none. It is [Date.FirstFrom] backwards.
func (d Date) LastUntil(day Day) (Day, bool) {
	last, found := DayMin, false
	for s := range d.spans {
		if s.from().first() <= day {
			last, found = max(last, min(day, s.to().last())), true
		}
	}
	return last, found
}

// Overlaps reports whether some day is in a reading of both dates. An absent date has every day.
func (d Date) Overlaps(other Date) bool {
	for day := d.Earliest(); ; {
		in, ok := other.FirstFrom(day)
		if !ok {
			return false
		}
		if day, ok = d.FirstFrom(in); !ok {
			return false
		}
		if day == in {
			return true
		}
	}
}

// Exchanges reports whether the dates are two days of which one has for the day of the month what the other has for the month, as
// 1994-05-04 and 1994-04-05 have. Days with a doubt about them are none.
func (d Date) Exchanges(other Date) bool {
	a, ok := d.Exact()
	b, otherOK := other.Exact()
	if !ok || !otherOK || a == b {
		return false
	}
	year, month, day := a.Civil()
	otherYear, otherMonth, otherDay := b.Civil()
	return year == otherYear && int(month) == otherDay && int(otherMonth) == day
}

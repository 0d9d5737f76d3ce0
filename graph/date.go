package graph

import "unique"

// A Date is a date as a source gives it: a day, or less than that, or a time that lasts, or one of several. It is
// the parsed form of an EDTF text (ISO 8601-2), see [ParseDate] for what is accepted. The zero Date is absent:
// nothing is said of when.
//
// What a Date means is the set of its readings, the ways the world may have been:
//
//   - A day, month, year or decade is some day in it: "2020-11" is one of thirty days.
//   - An interval lasts throughout, from its start to its end, both included. Each end is a date itself:
//     "2004-06/2006" began some day in June 2004 and ended some day in 2006.
//   - ".." in an interval is no end: it lies beyond every day ("2020/.." lasts on, "../2023" has always been).
//     An empty side is unknown: there is an end, any day not before the start ("2020/"), or a start, any day
//     not after the end ("/2020").
//   - A one-of set "[a,b]" is one of its members. A range in it, "[a..b]", is some day from the first of a to
//     the last of b, and here ".." is unlimited: "[..1984]" is some day not after 1984.
//   - "~" (approximate), "?" (uncertain) and "%" (both) leave the readings as they are and make them doubtful:
//     whatever is asked of a date with one of them in it is possible at best, never certain.
//
// Dates are immutable and compare with ==; two are equal if and only if their canonical texts are. All days are
// civil days, with neither hour nor time zone. A Date takes 16 bytes, so that what is made of many may hold them. Nothing but sets
// points anywhere.
type Date struct {
	// span is the date itself, or for a set what all members lie in, with all their marks.
	span span
	// set is the canonical text of a one-of set, nothing for anything else.
	set unique.Handle[string]
}

func single(b bound) Date { return Date{span: newSpan(kindSingle, b, b)} }

// IsZero reports whether the date is absent.
func (d Date) IsZero() bool { return d.span == 0 }

// Earliest is the first day that is in any reading of d: [DayMin] if its start is open or unknown, or if d is
// absent.
func (d Date) Earliest() Day { return d.span.from().first() }

// Latest is the last day that is in any reading of d: [DayMax] if its end is open or unknown, or if d is absent.
func (d Date) Latest() Day { return d.span.to().last() }

// Exact is the day of a date that is just one day, without a doubt about it; false for any other.
func (d Date) Exact() (Day, bool) {
	b := d.span.from()
	return b.first(), d.span.kind() == kindSingle && b.form() == formDay && b.marks() == 0
}

// Known is the first and the last day of d as far as it is told: of an interval whose end is unknown the last is that of its start,
// and of one whose start is unknown the first is that of its end. Open ends stay [DayMin] and [DayMax], as both are of an
// absent date.
func (d Date) Known() (first, last Day) {
	first, last = DayMax, DayMin
	for s := range d.spans {
		from, to := s.from().first(), s.to().last()
		if s.from().form() == formUnknown {
			from = s.to().first()
		}
		if s.to().form() == formUnknown {
			to = s.from().last()
		}
		first, last = min(first, from), max(last, to)
	}
	return first, last
}

// Core is the last day on which what d is the time of can have begun, and the first on which it can have ended. What is some one
// day began and ended on it, so of a coarse date that is the last and the first of its days.
func (d Date) Core() (begun, ended Day) {
	begun, ended = DayMin, DayMax
	for s := range d.spans {
		from, to := s.core()
		begun, ended = max(begun, from), min(ended, to)
	}
	return begun, ended
}

// Throughout reports whether d lasts from its start to its end (an interval, or a one-of set of nothing but
// intervals) as against being some one day. "2020" is some day in 2020, "2020-01-01/2020-12-31" all of them.
// A single day does not last, and an absent date says nothing.
func (d Date) Throughout() bool {
	if d.span.kind() != kindSet {
		return d.span.kind() == kindInterval
	}
	for s := range d.spans {
		if s.kind() != kindInterval {
			return false
		}
	}
	return true
}

// A DatePrecision says what sort of date a Date is.
type DatePrecision string

// The precisions. A range alone, such as "[..1984]", is a set too.
const (
	PrecisionDay      DatePrecision = "DAY"
	PrecisionMonth    DatePrecision = "MONTH"
	PrecisionYear     DatePrecision = "YEAR"
	PrecisionDecade   DatePrecision = "DECADE"
	PrecisionInterval DatePrecision = "INTERVAL"
	PrecisionSet      DatePrecision = "SET"
	PrecisionUnknown  DatePrecision = "UNKNOWN" // an absent date
)

// DateBounds is what is needed to draw a Date without parsing it.
type DateBounds struct {
	Earliest, Latest Day // as of [Date.Earliest] and [Date.Latest]
	// Of a set, each flag is set if it holds for any of the members.
	OpenStart, OpenEnd       bool
	UnknownStart, UnknownEnd bool
	Precision                DatePrecision
	Approximate, Uncertain   bool // "%" is both
}

// Bounds describes d. An absent date has an unknown start and end.
func (d Date) Bounds() DateBounds {
	b := DateBounds{Earliest: d.Earliest(), Latest: d.Latest(), Precision: d.precision()}
	if d.IsZero() {
		b.UnknownStart, b.UnknownEnd = true, true
	}
	for s := range d.spans {
		b.OpenStart = b.OpenStart || s.from().form() == formOpenStart
		b.OpenEnd = b.OpenEnd || s.to().form() == formOpenEnd
		b.UnknownStart = b.UnknownStart || s.from().form() == formUnknown
		b.UnknownEnd = b.UnknownEnd || s.to().form() == formUnknown
	}
	marks := d.span.marks()
	b.Approximate, b.Uncertain = marks&approximate != 0, marks&uncertain != 0
	return b
}

func (d Date) precision() DatePrecision {
	switch d.span.kind() {
	case kindNone:
		return PrecisionUnknown
	case kindInterval:
		return PrecisionInterval
	case kindRange, kindSet:
		return PrecisionSet
	}
	switch f := d.span.from().form(); {
	case f < formMonth:
		return PrecisionDay
	case f < formYear:
		return PrecisionMonth
	case f < formDecade:
		return PrecisionYear
	}
	return PrecisionDecade
}

// String is the canonical text, which [ParseDate] reads back to the same Date; an absent date is "".
func (d Date) String() string {
	if d.span.kind() == kindSet {
		return d.set.Value()
	}
	return string(d.span.append(make([]byte, 0, 24)))
}

// AppendText appends the canonical text. The error is always nil.
func (d Date) AppendText(b []byte) ([]byte, error) {
	if d.span.kind() == kindSet {
		return append(b, d.set.Value()...), nil
	}
	return d.span.append(b), nil
}

// MarshalText is the canonical text, empty for an absent date. The error is always nil.
func (d Date) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText is [ParseDate], except that an empty text is the absent date. It keeps nothing of text and
// leaves d alone if there is an error.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

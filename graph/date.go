package graph

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
// civil days, with neither hour nor time zone. Nothing but sets holds a pointer.
type Date struct {
	// set is the canonical text of a one-of set, empty for anything else.
	set string
	// span is the date itself, or for a set what all members lie in, with all their marks.
	span span
}

// A span is a date that is not a set, or a member of a set.
type span struct {
	from, to bound // the same if kind is kindSingle
	kind     spanKind
}

type spanKind uint8

const (
	kindNone     spanKind = iota // absent
	kindSingle                   // some day in it
	kindInterval                 // throughout
	kindRange                    // some day from first to last; only a member of a set
	kindSet
)

// A bound is a date of one text, or an end of a span: some day from first to last.
type bound struct {
	first, last Day
	form        form
	mark        mark
}

// A form is how much of a date is given.
type form uint8

const (
	formNone form = iota
	formDay
	formMonth
	formYear
	formDecade
	formOpen    // ".."
	formUnknown // nothing between the slash and the end
)

// A mark is a set of doubts.
type mark uint8

const (
	approximate mark = 1 << iota
	uncertain
)

// The ends of an interval that are no dates. An open end lies beyond every day, an unknown one may be any day.
var (
	openStart  = bound{first: DayMin, last: DayMin, form: formOpen}
	openEnd    = bound{first: DayMax, last: DayMax, form: formOpen}
	unknownEnd = bound{first: DayMin, last: DayMax, form: formUnknown}
)

const maxYear = 9999

var (
	firstDay = DayOf(-maxYear, 1, 1)
	lastDay  = DayOf(maxYear, 12, 31)
)

func single(b bound) Date { return Date{span: span{from: b, to: b, kind: kindSingle}} }

// IsZero reports whether the date is absent.
func (d Date) IsZero() bool { return d.span.kind == kindNone }

// Earliest is the first day that is in any reading of d: [DayMin] if its start is open or unknown, or if d is
// absent.
func (d Date) Earliest() Day {
	if d.IsZero() {
		return DayMin
	}
	return d.span.from.first
}

// Latest is the last day that is in any reading of d: [DayMax] if its end is open or unknown, or if d is absent.
func (d Date) Latest() Day {
	if d.IsZero() {
		return DayMax
	}
	return d.span.to.last
}

// Exact is the day of a date that is just one day, without a doubt about it; false for any other.
func (d Date) Exact() (Day, bool) {
	b := &d.span.from
	return b.first, d.span.kind == kindSingle && b.form == formDay && b.mark == 0
}

// Known is the first and the last day of d as far as it is told: of an interval whose end is unknown the last is that of its start,
// and of one whose start is unknown the first is that of its end. Open ends stay [DayMin] and [DayMax], as both are of an
// absent date.
func (d Date) Known() (first, last Day) {
	if d.IsZero() {
		return DayMin, DayMax
	}
	first, last = DayMax, DayMin
	for s := range d.spans {
		from, to := s.from.first, s.to.last
		if s.from.form == formUnknown {
			from = s.to.first
		}
		if s.to.form == formUnknown {
			to = s.from.last
		}
		first, last = min(first, from), max(last, to)
	}
	return first, last
}

// Core is the last day on which what d is the time of can have begun, and the first on which it can have ended. What is some one
// day began and ended on it, so of a coarse date that is the last and the first of its days.
func (d Date) Core() (begun, ended Day) {
	if d.IsZero() {
		return DayMax, DayMin
	}
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
	if d.span.kind != kindSet {
		return d.span.kind == kindInterval
	}
	for s := range d.spans {
		if s.kind != kindInterval {
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
		b.OpenStart = b.OpenStart || s.from.form == formOpen
		b.OpenEnd = b.OpenEnd || s.to.form == formOpen
		b.UnknownStart = b.UnknownStart || s.from.form == formUnknown
		b.UnknownEnd = b.UnknownEnd || s.to.form == formUnknown
	}
	marks := d.span.marks()
	b.Approximate, b.Uncertain = marks&approximate != 0, marks&uncertain != 0
	return b
}

func (d Date) precision() DatePrecision {
	switch d.span.kind {
	case kindInterval:
		return PrecisionInterval
	case kindRange, kindSet:
		return PrecisionSet
	}
	switch d.span.from.form {
	case formDay:
		return PrecisionDay
	case formMonth:
		return PrecisionMonth
	case formYear:
		return PrecisionYear
	case formDecade:
		return PrecisionDecade
	}
	return PrecisionUnknown
}

func (s span) marks() mark { return s.from.mark | s.to.mark }

// String is the canonical text, which [ParseDate] reads back to the same Date; an absent date is "".
func (d Date) String() string {
	if d.set != "" {
		return d.set
	}
	return string(d.span.append(make([]byte, 0, 24)))
}

// AppendText appends the canonical text. The error is always nil.
func (d Date) AppendText(b []byte) ([]byte, error) {
	if d.set != "" {
		return append(b, d.set...), nil
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

// append appends the canonical text of s, that of a range without its brackets.
func (s span) append(b []byte) []byte {
	switch s.kind {
	case kindNone:
		return b
	case kindSingle:
		return s.from.append(b)
	case kindInterval:
		return s.to.append(append(s.from.append(b), '/'))
	}
	// The two dots of a range with an open end serve for both.
	if s.from.form != formOpen {
		b = s.from.append(b)
	}
	b = append(b, ".."...)
	if s.to.form != formOpen {
		b = s.to.append(b)
	}
	return b
}

func (t bound) append(b []byte) []byte {
	switch t.form {
	case formUnknown:
		return b
	case formOpen:
		return append(b, ".."...)
	}
	b = appendPoint(b, t.form, t.first)
	switch t.mark {
	case approximate:
		b = append(b, '~')
	case uncertain:
		b = append(b, '?')
	case approximate | uncertain:
		b = append(b, '%')
	}
	return b
}

// appendPoint appends the day, month, year or decade that begins on day.
func appendPoint(b []byte, f form, day Day) []byte {
	year, month, dayOfMonth := day.Civil()
	if year < 0 {
		b, year = append(b, '-'), -year
	}
	b = append(b, digit(year/1000), digit(year/100), digit(year/10))
	if f == formDecade {
		return append(b, 'X')
	}
	b = append(b, digit(year))
	if f == formYear {
		return b
	}
	b = append(b, '-', digit(int(month)/10), digit(int(month)))
	if f == formMonth {
		return b
	}
	return append(b, '-', digit(dayOfMonth/10), digit(dayOfMonth))
}

func digit(n int) byte { return '0' + byte(n%10) }

package graph

// A span is a date that is not a set, or a member of a set, or what all members of a set lie in. It is a word: one bound in each half,
// and the kind in the bits at the top, which bounds leave free. The zero span is absent.
type span uint64

type spanKind uint8

const (
	kindNone     spanKind = iota // absent
	kindSingle                   // some day in it; its bounds are the same
	kindInterval                 // throughout
	kindRange                    // some day from first to last; only a member of a set
	kindSet                      // what all members of a set lie in: days from first to last
)

const (
	toShift   = 32
	kindShift = 61
)

func newSpan(kind spanKind, from, to bound) span {
	return span(from) | span(to)<<toShift | span(kind)<<kindShift
}

// hull is what all members of a set lie in: from the first day of any to the last, with the marks of all.
func hull(first, last Day, marks mark) span {
	from, to := openStart, openEnd
	if first > DayMin {
		from = newBound(formDay, first)
	}
	if last < DayMax {
		to = newBound(formDay, last)
	}
	return newSpan(kindSet, from|bound(marks), to)
}

func (s span) from() bound    { return bound(s) & boundMask }
func (s span) to() bound      { return bound(s>>toShift) & boundMask }
func (s span) kind() spanKind { return spanKind(s >> kindShift) }
func (s span) marks() mark    { return (s.from() | s.to()).marks() }

// A bound is a date of one text, or an end of a span: some day from its first to its last. Of 29 bits the lowest are the marks, above
// them the form, above that the days from the first that a Date can name to the first of the bound. The last follows from the form.
type bound uint32

const (
	formShift = 2
	formBits  = 4
	dayShift  = formShift + formBits
	dayBits   = 23
	boundMask = 1<<(dayShift+dayBits) - 1
)

// The ends of an interval that are no dates. An open end lies beyond every day, an unknown one may be any day.
const (
	openStart  = bound(formOpenStart) << formShift
	openEnd    = bound(formOpenEnd) << formShift
	unknownEnd = bound(formUnknown) << formShift
)

// newBound is a bound without a mark. The first day is one that a Date can name.
func newBound(f form, first Day) bound { return bound(f)<<formShift | bound(first-firstDay)<<dayShift }

func (b bound) form() form  { return form(b >> formShift & (1<<formBits - 1)) }
func (b bound) marks() mark { return mark(b & (approximate | uncertain)) }

// first is the first day that may be meant. It is [DayMin] of what is absent.
func (b bound) first() Day {
	switch f := b.form(); {
	case f >= formDay:
		return firstDay + Day(b>>dayShift)
	case f == formOpenEnd:
		return DayMax
	}
	return DayMin
}

// last is the last day that may be meant. It is [DayMax] of what is absent.
func (b bound) last() Day {
	switch f := b.form(); {
	case f >= formDay:
		return firstDay + Day(b>>dayShift) + daysAfter[f]
	case f == formOpenStart:
		return DayMin
	}
	return DayMax
}

// A form is how much of a date is given, and how many days that leaves. Those of dates come last.
type form uint8

const (
	formNone form = iota
	formUnknown
	formOpenStart
	formOpenEnd
	formDay
	formMonth                  // of 28 days, and the three forms after it of a day more each
	formYear   = formMonth + 4 // of 365 days, and the form after it of 366
	formDecade = formYear + 2  // with two leap days, and the form after it with three
)

// daysAfter are those that come after the first, by form.
var daysAfter = [1 << formBits]Day{
	formMonth: 27, formMonth + 1: 28, formMonth + 2: 29, formMonth + 3: 30,
	formYear: 364, formYear + 1: 365,
	formDecade: 3651, formDecade + 1: 3652,
}

// yearOf, monthOf and decadeOf are bounds of a whole year, month and decade, of which the first year is given.
func yearOf(year int) bound {
	return newBound(formYear+form(daysIn(year, 2)-28), civil(year, 1, 1))
}

func monthOf(year, month int) bound {
	return newBound(formMonth+form(daysIn(year, month)-28), civil(year, month, 1))
}

func decadeOf(year int) bound {
	first, next := civil(year, 1, 1), civil(year+10, 1, 1)
	return newBound(formDecade+form(next-first-3652), first)
}

// A mark is a set of doubts.
type mark uint8

const (
	approximate = 1 << iota
	uncertain
)

// append appends the canonical text of s, that of a range without its brackets.
func (s span) append(b []byte) []byte {
	from, to := s.from(), s.to()
	switch s.kind() {
	case kindNone:
		return b
	case kindSingle:
		return from.append(b)
	case kindInterval:
		return to.append(append(from.append(b), '/'))
	}
	// The two dots of a range with an open end serve for both.
	if from.form() != formOpenStart {
		b = from.append(b)
	}
	b = append(b, ".."...)
	if to.form() != formOpenEnd {
		b = to.append(b)
	}
	return b
}

func (b bound) append(text []byte) []byte {
	switch b.form() {
	case formUnknown:
		return text
	case formOpenStart, formOpenEnd:
		return append(text, ".."...)
	}
	text = appendPoint(text, b.form(), b.first())
	switch b.marks() {
	case approximate:
		text = append(text, '~')
	case uncertain:
		text = append(text, '?')
	case approximate | uncertain:
		text = append(text, '%')
	}
	return text
}

// appendPoint appends the day, month, year or decade that begins on day.
func appendPoint(b []byte, f form, day Day) []byte {
	year, month, dayOfMonth := day.Civil()
	if year < 0 {
		b, year = append(b, '-'), -year
	}
	b = append(b, digit(year/1000), digit(year/100), digit(year/10))
	if f >= formDecade {
		return append(b, 'X')
	}
	b = append(b, digit(year))
	if f >= formYear {
		return b
	}
	b = append(b, '-', digit(int(month)/10), digit(int(month)))
	if f >= formMonth {
		return b
	}
	return append(b, '-', digit(dayOfMonth/10), digit(dayOfMonth))
}

func digit(n int) byte { return '0' + byte(n%10) }
